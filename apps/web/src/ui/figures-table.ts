import { compare, parseDecimal } from "@jiheng/domain";

/** A column of the table of a chart; `isNumber` cells hold exact decimal text. */
export interface FigureColumn {
  readonly title: string;
  readonly isNumber?: true;
  /** A small bar behind the number, as long as its share of the largest in the column. */
  readonly hasBar?: true;
}

/** The way to the forms behind a figure: their address, and how many they are where the figure says it. */
export interface FigureWay {
  readonly to: string;
  readonly forms?: number;
}

/** One line of it: its cells as exact text (null where there is none), and the way to the forms behind it and behind single cells. */
export interface FigureLine {
  readonly key: string;
  readonly cells: readonly (string | null)[];
  readonly to?: string;
  readonly forms?: number;
  /** By column; a cell without one is no link. */
  readonly ways?: readonly (FigureWay | null)[];
}

/** What a mark that stands for one cell is called. */
export function cellKey(line: string, column: number): string {
  return `${line}/${column}`;
}

/** The way from a cell: the line's own from the first one. None where no form is behind it. */
export function wayFrom({ to, forms, ways }: FigureLine, column: number): FigureWay | null {
  const own = column === 0 && to !== undefined ? { to, ...(forms === undefined ? {} : { forms }) } : null;
  const way = own ?? ways?.[column] ?? null;
  return way?.forms === 0 ? null : way;
}

/** Where each mark leads: those of lines by the key of the line, those of cells by line and column. */
export function waysOf({ columns, lines }: FigureTable): ReadonlyMap<string, string> {
  return new Map(
    lines.flatMap((line) =>
      columns.flatMap((_, column) => {
        const way = wayFrom(line, column);
        return way ? [[column === 0 ? line.key : cellKey(line.key, column), way.to] as const] : [];
      }),
    ),
  );
}

/** The numbers a chart draws, which its table shows and its CSV holds. */
export interface FigureTable {
  readonly columns: readonly FigureColumn[];
  readonly lines: readonly FigureLine[];
}

/** The order of two cells of a column: numbers by their exact value, words by their characters, blanks last. */
export function compareCells(a: string | null, b: string | null, isNumber: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const [x, y] = isNumber ? [parseDecimal(a), parseDecimal(b)] : [null, null];
  return x && y ? compare(x, y) : a.localeCompare(b, "zh-CN");
}

const RISKY = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** A cell of CSV. Text that a spreadsheet would take for a formula gets an apostrophe before it; plain numbers stay numbers. */
function csvCell(text: string | null): string {
  if (text === null) return "";
  const safe = RISKY.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The table as CSV that opens with the right characters in Excel: byte order mark, CRLF. */
export function csvOf({ columns, lines }: FigureTable): string {
  const rows = [columns.map(({ title }) => title), ...lines.map(({ cells }) => cells)];
  return `\uFEFF${rows.map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
}
