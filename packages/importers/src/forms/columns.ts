import type { Heading } from "@jiheng/domain";
import type { Line, Slot } from "../recognise/lines.ts";
import { foundHeadings } from "../recognise/roles.ts";

/** A column of a table: what it holds and where it stands. */
export interface Column {
  readonly heading: Heading;
  /** First and last column of the grid that belong to it. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Picks one meaning for every heading cell, among the wanted ones; a heading that comes twice keeps its first place. */
export function columnsOf(line: Line, wanted: ReadonlySet<Heading>): Column[] {
  const columns: Column[] = [];
  for (const { slot, headings } of foundHeadings(line.filled)) {
    const heading = headings.find((candidate) => wanted.has(candidate));
    if (heading) columns.push({ heading, from: slot.column, to: slot.end, text: slot.text });
  }
  return columns;
}

/** Puts the second row of a two-row heading over the first: a column that is divided below gives way to its parts. */
export function overlaid(above: readonly Column[], below: readonly Column[]): Column[] {
  const kept = above.filter(
    (column) => !below.some((part) => part.from <= column.to && part.to >= column.from),
  );
  return [...kept, ...below].sort((a, b) => a.from - b.from);
}

/** Without the second occurrence of a heading (a heading printed twice would give two columns one meaning). */
export function withoutRepeats(columns: readonly Column[]): Column[] {
  const seen = new Set<Heading>();
  return columns.filter((column) => {
    if (seen.has(column.heading)) return false;
    seen.add(column.heading);
    return true;
  });
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
