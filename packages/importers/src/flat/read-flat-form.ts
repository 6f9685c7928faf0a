import {
  add,
  type Decimal,
  type Form,
  fundSourceOf,
  gradeOf,
  type Heading,
  type Indicator,
  isPlaceholder,
  isSideLabel,
  type Place,
  parseDecimal,
  parseMeasure,
  place,
  sum,
} from "@jiheng/domain";
import { addField, addNote, clip, type Draft, openDraft, trace } from "../forms/draft.ts";
import { readFigure, shareInPercent } from "../forms/figure.ts";
import { setHead } from "../forms/head.ts";
import { finishForm } from "../forms/read-form.ts";
import type { Slot } from "../recognise/lines.ts";
import { titleOf } from "../recognise/roles.ts";
import type { Layout } from "../recognise/template.ts";
import { isDash, nameFit, pointsInHundredths } from "./field-kinds.ts";
import type { FlatText } from "./flat-text.ts";
import { fundRows } from "./fund-rows.ts";
import { splitGoals } from "./goal-texts.ts";
import { isTornLabel, type LevelRun, levelRuns } from "./level-runs.ts";
import { type Effort, type FoundRow, type RowColumn, type Run, type Span, searchRows } from "./row-search.ts";
import { findHeads, type Heads, rowHeadings } from "./sections.ts";
import { type Style, styleOf } from "./style.ts";
import { type Ending, findEnding, findTotal } from "./tail.ts";
import { findWords, type Word } from "./words.ts";

/** The stretch of flat text that holds one form. `title`: where its title stands, if it has one. */
export interface FormSpan {
  readonly from: number;
  readonly to: number;
  readonly title: readonly [number, number] | null;
}

interface Context {
  readonly flat: FlatText;
  readonly style: Style;
  readonly words: readonly Word[];
  readonly draft: Draft;
  readonly effort: Effort;
}

const MONEY_WORD = /[([](?:单位:?)?(亿元|千万元|百万元|万元|千元|元)[)\]]|单位:(亿元|万元|千元|元)/;

/** Reads one form; null where the stretch holds neither funds nor indicators. */
export function readFlatForm(
  flat: FlatText,
  all: readonly Word[],
  span: FormSpan,
  id: string,
  effort: Effort,
): Form | null {
  const style = styleOf(
    flat,
    all.filter((word) => word.start >= span.from && word.end <= span.to),
    span.from,
    span.to,
  );
  const words = findWords(flat, span.from, span.to, style.parts);
  const draft = openDraft();
  const context: Context = { flat, style, words, draft, effort };
  const body = span.title ? span.title[1] : span.from;
  const heads = findHeads(flat, style, words, body, span.to);
  const rows = heads.find((head) => head.kind === "indicators") ?? null;
  const funds = heads.find((head) => head.kind === "funds" && (!rows || head.start < rows.start)) ?? null;
  const goals = heads.find((head) => head.kind === "goals" && (!rows || head.start < rows.start)) ?? null;
  if (!rows && !funds) return null;

  readTitle(context, span);
  const firstHead = Math.min(funds?.start ?? span.to, goals?.start ?? span.to, rows?.start ?? span.to);
  readHead(context, span.title ? span.title[1] : span.from, firstHead);
  const unit =
    MONEY_WORD.exec(flat.chars.slice(span.from, funds?.end ?? firstHead)) ??
    MONEY_WORD.exec(flat.chars.slice(span.from, rows?.start ?? span.to));
  draft.moneyUnit = unit?.[1] ?? unit?.[2] ?? null;

  if (funds) readFunds(context, funds, nextStart(context, heads, funds, span.to));
  if (goals) readGoals(context, goals, nextStart(context, heads, goals, span.to));
  if (rows) readRows(context, rows, heads, span.to, id);

  const layout: Layout = {
    headings: new Set(heads.flatMap((head) => head.columns.flatMap((column) => column.heading ?? []))),
    labels: new Set(words.flatMap((word) => [word.word, `=${word.word}`])),
    margin: false,
    pointsFirst: false,
    flat: draft.indicators.every((row) => row.level1 === null && row.level2 === null),
  };
  if (rows) {
    const order = rowHeadings(rows);
    const points = order.indexOf("points");
    const target = order.indexOf("target");
    layout.pointsFirst = points >= 0 && target >= 0 && points < target;
    layout.margin = /绩效指标$/.test(flat.chars.slice(Math.max(0, rows.start - 4), rows.start));
  }
  return finishForm(draft, layout, id).form;
}

function slotOf(flat: FlatText, span: Pick<Span, "start" | "end">): Slot {
  const text = flat.text(span.start, span.end);
  return {
    text,
    raw: text,
    column: 1,
    end: 1,
    own: true,
    number: null,
    leaked: false,
    at: flat.at(span.start),
  };
}

/** Where the section behind a head ends: at the next head, or at the side label of the next section. */
function nextStart(context: Context, heads: readonly Heads[], head: Heads, to: number): number {
  const next = heads.find((other) => other.start >= head.end);
  let end = next?.start ?? to;
  for (const word of context.words) {
    if (word.start < head.end || word.start >= end) continue;
    if (
      /总体目标$|^绩效指标$/.test(word.word) &&
      (!context.style.cells || context.style.parts(context.flat.gapBefore(word.start)))
    ) {
      end = word.start;
      break;
    }
  }
  return end;
}

function readTitle(context: Context, span: FormSpan): void {
  const { flat, draft } = context;
  const head = flat.chars.slice(span.from, Math.min(span.to, (span.title?.[1] ?? span.from) + 40));
  if (span.title) {
    const slot = slotOf(flat, { start: span.title[0], end: span.title[1] });
    draft.title = titleOf(slot.text) ?? slot.text.replace(/[（(]?20\d\d年?度?[）)]?$/, "");
    trace(draft, "title", slot);
    const printed = flat.chars.slice(
      Math.max(span.from, span.title[0] - 12),
      Math.min(span.to, span.title[1] + 14),
    );
    const year = /(20\d\d)年?度/.exec(printed) ?? /(20\d\d)年/.exec(printed);
    if (year?.[1]) {
      draft.year = Number(year[1]);
      const at = Math.max(span.from, span.title[0] - 12) + year.index;
      trace(draft, "year", slotOf(flat, { start: at, end: at + year[0].length }));
    }
  }
  if (draft.year === null) {
    const year = /(20\d\d)年度/.exec(head);
    if (year?.[1]) draft.year = Number(year[1]);
  }
  const number = /(?:报表编号|表号|报表编码):?([0-9A-Za-z_]{3,24})|(公开\d+表)/.exec(head);
  if (number) draft.formNumber = number[1] ?? number[2] ?? null;
}

/** True where only the first letter or two of a label are missing before a word that fills the rest of its cell. */
function tornStart(flat: FlatText, style: Style, word: Word): boolean {
  if (word.end < flat.length && !style.parts(flat.gapBefore(word.end))) return false;
  return style.parts(flat.gapBefore(word.start - 1)) || style.parts(flat.gapBefore(word.start - 2));
}

/** End of the value of a head label: its cell, or where cells may be torn, the cells up to the label of a section. */
function valueEnd(flat: FlatText, style: Style, start: number, end: number): number {
  if (!style.cells) return end;
  let from = start;
  for (let k = start + 1; k <= end; k += 1) {
    if (k < end && !style.parts(flat.gapBefore(k))) continue;
    if (from > start) {
      const cell = flat.chars.slice(from, k);
      if (style.exact || isSideLabel(cell) || /(?:\((?:万元|元)\)|:)$/.test(cell)) return from;
    }
    from = k;
  }
  return end;
}

/** Labels of the head with what stands behind each, up to the next label. */
function readHead(context: Context, from: number, to: number): void {
  const { flat, style, draft, words } = context;
  const labels = words.filter(
    (word) =>
      word.start >= from &&
      word.end <= to &&
      (word.head !== null || word.stop || (word.headings.length > 0 && style.cells)) &&
      (!style.cells ||
        word.start === from ||
        style.parts(flat.gapBefore(word.start)) ||
        flat.gapBefore(word.start) !== "none" ||
        tornStart(flat, style, word) ||
        /[)）]/.test(flat.chars[word.start - 1] ?? "")),
  );
  labels.forEach((label, index) => {
    const end = Math.min(to, labels[index + 1]?.start ?? to);
    let start = label.end;
    if (start >= end && label.head === null) return;
    const raw = flat.chars.slice(start, end);
    start += /^[:：]/.test(raw) ? 1 : 0;
    const slot = slotOf(flat, { start, end: label.head === null ? end : valueEnd(flat, style, start, end) });
    if (label.head !== null) {
      if (slot.text.length > 120) return;
      setHead(draft, label.head, label.word, slot.text, slot);
    } else if (
      label.stop &&
      start < end &&
      !/(?:目标|资金|情况|指标|概述|申请|支出)$/.test(label.word) &&
      slot.text.length <= 120
    )
      addField(draft, label.word, slot.text, slot);
  });
}

/** Figure of a span; noted as lost where it is no figure. */
function figure(
  draft: Draft,
  flat: FlatText,
  at: Place,
  span: Span | undefined,
  what: string,
): string | null {
  if (!span) return null;
  const slot = slotOf(flat, span);
  trace(draft, at, slot);
  const read = readFigure(span.text);
  if (read.kind === "figure") return read.figure;
  if (read.kind === "unreadable")
    addNote(
      draft,
      "lost",
      "unreadable-figure",
      `${what}“${clip(slot.text)}”不是可识别的数值，未取数`,
      at,
      slot.at,
    );
  return null;
}

function readFunds(context: Context, head: Heads, to: number): void {
  const { flat, style, draft } = context;
  let columns = head.columns.map((column) => column.heading);
  // 年度预算数 before 年初预算, 调整后预算数 … is the label of the whole block.
  const twice = columns.indexOf("adjustedBudget");
  if (twice >= 0 && columns.indexOf("adjustedBudget", twice + 1) > 0)
    columns = columns.filter((_, index) => index !== twice);
  columns = columns.filter((heading, index) => heading === null || columns.indexOf(heading) === index);
  const worded = /(?:执行情况|资金情况|项目资金)[^分]{0,10}?\((\d{1,3}(?:\.\d+)?)分\)$/.exec(
    flat.chars.slice(Math.max(0, head.start - 24), head.start),
  );
  const { rows } = fundRows(flat, style, columns, head.end, to);
  if (rows.length === 0 && to - head.end > 4)
    addNote(draft, "lost", "no-fund-rows", "资金表头之后没有读出任何一行资金", "funds", flat.at(head.end));
  for (const row of rows) {
    const index = draft.funds.length;
    const label = flat.text(row.label.start, row.label.end).replace(/[:：]$/, "");
    const take = (
      heading: Heading,
      field: "initialBudget" | "adjustedBudget" | "expenditure" | "points" | "executionRate" | "score",
      what: string,
    ): string | null => figure(draft, flat, place.fund(index, field), row.cells.get(heading), what);
    trace(draft, place.fund(index, "label"), slotOf(flat, row.label));
    const rateSpan = row.cells.get("executionRate");
    let rate = take("executionRate", "executionRate", "执行率");
    const adjusted = take("adjustedBudget", "adjustedBudget", "全年预算数");
    const expenditure = take("expenditure", "expenditure", "全年执行数");
    if (rate !== null && rateSpan && !rateSpan.text.endsWith("%") && isShare(rate, adjusted, expenditure)) {
      const percent = shareInPercent(rate);
      addNote(
        draft,
        "normalised",
        "rate-as-share",
        `执行率写作“${rate}”，按百分数记为${percent}`,
        place.fund(index, "executionRate"),
        flat.at(rateSpan.start),
      );
      rate = percent;
    }
    let points = take("points", "points", "分值");
    if (points === null && worded?.[1] && index === 0 && !columns.includes("points")) {
      points = worded[1];
      const at = head.start - worded[0].length + worded[0].lastIndexOf("(");
      trace(draft, place.fund(index, "points"), slotOf(flat, { start: at, end: head.start }));
    }
    const reason = row.cells.get("deviation");
    draft.funds.push({
      source: fundSourceOf(label),
      label,
      initialBudget: take("initialBudget", "initialBudget", "年初预算数"),
      adjustedBudget: adjusted,
      expenditure,
      points,
      executionRate: rate,
      score: take("score", "score", "得分"),
      deviation:
        reason && reason.text !== "" && !isDash(reason.text) ? flat.text(reason.start, reason.end) : null,
    });
    if (row.doubtful)
      addNote(
        draft,
        "guessed",
        "figures-cut",
        `“${label}”一行数字连写，已按栏次切分，请核对`,
        place.fund(index),
        flat.at(row.label.start),
      );
    if (row.left)
      addNote(
        draft,
        "lost",
        "unread-figures",
        `“${label}”一行的“${clip(row.left.text)}”没有对应的栏目，未取数`,
        place.fund(index),
        flat.at(row.left.start),
      );
  }
}

/** True for a rate printed as a share of one (0.958): only where the two amounts say so, or it is a plain fraction below 1. */
function isShare(rate: string, adjusted: string | null, expenditure: string | null): boolean {
  const value = parseDecimal(rate);
  const a = parseDecimal(adjusted);
  const b = parseDecimal(expenditure);
  if (!value || value.units <= 0n) return false;
  if (value.units > 2n * 10n ** BigInt(value.scale)) return false;
  if (!a || !b || a.units <= 0n) return value.scale >= 2;
  // share ≈ b/a within a hundredth, against percent ≈ 100·b/a.
  const left = value.units * a.units * 100n * 10n ** BigInt(b.scale);
  const right = b.units * 100n * 10n ** BigInt(value.scale + a.scale);
  const off = left > right ? left - right : right - left;
  return off <= a.units * 10n ** BigInt(value.scale + b.scale);
}

function readGoals(context: Context, head: Heads, to: number): void {
  const { flat, style, draft, words } = context;
  let end = to;
  for (const word of words)
    if (
      word.start >= head.end &&
      word.start < end &&
      word.stop &&
      /^(?:绩效指标|预算执行情况|项目资金|项目实施内容及过程概述)$/.test(word.word)
    ) {
      end = word.start;
      break;
    }
  while (end > head.end && /[\d.、(]/.test(flat.chars[end - 1] ?? "") && style.parts(flat.gapBefore(end - 1)))
    end -= 1;
  const item = /\d{1,2}[.、]$/.exec(flat.chars.slice(Math.max(head.end, end - 3), end));
  if (item) end -= item[0].length;
  const split = splitGoals(flat, style, head.end, end);
  const text = (span: readonly [number, number] | null, at: Place): string | null => {
    if (!span) return null;
    const slot = slotOf(flat, { start: span[0], end: span[1] });
    trace(draft, at, slot);
    return slot.text === "" || isDash(slot.text) ? null : slot.text;
  };
  const expected = text(split.expected, "goal.expected");
  const achieved = text(split.achieved, "goal.achieved");
  draft.goals.push({ name: null, expected, adjusted: null, achieved, points: null, score: null });
  if (!split.sure && expected !== null)
    addNote(
      draft,
      "guessed",
      "goal-split",
      "预期目标与实际完成情况之间没有分隔，已按文意切分",
      "goal.achieved",
      flat.at(split.achieved?.[0] ?? head.end),
    );
}

const COLUMN: Readonly<Partial<Record<Heading, RowColumn>>> = {
  name: "name",
  target: "target",
  sign: "sign",
  unit: "unit",
  initialTarget: "initialTarget",
  adjustedTarget: "target",
  actual: "actual",
  points: "points",
  score: "score",
  coefficient: "coefficient",
  core: "core",
  reviewScore: "reviewScore",
  criteria: "criteria",
  evidence: "evidence",
  deviation: "deviation",
};

function columnsOf(head: Heads, style: Style): RowColumn[] {
  const order = rowHeadings(head);
  const apart = order.includes("sign") || order.includes("unit");
  const two = order.includes("adjustedTarget") && order.includes("target");
  const columns: RowColumn[] = [];
  const levels = order.filter((heading) => heading === "level1" || heading === "level2").length;
  if (style.exact) for (let n = 0; n < levels; n += 1) columns.push("group");
  for (const heading of order) {
    if (heading === null) {
      if (style.exact) columns.push("other");
      continue;
    }
    if (heading === "target" && two) columns.push("initialTarget");
    else if ((heading === "target" || heading === "adjustedTarget") && apart) columns.push("value");
    else {
      const column = COLUMN[heading];
      if (column) columns.push(column);
    }
  }
  if (!columns.includes("name")) columns.splice(style.exact ? levels : 0, 0, "name");
  return columns;
}

function readRows(context: Context, head: Heads, heads: readonly Heads[], to: number, id: string): void {
  const { flat, style, draft } = context;
  const columns = columnsOf(head, style);
  const ending = findEnding(flat, style, head.end, to);
  const again = heads
    .filter((other) => other.kind === "indicators" && other.start > head.end && other.end <= ending.at)
    .map((other) => [other.start, other.end] as const);
  const levels = levelRuns(flat, style, head.end, ending.at, again);
  readTail(context, ending, to, columns);

  const hundredths = (text: string | null): number | null =>
    text === null ? null : pointsInHundredths(text.replace(/(\.\d\d)0+$/, "$1"));
  const scored = draft.funds.find((fund) => fund.points !== null || fund.score !== null);
  // Some forms count the points of execution in the total, others print the rows' total alone.
  const either = (total: number | null, part: string | null): number[] => {
    const own = hundredths(part) ?? 0;
    return total === null ? [] : own === 0 ? [total] : [total - own, total];
  };
  const open = ending.kind === "open";
  const totalPoints = hundredths(draft.totalPoints) ?? (open ? null : 10000);
  const expected = {
    points: either(totalPoints, scored?.points ?? null),
    scores: either(hundredths(draft.totalScore), scored?.score ?? null),
    sure: draft.totalPoints !== null || draft.totalScore !== null,
  };
  const runs: Run[] = levels.map((run) => ({
    from: run.from,
    to: run.to,
    group: run.group,
    groupPoints: hundredths(run.groupPoints),
    ownPoints: hundredths(run.ownPoints),
  }));
  const found = searchRows(flat, style, columns, runs, expected, context.effort);
  levels.forEach((level, number) => {
    const result = found.runs[number];
    if (!result) return;
    result.rows.forEach((row, index) => {
      const last = open && number === levels.length - 1 && index === result.rows.length - 1;
      const doubt = result.doubts.find((entry) => entry.row === index)?.other ?? null;
      readRow(context, level, row, columns, id, last, doubt, found.proved);
    });
    for (const left of result.left) {
      if (/^[.…·。、]+$/.test(left.text)) continue;
      if (isTornLabel(left.text))
        addNote(
          draft,
          "guessed",
          "torn-label",
          `“${clip(left.text)}”应是拆散的指标类别名称，未作为指标`,
          null,
          flat.at(left.start),
        );
      else
        addNote(
          draft,
          "lost",
          "unread-text",
          `“${clip(left.text)}”没有读入任何一栏`,
          "indicators",
          flat.at(left.start),
        );
    }
  });
  if (open && draft.indicators.length > 0 && columns.includes("points"))
    addNote(
      draft,
      "lost",
      "text-cut-off",
      "指标表没有合计或表尾，原文可能在此截断，其后的内容没有读到",
      "indicators",
      flat.at(to - 1),
    );
  settleTotal(context);
}

const RATE_NAME = /率|度|比例|比重|占比/;
const SLIP = /^2(100|[5-9]\d)(?:\.0+)?%$/;

function readRow(
  context: Context,
  level: LevelRun,
  row: FoundRow,
  columns: readonly RowColumn[],
  id: string,
  last: boolean,
  doubt: FoundRow | null,
  proved: boolean,
): void {
  const { flat, style, draft } = context;
  const spans = new Map<RowColumn, Span>();
  const groups: Span[] = [];
  for (const [column, span] of row.fields) {
    if (column === "group") {
      if (span.text !== "") groups.push(span);
    } else spans.set(column, span);
  }
  const printed = (column: RowColumn): string | null => {
    const span = spans.get(column);
    if (!span || span.text === "" || isDash(span.text)) return null;
    return flat.text(span.start, span.end);
  };
  const name = printed("name");
  const values = [...spans].filter(
    ([column, span]) => column !== "name" && span.text !== "" && !isDash(span.text),
  );
  if (name === null && values.length === 0) return;
  if (name !== null && isPlaceholder(name) && values.length === 0) return;
  if (last && values.length === 0 && !style.exact) {
    addNote(
      draft,
      "lost",
      "text-cut-off",
      `原文在“${clip(name ?? "")}”处截断，这一行没有读到`,
      "indicators",
      flat.at(row.start),
    );
    return;
  }
  const index = draft.indicators.length;
  const at = (field: keyof Indicator): Place => place.indicator(index, field);
  const keepTrace = (column: RowColumn, field: keyof Indicator): void => {
    const span = spans.get(column);
    if (span) trace(draft, at(field), slotOf(flat, span));
  };
  keepTrace("name", "name");

  const slip = (text: string | null, field: "target" | "actual"): string | null => {
    if (text === null || !SLIP.test(text) || !RATE_NAME.test(name ?? "")) return text;
    const mended = `≥${text.slice(1)}`;
    addNote(
      draft,
      "guessed",
      "misread-sign",
      `“${text}”应是“${mended}”的误识，已按后者理解`,
      at(field),
      flat.at(spans.get(field)?.start ?? row.start),
    );
    return mended;
  };
  const measure = (text: string | null, field: "target" | "initialTarget" | "actual") => {
    const parsed = parseMeasure(text);
    for (const remark of parsed.remarks)
      addNote(
        draft,
        remark.level,
        remark.code,
        remark.says,
        at(field),
        flat.at(spans.get(field === "target" && !spans.has("target") ? "value" : field)?.start ?? row.start),
      );
    return parsed.measure;
  };
  const sign = printed("sign");
  const unit = printed("unit");
  const joined = (value: string | null): string | null => {
    if (value === null || !/\d/.test(value)) return value;
    const before = sign !== null && !/定性|定量|正向|反向/.test(sign) ? sign : "";
    return `${before}${value}${unit !== null && !value.endsWith(unit) ? unit : ""}`;
  };
  const apart = columns.includes("sign") || columns.includes("unit");
  let target = apart ? joined(printed("value") ?? printed("target")) : slip(printed("target"), "target");
  keepTrace(spans.has("value") ? "value" : "target", "target");
  const initial = apart ? joined(printed("initialTarget")) : printed("initialTarget");
  keepTrace("initialTarget", "initialTarget");
  if (target === null && initial !== null) {
    target = initial;
    addNote(
      draft,
      "guessed",
      "target-from-initial",
      `“${clip(name ?? "")}”没有填写调整后的指标值，按年初指标值${initial}理解`,
      at("target"),
      flat.at(row.start),
    );
  }
  keepTrace("actual", "actual");
  const actual = slip(printed("actual"), "actual");
  // An actual with a sign repeats its target: then the target lost the sign.
  if (actual !== printed("actual") && actual !== null && target !== null && actual === `≥${target}`) {
    target = actual;
    addNote(
      draft,
      "guessed",
      "misread-sign",
      `实际完成值写作“${actual}”，年度指标值“${printed("target") ?? ""}”前应是漏识了“≥”`,
      at("target"),
      flat.at(spans.get("target")?.start ?? row.start),
    );
  }
  const take = (column: RowColumn & keyof Indicator, what: string): string | null =>
    figure(draft, flat, at(column), spans.get(column), what);
  const points = take("points", "分值");
  const score = take("score", "得分");
  for (const column of ["deviation", "criteria", "evidence"] as const) keepTrace(column, column);
  const deviation = printed("deviation");
  let level1 = level.level1;
  let level2 = level.level2;
  const own = groups.at(-1);
  if (own) {
    level2 = flat.text(own.start, own.end);
    if (groups.length > 1 && groups[0]) level1 = flat.text(groups[0].start, groups[0].end);
  }
  if (level1 !== null || level2 !== null) {
    const slot = { ...slotOf(flat, { start: level.labelAt, end: level.from }), text: level2 ?? level1 ?? "" };
    trace(draft, at(level2 === null ? "level1" : "level2"), slot);
  }
  draft.indicators.push({
    id: `${id}-${index + 1}`,
    parent: null,
    goal: 0,
    core: columns.includes("core")
      ? /是|★|√/.test(printed("core") ?? "")
      : /^[★☆]/.test(name ?? "")
        ? true
        : null,
    level1,
    level2,
    groupPoints: level.ownPoints ?? level.groupPoints,
    name: name?.replace(/^[★☆*]/, "") ?? null,
    target: measure(target, "target"),
    initialTarget: columns.includes("initialTarget") ? measure(initial, "initialTarget") : null,
    actual: measure(actual, "actual"),
    points,
    score,
    coefficient: take("coefficient", "得分系数"),
    reviewScore: take("reviewScore", "复核得分"),
    criteria: printed("criteria"),
    evidence: printed("evidence"),
    deviation,
  });
  if (level.torn !== null)
    addNote(
      draft,
      "guessed",
      "torn-label",
      `一级指标名称被拆散为“${clip(level.torn)}”，已按二级指标归入“${level1 ?? ""}”`,
      at("level1"),
      flat.at(level.labelAt),
    );
  noteDoubts(context, index, row, spans, columns, doubt, proved);
}

function noteDoubts(
  context: Context,
  index: number,
  row: FoundRow,
  spans: ReadonlyMap<RowColumn, Span>,
  columns: readonly RowColumn[],
  doubt: FoundRow | null,
  proved: boolean,
): void {
  const { flat, style, draft } = context;
  const at = place.indicator(index);
  const where = flat.at(row.start);
  const told = (fields: FoundRow["fields"]): string =>
    fields
      .filter(([, span]) => span.text !== "")
      .map(([, span]) => clip(span.text))
      .join(" | ");
  if (doubt)
    addNote(
      draft,
      "guessed",
      "row-split",
      `这一行没有分隔，按“${told(row.fields)}”读取，也可能是“${told(doubt.fields)}”`,
      at,
      where,
    );
  else if (!style.cells && columns.includes("points") && !proved && glued(flat, spans))
    addNote(
      draft,
      "guessed",
      "row-split",
      `这一行数字连写，按“${told(row.fields)}”读取，未能以合计印证`,
      at,
      where,
    );
  else if (row.fit < 0 || (!style.cells && (row.fit < 1.5 || nameFit(spans.get("name")?.text ?? "") < 2)))
    addNote(
      draft,
      "guessed",
      "row-doubtful",
      `这一行与表头对应得不好，按“${told(row.fields)}”读取，请核对`,
      at,
      where,
    );
  const reason = spans.get("deviation")?.text ?? "";
  if (reason !== "" && (!style.cells || (style.broken && row.points !== null && row.points === row.score)))
    addNote(
      draft,
      "guessed",
      "reason-border",
      "偏差说明与下一行之间没有分隔，止于何处是按文意判断的",
      place.indicator(index, "deviation"),
      where,
    );
  if (style.exact) return;
  const wanted: readonly (readonly [RowColumn & keyof Indicator, string])[] = [
    ["points", "分值"],
    ["score", "得分"],
    ["target", "年度指标值"],
    ["actual", "实际完成值"],
  ];
  for (const [column, what] of wanted)
    if (columns.includes(column) && (spans.get(column)?.text ?? "") === "")
      addNote(draft, "lost", "missing-cell", `这一行没有读到${what}`, place.indicator(index, column), where);
}

function glued(flat: FlatText, spans: ReadonlyMap<RowColumn, Span>): boolean {
  for (const span of spans.values())
    if (span.text !== "" && /\d$/.test(span.text) && /\d/.test(flat.chars[span.end] ?? "")) return true;
  return false;
}

/** Figures of the total, the grade and the words under the form. */
function readTail(context: Context, ending: Ending, to: number, columns: readonly RowColumn[]): void {
  const { flat, style, draft } = context;
  if (ending.kind === "open") return;
  let k = ending.at;
  const total = ending.kind === "total" ? ending : findTotal(flat, style, ending.end, to);
  if (total) {
    k = total.end;
    if (flat.chars[k] === ":") k += 1;
    let end = k;
    while (end < to && /[\d.分]/.test(flat.chars[end] ?? "")) end += 1;
    const figures: Span[] = [];
    let start = k;
    for (let n = k + 1; n <= end; n += 1)
      if (n === end || flat.gapBefore(n) !== "none" || flat.chars[n - 1] === "分") {
        const text = flat.chars.slice(start, n);
        if (/\d/.test(text)) figures.push({ start, end: n, text });
        start = n;
      }
    takeTotals(context, figures, columns);
    k = end;
  } else if (ending.kind === "grade") k = ending.end;
  const rest = flat.chars.slice(k, Math.min(to, k + 400));
  if (ending.kind === "grade" || draft.grade === null) {
    const labelled = /(?:评分|自评|评价|绩效|综合|评定|考核)?(?:结果)?(?:等级|等次):?([^。;]{1,30})/.exec(
      !total && ending.kind === "grade" ? `等级${rest}` : rest,
    );
    const first = total
      ? /^(优秀|优|良好|良|中等|中|较差|差|合格|不合格)(?![\u4e00-\u9fff])/.exec(rest)
      : null;
    const bordered =
      first &&
      (flat.gapBefore(k + first[0].length) !== "none" ||
        k + first[0].length >= to ||
        /[\d(:]/.test(flat.chars[k + first[0].length] ?? ""))
        ? first[1]
        : null;
    const label = labelled ? labelled[0].length - (labelled[1] ?? "").length : 0;
    const from = k + (labelled?.index ?? 0) + label - (!total && ending.kind === "grade" ? 2 : 0);
    let until = from + 1;
    while (until < to && !style.parts(flat.gapBefore(until))) until += 1;
    const grade =
      bordered ?? gradeIn((labelled?.[1] ?? "").slice(0, until - from)) ?? gradeIn(labelled?.[1] ?? "");
    if (grade) {
      draft.grade = gradeOf(grade) ?? grade;
      const at = k + Math.max(0, rest.indexOf(grade));
      trace(draft, "grade", slotOf(flat, { start: at, end: at + grade.length }));
    }
  }
  readFoot(context, ending.kind === "total" ? k : ending.at, to);
}

function gradeIn(text: string): string | null {
  const known = gradeOf(text);
  if (known) return known;
  return /^(优秀|优|良好|良|中等|中|较差|差)(?![\u4e00-\u9fff])/.exec(text)?.[1] ?? null;
}

function takeTotals(context: Context, figures: readonly Span[], columns: readonly RowColumn[]): void {
  const { flat, draft } = context;
  const both = columns.includes("points") && columns.includes("score");
  let [points, score]: (Span | undefined)[] = [figures[0], figures[1]];
  if (both && columns.indexOf("points") > columns.indexOf("score")) [points, score] = [score, points];
  if (figures.length === 1 && points) {
    const only = points;
    const cut = /^(100(?:\.0{1,2})?)(\d{1,3}(?:\.\d{1,2})?)$/.exec(only.text);
    if (both && cut?.[1] && cut[2] && pointsInHundredths(cut[2]) !== null) {
      points = { start: only.start, end: only.start + cut[1].length, text: cut[1] };
      score = { start: points.end, end: only.end, text: cut[2] };
    } else if (!both) {
      score = columns.includes("points") ? undefined : only;
      points = columns.includes("points") ? only : undefined;
    } else {
      // One figure for two columns: which it is can be told only by the sum of the rows.
      score = only;
      points = undefined;
    }
  }
  if (points) draft.totalPoints = figure(draft, flat, "totalPoints", points, "总分分值");
  if (score) draft.totalScore = figure(draft, flat, "totalScore", score, "总分");
}

/** One figure printed for total points and total score: the sum of the rows tells which it is. */
function settleTotal(context: Context): void {
  const { draft } = context;
  if (draft.totalPoints !== null || draft.totalScore === null) return;
  const points = draft.indicators.map((row) => parseDecimal(row.points)).filter((value) => value !== null);
  if (points.length === 0) return;
  const scores = draft.indicators.map((row) => parseDecimal(row.score)).filter((value) => value !== null);
  const execution = draft.funds.find((fund) => fund.points !== null);
  const whole = (rows: readonly Decimal[], own: string | null | undefined): Decimal =>
    add(sum(rows), parseDecimal(own) ?? { units: 0n, scale: 0 });
  const stated = parseDecimal(draft.totalScore);
  if (!stated) return;
  const same = (a: Decimal, b: Decimal): boolean =>
    a.units * 10n ** BigInt(b.scale) === b.units * 10n ** BigInt(a.scale);
  const asPoints = same(whole(points, execution?.points), stated);
  const asScore = same(whole(scores, execution?.score), stated);
  if (asPoints && !asScore) {
    draft.totalPoints = draft.totalScore;
    draft.totalScore = null;
    const known = draft.origins.totalScore;
    if (known) {
      draft.origins.totalPoints = known;
      delete draft.origins.totalScore;
    }
  } else if (!asScore || asPoints)
    addNote(
      draft,
      "guessed",
      "one-total",
      `合计只有一个数“${draft.totalScore}”，已作为总得分`,
      "totalScore",
      draft.origins.totalScore?.at ?? null,
    );
}

const FOOT =
  /(?:备注|(?<![\u4e00-\u9fff])注|填表说明|评价结论|自评结论|(?:目前)?存在的?(?:主要)?问题|改进措施及结果应用方案|(?<!及)改进措施|其[他它]需要?说明(?:的?(?:事项|问题|情况))?|偏差大或目标未完成原因分析|项目负责人|财务负责人|单位负责人|填报人|填表人|联系人|联系电话|审核人|填报日期)(?:[:：]|(?=[(（]|[^\u4e00-\u9fff]|无))/g;

/** Words under the form, each under its label. */
function readFoot(context: Context, from: number, to: number): void {
  const { flat, draft } = context;
  const text = flat.chars.slice(from, Math.min(to, from + 6000));
  const labels = [...text.matchAll(FOOT)];
  labels.forEach((label, index) => {
    const start = from + label.index + label[0].length;
    const end = from + (labels[index + 1]?.index ?? text.length);
    const slot = slotOf(flat, { start, end: Math.max(start, end) });
    const name = label[0].replace(/[:：]$/, "");
    if (/^偏差大/.test(name)) {
      draft.deviation = slot.text === "" ? null : slot.text;
      trace(draft, "deviation", slot);
    } else addField(draft, name, slot.text, slot);
  });
}
