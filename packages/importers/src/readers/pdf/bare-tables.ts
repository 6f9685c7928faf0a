import type { Cell, Table } from "../../grid.ts";
import { rounded } from "./open-table.ts";
import type { LooseLine, PageBody, PageBox } from "./page-body.ts";

interface Part {
  readonly text: string;
  readonly box: PageBox;
}

interface Band {
  from: number;
  to: number;
}

/** Lines of a table without rules have at least this many parts somewhere. */
const PARTS = 3;
/** Up to this part of the lines may be the rest of a wrapped cell. */
const WRAPPED = 0.3;

/** Columns of lines whose words stand apart: the spans on which no gap is shared by all. */
function columnsOf(lines: readonly LooseLine[]): Band[] {
  // Rows with few parts hold words that run over several columns.
  const most = Math.max(...lines.map(({ line }) => line.parts.length));
  const parts = lines
    .filter(({ line }) => line.parts.length >= Math.max(PARTS, 0.7 * most))
    .flatMap(({ line }) => line.parts.map(({ u0, u1 }): Band => ({ from: u0, to: u1 })))
    .sort((a, b) => a.from - b.from);
  const bands: Band[] = [];
  for (const part of parts) {
    const last = bands.at(-1);
    if (last && part.from < last.to - 1) last.to = Math.max(last.to, part.to);
    else bands.push({ ...part });
  }
  return bands;
}

function columnOf(part: { readonly u0: number; readonly u1: number }, columns: readonly Band[]): number {
  let best = 0;
  let most = -Infinity;
  columns.forEach(({ from, to }, index) => {
    const shared = Math.min(to, part.u1) - Math.max(from, part.u0);
    if (shared > most) [best, most] = [index, shared];
  });
  return best;
}

/** True for a line of words that run over columns: a goal, a remark, a heading. */
function isWide({ line }: LooseLine, columns: readonly Band[]): boolean {
  return line.parts.some(({ u0, u1 }) => {
    const over = columns.filter(({ from, to }) => Math.min(to, u1) - Math.max(from, u0) > 0.3 * (to - from));
    return over.length > 1;
  });
}

/**
 * Lines of a page as rows. A line that fills many columns is a row; what is wrapped in one of its cells stands above or below it and
 * belongs to the nearest. Words that run over columns are rows of their own.
 */
function rowsOf(lines: readonly LooseLine[], columns: readonly Band[]): LooseLine[][] {
  const most = Math.max(...lines.map(({ line }) => line.parts.length));
  const isMain = (line: LooseLine): boolean => line.line.parts.length >= Math.max(PARTS, 0.5 * most);
  const mains = lines.filter(isMain);
  const rows = new Map<LooseLine, LooseLine[]>(mains.map((line) => [line, []]));
  let wide: LooseLine | null = null;
  for (const line of lines) {
    if (rows.has(line) && isMain(line)) {
      wide = null;
      rows.get(line)?.push(line);
      continue;
    }
    if (isWide(line, columns)) {
      wide ??= line;
      const row = rows.get(wide);
      if (row) row.push(line);
      else rows.set(wide, [line]);
      continue;
    }
    let nearest: LooseLine | null = null;
    for (const main of mains)
      if (!nearest || Math.abs(main.line.v - line.line.v) < Math.abs(nearest.line.v - line.line.v))
        nearest = main;
    if (nearest) rows.get(nearest)?.push(line);
  }
  return [...rows]
    .sort((a, b) => a[0].top - b[0].top)
    .map(([, row]) => row.sort((a, b) => a.line.v - b.line.v));
}

/** Rows of words that stand apart in columns, where no rule is drawn: a table whose spans are not known. Null where rows cannot be told. */
export function bareTable(lines: readonly LooseLine[], of: PageBody, number: number): Table | null {
  const columns = columnsOf(lines);
  if (columns.length < PARTS) return null;
  const most = Math.max(...lines.map(({ line }) => line.parts.length));
  const wrapped = lines.filter(
    (line) => line.line.parts.length < Math.max(PARTS, 0.5 * most) && !isWide(line, columns),
  ).length;
  // Without rules nothing tells which of many wrapped lines belong together.
  if (wrapped > WRAPPED * lines.length) return null;
  const cells = rowsOf(lines, columns).map((row, index): Cell[] => {
    const fields = new Map<number, Part>();
    for (const { line, box } of row) {
      const here = new Set<number>();
      for (const part of line.parts) {
        const column = columnOf(part, columns);
        const before = fields.get(column);
        // Two words of one line in one column are two, and figures must not run together.
        const figures = /[\d.%]$/.test(before?.text ?? "") && /^[\d.]/.test(part.text);
        const between = here.has(column) || figures ? "  " : "";
        here.add(column);
        fields.set(column, {
          text: (before?.text ?? "") + between + part.text,
          box: [
            Math.min(before?.box[0] ?? Infinity, part.u0),
            Math.min(before?.box[1] ?? Infinity, box[1]),
            Math.max(before?.box[2] ?? -Infinity, part.u1),
            Math.max(before?.box[3] ?? -Infinity, box[3]),
          ],
        });
      }
    }
    const width = Math.max(...fields.keys()) + 1;
    const first = row[0]?.box ?? [0, 0, 0, 0];
    return Array.from({ length: width }, (_, column): Cell => {
      const { text, box } = fields.get(column) ?? { text: "", box: first };
      return {
        row: index + 1,
        column: column + 1,
        rowSpan: 1,
        columnSpan: 1,
        text,
        at: { page: of.page.number, box: rounded(of.placeOf(box)) },
      };
    });
  });
  return {
    kind: "table",
    number,
    sheet: null,
    shape: "tabs",
    rowCount: cells.length,
    columnCount: columns.length,
    rows: cells,
  };
}
