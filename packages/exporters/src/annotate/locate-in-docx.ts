import { type MarkupTag, scanMarkup, textBetween } from "./scan-markup.ts";

/** A paragraph of the main part, by the bytes its content begins and ends at. */
export interface Paragraph {
  readonly prefix: string;
  /** Behind its start tag, or behind its properties. */
  from: number;
  /** At its end tag. */
  to: number;
  /** Closed in itself (`<w:p/>`): `from` and `to` are then where its "/>" stands. */
  readonly closed: boolean;
}

/** The paragraphs between which a comment is spanned: first and last of a cell, or one and the same. */
export interface Anchor {
  readonly first: Paragraph;
  readonly last: Paragraph;
}

/** Where the cells and lines of a Word document stand in its bytes, counted as its reader counts them. */
export interface DocxPlaces {
  cell(table: number, row: number, column: number): Anchor | null;
  line(number: number): Anchor | null;
  /** The first paragraph with text: the title of most documents. */
  readonly beginning: Anchor | null;
  readonly namespace: string;
  /** Prefix of the main namespace where every element may use it; null where it must be declared anew. */
  readonly prefix: string | null;
  /** Largest id of a comment that is anchored here. */
  readonly largestId: number;
}

/** What the reader leaves out: there nothing is anchored and nothing counted. */
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
const TABLE_DEPTH = 8;
const COLUMNS = 1_024;

type Item = boolean | TableTree;

interface TableTree {
  readonly rows: RowTree[];
}

interface RowTree {
  readonly before: number;
  readonly cells: CellTree[];
}

/** A cell: which of its paragraphs have text, the tables in it, and where a comment on it goes. */
interface CellTree {
  readonly items: Item[];
  columnSpan: number;
  continues: boolean;
  anchor: Anchor | null;
}

interface OpenTable extends TableTree {
  cells: CellTree[];
  before: number;
  deleted: boolean;
  cell: CellTree | null;
}

interface OpenParagraph {
  readonly paragraph: Paragraph;
  readonly depth: number;
  readonly boxed: boolean;
}

function count(value: string | undefined): number {
  const number = Number.parseInt(value ?? "", 10);
  return Number.isFinite(number) && number > 0 ? number : 0;
}

function isOn(value: string | undefined): boolean {
  return value === undefined || !/^(?:0|false|off|none)$/i.test(value);
}

function weigh(table: TableTree): { own: number; inner: number } {
  let own = 0;
  let inner = 0;
  for (const { cells } of table.rows)
    for (const { items } of cells) {
      if (items.includes(true)) own += 1;
      for (const item of items)
        if (typeof item === "object") {
          const weight = weigh(item);
          inner += weight.own + weight.inner;
        }
    }
  return { own, inner };
}

/** One pass over the main part, in step with the reader that counted tables, rows and columns. */
class DocxLocator {
  readonly cells = new Map<string, Anchor>();
  readonly lines = new Map<number, Anchor>();
  beginning: Anchor | null = null;
  largestId = -1;
  private readonly bytes: Uint8Array;
  private readonly tables: OpenTable[] = [];
  private flattened = 0;
  private number = 0;
  private lineNumber = 0;
  /** Paragraphs with text, kept while there is no table: lines with tabs may be the form. */
  private loose: { readonly text: string; readonly anchor: Anchor }[] | null = [];
  private written = "";
  private filled = false;
  private readonly saved: boolean[] = [];
  private readonly paragraphs: OpenParagraph[] = [];
  private boxes = 0;
  private collecting = false;
  private inRun = false;
  private inRunProperties = false;
  private hidden = false;
  private skip = 0;
  private choice = 0;
  /** A start tag that may still turn out to open the properties of the paragraph around it. */
  private properties: { paragraph: Paragraph; depth: number } | null = null;
  private depth = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  open(tag: MarkupTag): void {
    this.depth = tag.depth + 1;
    const name = tag.local;
    if (name === "commentRangeStart" || name === "commentReference")
      this.largestId = Math.max(this.largestId, count(tag.attribute("id")));
    if (this.skip > 0) {
      this.skip += 1;
      return;
    }
    const table = this.flattened === 0 ? this.tables.at(-1) : undefined;
    switch (name) {
      case "t":
        this.collecting = true;
        return;
      case "r":
        this.inRun = true;
        this.hidden = false;
        return;
      case "rPr":
        this.inRunProperties = this.inRun;
        return;
      case "vanish":
        if (this.inRunProperties && isOn(tag.attribute("val"))) this.hidden = true;
        return;
      case "p":
        this.filled = false;
        this.written = "";
        this.paragraphs.push({
          paragraph: {
            prefix: tag.prefix,
            from: tag.selfClosing ? tag.end - 2 : tag.end,
            to: tag.end - 2,
            closed: tag.selfClosing,
          },
          depth: tag.depth,
          boxed: this.boxes > 0,
        });
        return;
      case "pPr": {
        const around = this.paragraphs.at(-1);
        if (around && around.depth === tag.depth - 1)
          this.properties = { paragraph: around.paragraph, depth: tag.depth };
        return;
      }
      case "tbl":
        if (this.tables.length >= TABLE_DEPTH || this.flattened > 0) this.flattened += 1;
        else {
          this.loose = null;
          this.tables.push({ rows: [], cells: [], before: 0, deleted: false, cell: null });
        }
        return;
      case "tr":
        if (table) {
          table.cells = [];
          table.before = 0;
          table.deleted = false;
        }
        return;
      case "tc":
        if (table) table.cell = { items: [], columnSpan: 1, continues: false, anchor: null };
        return;
      case "gridSpan":
        if (table?.cell) table.cell.columnSpan = Math.max(1, count(tag.attribute("val")));
        return;
      case "hMerge":
        if (table?.cell) table.cell.continues = tag.attribute("val") !== "restart";
        return;
      case "gridBefore":
        if (table) table.before = count(tag.attribute("val"));
        return;
      case "tab":
        if (this.inRun && !this.hidden) this.written += "\t";
        return;
      case "br":
      case "cr":
        if (this.inRun && !this.hidden) this.written += "\n";
        return;
      case "noBreakHyphen":
      case "sym":
        if (this.inRun && !this.hidden) this.mark();
        return;
      case "checkBox":
        this.mark();
        return;
      case "txbxContent":
        this.saved.push(this.filled);
        this.filled = false;
        this.boxes += 1;
        this.inRun = false;
        return;
      case "Choice":
        this.choice += 1;
        return;
      default:
        if (!LEFT_OUT.has(name)) return;
        if (name === "Fallback" && this.choice === 0) return;
        // Inside the properties of a row the mark is empty and says that the row is deleted.
        if ((name === "del" || name === "moveFrom") && table && table.cell === null && !this.inRun)
          table.deleted = true;
        if (name === "Fallback") this.choice -= 1;
        this.skip = 1;
    }
  }

  close(name: string, start: number, end: number): void {
    const depth = this.depth - 1;
    this.depth = depth;
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
      case "pPr":
        if (this.properties?.depth === depth) {
          this.properties.paragraph.from = end;
          this.properties = null;
        }
        return;
      case "p":
        this.closeParagraph(start);
        return;
      case "tc":
        this.closeCell();
        return;
      case "tr": {
        const table = this.flattened === 0 ? this.tables.at(-1) : undefined;
        if (table && !table.deleted && table.cells.length > 0)
          table.rows.push({ before: table.before, cells: table.cells });
        return;
      }
      case "tbl":
        this.closeTable();
        return;
      case "txbxContent":
        this.filled = this.saved.pop() ?? false;
        this.boxes -= 1;
        this.inRun = true;
        return;
      default:
    }
  }

  text(from: number, to: number): void {
    if (!this.collecting || this.skip > 0 || this.hidden || (this.filled && this.loose === null)) return;
    const text = textBetween(this.bytes, from, to);
    if (text.trim() !== "") this.filled = true;
    if (this.loose !== null) this.written += text;
  }

  /** A character that is no text in the markup: a symbol, a box. */
  private mark(): void {
    this.filled = true;
    this.written += "□";
  }

  /**
   * A document without tables whose lines have tabs is read as such lines: runs of them are tables, one line a row. Cells in
   * quotation marks may hold line breaks; such a text is not followed, its comments go to the title.
   */
  finish(): void {
    const { loose } = this;
    if (loose === null || !loose.some(({ text }) => text.includes("\t"))) return;
    this.lines.clear();
    if (loose.some(({ text }) => /(?:^|[\t\n])"/.test(text))) return;
    let line = 0;
    let row = 0;
    let blanks = 0;
    for (const { text, anchor } of loose)
      for (const each of text.split("\n")) {
        line += 1;
        const fields = each.split("\t");
        if (fields.length > 1) {
          if (row === 0) this.number += 1;
          else row += blanks;
          blanks = 0;
          row += 1;
          for (const column of fields.keys()) this.cells.set(`${this.number}:${row}:${column + 1}`, anchor);
        } else if (each.trim() === "") blanks += 1;
        else {
          row = 0;
          blanks = 0;
          this.lines.set(line, anchor);
        }
      }
  }

  private closeParagraph(start: number): void {
    const closed = this.paragraphs.pop();
    if (!closed) return;
    if (!closed.paragraph.closed) closed.paragraph.to = start;
    const { filled } = this;
    const written = this.written.trim();
    this.filled = false;
    this.written = "";
    // Word takes no comment inside a text box: it goes to the paragraph the box is anchored in.
    const host = closed.boxed ? this.paragraphs.findLast((each) => !each.boxed) : closed;
    const paragraph = host?.paragraph ?? closed.paragraph;
    const anchor: Anchor = { first: paragraph, last: paragraph };
    if (filled) this.beginning ??= anchor;
    const cell = this.tables.at(-1)?.cell;
    if (cell) {
      cell.items.push(filled);
      // Paragraphs of tables nested too deeply belong to the cell as text, but do not stand directly in it.
      if (this.flattened === 0) cell.anchor = { first: cell.anchor?.first ?? paragraph, last: paragraph };
      return;
    }
    if (this.tables.length > 0) return;
    this.lineNumber += 1;
    if (written !== "") this.loose?.push({ text: written, anchor });
    this.lines.set(this.lineNumber, anchor);
  }

  private closeCell(): void {
    const table = this.tables.at(-1);
    const cell = table?.cell;
    if (!table || !cell || this.flattened > 0) return;
    table.cell = null;
    const last = table.cells.at(-1);
    // The older way to merge across: the covered cells follow with a mark instead of a span.
    if (cell.continues && last) last.columnSpan += cell.columnSpan;
    else table.cells.push(cell);
  }

  private closeTable(): void {
    if (this.flattened > 0) {
      this.flattened -= 1;
      return;
    }
    const table = this.tables.pop();
    if (!table) return;
    const outer = this.tables.at(-1)?.cell;
    if (outer) outer.items.push(table);
    else if (this.tables.length === 0) this.numberCells(table);
  }

  /** Gives the cells of a table the numbers of the reader: a table that is page layout gives those inside it numbers too. */
  private numberCells(table: TableTree): void {
    this.number += 1;
    const { number } = this;
    const put = (row: number, column: number, anchor: Anchor | null): void => {
      if (anchor) this.cells.set(`${number}:${row}:${column}`, anchor);
    };
    const { own, inner } = weigh(table);
    const layout = inner > own;
    for (const [index, row] of table.rows.entries()) {
      let column = 1 + Math.min(row.before, COLUMNS);
      for (const [position, cell] of row.cells.entries()) {
        if (layout) {
          put(index + 1, position + 1, cell.anchor);
          for (const item of cell.items) if (typeof item === "object") this.numberCells(item);
          continue;
        }
        if (column > COLUMNS) break;
        put(index + 1, column, cell.anchor);
        column += Math.max(1, Math.min(cell.columnSpan, COLUMNS - column + 1));
      }
    }
  }
}

/** Finds every cell and every line outside tables, numbered as origins of a Word document number them. */
export function locateInDocx(bytes: Uint8Array, part: string): DocxPlaces {
  const locator = new DocxLocator(bytes);
  let root: MarkupTag | null = null;
  let rebound = false;
  scanMarkup(bytes, part, {
    open: (tag) => {
      if (root === null) root = tag;
      else if (!rebound && (root as MarkupTag).prefix !== "" && tag.end - tag.start > 12)
        rebound = rebinds(bytes, tag, (root as MarkupTag).prefix);
      locator.open(tag);
    },
    close: (name, start, end) => locator.close(name, start, end),
    text: (from, to) => locator.text(from, to),
  });
  locator.finish();
  const { prefix } = root as unknown as MarkupTag;
  const attributes = (root as unknown as MarkupTag).attributes();
  const namespace =
    attributes.get(prefix === "" ? "xmlns" : `xmlns:${prefix}`) ??
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  return {
    cell: (table, row, column) => locator.cells.get(`${table}:${row}:${column}`) ?? null,
    line: (number) => locator.lines.get(number) ?? null,
    beginning: locator.beginning ?? locator.lines.get(1) ?? null,
    namespace,
    // Attributes need a prefix, so a default namespace alone does not do.
    prefix: prefix === "" || rebound ? null : prefix,
    largestId: locator.largestId,
  };
}

/** Whether an element gives the prefix another meaning for what is in it. */
function rebinds(bytes: Uint8Array, tag: MarkupTag, prefix: string): boolean {
  const at = bytes.subarray(tag.start, tag.end).indexOf(0x78);
  if (at < 0) return false;
  return tag.attributes().has(`xmlns:${prefix}`);
}
