import { type Heading, isSideLabel } from "@jiheng/domain";
import type { Line, Slot } from "../recognise/lines.ts";
import { foundHeadings, isOrdinalHeading } from "../recognise/roles.ts";

/** What a column holds; a column whose heading is in no synonym table is `unknown-` and its place. */
export type ColumnKey = Heading | `unknown-${number}`;

/** The key of the column that numbers the rows (序号); no other column stands at 0. */
export const ORDINAL: ColumnKey = "unknown-0";

/** A column of a table: what it holds and where it stands. */
export interface Column {
  readonly heading: ColumnKey;
  /** First and last column of the grid that belong to it. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Picks one meaning for every heading cell, among the wanted ones. */
export function columnsOf(line: Line, wanted: ReadonlySet<Heading>): Column[] {
  const columns: Column[] = [];
  for (const { slot, headings } of foundHeadings(line.filled)) {
    const heading = headings.find((candidate) => wanted.has(candidate));
    if (heading) columns.push({ heading, from: slot.column, to: slot.end, text: slot.text });
  }
  return columns;
}

/**
 * The columns of a heading row together with those whose heading is unknown (完成率, 备注): they stand between the known
 * ones and keep their cells apart. What is left of the first known column is margin.
 */
export function allColumnsOf(line: Line, wanted: ReadonlySet<Heading>): Column[] {
  const known = columnsOf(line, wanted);
  const first = known[0];
  if (!first) return known;
  const ordinal = line.filled
    .filter((slot) => slot.end < first.from && isOrdinalHeading(slot.text))
    .map((slot): Column => ({ heading: ORDINAL, from: slot.column, to: slot.end, text: slot.text }));
  const unknown = line.filled
    .filter((slot) => slot.column > first.from && !isSideLabel(slot.text) && slot.text.length <= 40)
    .filter((slot) => !known.some((column) => column.from === slot.column))
    .map(
      (slot): Column => ({
        heading: `unknown-${slot.column}`,
        from: slot.column,
        to: slot.end,
        text: slot.text,
      }),
    );
  return [...ordinal.slice(0, 1), ...known, ...unknown].sort((a, b) => a.from - b.from);
}

/** Puts the second row of a two-row heading over the first: a column that is divided below gives way to its parts. */
export function overlaid(above: readonly Column[], below: readonly Column[]): Column[] {
  const kept = above.filter(
    (column) => !below.some((part) => part.from <= column.to && part.to >= column.from),
  );
  return [...kept, ...below].sort((a, b) => a.from - b.from);
}

/** A heading that comes twice keeps its first column; the other one becomes unknown, lest two columns have one meaning. */
export function withoutRepeats(columns: readonly Column[]): Column[] {
  const seen = new Set<ColumnKey>();
  return columns.map((column) => {
    if (seen.has(column.heading)) return { ...column, heading: `unknown-${column.from}` as const };
    seen.add(column.heading);
    return column;
  });
}

/** Whether the heading of the column was in no synonym table. */
export function isUnknown(column: Column): boolean {
  return isUnknownKey(column.heading);
}

/** Whether the key is that of a column whose heading was in no synonym table. */
export function isUnknownKey(key: ColumnKey): boolean {
  return key.startsWith("unknown-");
}

/**
 * Columns with the ground that belongs to them. Where spans are lost, a heading reaches to the next one: its merged
 * cell left only its first column filled.
 */
export function withExtents(columns: readonly Column[], spansKnown: boolean): Column[] {
  if (spansKnown) return [...columns];
  return columns.map((column, index) => {
    const next = columns[index + 1];
    return next && next.from - 1 > column.to ? { ...column, to: next.from - 1 } : column;
  });
}

/** The column a cell stands in: the one it overlaps most. */
export function columnAt(columns: readonly Column[], slot: Slot): Column | null {
  let best: Column | null = null;
  let most = 0;
  for (const column of columns) {
    const overlap = Math.min(column.to, slot.end) - Math.max(column.from, slot.column) + 1;
    if (overlap > most) {
      best = column;
      most = overlap;
    }
  }
  return best;
}
