import { isSideLabel, level1Of, level2HomeOf } from "@jiheng/domain";
import type { Cell, Table } from "../../grid.ts";
import type { LatticeCell } from "./lattice.ts";
import { joinLines, type PrintedLine } from "./lines.ts";
import type { Flow, PageBody, PageBox, PageTable } from "./page-body.ts";

/** A cell while its table may still go on over the next page. Rows and columns from 0. */
interface OpenCell {
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
  page: number;
  box: PageBox;
  /** The box on the page as it is shown. */
  place: PageBox;
  /** The part of it that stands on the page looked at last. */
  part: LatticeCell;
  flows: readonly Flow[];
  openBottom: boolean;
}

/** Outer edges of parts of one table lie within this of one another. */
const EDGE = 6;
/** Columns of parts of one table lie within this of one another. */
const COLUMN = 4;

/** Turned text up to this many characters is a label. */
const LABEL = 24;

const widthOf = (cell: { readonly box: PageBox }): number => cell.box[2] - cell.box[0];

/** Text of a cell from its lines. */
function textOf(cell: OpenCell): string {
  const { flows, box } = cell;
  return flows
    .map(({ turn, lines }) => {
      // A short text that runs up or down is a label: it has no paragraphs.
      const label =
        (turn === 90 || turn === 270) && lines.reduce((sum, line) => sum + line.text.length, 0) <= LABEL;
      if (label) return lines.map((line) => line.text).join("");
      return joinLines(
        lines,
        turn === 90 || turn === 270 ? Math.max(box[3] - box[1], extentOf(lines)) : widthOf(cell),
      );
    })
    .filter((text) => text !== "")
    .join("\n");
}

const extentOf = (lines: readonly PrintedLine[]): number =>
  Math.max(...lines.map((line) => line.u1)) - Math.min(...lines.map((line) => line.u0));

const rawText = (flows: readonly Flow[]): string =>
  flows.map(({ lines }) => lines.map((line) => line.text.replace(/\s+/g, "")).join("")).join("");

function joinFlows(a: readonly Flow[], b: readonly Flow[]): Flow[] {
  const out: Flow[] = a.map((flow) => ({ ...flow }));
  for (const flow of b) {
    const at = out.findIndex((other) => other.turn === flow.turn);
    const same = out[at];
    if (same) {
      // A line that the page cuts in half is printed on both pages by some programs.
      const texts = (lines: readonly PrintedLine[]): string => lines.map((line) => line.text).join("\n");
      let twice = Math.min(3, same.lines.length, flow.lines.length);
      while (twice > 0 && texts(same.lines.slice(-twice)) !== texts(flow.lines.slice(0, twice))) twice -= 1;
      out[at] = { turn: flow.turn, lines: [...same.lines, ...flow.lines.slice(twice)] };
    } else out.push(flow);
  }
  return out;
}

/** True where the text of a part runs on to its end: several lines or a full one, down to the foot of the cell. */
function runsOn(cell: OpenCell): boolean {
  const lines = cell.flows[0]?.turn === 0 ? cell.flows[0].lines : [];
  const last = lines.at(-1);
  if (!last) return false;
  const { part } = cell;
  if (part.y1 - (last.v + last.size / 2) > 2 * last.size) return false;
  const full =
    last.u1 - last.u0 > part.x1 - part.x0 - 12 - 1.5 * last.size && last.u1 - last.u0 > 3 * last.size;
  return full || lines.length >= 3;
}

/** A table that is read from one or more pages. */
export class OpenTable {
  private xs: number[];
  private rowCount: number;
  private readonly cells: OpenCell[];
  constructor(table: PageTable, page: PageBody) {
    this.xs = [...table.lattice.xs];
    this.rowCount = table.lattice.ys.length - 1;
    this.cells = table.lattice.cells.map((cell) =>
      openCell(cell, table, page, cell.row, cell.column, cell.columnSpan),
    );
  }

  /**
   * Joins the table at the head of the next page where it goes on with this one; false where it is another table.
   * `sure`: the parts must show it by a cut cell or by repeated headings, because words stand between them.
   */
  join(table: PageTable, page: PageBody, sure: boolean): boolean {
    const { xs } = table.lattice;
    const [left, right] = [this.xs[0] ?? 0, this.xs.at(-1) ?? 0];
    const shift = (xs[0] ?? 0) - left;
    if (Math.abs(shift) > EDGE || Math.abs((xs.at(-1) ?? 0) - right) > EDGE) return false;
    const moved = xs.map((x, index) => (index === 0 ? left : index === xs.length - 1 ? right : x - shift));
    const union = this.unionOf(moved);
    const place = (x: number): number => {
      let best = 0;
      for (let k = 1; k < union.length; k += 1)
        if (Math.abs((union[k] ?? 0) - x) < Math.abs((union[best] ?? 0) - x)) best = k;
      return best;
    };
    const added = table.lattice.cells.map((cell) => {
      const [from, to] = [place(moved[cell.column] ?? 0), place(moved[cell.column + cell.columnSpan] ?? 0)];
      return openCell(cell, table, page, cell.row, from, Math.max(1, to - from));
    });
    const old = this.xs;
    const oldCells = this.cells.map((cell) => {
      const [from, to] = [place(old[cell.column] ?? 0), place(old[cell.column + cell.columnSpan] ?? 0)];
      return { column: from, columnSpan: Math.max(1, to - from) };
    });
    const repeated = this.repeatedRows(oldCells, added, table.lattice.ys.length - 1);
    if (this.isAnother(added, repeated)) return false;
    // A label beside the repeated rows that reaches further down goes on below them.
    const fresh = added
      .filter((cell) => cell.row + cell.rowSpan > repeated)
      .map((cell) =>
        cell.row < repeated ? { ...cell, row: repeated, rowSpan: cell.row + cell.rowSpan - repeated } : cell,
      );
    const above = (cell: OpenCell): OpenCell | null => {
      if (cell.row !== repeated) return null;
      const index = this.cells.findIndex(
        (other, k) =>
          other.row + other.rowSpan === this.rowCount &&
          oldCells[k]?.column === cell.column &&
          oldCells[k]?.columnSpan === cell.columnSpan,
      );
      return this.cells[index] ?? null;
    };
    const labels = new Set(
      this.cells.map((cell, k) => (cell.rowSpan > 1 ? (oldCells[k]?.column ?? -1) : -1)),
    );
    const pairs = new Map<OpenCell, OpenCell>();
    for (const cell of fresh) {
      const upper = above(cell);
      if (upper) pairs.set(cell, upper);
    }
    const first = fresh.filter((cell) => cell.row === repeated);
    const cut = isCutRow(first, pairs, this.cells, this.rowCount);
    const goesOn = (cell: OpenCell): boolean => {
      const upper = pairs.get(cell);
      if (!upper) return false;
      if (cut) return true;
      if (upper.openBottom && cell.part.openTop) return upper.rowSpan > 1 || cell.rowSpan > 1;
      const [a, b] = [rawText(upper.flows), rawText(cell.flows)];
      if (a !== "" && b !== "")
        return (upper.rowSpan > 1 || cell.rowSpan > 1) && isCutLabel(upper, cell, a, b);
      if (a === "" && b === "") return upper.rowSpan > 1 && cell.rowSpan > 1;
      return upper.rowSpan > 1 || cell.rowSpan > 1 || (b === "" && labels.has(cell.column));
    };
    const continued = first.filter(goesOn);
    if (sure && !cut && repeated === 0 && !continued.some((cell) => rawText(cell.flows) === "")) return false;

    this.xs = union;
    this.cells.forEach((cell, index) => {
      Object.assign(cell, oldCells[index]);
    });
    const offset = this.rowCount - repeated - (cut ? 1 : 0);
    for (const cell of fresh) {
      const upper = goesOn(cell) ? pairs.get(cell) : undefined;
      if (upper) {
        upper.rowSpan = offset + cell.row + cell.rowSpan - upper.row;
        // Some programs print the label of a cut cell on every page.
        const again = upper.rowSpan > 1 && !cut && rawText(upper.flows) === rawText(cell.flows);
        if (!again) upper.flows = joinFlows(upper.flows, cell.flows);
        upper.part = cell.part;
        upper.openBottom = cell.openBottom;
      } else this.cells.push({ ...cell, row: cell.row + offset });
    }
    const total = offset + table.lattice.ys.length - 1;
    this.rowCount = total;
    return true;
  }

  private unionOf(moved: readonly number[]): number[] {
    const union = [...this.xs];
    for (const x of moved) if (!union.some((known) => Math.abs(known - x) <= COLUMN)) union.push(x);
    return union.sort((a, b) => a - b);
  }

  /** How many rows at the head of the next part repeat rows that were read already. */
  private repeatedRows(
    places: readonly { readonly column: number }[],
    cells: readonly OpenCell[],
    rows: number,
  ): number {
    const next = rowsOf(cells, (cell) => cell.column);
    const columns = new Map(this.cells.map((cell, index) => [cell, places[index]?.column ?? 0]));
    const known = rowsOf(this.cells, (cell) => columns.get(cell) ?? 0);
    for (let count = Math.min(HEADING_ROWS, rows - 1); count > 0; count -= 1) {
      const mark = marksOf(next, 0, count);
      if (mark.words < 2) continue;
      for (let start = 0; start + count <= this.rowCount; start += 1) {
        // Rows of figures may be alike by chance; headings hold none. The head of a table may hold anything.
        if (start > 0 && (mark.figures || mark.words < 3)) break;
        if (marksOf(known, start, count).text === mark.text) return count;
      }
    }
    return 0;
  }

  /** True where the next part begins as this table did, with the same label but other words: another form of the same layout. */
  private isAnother(cells: readonly OpenCell[], repeated: number): boolean {
    const words = (list: readonly OpenCell[]): string[] =>
      list
        .filter((cell) => cell.row === repeated)
        .sort((a, b) => a.column - b.column)
        .map((cell) => rawText(cell.flows))
        .filter((text) => text !== "");
    const [own, next] = [words(this.cells), words(cells)];
    const [label] = own;
    if (label === undefined || label !== next[0] || isLevel(label)) return false;
    return own.join("|") !== next.join("|");
  }

  /** The finished table. */
  table(number: number): Table {
    const rows: Cell[][] = Array.from({ length: this.rowCount }, () => []);
    const sorted = [...this.cells].sort((a, b) => a.row - b.row || a.column - b.column);
    for (const cell of sorted)
      rows[cell.row]?.push({
        row: cell.row + 1,
        column: cell.column + 1,
        rowSpan: cell.rowSpan,
        columnSpan: cell.columnSpan,
        text: textOf(cell),
        at: { page: cell.page, box: rounded(cell.place) },
      });
    return {
      kind: "table",
      number,
      sheet: null,
      shape: "exact",
      rowCount: this.rowCount,
      columnCount: this.xs.length - 1,
      rows,
    };
  }
}

/** Rows of a heading that programs repeat on the next page. */
const HEADING_ROWS = 6;

interface MarkedCell {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly text: string;
}

function rowsOf(cells: readonly OpenCell[], columnOf: (cell: OpenCell) => number): Map<number, MarkedCell[]> {
  const rows = new Map<number, MarkedCell[]>();
  for (const cell of cells) {
    const text = rawText(cell.flows);
    if (text === "") continue;
    const entry = { row: cell.row, column: columnOf(cell), rowSpan: cell.rowSpan, text };
    const list = rows.get(cell.row);
    if (list) list.push(entry);
    else rows.set(cell.row, [entry]);
  }
  for (const list of rows.values()) list.sort((a, b) => a.column - b.column);
  return rows;
}

/** The words of some rows in one string, to compare them; cells that reach further down do not count. */
function marksOf(
  rows: ReadonlyMap<number, readonly MarkedCell[]>,
  start: number,
  count: number,
): { readonly text: string; readonly words: number; readonly figures: boolean } {
  let text = "";
  let words = 0;
  let figures = false;
  for (let row = start; row < start + count; row += 1) {
    text += "\n";
    for (const cell of rows.get(row) ?? []) {
      if (cell.row + cell.rowSpan > start + count) continue;
      text += `|${cell.column}:${cell.text}`;
      words += 1;
      if (/^[-\d.,%％]+$/.test(cell.text)) figures = true;
    }
  }
  return { text, words, figures };
}

const isLevel = (text: string): boolean => level1Of(text) !== null || level2HomeOf(text) !== null;
const isLabel = (text: string): boolean => isSideLabel(text) || isLevel(text);

/** True where the words of a merged cell were cut by the page: together they are a label, or they run on from foot to head. */
function isCutLabel(upper: OpenCell, lower: OpenCell, above: string, below: string): boolean {
  if (above === below) return isLabel(above);
  if (isLabel(above + below)) return !(isLabel(above) && isLabel(below));
  if (isLabel(above) || isLabel(below) || !runsOn(upper)) return false;
  const lines = lower.flows[0]?.turn === 0 ? lower.flows[0].lines : [];
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) return false;
  const { y0, y1 } = lower.part;
  return first.v - y0 < 1.3 * first.size && y1 - last.v > 2.5 * last.size;
}

/** Points to a tenth. */
export function rounded(box: PageBox): PageBox {
  const [a, b, c, d] = box;
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  return [tenth(a), tenth(b), tenth(c), tenth(d)];
}

function openCell(
  part: LatticeCell,
  table: PageTable,
  { page, placeOf }: PageBody,
  row: number,
  column: number,
  columnSpan: number,
): OpenCell {
  return {
    row,
    column,
    rowSpan: part.rowSpan,
    columnSpan,
    page: page.number,
    box: [part.x0, part.y0, part.x1, part.y1],
    place: placeOf([part.x0, part.y0, part.x1, part.y1]),
    part,
    flows: table.flows.get(part) ?? [],
    openBottom: part.openBottom,
  };
}

/**
 * True where the first row of a page is the rest of the last one of the page before: without a rule between them, or, where
 * programs rule both ends of a cut row, by texts that run on beside cells that had ended.
 */
function isCutRow(
  first: readonly OpenCell[],
  pairs: ReadonlyMap<OpenCell, OpenCell>,
  cells: readonly OpenCell[],
  rowCount: number,
): boolean {
  const single = first.filter((cell) => cell.rowSpan === 1);
  if (single.length === 0) return false;
  const ends = cells.filter((cell) => cell.row + cell.rowSpan === rowCount);
  if (ends.every((cell) => cell.openBottom) && first.every((cell) => cell.part.openTop))
    return single.every((cell) => pairs.has(cell));
  let carried = 0;
  let ended = 0;
  for (const cell of single) {
    const upper = pairs.get(cell);
    const text = rawText(cell.flows);
    if (!upper) {
      if (text !== "") return false;
      continue;
    }
    if (text === "") {
      if (upper.rowSpan === 1 && rawText(upper.flows) !== "") ended += 1;
      continue;
    }
    if (!runsOn(upper)) return false;
    carried += 1;
  }
  return carried > 0 && ended > 0;
}
