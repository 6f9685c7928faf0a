import type { Form, Origin, Place } from "@jiheng/domain";
import type { Cell, Grid, Table, TextBlock } from "./grid.ts";

/** Where in the blocks of an original a place of the form was read from: a cell of a table, or a text outside of tables. */
export interface Spot {
  readonly place: Place;
  /** Index into `blocks`. */
  readonly block: number;
  /** The anchor of the cell, as the grid counts; null in a text. */
  readonly row: number | null;
  readonly column: number | null;
}

/** A table of an original, with the rows a form was read from and some around them. */
export interface OriginalTable extends Table {
  /** Rows before and after those that are here. */
  readonly left: readonly [number, number];
}

/** The part of a file a form was read from, in reading order, and which place of the form stands where. */
export interface Original {
  readonly blocks: readonly (OriginalTable | TextBlock)[];
  /** Blocks of the file before and after these: they belong to other forms, or to none. */
  readonly left: readonly [number, number];
  readonly spots: readonly Spot[];
  /** Places with an origin that no cell was found for: they are told rather than passed over. */
  readonly unplaced: readonly Place[];
}

/** Tables up to this size are shown whole. */
const WHOLE = 400;
const AROUND = 4;

interface Found {
  readonly block: number;
  readonly cell: Cell | null;
}

const keyOf = (at: Origin): string =>
  "line" in at
    ? `line ${at.line}`
    : "page" in at
      ? `page ${at.page} ${at.box.join(" ")}`
      : JSON.stringify(at);

function indexOf(grid: Grid): Map<string, Found> {
  const found = new Map<string, Found>();
  const put = (at: Origin, here: Found): void => {
    const key = keyOf(at);
    if (!found.has(key)) found.set(key, here);
  };
  for (const [block, each] of grid.blocks.entries()) {
    if (each.kind === "text") put(each.at, { block, cell: null });
    else for (const row of each.rows) for (const cell of row) put(cell.at, { block, cell });
  }
  return found;
}

/** A line within a text of several lines, or within a text that was put together of them. */
function textBefore(grid: Grid, at: Origin): Found | null {
  if (!("line" in at)) return null;
  let best: Found | null = null;
  for (const [block, each] of grid.blocks.entries())
    if (each.kind === "text" && "line" in each.at && each.at.line <= at.line) best = { block, cell: null };
  return best;
}

/** Finds a form in the grid it was read from. */
export function originalOf(grid: Grid, form: Form): Original {
  const cells = indexOf(grid);
  const found: { readonly place: Place; readonly here: Found }[] = [];
  const unplaced: Place[] = [];
  for (const [place, { at }] of Object.entries(form.origins)) {
    const here = cells.get(keyOf(at)) ?? textBefore(grid, at);
    if (here) found.push({ place, here });
    else unplaced.push(place);
  }
  const touched = found.map(({ here }) => here.block);
  const last = grid.blocks.length - 1;
  let from = touched.length > 0 ? Math.min(...touched) : 0;
  const to = touched.length > 0 ? Math.max(...touched) : last;
  // The lines between the form before and this one are its title and caption.
  while (touched.length > 0 && from > 0 && grid.blocks[from - 1]?.kind === "text" && to - from < 60)
    from -= 1;
  const blocks = grid.blocks.slice(from, to + 1).map((block, index) =>
    block.kind === "text"
      ? block
      : cutTo(
          block,
          found.flatMap(({ here }) => (here.block === from + index && here.cell ? [here.cell] : [])),
        ),
  );
  return {
    blocks,
    left: [from, last - to],
    spots: found.map(({ place, here: { block, cell } }) => ({
      place,
      block: block - from,
      row: cell?.row ?? null,
      column: cell?.column ?? null,
    })),
    unplaced,
  };
}

function cutTo(table: Table, read: readonly Cell[]): OriginalTable {
  if (table.rowCount <= WHOLE || read.length === 0) return { ...table, left: [0, 0] };
  const from = Math.max(1, Math.min(...read.map(({ row }) => row)) - AROUND);
  const to = Math.min(
    table.rowCount,
    Math.max(...read.map(({ row, rowSpan }) => row + rowSpan - 1)) + AROUND,
  );
  return { ...table, rows: table.rows.slice(from - 1, to), left: [from - 1, table.rowCount - to] };
}
