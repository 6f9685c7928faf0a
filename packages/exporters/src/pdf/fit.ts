import type { ModelCell, Orientation, TableModel } from "../model.ts";
import { gridOf } from "../model.ts";
import type { FontFace } from "./font-face.ts";

/** Margin of every page, in points: 2 cm, as in the other formats. */
export const MARGIN = 56.7;
const A4 = { short: 595.28, long: 841.89 };
/** Sizes of a table's text, the largest that holds its figures is taken. 10.5 pt (五号) is that of the official forms. */
const SIZES = [10.5, 10, 9.5, 9, 8.5, 8, 7.5] as const;
const SMALLEST_FIGURE = 6;
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
  /** Width for the text of a cell. */
  widthOf(column: number, columnSpan: number): number;
  /** The table's size, or a smaller one where an unbreakable run of these lines needs it to stay in one piece. */
  sizeIn(lines: readonly string[], width: number): number;
  /** Estimated height of the lines set in a width. */
  heightOf(lines: readonly string[], width: number, size: number): number;
}

/** Figures, signs and units stay in one piece; words and addresses may be broken. */
const FIGURE = /[\d.,%+\-—=<>≤≥≠±/:～~]*\d[\d.,%+\-—=<>≤≥≠±/:～~]*/g;

/** Finds the text size of a table: the largest at which its figures fit. */
export function fitTable(
  table: TableModel,
  shown: ReadonlyMap<ModelCell, readonly string[]>,
  orientation: Orientation,
  face: FontFace,
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
  let limit: number = SIZES[0];
  for (const [row, positions] of gridOf(table).entries())
    for (const [column, { cell, anchorRow, anchorColumn }] of positions.entries()) {
      if (anchorRow !== row || anchorColumn !== column || cell.role !== "number") continue;
      const ems = widest(shown.get(cell) ?? []);
      if (ems > 0) limit = Math.min(limit, widthOf(column, cell.columnSpan) / ems);
    }
  const size = SIZES.find((each) => each <= limit) ?? SIZES[SIZES.length - 1] ?? SMALLEST_FIGURE;
  return {
    size,
    insetX: INSET_X,
    insetY: INSET_Y,
    widthOf,
    sizeIn(lines, width) {
      const ems = widest(lines);
      if (ems * size <= width) return size;
      const fitting = Math.floor((width / ems) * 4) / 4;
      return fitting >= SMALLEST_FIGURE ? fitting : size;
    },
    heightOf(lines, width, own) {
      const count = lines.reduce(
        (sum, line) => sum + Math.max(1, Math.ceil((advance(line) * own) / width)),
        0,
      );
      return count * lineHeight(own) + 2 * INSET_Y;
    },
  };
}
