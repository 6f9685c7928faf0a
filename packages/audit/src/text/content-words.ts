import { normaliseText } from "./normalise.ts";

/** Words that any project's prose uses; they say nothing about its object. */
const GENERIC =
  /对象|使用|了解|为主|为期|等级|有望|提升|提高|改善|增强|加强|促进|推动|推进|保障|维护|缓解|确保|保证|健全|完善|有效|及时|情况|程度|水平|指标|工作|项目|开展|实施|完成|数量|人数|次数|年度|全年|进一步|持续|服务|满意|合格|达标|合规|规范|准确|成本|效益|影响|管理|建设|发展|经济|社会|政策|资金|补贴|补助|经费|支出|预算|落实|贯彻|组织|积极|充分|相关|有关|各项|各类|通过|根据|按照|要求|以及|进行|提供|达到|实现|目标|任务|计划|方案|制度|机制|机构|单位|部门|人员|全区|全县|全市|全省|全国|我区|我县|我市|本区|本市|本县|需要|需求|能力|质量|环境|体系|模式|作用|基础|重点|重要|符合|条件|申报|奖励|扶持|支持|优化|良好|稳定|[的了和及与对为在以将等各类本该其是有让使被由从到]/g;

/** The telling pairs of a text with their places, found once; any stretch of the text can be asked for its own. */
export interface PairIndex {
  readonly all: ReadonlySet<string>;
  /** The pairs that lie in [start, end). */
  readonly between: (start: number, end: number) => Set<string>;
}

const NO_LETTER = /[^\p{Script=Han}A-Za-z]/u;

function isLetter(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code >= 0x4e00 && code <= 0x9fff) return true;
  if (code < 0x80) return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return !NO_LETTER.test(text.charAt(index));
}

/**
 * The pairs of neighbouring characters that tell what a text is about: generic words, digits and signs are taken out first
 * and no pair reaches across a gap.
 */
export function pairIndexOf(text: string): PairIndex {
  const telling = normaliseText(text).replace(GENERIC, (word) => " ".repeat(word.length));
  const pairs: string[] = [];
  const starts: number[] = [];
  let before = false;
  for (let i = 0; i < telling.length; i++) {
    const letter = isLetter(telling, i);
    if (letter && before) {
      pairs.push(telling.slice(i - 1, i + 1));
      starts.push(i - 1);
    }
    before = letter;
  }
  return {
    all: new Set(pairs),
    between(start, end) {
      let low = 0;
      let high = starts.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((starts[middle] ?? 0) < start) low = middle + 1;
        else high = middle;
      }
      const found = new Set<string>();
      for (let i = low; i < starts.length && (starts[i] ?? 0) + 2 <= end; i++) found.add(pairs[i] ?? "");
      return found;
    },
  };
}

const NAME_PAIRS = new Map<string, ReadonlySet<string>>();
const MOST_NAMES = 5000;

/** The telling pairs of a short text. Names come again in form after form, so theirs are kept. */
export function contentPairs(text: string): ReadonlySet<string> {
  const known = NAME_PAIRS.get(text);
  if (known) return known;
  const { all } = pairIndexOf(text);
  if (text.length <= 40) {
    if (NAME_PAIRS.size >= MOST_NAMES) NAME_PAIRS.clear();
    NAME_PAIRS.set(text, all);
  }
  return all;
}

/** How many of the pairs the two have in common. */
export function sharedPairs(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const pair of small) if (large.has(pair)) shared += 1;
  return shared;
}

const COUNT_HEAD =
  /(?:数量|总数|数目|人数|人次数|人次|次数|户数|家数|个数|场次|场数|期数|份数|件数|册数|台数|套数|规模|面积|里程|长度|总长|总量|完成数|完成量|完成情况|情况|数|量)$/;
const FIRST_VERB = /^(?:完成|开展|举办|组织|实施|发放|提供|新增|向|为|对|全年|年度|累计|实际)+/;

/** What a row counts, without the words for counting: 维护供水管道长度 → 维护供水管道. */
export function countedNoun(name: string): string {
  let noun = normaliseText(name)
    .replace(/\s+/g, "")
    .replace(/\([^()]*\)$/, "");
  for (let i = 0; i < 2; i++) noun = noun.replace(COUNT_HEAD, "");
  return noun.replace(FIRST_VERB, "");
}
