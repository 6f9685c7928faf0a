import { blockOfText } from "./block-of-text.ts";

/** A row of a list somebody pasted: where it stood, and its cells, one for each column that is asked for. */
export interface TypedRow {
  /** Counted from one, as in what was pasted. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Cells beyond the last column: nobody asked for them. */
  readonly beyond: readonly string[];
}

/**
 * The rows of a list as it is copied from a spreadsheet (cells by tabs), or typed with commas between where there is no tab at all.
 * A first line that repeats the titles of the columns, and lines with nothing in them, are no rows.
 */
export function typedRows(text: string, titles: readonly string[]): readonly TypedRow[] {
  const block = text.includes("\t")
    ? blockOfText(text)
    : text.split(/\r?\n/).map((line) => line.split(/[,，]/).map((cell) => cell.trim()));
  return block.flatMap((cells, index) => {
    const isHead = index === 0 && cells[0] === titles[0];
    if (isHead || cells.every((cell) => cell === "")) return [];
    return [
      {
        line: index + 1,
        cells: titles.map((_, column) => cells[column] ?? ""),
        beyond: cells.slice(titles.length).filter((cell) => cell !== ""),
      },
    ];
  });
}

/** The rows whose cell in a column says the same as one above: by line, the line they repeat. */
export function repeated(rows: readonly TypedRow[], column: number): ReadonlyMap<number, number> {
  const first = new Map<string, number>();
  const found = new Map<number, number>();
  for (const { line, cells } of rows) {
    const said = (cells[column] ?? "").toLowerCase();
    if (said === "") continue;
    const before = first.get(said);
    if (before === undefined) first.set(said, line);
    else found.set(line, before);
  }
  return found;
}
