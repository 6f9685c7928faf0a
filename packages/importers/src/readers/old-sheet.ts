import { read, type WorkBook } from "@e965/xlsx";
import type { Note } from "@jiheng/domain";
import type { Block, Grid } from "../grid.ts";
import { Budget } from "./cells.ts";
import { LIMITS } from "./limits.ts";
import { RefusedError } from "./refusals.ts";
import { plainNumber, SheetBuilder } from "./sheet.ts";
import { isDate } from "./xlsx.ts";

const RESAVE = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再读";

/** Rows of a sheet the library is let to build; BIFF8 ends at 65,536. */
const ROWS = 65_536;

function open(source: Uint8Array | string): WorkBook {
  const options = {
    dense: true,
    cellHTML: false,
    cellStyles: true,
    cellNF: true,
    dateNF: "yyyy/m/d",
    sheetRows: ROWS,
  } as const;
  // The library reports odd records of damaged files on the console; what is wrong is said by the refusal instead.
  const { error: report } = console;
  console.error = () => {};
  try {
    return typeof source === "string"
      ? read(source, { ...options, type: "string" })
      : read(source, { ...options, type: "array" });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/password|encrypt/i.test(reason))
      throw new RefusedError(
        "encrypted",
        "工作簿设有打开密码，无法读取",
        "请在 Excel 或 WPS 中取消密码，保存后再读",
      );
    throw new RefusedError("damaged-xls", "旧版工作簿已损坏或不完整，无法读取", RESAVE);
  } finally {
    console.error = report;
  }
}

/** Sheets of an older workbook (xls, et, XML table, xlsb), one table each, as `readXlsx` gives them. */
export function readOldSheet(source: Uint8Array | string): Grid {
  if (source.length > LIMITS.binarySheetBytes)
    throw new RefusedError(
      "too-large",
      `旧版工作簿超过 ${LIMITS.binarySheetBytes / 1024 / 1024} MB 的上限`,
      "请确认这是自评表；如是汇编，请分拆后再读",
    );
  const book = open(source);
  const budget = new Budget("旧版工作簿");
  const blocks: Block[] = [];
  const notes: Note[] = [];
  book.SheetNames.forEach((name, index) => {
    const stored = book.Sheets[name];
    if (!stored) return;
    const sheet = new SheetBuilder(name, budget);
    const data = (stored as { "!data"?: unknown })["!data"];
    const rows: readonly unknown[] = Array.isArray(data) ? data : Array.isArray(stored) ? stored : [];
    for (const key of Object.keys(rows)) {
      const row = Number(key) + 1;
      const line = rows[Number(key)];
      if (!Array.isArray(line)) continue;
      for (const position of Object.keys(line)) {
        const column = Number(position) + 1;
        const cell = line[Number(position)] as
          | { t?: string; v?: unknown; w?: string; f?: string; z?: unknown }
          | null
          | undefined;
        if (!cell || !Number.isInteger(column)) continue;
        const formula = cell.f !== undefined && cell.f !== null;
        if (cell.t === "z" && !formula) continue;
        const date = (typeof cell.z === "string" || typeof cell.z === "number") && isDate(cell.z);
        const number = cell.t === "n" && typeof cell.v === "number" && !date ? plainNumber(cell.v) : null;
        const text = cell.w ?? (cell.v === undefined || cell.v === null ? "" : String(cell.v));
        if (cell.t === "e")
          sheet.noteCell("lost", "error-value", `单元格是错误值 ${text}，没有数值`, row, column);
        sheet.add({
          row,
          column,
          text: text.replace(/\r\n?/g, "\n"),
          ...(number === null ? {} : { number }),
          ...(formula ? { formula: true } : {}),
        });
      }
    }
    for (const area of stored["!merges"] ?? [])
      sheet.merge({ top: area.s.r + 1, left: area.s.c + 1, bottom: area.e.r + 1, right: area.e.c + 1 });
    (stored["!rows"] ?? []).forEach((row, at) => {
      if (row?.hidden) sheet.hideRow(at + 1);
    });
    (stored["!cols"] ?? []).forEach((column, at) => {
      if (column?.hidden) sheet.hideColumns(at + 1, at + 1);
    });
    const table = sheet.build(blocks.length + 1);
    if (!table) return;
    if (book.Workbook?.Sheets?.[index]?.Hidden)
      sheet.note("guessed", "hidden-sheet", `工作表“${name}”是隐藏的，已一并读取`);
    blocks.push(table);
    for (const note of sheet.notes) notes.push(note);
  });
  return { blocks, notes };
}
