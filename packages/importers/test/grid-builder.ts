import type { Block, Cell, Grid, Table } from "../src/grid.ts";

/** A cell of a table under construction: its text, or text with the columns and rows it covers. */
export type Draw = string | readonly [text: string, columns: number, rows?: number];

/** A table with spans, as the readers of docx, html and xlsx hand it over. Rows are filled like those of an HTML table. */
export function exactTable(
  number: number,
  rows: readonly (readonly Draw[])[],
  sheet: string | null = null,
): Table {
  const taken = new Set<string>();
  let width = 0;
  const drawn = rows.map((cells, r) => {
    let column = 1;
    return cells.map((draw): Cell => {
      const [text, columnSpan, rowSpan = 1] = typeof draw === "string" ? [draw, 1, 1] : draw;
      while (taken.has(`${r + 1}:${column}`)) column += 1;
      const from = column;
      for (let dr = 0; dr < rowSpan; dr++)
        for (let dc = 0; dc < columnSpan; dc++) taken.add(`${r + 1 + dr}:${from + dc}`);
      column += columnSpan;
      width = Math.max(width, column - 1);
      return {
        row: r + 1,
        column: from,
        rowSpan,
        columnSpan,
        text,
        at:
          sheet === null
            ? { table: number, row: r + 1, column: from }
            : { sheet, ref: `${String.fromCharCode(64 + from)}${r + 1}` },
      };
    });
  });
  return {
    kind: "table",
    number,
    sheet,
    shape: "exact",
    rowCount: rows.length,
    columnCount: width,
    rows: drawn,
  };
}

/** A table of tab-separated lines: columns are known, spans are lost. */
export function tabTable(number: number, lines: readonly string[]): Table {
  const rows = lines.map((line, r) =>
    line.split("\t").map(
      (text, c): Cell => ({
        row: r + 1,
        column: c + 1,
        rowSpan: 1,
        columnSpan: 1,
        text,
        at: { table: number, row: r + 1, column: c + 1 },
      }),
    ),
  );
  return {
    kind: "table",
    number,
    sheet: null,
    shape: "tabs",
    rowCount: rows.length,
    columnCount: Math.max(0, ...rows.map((row) => row.length)),
    rows,
  };
}

/** Text outside tables. */
export function textBlock(text: string, line = 1): Block {
  return { kind: "text", text, at: { line, column: 1 } };
}

/** What a reader hands over: the blocks of one file. */
export function grid(...blocks: readonly Block[]): Grid {
  return { blocks, notes: [] };
}

/** A hash as a source has it. */
export const SOURCE = { sha256: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" };
