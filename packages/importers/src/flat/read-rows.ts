import { type Heading, type Indicator, isPlaceholder, type Place, parseMeasure, place } from "@jiheng/domain";
import { addNote, clip, trace } from "../forms/draft.ts";
import { type Context, figure, slotOf } from "./context.ts";
import { isDash, nameFit, pointsInHundredths } from "./field-kinds.ts";
import type { FlatText } from "./flat-text.ts";
import { isTornLabel, type LevelRun, levelRuns } from "./level-runs.ts";
import { readTail, settleTotal } from "./read-foot.ts";
import { type FoundRow, type RowColumn, type Run, type Span, searchRows } from "./row-search.ts";
import { type Heads, rowHeadings } from "./sections.ts";
import type { Style } from "./style.ts";
import { findEnding } from "./tail.ts";

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

/** The rows of indicators under their head, with the totals that prove them. */
export function readRows(
  context: Context,
  head: Heads,
  heads: readonly Heads[],
  to: number,
  id: string,
): void {
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
