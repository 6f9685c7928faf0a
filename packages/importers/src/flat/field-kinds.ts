import { absolute, compare, decimal, halfWidth, multiply, parseDecimal, remembered } from "@jiheng/domain";

/** What a piece of text looks like as a target or actual. */
export type ValueKind = "number" | "date" | "quality" | "words" | "empty";

const SIGN =
  "(?:>=|<=|=>|=<|==|[≥≤≧≦⩾⩽═=><﹥﹤﹦]|大于等于|小于等于|不低于|不少于|不小于|不超过|不高于|不大于|大于|小于|超过|至少|约)";
const NUMBER = "[+-]?\\d[\\d,]{0,24}(?:\\.\\d{1,12})?";
const SCALE = "[十百千万亿]{0,2}";
const UNIT_WORD =
  "%|‰|℃|课时|学时|人时|工时|机时|百分比|百分点|个百分点|平方公里|平方千米|平方米|立方米|万立方米|公顷|公里|千米|厘米|毫米|小时|分钟|个月|工作日|季度|人次|户次|车次|场次|批次|频次|辆次|件次|台套|台件|吨公里|千瓦时|平米|km2|km|m2|m3|kg|mm|cm|[元人户个次亩米吨件套台辆场期份条项天月年日家名顷批所处座只头株棵本册篇幅起例宗笔村镇乡县区组班队艘盏块张间幢栋斤度点秒里方片支对双门科课节堂位匹枚部根分周届种类类级类段级处孔眼口艇封枝粒箱袋瓶桶包]";
const UNIT = `(?:\\(?${SCALE}(?:${UNIT_WORD})(?:[/·](?:${UNIT_WORD}|[\\u4e00-\\u9fff]){1,3}){0,2}\\)?|\\(${SCALE}[\\u4e00-\\u9fff/%]{1,8}\\))`;
const TAIL = "(?:及以上|及以下|以上|以下|以内|之内|左右)?";
const LEAD = "(?:每[\\u4e00-\\u9fff]{1,3}|共计|共|第|前)?";

const UNIT_ONLY = new RegExp(`^${UNIT}$`);

/** A number with sign and unit, anchored on both sides. */
const MEASURE = new RegExp(`^${LEAD}${SIGN}?${LEAD}${NUMBER}(?:-${NUMBER})?${UNIT}?${TAIL}$`);
const DATE =
  /^(?:不晚于|不迟于)?(?:(?:20\d\d年)(?:\d{1,2}月)?(?:\d{1,2}[日号])?|\d{1,2}月(?:\d{1,2}[日号])?|20\d\d[-./]\d{1,2}[-./]\d{1,2})(?:底前完成|底前|底|前完成|之前|以前|前|内|末|完成)*$/;

const QUALITY_WORD =
  "显著|明显|有效|良好|较好|优良|优秀|优|较高|高|已完成|按期完成|按时完成|全部完成|基本完成|完成|未达标|达标|未达成|达成预期指标|达成预期目标|达成年度指标|达成指标|达到预期指标|达到预期目标|达到预期|达到|达成|部分达成|符合规定|符合要求|符合标准|符合|及时|按时|按期|合格|不合格|健全|完善|完备|提升|提高|改善|增强|增加|增长|促进|保障|推动|加强|优化|减少|降低|下降|减轻|长期|长效|可持续|持续|稳定|较强|强|合规|规范|准确|完整|真实|无变化|无|是|否|有|充分|满意|较满意|未超预算|未超项目预算|不超预算|节约|执行|落实|效果|程度|率";
const QUALITY_LEAD =
  "逐步|不断|持续|显著|明显|有效|有所|进一步|较为|较|基本|全部|全面|大幅度|大幅|稳步|得到|按|很|非常|长期|效果|作用|影响|达到|实现|充分|切实";
const QUALITY = new RegExp(`^(?:${QUALITY_LEAD}){0,3}(?:${QUALITY_WORD}){1,2}$`);
const QUALITY_AT = new RegExp(`(?:${QUALITY_LEAD}){0,3}(?:${QUALITY_WORD})`, "y");
const QUALITY_BARE_AT = new RegExp(`(?:${QUALITY_WORD})`, "y");
const QUALITY_TWICE_AT = new RegExp(`(?:${QUALITY_LEAD}){0,3}(?:${QUALITY_WORD}){2}`, "y");

/** Answers that say no more than that the target was reached; they close a cell. */
const STOCK =
  /达成预期指标|达成预期目标|达成年度指标|达成指标|达到预期指标|达到预期目标|达到预期|部分达成指标|达成/;
const STOCK_END = new RegExp(`.(?:${STOCK.source})$`);
const STOCK_ONLY = new RegExp(`^(?:全部|基本|部分|已)?(?:${STOCK.source})$`);

const NAME_END =
  /(?:率|数|数量|量|度|性|额|况|次|期|例|面积|成本|效果|影响|水平|能力|质量|收入|支出|金额|规模|机制|情况|程度|时间|进度|时限|标准|人数|户数|比例|比重|投资|作用|条件|环境|发展|建设|保障|管理|任务|工作|满意度|及时性|费用|意识|产值|就业|补助|补贴|完成|负担|效益|安全|稳定|系数|指数)$/;
const QUALITY_INSIDE = /达成预期|达成指标|达到预期|效果明显|符合规定|显著提升|显著提高|明显提升|明显改善/;

/** True for a figure of points or a score: up to three digits, at most two decimals, no leading zero. */
export function pointsInHundredths(text: string): number | null {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?分?$/.exec(text);
  if (!match || ((match[1]?.length ?? 0) > 1 && match[1]?.startsWith("0"))) return null;
  return Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
}

/** Whether a cell holds nothing but strokes, as an empty cell is often filled. */
export const isDash = (text: string): boolean => /^[-—–―－─/／\\*]+$/.test(text);

/** What a target or actual looks like. */
export const valueKind = remembered(judgeKind);

function judgeKind(text: string): ValueKind {
  if (text === "" || isDash(text)) return "empty";
  const plain = halfWidth(text);
  if (plain.length <= 40) {
    if (DATE.test(plain)) return "date";
    if (MEASURE.test(plain))
      return /^[+-]?0\d/.test(plain.replace(new RegExp(`^${SIGN}`), "")) ? "words" : "number";
    if (QUALITY.test(plain)) return "quality";
  }
  return "words";
}

interface Parts {
  readonly number: string;
  readonly unit: string;
}
const PARTS = new RegExp(`^(${LEAD}${SIGN}?${LEAD})(${NUMBER})(.*)$`);

function parts(text: string): Parts | null {
  const match = PARTS.exec(text);
  return match
    ? { number: (match[2] ?? "").replaceAll(",", ""), unit: (match[3] ?? "").replace(/[()]/g, "") }
    : null;
}

/** How well a text serves as the name of an indicator; above 0 it does. */
export const nameFit = remembered(judgeNameFit);

function judgeNameFit(text: string): number {
  const n = text.length;
  if (n === 0) return -9;
  if (/^(?:[.…·。、]+|指标\d+[:：、.]?[…]*)$/.test(text)) return 1;
  let fit = 3;
  if (!/[\u4e00-\u9fffA-Za-z]/.test(text)) fit -= 14;
  if (n === 1) fit -= 6;
  if (n > 28) fit -= (n - 28) * 0.4;
  if (n >= 4 && n <= 14) fit += 1;
  if (NAME_END.test(text)) fit += 3;
  if (/^[\d.,%≥≤=><]+$/.test(text)) fit -= 14;
  else if (/^(?:\d+(?:\.\d+)?%|[≥≤≧≦═=><])/.test(text)) fit -= 12;
  else if (/^\d+(?!月|年|[.、)）]|[\u4e00-\u9fff])/.test(text)) fit -= 5;
  else if (/^\d/.test(text)) fit -= /^\d+(?:\.\d+)?(?:月|年)/.test(text) ? 0.3 : 2;
  if (/[≥≤≧≦═=><]/.test(text)) fit -= 8;
  if (/\d%/.test(text)) fit -= 6;
  if (/[\d.]$/.test(text)) fit -= 9;
  if (/^0(?![.%])/.test(text)) fit -= 5;
  if (/^年\d/.test(text)) fit -= 5;
  if (UNIT_ONLY.test(text)) fit -= 6;
  if (DATE.test(text)) fit -= 3;
  if (/[\u4e00-\u9fff]\d/.test(text)) fit -= /[\u4e00-\u9fff]\d{1,3}[\u4e00-\u9fff]/.test(text) ? 3 : 1.5;
  if (/达成|成指标/.test(text)) fit -= 6;
  if (/[。;；!?]/.test(text)) fit -= 6;
  if (/^[的及和与率度性、,.)）]/.test(text)) fit -= 6;
  if (/[的及和与、,(（]$/.test(text)) fit -= 6;
  if (/^(?:因|由于|原因|无|未)/.test(text)) fit -= 3;
  if (QUALITY_INSIDE.test(text)) fit -= 5;
  if (QUALITY.test(text)) fit -= 3;
  fit -= bracketsOff(text) * 4;
  return fit;
}

function bracketsOff(text: string): number {
  let depth = 0;
  let off = 0;
  for (const char of text) {
    if (char === "(" || char === "（" || char === "“" || char === "《" || char === "[") depth += 1;
    else if (char === ")" || char === "）" || char === "”" || char === "》" || char === "]") {
      if (depth === 0) off += 1;
      else depth -= 1;
    }
  }
  return off + depth;
}

/** How well a text serves as a target. */
export const targetFit = remembered(judgeTargetFit);

function judgeTargetFit(text: string): number {
  switch (valueKind(text)) {
    case "empty":
      return -3;
    case "number":
      if (!MEASURE.test(halfWidth(text))) return 2.5;
      return /[≥≤≧≦═=><%]/.test(text) ? 5 : 4;
    case "date":
      return 4;
    case "quality":
      return STOCK_ONLY.test(text) ? 1.5 : STOCK_END.test(text) || /^(.{2,8})\1$/.test(text) ? 0 : 3.5;
    default:
      return wordsFit(text);
  }
}

const wordsFit = remembered(judgeWords);

function judgeWords(text: string): number {
  let fit = 1;
  if (text.length > 12) fit -= (text.length - 12) * 0.15;
  if (/^[\d.]+$/.test(text)) fit -= 10;
  if (/^0\d/.test(text)) fit -= 10;
  if (/[≥≤≧≦═]/.test(text.slice(1))) fit -= 4;
  if (/^[的及和与率度性、,)）]/.test(text)) fit -= 5;
  if (/[的及和与、(（]$/.test(text)) fit -= 4;
  if (/\d$/.test(text)) fit -= 3;
  if (STOCK_END.test(text)) fit -= 4;
  if (/^(.{2,8})\1$/.test(text)) fit -= 4;
  return fit - bracketsOff(text) * 4;
}

/** How well an actual answers a target. */
export function actualFit(text: string, target: string): number {
  const kind = valueKind(text);
  const wanted = valueKind(target);
  if (kind === "empty") return -2;
  if (text === target) return kind === "words" && text.length > 30 ? 3 : 7;
  let fit = kind === "words" ? wordsFit(text) - 0.5 : 3.5;
  if (STOCK_ONLY.test(text)) fit = 5.5;
  if (kind === "number" && wanted === "number") {
    const a = parts(halfWidth(text));
    const t = parts(halfWidth(target));
    if (a && t) {
      if (a.unit === t.unit) fit += 2;
      else if (a.unit === "" || t.unit === "") fit += 0.5;
      else fit -= 1;
      fit += nearness(a.number, t.number);
    }
  } else if ((kind === "number") !== (wanted === "number") && wanted !== "empty")
    fit -= kind === "quality" ? 0.5 : 2;
  return fit;
}

const HALF = decimal("0.5");
const TWICE = decimal("2");
const TEN = decimal("10");

function nearness(actual: string, target: string): number {
  const a = parseDecimal(actual);
  const t = parseDecimal(target);
  if (!a || !t) return -2;
  const x = absolute(a);
  const y = absolute(t);
  if (compare(x, y) === 0) return 2;
  if (compare(x, multiply(y, HALF)) >= 0 && compare(x, multiply(y, TWICE)) <= 0) return 1;
  if (compare(multiply(x, TEN), y) >= 0 && compare(x, multiply(y, TEN)) <= 0) return 0;
  return -2;
}

const USUAL = new Set([
  100, 200, 250, 300, 400, 500, 600, 700, 750, 800, 900, 1000, 1200, 1250, 1500, 2000, 2500, 3000, 4000, 5000,
]);

/** How well a text serves as points of a row. */
export const pointsFit = remembered(judgePointsFit);

function judgePointsFit(text: string): number {
  if (text === "" || isDash(text)) return -4;
  const points = pointsInHundredths(text);
  if (points === null) return -14;
  if (points === 0) return -5;
  if (points > 6000) return points > 10000 ? -12 : -4;
  return USUAL.has(points) ? 4 : points % 100 === 0 ? 3 : 2;
}

/** How well a text serves as the score of a row of these points (`""`: none known). */
export function scoreFit(text: string, points: string): number {
  if (text === "" || isDash(text)) return -3;
  const score = pointsInHundredths(text);
  if (score === null) return -14;
  const most = pointsInHundredths(points);
  if (most === null) return score > 6000 ? -6 : USUAL.has(score) ? 4 : 2;
  if (score > most) return -10;
  if (score === 0) return -3;
  return score === most ? 5 : score * 10 >= most * 5 ? 2.5 : 1;
}

/** How well a text serves as the reason of a deviation. */
export const deviationFit = remembered(judgeDeviationFit);

function judgeDeviationFit(text: string): number {
  if (text === "" || isDash(text)) return 0;
  if (/^[\d.,%]+$/.test(text)) return -10;
  if (/^[.…·]+/.test(text)) return -5;
  if (/^\d(?![.、])/.test(text)) return -6;
  let fit = -2;
  if (/原因|由于|因|未|措施|改进|偏差|疫情|加强|调整|下一步|今后|导致|影响/.test(text)) fit += 2.5;
  if (/^(?:无|无偏差|\/)$/.test(text)) fit += 2.5;
  if (/[。;；]$/.test(text)) fit += 1.5;
  if (/^[的率度性数量及和]/.test(text)) fit -= 4;
  return fit - bracketsOff(text) * 3;
}

const SIGN_ONLY = new RegExp(`^(?:${SIGN}|定性|定量|正向|反向|正向指标|反向指标)$`);

/** How well a piece fits a column of comparison signs: the higher the likelier; only comparable with the other fits. */
export function signFit(text: string): number {
  if (text === "") return -1;
  return SIGN_ONLY.test(halfWidth(text)) ? 4 : -8;
}

/** How well a piece fits a column of units: the higher the likelier. */
export function unitFit(text: string): number {
  if (text === "" || isDash(text)) return -0.5;
  if (UNIT_ONLY.test(halfWidth(text))) return 3;
  return text.length <= 5 && !/\d/.test(text) ? 0.5 : -8;
}

/** A value of the target where sign and unit stand in columns of their own. */
export function bareValueFit(text: string): number {
  if (text === "") return -2;
  if (/^[\d.,]+%?$/.test(text)) return /^0\d/.test(text) ? -10 : 4;
  return targetFit(text) - 1;
}

const NUMBER_AT = new RegExp(`(${LEAD}${SIGN}?${LEAD})(\\d[\\d,]{0,24}(?:\\.\\d{1,12})?)`, "y");
const UNIT_AT = new RegExp(`(${UNIT})(${TAIL})`, "y");
const RANGE_AT = new RegExp(`-${NUMBER}`, "y");
const DATE_AT =
  /(?:不晚于|不迟于)?(?:20\d\d年(?:\d{1,2}月)?(?:\d{1,2}[日号])?|\d{1,2}月(?:\d{1,2}[日号])?)(?:底前完成|底前|底|前完成|之前|以前|前|内|末|完成)*/y;
const FIGURE_AT = /\d{1,3}(?:\.\d{1,2})?/y;

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Ends at which a value that starts at `at` may end in text that is run together, before `limit`. */
export function valueEnds(text: string, at: number, limit: number, repeatOf: string): number[] {
  const ends = new Set<number>();
  const add = (end: number): void => {
    if (end > at && end <= limit) ends.add(end);
  };
  if (repeatOf !== "" && text.startsWith(repeatOf, at)) add(at + repeatOf.length);
  const date = match(DATE_AT, text, at);
  if (date) add(date.index + date[0].length);
  const number = match(NUMBER_AT, text, at);
  if (number) {
    const from = at + (number[1]?.length ?? 0);
    const digits = (number[2] ?? "").slice(0, 24);
    for (let k = 1; k <= digits.length; k += 1) {
      if (digits[k - 1] === "." || digits[k - 1] === ",") continue;
      if (text[from + k] === "." && /\d/.test(text[from + k + 1] ?? "")) continue;
      add(from + k);
    }
    const end = from + (number[2]?.length ?? 0);
    const range = match(RANGE_AT, text, end);
    const stop = range ? end + range[0].length : end;
    if (range) add(stop);
    const unit = match(UNIT_AT, text, stop);
    if (unit) {
      add(stop + unit[0].length);
      add(stop + (unit[1]?.length ?? 0));
      if (text[stop] === "%") add(stop + 1);
    }
  }
  const stock = STOCK.exec(text.slice(at + 1, Math.min(limit, at + 31)));
  if (stock) add(at + 1 + stock.index);
  for (const pattern of [QUALITY_AT, QUALITY_BARE_AT, QUALITY_TWICE_AT]) {
    const quality = match(pattern, text, at);
    if (quality) add(at + quality[0].length);
  }
  // A value and its answer in the same words: 显著提升显著提升.
  for (let n = 1; n <= 20 && at + 2 * n <= limit; n += 1)
    if (text.startsWith(text.slice(at, at + n), at + n) && !/\d/.test(text[at] ?? "")) add(at + n);
  return [...ends];
}

/** Ends at which a figure of points that starts at `at` may end. */
export function figureEnds(text: string, at: number, limit: number): number[] {
  const ends: number[] = [];
  const found = match(FIGURE_AT, text, at);
  if (!found) return ends;
  for (let k = 1; k <= found[0].length; k += 1) {
    if (found[0][k - 1] === "." || (text[at + k] === "." && /\d/.test(text[at + k + 1] ?? ""))) continue;
    if (at + k <= limit) ends.push(at + k);
  }
  return ends;
}

/** True where a value in words begins at `at`. */
export function qualityAt(text: string, at: number): boolean {
  return match(QUALITY_AT, text, at) !== null;
}
