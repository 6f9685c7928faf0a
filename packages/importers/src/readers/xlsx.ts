import type { Note } from "@jiheng/domain";
import type { Block, Grid } from "../grid.ts";
import type { Archive } from "./archive.ts";
import { Budget } from "./cells.ts";
import { LIMITS } from "./limits.ts";
import { isDate, shown } from "./number-format.ts";
import { detached } from "./raw-table.ts";
import { RefusedError, tooLarge } from "./refusals.ts";
import { type Area, parseReference, plainNumber, SheetBuilder } from "./sheet.ts";
import { symbolFont, symbolText } from "./symbols.ts";
import { parsePart } from "./xml-part.ts";
import type { Tag } from "./xml-scan.ts";

const RESAVE = "请用 Excel 或 WPS 打开后另存一份再读";
const isTrue = (value: string | undefined): boolean => value === "1" || value === "true";

interface Styles {
  /** Number format of each cell style: a built-in id or a format code. */
  readonly formats: readonly (number | string)[];
  /** Symbol font of each cell style, or null. */
  readonly fonts: readonly (string | null)[];
}

function readStyles(archive: Archive, part: string): Styles {
  const codes = new Map<number, string>();
  const fontNames: (string | null)[] = [];
  const formats: (number | string)[] = [];
  const fonts: (string | null)[] = [];
  let inFonts = false;
  let inStyles = false;
  parsePart(archive, part, {
    open: (name, tag) => {
      if (name === "numFmt") codes.set(Number(tag.get("numFmtId")), tag.get("formatCode") ?? "General");
      else if (name === "fonts") inFonts = true;
      else if (name === "cellXfs") inStyles = true;
      else if (inFonts && name === "font") fontNames.push(null);
      else if (inFonts && name === "name") fontNames[fontNames.length - 1] = symbolFont(tag.get("val"));
      else if (inStyles && name === "xf") {
        const id = Number(tag.get("numFmtId") ?? "0");
        formats.push(codes.get(id) ?? (Number.isInteger(id) ? id : 0));
        fonts.push(fontNames[Number(tag.get("fontId") ?? "0")] ?? null);
      }
    },
    close: (name) => {
      if (name === "fonts") inFonts = false;
      else if (name === "cellXfs") inStyles = false;
    },
  });
  return { formats, fonts };
}

/** Excel writes characters XML forbids, and line ends, as _x000D_. */
function unescaped(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** Collects the text of rich or plain strings; phonetic hints are left out. */
class StringCollector {
  text = "";
  /** Runs in a symbol font were put into ordinary characters; the font of the cell does not count then. */
  rich = false;
  private font: string | null = null;
  private inText = false;
  private phonetic = 0;

  reset(): void {
    this.text = "";
    this.rich = false;
    this.font = null;
  }

  open(name: string, tag: Tag): void {
    if (name === "t") this.inText = this.phonetic === 0;
    else if (name === "r") this.font = null;
    else if (name === "rFont") {
      this.font = symbolFont(tag.get("val"));
      this.rich = true;
    } else if (name === "rPh") this.phonetic += 1;
  }

  close(name: string): void {
    if (name === "t") this.inText = false;
    else if (name === "rPh") this.phonetic -= 1;
  }

  characters(text: string): void {
    if (this.inText) this.text += this.font === null ? text : symbolText(text, this.font);
  }

  take(): string {
    return detached(unescaped(this.text).replace(/\r\n?/g, "\n"));
  }
}

interface SharedString {
  readonly text: string;
  readonly rich: boolean;
}

function readStrings(archive: Archive, part: string): SharedString[] {
  const strings: SharedString[] = [];
  const collector = new StringCollector();
  parsePart(archive, part, {
    open: (name, tag) => {
      if (name === "si") collector.reset();
      else collector.open(name, tag);
    },
    close: (name) => {
      if (name === "si") {
        if (strings.length >= LIMITS.cells) throw tooLarge("Excel 工作簿的文字表");
        strings.push({ text: collector.take(), rich: collector.rich });
      } else collector.close(name);
    },
    text: (text) => collector.characters(text),
  });
  return strings;
}

function parseArea(reference: string): Area | null {
  const [from = "", to = from] = reference.split(":");
  const a = parseReference(from);
  const b = parseReference(to);
  if (!a || !b) return null;
  return {
    top: Math.min(a.row, b.row),
    left: Math.min(a.column, b.column),
    bottom: Math.max(a.row, b.row),
    right: Math.max(a.column, b.column),
  };
}

interface Book {
  readonly strings: readonly SharedString[];
  readonly styles: Styles;
  readonly date1904: boolean;
}

function readSheet(archive: Archive, part: string, sheet: SheetBuilder, book: Book): void {
  const { strings, styles, date1904 } = book;
  const inline = new StringCollector();
  let row = 0;
  let column = 0;
  let type = "n";
  let style = 0;
  let value: string | null = null;
  let formula = false;
  let inCell = false;
  let inValue = false;
  let inInline = false;

  const finishCell = (): void => {
    inCell = false;
    const flag = formula ? { formula: true } : {};
    const font = styles.fonts[style] ?? null;
    if (type === "inlineStr") {
      const text = inline.take();
      if (text !== "") sheet.add({ row, column, text: inline.rich ? text : symbolText(text, font), ...flag });
      else sheet.add({ row, column, text: "", ...flag });
      return;
    }
    if (value === null || value === "") {
      if (formula && type !== "str")
        sheet.noteCell(
          "lost",
          "formula-without-result",
          "单元格是公式，文件中没有保存计算结果；请在 Excel 中打开并保存后再读",
          row,
          column,
        );
      sheet.add({ row, column, text: "", ...flag });
      return;
    }
    if (type === "s") {
      const string = strings[Number(value)];
      if (string === undefined)
        sheet.noteCell(
          "lost",
          "missing-string",
          "单元格引用的文字在文件中不存在，文件可能已损坏",
          row,
          column,
        );
      sheet.add({
        row,
        column,
        text: string ? (string.rich ? string.text : symbolText(string.text, font)) : "",
        ...flag,
      });
      return;
    }
    if (type === "str" || type === "e" || type === "d") {
      const text = type === "d" ? value.replace("T", " ") : unescaped(value).replace(/\r\n?/g, "\n");
      if (type === "e")
        sheet.noteCell("lost", "error-value", `单元格是错误值 ${text}，没有数值`, row, column);
      sheet.add({ row, column, text, ...flag });
      return;
    }
    if (type === "b") {
      sheet.add({ row, column, text: isTrue(value.trim()) ? "TRUE" : "FALSE", ...flag });
      return;
    }
    const number = plainNumber(value);
    if (number === null) {
      sheet.noteCell("lost", "bad-number", `单元格标为数字，存的却是“${value.slice(0, 20)}”`, row, column);
      sheet.add({ row, column, text: value, ...flag });
      return;
    }
    const format = styles.formats[style] ?? 0;
    const text = shown(Number(value), format, date1904);
    // The days since 1900 behind a date are no figure of the form.
    sheet.add(isDate(format) ? { row, column, text, ...flag } : { row, column, text, number, ...flag });
  };

  const sound = parsePart(archive, part, {
    open: (name, tag) => {
      switch (name) {
        case "row": {
          const stated = Number(tag.get("r"));
          row = Number.isInteger(stated) && stated > 0 && stated <= 1_048_576 ? stated : row + 1;
          column = 0;
          if (isTrue(tag.get("hidden"))) sheet.hideRow(row);
          return;
        }
        case "c": {
          const at = parseReference(tag.get("r") ?? "");
          if (at) row = at.row;
          column = at ? at.column : column + 1;
          type = tag.get("t") ?? "n";
          style = Number(tag.get("s") ?? "0");
          value = null;
          formula = false;
          inCell = true;
          if (type === "inlineStr") inline.reset();
          return;
        }
        case "v":
          inValue = inCell;
          return;
        case "f":
          if (inCell) formula = true;
          return;
        case "is":
          inInline = inCell;
          return;
        case "mergeCell": {
          const area = parseArea(tag.get("ref") ?? "");
          if (area) sheet.merge(area);
          return;
        }
        case "col":
          if (isTrue(tag.get("hidden")))
            sheet.hideColumns(Number(tag.get("min") ?? "1"), Number(tag.get("max") ?? "1"));
          return;
        default:
          if (inInline) inline.open(name, tag);
      }
    },
    close: (name) => {
      if (name === "c") {
        if (inCell) finishCell();
      } else if (name === "v") inValue = false;
      else if (name === "is") inInline = false;
      else if (inInline) inline.close(name);
    },
    text: (text) => {
      if (inValue) value = (value ?? "") + text;
      else if (inInline) inline.characters(text);
    },
  });
  if (!sound) sheet.note("lost", "malformed-markup", `${part} 的标记不合规范，内容可能不全`);
}

interface SheetEntry {
  readonly name: string;
  readonly part: string;
  readonly hidden: boolean;
}

/** Path of a target relative to the folder of the part that names it. */
function resolvePath(base: string, target: string): string {
  if (target.startsWith("/")) return target.slice(1);
  const parts = base.split("/").slice(0, -1);
  for (const each of target.split("/"))
    if (each === "..") parts.pop();
    else if (each !== ".") parts.push(each);
  return parts.join("/");
}

interface Relation {
  readonly type: string;
  readonly part: string;
}

function relationsOf(archive: Archive, part: string): Map<string, Relation> {
  const slash = part.lastIndexOf("/") + 1;
  const rels = `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
  const relations = new Map<string, Relation>();
  if (!archive.has(rels)) return relations;
  parsePart(archive, rels, {
    open: (name, tag) => {
      if (name !== "Relationship" || tag.get("TargetMode") === "External") return;
      const type = tag.get("Type") ?? "";
      relations.set(tag.get("Id") ?? "", {
        type: type.slice(type.lastIndexOf("/") + 1),
        part: resolvePath(part, tag.get("Target") ?? ""),
      });
    },
    close: () => {},
  });
  return relations;
}

function mainPart(archive: Archive): string {
  if (archive.has("xl/workbook.xml")) return "xl/workbook.xml";
  for (const relation of relationsOf(archive, "").values())
    if (relation.type === "officeDocument" && archive.has(relation.part)) return relation.part;
  throw new RefusedError("damaged-xlsx", "Excel 文件里缺少工作簿（xl/workbook.xml）", RESAVE);
}

/** True where an archive is an Excel workbook in markup (xlsx, xlsm). */
export function isXlsx(archive: Archive): boolean {
  if (archive.has("xl/workbook.xml")) return true;
  for (const name of archive.names) if (/^xl\/workbook\d*\.xml$/.test(name)) return true;
  return false;
}

/**
 * The sheets of a workbook, one table each, cut to what is used. Text is as displayed; `number` is the stored number; a
 * formula gives its stored result and is never evaluated. Hidden sheets, rows and columns are read and noted.
 */
export function readXlsx(archive: Archive): Grid {
  const part = mainPart(archive);
  const relations = relationsOf(archive, part);
  const sheets: SheetEntry[] = [];
  const notes: Note[] = [];
  let date1904 = false;
  parsePart(archive, part, {
    open: (name, tag) => {
      if (name === "workbookPr") date1904 = isTrue(tag.get("date1904"));
      else if (name === "sheet") {
        const relation = relations.get(tag.get("id") ?? "");
        const state = tag.get("state") ?? "visible";
        if (relation?.type === "worksheet" && archive.has(relation.part))
          sheets.push({
            name: tag.get("name") ?? `Sheet${sheets.length + 1}`,
            part: relation.part,
            hidden: state !== "visible",
          });
      }
    },
    close: () => {},
  });
  const related = (type: string): string | null => {
    for (const relation of relations.values())
      if (relation.type === type && archive.has(relation.part)) return relation.part;
    return null;
  };
  if (sheets.length === 0) throw new RefusedError("no-sheet", "Excel 文件里没有可读的工作表", RESAVE);
  const stringsPart = related("sharedStrings");
  const stylesPart = related("styles");
  const book: Book = {
    strings: stringsPart === null ? [] : readStrings(archive, stringsPart),
    styles: stylesPart === null ? { formats: [], fonts: [] } : readStyles(archive, stylesPart),
    date1904,
  };
  const budget = new Budget("Excel 工作簿");
  const blocks: Block[] = [];
  for (const each of sheets) {
    const sheet = new SheetBuilder(each.name, budget);
    readSheet(archive, each.part, sheet, book);
    const table = sheet.build(blocks.length + 1);
    if (table && each.hidden)
      sheet.note("guessed", "hidden-sheet", `工作表“${each.name}”是隐藏的，已一并读取`);
    for (const note of sheet.notes) notes.push(note);
    if (table) blocks.push(table);
  }
  return { blocks, notes };
}
