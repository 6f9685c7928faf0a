import {
  compactLabel,
  type Heading,
  headingsOf,
  type Indicator,
  isPlaceholder,
  level1Of,
  level2HomeOf,
  type Measure,
  NO_MEASURE,
  parseMeasure,
  parseSign,
  place,
  splitGroupPoints,
} from "@jiheng/domain";
import type { Line, Slot } from "../recognise/lines.ts";
import { align } from "./align.ts";
import {
  allColumnsOf,
  type Column,
  type ColumnKey,
  columnsOf,
  isUnknown,
  ORDINAL,
  overlaid,
  withExtents,
  withoutRepeats,
} from "./columns.ts";
import { addField, addNote, clip, countRow, type Draft, takeFigure, takeText, trace } from "./draft.ts";
import { readFigure } from "./figure.ts";
import { readNamedGoal } from "./goals.ts";
import { oneLine } from "./plain-text.ts";

const WANTED: ReadonlySet<Heading> = new Set<Heading>([
  "level1",
  "level2",
  "name",
  "target",
  "sign",
  "unit",
  "initialTarget",
  "adjustedTarget",
  "actual",
  "points",
  "score",
  "coefficient",
  "core",
  "reviewScore",
  "criteria",
  "evidence",
  "deviation",
]);

interface Label {
  readonly text: string;
  readonly printed: string;
  readonly points: string | null;
  readonly slot: Slot;
}

/** The table of indicators while its rows are read. */
export interface IndicatorTable {
  columns: readonly Column[];
  level1: Label | null;
  level2: Label | null;
  goal: number;
  /** Position of the last row that is no sub-row. */
  main: number;
  /** True for the first row after a page break or heading. */
  fresh: boolean;
  /** Rows whose level-2 cell was blank right under a new level-1 label. */
  readonly open: Set<number>;
  /** Remarks on labels of rows that held nothing else; they go with the first row under these labels. */
  waiting: LevelNote[];
}

/** Reads a heading of indicators. Right below another heading row it divides its columns; later it is a repetition. */
export function openIndicators(
  draft: Draft,
  line: Line,
  above: IndicatorTable | null,
  follows: boolean,
): IndicatorTable {
  const divides = follows && above !== null && isHeaderBelow(above, line);
  const found = named(divides ? partsOf(above.columns, line) : allColumnsOf(line, WANTED));
  const exact = line.table?.shape === "exact";
  const base = groupPointsApart(follows && above ? overlaid(above.columns, found) : found);
  const columns = withExtents(withoutRepeats(base), exact);
  const table: IndicatorTable = above ?? {
    columns,
    level1: null,
    level2: null,
    goal: 0,
    main: -1,
    fresh: true,
    open: new Set(),
    waiting: [],
  };
  // A heading cut in two by a page break names fewer columns than the one it repeats.
  if (follows || !above || columns.length >= above.columns.length - 1) table.columns = columns;
  for (const slot of line.slots) {
    if (slot.text === "") continue;
    const goal = readNamedGoal(draft, slot);
    if (goal !== null) {
      if (goal !== table.goal) {
        table.level1 = null;
        table.level2 = null;
      }
      table.goal = goal;
    }
  }
  table.fresh = true;
  return table;
}

/**
 * Whether a line right below the heading divides its columns: short words only, none of them under the levels and
 * names, which reach down from above (经费保障 | 制度保障 under 偏差原因分析).
 */
export function isHeaderBelow(table: IndicatorTable, line: Line): boolean {
  const { filled } = line;
  const name = table.columns.findLast((column) => column.heading === "name" || column.heading === "level1");
  if (!name || filled.length < 2) return false;
  return filled.every(
    (slot) =>
      slot.column > name.to &&
      slot.text.length <= 12 &&
      /[\u4e00-\u9fff]{2}/.test(slot.text) &&
      parseMeasure(slot.text).measure.value === null &&
      readFigure(slot.text).kind === "unreadable",
  );
}

/** The columns of the second row of a heading; a part of no known name goes by that of its whole too. */
function partsOf(above: readonly Column[], line: Line): Column[] {
  const known = columnsOf(line, WANTED);
  return line.filled.map((slot): Column => {
    const column = known.find((each) => each.from === slot.column);
    if (column) return column;
    const whole = above.find((each) => each.from <= slot.column && each.to >= slot.column);
    const text = whole ? `${oneLine(whole.text)}（${oneLine(slot.text)}）` : slot.text;
    return { heading: `unknown-${slot.column}`, from: slot.column, to: slot.end, text };
  });
}

/** 分值 left of the names beside another right of them is the points of a group, not of a row. */
function groupPointsApart(columns: readonly Column[]): Column[] {
  const name = columns.find((column) => column.heading === "name");
  const row = columns.findLast((column) => column.heading === "points");
  if (!name || !row || row.from < name.from) return [...columns];
  return columns.map((column) =>
    column.heading === "points" && column.from < name.from
      ? { ...column, heading: `unknown-${column.from}` as const }
      : column,
  );
}

/** Whether the column is one of the points of groups. */
function isGroupPoints(columns: readonly Column[], column: Column): boolean {
  const name = columns.find((candidate) => candidate.heading === "name");
  return (
    isUnknown(column) &&
    name !== undefined &&
    column.from < name.from &&
    headingsOf(column.text).includes("points")
  );
}

/** 年初指标值 beside 调整指标值 is the initial target; alone it is the target. */
function named(columns: readonly Column[]): Column[] {
  const adjusted = columns.some((column) => column.heading === "adjustedTarget");
  return columns.map((column) => {
    if (!adjusted) return column;
    if (column.heading === "target") return { ...column, heading: "initialTarget" as const };
    return column;
  });
}

/** The layout of a form whose heading was lost: the national one, from the column where the level-1 name stands. */
export function assumedIndicators(draft: Draft, line: Line): IndicatorTable | null {
  const slots = line.filled;
  const start = slots.findIndex((slot) => level1Of(slot.text) !== null);
  const first = slots[start];
  const second = slots[start + 1];
  if (!first || !second || level2HomeOf(second.text) === null || slots.length - start < 4) return null;
  const order: Heading[] = ["level1", "level2", "name", "target", "actual", "points", "score", "deviation"];
  const columns = order.map((heading, index): Column => {
    const at = slots[start + index];
    const from = at ? at.column : (slots.at(-1)?.end ?? 1) + 1 + index;
    return { heading, from, to: at ? at.end : from, text: "" };
  });
  addNote(
    draft,
    "guessed",
    "header-missing",
    "指标表没有表头，按通用格式的栏目顺序读取",
    "indicators",
    first.at,
  );
  return {
    columns,
    level1: null,
    level2: null,
    goal: 0,
    main: -1,
    fresh: true,
    open: new Set(),
    waiting: [],
  };
}

/** Reads one row below the heading. False where the row is no row of indicators. */
export function readIndicatorRow(draft: Draft, table: IndicatorTable, line: Line, formId: string): boolean {
  const shape = line.table?.shape ?? "tabs";
  const filled = line.slots.filter((slot) => slot.text !== "");
  for (const slot of line.filled) {
    const goal = slot.end < (table.columns[0]?.from ?? 0) ? readNamedGoal(draft, slot) : null;
    if (goal !== null && goal !== table.goal) {
      table.goal = goal;
      table.level1 = null;
      table.level2 = null;
    }
  }
  const aligned = align(table.columns, filled, shape);
  const cells = aligned.cells;
  const index = draft.indicators.length;
  const at = place.indicator(index);
  const wasFresh = table.fresh;

  if (takeExecutionRow(draft, table, cells, line)) return true;
  const labelNotes = [...takeLevels(table, cells, index), ...displacedLabels(table, cells)];
  const nameSlot = cells.get("name");
  const values = (
    ["target", "actual", "initialTarget", "adjustedTarget", "points", "score", "coefficient"] as const
  )
    .map((heading) => cells.get(heading))
    .filter((slot) => slot?.own && readFigure(slot.text).kind !== "dash");
  const rawName = nameSlot ? oneLine(nameSlot.text) : "";
  const cutOff = rawName === "" || (wasFresh && !isPlaceholder(rawName));
  if (cutOff && values.length === 0 && continues(draft, table, cells, line)) return true;
  if (isPlaceholder(rawName) && values.length === 0) {
    const stray = [...cells.entries()].filter(([heading, slot]) => slot.own && heading === "deviation");
    for (const [, slot] of stray)
      if (!isPlaceholder(slot.text)) addField(draft, "偏差原因分析及改进措施", slot.text, slot);
    table.waiting.push(...labelNotes);
    return true;
  }
  if (rawName === "" && values.length === 0) return false;
  table.fresh = false;

  for (const note of [...table.waiting.splice(0), ...labelNotes])
    addNote(draft, "guessed", note.code, note.says, place.indicator(index, note.field), note.slot.at);
  if (aligned.moved)
    addNote(
      draft,
      "guessed",
      "shifted-row",
      `“${clip(rawName)}”一行与表头错开，已按内容对回各栏（原列：${line.filled.map((slot) => `${slot.column}列${clip(slot.text)}`).join("，")}）`,
      at,
      (nameSlot ?? line.filled[0])?.at ?? null,
    );
  for (const slot of aligned.left)
    if (slot.own)
      addNote(
        draft,
        "lost",
        "cell-without-column",
        `“${clip(rawName)}”一行的“${clip(slot.text)}”没有对应的栏目，未取数`,
        at,
        slot.at,
      );

  const star = /^[★☆*]\s*|\s*[★☆*]$/.test(rawName);
  const scored = table.columns.some((column) => column.heading === "points");
  const bracket = scored ? null : POINTS_IN_NAME.exec(rawName);
  const name = rawName.replace(bracket?.[0] ?? "", "").replace(/^[★☆*]\s*|\s*[★☆*]$/g, "");
  if (nameSlot) trace(draft, place.indicator(index, "name"), nameSlot);
  else
    addNote(
      draft,
      "lost",
      "name-missing",
      "本行有数值而没有指标名称",
      place.indicator(index, "name"),
      line.filled[0]?.at ?? null,
    );

  const empty = (heading: Heading): Slot | null => {
    const column = table.columns.find((candidate) => candidate.heading === heading);
    if (!column || aligned.moved) return null;
    return (
      line.slots.find(
        (slot) => slot.own && slot.text === "" && slot.column >= column.from && slot.column <= column.to,
      ) ?? null
    );
  };
  const cell = (heading: Heading): Slot | null => cells.get(heading) ?? empty(heading);
  const own = (heading: Heading, what: string): Slot | null => {
    const slot = cell(heading);
    if (!slot || slot.own) return slot;
    addNote(
      draft,
      "guessed",
      "merged-figure",
      `${what}“${clip(slot.text)}”与上一行合并为一格，只计入上一行`,
      place.indicator(index, heading as keyof Indicator),
      slot.at,
    );
    return null;
  };

  if (bracket && nameSlot) {
    trace(draft, place.indicator(index, "points"), nameSlot);
    addNote(
      draft,
      "normalised",
      "points-in-name",
      `“${clip(rawName)}”括号内的${bracket[1]}分作为分值取数`,
      place.indicator(index, "points"),
      nameSlot.at,
    );
  }

  const adjusted = table.columns.some((column) => column.heading === "adjustedTarget");
  let target = takeMeasure(
    draft,
    place.indicator(index, "target"),
    cell(adjusted ? "adjustedTarget" : "target"),
    cell("sign"),
    cell("unit"),
  );
  let initialTarget: Measure | null = null;
  if (table.columns.some((column) => column.heading === "initialTarget")) {
    initialTarget = takeMeasure(
      draft,
      place.indicator(index, "initialTarget"),
      cell("initialTarget"),
      cell("sign"),
      cell("unit"),
    );
    if (target.text === null && initialTarget.text !== null) {
      target = initialTarget;
      addNote(
        draft,
        "guessed",
        "target-from-initial",
        `“${clip(name)}”没有填写调整后的指标值，按年初指标值${initialTarget.text}理解`,
        place.indicator(index, "target"),
        cell("initialTarget")?.at ?? null,
      );
    }
  }
  const actual = takeMeasure(draft, place.indicator(index, "actual"), cell("actual"), null, null);
  const coreSlot = cell("core");
  if (coreSlot) trace(draft, place.indicator(index, "core"), coreSlot);
  const sub = /^其中\s*[:：]?/.test(name);
  const id = `${formId}-${index + 1}`;
  const label = countRow(draft, "indicators", name === "" ? null : name);
  if (!sub) table.main = index;
  draft.indicators.push({
    id,
    parent: sub ? (draft.indicators[table.main]?.id ?? null) : null,
    goal: table.goal,
    core: star ? true : coreSlot ? coreOf(coreSlot.text) : null,
    level1: table.level1?.text ?? null,
    level2: table.level2?.text ?? null,
    groupPoints: table.level1?.points ?? table.level2?.points ?? groupPointsOf(table, cells),
    name: name === "" ? null : name,
    target,
    initialTarget,
    actual,
    points: bracket
      ? (bracket[1] ?? null)
      : takeFigure(draft, place.indicator(index, "points"), own("points", "分值"), "分值"),
    score: takeFigure(draft, place.indicator(index, "score"), own("score", "得分"), "得分"),
    coefficient: takeFigure(
      draft,
      place.indicator(index, "coefficient"),
      own("coefficient", "得分系数"),
      "得分系数",
    ),
    reviewScore: takeFigure(
      draft,
      place.indicator(index, "reviewScore"),
      own("reviewScore", "复核得分"),
      "复核得分",
    ),
    criteria: takeText(draft, place.indicator(index, "criteria"), cell("criteria")),
    evidence: takeText(draft, place.indicator(index, "evidence"), cell("evidence")),
    deviation: takeText(draft, place.indicator(index, "deviation"), cell("deviation")),
  });
  for (const column of table.columns) {
    if (column.heading === ORDINAL || isGroupPoints(table.columns, column)) continue;
    const slot = isUnknown(column) ? cells.get(column.heading) : undefined;
    if (slot?.own) addField(draft, label(oneLine(column.text)), slot.text, slot);
  }
  if (table.level1) trace(draft, place.indicator(index, "level1"), { ...table.level1.slot, leaked: false });
  if (table.level2) trace(draft, place.indicator(index, "level2"), { ...table.level2.slot, leaked: false });
  return true;
}

/** The points of the group beside its label, where they have a column of their own. */
function groupPointsOf(table: IndicatorTable, cells: ReadonlyMap<ColumnKey, Slot>): string | null {
  const column = table.columns.find((candidate) => isGroupPoints(table.columns, candidate));
  const slot = column ? cells.get(column.heading) : undefined;
  const read = slot ? readFigure(slot.text) : null;
  return read?.kind === "figure" ? read.figure : null;
}

/**
 * A row of the table that repeats the execution of the budget (预算执行率（10分）| 10 | 9.59): its points and score are
 * those of the money where the funds print none. False where the row is something else.
 */
function takeExecutionRow(
  draft: Draft,
  table: IndicatorTable,
  cells: ReadonlyMap<ColumnKey, Slot>,
  line: Line,
): boolean {
  const first = line.filled[0];
  const name = table.columns.find((column) => column.heading === "name");
  if (!first || !name || !EXECUTION.test(compactLabel(first.text).replace(/\([^()]*\)/g, ""))) return false;
  if (first.column >= name.from || first.end < name.from || cells.get("target")?.own) return false;
  const index = Math.max(
    0,
    draft.funds.findIndex((fund) => fund.source === "total"),
  );
  const fund = draft.funds[index];
  let points = cells.get("points");
  let score = cells.get("score");
  const figures = line.filled.filter(
    (slot) => slot !== first && readFigure(slot.text).kind === "figure" && !/[%％]/.test(slot.text),
  );
  // Points and score without a place of their own stand in their order.
  const moved = figures.length === 2 && !figures.every((slot) => slot === points || slot === score);
  if (moved) [points, score] = figures;
  if (!fund || fund.points !== null || fund.score !== null || (!points && !score)) return false;
  fund.points = takeFigure(draft, place.fund(index, "points"), points, "分值");
  fund.score = takeFigure(draft, place.fund(index, "score"), score, "得分");
  addNote(
    draft,
    moved ? "guessed" : "normalised",
    "execution-row",
    `指标表中“${clip(first.text)}”一行的分值、得分属于预算执行，已记入资金的“${clip(fund.label)}”一行${moved ? "；该行与表头错开，按先分值后得分的次序取数" : ""}`,
    place.fund(index, "score"),
    first.at,
  );
  return true;
}

const EXECUTION = /^(?:年度|项目|资金)*(?:预算|资金)(?:的)?执行(?:率|情况|进度)?(?:得分|指标)?$/;

const POINTS_IN_NAME = /\s*[（(]\s*(\d{1,3}(?:\.\d+)?)\s*分\s*[）)]$/;

function coreOf(text: string): boolean | null {
  if (/^(?:是|√|✓|✔|★|☑|Y|y|核心)/.test(text)) return true;
  return /^(?:否|×|✗|N|n|非核心)/.test(text) ? false : null;
}

interface LevelNote {
  readonly field: "level1" | "level2";
  readonly code: string;
  readonly says: string;
  readonly slot: Slot;
}

/** Takes the level labels of a row, those of the rows above where its cells are blank. */
function takeLevels(table: IndicatorTable, cells: ReadonlyMap<ColumnKey, Slot>, index: number): LevelNote[] {
  const notes: LevelNote[] = [];
  const first = cells.get("level1");
  const second = cells.get("level2");
  if (first) {
    const label = labelOf(first);
    const canonical = level1Of(first.text);
    const home = canonical ? null : level2HomeOf(first.text);
    const text = canonical ?? home ?? label.text;
    if (home) {
      notes.push({
        field: "level1",
        code: "displaced-label",
        says: `一级指标栏印的是二级指标名“${label.text}”，已按其所属理解为“${home}”`,
        slot: first,
      });
      if (!second) table.level2 = label;
    }
    if (table.level1?.text !== text && !second && !home) {
      table.level2 = null;
      table.open.add(index);
    }
    table.level1 = { ...label, text };
  }
  if (second) {
    const label = labelOf(second);
    const home = level2HomeOf(second.text);
    const canonical = home ? null : level1Of(second.text);
    if (canonical && !first && canonical !== "成本指标" && canonical !== "满意度指标") {
      notes.push({
        field: "level1",
        code: "displaced-label",
        says: `二级指标栏印的是一级指标名“${label.text}”，已移到一级指标`,
        slot: second,
      });
      table.level1 = { ...label, text: canonical };
      table.level2 = null;
    } else {
      table.level2 = label;
      // Only a name that belongs under one level-1 name alone may correct a label inherited from the rows above.
      const decides = home !== null && home !== "满意度指标" && !/^(?:绩效)?(?:产出)?成本/.test(label.text);
      if (
        !first &&
        decides &&
        table.level1 &&
        level1Of(table.level1.text) &&
        table.level1.text !== home &&
        home
      ) {
        notes.push({
          field: "level1",
          code: "late-label",
          says: `二级指标“${label.text}”之上最近的一级指标是“${table.level1.printed}”，已按其所属理解为“${home}”`,
          slot: second,
        });
        table.level1 = { text: home, printed: table.level1.printed, points: null, slot: second };
      }
    }
  }
  return notes;
}

/** Level names that stand outside their column. */
function displacedLabels(table: IndicatorTable, cells: ReadonlyMap<ColumnKey, Slot>): LevelNote[] {
  const notes: LevelNote[] = [];
  for (const field of ["level1", "level2"] as const) {
    const slot = cells.get(field);
    const column = table.columns.find((candidate) => candidate.heading === field);
    if (!slot?.own || !column || (slot.column <= column.to && slot.end >= column.from)) continue;
    const says = `“${clip(slot.text)}”印在第${slot.column}列，不在${field === "level1" ? "一级" : "二级"}指标栏，已对回该栏`;
    notes.push({ field, code: "displaced-label", says, slot });
  }
  return notes;
}

function labelOf(slot: Slot): Label {
  const { label, points } = splitGroupPoints(slot.text);
  const home = level2HomeOf(slot.text);
  const text = home ? label.replace(/等+$/, "") : label;
  return { text, printed: oneLine(slot.text), points, slot };
}

/** A row cut by a page break: its words belong to the row above. */
function continues(
  draft: Draft,
  table: IndicatorTable,
  cells: ReadonlyMap<ColumnKey, Slot>,
  line: Line,
): boolean {
  const last = draft.indicators.at(-1);
  const index = draft.indicators.length - 1;
  if (!last || cells.has("level1") || cells.has("level2")) return false;
  const scored = table.columns.some((column) => column.heading === "points" || column.heading === "score");
  if (!scored) return false;
  let joined = false;
  for (const heading of ["name", "deviation", "criteria", "evidence"] as const) {
    const slot = cells.get(heading);
    if (!slot?.own) continue;
    if (heading === "name" && line.table?.shape === "exact" && !table.fresh) return false;
    last[heading] = `${last[heading] ?? ""}${oneLine(slot.text)}`;
    addNote(
      draft,
      "guessed",
      "row-continued",
      `“${clip(slot.text)}”单独成行且没有数值，已并入上一行`,
      place.indicator(index, heading),
      slot.at,
    );
    joined = true;
  }
  return joined;
}

/** A typed target or actual; where sign, value and unit have columns of their own, the text joins them. */
function takeMeasure(
  draft: Draft,
  at: string,
  value: Slot | null,
  sign: Slot | null,
  unit: Slot | null,
): Measure {
  const text = takeText(draft, at, value);
  if (text === null || !value) return NO_MEASURE;
  const comparison = parseSign(sign?.text ?? null);
  const counted = readFigure(text).kind === "figure";
  let joined = text;
  if (
    counted &&
    unit &&
    unit.text !== "" &&
    readFigure(unit.text).kind !== "dash" &&
    !text.endsWith(unit.text)
  )
    joined += oneLine(unit.text);
  if (comparison && sign && parseMeasure(text).measure.comparison === null)
    joined = `${sign.text.trim()}${joined}`;
  const parsed = parseMeasure(joined);
  for (const remark of parsed.remarks) addNote(draft, remark.level, remark.code, remark.says, at, value.at);
  if (joined !== text && parsed.measure.value === null && counted) {
    const figure = readFigure(text);
    return {
      text: joined,
      comparison,
      value: figure.kind === "figure" ? figure.figure : null,
      unit: unit && unit.text !== "" ? oneLine(unit.text) : null,
    };
  }
  return parsed.measure;
}

/** After the last row: a first row without a level-2 label takes the one printed a row late. */
export function closeIndicators(draft: Draft, table: IndicatorTable): void {
  for (const index of table.open) {
    const row = draft.indicators[index];
    const next = draft.indicators[index + 1];
    if (!row || row.level2 !== null || !next || next.level2 === null || next.level1 !== row.level1) continue;
    if (level2HomeOf(next.level2) === null || table.open.has(index + 1)) continue;
    row.level2 = next.level2;
    addNote(
      draft,
      "guessed",
      "late-label",
      `“${clip(row.name ?? "")}”一行没有二级指标，已按下一行的“${next.level2}”理解`,
      place.indicator(index, "level2"),
      draft.origins[place.indicator(index, "name")]?.at ?? null,
    );
  }
}
