import type { Figure, Place } from "@jiheng/domain";

/** What a cell is for; writers choose font and alignment by it and nothing else. */
export type CellRole = "label" | "text" | "number";

/**
 * How a spreadsheet derives a figure from other cells of the same form, named by their places. A layout gives it only where
 * the derivation yields exactly the typed figure: a program that recalculates must never change what a person typed.
 * `sum`: the cells added. `rate`: part ÷ whole, in percent, to `decimals` places, half-up or truncated.
 * `execution-score`: points × min(1, part ÷ whole), half-up to `decimals` places.
 */
export type CellFormula =
  | { readonly kind: "sum"; readonly of: readonly Place[] }
  | {
      readonly kind: "rate";
      readonly part: Place;
      readonly whole: Place;
      readonly decimals: number;
      readonly rounding: "half-up" | "truncate";
    }
  | {
      readonly kind: "execution-score";
      readonly points: Place;
      readonly part: Place;
      readonly whole: Place;
      readonly decimals: number;
    };

/** One cell of a laid-out form or table. Cells that are covered by a span are not listed. */
export interface ModelCell {
  /** What is printed, in every format. */
  readonly text: string;
  readonly columnSpan: number;
  readonly rowSpan: number;
  readonly role: CellRole;
  /** The exact decimal behind `text`, for formats with typed cells; a rate shown as 85.93% has the figure "85.93" and `percent`. */
  readonly figure?: Figure;
  /** True where `text` prints the figure with a percent sign. */
  readonly percent?: boolean;
  /** The part of the form this cell shows: `indicators[3].score`. Anchors, formulas and findings go by it. */
  readonly place?: Place;
  /** The label of the field this cell is for, where the form has no such field yet: written in, it would have one. */
  readonly field?: string;
  readonly formula?: CellFormula;
  /** A label whose characters stand one below the other, as narrow merged labels of official forms do. */
  readonly vertical?: boolean;
  /** Other than the role's own: labels are centred, text is left, numbers are right. */
  readonly align?: "left" | "center" | "right";
}

/** A table: the only thing writers of formats know. Rows list their cells from left to right. */
export interface TableModel {
  /** Relative widths of the columns; their number is the number of columns. */
  readonly widths: readonly number[];
  readonly rows: readonly (readonly ModelCell[])[];
  /**
   * Heading rows that are repeated after a page break, by index: the first rows of a plain table, the heading of the
   * indicators in a form. No span reaches across their upper edge. Null where nothing is repeated.
   */
  readonly repeat: { readonly row: number; readonly count: number } | null;
  /** True for a list of many rows of text, which is set in the small size of tables (小五) however long it is. */
  readonly dense?: boolean;
}

/** Which way an A4 page is turned. */
export type Orientation = "portrait" | "landscape";

/** A form laid out as one table with the lines above and under it. */
export interface FormModel extends TableModel {
  /** Lines above the table: form number, title, year. The title is the one at `titleLine`. */
  readonly caption: readonly string[];
  readonly titleLine: number;
  /** Lines under the table: notes and signatures. */
  readonly foot: readonly string[];
  readonly orientation: Orientation;
  /** What a list of contents calls this form: the project, else the unit, else the title. */
  readonly name: string;
}

export function cell(text: string | null, role: CellRole = "text", columnSpan = 1, rowSpan = 1): ModelCell {
  return { text: text ?? "", role, columnSpan, rowSpan };
}

/** One position of the full grid: the cell that covers it, and whether it is that cell's upper left corner. */
export interface GridPosition {
  readonly cell: ModelCell;
  readonly anchorRow: number;
  readonly anchorColumn: number;
}

/**
 * The table with every position filled: `[row][column]`, from 0. Throws where the spans overlap or leave a hole,
 * which is a fault of a layout, never of a form.
 */
export function gridOf(model: TableModel): GridPosition[][] {
  const columns = model.widths.length;
  const grid: (GridPosition | undefined)[][] = model.rows.map(
    () => new Array<GridPosition | undefined>(columns),
  );
  for (const [row, cells] of model.rows.entries()) {
    let column = 0;
    for (const each of cells) {
      while (grid[row]?.[column]) column += 1;
      for (let r = row; r < row + each.rowSpan; r++) {
        for (let c = column; c < column + each.columnSpan; c++) {
          if (c >= columns || r >= grid.length || grid[r]?.[c])
            throw new Error(`layout: cell “${each.text}” does not fit at row ${r + 1}, column ${c + 1}`);
          (grid[r] as GridPosition[])[c] = { cell: each, anchorRow: row, anchorColumn: column };
        }
      }
      column += each.columnSpan;
    }
  }
  return grid.map((positions, row) =>
    Array.from({ length: columns }, (_, column) => {
      const position = positions[column];
      if (!position) throw new Error(`layout: hole at row ${row + 1}, column ${column + 1}`);
      return position;
    }),
  );
}
