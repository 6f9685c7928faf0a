/** Words of targets and actuals that carry no figure. */
import { remembered } from "@jiheng/domain";

const REACHED =
  /^(?:已|均已|均|全部|全面|基本)?(?:达成|完成|达标|实现|达到)(?:了)?(?:年度|预期|预定|既定|计划|全部|设定|年初|绩效)*(?:指标值?|目标值?|效果|要求|任务)?$/;

/** The cell without blanks, stops and width variants. */
export function bareWords(text: string | null): string {
  return text === null ? "" : wordsOnly(text);
}

const wordsOnly = remembered((text) =>
  text.normalize("NFKC").replace(/[\s,.;:!?，。；：！？、"'“”‘’()（）]/g, ""),
);

/** 达成, 达成指标, 完成 …: says reached and nothing more. */
export function onlySaysReached(text: string | null): boolean {
  return REACHED.test(bareWords(text));
}

const DATE =
  /(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]|底|末|初|中旬|上旬|下旬|前)?|\d{4}年(?:底|末|前|内)|(?:年|季度|月|学期)(?:底|末)(?:前)?|\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?|当年|本年度?内|年内/;

/** Whether the words name a day, month or end of a period. */
export function namesDate(text: string | null): boolean {
  return text !== null && DATE.test(text.normalize("NFKC"));
}

const DEGREE =
  /明显|显著|大幅|较大|较好|良好|有所|一定|进一步|逐步|不断|持续(?:改善|提升|提高|增强|优化)|切实|大力|加强|增强|加大|有效|充分|积极|高度重视/;

/** The vague word of degree in a target, or null. */
export function vagueWord(text: string | null): string | null {
  return text === null ? null : (DEGREE.exec(text)?.[0] ?? null);
}

/** Whether the text holds a digit or a Chinese share (百分之). */
export function holdsFigure(text: string | null): boolean {
  return text !== null && /[0-9０-９]|百分之/.test(text);
}

const ZERO = /^(?:零|无|没有|未发生|0)/;

/** 零投诉, 无事故: words that mean the number 0. */
export function meansZero(text: string | null): boolean {
  return text !== null && ZERO.test(bareWords(text));
}

const GENERIC =
  /提升|提高|改善|增强|加强|促进|推动|推进|保障|维护|缓解|确保|保证|健全|完善|有效|及时|情况|程度|水平|指标|工作|项目|开展|实施|完成|数量|人数|次数|率|度|性|数|的|和|及|与|对|为|年度|全年|进一步|持续|服务|满意|合格|达标|合规|规范|准确|成本|效益|影响|管理|建设|发展/g;

/** What is left of a name without the words any project uses: its object. */
export const objectOf: (name: string) => string = remembered((name) => name.replace(GENERIC, ""));

/** Pairs of neighbouring characters, for asking whether two names speak of the same object. */
export const bigramsOf: (text: string) => readonly string[] = remembered(pairsOf);

function pairsOf(text: string): string[] {
  const list: string[] = [];
  let before = false;
  for (let i = 0; i < text.length; i++) {
    const now = isWritten(text, i);
    if (now && before) list.push(text.slice(i - 1, i + 1));
    before = now;
  }
  return list;
}

const OTHER_HAN = /\p{Script=Han}/u;

/** Han characters, Latin letters and digits; the common ranges are asked first. */
function isWritten(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code >= 0x4e00 && code <= 0x9fff) return true;
  if (code < 0x80)
    return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return OTHER_HAN.test(text.charAt(index));
}
