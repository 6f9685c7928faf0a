import type { Note } from "@jiheng/domain";
import type { Block, Grid } from "../grid.ts";
import type { Archive } from "./archive.ts";
import { Budget } from "./cells.ts";
import { LIMITS } from "./limits.ts";
import { plainNumber, SheetBuilder, type StoredCell } from "./sheet.ts";
import { parsePart } from "./xml-part.ts";

const CONTENT = "content.xml";

/** True where an archive is an OpenDocument spreadsheet. */
export function isOds(archive: Archive): boolean {
  if (!archive.has(CONTENT) || !archive.has("mimetype")) return false;
  return new TextDecoder()
    .decode(archive.read("mimetype"))
    .startsWith("application/vnd.oasis.opendocument.spreadsheet");
}

function times(value: string | undefined): number {
  const number = Number(value ?? "1");
  return Number.isInteger(number) && number > 0 ? number : 1;
}

/** The sheets of an OpenDocument spreadsheet, one table each; the file itself holds the text as displayed. */
export function readOds(archive: Archive): Grid {
  const budget = new Budget("ODS 表格");
  const blocks: Block[] = [];
  const notes: Note[] = [];
  const hiddenStyles = new Set<string>();
  let styleName = "";
  let sheet: SheetBuilder | null = null;
  let sheetName = "";
  let sheetHidden = false;
  let inner = 0;
  let row = 0;
  let column = 0;
  let rowTimes = 1;
  let rowCells: StoredCell[] = [];
  let cell: {
    text: string[];
    number: string | null;
    formula: boolean;
    times: number;
    covered: boolean;
  } | null = null;
  let paragraph: string | null = null;
  let skip = 0;

  const endRow = (): void => {
    if (!sheet) return;
    if (rowCells.some((each) => each.text !== "" || each.formula))
      for (let k = 0; k < rowTimes; k += 1)
        for (const each of rowCells) sheet.add(k === 0 ? each : { ...each, row: each.row + k });
    row += rowTimes - 1;
    rowCells = [];
  };

  const endCell = (): void => {
    if (!cell || !sheet) return;
    const text = cell.text.join("\n");
    const filled = text.trim() !== "" || cell.formula;
    // An empty cell only moves on: styled ones are repeated to the end of the sheet.
    if (filled)
      for (let k = 0; k < Math.min(cell.times, LIMITS.columns); k += 1)
        rowCells.push({
          row,
          column: column + k,
          text,
          ...(cell.number === null ? {} : { number: cell.number }),
          ...(cell.formula ? { formula: true } : {}),
        });
    column += cell.times - 1;
    cell = null;
  };

  const sound = parsePart(archive, CONTENT, {
    open: (name, tag) => {
      if (skip > 0) {
        skip += 1;
        return;
      }
      switch (name) {
        case "style":
          styleName = tag.get("name") ?? "";
          return;
        case "table-properties":
          if (tag.get("display") === "false") hiddenStyles.add(styleName);
          return;
        case "table":
          if (sheet) {
            inner += 1;
            return;
          }
          sheetName = tag.get("name") ?? `Sheet${blocks.length + 1}`;
          sheet = new SheetBuilder(sheetName, budget);
          sheetHidden = hiddenStyles.has(tag.get("style-name") ?? "");
          row = 0;
          return;
        case "table-column": {
          // Columns come before the rows; only hidden ones matter here.
          const repeat = times(tag.get("number-columns-repeated"));
          if (row === 0 && sheet && /^(?:collapse|filter)$/.test(tag.get("visibility") ?? ""))
            sheet.hideColumns(column + 1, column + repeat);
          if (row === 0) column += repeat;
          return;
        }
        case "table-row":
          if (!sheet || inner > 0) return;
          row += 1;
          column = 0;
          rowTimes = times(tag.get("number-rows-repeated"));
          if (/^(?:collapse|filter)$/.test(tag.get("visibility") ?? "")) sheet.hideRow(row);
          return;
        case "table-cell":
        case "covered-table-cell": {
          if (!sheet || inner > 0) return;
          column += 1;
          const value = tag.get("value");
          cell = {
            text: [],
            number: value === undefined ? null : plainNumber(value),
            formula: tag.get("formula") !== undefined,
            times: times(tag.get("number-columns-repeated")),
            covered: name === "covered-table-cell",
          };
          const right = times(tag.get("number-columns-spanned"));
          const down = times(tag.get("number-rows-spanned"));
          if (right > 1 || down > 1)
            sheet.merge({ top: row, left: column, bottom: row + down - 1, right: column + right - 1 });
          return;
        }
        case "p":
          if (cell) paragraph = "";
          return;
        case "s":
          if (paragraph !== null) paragraph += " ".repeat(Math.min(1_000, times(tag.get("c"))));
          return;
        case "tab":
          if (paragraph !== null) paragraph += "\t";
          return;
        case "line-break":
          if (paragraph !== null) paragraph += "\n";
          return;
        case "annotation":
        case "shapes":
        case "tracked-changes":
          skip = 1;
          return;
        default:
      }
    },
    close: (name) => {
      if (skip > 0) {
        skip -= 1;
        return;
      }
      switch (name) {
        case "p":
          if (cell && paragraph !== null) cell.text.push(paragraph);
          paragraph = null;
          return;
        case "table-cell":
        case "covered-table-cell":
          if (inner === 0) endCell();
          return;
        case "table-row":
          if (inner === 0) endRow();
          return;
        case "table": {
          if (inner > 0) {
            inner -= 1;
            return;
          }
          const table = sheet?.build(blocks.length + 1);
          if (sheet && table) {
            if (sheetHidden)
              sheet.note("guessed", "hidden-sheet", `工作表“${sheetName}”是隐藏的，已一并读取`);
            blocks.push(table);
            for (const note of sheet.notes) notes.push(note);
          }
          sheet = null;
          column = 0;
          return;
        }
        default:
      }
    },
    text: (text) => {
      if (paragraph !== null && skip === 0) paragraph += text.replace(/[\t\r\n ]+/g, " ");
    },
  });
  if (!sound)
    notes.push({
      level: "lost",
      code: "malformed-markup",
      says: `${CONTENT} 的标记不合规范，内容可能不全`,
      place: null,
      at: null,
    });
  return { blocks, notes };
}
