import type { Note } from "@jiheng/domain";
import type { Block, GridResult } from "../../grid.ts";
import { Budget } from "../cells.ts";
import { RefusedError, refuse } from "../refusals.ts";
import { bareTable } from "./bare-tables.ts";
import { furnitureOf } from "./furniture.ts";
import { OpenTable, rounded } from "./open-table.ts";
import type { PdfPage } from "./page.ts";
import { bodyOf, type LooseLine, type PageBody, type PageBox, type PageTable } from "./page-body.ts";

const SCAN = refuse(
  "pdf-scan",
  "这份 PDF 是扫描件或图片，里面没有可以读取的文字",
  "请提供填报时的 Word、Excel 文件或由其直接导出的 PDF；只有扫描件的，请先做文字识别并核对",
);
const NO_TEXT = refuse(
  "pdf-without-text",
  "这份 PDF 里没有可以读取的文字（可能是空白页，或文字已转成图形）",
  "请提供填报时的 Word、Excel 文件，或由其直接导出的 PDF",
);
const UNMAPPED = refuse(
  "pdf-unmapped",
  "这份 PDF 的字体没有注明各个字形是什么字，文字无法可靠读取",
  "请提供填报时的 Word、Excel 文件，或在原软件中重新导出 PDF（嵌入字体并保留文字）",
);

/** A page of a scan may carry a number or the mark of the scanning program. */
const FEW = 30;

const pagesOf = (numbers: readonly number[]): string =>
  `第${numbers.slice(0, 20).join("、")}${numbers.length > 20 ? "等" : ""}页`;

function note(level: Note["level"], code: string, says: string): Note {
  return { level, code, says, place: null, at: null };
}

/** Characters that stand in Chinese forms; other scripts in number show that glyph numbers were taken for characters. */
const EXPECTED =
  /[\u0020-\u007e\u00a0-\u00ff\u0391-\u03c9\u2000-\u27bf\u2e80-\u9fff\uf900-\ufaff\ufe10-\ufe4f\uff00-\uffef\u{20000}-\u{3ffff}]/u;

function unreadable({ glyphs }: PdfPage): number {
  let count = 0;
  for (const glyph of glyphs) if (glyph.unmapped || !EXPECTED.test(glyph.text)) count += 1;
  return count;
}

/** Lines that the layout wrapped become one block; titles and captions stay by themselves. */
function paragraphsOf(lines: readonly LooseLine[], { page, placeOf }: PageBody, right: number): Block[] {
  const blocks: Block[] = [];
  let text = "";
  let box: PageBox = [0, 0, 0, 0];
  let before: LooseLine | null = null;
  const close = (): void => {
    if (text.trim() !== "")
      blocks.push({ kind: "text", text: text.trim(), at: { page: page.number, box: rounded(placeOf(box)) } });
  };
  for (const item of lines) {
    const { line } = item;
    const wrapped =
      before !== null &&
      before.turn === item.turn &&
      item.turn === 0 &&
      Math.abs(before.line.size - line.size) < 1 &&
      item.top - before.bottom < 1.6 * line.size &&
      before.line.parts.length === 1 &&
      before.line.u1 + line.head > right + 0.1 * line.size &&
      line.u0 <= before.line.u0 + 0.5 * line.size;
    if (wrapped) {
      const words = /[A-Za-z]$/.test(text) && /^[A-Za-z]/.test(line.text);
      text += words ? ` ${line.text}` : line.text;
      box = [
        Math.min(box[0], item.box[0]),
        Math.min(box[1], item.box[1]),
        Math.max(box[2], item.box[2]),
        Math.max(box[3], item.box[3]),
      ];
    } else {
      close();
      text = line.text;
      box = item.box;
    }
    before = item;
  }
  close();
  return blocks;
}

class Reading {
  readonly blocks: Block[] = [];
  private open: OpenTable | null = null;
  /** Lines printed above the open table on its first page, to know them again where they are repeated. */
  private heading: readonly string[] = [];
  private tables = 0;
  /** Tables found by the places of their words alone. */
  bareTables = 0;
  private readonly budget = new Budget("PDF ");

  page(of: PageBody, furniture: ReadonlySet<LooseLine>): void {
    const body = of.items.filter((item) => item.kind === "table" || !furniture.has(item));
    const right = Math.max(...body.map((item) => (item.kind === "line" ? item.line.u1 : 0)), 0);
    const at = body.findIndex((item) => item.kind === "table");
    const head = body.slice(0, Math.max(at, 0)).filter((item): item is LooseLine => item.kind === "line");
    let from = 0;
    const first = body[at];
    if (first?.kind === "table") {
      const repeated = head.every(({ line }) => this.heading.includes(line.text.replace(/\s+/g, "")));
      if (this.open && repeated && this.open.join(first, of, head.length > 0)) {
        this.count(first);
        from = at + 1;
      }
    }
    let lines: LooseLine[] = [];
    const flush = (): void => {
      this.blocks.push(...paragraphsOf(lines, of, right));
      lines = [];
    };
    for (const item of body.slice(from)) {
      if (item.kind === "line") {
        this.close();
        lines.push(item);
        continue;
      }
      this.close();
      this.heading = lines.map(({ line }) => line.text.replace(/\s+/g, ""));
      flush();
      this.count(item);
      this.open = new OpenTable(item, of);
    }
    flush();
  }

  /** A page of a file in which no rule is drawn: lines, and rows of words that stand apart. */
  bare(of: PageBody, furniture: ReadonlySet<LooseLine>): void {
    const lines = of.items.filter(
      (item): item is LooseLine => item.kind === "line" && item.turn === 0 && !furniture.has(item),
    );
    const apart = lines.map(({ line }) => line.parts.length >= 3);
    const [from, to] = [apart.indexOf(true), apart.lastIndexOf(true)];
    const table = from < 0 ? null : bareTable(lines.slice(from, to + 1), of, this.tables + 1);
    const right = Math.max(...lines.map(({ line }) => line.u1), 0);
    if (!table) {
      this.blocks.push(...paragraphsOf(lines, of, right));
      return;
    }
    this.tables += 1;
    this.bareTables += 1;
    this.budget.row(table.rowCount);
    this.budget.cell(table.rows.reduce((sum, row) => sum + row.length, 0));
    this.blocks.push(...paragraphsOf(lines.slice(0, from), of, right), table);
    this.blocks.push(...paragraphsOf(lines.slice(to + 1), of, right));
  }

  private count({ lattice }: PageTable): void {
    this.budget.cell(lattice.cells.length);
    this.budget.row(lattice.ys.length);
  }

  close(): void {
    if (!this.open) return;
    this.tables += 1;
    this.blocks.push(this.open.table(this.tables));
    this.open = null;
  }
}

/** What is kept of a page once its characters have become lines and cells. */
export interface PageDigest {
  readonly number: number;
  /** A picture with few characters or none. */
  readonly scan: boolean;
  /** Characters, and how many of them the font does not name. */
  readonly count: number;
  readonly unread: number;
  /** True where the characters are those of a recognised picture. */
  readonly recognised: boolean;
  /** Null where nothing is printed. */
  readonly body: PageBody | null;
}

/** The first half of `readPdfPages`, page by page, so that a volume need not be held in memory. Throws refusals. */
export function digestPdfPage(page: PdfPage): PageDigest {
  const { number, glyphs } = page;
  const count = glyphs.filter((glyph) => glyph.text !== " ").length;
  const scan = page.pictures && page.rules.length < 8 && count < FEW;
  const hidden = glyphs.filter((glyph) => glyph.hidden).length;
  return {
    number,
    scan,
    count: glyphs.length,
    unread: unreadable(page),
    recognised: page.pictures && hidden > 0.8 * glyphs.length,
    body: scan || count === 0 ? null : bodyOf(page),
  };
}

/**
 * Pages of a PDF to a neutral grid: ruled tables with their spans, cells cut by page breaks joined, other text as blocks in
 * reading order; page numbers, headers and watermarks left out. Pure; refuses scans. Boxes of origins are points on the page as
 * shown, [left, top, right, bottom] from its upper left corner; what goes on over pages has the box on the first one.
 */
export function readPdfPages(pages: readonly PdfPage[]): GridResult {
  try {
    return readPdfDigests(pages.map(digestPdfPage));
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal;
    throw error;
  }
}

/** The second half of `readPdfPages`. Throws refusals. */
export function readPdfDigests(pages: readonly PageDigest[]): GridResult {
  const scans = pages.filter(({ scan }) => scan);
  const written = pages.filter(({ body }) => body !== null);
  if (written.length === 0) return scans.length > 0 ? SCAN : NO_TEXT;

  const notes: Note[] = [];
  if (scans.length > 0)
    notes.push(
      note(
        "lost",
        "pdf-scan-pages",
        `${pagesOf(scans.map(({ number }) => number))}是扫描图片，没有可以读取的文字，未读入；请补充这些页的 Word、Excel 或由其导出的 PDF`,
      ),
    );
  const unread = written.reduce((sum, page) => sum + page.unread, 0);
  const total = written.reduce((sum, page) => sum + page.count, 0);
  if (unread > 0.3 * total) return UNMAPPED;
  if (unread > 0)
    notes.push(
      note(
        "lost",
        "pdf-unmapped-characters",
        `${pagesOf(written.filter((page) => page.unread > 0).map(({ number }) => number))}有 ${unread} 个字符的字体没有注明是什么字，以“\ufffd”或原样保留，请对照原件核对`,
      ),
    );
  const recognised = written.filter((page) => page.recognised);
  if (recognised.length > 0)
    notes.push(
      note(
        "guessed",
        "pdf-recognised-text",
        `${pagesOf(recognised.map(({ number }) => number))}是扫描图片，读到的是附带的识别文字，可能有错字，请对照原件核对`,
      ),
    );

  const bodies = written.flatMap(({ body }) => body ?? []);
  const marks = new Set(bodies.map(({ watermark }) => watermark).filter((text) => text !== ""));
  if (marks.size > 0)
    notes.push(
      note(
        "normalised",
        "pdf-watermark",
        `斜排或浅色大字“${[...marks].join("”“").slice(0, 40)}”视为水印，未读入`,
      ),
    );
  const furniture = furnitureOf(bodies);
  const reading = new Reading();
  const ruled = bodies.some(({ items }) => items.some(({ kind }) => kind === "table"));
  for (const body of bodies)
    if (ruled) reading.page(body, furniture);
    else reading.bare(body, furniture);
  reading.close();
  if (!ruled && reading.bareTables > 0)
    notes.push(
      note(
        "guessed",
        "pdf-without-rules",
        "PDF 的表格没有画线，各列按文字的位置划分，合并的单元格无法分辨，请对照原件核对",
      ),
    );
  else if (!ruled)
    notes.push(
      note(
        "lost",
        "pdf-without-rules",
        "PDF 里没有画线的表格，单元格无法分辨，只按文字读取；请提供 Word、Excel 文件或带表格线的 PDF",
      ),
    );
  return { kind: "grid", grid: { blocks: reading.blocks, notes } };
}
