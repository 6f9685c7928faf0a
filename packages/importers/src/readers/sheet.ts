import type { Note, NoteLevel } from "@jiheng/domain";
import type { Cell, Table } from "../grid.ts";
import type { Budget } from "./cells.ts";
import { LIMITS } from "./limits.ts";

/** One cell as a spreadsheet stores it. Rows and columns from 1, as in its references. */
export interface StoredCell {
  readonly row: number;
  readonly column: number;
  readonly text: string;
  readonly number?: string;
  readonly formula?: boolean;
}

/** A merged area, corners included. */
export interface Area {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** Up to this many empty rows or columns in between are kept as they are; more count as one. References stay true. */
const GAP = 30;
/** A sheet of errors is not told cell by cell. */
const CELL_NOTES = 100;
/** Below this many positions empty ones are filled in, so that a row shows all its columns as in a document. */
const FILLED_POSITIONS = 200_000;

/** "C7" → 7 and 3; null where it is no reference. */
export function parseReference(reference: string): { row: number; column: number } | null {
  const match = /^\$?([A-Za-z]{1,3})\$?(\d{1,7})$/.exec(reference);
  if (!match) return null;
  let column = 0;
  for (const letter of (match[1] as string).toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  const row = Number(match[2]);
  return row >= 1 && row <= 1_048_576 && column <= 16_384 ? { row, column } : null;
}

/** Letters of a column from 1: 28 → "AB". */
function columnLetters(column: number): string {
  let letters = "";
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

/** A double as a plain decimal: the shortest one that names it, which is what was typed. Null where it is no number. */
export function plainNumber(stored: number | string): string | null {
  const value = typeof stored === "number" ? stored : stored.trim() === "" ? Number.NaN : Number(stored);
  if (!Number.isFinite(value)) return null;
  const text = String(value);
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) return text;
  const [, sign = "", whole = "", part = "", power = "0"] = match;
  const digits = whole + part;
  const point = whole.length + Number(power);
  if (Math.abs(point) > 400) return null;
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return digits.length <= point
    ? sign + digits.padEnd(point, "0")
    : `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** Positions that count, in order: used ones and short gaps between; a long gap stands as one empty position. */
function kept(used: Iterable<number>): number[] {
  const sorted = [...new Set(used)].sort((a, b) => a - b);
  const out: number[] = [];
  let before: number | null = null;
  for (const each of sorted) {
    if (before !== null) {
      if (each - before - 1 <= GAP) for (let k = before + 1; k < each; k += 1) out.push(k);
      else out.push(before + 1);
    }
    out.push(each);
    before = each;
  }
  return out;
}

/** Index of the first position not before `wanted`. */
function lowerBound(positions: readonly number[], wanted: number): number {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((positions[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Collects one sheet and lays it out. */
export class SheetBuilder {
  readonly notes: Note[] = [];
  private readonly noted = new Map<string, number>();
  private readonly cells = new Map<number, StoredCell[]>();
  private readonly areas: Area[] = [];
  private readonly hiddenRows: number[] = [];
  private readonly hiddenColumns: number[] = [];
  private readonly name: string;
  private readonly budget: Budget;

  constructor(name: string, budget: Budget) {
    this.name = name;
    this.budget = budget;
  }

  add(cell: StoredCell): void {
    this.budget.cell();
    const line = this.cells.get(cell.row);
    if (line) line.push(cell);
    else {
      this.budget.row();
      this.cells.set(cell.row, [cell]);
    }
  }

  merge(area: Area): void {
    // As dear as a cell, so that a file of merges alone stops too.
    this.budget.cell();
    if (area.bottom > area.top || area.right > area.left) this.areas.push(area);
  }

  hideRow(row: number): void {
    this.hiddenRows.push(row);
  }

  hideColumns(from: number, to: number): void {
    for (let column = from; column <= Math.min(to, from + LIMITS.columns); column += 1)
      this.hiddenColumns.push(column);
  }

  /** Notes something about the sheet, once for each code. */
  note(level: NoteLevel, code: string, says: string, row = 1, column = 1): void {
    if (!this.noted.has(code)) this.noteCell(level, code, says, row, column);
  }

  /** Notes something about one cell; of each kind the first hundred. */
  noteCell(level: NoteLevel, code: string, says: string, row: number, column: number): void {
    const times = this.noted.get(code) ?? 0;
    this.noted.set(code, times + 1);
    if (times >= CELL_NOTES) return;
    this.notes.push({
      level,
      code,
      says,
      place: null,
      at: { sheet: this.name, ref: `${columnLetters(column)}${row}` },
    });
  }

  /** The used part of the sheet as table `number`; null where every cell is empty. */
  build(number: number): Table | null {
    const usedRows: number[] = [];
    const usedColumns = new Set<number>();
    for (const [row, line] of this.cells) {
      let used = false;
      for (const cell of line)
        if (cell.text.trim() !== "" || cell.formula) {
          used = true;
          usedColumns.add(cell.column);
        }
      if (used) usedRows.push(row);
    }
    if (usedRows.length === 0) return null;
    const firstRow = usedRows.reduce((a, b) => Math.min(a, b));
    const lastRow = usedRows.reduce((a, b) => Math.max(a, b));
    const lastColumn = [...usedColumns].reduce((a, b) => Math.max(a, b), 1);
    // A merged area that begins in the used part reaches as far as it does there: a last column is often only merged.
    for (const area of this.areas)
      if (
        area.top >= firstRow &&
        area.top <= lastRow &&
        area.left <= lastColumn &&
        area.right - area.left <= GAP
      ) {
        const anchor = this.cells.get(area.top)?.find((cell) => cell.column === area.left);
        if (anchor && anchor.text.trim() !== "") usedColumns.add(area.right);
      }
    const rows = kept(usedRows);
    let columns = kept(usedColumns);
    if (columns.length > LIMITS.columns) {
      this.note(
        "lost",
        "columns-cut",
        `工作表“${this.name}”超过 ${LIMITS.columns} 列，多出的部分没有读取`,
        1,
        columns[LIMITS.columns],
      );
      columns = columns.slice(0, LIMITS.columns);
    }
    const table = this.layOut(number, rows, columns);
    this.noteHidden(rows, columns);
    return table;
  }

  private layOut(number: number, rows: readonly number[], columns: readonly number[]): Table {
    const width = columns.length;
    const fill = rows.length * width <= FILLED_POSITIONS;
    const byTop = new Map<number, Area[]>();
    for (const area of this.areas) {
      const list = byTop.get(area.top);
      if (list) list.push(area);
      else byTop.set(area.top, [area]);
    }
    // For each position of a row: the last kept row that an area from above or from the left covers.
    const covered = new Int32Array(width + 1).fill(-1);
    const out: Cell[][] = [];
    rows.forEach((row, index) => {
      const areas = new Map<number, Area>();
      for (const area of byTop.get(row) ?? []) {
        const left = lowerBound(columns, area.left);
        if (columns[left] === area.left && (covered[left] as number) < index && !areas.has(left))
          areas.set(left, area);
      }
      const stored = new Map<number, StoredCell>();
      const stores = this.cells.get(row) ?? [];
      // Laid out, a row is not needed a second time; a long sheet would stand twice in memory.
      this.cells.delete(row);
      for (const cell of stores) {
        const at = lowerBound(columns, cell.column);
        if (columns[at] === cell.column) stored.set(at, cell);
      }
      const positions = fill
        ? columns.keys()
        : [...new Set([...stored.keys(), ...areas.keys()])].sort((a, b) => a - b);
      const line: Cell[] = [];
      for (const at of positions) {
        const cell = stored.get(at);
        if ((covered[at] as number) >= index) {
          if (cell && cell.text.trim() !== "")
            this.note(
              "normalised",
              "hidden-in-merge",
              "合并单元格被盖住的部分另有内容，页面上不显示，未读取",
              row,
              cell.column,
            );
          continue;
        }
        const area = areas.get(at);
        let rowSpan = 1;
        let columnSpan = 1;
        if (area) {
          rowSpan = Math.max(1, lowerBound(rows, area.bottom + 1) - index);
          columnSpan = Math.max(1, lowerBound(columns, area.right + 1) - at);
          for (let k = at; k < at + columnSpan; k += 1)
            covered[k] = Math.max(covered[k] as number, index + rowSpan - 1);
        }
        if (fill && !cell) this.budget.cell();
        line.push({
          row: index + 1,
          column: at + 1,
          rowSpan,
          columnSpan,
          text: this.clip(cell),
          ...(cell?.number === undefined ? {} : { number: cell.number }),
          ...(cell?.formula ? { formula: true } : {}),
          at: { sheet: this.name, ref: `${columnLetters(columns[at] as number)}${row}` },
        });
      }
      out.push(line);
    });
    return {
      kind: "table",
      number,
      sheet: this.name,
      shape: "exact",
      rowCount: rows.length,
      columnCount: width,
      rows: out,
    };
  }

  private clip(cell: StoredCell | undefined): string {
    const text = cell?.text.trim() ?? "";
    if (!cell || text.length <= LIMITS.cellCharacters) return text;
    this.note(
      "lost",
      "cell-cut",
      `单元格文字超过 ${LIMITS.cellCharacters} 字，只保留了前面的部分`,
      cell.row,
      cell.column,
    );
    return text.slice(0, LIMITS.cellCharacters);
  }

  private noteHidden(rows: readonly number[], columns: readonly number[]): void {
    const first = (list: readonly number[], show: (each: number) => string): string =>
      list.slice(0, 5).map(show).join("、") + (list.length > 5 ? `等${list.length}` : "");
    const hiddenRows = this.hiddenRows.filter((row) => rows[lowerBound(rows, row)] === row);
    if (hiddenRows.length > 0)
      this.note(
        "guessed",
        "hidden-rows",
        `工作表“${this.name}”有隐藏的行（第${first(hiddenRows, String)}行），已一并读取`,
        hiddenRows[0],
      );
    const hiddenColumns = this.hiddenColumns.filter(
      (column) => columns[lowerBound(columns, column)] === column,
    );
    if (hiddenColumns.length > 0)
      this.note(
        "guessed",
        "hidden-columns",
        `工作表“${this.name}”有隐藏的列（${first(hiddenColumns, columnLetters)}列），已一并读取`,
        1,
        hiddenColumns[0],
      );
  }
}
