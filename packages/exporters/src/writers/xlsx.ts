import { strToU8, zipSync } from "fflate";
import type { WorkbookModel } from "../document.ts";
import { type FormModel, gridOf, type ModelCell } from "../model.ts";
import { XML_HEAD, xml } from "./xml.ts";

const FIXED_TIME = new Date("2020-01-01T00:00:00Z");
const PLAIN_NUMBER = /^-?\d{1,15}(?:\.(\d{1,6}))?$/;

/** Column letters of a 0-based index: 0 → A, 27 → AB. */
function columnName(index: number): string {
  let name = "";
  for (let n = index + 1; n > 0; n = Math.floor((n - 1) / 26))
    name = String.fromCharCode(65 + ((n - 1) % 26)) + name;
  return name;
}

/** Style numbers in styles.xml: 0 text, 1 label, 2… numbers with that many decimals. */
function styleOf(each: ModelCell, decimals: number | null): number {
  if (decimals !== null) return 2 + Math.min(decimals, 6);
  return each.role === "label" ? 1 : 0;
}

function sheetOf(model: FormModel): string {
  const columns = model.widths.length;
  const merges: string[] = [];
  const lines: string[] = [];
  const line = (row: number, cells: string): void => void lines.push(`<row r="${row}">${cells}</row>`);
  const inline = (ref: string, text: string, style: number): string =>
    `<c r="${ref}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xml(text)}</t></is></c>`;
  for (const [index, text] of model.caption.entries()) {
    const row = index + 1;
    line(row, inline(`A${row}`, text, 1));
    if (columns > 1) merges.push(`A${row}:${columnName(columns - 1)}${row}`);
  }
  const top = model.caption.length;
  for (const [index, positions] of gridOf(model).entries()) {
    const row = top + index + 1;
    let cells = "";
    for (const [column, { cell, anchorRow, anchorColumn }] of positions.entries()) {
      const ref = `${columnName(column)}${row}`;
      if (anchorRow !== index || anchorColumn !== column) {
        cells += `<c r="${ref}" s="0"/>`;
        continue;
      }
      // Only a cell meant as a number becomes one; text beginning with = + - @ stays text because it is an inline string.
      const number = cell.role === "number" ? PLAIN_NUMBER.exec(cell.text) : null;
      if (number)
        cells += `<c r="${ref}" s="${styleOf(cell, number[1]?.length ?? 0)}"><v>${cell.text}</v></c>`;
      else if (cell.text === "") cells += `<c r="${ref}" s="${styleOf(cell, null)}"/>`;
      else cells += inline(ref, cell.text, styleOf(cell, null));
      if (cell.columnSpan > 1 || cell.rowSpan > 1) {
        merges.push(`${ref}:${columnName(column + cell.columnSpan - 1)}${row + cell.rowSpan - 1}`);
      }
    }
    line(row, cells);
  }
  const bottom = top + model.rows.length;
  for (const [index, text] of model.foot.entries())
    line(bottom + index + 1, inline(`A${bottom + index + 1}`, text, 0));
  const widths = model.widths
    .map((width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`)
    .join("");
  return `${XML_HEAD}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols>${widths}</cols><sheetData>${lines.join("")}</sheetData>${
    merges.length > 0
      ? `<mergeCells count="${merges.length}">${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join("")}</mergeCells>`
      : ""
  }<pageSetup paperSize="9"/></worksheet>`;
}

function stylesOf(): string {
  const formats = Array.from(
    { length: 6 },
    (_, places) => `<numFmt numFmtId="${170 + places}" formatCode="0.${"0".repeat(places + 1)}"/>`,
  ).join("");
  const format = (id: number, horizontal: string): string =>
    `<xf numFmtId="${id}" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="${horizontal}" vertical="center" wrapText="1"/></xf>`;
  const cells = [
    format(49, "left"),
    format(49, "center"),
    format(1, "right"),
    ...Array.from({ length: 6 }, (_, places) => format(170 + places, "right")),
  ];
  const side = (name: string): string => `<${name} style="thin"/>`;
  return `${XML_HEAD}<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="6">${formats}</numFmts><fonts count="1"><font><sz val="10.5"/><name val="仿宋_GB2312"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border/><border>${[
    "left",
    "right",
    "top",
    "bottom",
  ]
    .map(side)
    .join(
      "",
    )}</border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${cells.length}">${cells.join("")}</cellXfs></styleSheet>`;
}

/** A workbook as an Excel file; numbers are numbers with their printed decimals; the same workbook gives the same bytes. */
export function writeXlsx(workbook: WorkbookModel): Uint8Array {
  const models = workbook.sheets.map(
    (sheet): FormModel =>
      sheet.kind === "form"
        ? sheet.form
        : {
            ...sheet.table,
            caption: [sheet.title, ...sheet.lines],
            titleLine: 0,
            foot: [],
            orientation: sheet.orientation,
            name: sheet.name,
          },
  );
  const relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const numbers = models.map((_, index) => index + 1);
  const parts: Record<string, string> = {
    "[Content_Types].xml": `${XML_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>${numbers
      .map((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${type}.worksheet+xml"/>`)
      .join("")}</Types>`,
    "_rels/.rels": `${XML_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${XML_HEAD}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${relation}"><sheets>${numbers
      .map((n) => `<sheet name="自评表${n}" sheetId="${n}" r:id="rId${n}"/>`)
      .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${XML_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${numbers
      .map(
        (n) => `<Relationship Id="rId${n}" Type="${relation}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
      )
      .join(
        "",
      )}<Relationship Id="rId${numbers.length + 1}" Type="${relation}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": stylesOf(),
  };
  for (const [index, model] of models.entries())
    parts[`xl/worksheets/sheet${index + 1}.xml`] = sheetOf(model);
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])), {
    mtime: FIXED_TIME,
  });
}
