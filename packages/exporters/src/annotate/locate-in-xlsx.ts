import { type MarkupTag, scanMarkup } from "./scan-markup.ts";

/** A cell by its numbers, from 1. */
export interface CellAt {
  readonly row: number;
  readonly column: number;
}

interface Area {
  readonly from: CellAt;
  readonly to: CellAt;
}

/** What must be known of a sheet to put notes on its cells. */
export interface SheetPlaces {
  readonly root: MarkupTag;
  /** Where `<legacyDrawing>` belongs by the schema. */
  readonly drawingAt: number;
  /** Relation id of the drawing the sheet already has for notes and controls. */
  readonly drawing: string | null;
  readonly merged: MergedAreas;
  /** Width of a column and height of a row in pixels, for the box of a note. */
  readonly columnWidth: (column: number) => number;
  readonly rowHeight: (row: number) => number;
}

/** Children of a worksheet that stand behind the place of `legacyDrawing`. */
const BEHIND = new Set([
  "legacyDrawingHF",
  "drawingHF",
  "picture",
  "oleObjects",
  "controls",
  "webPublishItems",
  "tableParts",
  "extLst",
]);

/** "C7" → row 7, column 3; null where it is no reference. */
export function parseRef(ref: string): CellAt | null {
  const match = /^\$?([A-Za-z]{1,3})\$?(\d{1,7})$/.exec(ref);
  if (!match?.[1]) return null;
  let column = 0;
  for (const letter of match[1].toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  const row = Number(match[2]);
  return row >= 1 && row <= 1_048_576 && column <= 16_384 ? { row, column } : null;
}

/** Row 7, column 3 → "C7". */
export function refOf({ row, column }: CellAt): string {
  let letters = "";
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters + row;
}

function isTrue(value: string | undefined): boolean {
  return value === "1" || value === "true";
}

/** Reads of a sheet what its notes need: where the drawing goes, merged areas, widths and heights. */
export function locateInSheet(bytes: Uint8Array, part: string): SheetPlaces {
  let root: MarkupTag | null = null;
  let close = 0;
  let behind: number | null = null;
  let drawing: string | null = null;
  let sheetDataSeen = false;
  let width = 8.43;
  let height = 15;
  const merged: Area[] = [];
  const widths: { from: number; to: number; width: number }[] = [];
  const heights = new Map<number, number>();
  let row = 0;
  scanMarkup(bytes, part, {
    open: (tag) => {
      root ??= tag;
      if (tag.depth === 1) {
        if (tag.local === "sheetData") sheetDataSeen = true;
        if (tag.local === "legacyDrawing") drawing = tag.attribute("id") ?? "";
        else if (
          behind === null &&
          sheetDataSeen &&
          (BEHIND.has(tag.local) || tag.local === "AlternateContent")
        )
          behind = tag.start;
        if (tag.local === "sheetFormatPr") {
          width = Number(tag.attribute("defaultColWidth") ?? width) || width;
          height = Number(tag.attribute("defaultRowHeight") ?? height) || height;
        }
        return;
      }
      if (tag.depth === 2 && tag.local === "col") {
        const hidden = isTrue(tag.attribute("hidden"));
        widths.push({
          from: Number(tag.attribute("min") ?? 1),
          to: Number(tag.attribute("max") ?? 1),
          width: hidden ? 0 : Number(tag.attribute("width") ?? width) || 0,
        });
      } else if (tag.depth === 2 && tag.local === "row") {
        row = Number(tag.attribute("r") ?? row + 1) || row + 1;
        const own = tag.attribute("ht");
        if (isTrue(tag.attribute("hidden"))) heights.set(row, 0);
        else if (own !== undefined) heights.set(row, Number(own) || height);
      } else if (tag.local === "mergeCell") {
        const [from = "", to = from] = (tag.attribute("ref") ?? "").split(":");
        const a = parseRef(from);
        const b = parseRef(to);
        if (a && b) merged.push({ from: a, to: b });
      }
    },
    close: (_, start) => {
      close = start;
    },
  });
  return {
    root: root as unknown as MarkupTag,
    drawingAt: behind ?? close,
    drawing,
    merged: mergedAreas(merged),
    // Seven pixels a digit and five of padding, as the usual font has them.
    columnWidth: (column) => {
      const own = widths.find((each) => column >= each.from && column <= each.to);
      return Math.round((own?.width ?? width) * 7 + 5 * (own?.width === 0 ? 0 : 1));
    },
    rowHeight: (each) => Math.round(((heights.get(each) ?? height) * 4) / 3),
  };
}

/** Merged areas by the row they begin in, and how many rows the tallest has: no cell is sought in all of them. */
interface MergedAreas {
  readonly byRow: ReadonlyMap<number, readonly Area[]>;
  readonly tallest: number;
}

function mergedAreas(areas: readonly Area[]): MergedAreas {
  const byRow = new Map<number, Area[]>();
  let tallest = 0;
  for (const area of areas) {
    const known = byRow.get(area.from.row);
    if (known) known.push(area);
    else byRow.set(area.from.row, [area]);
    tallest = Math.max(tallest, area.to.row - area.from.row);
  }
  return { byRow, tallest };
}

/** The cell that shows for a cell: the upper left one of the merged area it lies in. */
export function shownCell({ merged: { byRow, tallest } }: SheetPlaces, cell: CellAt): CellAt {
  const rows = tallest > byRow.size ? byRow.keys() : rowsUpTo(cell.row, tallest);
  for (const row of rows)
    for (const { from, to } of byRow.get(row) ?? [])
      if (
        cell.row >= from.row &&
        cell.row <= to.row &&
        cell.column >= from.column &&
        cell.column <= to.column
      )
        return from;
  return cell;
}

function* rowsUpTo(row: number, count: number): Generator<number> {
  for (let each = row; each >= Math.max(1, row - count); each -= 1) yield each;
}
