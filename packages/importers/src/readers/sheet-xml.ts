import type { Note } from "@jiheng/domain";
import type { Block, Grid } from "../grid.ts";
import { Budget } from "./cells.ts";
import { LIMITS } from "./limits.ts";
import { isDate, shown } from "./number-format.ts";
import { RefusedError } from "./refusals.ts";
import { plainNumber, SheetBuilder } from "./sheet.ts";
import { XmlScanner } from "./xml-scan.ts";

const RESAVE = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再读";

/** Names of number formats that are not codes themselves. */
const NAMED: Readonly<Record<string, string>> = {
  Percent: "0.00%",
  Fixed: "0.00",
  Standard: "#,##0.00",
  Currency: "#,##0.00",
};

function count(value: string | undefined): number {
  const number = Number(value ?? "0");
  return Number.isInteger(number) && number > 0 ? number : 0;
}

/** The sheets of an XML table (Excel 2003 XML), as some systems export under the name of xls. */
export function readSheetXml(text: string): Grid {
  const budget = new Budget("XML 表格");
  const blocks: Block[] = [];
  const notes: Note[] = [];
  const formats = new Map<string, string>();
  let style = "";
  let sheet: SheetBuilder | null = null;
  let row = 0;
  let column = 0;
  let cell: { type: string; text: string; format: string; formula: boolean; across: number } | null = null;
  let inData = false;

  const endCell = (): void => {
    if (!sheet || !cell) return;
    const { type, format, formula, across } = cell;
    const more = formula ? { formula: true } : {};
    const number = type === "Number" ? plainNumber(cell.text) : null;
    if (type === "Error")
      sheet.noteCell("lost", "error-value", `单元格是错误值 ${cell.text}，没有数值`, row, column);
    if (number === null)
      sheet.add({
        row,
        column,
        text:
          type === "DateTime" ? cell.text.replace(/T00:00:00(?:\.0+)?$/, "").replace("T", " ") : cell.text,
        ...more,
      });
    else {
      const show = shown(Number(number), format, false);
      sheet.add(
        isDate(format) ? { row, column, text: show, ...more } : { row, column, text: show, number, ...more },
      );
    }
    column += across;
    cell = null;
  };

  const scanner = new XmlScanner({
    doctype: () => {
      throw new RefusedError("doctype", "XML 表格含有文档类型声明（DTD），正常的文件没有", RESAVE);
    },
    open: (name, tag) => {
      switch (name) {
        case "Style":
          style = tag.get("ID") ?? "";
          return;
        case "NumberFormat": {
          const format = tag.get("Format") ?? "General";
          formats.set(style, NAMED[format] ?? format);
          return;
        }
        case "Worksheet":
          sheet = new SheetBuilder(tag.get("Name") ?? `Sheet${blocks.length + 1}`, budget);
          row = 0;
          return;
        case "Row":
          row = count(tag.get("Index")) || row + 1;
          column = 0;
          if (row > 1_048_576) throw new RefusedError("damaged-xls", "XML 表格的行号超出范围", RESAVE);
          if (tag.get("Hidden") === "1") sheet?.hideRow(row);
          return;
        case "Cell": {
          column = Math.min(16_384, count(tag.get("Index")) || column + 1);
          const across = Math.min(LIMITS.columns, count(tag.get("MergeAcross")));
          const down = count(tag.get("MergeDown"));
          if (across > 0 || down > 0)
            sheet?.merge({ top: row, left: column, bottom: row + down, right: column + across });
          cell = {
            type: "String",
            text: "",
            format: formats.get(tag.get("StyleID") ?? "") ?? "General",
            formula: tag.get("Formula") !== undefined,
            across,
          };
          return;
        }
        case "Data":
          if (cell) cell.type = tag.get("Type") ?? "String";
          inData = cell !== null;
          return;
        default:
      }
    },
    close: (name) => {
      if (name === "Data") inData = false;
      else if (name === "Cell") endCell();
      else if (name === "Worksheet" && sheet) {
        const table = sheet.build(blocks.length + 1);
        if (table) blocks.push(table);
        for (const note of sheet.notes) notes.push(note);
        sheet = null;
      }
    },
    text: (piece) => {
      if (inData && cell) cell.text += piece;
    },
  });
  scanner.write(text);
  if (!scanner.end())
    notes.push({
      level: "lost",
      code: "malformed-markup",
      says: "XML 表格的标记不合规范，内容可能不全",
      place: null,
      at: null,
    });
  return { blocks, notes };
}
