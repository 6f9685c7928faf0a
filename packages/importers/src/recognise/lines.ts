import type { Origin } from "@jiheng/domain";
import { plainText } from "../forms/plain-text.ts";
import type { Block, Cell, Table, TextBlock } from "../grid.ts";

/** A cell as one row of a form sees it: its own, or one that reaches down from a row above. */
export interface Slot {
  /** Text without leaked markup. */
  readonly text: string;
  readonly raw: string;
  /** First and last column it covers, from 1. */
  readonly column: number;
  readonly end: number;
  /** False where the cell begins in a row above. */
  readonly own: boolean;
  readonly number: string | null;
  readonly leaked: boolean;
  readonly at: Origin;
}

/** One row of a table, or one line of text between tables, in reading order. */
export interface Line {
  readonly table: Table | null;
  readonly block: Block;
  /** Cells in column order; empty ones are present. */
  readonly slots: readonly Slot[];
  /** Cells that begin in this row and hold text. */
  readonly filled: readonly Slot[];
}

/** Cells that reach down are kept only up to this many, so that a hostile table costs no more than its cells. */
const CARRIED_LIMIT = 64;

function textLines(block: TextBlock): Line[] {
  const { text, leaked } = plainText(block.text);
  const lines: Line[] = [];
  for (const part of text.split("\n")) {
    const trimmed = part.trim();
    if (trimmed === "") continue;
    const slot: Slot = {
      text: trimmed,
      raw: trimmed,
      column: 1,
      end: 1,
      own: true,
      number: null,
      leaked,
      at: block.at,
    };
    lines.push({ table: null, block, slots: [slot], filled: [slot] });
  }
  return lines;
}

function ownSlot(cell: Cell): Slot {
  const { text, leaked } = plainText(cell.text);
  const column = cell.column;
  return {
    text,
    raw: cell.text,
    column,
    end: column + Math.max(1, cell.columnSpan) - 1,
    own: true,
    number: cell.number ?? null,
    leaked,
    at: cell.at,
  };
}

function tableLines(table: Table): Line[] {
  const lines: Line[] = [];
  let carried: { slot: Slot; until: number }[] = [];
  let row = 0;
  for (const cells of table.rows) {
    row += 1;
    carried = carried.filter((entry) => entry.until >= row);
    const own: Slot[] = [];
    const fresh: { slot: Slot; until: number }[] = [];
    for (const cell of cells) {
      const slot = ownSlot(cell);
      own.push(slot);
      if (cell.rowSpan > 1 && slot.text !== "")
        fresh.push({ slot: { ...slot, own: false }, until: row + cell.rowSpan - 1 });
    }
    const slots = carried.length === 0 ? own : merged(own, carried);
    lines.push({ table, block: table, slots, filled: own.filter((slot) => slot.text !== "") });
    for (const entry of fresh) if (carried.length < CARRIED_LIMIT) carried.push(entry);
  }
  return lines;
}

function merged(own: readonly Slot[], carried: readonly { slot: Slot }[]): Slot[] {
  const taken = new Set(own.filter((slot) => slot.text !== "").map((slot) => slot.column));
  const slots = [...own, ...carried.map((entry) => entry.slot).filter((slot) => !taken.has(slot.column))];
  return slots.sort((a, b) => a.column - b.column || Number(b.own) - Number(a.own));
}

/** The blocks of a file as one stream of rows and lines of text. */
export function linesOf(blocks: readonly Block[]): Line[] {
  const lines: Line[] = [];
  for (const block of blocks) {
    const more = block.kind === "text" ? textLines(block) : tableLines(block);
    for (const line of more) lines.push(line);
  }
  return lines;
}
