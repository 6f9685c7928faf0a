import { strToU8, zipSync } from "fflate";
import type { Block, Grid, GridResult, Table } from "../src/index.ts";
import { readGrid } from "../src/index.ts";

/** UTF-8 bytes of text. */
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** UTF-16 bytes of text, without a mark. */
export function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), littleEndian);
  return bytes;
}

/** GB18030 bytes of text whose characters all stand in the two-byte part. */
export function gbk(text: string): Uint8Array {
  const codes = new Map<string, readonly [number, number]>();
  const decoder = new TextDecoder("gb18030");
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      const char = decoder.decode(new Uint8Array([lead, trail]));
      if (char.length === 1 && !codes.has(char)) codes.set(char, [lead, trail]);
    }
  const bytes: number[] = [];
  for (const char of text)
    if (char.charCodeAt(0) < 0x80) bytes.push(char.charCodeAt(0));
    else bytes.push(...(codes.get(char) ?? [0x3f]));
  return new Uint8Array(bytes);
}

/** An archive of text parts. */
export function zip(parts: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, typeof part === "string" ? strToU8(part) : part]),
    ),
  );
}

const WORD =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"';

/** A Word document with this body. */
export const docx = (body: string, head = '<?xml version="1.0" encoding="UTF-8"?>'): Uint8Array =>
  zip({ "word/document.xml": `${head}<w:document ${WORD}><w:body>${body}</w:body></w:document>` });

/** A paragraph of Word with one run. */
export const p = (text: string): string => `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
/** A cell of Word. */
export const tc = (content: string, properties = ""): string =>
  `<w:tc><w:tcPr>${properties}</w:tcPr>${content.startsWith("<") ? content : p(content)}</w:tc>`;
/** A row of Word. */
export const tr = (...cells: string[]): string => `<w:tr>${cells.join("")}</w:tr>`;
/** A table of Word. */
export const tbl = (...rows: string[]): string => `<w:tbl><w:tblPr/><w:tblGrid/>${rows.join("")}</w:tbl>`;

interface BookParts {
  readonly sheets: readonly { readonly name: string; readonly xml: string; readonly state?: string }[];
  readonly strings?: string;
  readonly styles?: string;
}

/** An Excel workbook of these sheets. */
export function xlsx({ sheets, strings, styles }: BookParts): Uint8Array {
  const type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  return zip({
    "xl/workbook.xml": `<workbook xmlns:r="${type}"><sheets>${sheets
      .map(
        (sheet, k) =>
          `<sheet name="${sheet.name}" sheetId="${k + 1}" ${sheet.state ? `state="${sheet.state}"` : ""} r:id="r${k + 1}"/>`,
      )
      .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${sheets
      .map(
        (_, k) =>
          `<Relationship Id="r${k + 1}" Type="${type}/worksheet" Target="worksheets/sheet${k + 1}.xml"/>`,
      )
      .join(
        "",
      )}<Relationship Id="s1" Type="${type}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="s2" Type="${type}/styles" Target="/xl/styles.xml"/></Relationships>`,
    ...(strings === undefined ? {} : { "xl/sharedStrings.xml": `<sst>${strings}</sst>` }),
    ...(styles === undefined ? {} : { "xl/styles.xml": `<styleSheet>${styles}</styleSheet>` }),
    ...Object.fromEntries(
      sheets.map((sheet, k) => [`xl/worksheets/sheet${k + 1}.xml`, `<worksheet>${sheet.xml}</worksheet>`]),
    ),
  });
}

/** The grid of a file that must be readable. */
export function gridOf(name: string, bytes: Uint8Array): Grid {
  const result: GridResult = readGrid({ name, bytes });
  if (result.kind !== "grid") throw new Error(`refused: ${result.code} ${result.what}`);
  return result.grid;
}

/** The code of the refusal of a file, or null where it was read. */
export function refusalOf(name: string, bytes: Uint8Array): string | null {
  const result = readGrid({ name, bytes });
  return result.kind === "refused" ? result.code : null;
}

/** The tables of a grid. */
export const tablesOf = (grid: Grid): readonly Table[] =>
  grid.blocks.filter((block: Block): block is Table => block.kind === "table");

/** Cells of a table in short: column, span where it is not 1×1 (rows x columns), text. */
export const brief = (table: Table | undefined): string[][] =>
  (table?.rows ?? []).map((row) =>
    row.map(
      (cell) =>
        `${cell.column}${cell.rowSpan > 1 || cell.columnSpan > 1 ? `(${cell.rowSpan}x${cell.columnSpan})` : ""}:${cell.text}`,
    ),
  );
