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

const DOLLAR = 0x24;

/** "C7" → 7 and 3; null where it is no reference. */
export function parseReference(reference: string): { row: number; column: number } | null {
  let column = 0;
  let row = 0;
  let at = reference.charCodeAt(0) === DOLLAR ? 1 : 0;
  const letters = at;
  for (; at < reference.length; at += 1) {
    const letter = reference.charCodeAt(at) & ~0x20;
    if (letter < 0x41 || letter > 0x5a) break;
    column = column * 26 + letter - 64;
  }
  if (at === letters || at > letters + 3) return null;
  if (reference.charCodeAt(at) === DOLLAR) at += 1;
  const digits = at;
  for (; at < reference.length; at += 1) {
    const digit = reference.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return null;
    row = row * 10 + digit;
  }
  if (at === digits || at > digits + 7) return null;
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
  if (!text.includes("e")) return text;
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
    const letters = columns.map(columnLetters);
    const first = columns[0] ?? 1;
    const together = (columns[width - 1] ?? 0) - first === width - 1;
    /** Where a column stands among those kept; -1 where it is not. */
    const position = (column: number): number => {
      if (together) return column >= first && column < first + width ? column - first : -1;
      const at = lowerBound(columns, column);
      return columns[at] === column ? at : -1;
    };
    // For each position of a row: the last kept row that an area from above or from the left covers.
    const covered = new Int32Array(width + 1).fill(-1);
    const out: Cell[][] = [];
    rows.forEach((row, index) => {
      const areas: Area[] = [];
      for (const area of byTop.get(row) ?? []) {
        const left = position(area.left);
        if (left >= 0 && (covered[left] as number) < index) areas[left] ??= area;
      }
      const stored: StoredCell[] = [];
      const stores = this.cells.get(row) ?? [];
      // Laid out, a row is not needed a second time; a long sheet would stand twice in memory.
      this.cells.delete(row);
      for (const cell of stores) {
        const at = position(cell.column);
        if (at >= 0) stored[at] = cell;
      }
      const line: Cell[] = [];
      for (let at = 0; at < width; at += 1) {
        const cell = stored[at];
        const area = areas[at];
        if (!fill && !cell && !area) continue;
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
          at: { sheet: this.name, ref: `${letters[at]}${row}` },
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
