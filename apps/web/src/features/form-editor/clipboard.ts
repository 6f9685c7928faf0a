import type { Form } from "@jiheng/domain";
import type { Edit } from "@jiheng/workflow";
import type { Block } from "../../ui/block-of-text.ts";
import { newRow } from "./row-edits.ts";
import type { SheetView, Spot, Typed } from "./sheet-view.ts";

/** The first table of what Word, WPS or a browser puts on the clipboard, with a merged cell's text at its first place; null where there is none. */
export function blockOfHtml(html: string): Block | null {
  // A document made this way runs nothing and loads nothing.
  const table = new DOMParser().parseFromString(html, "text/html").querySelector("table");
  if (!table) return null;
  const rows: string[][] = [];
  const covered: number[] = [];
  for (const line of table.rows) {
    const cells: string[] = [];
    const skip = () => {
      while ((covered[cells.length] ?? 0) > 0) {
        covered[cells.length] = (covered[cells.length] ?? 0) - 1;
        cells.push("");
      }
    };
    for (const cell of line.cells) {
      skip();
      for (let span = 0; span < Math.max(1, Math.min(cell.colSpan, 100)); span++) {
        covered[cells.length] = Math.max(0, cell.rowSpan - 1);
        cells.push(span === 0 ? textIn(cell) : "");
      }
    }
    skip();
    rows.push(cells);
  }
  return rows.length === 0 ? null : rows;
}

function textIn(cell: HTMLElement): string {
  for (const line of cell.querySelectorAll("br")) line.replaceWith("\n");
  return (cell.textContent ?? "")
    .replace(/[^\S\n\u3000]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .trim();
}

/** What pasting does, and what found no place: never dropped in silence. */
export interface Placed {
  readonly rows: readonly Edit[];
  readonly typed: readonly Typed[];
  readonly left: readonly string[];
}

const ROW = /^indicators\[([^\]]+)\]\.(.+)$/;

/**
 * Lays a block over the cells from `start` on. Columns go by the columns of the sheet, so that a level printed once for several rows
 * takes its first text. Below the last indicator further rows are made; `makeId` names them.
 */
export function placeBlock(
  form: Form,
  view: SheetView,
  start: string,
  block: Block,
  makeId: () => string,
): Placed {
  const from = view.spotOf.get(start);
  if (!from) return { rows: [], typed: [], left: block.flat().filter(Boolean) };
  const isRow = ROW.test(start);
  const below = view.spots.filter((spot) => spot.row >= from.row && ROW.test(spot.address) === isRow);
  const lines = [...new Set(below.map(({ row }) => row))];
  // Other parts of the form, further down, have columns of their own.
  const reached = new Set(lines.slice(0, block.length));
  const columns = [
    ...new Set(
      below
        .filter(({ row, column }) => reached.has(row) && column >= from.column)
        .map(({ column }) => column),
    ),
  ].toSorted((a, b) => a - b);
  const at = new Map(below.map((spot): [string, Spot] => [`${spot.row} ${spot.column}`, spot]));
  const typed: Typed[] = [];
  const left: string[] = [];
  const rows: Edit[] = [];
  let last = form.indicators.at(-1)?.id ?? null;
  const fields = fieldsOf(below, columns);
  block.forEach((cells, down) => {
    const line = lines[down];
    let made: string | null = null;
    if (line === undefined && isRow && cells.some((text) => text !== "")) {
      const insertion = newRow(form, last, makeId());
      made = insertion.row;
      rows.push(insertion);
      last = made;
    }
    cells.forEach((text, right) => {
      const column = columns[right];
      if (line !== undefined && column !== undefined) {
        const spot = at.get(`${line} ${column}`);
        if (spot) typed.push({ at: spot.address, text });
        else if (text !== "" && !isCovered(view, line, column, text)) left.push(text);
      } else if (made !== null && column !== undefined && fields.has(column)) {
        if (text !== "") typed.push({ at: `indicators[${made}].${fields.get(column)}`, text });
      } else if (text !== "") left.push(text);
    });
  });
  return { rows, typed, left };
}

/** Which field of a row each column of the sheet holds. */
function fieldsOf(spots: readonly Spot[], columns: readonly number[]): ReadonlyMap<number, string> {
  const fields = new Map<number, string>();
  for (const { column, address } of spots) {
    const field = ROW.exec(address)?.[2];
    if (field !== undefined && columns.includes(column) && !fields.has(column)) fields.set(column, field);
  }
  return fields;
}

/** A merged cell above says the same already: copied tables repeat it. */
function isCovered(view: SheetView, line: number, column: number, text: string): boolean {
  const above = view.spots.filter((spot) => spot.column === column && spot.row < line).at(-1);
  return above?.text.replace(/\s/g, "") === text.replace(/\s/g, "");
}

/** A block as spreadsheets take it: text with tabs, quoted where it must be. */
export function textOfBlock(block: Block): string {
  return block
    .map((cells) =>
      cells.map((text) => (/["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join("\t"),
    )
    .join("\n");
}
