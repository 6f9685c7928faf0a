import type { Note, NoteLevel } from "@jiheng/domain";
import type { Block, Grid } from "../grid.ts";
import type { Archive } from "./archive.ts";
import { Budget } from "./cells.ts";
import { LIMITS } from "./limits.ts";
import { contentOf, detached, type RawCell, type RawItem, type RawRow, TableLayout } from "./raw-table.ts";
import { RefusedError } from "./refusals.ts";
import { symbolCharacter, symbolFont } from "./symbols.ts";
import { readText } from "./text.ts";
import { parsePart } from "./xml-part.ts";
import type { Tag } from "./xml-scan.ts";

const MAIN = "word/document.xml";

/** Content that the page does not show, or shows a second time. */
const LEFT_OUT = new Set([
  "del",
  "moveFrom",
  "rt",
  "Fallback",
  "docPart",
  "sectPr",
  "tblGrid",
  "tblPr",
  "binData",
]);

interface OpenTable {
  readonly rows: RawRow[];
  cells: RawCell[];
  before: number;
  deleted: boolean;
  cell: { items: RawItem[]; columnSpan: number; merge: RawCell["merge"]; continues: boolean } | null;
}

function isOn(value: string | undefined): boolean {
  return value === undefined || !/^(?:0|false|off|none)$/i.test(value);
}

function count(value: string | undefined): number {
  const number = Number.parseInt(value ?? "", 10);
  return Number.isFinite(number) && number > 0 ? number : 0;
}

/** Path of the main part: where it nearly always is, else as the package says. */
function mainPart(archive: Archive): string {
  if (archive.has(MAIN)) return MAIN;
  if (archive.has("_rels/.rels")) {
    const rels = new TextDecoder().decode(archive.read("_rels/.rels"));
    const target = /<Relationship\b[^>]*\/officeDocument"[^>]*>/.exec(rels)?.[0];
    const path = target && /\bTarget="([^"]+)"/.exec(target)?.[1]?.replace(/^\//, "");
    if (path && archive.has(path)) return path;
  }
  throw new RefusedError(
    "damaged-docx",
    "Word 文件里缺少正文（word/document.xml）",
    "请用 Word 或 WPS 打开后另存一份再读",
  );
}

/** True where an archive is a Word document. */
export function isDocx(archive: Archive): boolean {
  if (archive.has(MAIN)) return true;
  for (const name of archive.names) if (/^word\/document\d*\.xml$/.test(name)) return true;
  return false;
}

/** One pass over the markup of the main part. */
class DocumentReader {
  readonly blocks: Block[] = [];
  private readonly notes = new Map<string, Note>();
  private readonly budget = new Budget("Word 文档");
  private readonly layout = new TableLayout(this.budget);
  private readonly tables: OpenTable[] = [];
  /** Tables nested deeper than is followed: their paragraphs go to the cell they stand in. */
  private flattened = 0;
  private paragraphs = 0;
  private text = "";
  private collecting = false;
  private inRun = false;
  private inRunProperties = false;
  private font: string | null = null;
  private hidden = false;
  private skip = 0;
  private readonly saved: string[] = [];
  private legacyBox: { checked: boolean | null; preset: boolean } | null = null;
  private contentBox: { checked: boolean | null; printed: boolean }[] = [];
  private choice = 0;

  open(name: string, tag: Tag): void {
    if (this.skip > 0) {
      this.skip += 1;
      return;
    }
    switch (name) {
      case "t":
        this.collecting = true;
        return;
      case "r":
        this.inRun = true;
        this.font = null;
        this.hidden = false;
        return;
      case "rPr":
        this.inRunProperties = this.inRun;
        return;
      case "rFonts":
        if (this.inRunProperties)
          this.font =
            symbolFont(tag.get("ascii")) ?? symbolFont(tag.get("hAnsi")) ?? symbolFont(tag.get("eastAsia"));
        return;
      case "vanish":
        if (this.inRunProperties && isOn(tag.get("val"))) this.hidden = true;
        return;
      case "p":
        // A paragraph inside a text box stands in another paragraph, whose text is put aside there.
        this.text = "";
        return;
      case "tbl":
        this.openTable();
        return;
      case "tr": {
        const table = this.tables.at(-1);
        if (table && this.flattened === 0) {
          table.cells = [];
          table.before = 0;
          table.deleted = false;
        }
        return;
      }
      case "tc": {
        const table = this.tables.at(-1);
        if (table && this.flattened === 0)
          table.cell = { items: [], columnSpan: 1, merge: null, continues: false };
        return;
      }
      case "gridSpan":
        this.cell((cell) => {
          cell.columnSpan = Math.max(1, count(tag.get("val")));
        });
        return;
      case "vMerge":
        this.cell((cell) => {
          cell.merge = tag.get("val") === "restart" ? "restart" : "continue";
        });
        return;
      case "hMerge":
        this.cell((cell) => {
          cell.continues = tag.get("val") !== "restart";
        });
        return;
      case "gridBefore": {
        const table = this.tables.at(-1);
        if (table && this.flattened === 0) table.before = count(tag.get("val"));
        return;
      }
      case "tab":
        if (this.inRun && !this.hidden) this.text += "\t";
        return;
      case "br":
      case "cr":
        if (this.inRun && !this.hidden) this.text += "\n";
        return;
      case "noBreakHyphen":
        if (this.inRun) this.text += "-";
        return;
      case "sym":
        this.symbol(tag);
        return;
      case "ins":
      case "moveTo":
        this.revised();
        return;
      case "trPr":
        return;
      case "cellDel":
        this.revised();
        return;
      case "numPr":
        this.note("normalised", "auto-numbering", "文档有自动编号，编号不在正文文字中，未读取");
        return;
      case "checkBox":
        this.legacyBox = { checked: null, preset: false };
        return;
      case "default":
        if (this.legacyBox) this.legacyBox.preset = isOn(tag.get("val"));
        return;
      case "checked":
        if (this.legacyBox) this.legacyBox.checked = isOn(tag.get("val"));
        else {
          const box = this.contentBox.at(-1);
          if (box) box.checked = isOn(tag.get("val"));
        }
        return;
      case "sdt":
        this.contentBox.push({ checked: null, printed: false });
        return;
      case "checkbox": {
        const box = this.contentBox.at(-1);
        if (box) box.checked = false;
        return;
      }
      case "txbxContent":
        this.saved.push(this.text);
        this.text = "";
        this.inRun = false;
        return;
      case "Choice":
        this.choice += 1;
        return;
      case "altChunk":
        this.note("lost", "embedded-part", "文档嵌入了另一份文件（altChunk），嵌入部分没有读取");
        return;
      case "oleObject":
      case "OLEObject":
        this.note("lost", "embedded-object", "文档嵌入了对象（如 Excel 表格），对象内的文字没有读取");
        return;
      default:
        if (!LEFT_OUT.has(name)) return;
        // Before Office 2010 only the fallback stands there, without a choice.
        if (name === "Fallback" && this.choice === 0) return;
        if (name === "del" || name === "moveFrom") {
          this.revised();
          const table = this.tables.at(-1);
          // Inside the properties of a row the mark is empty and says that the row is deleted.
          if (table && table.cell === null && this.flattened === 0 && !this.inRun) table.deleted = true;
        }
        if (name === "Fallback") this.choice -= 1;
        this.skip = 1;
    }
  }

  close(name: string): void {
    if (this.skip > 0) {
      this.skip -= 1;
      return;
    }
    switch (name) {
      case "t":
        this.collecting = false;
        return;
      case "r":
        this.inRun = false;
        return;
      case "rPr":
        this.inRunProperties = false;
        return;
      case "p":
        this.closeParagraph();
        return;
      case "tc":
        this.closeCell();
        return;
      case "tr": {
        const table = this.tables.at(-1);
        if (table && this.flattened === 0 && !table.deleted && table.cells.length > 0)
          table.rows.push({ before: table.before, cells: table.cells });
        return;
      }
      case "tbl":
        this.closeTable();
        return;
      case "checkBox": {
        const box = this.legacyBox;
        this.legacyBox = null;
        if (box) this.text += (box.checked ?? box.preset) ? "☑" : "□";
        return;
      }
      case "sdt":
        this.contentBox.pop();
        return;
      case "txbxContent":
        this.text = this.saved.pop() ?? "";
        this.inRun = true;
        return;
      default:
    }
  }

  characters(text: string): void {
    if (!this.collecting || this.skip > 0) return;
    if (this.hidden) {
      if (text.trim() !== "") this.note("normalised", "hidden-text", "文档有隐藏文字，页面上不显示，未读取");
      return;
    }
    const box = this.contentBox.at(-1);
    if (box && box.checked !== null) {
      if (!box.printed) this.text += box.checked ? "☑" : "□";
      box.printed = true;
      return;
    }
    if (this.font === null) {
      this.text += text;
      return;
    }
    for (const char of text) this.text += this.shown(this.font, char.codePointAt(0) ?? 0, char);
  }

  finish(): Grid {
    while (this.tables.length > 0) {
      this.flattened = 0;
      this.closeCell();
      const table = this.tables.at(-1) as OpenTable;
      if (table.cells.length > 0 && table.rows.at(-1)?.cells !== table.cells)
        table.rows.push({ before: table.before, cells: table.cells });
      this.closeTable();
    }
    const notes = [...this.notes.values(), ...this.layout.notes];
    // A document without tables may hold the form as lines with tabs.
    if (
      this.blocks.every((block) => block.kind === "text") &&
      this.blocks.some((block) => block.kind === "text" && block.text.includes("\t"))
    ) {
      const grid = readText(this.blocks.map((block) => (block.kind === "text" ? block.text : "")).join("\n"));
      return { blocks: grid.blocks, notes };
    }
    return { blocks: this.blocks, notes };
  }

  note(level: NoteLevel, code: string, says: string): void {
    if (this.notes.has(code)) return;
    const table = this.tables[0];
    this.notes.set(code, {
      level,
      code,
      says,
      place: null,
      at: table
        ? { table: this.layout.next, row: table.rows.length + 1, column: table.cells.length + 1 }
        : { line: this.paragraphs + 1, column: 1 },
    });
  }

  private revised(): void {
    this.note(
      "guessed",
      "tracked-changes",
      "文档带有未定稿的修订，按接受全部修订读取（插入的保留，删除的不计）",
    );
  }

  private cell(change: (cell: NonNullable<OpenTable["cell"]>) => void): void {
    const cell = this.flattened === 0 ? this.tables.at(-1)?.cell : null;
    if (cell) change(cell);
  }

  private shown(font: string, code: number, printed: string): string {
    if (code === 0x20 || code === 0x3000 || (code > 0xff && (code < 0xf000 || code > 0xf0ff))) return printed;
    const known = symbolCharacter(font, code);
    if (known !== null) return known;
    this.note(
      "lost",
      "unknown-symbol",
      `符号字体 ${font} 的字符（${code.toString(16)}）不认识，显示为“\ufffd”`,
    );
    return "\ufffd";
  }

  private symbol(tag: Tag): void {
    if (!this.inRun || this.hidden) return;
    const code = Number.parseInt(tag.get("char") ?? "", 16);
    if (!Number.isFinite(code) || code > 0x10ffff) return;
    const font = symbolFont(tag.get("font"));
    if (font !== null) this.text += this.shown(font, code, "");
    else if (code >= 0xe000 && code <= 0xf8ff) this.text += this.shown(tag.get("font") ?? "", code, "");
    else this.text += String.fromCodePoint(code);
  }

  private openTable(): void {
    if (this.tables.length >= LIMITS.tableDepth || this.flattened > 0) {
      this.flattened += 1;
      this.note(
        "guessed",
        "deep-tables",
        `表格嵌套超过 ${LIMITS.tableDepth} 层，更深的表格并入所在单元格的文字`,
      );
      return;
    }
    this.tables.push({ rows: [], cells: [], before: 0, deleted: false, cell: null });
  }

  private closeParagraph(): void {
    const text = this.text;
    this.text = "";
    const cell = this.tables.at(-1)?.cell;
    if (cell) {
      cell.items.push(text);
      return;
    }
    if (this.tables.length > 0) return;
    this.budget.row();
    this.paragraphs += 1;
    if (text.trim() !== "")
      this.blocks.push({
        kind: "text",
        text: detached(text.trim()),
        at: { line: this.paragraphs, column: 1 },
      });
  }

  private closeCell(): void {
    const table = this.tables.at(-1);
    const cell = table?.cell;
    if (!table || !cell || this.flattened > 0) return;
    table.cell = null;
    const last = table.cells.at(-1);
    if (cell.continues && last) {
      // The older way to merge across: the covered cells follow with a mark instead of a span.
      table.cells[table.cells.length - 1] = { ...last, columnSpan: last.columnSpan + cell.columnSpan };
      return;
    }
    table.cells.push({
      columnSpan: cell.columnSpan,
      rowSpan: 1,
      merge: cell.merge,
      content: contentOf(cell.items),
    });
  }

  private closeTable(): void {
    if (this.flattened > 0) {
      this.flattened -= 1;
      return;
    }
    const table = this.tables.pop();
    if (!table) return;
    const outer = this.tables.at(-1)?.cell;
    if (outer) outer.items.push({ rows: table.rows });
    else if (this.tables.length === 0)
      for (const block of this.layout.blocksOf({ rows: table.rows })) this.blocks.push(block);
  }
}

/** The tables and paragraphs of a Word document. Only the main part is inflated; headers, footers and notes are left out. */
export function readDocx(archive: Archive): Grid {
  const part = mainPart(archive);
  const reader = new DocumentReader();
  const sound = parsePart(archive, part, {
    open: (name, tag) => reader.open(name, tag),
    close: (name) => reader.close(name),
    text: (text) => reader.characters(text),
  });
  if (!sound) reader.note("lost", "malformed-markup", `${part} 的标记不合规范，内容可能不全`);
  return reader.finish();
}
