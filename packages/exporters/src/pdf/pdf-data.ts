import { type ChartModel, type DocumentBlock, type DocumentModel, titleLines } from "../document.ts";
import { type FormModel, gridOf, type ModelCell, type Orientation, type TableModel } from "../model.ts";
import type { ChartDrawings } from "../writers/chart-drawings.ts";
import { SHORT_TABLE, tableFirst } from "../writers/page-plan.ts";
import { evenRoom } from "../writers/text-extent.ts";
import type { PdfEngine } from "./engine.ts";
import { fitTable, lineHeight, MARGIN, pageArea, type TableFit } from "./fit.ts";

/** A line of text: whole, or in parts between which it may be broken where a cell is too narrow for it. */
type Line = string | readonly string[];

interface CellData {
  readonly x: number;
  readonly y: number;
  readonly colspan: number;
  readonly rowspan: number;
  readonly align: "left" | "center" | "right";
  readonly lines: readonly Line[];
  /** Whether the row may be divided over two pages; rows taller than a page must, cells over several rows do. */
  readonly breakable: boolean;
  /** Size other than the table's, for a figure that would not fit in its column. */
  readonly size?: number;
  /** Width in points that a label is set in, where the whole of its cell would leave one character on its last line. */
  readonly narrow?: number;
  /** A text that stays together though its cell is divided. */
  readonly whole?: true;
  /** The side on which a cell that was cut at a repeated heading has no rule. */
  readonly open?: "top" | "bottom";
}

interface TableData {
  readonly widths: readonly number[];
  readonly size: number;
  readonly insetX: number;
  readonly insetY: number;
  /** Kept on one page. */
  readonly whole: boolean;
  readonly parts: readonly { readonly head: readonly CellData[]; readonly body: readonly CellData[] }[];
}

/** Everything the template prints, and the characters that it cannot. */
export interface PdfData {
  readonly data: object;
  readonly missing: readonly string[];
}

/** Printed for a character that no font has. */
const MISSING_TYPE = "〓";
/** Formatting characters are not visible, and a PDF holds only what is. */
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}\uFFFE\uFFFF]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROL = /[\u0000-\u0008\u000E-\u001F\u007F-\u009F]/g;
/** Tall content is estimated; a row of more than this part of a page may be divided, rather than lost below its edge. */
const TALLEST_WHOLE_ROW = 0.75;

/** An accent of its own: the engine would give the text of every later letter like the one under it wrongly to readers. */
const ACCENTED = /\P{M}\p{M}+/gu;
/**
 * Accents that no letter took up, and characters that mean something only on one machine, have no print of their own; scripts
 * written from right to left are in none of the fonts, and their signs among other text bring the engine down.
 */
const WITHOUT_PRINT =
  /[\p{M}\p{Co}\p{Cn}\p{Cs}\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** Turns a document into the data of the template: pages turned, tables cut at their repeated heading, every row and text fitted. */
export function pdfData(document: DocumentModel, drawings: ChartDrawings, engine: PdfEngine): PdfData {
  const missing = new Set<string>();
  const printed = (text: string): string => {
    const plain = text
      .replace(/\r\n?|[\v\f\u2028\u2029]/g, "\n")
      .replace(/\t/g, " ")
      .replace(INVISIBLE, "")
      .replace(CONTROL, "")
      .replace(ACCENTED, (cluster) => cluster.normalize("NFC"));
    let shown = "";
    for (const character of plain) {
      if (character === "\n" || (!WITHOUT_PRINT.test(character) && engine.prints(character)))
        shown += character;
      else {
        missing.add(character);
        shown += MISSING_TYPE;
      }
    }
    return shown;
  };
  const lines = (text: string): string[] => printed(text).split("\n");
  const sections = sectionsOf(document).map(({ orientation, list }) => ({
    flipped: orientation === "landscape",
    blocks: list.map((block) => blockData(block, { orientation, lines, engine, drawings })),
  }));
  const data = {
    title: printed(document.title).replaceAll("\n", " "),
    titles: document.printTitle ? [titleLines(document).join("\n"), ...document.subtitle].map(lines) : [],
    contents: document.contents,
    margin: MARGIN,
    sections,
  };
  return { data, missing: [...missing] };
}

/** Runs of blocks on pages turned alike. A page break between two runs is made by the turn itself. */
function sectionsOf(document: DocumentModel): { orientation: Orientation; list: DocumentBlock[] }[] {
  const sections: { orientation: Orientation; list: DocumentBlock[] }[] = [
    { orientation: document.orientation, list: [] },
  ];
  for (const block of document.blocks) {
    const wanted =
      block.kind === "form"
        ? block.form.orientation
        : block.kind === "page-break"
          ? null
          : document.orientation;
    const current = sections.at(-1);
    if (current && (wanted === null || wanted === current.orientation)) current.list.push(block);
    else if (current?.list.length === 0)
      sections[sections.length - 1] = { orientation: wanted as Orientation, list: [block] };
    else sections.push({ orientation: wanted as Orientation, list: [block] });
  }
  return sections;
}

/** What every part of a page is set with. */
interface Setting {
  readonly orientation: Orientation;
  readonly lines: (text: string) => string[];
  readonly engine: PdfEngine;
  readonly drawings: ChartDrawings;
}

function blockData(block: DocumentBlock, setting: Setting): object {
  const { lines } = setting;
  switch (block.kind) {
    case "form":
      return formData(block.form, setting);
    case "heading":
      return { kind: "heading", level: block.level, text: lines(block.text) };
    case "paragraph":
      return {
        kind: "paragraph",
        text: lines(block.text),
        align: block.align ?? "left",
        indent: block.indent ?? false,
        small: block.small ?? false,
      };
    case "list":
      return {
        kind: "list",
        ordered: block.ordered,
        small: block.small ?? false,
        items: block.items.map(lines),
      };
    case "table":
      return {
        kind: "table",
        caption: block.caption === null ? null : lines(block.caption),
        table: tableData(block.table, setting, null),
      };
    case "chart":
      return chartData(block.chart, setting);
    case "page-break":
      return { kind: "page-break" };
  }
}

/** Heights of the lines above and under a form, in points: the title's, and of every other line. */
const TITLE_HEIGHT = 36;
const CAPTION_HEIGHT = 22;
const FOOT_HEIGHT = 16;

function formData(form: FormModel, setting: Setting): object {
  const { lines } = setting;
  const others = CAPTION_HEIGHT * (form.caption.length - 1) + FOOT_HEIGHT * form.foot.length;
  const room = pageArea(form.orientation).height - TITLE_HEIGHT - others;
  return {
    kind: "form",
    name: [lines(form.name).join(" ")],
    caption: form.caption.map(lines),
    titleLine: form.titleLine,
    foot: form.foot.map(lines),
    table: tableData(form, { ...setting, orientation: form.orientation }, room),
  };
}

function chartData(chart: ChartModel, setting: Setting): object {
  const { lines, drawings } = setting;
  return {
    kind: "chart",
    svg: drawings.svg?.(chart) ?? null,
    tableFirst: tableFirst(chart),
    title: lines(chart.title),
    description: lines(chart.description),
    alt: lines(chart.description).join(" "),
    table: tableData(chart.table, setting, null),
  };
}

const ALIGN = { label: "center", text: "left", number: "right" } as const;

function tableData(
  table: TableModel,
  { orientation, lines, engine }: Setting,
  room: number | null,
): TableData {
  const shown = new Map<ModelCell, string[]>();
  for (const row of table.rows) for (const each of row) shown.set(each, stacked(each, lines));
  const fit = fitTable(table, shown, orientation, engine.face, room);
  const grid = gridOf(table);
  const tall = tallRows(table, shown, fit, pageArea(orientation).height * TALLEST_WHOLE_ROW);
  const { repeat } = table;
  const cut = repeat?.row ?? table.rows.length;
  const headEnd = repeat ? repeat.row + repeat.count : table.rows.length;
  const bodyEnd = endOfRepeated(table, headEnd);
  const above: CellData[] = [];
  const head: CellData[] = [];
  const body: CellData[] = [];
  const below: CellData[] = [];
  for (const [row, positions] of grid.entries())
    for (const [column, { cell, anchorRow, anchorColumn }] of positions.entries()) {
      if (anchorRow !== row || anchorColumn !== column) continue;
      const whole = {
        ...cellData(cell, shown.get(cell) ?? [], fit, column, orientation, engine),
        breakable: cell.rowSpan > 1 || tall.has(row),
      };
      if (row < cut) above.push({ ...whole, x: column, y: row });
      else if (row >= bodyEnd) below.push({ ...whole, x: column, y: row - bodyEnd });
      else if (row >= headEnd) body.push({ ...whole, x: column, y: row - cut });
      else if (row + cell.rowSpan <= headEnd) head.push({ ...whole, x: column, y: row - cut });
      else {
        // The engine repeats whole cells only. A label that reaches from the heading down is printed as two without a rule between.
        const inHead = headEnd - row;
        head.push({ ...whole, x: column, y: row - cut, rowspan: inHead, lines: [], open: "bottom" });
        body.push({ ...whole, x: column, y: headEnd - cut, rowspan: cell.rowSpan - inHead, open: "top" });
      }
    }
  return {
    widths: table.widths,
    size: fit.size,
    insetX: fit.insetX,
    insetY: fit.insetY,
    whole: room === null && !table.dense && fit.height <= pageArea(orientation).height * SHORT_TABLE,
    parts: [
      { head: [], body: above },
      { head, body },
      { head: [], body: below },
    ].filter((part) => part.head.length + part.body.length > 0),
  };
}

/** Rows with a cell higher than `limit`. One cell that must stay whole keeps its whole row together, so a tall row lets all of them go. */
function tallRows(
  table: TableModel,
  shown: ReadonlyMap<ModelCell, readonly string[]>,
  fit: TableFit,
  limit: number,
): ReadonlySet<number> {
  const tall = new Set<number>();
  for (const [row, positions] of gridOf(table).entries())
    for (const [column, { cell, anchorRow, anchorColumn }] of positions.entries()) {
      if (anchorRow !== row || anchorColumn !== column || cell.rowSpan > 1) continue;
      const lines = shown.get(cell) ?? [];
      const width = fit.widthOf(column, cell.columnSpan);
      if (fit.heightOf(lines, width, fit.sizeIn(lines, width)) > limit) tall.add(row);
    }
  return tall;
}

/**
 * The row behind the last that the repeated heading is for: the heading of the indicators says nothing over remarks. The total
 * belongs to it, and so does whatever a cell spans together with it.
 */
function endOfRepeated(table: TableModel, headEnd: number): number {
  const isOf = (row: readonly ModelCell[], what: RegExp): boolean =>
    row.some(({ place }) => place !== undefined && what.test(place));
  let end = table.rows.findLastIndex((row) => isOf(row, /^indicators\[/)) + 1;
  if (end <= headEnd) return table.rows.length;
  if (isOf(table.rows[end] ?? [], /^total/)) end += 1;
  for (let row = 0; row < end; row++)
    for (const { rowSpan } of table.rows[row] ?? []) end = Math.max(end, row + rowSpan);
  return end;
}

function cellData(
  cell: ModelCell,
  lines: readonly string[],
  fit: TableFit,
  column: number,
  orientation: Orientation,
  engine: PdfEngine,
): Omit<CellData, "x" | "y" | "breakable"> {
  const width = fit.widthOf(column, cell.columnSpan);
  const size = fit.sizeIn(lines, width);
  const align = cell.align ?? ALIGN[cell.role];
  const even = cell.role !== "number" && !cell.vertical ? evenRoom(cell.text, width / size) : null;
  return {
    colspan: cell.columnSpan,
    rowspan: cell.rowSpan,
    align,
    lines: lines.map((line) => breakable(line, width, size, engine)),
    ...(size === fit.size ? {} : { size }),
    ...(even === null ? {} : { narrow: even * size }),
    ...(cell.rowSpan > 1 && lines.length * lineHeight(size) < pageArea(orientation).height / 4
      ? { whole: true as const }
      : {}),
  };
}

/** A vertical label has one character a line; figures in it stay side by side. */
function stacked(cell: ModelCell, lines: (text: string) => string[]): string[] {
  const plain = lines(cell.text);
  if (!cell.vertical) return plain;
  return plain.flatMap((line) => line.match(/[\d.]+|\S/gu) ?? []);
}

/** A run of more characters than any address is broken at every eighth: each place takes the engine time. */
const LONG_RUN = 400;

/** Text without a place to break, with the marks that may not be parted from it. */
const RUN = /[（《〈【〔“‘]*[^\s\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF]+[，。、；：！？）》〉】〕”’]*/gu;

/** A run without a place to break (a web address, a long figure) is given places where it is wider than its cell. */
function breakable(line: string, width: number, size: number, engine: PdfEngine): Line {
  const parts: string[] = [];
  let rest = 0;
  for (const { 0: run, index } of line.matchAll(RUN)) {
    if (engineWidth(run, size, engine) <= width) continue;
    if (index > rest) parts.push(line.slice(rest, index));
    parts.push(...(run.match(run.length > LONG_RUN ? /.{1,8}/gsu : /./gsu) ?? []));
    rest = index + run.length;
  }
  if (parts.length === 0) return line;
  if (rest < line.length) parts.push(line.slice(rest));
  return parts;
}

function engineWidth(text: string, size: number, { face }: PdfEngine): number {
  let width = 0;
  for (const character of text) width += face.advance(character.codePointAt(0) ?? 0);
  return (width * size) / 1000;
}
