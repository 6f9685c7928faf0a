import { chartSize } from "../charts/chart-shape.ts";
import { type ChartModel, type DocumentBlock, type DocumentModel, titleLines } from "../document.ts";
import type { FormModel, Orientation, TableModel } from "../model.ts";
import type { ChartDrawings } from "./chart-drawings.ts";
import { FOOTER_ID, type FurtherPart, furtherId, numberingPart, packageParts } from "./docx-parts.ts";
import { docxTable } from "./docx-table.ts";
import { field, linesOfText, type ParagraphOptions, paragraph, run } from "./docx-text.ts";
import { planForm, planTable, SHORT_TABLE, tableFirst } from "./page-plan.ts";
import { linesOf } from "./text-extent.ts";
import { XML_HEAD, xml } from "./xml.ts";
import { zipParts } from "./zip.ts";

/** How a section is set: prose has the margins of official documents, forms need the width. */
interface Page {
  readonly orientation: Orientation;
  readonly use: "form" | "prose";
}

/** Top, right, bottom, left in twips. */
const MARGINS: Readonly<Record<string, readonly [number, number, number, number]>> = {
  "form portrait": [1134, 1134, 1134, 1134],
  "form landscape": [1134, 1134, 1134, 1134],
  "prose portrait": [2098, 1474, 1984, 1588],
  // Prose on a page that is turned stands about wide tables.
  "prose landscape": [1134, 1134, 1134, 1134],
};

function measures(page: Page): {
  readonly width: number;
  readonly height: number;
  readonly margins: readonly [number, number, number, number];
} {
  const upright = page.orientation === "portrait";
  const margins = MARGINS[`${page.use} ${page.orientation}`] ?? [1134, 1134, 1134, 1134];
  return { width: upright ? 11906 : 16838, height: upright ? 16838 : 11906, margins };
}

function textWidth(page: Page): number {
  const { width, margins } = measures(page);
  return width - margins[1] - margins[3];
}

function textHeight(page: Page): number {
  const { height, margins } = measures(page);
  return height - margins[0] - margins[2];
}

function section(page: Page): string {
  const { width, height, margins } = measures(page);
  const [top, right, bottom, left] = margins;
  return `<w:sectPr><w:footerReference w:type="default" r:id="${FOOTER_ID}"/><w:type w:val="nextPage"/><w:pgSz w:w="${width}" w:h="${height}"${page.orientation === "landscape" ? ' w:orient="landscape"' : ""}/><w:pgMar w:top="${top}" w:right="${right}" w:bottom="${bottom}" w:left="${left}" w:header="567" w:footer="567" w:gutter="0"/><w:cols w:space="425"/></w:sectPr>`;
}

/** Height of a line of the contents, in twips. */
const CONTENTS_LINE = 480;

/** The same for a table below a picture: both kept together leave half a page empty. */
const SHORT_BELOW_PICTURE = 0.3;

/** Most characters of a paragraph that is kept with the table after it. */
const ABOUT_TABLE = 120;

interface Entry {
  readonly bookmark: string;
  readonly text: string;
  /** Estimated page; Word and WPS compute it anew. */
  readonly page: number;
}

/** Builds the body block by block, keeping sections, bookmarks and the parts beside it. */
class BodyWriter {
  readonly further: FurtherPart[] = [];
  readonly entries: Entry[] = [];
  readonly pieces: string[] = [];
  orderedLists = 0;
  lists = 0;
  private page: Page;
  private breakNext = false;
  private charts = 0;
  private bookmarks = 0;
  private pageNumber = 1;
  /** Twips filled on the page, by estimate. */
  private filled = 0;
  private readonly document: DocumentModel;
  private readonly drawings: ChartDrawings;

  constructor(document: DocumentModel, drawings: ChartDrawings) {
    this.document = document;
    this.drawings = drawings;
    this.page = this.pageOf(document.blocks.find((block) => block.kind !== "page-break"));
    if (document.printTitle || document.contents) this.page = this.prose(document);
  }

  private prose(document: DocumentModel): Page {
    const onlyForms = document.blocks.every((block) => block.kind === "form" || block.kind === "page-break");
    return { orientation: document.orientation, use: onlyForms ? "form" : "prose" };
  }

  private pageOf(block: DocumentBlock | undefined): Page {
    return block?.kind === "form"
      ? { orientation: block.form.orientation, use: "form" }
      : this.prose(this.document);
  }

  /** Width of the text area at this point, in twips. */
  get width(): number {
    return textWidth(this.page);
  }

  /** The section that is open at the end. */
  end(): string {
    return section(this.page);
  }

  write(block: DocumentBlock, next: DocumentBlock | undefined): void {
    if (block.kind === "page-break") {
      this.breakNext = this.pieces.length > 0;
      return;
    }
    this.turn(this.pageOf(block));
    switch (block.kind) {
      case "heading": {
        const bookmark = this.document.contents && block.level === 1 ? this.entry(block.text) : null;
        this.paragraph(`Heading${block.level}`, bookmarked(run(block.text), bookmark, this.bookmarks));
        return;
      }
      case "paragraph": {
        const style = block.small ? "Small" : block.indent ? "Body" : "Plain";
        const align = block.align && block.align !== "left" ? { align: block.align } : {};
        // A line about a table must not be left alone at the foot of a page.
        const keepNext =
          block.text.length <= ABOUT_TABLE && (next?.kind === "table" || next?.kind === "chart")
            ? { keepNext: true }
            : {};
        for (const line of linesOfText(block.text))
          this.paragraph(style, run(line), { ...keepNext, ...align }, line);
        return;
      }
      case "list": {
        this.lists += 1;
        if (block.ordered) this.orderedLists += 1;
        const list = block.ordered ? this.orderedLists + 1 : 1;
        for (const item of block.items)
          this.paragraph(
            block.small ? "ListSmall" : "ListItem",
            run(item.replace(/\s*\n\s*/g, " ")),
            { list },
            item,
          );
        return;
      }
      case "table":
        if (block.caption !== null) this.paragraph("Caption", run(block.caption));
        this.table(block.table);
        return;
      case "chart":
        this.chart(block.chart);
        return;
      case "form":
        this.form(block.form);
    }
  }

  title(): void {
    for (const line of titleLines(this.document).flatMap(linesOfText)) this.paragraph("Title", run(line));
    for (const line of this.document.subtitle) this.paragraph("Subtitle", run(line));
  }

  /** Keeps the place of the contents; what follows them begins on a page of its own. */
  reserveContents(entries: number): number {
    this.fill(1500 + entries * CONTENTS_LINE);
    this.breakNext = true;
    return this.pieces.push("") - 1;
  }

  private turn(to: Page): void {
    const { page } = this;
    if (page.orientation === to.orientation && page.use === to.use) return;
    if (this.pieces.length > 0) {
      this.pieces.push(paragraph("End", "", { section: section(page) }));
      this.nextPage();
    }
    this.breakNext = false;
    this.page = to;
  }

  private nextPage(): void {
    this.pageNumber += 1;
    this.filled = 0;
  }

  private fill(twips: number): void {
    const room = textHeight(this.page);
    this.filled += twips;
    while (this.filled > room) {
      this.pageNumber += 1;
      this.filled -= room;
    }
  }

  private paragraph(style: string, runs: string, options: ParagraphOptions = {}, text = ""): void {
    const broken = this.breakNext;
    this.breakNext = false;
    if (broken) this.nextPage();
    this.pieces.push(paragraph(style, runs, broken ? { ...options, pageBreakBefore: true } : options));
    this.fill(560 * linesOf(text, textWidth(this.page) / 320));
  }

  private entry(text: string): string {
    this.bookmarks += 1;
    const bookmark = `_Toc${100_000_000 + this.bookmarks}`;
    this.entries.push({ bookmark, text, page: this.pageNumber + (this.breakNext ? 1 : 0) });
    return bookmark;
  }

  private table(table: TableModel, short = SHORT_TABLE): void {
    if (this.breakNext) this.paragraph("End", "");
    const width = textWidth(this.page);
    const plan = planTable(table, { width: width / 20, height: textHeight(this.page) / 20 });
    const height = plan.heights.flat().reduce((sum, each) => sum + each, 0);
    const whole = !table.dense && height <= (textHeight(this.page) / 20) * short;
    this.pieces.push(docxTable(plan, width, whole), paragraph("End", ""));
    this.fill(20 * height);
  }

  private chart(chart: ChartModel): void {
    this.paragraph("Caption", run(chart.title));
    const above = tableFirst(chart);
    if (above) this.table(chart.table);
    const { drawingMl } = this.drawings;
    if (drawingMl) {
      this.charts += 1;
      const name = `charts/chart${this.charts}.xml`;
      this.further.push({ kind: "chart", name, content: drawingMl(chart) });
      this.paragraph(
        "Picture",
        inlineChart(
          chart,
          this.charts,
          furtherId(this.further.length - 1),
          Math.min(textWidth(this.page), 9000),
        ),
      );
      this.fill((textWidth(this.page) * chartSize(chart).height) / chartSize(chart).width);
    }
    this.paragraph("Small", run(chart.description), above ? {} : { keepNext: true }, chart.description);
    if (!above) this.table(chart.table, SHORT_BELOW_PICTURE);
  }

  private form(form: FormModel): void {
    const bookmark = this.document.contents ? this.entry(form.name) : null;
    for (const [index, line] of form.caption.entries()) {
      if (index !== form.titleLine) {
        this.paragraph(index < form.titleLine ? "FormNumber" : "FormCaption", run(line));
        continue;
      }
      // The contents name forms by their projects: their titles are all the same.
      const mark = bookmark === null ? "" : tableOfContentsEntry(form.name);
      this.paragraph("FormTitle", mark + bookmarked(run(line), bookmark, this.bookmarks));
    }
    if (this.breakNext) this.paragraph("End", "");
    const plan = planForm(form);
    this.pieces.push(docxTable(plan, textWidth(this.page)));
    this.fill(20 * plan.heights.flat().reduce((sum, height) => sum + height, 0));
    for (const line of form.foot) this.paragraph("FormFoot", run(line), {}, line);
    if (form.foot.length === 0) this.pieces.push(paragraph("End", ""));
  }
}

function bookmarked(runs: string, name: string | null, id: number): string {
  return name === null
    ? runs
    : `<w:bookmarkStart w:id="${id}" w:name="${name}"/>${runs}<w:bookmarkEnd w:id="${id}"/>`;
}

/** A hidden mark from which a table of contents takes its entry. */
function tableOfContentsEntry(text: string): string {
  const quoted = text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replace(/\s+/g, " ");
  const hidden = "<w:rPr><w:vanish/></w:rPr>";
  return `<w:r>${hidden}<w:fldChar w:fldCharType="begin"/></w:r><w:r>${hidden}<w:instrText xml:space="preserve"> TC "${xml(quoted)}" \\f C \\l 1 </w:instrText></w:r><w:r>${hidden}<w:fldChar w:fldCharType="end"/></w:r>`;
}

function inlineChart(chart: ChartModel, number: number, relation: string, twips: number): string {
  const width = twips * 635;
  const size = chartSize(chart);
  const height = Math.round((width * size.height) / size.width);
  return `<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="${width}" cy="${height}"/><wp:docPr id="${number}" name="${xml(`图 ${number}`)}" descr="${xml(chart.description)}"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="${relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;
}

/** The contents, filled in: readable before any program computes them, and computed anew where one does. */
function contentsOf(entries: readonly Entry[], width: number): string {
  const begin =
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-1" \\f C \\h \\z </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>';
  const lines = entries.map(({ bookmark, text, page }, index) => {
    const link = `<w:hyperlink w:anchor="${bookmark}" w:history="1">${run(text.replace(/\s+/g, " "))}<w:r><w:tab/></w:r>${field(`PAGEREF ${bookmark} \\h`, String(page))}</w:hyperlink>`;
    return `<w:p><w:pPr><w:pStyle w:val="TOC1"/><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="${width}"/></w:tabs></w:pPr>${index === 0 ? begin : ""}${link}</w:p>`;
  });
  return `${paragraph("TOCHeading", run("目录"))}${lines.join("")}${paragraph("End", '<w:r><w:fldChar w:fldCharType="end"/></w:r>')}`;
}

const NAMESPACES = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"',
].join(" ");

/**
 * A document as a Word file: A4, each form in its own orientation, fixed columns, page numbers, contents with links. Charts
 * are drawn by `drawings.drawingMl`. The same document gives the same bytes.
 */
export function writeDocx(document: DocumentModel, drawings: ChartDrawings = {}): Uint8Array {
  const body = new BodyWriter(document, drawings);
  if (document.printTitle) body.title();
  const named = document.blocks.filter(
    (block) => block.kind === "form" || (block.kind === "heading" && block.level === 1),
  );
  const front = document.contents && named.length > 0 ? body.reserveContents(named.length) : null;
  const { width } = body;
  for (const [index, block] of document.blocks.entries()) body.write(block, document.blocks[index + 1]);
  if (front !== null) body.pieces[front] = contentsOf(body.entries, width);
  const { further } = body;
  if (body.lists > 0)
    further.push({ kind: "numbering", name: "numbering.xml", content: numberingPart(body.orderedLists) });
  return zipParts({
    ...packageParts(document.title, further),
    "word/document.xml": `${XML_HEAD}<w:document ${NAMESPACES}><w:body>${body.pieces.join("")}${body.end()}</w:body></w:document>`,
  });
}
