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

/** Slots of a file that are kept from one look at a line to the next; beyond, they are made anew from the cells. */
const KEPT_SLOTS = 20_000;

interface Slots {
  readonly slots: readonly Slot[];
  readonly filled: readonly Slot[];
}

interface Carried {
  readonly slot: Slot;
  readonly until: number;
}

/** What the lines of one file share: how many slots may still be kept, and the slots of the line looked at last. */
interface Keeper {
  left: number;
  recent: { readonly line: RowLine; readonly slots: Slots } | null;
}

/** One row of a table. A table of 20,000 rows must not stand in memory once as cells and once more as slots. */
class RowLine implements Line {
  readonly table: Table;
  private readonly cells: readonly Cell[];
  private readonly carried: readonly Carried[];
  private readonly keeper: Keeper;
  private kept: Slots | null = null;

  constructor(table: Table, cells: readonly Cell[], carried: readonly Carried[], keeper: Keeper) {
    this.table = table;
    this.cells = cells;
    this.carried = carried;
    this.keeper = keeper;
  }

  get block(): Block {
    return this.table;
  }

  get slots(): readonly Slot[] {
    return this.both().slots;
  }

  get filled(): readonly Slot[] {
    return this.both().filled;
  }

  private both(): Slots {
    if (this.kept) return this.kept;
    if (this.keeper.recent?.line === this) return this.keeper.recent.slots;
    const own = this.cells.map(ownSlot);
    const slots: Slots = {
      slots: this.carried.length === 0 ? own : merged(own, this.carried),
      filled: own.filter((slot) => slot.text !== ""),
    };
    if (this.keeper.left >= own.length) {
      this.keeper.left -= own.length;
      this.kept = slots;
    } else this.keeper.recent = { line: this, slots };
    return slots;
  }
}

function* tableLines(table: Table, keeper: Keeper): Generator<Line> {
  let carried: readonly Carried[] = [];
  let row = 0;
  for (const cells of table.rows) {
    row += 1;
    if (carried.some((entry) => entry.until < row)) carried = carried.filter((entry) => entry.until >= row);
    const line = new RowLine(table, cells, carried, keeper);
    yield line;
    for (const cell of cells) {
      if (cell.rowSpan <= 1 || carried.length >= CARRIED_LIMIT) continue;
      const slot = ownSlot(cell);
      if (slot.text !== "")
        carried = [...carried, { slot: { ...slot, own: false }, until: row + cell.rowSpan - 1 }];
    }
  }
}

function merged(own: readonly Slot[], carried: readonly { slot: Slot }[]): Slot[] {
  const taken = new Set(own.filter((slot) => slot.text !== "").map((slot) => slot.column));
  const slots = [...own, ...carried.map((entry) => entry.slot).filter((slot) => !taken.has(slot.column))];
  return slots.sort((a, b) => a.column - b.column || Number(b.own) - Number(a.own));
}

/** The blocks of a file as one stream of rows and lines of text. */
export function* linesOf(blocks: readonly Block[]): Generator<Line> {
  const keeper: Keeper = { left: KEPT_SLOTS, recent: null };
  for (const block of blocks) {
    if (block.kind === "text") yield* textLines(block);
    else yield* tableLines(block, keeper);
  }
}
