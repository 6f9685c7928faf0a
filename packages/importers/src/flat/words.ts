import { type Heading, type HeadLabel, type Level1, WORDINGS } from "@jiheng/domain";
import type { FlatText, Gap } from "./flat-text.ts";

/** A word of the vocabulary found in flat text. */
export interface Word {
  readonly start: number;
  /** End of the word itself. */
  readonly wordEnd: number;
  /** End with the bracket and colon that belong to it: 预算数(A), 实施单位(盖章): */
  readonly end: number;
  readonly word: string;
  readonly headings: readonly Heading[];
  readonly head: HeadLabel | null;
  readonly level1: Level1 | null;
  readonly level2: Level1 | null;
  /** Neither heading nor level: a label that ends what stands before it. */
  readonly stop: boolean;
}

/** Labels of sections and of lines under a form: they end a value that runs up to them. */
const STOPS =
  "项目资金 资金情况 预算执行情况 项目基本情况 年度总体目标 总体目标 绩效指标 负责人及电话 项目负责人 财务负责人 单位负责人 联系电话 联系人 填报日期 填表日期 填报人 填表人 项目类别 项目属性 项目类型 项目期限 项目起止时间 自评时间 评价时间 填报单位 起止时间 负责人 资金投入情况 项目支出 年度预算申请 部门整体支出 项目年度目标完成情况 项目实施内容及过程概述 公开";

interface Entry {
  readonly word: string;
  readonly headings: readonly Heading[];
  readonly head: HeadLabel | null;
  readonly level1: Level1 | null;
  readonly level2: Level1 | null;
  readonly stop: boolean;
}

const ENTRIES = new Map<string, Entry>();

function enter(word: string, more: Partial<Omit<Entry, "word">>): void {
  const known = ENTRIES.get(word) ?? {
    word,
    headings: [],
    head: null,
    level1: null,
    level2: null,
    stop: false,
  };
  ENTRIES.set(word, { ...known, ...more });
}

for (const word of STOPS.split(" ")) enter(word, { stop: true });
// 执行率得分 is, in a row of headings, far more often two headings than one.
for (const [word, headings] of WORDINGS.headings)
  if (!/执行率(?:得分|分值|权重)$/.test(word)) enter(word, { headings });
enter("总体目标", { headings: ["goalExpected"] });
for (const [word, head] of WORDINGS.heads) enter(word, { head });
for (const [word, level1] of WORDINGS.level1) enter(word, { level1 });
for (const [word, home] of WORDINGS.level2) {
  enter(`${word}指标`, { level2: home });
  if (word.length > 3) enter(word, { level2: home });
}

/** Words by their first two characters, the longest first. */
const BY_START = new Map<string, Entry[]>();
for (const entry of ENTRIES.values()) {
  if (entry.word.length < 2) continue;
  const key = entry.word.slice(0, 2);
  const list = BY_START.get(key);
  if (list) list.push(entry);
  else BY_START.set(key, [entry]);
}
for (const list of BY_START.values()) list.sort((a, b) => b.word.length - a.word.length);

/** Two-character words that are too common to be found in running text. */
const LOOSE = new Set(
  "单位 指标 部门 原因 符号 产出 效益 效果 成本 满分 评分 一级 二级 三级 证据 支出".split(" "),
);

/** End of a bracket that opens at `start`, or `start` where none closes within 24 characters. */
function bracketEnd(flat: FlatText, start: number): number {
  const open = flat.chars[start];
  if (open !== "(" && open !== "[" && open !== "【") return start;
  for (let k = start + 1; k < Math.min(flat.length, start + 25); k += 1)
    if (flat.chars[k] === ")" || flat.chars[k] === "]" || flat.chars[k] === "】") return k + 1;
  return start;
}

/** True where the word, read across a border of cells, would swallow a label that begins behind the border. */
function swallows(flat: FlatText, entry: Entry, at: number, parts: (gap: Gap) => boolean): boolean {
  for (let k = 1; k < entry.word.length; k += 1) {
    const gap = flat.gapBefore(at + k);
    if (gap === "none") continue;
    const rest = entry.word.slice(k);
    const known = ENTRIES.get(rest);
    if (!known) continue;
    const front = ENTRIES.get(entry.word.slice(0, k));
    if (front || gap === "bar" || (parts(gap) && known.head !== null)) return true;
  }
  return false;
}

/**
 * Every word of the vocabulary from `from` to `to`, the longest at each place, none inside another. `parts` tells the
 * gaps that are known to part cells.
 */
export function findWords(
  flat: FlatText,
  from = 0,
  to = flat.length,
  parts: (gap: Gap) => boolean = () => false,
): Word[] {
  const words: Word[] = [];
  let k = from;
  while (k < to) {
    const list = BY_START.get(flat.chars.slice(k, k + 2));
    const entry = list?.find(
      (candidate) =>
        flat.chars.startsWith(candidate.word, k) &&
        k + candidate.word.length <= to &&
        !swallows(flat, candidate, k, parts),
    );
    const before = words.at(-1);
    const follows = before !== undefined && before.end === k && before.headings.length > 0;
    if (
      !entry ||
      (LOOSE.has(entry.word) &&
        !(follows && entry.headings.length > 0) &&
        !standsAlone(flat, k, k + entry.word.length))
    ) {
      k += 1;
      continue;
    }
    const wordEnd = k + entry.word.length;
    let end = bracketEnd(flat, wordEnd);
    if (end > wordEnd) end = bracketEnd(flat, end);
    if (flat.chars[end] === ":") end += 1;
    words.push({ start: k, wordEnd, end: Math.min(end, to), ...entry });
    k = Math.max(wordEnd, Math.min(end, to));
  }
  return words;
}

/** True where something other than letters stands on both sides. */
function standsAlone(flat: FlatText, start: number, end: number): boolean {
  const before = start === 0 || flat.gapBefore(start) !== "none";
  const after = end >= flat.length || flat.gapBefore(end) !== "none" || /[:(]/.test(flat.chars[end] ?? "");
  return before && after;
}
