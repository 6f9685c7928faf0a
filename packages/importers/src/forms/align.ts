import { isPlaceholder, isSideLabel, level1Of, level2HomeOf, parseMeasure, parseSign } from "@jiheng/domain";
import type { Slot } from "../recognise/lines.ts";
import { type Column, type ColumnKey, columnAt, ORDINAL } from "./columns.ts";
import { readFigure } from "./figure.ts";

/** Which cell of a row goes under which heading, and what had to be moved for it. */
export interface Alignment {
  readonly cells: ReadonlyMap<ColumnKey, Slot>;
  /** Cells that found no column. */
  readonly left: readonly Slot[];
  /** True where cells stand under another heading than the one above them. */
  readonly moved: boolean;
}

const NUMERIC: ReadonlySet<ColumnKey> = new Set<ColumnKey>(["points", "score", "coefficient", "reviewScore"]);
const MEASURES: ReadonlySet<ColumnKey> = new Set<ColumnKey>([
  "target",
  "initialTarget",
  "adjustedTarget",
  "actual",
]);
const MISSING: Partial<Record<ColumnKey, number>> = {
  name: 10,
  target: 2,
  actual: 1,
  points: 3,
  score: 3,
  coefficient: 2,
  initialTarget: 1,
  adjustedTarget: 0.5,
};
/** A remapped row has to be better than the plain one by this much. */
const GAIN = { tabs: 2, exact: 12 } as const;

/** How badly a text fits under a heading: 0 fits, 5 and more contradicts it, below 0 confirms it. */
function misfit(heading: ColumnKey, text: string): number {
  if (heading === ORDINAL) return /^[(（]?\d{1,4}[)）]?[.、．]?$/.test(text.trim()) ? 0 : 8;
  if (NUMERIC.has(heading)) {
    const read = readFigure(text);
    if (read.kind === "figure") {
      if (read.unit !== null && read.unit !== "分") return 5;
      return read.percent && heading !== "coefficient" ? 5 : 0;
    }
    return read.kind === "dash" ? 0 : 6;
  }
  const isLevel1 = level1Of(text) !== null;
  const isLevel2 = level2HomeOf(text) !== null;
  if (heading === "level1") return isLevel1 ? -3 : isLevel2 ? 5 : readFigure(text).kind === "figure" ? 10 : 4;
  if (heading === "level2") return isLevel2 ? -3 : isLevel1 ? 5 : readFigure(text).kind === "figure" ? 10 : 4;
  if (isLevel1 || isLevel2) return heading === "name" ? 5 : 6;
  if (heading === "name") {
    if (readFigure(text).kind === "figure") return 8;
    return parseSign(text) !== null || /^[≥≤≧≦＞＜><=＝═]/.test(text) ? 8 : 0;
  }
  if (heading === "sign") return parseSign(text) !== null || /^定[性量]$/.test(text) ? 0 : 8;
  if (heading === "unit")
    return readFigure(text).kind === "figure" ? 8 : text.length > 8 ? 6 : isUnit(text) ? 0 : 4;
  if (heading === "core") return text.length <= 3 ? 0 : 8;
  if (heading === "deviation" || heading === "criteria" || heading === "evidence")
    return readFigure(text).kind === "figure" ? 6 : 0;
  if (MEASURES.has(heading)) return parseSign(text) !== null ? 6 : 0;
  return 0;
}

/** An item mark or dots that only keep a place (指标2：, ……); a bare figure is a figure. */
function keepsPlace(text: string): boolean {
  return isPlaceholder(text) && readFigure(text).kind !== "figure";
}

function isUnit(text: string): boolean {
  if (/\d/.test(text)) return false;
  const read = parseMeasure(`1${text}`);
  return read.measure.unit !== null || readFigure(text).kind === "dash";
}

function offsetOf(column: Column, slot: Slot): number {
  // Two cells set under a heading of two columns stand on it only where they begin with it.
  if (slot.end > slot.column && slot.end - slot.column === column.to - column.from)
    return slot.column - column.from;
  return slot.column > column.to
    ? slot.column - column.to
    : slot.end < column.from
      ? slot.column - column.from
      : 0;
}

/**
 * Sets the filled cells of a row under the headings. Cells keep their column unless a shift explains the row clearly
 * better: figures under 分值 and 得分, level names under their level, no cell outside the table.
 */
export function align(
  columns: readonly Column[],
  slots: readonly Slot[],
  shape: "exact" | "tabs",
): Alignment {
  const direct = new Map<ColumnKey, Slot>();
  const outside: Slot[] = [];
  let cost = 0;
  // What confirms a place must not outweigh what speaks against it.
  let confirmed = 0;
  for (const slot of slots) {
    const column = columnAt(columns, slot);
    const before = column ? direct.get(column.heading) : undefined;
    if (column && before?.own && slot.own && JOINABLE.has(column.heading)) {
      // A heading over two columns (指标1 | name; ≥ | 95%) has its text in both.
      const both = keepsPlace(before.text) ? slot : joined(before, slot);
      direct.set(column.heading, both);
      cost += misfit(column.heading, both.text) - misfit(column.heading, before.text);
      // Without spans two whole values under one heading rather show that the row has slipped.
      if (shape === "tabs") cost += partOfWhole(before.text, slot.text) ? 0.5 : 4;
      continue;
    }
    if (!column || before) {
      if (isMargin(columns, slot)) continue;
      outside.push(slot);
      cost += shape === "tabs" ? 7 : 2;
      continue;
    }
    direct.set(column.heading, slot);
    const fit = misfit(column.heading, slot.text);
    cost += fit;
    if (fit < 0) confirmed -= fit;
  }
  for (const column of columns) if (!direct.has(column.heading)) cost += MISSING[column.heading] ?? 0;
  const plain: Alignment = { cells: direct, left: outside, moved: false };
  if (cost + confirmed < GAIN[shape]) return plain;

  const movable = slots.filter((slot) => !isMargin(columns, slot));
  // Labels alone in a row tell by themselves which level they are.
  const labels = levelsAlone(columns, movable);
  if (labels) return labels;
  // One or two cells alone do not show where a row begins.
  if (movable.length < 3 || columns.length > 24) return plain;
  // Cells that share a heading (≥ | 95%) are tried as one, too.
  const whole = pairedUp(movable);
  const tries = whole.length < movable.length ? [movable, whole] : [movable];
  let best: { cells: readonly Slot[]; picks: number[]; cost: number } | null = null;
  for (const cells of tries) {
    if (cells.length > columns.length) continue;
    const found = cheapest(columns, cells);
    if (found && (!best || found.cost < best.cost)) best = { cells, ...found };
  }
  if (!best || best.cost > cost - GAIN[shape]) return plain;
  const cells = new Map<ColumnKey, Slot>();
  let moved = false;
  for (const [index, slot] of best.cells.entries()) {
    const column = columns[best.picks[index] ?? 0];
    if (!column) continue;
    cells.set(column.heading, slot);
    if (offsetOf(column, slot) !== 0) moved = true;
  }
  return { cells, left: [], moved };
}

/** The cells of a row with every beginning joined to what completes it. */
function pairedUp(slots: readonly Slot[]): Slot[] {
  const out: Slot[] = [];
  for (const slot of slots) {
    const before = out.at(-1);
    if (
      before &&
      slot.own &&
      before.own &&
      before.end + 1 >= slot.column &&
      partOfWhole(before.text, slot.text)
    )
      out[out.length - 1] = keepsPlace(before.text)
        ? { ...slot, column: before.column }
        : joined(before, slot);
    else out.push(slot);
  }
  return out;
}

function levelsAlone(columns: readonly Column[], slots: readonly Slot[]): Alignment | null {
  const labels = slots.filter((slot) => !keepsPlace(slot.text));
  if (labels.length === 0 || labels.length > 2 || slots.length > 4) return null;
  const cells = new Map<ColumnKey, Slot>();
  let moved = false;
  for (const slot of labels) {
    const heading = level2HomeOf(slot.text) ? "level2" : level1Of(slot.text) ? "level1" : null;
    const column = columns.find((candidate) => candidate.heading === heading);
    if (!column || cells.has(column.heading)) return null;
    cells.set(column.heading, slot);
    if (offsetOf(column, slot) !== 0) moved = true;
  }
  return { cells, left: [], moved };
}

const JOINABLE: ReadonlySet<ColumnKey> = new Set<ColumnKey>([
  "name",
  "target",
  "actual",
  "deviation",
  "criteria",
  "evidence",
]);

/** Whether the first of two cells only begins what the second completes: a sign, an item mark, a number and its unit. */
function partOfWhole(before: string, text: string): boolean {
  if (parseSign(before) !== null || keepsPlace(before)) return true;
  return readFigure(before).kind === "figure" && isUnit(text);
}

function joined(before: Slot, slot: Slot): Slot {
  return {
    ...before,
    text: `${before.text}${slot.text}`,
    raw: `${before.raw}${slot.raw}`,
    end: slot.end,
    number: null,
  };
}

/** A label in the margin left of the first column (绩效指标) belongs to no column. */
function isMargin(columns: readonly Column[], slot: Slot): boolean {
  const first = columns[0];
  return first !== undefined && slot.end < first.from && (!slot.own || isSideLabel(slot.text));
}

/** The cheapest order-keeping way to set cells under columns (dynamic programming over cell and column). */
function cheapest(
  columns: readonly Column[],
  slots: readonly Slot[],
): { picks: number[]; cost: number } | null {
  const n = columns.length;
  const k = slots.length;
  const empty = columns.map((column) => MISSING[column.heading] ?? 0);
  const skipped: number[] = [0];
  for (let j = 0; j < n; j++) skipped.push((skipped[j] ?? 0) + (empty[j] ?? 0));
  const between = (from: number, to: number): number => (skipped[to] ?? 0) - (skipped[from] ?? 0);
  let costs: number[] = [];
  const from: number[][] = [];
  for (let i = 0; i < k; i++) {
    const slot = slots[i];
    if (!slot) return null;
    const next: number[] = new Array(n).fill(Number.POSITIVE_INFINITY);
    const back: number[] = new Array(n).fill(-1);
    for (let j = i; j <= n - (k - i); j++) {
      const column = columns[j];
      if (!column) continue;
      const own = misfit(column.heading, slot.text);
      const offset = offsetOf(column, slot);
      if (i === 0) {
        next[j] = between(0, j) + own + (offset === 0 ? 0 : 1 + 0.2 * Math.abs(offset));
        continue;
      }
      for (let p = i - 1; p < j; p++) {
        const before = costs[p];
        const previous = columns[p];
        const previousSlot = slots[i - 1];
        if (before === undefined || before === Number.POSITIVE_INFINITY || !previous || !previousSlot)
          continue;
        const drift = offset - offsetOf(previous, previousSlot);
        const total = before + between(p + 1, j) + own + (drift === 0 ? 0 : 3 + 0.2 * Math.abs(drift));
        if (total < (next[j] ?? Number.POSITIVE_INFINITY)) {
          next[j] = total;
          back[j] = p;
        }
      }
    }
    costs = next;
    from.push(back);
  }
  let end = -1;
  let cost = Number.POSITIVE_INFINITY;
  for (let j = k - 1; j < n; j++) {
    const total = (costs[j] ?? Number.POSITIVE_INFINITY) + between(j + 1, n);
    if (total < cost) {
      cost = total;
      end = j;
    }
  }
  if (end < 0) return null;
  const picks: number[] = new Array(k).fill(0);
  for (let i = k - 1; i >= 0; i--) {
    picks[i] = end;
    end = from[i]?.[end] ?? -1;
  }
  return { picks, cost };
}
