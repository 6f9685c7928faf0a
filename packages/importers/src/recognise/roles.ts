import {
  compactLabel,
  gradeOf,
  type Heading,
  type HeadLabel,
  headingsOf,
  headLabelOf,
  isGradeLabel,
  isSideLabel,
  isTotalLabel,
  level1Of,
  level2HomeOf,
} from "@jiheng/domain";
import { looksLikeFigure } from "../forms/figure.ts";
import type { Line, Slot } from "./lines.ts";

/** What a line is by its own words, before it is known in which section it stands. */
export type Role =
  | "blank"
  | "title"
  | "caption"
  | "head"
  | "funds-header"
  | "goal-header"
  | "goal-pair"
  | "indicator-header"
  | "total"
  | "grade"
  | "remark"
  | "list"
  | "data";

const TITLE =
  /(?:自评|绩效评价|绩效目标|绩效监控|运行监控|绩效自查|绩效复核|自评复核|绩效评分)[^。；，]{0,16}(?:表|报告表|情况表|评分表)(?:\(样表\))?$/;
const YEAR = /(20\d\d)\s*年\s*度?/;
const REMARK = /^(?:备?注|说明|填表说明|填报说明|注释|填报注意事项)(?:\d+)?[:：、.．]/;
const FOOT =
  /^(?:填报人|填表人|经办人|审核人|单位负责人|项目负责人签字|财务负责人|填报单位(?:负责人)?|填报日期|填表日期|主管领导|分管领导)(?:\s|[(（]|[:：])/;

/** A title as printed, without the year in brackets behind it and the 附件 mark before it; null where the text is no title. */
export function titleOf(text: string): string | null {
  if (text.length > 80 || text.length < 4) return null;
  const bare = text
    .replace(/^\s*附(?:件|表)?\s*[\d一二三四五六七八九十-]*\s*[:：、.]?\s*/, "")
    .replace(/[（(【]?\s*20\d\d\s*年?\s*度?\s*[）)】]?\s*$/, "")
    .replace(/\s+/g, "")
    .trim();
  return TITLE.test(bare.replace(/（/g, "(").replace(/）/g, ")")) && !/[:：]/.test(bare) ? bare : null;
}

/** The number a form bears: 报表编号：510000_0013zp, 公开14表; null where the text prints none. */
export function formNumberOf(text: string): string | null {
  if (text.length > 60) return null;
  const match =
    /(?:编号|表号)\s*[:：]\s*(\S+)/.exec(text) ?? /^(公开\s*\d+\s*表|附?表\s*\d+)$/.exec(text.trim());
  return match?.[1] ? match[1].replace(/\s+/g, "") : null;
}

/** The year a title or caption prints ("（2024年度）", "2024 年度"), or null. */
export function yearOf(text: string): number | null {
  const match = YEAR.exec(text) ?? /^[（(]?\s*(20\d\d)\s*[）)]?$/.exec(text);
  return match?.[1] ? Number(match[1]) : null;
}

/** One `label: value` pair of a cell whose label is a label of the head of a form. */
export interface Pair {
  readonly label: HeadLabel;
  readonly printed: string;
  readonly text: string;
}

const INLINE =
  /(?:^|[\s　|])((?:项目|专项|资金|主管|实施|单位|部门|预算|县级|市级|省级|区级|地方|业务|一级|二级|报表|表)[\u4e00-\u9fff（）()]{0,14})\s*[:：]\s*/g;

/** Splits "单位名称：甲局　填报日期：…" into its known pairs. */
export function inlinePairs(text: string): Pair[] {
  if (text.length > 300 || !/[:：]/.test(text)) return [];
  const found: { label: HeadLabel; printed: string; start: number; end: number }[] = [];
  for (const match of text.matchAll(INLINE)) {
    const label = headLabelOf(match[1] ?? "");
    if (label)
      found.push({ label, printed: match[1] ?? "", start: match.index, end: match.index + match[0].length });
  }
  return found.map((entry, index) => {
    const rest = text.slice(entry.end, found[index + 1]?.start ?? text.length);
    const next = rest.search(/[\s　][\u4e00-\u9fff]{2,8}[:：]/);
    return {
      label: entry.label,
      printed: entry.printed,
      text: (next >= 0 ? rest.slice(0, next) : rest).trim(),
    };
  });
}

/** The heading each own cell of a line may be. */
export interface FoundHeading {
  readonly slot: Slot;
  readonly headings: readonly Heading[];
}

/** Cells of the line that read as column headings. */
export function foundHeadings(slots: readonly Slot[]): FoundHeading[] {
  const found: FoundHeading[] = [];
  for (const slot of slots) {
    const headings = headingsOf(slot.text);
    if (headings.length > 0) found.push({ slot, headings });
  }
  return found;
}

const count = (found: readonly FoundHeading[], ...wanted: Heading[]): number =>
  wanted.filter((heading) => found.some((entry) => entry.headings.includes(heading))).length;

function isIndicatorHeader(found: readonly FoundHeading[]): boolean {
  const levels = count(found, "level1", "level2", "name");
  const values = count(found, "target", "actual", "sign", "unit", "adjustedTarget", "initialTarget");
  const marks = count(
    found,
    "points",
    "score",
    "deviation",
    "coefficient",
    "core",
    "criteria",
    "reviewScore",
  );
  if (levels >= 2) return true;
  if (levels === 1 && values >= 1 && values + marks >= 2) return true;
  return count(found, "target") === 1 && count(found, "actual") === 1 && marks >= 1;
}

/** What a line is by its own words. */
export function roleOf(line: Line): Role {
  const { filled } = line;
  const first = filled[0];
  if (!first) return "blank";
  // A long line is prose; nothing below has to look at it.
  if (filled.length === 1) {
    if (titleOf(first.text)) return "title";
    if (
      first.text.length <= 40 &&
      yearOf(first.text) !== null &&
      /^[（(【]?\s*20\d\d\s*年?\s*度?\s*[）)】]?$/.test(first.text.trim())
    )
      return "caption";
    if (REMARK.test(first.text) || FOOT.test(first.text)) return "remark";
  }
  const title = filled.length <= 3 ? filled.find((slot) => titleOf(slot.text)) : undefined;
  if (
    title &&
    line.table &&
    filled.every((slot) => slot === title || /表$|^附件|^表|^20\d\d|单位[:：]|编号/.test(slot.text))
  )
    return "title";

  const few = filled.length > 40 ? filled.slice(0, 40) : filled;
  const found = foundHeadings(few);
  if (found.length >= 2) {
    const money = count(found, "initialBudget", "adjustedBudget", "expenditure", "executionRate");
    if (money >= 2 && isListHeader(few)) return "list";
    if (isIndicatorHeader(found)) return "indicator-header";
    if (money >= 2) return "funds-header";
    if (isGoalHeader(few, found)) return "goal-header";
    if (count(found, ...GOAL_HEADINGS) >= 1) return "goal-pair";
  }
  if (isTotalLabel(first.text) || isTotalLine(first.text) || isFinalScore(filled)) return "total";
  if (isGradeLabel(first.text) || isGradeLine(first.text) || isGradedResult(filled)) return "grade";
  for (const slot of few.slice(0, 12)) {
    if (headLabelOf(slot.text) && filled.length > 1) return "head";
  }
  if (filled.length <= 4 && few.some((slot) => inlinePairs(slot.text).length > 0)) return "head";
  if (filled.length === 1 && headLabelOf(first.text) && line.table && line.table.columnCount > 1)
    return "head";
  if (found.length >= 1 && line.table && goalPair(few, found)) return "goal-pair";
  return "data";
}

const TASK =
  /^(?:年度|主要|重点)*(?:工作|任务)(?:名称|内容|事项)?$|^(?:主要|工作|任务|实施)内容$|^(?:二级|子|支出|明细)项目(?:名称)?$/;

/** A list of many projects (序号, 项目名称, 预算数, 执行数 …) or of the tasks of a year is no table of funds. */
function isListHeader(filled: readonly Slot[]): boolean {
  if (filled.some((slot) => headLabelOf(slot.text) === null && TASK.test(compactLabel(slot.text))))
    return true;
  return (
    filled.some((slot) => headLabelOf(slot.text) === "project") &&
    filled.some((slot) => isOrdinalHeading(slot.text) || headLabelOf(slot.text) === "unit")
  );
}

/** The heading of a column that only numbers the rows. */
export function isOrdinalHeading(text: string): boolean {
  return /^(?:序号|编号|No\.?)$/i.test(compactLabel(text));
}

/** "自评得分 | 98.5" below the table: the final score beside its label. */
function isFinalScore(filled: readonly Slot[]): boolean {
  const [label, value] = filled;
  return (
    filled.length === 2 &&
    label !== undefined &&
    value !== undefined &&
    isFinalScoreLabel(label.text) &&
    looksLikeFigure(value.text)
  );
}

/** A label of the score that includes everything, also what a 合计 above it leaves out. */
export function isFinalScoreLabel(text: string): boolean {
  return /^(?:单位|项目|最终|绩效)?(?:自评|最终|综合)(?:总)?(?:得分|分数|评分|总分)$/.test(
    compactLabel(text),
  );
}

/** "自评结论 | 优": a conclusion that is nothing but a grade. */
function isGradedResult(filled: readonly Slot[]): boolean {
  const [label, value] = filled;
  return (
    filled.length === 2 &&
    label !== undefined &&
    value !== undefined &&
    /^(?:绩效|单位|项目)?(?:自评|评价|评定|考核)(?:结论|结果)$/.test(compactLabel(label.text)) &&
    gradeOf(value.text) !== null
  );
}

/** "总分：98.5": label and sum in one cell, also with the grade behind them. */
function isTotalLine(text: string): boolean {
  const match = TOTAL_LINE.exec(text);
  if (match?.[1] === undefined) return false;
  if (match[0].length === text.trimEnd().length) return isTotalLabel(match[1]);
  return (isTotalLabel(match[1]) || isFinalScoreLabel(match[1])) && labelledGrade(text) !== null;
}

const TOTAL_LINE = /^([^:：]{2,8})[:：]\s*(\d[\d.]*)\s*分?(?=[\s,，;；、（(]|$)/;

/** The total that a cell prints behind its label, "98.5" of "自评总分：98.5分  自评等次：优"; null where it prints none. */
export function inlineTotal(text: string): string | null {
  return TOTAL_LINE.exec(text)?.[2] ?? null;
}

const PARTS = /[\s\u3000,，;；、|]+(?=[^\s:：]{2,12}[:：])/;

/**
 * What a cell prints behind a label of the grade, wherever in the cell it stands: 自评等次：优. The grade is null where none is ticked
 * or written; the whole is null where the cell has no such label.
 */
export function labelledGrade(text: string): { readonly grade: string | null } | null {
  if (text.length > 120) return null;
  for (const part of text.split(PARTS)) {
    const pair = /^([^:：]{2,14})[:：]\s*([\s\S]{0,40})$/.exec(part);
    if (pair?.[1] !== undefined && isGradeLabel(pair[1]))
      return { grade: gradeOf((pair[2] ?? "").replace(/[)）。.;；]+$/, "")) };
  }
  return null;
}

/** "评价等级：□优 ☑良 □中 □差": label and grade in one cell. */
function isGradeLine(text: string): boolean {
  const match = /^([^:：]{2,10})[:：]\s*(.{1,40})$/.exec(text);
  return (
    match?.[1] !== undefined && match[2] !== undefined && isGradeLabel(match[1]) && gradeOf(match[2]) !== null
  );
}

const GOAL_HEADINGS: ReadonlySet<Heading> = new Set<Heading>([
  "goalExpected",
  "goalAdjusted",
  "goalAchieved",
  "goalMidTerm",
]);

/** The heading of the column that names the goals. */
export function isGoalNameHeading(text: string): boolean {
  return /^(?:绩效)?目标(?:名称|序号|编号)$/.test(compactLabel(text));
}

/** Headings of goals and nothing else but labels in the margin left of them. */
function isGoalHeader(filled: readonly Slot[], found: readonly FoundHeading[]): boolean {
  const isGoal = (entry: FoundHeading): boolean =>
    entry.headings.some((heading) => GOAL_HEADINGS.has(heading));
  const goals = found.filter(isGoal);
  const rest = filled.filter(
    (slot) =>
      !goals.some((entry) => entry.slot === slot) && !isSideLabel(slot.text) && !isGoalNameHeading(slot.text),
  );
  const first = goals[0];
  if (!first || !found.every(isGoal)) return false;
  if (rest.length > 1 || rest.some((slot) => slot.column > first.slot.column || slot.text.length > 16))
    return false;
  if (count(found, ...GOAL_HEADINGS) >= 2) return true;
  // 总体目标 is a margin label elsewhere; right before 实际完成情况 it heads the expected goals.
  return rest.length === 0 && count(found, "goalAchieved") === 1 && filled.length >= 2;
}

/** "年度总体目标 | text", "实际完成情况 | text": a goal whose label stands beside it. */
function goalPair(filled: readonly Slot[], found: readonly FoundHeading[]): boolean {
  const labels = found.filter((entry) => entry.headings.some((heading) => GOAL_HEADINGS.has(heading)));
  if (labels.length === 0) return false;
  const texts = filled.filter((slot) => headingsOf(slot.text).length === 0 && !isSideLabel(slot.text));
  return (
    texts.length > 0 &&
    texts.length <= labels.length &&
    texts.every((slot) => !looksLikeFigure(slot.text) && !level1Of(slot.text) && !level2HomeOf(slot.text))
  );
}
