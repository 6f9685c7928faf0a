import type { Note, NoteLevel } from "@jiheng/domain";
import { Parser } from "htmlparser2";
import type { Block, Grid } from "../grid.ts";
import { Budget } from "./cells.ts";
import { LIMITS } from "./limits.ts";
import { contentOf, type RawCell, type RawItem, type RawRow, TableLayout } from "./raw-table.ts";
import { RefusedError } from "./refusals.ts";
import { readText } from "./text.ts";

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Elements whose content a reader of the page does not see. */
const UNSEEN = set(
  "script style template noscript title nav object iframe svg math audio video datalist rt rp",
);
/** Elements that begin and end a line. */
const LINES = set(
  "p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 section article header footer main aside nav form fieldset legend blockquote center address pre figure figcaption hr caption details summary",
);

interface OpenTable {
  readonly rows: RawRow[];
  row: RawCell[] | null;
  cell: { items: RawItem[]; columnSpan: number; rowSpan: number } | null;
}

/** A span as browsers read it: digits at the beginning, at most `most`; 1 where there is none. */
function span(value: string | undefined, most: number): number {
  const digits = /^\s*\+?(\d{1,12})/.exec(value ?? "")?.[1];
  return digits === undefined ? 1 : Math.min(Number(digits), most);
}

/** One pass over a page. */
class PageReader {
  readonly blocks: Block[] = [];
  private readonly notes = new Map<string, Note>();
  private readonly layout = new TableLayout(new Budget("网页"));
  private readonly budget = new Budget("网页");
  /** Lines inside cells. */
  private readonly pieces = new Budget("网页");
  private readonly tables: OpenTable[] = [];
  private flattened = 0;
  private depth = 0;
  private skip = 0;
  private preformatted = 0;
  private lines = 0;
  /** Text of the line that is being collected, in pieces; white space is put together at its end. */
  private text = "";
  private readonly selects: {
    first: string | null;
    chosen: string | null;
    option: string | null;
    picked: boolean;
  }[] = [];

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.depth += 1;
    if (this.depth > LIMITS.depth)
      throw new RefusedError(
        "too-deep",
        `网页的标记嵌套超过 ${LIMITS.depth} 层`,
        "请用浏览器打开，把表格复制到 Word 或 Excel 中另存后再读",
      );
    if (this.skip > 0) {
      this.skip += 1;
      return;
    }
    if (UNSEEN.has(name)) {
      this.skip = 1;
      return;
    }
    if ("hidden" in attributes || /display\s*:\s*none/i.test(attributes.style ?? "")) {
      // A void element closes itself at once, so counting it is safe.
      this.skip = 1;
      this.note("normalised", "hidden-text", "网页有隐藏的部分，页面上不显示，未读取");
      return;
    }
    switch (name) {
      case "table":
        this.endLine();
        if (this.tables.length >= LIMITS.tableDepth || this.flattened > 0) {
          this.flattened += 1;
          this.note(
            "guessed",
            "deep-tables",
            `表格嵌套超过 ${LIMITS.tableDepth} 层，更深的表格并入所在单元格的文字`,
          );
        } else this.tables.push({ rows: [], row: null, cell: null });
        return;
      case "tr":
        this.endLine();
        if (this.flattened > 0) return;
        if (this.tables.length === 0) this.tables.push({ rows: [], row: null, cell: null });
        this.closeRow();
        (this.tables.at(-1) as OpenTable).row = [];
        return;
      case "td":
      case "th": {
        if (this.flattened > 0) {
          this.text += " ";
          return;
        }
        if (this.tables.length === 0) this.tables.push({ rows: [], row: null, cell: null });
        this.closeCell();
        const table = this.tables.at(-1) as OpenTable;
        table.row ??= [];
        table.cell = {
          items: [],
          columnSpan: Math.max(1, span(attributes.colspan, LIMITS.columns)),
          rowSpan: span(attributes.rowspan, LIMITS.rows),
        };
        return;
      }
      case "br":
        this.endLine(true);
        return;
      case "input":
        this.input(attributes);
        return;
      case "select":
        this.selects.push({ first: null, chosen: null, option: null, picked: false });
        return;
      case "option": {
        const select = this.selects.at(-1);
        if (select) {
          this.closeOption();
          select.option = "";
          select.picked = "selected" in attributes;
        }
        return;
      }
      default:
        if (name === "pre" || name === "textarea") this.preformatted += 1;
        if (LINES.has(name)) this.endLine();
    }
  }

  close(name: string): void {
    this.depth -= 1;
    if (this.skip > 0) {
      this.skip -= 1;
      return;
    }
    switch (name) {
      case "table":
        this.endLine();
        if (this.flattened > 0) this.flattened -= 1;
        else this.closeTable();
        return;
      case "tr":
        this.endLine();
        if (this.flattened === 0) this.closeRow();
        return;
      case "td":
      case "th":
        if (this.flattened === 0) this.closeCell();
        return;
      case "select": {
        this.closeOption();
        const select = this.selects.pop();
        this.text += select?.chosen ?? select?.first ?? "";
        return;
      }
      case "option":
        this.closeOption();
        return;
      default:
        if (name === "pre" || name === "textarea") this.preformatted = Math.max(0, this.preformatted - 1);
        if (LINES.has(name)) this.endLine();
    }
  }

  characters(text: string): void {
    if (this.skip > 0) return;
    const select = this.selects.at(-1);
    if (select) {
      if (select.option !== null) select.option += text;
      return;
    }
    if (this.preformatted === 0) {
      this.text +=
        text.includes("\n") || text.includes("\t") || text.includes("\r")
          ? text.replace(/[\t\r\n]+/g, " ")
          : text;
      return;
    }
    const lines = text.split(/\r\n|\r|\n/);
    lines.forEach((line, index) => {
      // Tabs survive only in preformatted text, where they separate cells.
      this.text += line;
      if (index < lines.length - 1) this.endLine();
    });
  }

  finish(): Grid {
    this.endLine();
    while (this.tables.length > 0) {
      this.flattened = 0;
      this.closeTable();
    }
    const notes = [...this.notes.values(), ...this.layout.notes];
    if (
      this.blocks.every((block) => block.kind === "text") &&
      this.blocks.some((block) => block.kind === "text" && block.text.includes("\t"))
    ) {
      const grid = readText(this.blocks.map((block) => (block.kind === "text" ? block.text : "")).join("\n"));
      return { blocks: grid.blocks, notes };
    }
    return { blocks: this.blocks, notes };
  }

  private note(level: NoteLevel, code: string, says: string): void {
    if (this.notes.has(code)) return;
    const table = this.tables[0];
    this.notes.set(code, {
      level,
      code,
      says,
      place: null,
      at: table
        ? { table: this.layout.next, row: table.rows.length + 1, column: (table.row?.length ?? 0) + 1 }
        : { line: this.lines + 1, column: 1 },
    });
  }

  /** Ends the line that is being collected; a forced break is kept inside a cell even where the line is empty. */
  private endLine(forced = false): void {
    const raw = this.text;
    this.text = "";
    const line = (
      this.preformatted > 0 ? raw.replace(/[ \u00a0]+/g, " ") : raw.replace(/[\s\u00a0]+/g, " ")
    ).replace(/^ +| +$/g, "");
    const cell = this.tables.at(-1)?.cell;
    if (cell) {
      if (line !== "" || forced) {
        this.pieces.cell();
        cell.items.push(line);
      }
      return;
    }
    if (line.trim() === "") return;
    this.budget.row();
    this.lines += 1;
    this.blocks.push({
      kind: "text",
      text: this.preformatted > 0 ? line : line.trim(),
      at: { line: this.lines, column: 1 },
    });
  }

  private input(attributes: Readonly<Record<string, string>>): void {
    const type = (attributes.type ?? "text").toLowerCase();
    if (type === "checkbox" || type === "radio") this.text += "checked" in attributes ? "☑" : "□";
    else if (/^(?:text|number|date|month|tel|email|url|search)$/.test(type))
      this.text += attributes.value ?? "";
  }

  private closeOption(): void {
    const select = this.selects.at(-1);
    if (!select || select.option === null) return;
    const text = select.option.replace(/[\s\u00a0]+/g, " ").trim();
    select.first ??= text;
    if (select.picked) select.chosen = text;
    select.option = null;
  }

  private closeCell(): void {
    const table = this.tables.at(-1);
    if (!table?.cell) {
      this.endLine();
      return;
    }
    this.endLine();
    const { items, columnSpan, rowSpan } = table.cell;
    table.cell = null;
    this.budget.cell();
    table.row ??= [];
    table.row.push({ columnSpan, rowSpan, merge: null, content: contentOf(items) });
  }

  private closeRow(): void {
    this.closeCell();
    const table = this.tables.at(-1);
    if (!table?.row) return;
    this.budget.row();
    table.rows.push({ before: 0, cells: table.row });
    table.row = null;
  }

  private closeTable(): void {
    if (this.tables.length === 0) return;
    this.closeRow();
    const table = this.tables.pop() as OpenTable;
    const outer = this.tables.at(-1)?.cell;
    if (outer) outer.items.push({ rows: table.rows });
    else if (this.tables.length === 0)
      for (const block of this.layout.blocksOf({ rows: table.rows })) this.blocks.push(block);
  }
}

/** Tables and lines of a web page, as a browser shows them: spans resolved, scripts and hidden parts left out. */
export function readHtml(text: string): Grid {
  const reader = new PageReader();
  const parser = new Parser(
    {
      onopentag: (name, attributes) => reader.open(name, attributes),
      onclosetag: (name) => reader.close(name),
      ontext: (piece) => reader.characters(piece),
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.write(text);
  parser.end();
  return reader.finish();
}
