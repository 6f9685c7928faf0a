import type { Cell, Table } from "../grid.ts";
import { LIMITS } from "./limits.ts";
import { tooLarge } from "./refusals.ts";

/** Counts cells and rows of one file and stops it at the limits. */
export class Budget {
  private cells = 0;
  private rows = 0;
  private readonly part: string;

  constructor(part: string) {
    this.part = part;
  }

  cell(count = 1): void {
    this.cells += count;
    if (this.cells > LIMITS.cells) throw tooLarge(this.part);
  }

  row(count = 1): void {
    this.rows += count;
    if (this.rows > LIMITS.rows) throw tooLarge(this.part);
  }
}

/** A table of single cells whose spans are lost, from fields by row. Origins are {table,row,column}. */
export function tabTable(number: number, rows: readonly (readonly string[])[]): Table {
  let columnCount = 0;
  const cells = rows.map((fields, index) => {
    columnCount = Math.max(columnCount, fields.length);
    const row = index + 1;
    return fields.map(
      (text, at): Cell => ({
        row,
        column: at + 1,
        rowSpan: 1,
        columnSpan: 1,
        text,
        at: { table: number, row, column: at + 1 },
      }),
    );
  });
  return {
    kind: "table",
    number,
    sheet: null,
    shape: "tabs",
    rowCount: rows.length,
    columnCount,
    rows: cells,
  };
}
