import type { WorkbookModel, WorkbookSheet } from "../document.ts";
import { cell, type ModelCell } from "../model.ts";
import { coreProperties } from "./docx-parts.ts";
import { formSheet, type SheetContent, writeSheet } from "./xlsx-sheet.ts";
import { StyleSheet } from "./xlsx-styles.ts";
import { XML_HEAD, xml } from "./xml.ts";
import { zipParts } from "./zip.ts";

const CONTENTS = "目录";
/** Most characters the name of a sheet has. */
const LONGEST_NAME = 31;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not get into a name
const FORBIDDEN = /[\u0000-\u001f\ud800-\udfff\ufffe\uffff[\]:*?/\\]/gu;

function cut(name: string, length: number): string {
  const characters = Array.from(name);
  while (characters.join("").length > length) characters.pop();
  return characters.join("");
}

/** Names of sheets: without what a spreadsheet forbids, at most 31 characters, different without regard to case. */
function sheetNames(wanted: readonly string[], reserved: readonly string[]): string[] {
  const taken = new Set(["history", ...reserved.map((name) => name.toLowerCase())]);
  return wanted.map((name, index) => {
    const clean = name
      .replace(FORBIDDEN, " ")
      .replace(/\s+/g, " ")
      .replace(/^['\s]+|['\s]+$/g, "");
    const base = clean === "" ? `表${index + 1}` : clean;
    let unique = cut(base, LONGEST_NAME).trim();
    for (let count = 2; taken.has(unique.toLowerCase()); count++) {
      const tail = `（${count}）`;
      unique = cut(base, LONGEST_NAME - tail.length) + tail;
    }
    taken.add(unique.toLowerCase());
    return unique;
  });
}

/** A reference to a sheet from a formula or link. */
function quotedName(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}

function contentOf(sheet: WorkbookSheet): SheetContent {
  if (sheet.kind === "form") return formSheet(sheet.form);
  return {
    table: sheet.table,
    above: [
      { text: sheet.title, look: "title" as const },
      ...sheet.lines.map((text) => ({ text, look: "heading" as const })),
    ],
    below: [],
    orientation: sheet.orientation,
  };
}

/** The first sheet: every other by number and name, with a link to it. */
function contentsSheet(workbook: WorkbookModel, names: readonly string[]): SheetContent {
  const links = new Map<ModelCell, string>();
  const rows = workbook.sheets.map((sheet, index): ModelCell[] => {
    const name = names[index] ?? sheet.name;
    const link = cell(sheet.name);
    links.set(link, `${quotedName(name)}!A1`);
    return [{ ...cell(String(index + 1)), align: "center" }, link];
  });
  return {
    table: {
      widths: [8, 72],
      rows: [[cell("序号", "label"), cell("表", "label")], ...rows],
      repeat: { row: 0, count: 1 },
    },
    above: [{ text: CONTENTS, look: "title" }],
    below: [],
    orientation: "portrait",
    links,
  };
}

const RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/**
 * A workbook as an Excel file: figures are numbers printed as the form prints them, derived figures are formulas with the
 * typed figure as their result, text never becomes a formula; A4, fit to the width. The same workbook gives the same bytes.
 */
export function writeXlsx(workbook: WorkbookModel): Uint8Array {
  const contents = workbook.contents && workbook.sheets.length > 0;
  const named = sheetNames(
    workbook.sheets.map((sheet) => sheet.name),
    contents ? [CONTENTS] : [],
  );
  const styles = new StyleSheet();
  const sheets = [
    ...(contents ? [{ name: CONTENTS, content: contentsSheet(workbook, named) }] : []),
    ...workbook.sheets.map((sheet, index) => ({
      name: named[index] ?? sheet.name,
      content: contentOf(sheet),
    })),
  ].map(({ name, content }, index) => ({ name, ...writeSheet(content, styles, index === 0) }));
  const titles = sheets.flatMap(({ name, titles: rows, area }, index) => [
    ...(area === null
      ? []
      : [
          `<definedName name="_xlnm.Print_Area" localSheetId="${index}">${xml(`${quotedName(name)}!${area}`)}</definedName>`,
        ]),
    ...(rows === null
      ? []
      : [
          `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${xml(`${quotedName(name)}!$${rows.from}:$${rows.to}`)}</definedName>`,
        ]),
  ]);
  const parts: Record<string, string> = {
    "[Content_Types].xml": `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${sheets
      .map(
        (_, index) =>
          `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
      )
      .join(
        "",
      )}<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
    "_rels/.rels": `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATION}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    "docProps/core.xml": coreProperties(workbook.title),
    "xl/workbook.xml": `${XML_HEAD}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${RELATION}"><bookViews><workbookView activeTab="0"/></bookViews><sheets>${sheets
      .map(({ name }, index) => `<sheet name="${xml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
      .join(
        "",
      )}</sheets>${titles.length > 0 ? `<definedNames>${titles.join("")}</definedNames>` : ""}<calcPr calcId="191029"/></workbook>`,
    "xl/_rels/workbook.xml.rels": `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">${sheets
      .map(
        (_, index) =>
          `<Relationship Id="rId${index + 1}" Type="${RELATION}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
      )
      .join(
        "",
      )}<Relationship Id="rId${sheets.length + 1}" Type="${RELATION}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": styles.part(),
  };
  for (const [index, { part }] of sheets.entries()) parts[`xl/worksheets/sheet${index + 1}.xml`] = part;
  return zipParts(parts);
}
