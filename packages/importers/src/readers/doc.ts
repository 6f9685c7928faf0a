import type { Note } from "@jiheng/domain";
import type { Block, Grid } from "../grid.ts";
import { Budget } from "./cells.ts";
import { compoundStream } from "./compound.ts";
import { type RawCell, type RawRow, type RawTable, TableLayout } from "./raw-table.ts";
import { RefusedError, tooLarge } from "./refusals.ts";
import { symbolCharacter, symbolFont } from "./symbols.ts";

// The binary format of Word 97–2003, after the published description [MS-DOC]: offsets in the header (FIB), the table of pieces
// of text (Clx), pages of properties (FKP) by byte position, and in them single properties (sprm).
const FIB = { flags: 10, characters: 76, runs: 250, paragraphs: 258, fonts: 274, pieces: 418 } as const;
const SPRM = {
  deleted: 0x0800,
  hidden: 0x083c,
  symbol: 0x6a09,
  inTable: 0x2416,
  rowEnd: 0x2417,
  depth: 0x6649,
  innerCell: 0x244b,
  elsewhere: [0x6645, 0x6646],
  table: 0xd608,
  tabs: 0xc615,
} as const;

/** Edges of cells within this of one another are one; twentieths of a point. */
const EDGE = 60;
/** Runs and paragraphs of a file looked at; a volume of a hundred forms has some 200,000. */
const LONGEST = 2_000_000;

const damaged = (): RefusedError =>
  new RefusedError(
    "damaged-doc",
    "旧版 Word 文件（.doc）已损坏或不完整，无法读取",
    "请用 Word 或 WPS 打开，另存为 .docx 后再读",
  );

/** Reading beyond the end of a stream shows a damaged file. */
class Bytes {
  readonly length: number;
  private readonly view: DataView;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.length = bytes.length;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  private check(at: number, size: number): void {
    if (!(at >= 0 && at + size <= this.length)) throw damaged();
  }

  u8(at: number): number {
    this.check(at, 1);
    return this.view.getUint8(at);
  }

  u16(at: number): number {
    this.check(at, 2);
    return this.view.getUint16(at, true);
  }

  i16(at: number): number {
    this.check(at, 2);
    return this.view.getInt16(at, true);
  }

  u32(at: number): number {
    this.check(at, 4);
    return this.view.getUint32(at, true);
  }

  part(at: number, size: number): Bytes {
    this.check(at, size);
    return new Bytes(this.bytes.subarray(at, at + size));
  }
}

/** The single properties of a run or paragraph: code and where the operand lies. */
function* propertiesOf(
  list: Bytes,
): Generator<{ readonly code: number; readonly at: number; readonly size: number }> {
  for (let at = 0; at + 2 < list.length; ) {
    const code = list.u16(at);
    at += 2;
    const kind = code >> 13;
    let size = kind < 2 ? 1 : kind === 3 ? 4 : kind === 7 ? 3 : 2;
    if (kind === 6) {
      if (code === SPRM.table) {
        size = list.u16(at) - 1;
        at += 2;
      } else {
        size = list.u8(at);
        at += 1;
        // Tab stops that do not fit a byte; nothing of a form follows them.
        if (code === SPRM.tabs && size === 255) return;
      }
    }
    if (size < 0 || at + size > list.length) return;
    yield { code, at, size };
    at += size;
  }
}

/** Properties by position in the file, page by page of 512 bytes. */
class Pages {
  private readonly bounds: number[] = [];
  private readonly numbers: number[] = [];
  private readonly document: Bytes;
  private readonly width: number;
  private from = 1;
  private to = 0;
  private found: Bytes | null = null;

  /** `width`: bytes of an entry of a page: 13 for paragraphs, 1 for runs. */
  constructor(document: Bytes, table: Bytes, at: number, width: number) {
    this.document = document;
    this.width = width;
    const [offset, size] = [document.u32(at), document.u32(at + 4)];
    const count = size < 4 ? 0 : Math.floor((size - 4) / 8);
    for (let k = 0; k <= count && count > 0; k += 1) this.bounds.push(table.u32(offset + 4 * k));
    for (let k = 0; k < count; k += 1)
      this.numbers.push(table.u32(offset + 4 * (count + 1) + 4 * k) & 0x3fffff);
  }

  /** The properties at a position, null where there are none. */
  at(position: number): Bytes | null {
    if (position >= this.from && position < this.to) return this.found;
    this.found = null;
    [this.from, this.to] = [position, position + 1];
    let [low, high] = [0, this.numbers.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.bounds[middle] ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    const number = this.numbers[low];
    if (number === undefined) return null;
    const page = this.document.part(number * 512, 512);
    const runs = page.u8(511);
    for (let k = 0; k < runs; k += 1) {
      const [from, to] = [page.u32(4 * k), page.u32(4 * k + 4)];
      if (position < from || position >= to) continue;
      [this.from, this.to] = [from, to];
      const offset = 2 * page.u8(4 * (runs + 1) + this.width * k);
      if (offset === 0) return null;
      const first = page.u8(offset);
      if (this.width === 1) this.found = page.part(offset + 1, Math.min(first, 510 - offset));
      else {
        const [start, size] =
          first === 0 ? [offset + 2, 2 * page.u8(offset + 1)] : [offset + 1, 2 * first - 1];
        // Two bytes before the properties name the style.
        this.found = size <= 2 ? null : page.part(start + 2, Math.min(size - 2, 510 - start));
      }
      return this.found;
    }
    return null;
  }
}

interface Paragraph {
  inTable: boolean;
  rowEnd: boolean;
  /** Depth of tables in tables: 1 is a table of the text. */
  depth: number;
  innerCell: boolean;
  /** Left and right edges of the cells of a row, and which of them go on from above (1) or begin a merge (3). */
  edges: readonly number[];
  merges: readonly number[];
}

interface RowDraft {
  readonly texts: readonly string[];
  readonly edges: readonly number[];
  readonly merges: readonly number[];
}

/** Lays out the paragraphs of a text as blocks. */
class Layout {
  readonly blocks: Block[] = [];
  private readonly budget = new Budget("Word 文档");
  private readonly tables = new TableLayout(this.budget);
  private rows: RowDraft[] = [];
  private texts: string[] = [];
  private lines: string[] = [];
  private paragraphs = 0;
  /** True where a row has fewer edges than cells: then columns are counted, not measured. */
  unmeasured = false;

  get notes(): readonly Note[] {
    return this.tables.notes;
  }

  paragraph(text: string, mark: number, of: Paragraph): void {
    if (of.inTable && of.depth <= 1) {
      if (of.rowEnd) this.endRow(of);
      else {
        this.lines.push(text);
        if (mark === 7) {
          this.texts.push(this.lines.join("\n").trim());
          this.lines = [];
        }
      }
      return;
    }
    if (of.inTable) {
      this.lines.push(text);
      return;
    }
    this.closeTable();
    this.paragraphs += 1;
    if (text.trim() === "") return;
    this.budget.row();
    this.blocks.push({ kind: "text", text: text.trim(), at: { line: this.paragraphs, column: 1 } });
  }

  private endRow({ edges, merges }: Paragraph): void {
    if (this.texts.length === 0) return;
    this.budget.row();
    this.budget.cell(this.texts.length);
    if (edges.length !== this.texts.length + 1) this.unmeasured = true;
    this.rows.push({ texts: this.texts, edges, merges });
    this.texts = [];
    this.lines = [];
  }

  closeTable(): void {
    if (this.texts.length > 0 || this.lines.length > 0) {
      if (this.lines.length > 0) this.texts.push(this.lines.join("\n").trim());
      this.rows.push({ texts: this.texts, edges: [], merges: [] });
      this.texts = [];
      this.lines = [];
    }
    if (this.rows.length === 0) return;
    const table: RawTable = { rows: rowsOf(this.rows) };
    this.rows = [];
    this.blocks.push(...this.tables.blocksOf(table));
  }
}

function rowsOf(drafts: readonly RowDraft[]): RawRow[] {
  const all = [...new Set(drafts.flatMap(({ edges }) => edges))].sort((a, b) => a - b);
  const columns: number[] = [];
  for (const edge of all)
    if (columns.length === 0 || edge - (columns.at(-1) as number) > EDGE) columns.push(edge);
  const columnOf = (edge: number): number => {
    let [low, high] = [0, columns.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((columns[middle] ?? 0) <= edge) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return drafts.map(({ texts, edges, merges }): RawRow => {
    const measured = edges.length === texts.length + 1;
    return {
      before: measured ? columnOf(edges[0] ?? 0) : 0,
      cells: texts.map((content, k): RawCell => {
        const merge = merges[k] === 1 ? "continue" : merges[k] === 3 ? "restart" : null;
        const span = measured ? columnOf(edges[k + 1] ?? 0) - columnOf(edges[k] ?? 0) : 1;
        return { columnSpan: Math.max(1, span), rowSpan: 1, merge, content };
      }),
    };
  });
}

/** The text of a document with what is known of its paragraphs. */
class WordFile {
  private readonly document: Bytes;
  private readonly table: Bytes;
  private readonly data: Bytes | null;
  private readonly paragraphs: Pages;
  private readonly runs: Pages;
  private readonly fonts: readonly string[];

  constructor(file: Uint8Array) {
    const stream = (name: string): Bytes | null => {
      const bytes = compoundStream(file, [name]);
      return bytes ? new Bytes(bytes) : null;
    };
    const document = stream("WordDocument");
    if (document?.u16(0) !== 0xa5ec)
      throw new RefusedError(
        "doc-too-old",
        "这是 Word 97 以前的 .doc 文件，尚不支持",
        "请用 Word 或 WPS 打开，另存为 .docx 后再读",
      );
    const flags = document.u16(FIB.flags);
    if (flags & 0x0100)
      throw new RefusedError(
        "encrypted",
        "文件设有打开密码，无法读取",
        "请在 Word 或 WPS 中取消密码，保存后再读",
      );
    const table = stream(flags & 0x0200 ? "1Table" : "0Table");
    if (!table) throw damaged();
    this.document = document;
    this.table = table;
    this.data = stream("Data");
    this.paragraphs = new Pages(document, table, FIB.paragraphs, 13);
    this.runs = new Pages(document, table, FIB.runs, 1);
    this.fonts = this.fontNames();
  }

  private fontNames(): string[] {
    const { document, table } = this;
    const [at, size] = [document.u32(FIB.fonts), document.u32(FIB.fonts + 4)];
    const names: string[] = [];
    if (size < 4) return names;
    const end = at + size;
    for (let entry = at + 4; entry + 40 < end && names.length < 4_096; ) {
      const length = table.u8(entry) + 1;
      let name = "";
      for (let k = entry + 40; k + 1 < entry + length; k += 2) {
        const code = table.u16(k);
        if (code === 0) break;
        name += String.fromCharCode(code);
      }
      names.push(name);
      entry += length;
    }
    return names;
  }

  /** Pieces of the main text in order: where they lie in the file and whether a character takes one byte or two. */
  private *pieces(): Generator<{ readonly at: number; readonly count: number; readonly wide: boolean }> {
    const { document, table } = this;
    const [start, size] = [document.u32(FIB.pieces), document.u32(FIB.pieces + 4)];
    let at = start;
    while (at < start + size && table.u8(at) === 1) at += 3 + table.u16(at + 1);
    if (table.u8(at) !== 2) throw damaged();
    const count = Math.floor((table.u32(at + 1) - 4) / 12);
    const positions = at + 5;
    const total = document.u32(FIB.characters);
    if (total > LONGEST * 4) throw tooLarge("Word 文档");
    for (let k = 0; k < count; k += 1) {
      const from = table.u32(positions + 4 * k);
      const to = Math.min(table.u32(positions + 4 * k + 4), total);
      if (to <= from) continue;
      const code = table.u32(positions + 4 * (count + 1) + 8 * k + 2);
      const wide = (code & 0x40000000) === 0;
      yield { at: wide ? code : (code & 0x3fffffff) >> 1, count: to - from, wide };
    }
  }

  private paragraphAt(position: number): Paragraph {
    const of: Paragraph = {
      inTable: false,
      rowEnd: false,
      depth: 1,
      innerCell: false,
      edges: [],
      merges: [],
    };
    const list = this.paragraphs.at(position);
    if (list) this.apply(list, of, 0);
    return of;
  }

  private apply(list: Bytes, of: Paragraph, level: number): void {
    for (const { code, at, size } of propertiesOf(list)) {
      if (code === SPRM.inTable) of.inTable = list.u8(at) === 1;
      else if (code === SPRM.rowEnd) of.rowEnd = list.u8(at) === 1;
      else if (code === SPRM.depth) of.depth = list.u32(at);
      else if (code === SPRM.innerCell) of.innerCell = list.u8(at) === 1;
      else if (code === SPRM.table) {
        const cells = list.u8(at);
        const edges: number[] = [];
        const merges: number[] = [];
        if (1 + 2 * (cells + 1) > size) continue;
        for (let k = 0; k <= cells; k += 1) edges.push(list.i16(at + 1 + 2 * k));
        for (let k = 0; k < cells; k += 1) {
          const entry = at + 1 + 2 * (cells + 1) + 20 * k;
          merges.push(entry + 2 <= at + size ? (list.u16(entry) >> 5) & 3 : 0);
        }
        of.edges = edges;
        of.merges = merges;
      } else if ((SPRM.elsewhere as readonly number[]).includes(code) && this.data && level === 0) {
        const place = list.u32(at);
        this.apply(this.data.part(place + 2, this.data.u16(place)), of, 1);
      }
    }
  }

  private run(position: number): {
    readonly skipped: "deleted" | "hidden" | null;
    readonly symbol: string | null;
  } {
    const list = this.runs.at(position);
    let skipped: "deleted" | "hidden" | null = null;
    let symbol: string | null = null;
    if (list)
      for (const { code, at } of propertiesOf(list)) {
        if (code === SPRM.deleted && list.u8(at) === 1) skipped = "deleted";
        else if (code === SPRM.hidden && list.u8(at) === 1) skipped ??= "hidden";
        else if (code === SPRM.symbol) {
          const font = symbolFont(this.fonts[list.u16(at)]);
          const character = list.u16(at + 2);
          symbol =
            (font === null ? null : symbolCharacter(font, character)) ?? String.fromCharCode(character);
        }
      }
    return { skipped, symbol };
  }

  read(): Grid {
    const layout = new Layout();
    const narrow = new TextDecoder("windows-1252");
    let text = "";
    // Depth of fields, and in each whether its instruction (not its result) is being read.
    const fields: boolean[] = [];
    const left = new Set<"deleted" | "hidden">();
    let characters = 0;
    for (const { at, count, wide } of this.pieces())
      for (let k = 0; k < count; k += 1) {
        characters += 1;
        if (characters > LONGEST) throw tooLarge("Word 文档");
        const position = at + (wide ? 2 * k : k);
        const code = wide ? this.document.u16(position) : this.document.u8(position);
        if (code === 7 || code === 13 || code === 12) {
          layout.paragraph(text, code, this.paragraphAt(position));
          text = "";
          continue;
        }
        if (code === 19) fields.push(true);
        else if (code === 20 && fields.length > 0) fields[fields.length - 1] = false;
        else if (code === 21) fields.pop();
        // Instructions of fields, pictures, marks of notes and the like are not text.
        if (fields.includes(true) || (code < 32 && code !== 9 && code !== 11 && code !== 30)) continue;
        const { skipped, symbol } = this.run(position);
        if (skipped) {
          left.add(skipped);
          continue;
        }
        if (symbol !== null) text += symbol;
        else if (code === 11) text += "\n";
        else if (code === 30) text += "-";
        else text += wide || code < 128 ? String.fromCharCode(code) : narrow.decode(Uint8Array.of(code));
      }
    if (text.trim() !== "") layout.paragraph(text, 13, this.paragraphAt(-1));
    layout.closeTable();
    const notes: Note[] = [...layout.notes];
    const note = (level: Note["level"], code: string, says: string): void => {
      notes.push({ level, code, says, place: null, at: null });
    };
    if (left.has("hidden")) note("normalised", "hidden-text", "文档有隐藏文字，页面上不显示，未读取");
    if (left.has("deleted"))
      note(
        "guessed",
        "tracked-changes",
        "文档带有未定稿的修订，按接受全部修订读取（插入的保留，删除的不计）",
      );
    if (layout.unmeasured)
      notes.push({
        level: "guessed",
        code: "doc-columns-counted",
        says: "部分表格行没有记录列宽，合并的列按单元格顺序理解",
        place: null,
        at: null,
      });
    return { blocks: layout.blocks, notes };
  }
}

/** Reads a document of Word 97–2003: tables with their merges, paragraphs; deleted and hidden text left out. */
export function readDoc(bytes: Uint8Array): Grid {
  try {
    return new WordFile(bytes).read();
  } catch (error) {
    // The container is that of old workbooks too, and says so when it is broken.
    if (error instanceof RefusedError && error.refusal.code === "damaged-xls") throw damaged();
    throw error;
  }
}
