import type { FormModel, ModelCell, Orientation, TableModel } from "../model.ts";
import { planTable, textArea } from "./page-plan.ts";
import { linesOf } from "./text-extent.ts";
import type { CellLook, StyleSheet } from "./xlsx-styles.ts";
import { type Referable, spreadsheetFormula, storedNumber } from "./xlsx-values.ts";
import { XML_HEAD, xml } from "./xml.ts";

/** Most characters a cell of a spreadsheet holds. */
const LONGEST = 32_767;
/** Greatest height of a row, in points. */
const TALLEST = 409;
/** Points one unit of column width takes. */
const UNIT = 5.25;

/** Column letters of a 0-based index: 0 → A, 27 → AB. */
function columnName(index: number): string {
  let name = "";
  for (let n = index + 1; n > 0; n = Math.floor((n - 1) / 26))
    name = String.fromCharCode(65 + ((n - 1) % 26)) + name;
  return name;
}

/** What a cell holds of a text too long for it, with a note of what is left out where the text is cut. */
function cellText(text: string): string {
  const lines = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  if (lines.length <= LONGEST) return lines;
  const note = (kept: number): string =>
    `……（全文共${lines.length}字，超过电子表格单元格的上限，以下${lines.length - kept}字未列出，请看 Word 或网页格式）`;
  let kept = LONGEST - note(0).length;
  if (/[\ud800-\udbff]/.test(lines.charAt(kept - 1))) kept -= 1;
  return lines.slice(0, kept) + note(kept);
}

/** Text of a cell in markup: what looks like the spreadsheet's own notation for a character is kept apart from it. */
function inlineText(text: string): string {
  const escaped = text.includes("_x") ? text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_") : text;
  return `<is><t xml:space="preserve">${xml(escaped)}</t></is>`;
}

/** A sheet before it is written: a form or table with the lines around it. */
export interface SheetContent {
  readonly table: TableModel;
  readonly above: readonly { readonly text: string; readonly look: "title" | "caption" | "heading" }[];
  readonly below: readonly string[];
  readonly orientation: Orientation;
  /** Target of a link for cells by row and column, as location in the workbook. */
  readonly links?: ReadonlyMap<ModelCell, string>;
}

/** A form as the content of a sheet. */
export function formSheet(form: FormModel): SheetContent {
  return {
    table: form,
    above: form.caption.map((text, index) => ({
      text,
      look: index === form.titleLine ? "title" : index < form.titleLine ? "heading" : "caption",
    })),
    below: form.foot,
    orientation: form.orientation,
  };
}

/** A written sheet: its part, and the rows repeated on every printed page (1-based), if any. */
export interface WrittenSheet {
  readonly part: string;
  /** What is printed of a list to work in, in absolute references; null for a form, which prints whatever is added to it. */
  readonly area: string | null;
  readonly titles: { readonly from: number; readonly to: number } | null;
}

const ROLE_ALIGN = { label: "center", text: "left", number: "right" } as const;

interface Placed extends Referable {
  readonly cell: ModelCell;
}

/** Writes one sheet; its styles are asked of the style sheet of the workbook. */
export function writeSheet(content: SheetContent, styles: StyleSheet, first: boolean): WrittenSheet {
  const area = textArea(content.orientation);
  const plan = planTable(content.table, area);
  const table = { ...content.table, widths: plan.widths };
  // Nothing in a sheet grows by itself once its height is set: rows of several lines get a little more than the estimate.
  const heights = plan.heights
    .flat()
    .map((height) => (height > 2 * plan.points * 1.3 ? height * 1.08 : height));
  const columns = table.widths.length;
  const total = table.widths.reduce((sum, width) => sum + width, 0);
  const units = area.width / UNIT;
  const merges: string[] = [];
  const rows: string[] = [];
  const letters = table.widths.map((_, index) => columnName(index));
  const last = letters.at(-1) ?? "A";
  const font = plan.points < 10 ? "dense" : "body";
  const look = (more: Partial<CellLook>): number =>
    styles.of({ font, align: "left", format: 49, border: true, vertical: false, quoted: false, ...more });
  /** Styles of text by alignment and direction: most cells of a sheet have one of these. */
  const plain = new Map<string, number>();
  const plainLook = (cell: ModelCell): number => {
    const align = cell.align ?? ROLE_ALIGN[cell.role];
    const key = cell.vertical ? `v${align}` : align;
    let style = plain.get(key);
    if (style === undefined) {
      style = look({ align, vertical: cell.vertical === true });
      plain.set(key, style);
    }
    return style;
  };
  const textCell = (ref: string, text: string, more: Partial<CellLook>): string => {
    const quoted = /^[=+\-@]/.test(text);
    return text === ""
      ? `<c r="${ref}" s="${look(more)}"/>`
      : `<c r="${ref}" s="${look({ ...more, quoted })}" t="inlineStr">${inlineText(cellText(text))}</c>`;
  };

  let row = 0;
  const line = (text: string, kind: CellLook["font"], align: CellLook["align"], size: number): void => {
    row += 1;
    const height = Math.min(TALLEST, linesOf(text, area.width / size) * size * 1.4 + 4);
    rows.push(
      `<row r="${row}" ht="${height.toFixed(1)}" customHeight="1">${textCell(`A${row}`, text, { font: kind, align, border: false })}</row>`,
    );
    if (columns > 1) merges.push(`A${row}:${last}${row}`);
  };
  for (const { text, look: kind } of content.above)
    line(text, kind, kind === "heading" ? "left" : "center", kind === "title" ? 18 : 12);

  // A row of the form that is taller than a row of a sheet can be stands on several, every cell merged over them.
  const starts: number[] = [];
  const counts: number[] = [];
  for (const height of heights) {
    const count = Math.max(1, Math.ceil(height / TALLEST));
    starts.push(row + 1);
    counts.push(count);
    row += count;
  }
  const end = (index: number, span: number): number => {
    const lastRow = index + span - 1;
    return (starts[lastRow] ?? 0) + (counts[lastRow] ?? 1) - 1;
  };

  const { grid } = plan;
  const places = new Map<string, Placed>();
  for (const [index, positions] of grid.entries())
    for (const [column, { cell, anchorRow, anchorColumn }] of positions.entries())
      if (
        cell.place !== undefined &&
        anchorRow === index &&
        anchorColumn === column &&
        !places.has(cell.place)
      )
        places.set(cell.place, {
          cell,
          ref: `${letters[column]}${starts[index]}`,
          number: storedNumber(cell),
          empty: cell.text === "",
        });

  const links: string[] = [];
  const anchorCell = (cell: ModelCell, ref: string): string => {
    const align = cell.align ?? ROLE_ALIGN[cell.role];
    const target = content.links?.get(cell);
    if (target !== undefined) {
      links.push(`<hyperlink ref="${ref}" location="${xml(target)}" display="${xml(cell.text)}"/>`);
      return textCell(ref, cell.text, { align, font: "link" });
    }
    const number = storedNumber(cell);
    if (number) {
      const style = look({ align, format: number.format });
      const formula = cell.formula
        ? spreadsheetFormula(cell.formula, number, (place) => places.get(place))
        : null;
      return `<c r="${ref}" s="${style}">${formula === null ? "" : `<f>${xml(formula)}</f>`}<v>${number.value}</v></c>`;
    }
    // A number that is still to be typed must not become text.
    if (cell.text === "" && cell.role === "number")
      return `<c r="${ref}" s="${look({ align, format: 0 })}"/>`;
    return /^[=+\-@]/.test(cell.text)
      ? textCell(ref, cell.text, { align, vertical: cell.vertical === true })
      : cell.text === ""
        ? `<c r="${ref}" s="${plainLook(cell)}"/>`
        : `<c r="${ref}" s="${plainLook(cell)}" t="inlineStr">${inlineText(cellText(cell.text))}</c>`;
  };

  for (const [index, positions] of grid.entries()) {
    const top = starts[index] ?? 0;
    const count = counts[index] ?? 1;
    const height = (heights[index] ?? 20) / count;
    let alone = count === 1;
    const cells = Array.from({ length: count }, () => "");
    for (const [column, { cell, anchorRow, anchorColumn }] of positions.entries()) {
      const name = letters[column];
      for (let each = 0; each < count; each++) {
        const ref = `${name}${top + each}`;
        const anchors = each === 0 && anchorRow === index && anchorColumn === column;
        cells[each] += anchors ? anchorCell(cell, ref) : `<c r="${ref}" s="${plainLook(cell)}"/>`;
        if (!anchors) continue;
        const bottom = end(index, cell.rowSpan);
        if (cell.columnSpan > 1 || bottom > top) {
          merges.push(`${ref}:${letters[column + cell.columnSpan - 1]}${bottom}`);
          if (cell.text !== "") alone = false;
        }
      }
    }
    // Programs fit rows of single cells by themselves when a person goes on typing; merged ones they never fit.
    const custom = alone ? "" : ' customHeight="1"';
    for (const [each, text] of cells.entries())
      rows.push(`<row r="${top + each}" ht="${height.toFixed(1)}"${custom}>${text}</row>`);
  }
  for (const text of content.below) line(text, font === "dense" ? "dense" : "body", "left", plan.points);

  const widths = table.widths
    .map(
      (width, index) =>
        `<col min="${index + 1}" max="${index + 1}" width="${((width / total) * units).toFixed(2)}" customWidth="1"/>`,
    )
    .join("");
  const { repeat } = content.table;
  const titles =
    repeat === null ? null : { from: starts[repeat.row] ?? 1, to: end(repeat.row, repeat.count) };
  // A list of rows under one heading is worked in: it keeps its heading in sight and can be filtered. Merged cells cannot.
  const list =
    titles !== null &&
    repeat?.row === 0 &&
    repeat.count === 1 &&
    content.links === undefined &&
    grid.length > 1 &&
    counts.every((count) => count === 1) &&
    content.table.rows.every((cells) => cells.every((cell) => cell.columnSpan === 1 && cell.rowSpan === 1))
      ? { heading: titles.to, end: end(grid.length - 1, 1) }
      : null;
  const view = `showGridLines="0"${first ? ' tabSelected="1"' : ""} workbookViewId="0"`;
  const landscape =
    content.orientation === "landscape" ? ' orientation="landscape"' : ' orientation="portrait"';
  return {
    titles,
    area: list ? `$A$1:$${last}$${row}` : null,
    part: `${XML_HEAD}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:${last}${Math.max(1, row)}"/><sheetViews>${
      list
        ? `<sheetView ${view}><pane ySplit="${list.heading}" topLeftCell="A${list.heading + 1}" activePane="bottomLeft" state="frozen"/></sheetView>`
        : `<sheetView ${view}/>`
    }</sheetViews><sheetFormatPr defaultRowHeight="18"/><cols>${widths}</cols><sheetData>${rows.join("")}</sheetData>${list ? `<autoFilter ref="A${list.heading}:${last}${list.end}"/>` : ""}${
      merges.length > 0
        ? `<mergeCells count="${merges.length}">${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join("")}</mergeCells>`
        : ""
    }${links.length > 0 ? `<hyperlinks>${links.join("")}</hyperlinks>` : ""}<printOptions horizontalCentered="1"/><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/><pageSetup paperSize="9" fitToHeight="0"${landscape}/><headerFooter><oddFooter>&amp;C— &amp;P —</oddFooter></headerFooter></worksheet>`,
  };
}
