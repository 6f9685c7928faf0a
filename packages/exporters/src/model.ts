/** What a cell is for; writers choose font and alignment by it and nothing else. */
export type CellRole = "label" | "text" | "number";

/** One cell of a laid-out form. Cells that are covered by a span are not listed. */
export interface ModelCell {
  readonly text: string;
  readonly columnSpan: number;
  readonly rowSpan: number;
  readonly role: CellRole;
}

/** A form laid out as one table: the only thing writers of formats know. Rows list their cells from left to right. */
export interface FormModel {
  /** Lines above the table: form number, title, year. The title is the one at `titleLine`. */
  readonly caption: readonly string[];
  readonly titleLine: number;
  /** Relative widths of the columns; their number is the number of columns. */
  readonly widths: readonly number[];
  readonly rows: readonly (readonly ModelCell[])[];
  /** Lines under the table: notes and signatures. */
  readonly foot: readonly string[];
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
 * The model with every position filled: `[row][column]`, from 0. Throws where the spans overlap or leave a hole,
 * which is a fault of a layout, never of a form.
 */
export function gridOf(model: FormModel): GridPosition[][] {
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
