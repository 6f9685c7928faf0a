import type { Note } from "@jiheng/domain";
import type { Block, Cell, Table } from "../grid.ts";
import type { Budget } from "./cells.ts";
import { LIMITS } from "./limits.ts";

/** A paragraph, or a table inside a cell, in reading order. */
export type RawItem = string | RawTable;

/** A cell as the file prints it, before columns are counted. */
export interface RawCell {
  readonly columnSpan: number;
  /** Rows it covers; 0: to the end of the table. Word has no row spans but `merge`. */
  readonly rowSpan: number;
  /** Word: "restart" opens a vertical merge, "continue" belongs to the cell above. */
  readonly merge: "restart" | "continue" | null;
  /** Its text, or its paragraphs and tables where it holds a table. */
  readonly content: string | readonly RawItem[];
}

/** A row as the file prints it; `before` columns are left out at its beginning. */
export interface RawRow {
  readonly before: number;
  readonly cells: readonly RawCell[];
}

/** A table as the file prints it. */
export interface RawTable {
  /** Emptied row by row while the table is laid out, so that a long one never stands twice in memory. */
  readonly rows: RawRow[];
}

/** Spans up to this many columns define the width of a table; larger ones ("colspan=1000") only mean all of it. */
const ORDINARY_SPAN = 64;

function isTable(item: RawItem): item is RawTable {
  return typeof item !== "string";
}

/**
 * A copy that does not keep alive the long piece of markup it was cut from. Short strings are copies anyway; of longer
 * ones the engine keeps only a view until they are joined anew.
 */
export function detached(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}

/** What a cell holds, as it is kept until its table ends: one string unless there is a table in it. */
export function contentOf(items: readonly RawItem[]): RawCell["content"] {
  if (items.length === 1 && typeof items[0] === "string") return detached(items[0].trim());
  return items.some(isTable) ? items : detached(items.join("\n").trim());
}

/** Text of a cell: its paragraphs by line; a table inside it by its rows and, in a row, tabs. */
function textOf(content: RawCell["content"]): string {
  if (typeof content === "string") return content;
  return content
    .map((item) =>
      isTable(item)
        ? item.rows.map((row) => row.cells.map((cell) => textOf(cell.content)).join("\t")).join("\n")
        : item,
    )
    .join("\n")
    .trim();
}

interface Weight {
  /** Filled cells of the table itself. */
  readonly own: number;
  /** Filled cells of tables inside it. */
  readonly inner: number;
}

function weigh(table: RawTable): Weight {
  let own = 0;
  let inner = 0;
  for (const row of table.rows)
    for (const cell of row.cells) {
      if (typeof cell.content === "string") {
        if (cell.content !== "") own += 1;
        continue;
      }
      let filled = false;
      for (const item of cell.content)
        if (isTable(item)) {
          const weight = weigh(item);
          inner += weight.own + weight.inner;
        } else if (!filled && item.trim() !== "") filled = true;
      if (filled) own += 1;
    }
  return { own, inner };
}

const LAID_OUT: RawRow = { before: 0, cells: [] };

/** A cell whose spans may still grow or be clipped. */
type Placed = { -readonly [Key in keyof Cell]: Cell[Key] };

/** Lays out the tables of one file, numbering them in reading order, and notes what it had to decide. */
export class TableLayout {
  readonly notes: Note[] = [];
  private number = 0;
  private readonly budget: Budget;

  constructor(budget: Budget) {
    this.budget = budget;
  }

  /** Number the next table will have. */
  get next(): number {
    return this.number + 1;
  }

  /**
   * A table as blocks. Where the tables inside it hold more than itself it is page layout: its cells become text and
   * tables of their own. Otherwise one table, and a table inside a cell is text of that cell.
   */
  blocksOf(table: RawTable): Block[] {
    this.number += 1;
    const number = this.number;
    const { own, inner } = weigh(table);
    if (inner <= own) return table.rows.length === 0 ? [] : [this.tableOf(table, number)];
    const blocks: Block[] = [];
    table.rows.forEach((row, index) => {
      row.cells.forEach((cell, column) => {
        for (const item of typeof cell.content === "string" ? [cell.content] : cell.content)
          if (isTable(item)) for (const block of this.blocksOf(item)) blocks.push(block);
          else if (item.trim() !== "")
            blocks.push({
              kind: "text",
              text: item.trim(),
              at: { table: number, row: index + 1, column: column + 1 },
            });
      });
    });
    return blocks;
  }

  private tableOf(table: RawTable, number: number): Table {
    const placed: Placed[][] = [];
    // For each column: the row (from 1) up to which a cell from above covers it, and that cell for Word's merges.
    const until = new Int32Array(LIMITS.columns + 2);
    const above: (Placed | undefined)[] = [];
    const rowCount = table.rows.length;
    let width = 1;
    let starts = 1;
    let tooWide = false;
    let overlaps: { row: number; column: number } | null = null;
    let hidden: { row: number; column: number } | null = null;

    table.rows.forEach((raw, index) => {
      const row = index + 1;
      table.rows[index] = LAID_OUT;
      this.budget.row();
      this.budget.cell(raw.cells.length);
      const line: Placed[] = [];
      let column = 1 + Math.max(0, Math.min(raw.before, LIMITS.columns));
      for (let k = 1; k < column; k += 1) above[k] = undefined;
      for (const cell of raw.cells) {
        while (column <= LIMITS.columns && (until[column] as number) >= row) column += 1;
        if (column > LIMITS.columns) {
          tooWide = true;
          break;
        }
        const columnSpan = Math.max(1, Math.min(cell.columnSpan, LIMITS.columns - column + 1));
        if (cell.merge === "continue") {
          const anchor = above[column];
          if (anchor?.column === column) {
            anchor.rowSpan = row - anchor.row + 1;
            const text = textOf(cell.content);
            if (text !== "" && hidden === null) hidden = { row, column };
            column += columnSpan;
            continue;
          }
        }
        const rowSpan =
          cell.rowSpan === 0 ? rowCount - index : Math.max(1, Math.min(cell.rowSpan, rowCount - index));
        let text = textOf(cell.content);
        if (text.length > LIMITS.cellCharacters) {
          text = text.slice(0, LIMITS.cellCharacters);
          this.notes.push({
            level: "lost",
            code: "cell-cut",
            says: `单元格文字超过 ${LIMITS.cellCharacters} 字，只保留了前面的部分`,
            place: null,
            at: { table: number, row, column },
          });
        }
        const entry: Placed = { row, column, rowSpan, columnSpan, text, at: { table: number, row, column } };
        line.push(entry);
        if (rowSpan > 1)
          for (let k = column; k < column + columnSpan; k += 1) {
            if ((until[k] as number) >= row && overlaps === null) overlaps = { row, column };
            until[k] = Math.max(until[k] as number, row + rowSpan - 1);
          }
        above[column] = cell.merge === null ? undefined : entry;
        for (let k = column + 1; k < column + columnSpan; k += 1) above[k] = undefined;
        starts = Math.max(starts, column);
        if (columnSpan <= ORDINARY_SPAN) width = Math.max(width, column + columnSpan - 1);
        column += columnSpan;
      }
      for (let k = column; k < above.length; k += 1) above[k] = undefined;
      placed.push(line);
    });

    const columnCount = Math.max(width, starts);
    this.note(
      tooWide,
      "lost",
      "columns-cut",
      `表格超过 ${LIMITS.columns} 列，多出的部分没有读取`,
      number,
      null,
    );
    this.note(
      overlaps !== null,
      "guessed",
      "overlapping-cells",
      "合并单元格互相重叠，按先出现的为准排列",
      number,
      overlaps,
    );
    this.note(
      hidden !== null,
      "normalised",
      "hidden-in-merge",
      "合并单元格被盖住的部分另有文字，文档中不显示，未读取",
      number,
      hidden,
    );
    for (const line of placed)
      for (const cell of line) cell.columnSpan = Math.min(cell.columnSpan, columnCount - cell.column + 1);
    return { kind: "table", number, sheet: null, shape: "exact", rowCount, columnCount, rows: placed };
  }

  private note(
    when: boolean,
    level: Note["level"],
    code: string,
    says: string,
    table: number,
    at: { row: number; column: number } | null,
  ): void {
    if (when)
      this.notes.push({
        level,
        code,
        says,
        place: null,
        at: { table, row: at?.row ?? 1, column: at?.column ?? 1 },
      });
  }
}
