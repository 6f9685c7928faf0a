import type { ModelCell, Orientation, TableModel } from "../model.ts";
import { gridOf } from "../model.ts";
import type { FontFace } from "./font-face.ts";

/** Margin of every page, in points: 2 cm, as in the other formats. */
export const MARGIN = 56.7;
const A4 = { short: 595.28, long: 841.89 };
/** Sizes of a table's text, the largest that holds its figures is taken. 10.5 pt (五号) is that of the official forms. */
const SIZES = [10.5, 10, 9.5, 9, 8.5, 8, 7.5] as const;
const SMALLEST_FIGURE = 6;
/** Of a list of many rows (小五). */
const DENSE = 9;
const INSET_X = 3;
const INSET_Y = 4;
/** From one line of a cell to the next, in sizes of its text: a line and the space to the next one. */
const LINE = 1.35;

/** Width and height that a page has for text, in points. */
export function pageArea(orientation: Orientation): { readonly width: number; readonly height: number } {
  const [width, height] = orientation === "portrait" ? [A4.short, A4.long] : [A4.long, A4.short];
  return { width: width - 2 * MARGIN, height: height - 2 * MARGIN };
}

/** Height of one line of text of a size, with the space to the next, in points. */
export function lineHeight(size: number): number {
  return size * LINE;
}

/** How the text of a table is set so that it fits its columns; all lengths in points. */
export interface TableFit {
  readonly size: number;
  readonly insetX: number;
  readonly insetY: number;
  /** Estimated height of the whole table. */
  readonly height: number;
  /** Width for the text of a cell. */
  widthOf(column: number, columnSpan: number): number;
  /** The table's size, or a smaller one where an unbreakable run of these lines needs it to stay in one piece. */
  sizeIn(lines: readonly string[], width: number): number;
  /** Estimated height of the lines set in a width. */
  heightOf(lines: readonly string[], width: number, size: number): number;
}

/** Figures, signs and units stay in one piece; words and addresses may be broken. */
const FIGURE = /[\d.,%+\-—=<>≤≥≠±/:～~]*\d[\d.,%+\-—=<>≤≥≠±/:～~]*/g;

/** Tighter settings that may bring a form onto one page, as offices do; a longer form takes its pages in the ordinary one. */
const TIGHTER: readonly { readonly size: number; readonly insetY: number }[] = [
  { size: 10.5, insetY: INSET_Y },
  { size: 10.5, insetY: 2.5 },
  { size: 10, insetY: 2.5 },
  { size: 9.5, insetY: 2.5 },
  { size: 9, insetY: 2 },
];

/**
 * Finds the text size of a table: the largest at which its figures fit their columns and, where `room` is given and a somewhat
 * smaller text suffices, the whole of it fits that height.
 */
export function fitTable(
  table: TableModel,
  shown: ReadonlyMap<ModelCell, readonly string[]>,
  orientation: Orientation,
  face: FontFace,
  room: number | null,
): TableFit {
  const unit = pageArea(orientation).width / table.widths.reduce((sum, width) => sum + width, 0);
  const advance = (text: string): number => {
    let sum = 0;
    for (const character of text) sum += face.advance(character.codePointAt(0) ?? 0);
    return sum / 1000;
  };
  const widthOf = (column: number, columnSpan: number): number =>
    table.widths.slice(column, column + columnSpan).reduce((sum, width) => sum + width, 0) * unit -
    2 * INSET_X;
  const widest = (lines: readonly string[]): number =>
    lines.reduce((most, line) => Math.max(most, ...(line.match(FIGURE) ?? []).map(advance)), 0);
  const grid = gridOf(table);
  let limit: number = table.dense ? DENSE : SIZES[0];
  for (const [row, positions] of grid.entries())
    for (const [column, { cell, anchorRow, anchorColumn }] of positions.entries()) {
      if (anchorRow !== row || anchorColumn !== column || cell.role !== "number") continue;
      const ems = widest(shown.get(cell) ?? []);
      if (ems > 0) limit = Math.min(limit, widthOf(column, cell.columnSpan) / ems);
    }
  const heightOf = (lines: readonly string[], width: number, own: number, insetY: number): number => {
    // A line seldom ends exactly at the edge: punctuation and figures are not parted.
    const count = lines.reduce((sum, line) => {
      const length = advance(line) * own;
      return sum + (length <= width ? 1 : Math.ceil(length / Math.max(own, width - own * 0.3)));
    }, 0);
    return count * lineHeight(own) - own * (LINE - 1) + 2 * insetY;
  };
  const total = (own: number, insetY: number): number => {
    const heights = new Array<number>(grid.length).fill(0);
    for (const [row, positions] of grid.entries())
      for (const [column, { cell, anchorRow, anchorColumn }] of positions.entries()) {
        // A cell over several rows makes the last of them higher where the others do not suffice.
        if (anchorColumn !== column || anchorRow + cell.rowSpan - 1 !== row) continue;
        const needed = heightOf(shown.get(cell) ?? [], widthOf(column, cell.columnSpan), own, insetY);
        let there = 0;
        for (let above = anchorRow; above < row; above++) there += heights[above] ?? 0;
        heights[row] = Math.max(heights[row] ?? 0, needed - there);
      }
    return heights.reduce((sum, height) => sum + height, 0);
  };
  const ordinary = SIZES.find((each) => each <= limit) ?? SMALLEST_FIGURE;
  const { size, insetY } = (room === null
    ? undefined
    : TIGHTER.find((each) => each.size <= limit && total(each.size, each.insetY) <= room)) ?? {
    size: ordinary,
    insetY: INSET_Y,
  };
  return {
    size,
    insetX: INSET_X,
    insetY,
    height: total(size, insetY),
    widthOf,
    heightOf: (lines, width, own) => heightOf(lines, width, own, insetY),
    sizeIn(lines, width) {
      const ems = widest(lines);
      if (ems * size <= width) return size;
      const smaller = Math.floor((width / ems) * 4) / 4;
      return smaller >= SMALLEST_FIGURE ? smaller : size;
    },
  };
}
