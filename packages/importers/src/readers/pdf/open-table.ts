import type { Cell, Table } from "../../grid.ts";
import type { LatticeCell } from "./lattice.ts";
import { joinLines, type PrintedLine } from "./lines.ts";
import type { Flow, PageBox, PageTable } from "./page-body.ts";

/** A cell while its table may still go on over the next page. Rows and columns from 0. */
interface OpenCell {
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
  page: number;
  box: PageBox;
  /** The part of it that stands on the page looked at last. */
  part: LatticeCell;
  flows: readonly Flow[];
  openBottom: boolean;
}

/** Outer edges of parts of one table lie within this of one another. */
const EDGE = 6;
/** Columns of parts of one table lie within this of one another. */
const COLUMN = 4;

const widthOf = (cell: { readonly box: PageBox }): number => cell.box[2] - cell.box[0];

/** Text of a cell from its lines. */
function textOf(cell: OpenCell): string {
  const { flows, box } = cell;
  return flows
    .map(({ turn, lines }) =>
      joinLines(
        lines,
        turn === 90 || turn === 270 ? Math.max(box[3] - box[1], extentOf(lines)) : widthOf(cell),
      ),
    )
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
    if (same) out[at] = { turn: flow.turn, lines: [...same.lines, ...flow.lines] };
    else out.push(flow);
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
  /** Text and spans of each row, to know it again where it is repeated. */
  private readonly marks: string[];

  constructor(table: PageTable, page: number) {
    this.xs = [...table.lattice.xs];
    this.rowCount = table.lattice.ys.length - 1;
    this.cells = table.lattice.cells.map((cell) =>
      openCell(cell, table, page, cell.row, cell.column, cell.columnSpan),
    );
    this.marks = this.marksOf(this.cells, this.rowCount);
  }

  private marksOf(cells: readonly OpenCell[], rows: number): string[] {
    const marks = Array.from({ length: rows }, () => "");
    const filled = Array.from({ length: rows }, () => 0);
    for (const { row, column, rowSpan, flows } of cells) {
      const text = rawText(flows);
      if (text === "") continue;
      marks[row] = `${marks[row] ?? ""}|${column}:${rowSpan}:${text}`;
      filled[row] = (filled[row] ?? 0) + 1;
    }
    return marks.map((mark, row) => `${filled[row] ?? 0}${mark}`);
  }

  /**
   * Joins the table at the head of the next page where it goes on with this one; false where it is another table.
   * `sure`: the parts must show it by a cut cell or by repeated headings, because words stand between them.
   */
  join(table: PageTable, page: number, sure: boolean): boolean {
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
    const sameColumns = union.length === old.length;
    const marks = sameColumns
      ? this.marks
      : this.marksOf(
          this.cells.map((cell, index) => ({ ...cell, ...(oldCells[index] ?? {}) })),
          this.rowCount,
        );
    const repeated = this.repeatedRows(marks, added, table.lattice.ys.length - 1);
    const fresh = added.filter((cell) => cell.row >= repeated);
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
      if (a !== "" && b !== "") return false;
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
        upper.flows = joinFlows(upper.flows, cell.flows);
        upper.part = cell.part;
        upper.openBottom = cell.openBottom;
      } else this.cells.push({ ...cell, row: cell.row + offset });
    }
    const total = offset + table.lattice.ys.length - 1;
    const fromHere = this.marksOf(
      this.cells.filter((cell) => cell.row >= this.rowCount),
      total,
    ).slice(this.rowCount);
    this.marks.splice(0, this.marks.length, ...marks, ...fromHere);
    this.rowCount = total;
    return true;
  }

  private unionOf(moved: readonly number[]): number[] {
    const union = [...this.xs];
    for (const x of moved) if (!union.some((known) => Math.abs(known - x) <= COLUMN)) union.push(x);
    return union.sort((a, b) => a - b);
  }

  /** How many rows at the head of the next part repeat rows that were read already. */
  private repeatedRows(marks: readonly string[], cells: readonly OpenCell[], rows: number): number {
    const next = this.marksOf(cells, rows);
    const filled = (mark: string): number => Number.parseInt(mark, 10);
    let best = 0;
    for (let start = 0; start < marks.length; start += 1) {
      let count = 0;
      while (count < rows && start + count < marks.length && next[count] === marks[start + count]) {
        // Rows of figures may be alike by chance; headings hold none. The head of a table may hold anything.
        if (start > 0 && /:\d+(?::|[\d.,%]*(?:\||$))/.test((next[count] ?? "").replace(/\|\d+:\d+:/g, "|:")))
          break;
        count += 1;
      }
      const words = next.slice(0, count).reduce((sum, mark) => sum + filled(mark), 0);
      if (count > best && words >= 3) best = count;
    }
    // A cell that reaches further down is not only a heading.
    while (best > 0 && cells.some((cell) => cell.row < best && cell.row + cell.rowSpan > best)) best -= 1;
    return best < rows ? best : 0;
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
        at: { page: cell.page, box: rounded(cell.box) },
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

/** Points to a tenth. */
export function rounded(box: PageBox): PageBox {
  const [a, b, c, d] = box;
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  return [tenth(a), tenth(b), tenth(c), tenth(d)];
}

function openCell(
  part: LatticeCell,
  table: PageTable,
  page: number,
  row: number,
  column: number,
  columnSpan: number,
): OpenCell {
  return {
    row,
    column,
    rowSpan: part.rowSpan,
    columnSpan,
    page,
    box: [part.x0, part.y0, part.x1, part.y1],
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
