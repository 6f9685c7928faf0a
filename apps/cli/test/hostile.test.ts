import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { jsonPieces, printJson } from "../src/print/json.ts";
import { runIn } from "./run.ts";

// The archive writer belongs to the importers; the command itself packs nothing.
const importers = createRequire(new URL("../../../packages/importers/package.json", import.meta.url));
const { strToU8, zipSync } = importers("fflate") as {
  strToU8: (text: string) => Uint8Array;
  zipSync: (parts: Record<string, Uint8Array>) => Uint8Array;
};

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "jiheng-hostile-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...argv: string[]) => runIn(root, argv);

const WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const word = (body: string, head = ""): Uint8Array =>
  zipSync({
    "word/document.xml": strToU8(`${head}<w:document ${WORD}><w:body>${body}</w:body></w:document>`),
  });
const book = (sheet: string): Uint8Array =>
  zipSync({
    "xl/workbook.xml": strToU8(
      '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ),
    "xl/_rels/workbook.xml.rels": strToU8(
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    "xl/worksheets/sheet1.xml": strToU8(
      `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${sheet}</worksheet>`,
    ),
  });

const HOSTILE: readonly (readonly [kind: string, file: string, bytes: () => Uint8Array, says: RegExp])[] = [
  [
    "a zip bomb",
    "bomb.docx",
    () => zipSync({ "word/document.xml": new Uint8Array(48 * 1024 * 1024).fill(32) }),
    /展开后是压缩前的 \d+ 倍/,
  ],
  [
    "entities",
    "entity.docx",
    () => word("<w:p/>", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    /文档类型声明/,
  ],
  [
    "a path out of the folder",
    "traversal.docx",
    () => zipSync({ "../../x": strToU8("x") }),
    /越出文件夹的路径/,
  ],
  ["a truncated archive", "cut.docx", () => word("<w:p/>").subarray(0, 120), /压缩结构不完整/],
  [
    "a picture called docx",
    "picture.docx",
    () => new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0]),
    /图片/,
  ],
  ["a pdf called xlsx", "pdf.xlsx", () => strToU8("%PDF-1.7\n"), /PDF/],
  [
    "noise",
    "noise.xlsx",
    () => new Uint8Array(4_096).map((_, at) => (at * 2654435761) >>> 13),
    /认不出文件的格式/,
  ],
  ["nothing", "empty.docx", () => new Uint8Array(0), /空的/],
  ["deep brackets", "deep.json", () => strToU8("[".repeat(100_000)), /嵌套超过 \d+ 层/],
  ["deep markup", "deep.html", () => strToU8("<div>".repeat(100_000)), /嵌套超过 \d+ 层/],
  ["endless cells", "cells.csv", () => strToU8(",".repeat(400_000)), /过大，超出可读取的上限/],
  [
    "text without cells beyond the limit",
    "flat.txt",
    () => strToU8("项目名称甲工程一级指标产出指标数量指标完成数量100个".repeat(12_000)),
    /没有表格，只有 \d+ 字的文字，超过 \d+ 字的上限/,
  ],
  [
    "a huge dimension",
    "dimension.xlsx",
    () =>
      book(
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
      ),
    /没有读到绩效自评表/,
  ],
  [
    "formulas",
    "formula.xlsx",
    () => book('<sheetData><row r="1"><c r="A1"><f>1/0</f><v>#DIV/0!</v></c></row></sheetData>'),
    /没有读到绩效自评表/,
  ],
  [
    "huge spans",
    "span.html",
    () => strToU8('<table><tr><td colspan="1000000000" rowspan="1000000000">x</td></tr></table>'),
    /没有读到绩效自评表/,
  ],
];

describe("hostile files", () => {
  test.each(HOSTILE)(
    "%s: status 2, said in one line, no stack",
    async (_kind, file, bytes, says) => {
      const path = join(folder, file);
      writeFileSync(path, bytes());
      for (const command of ["read", "audit"]) {
        const { code, out, err } = await run(command, path, "--json");
        expect(code).toBe(2);
        expect(err).toMatch(says);
        expect(err.trim().split("\n")).toHaveLength(1);
        expect(err).not.toMatch(/程序出错|\n\s+at |Error:|undefined/);
        expect(() => JSON.parse(out)).not.toThrow();
      }
    },
    30_000,
  );

  test("one hostile file does not stop the others", async () => {
    const path = join(folder, "beside.docx");
    writeFileSync(path, zipSync({ "../../x": strToU8("x") }));
    const { code, out } = await run("read", path, "fixtures/forms/national-clean/form.xlsx", "--json");
    expect(code).toBe(2);
    expect(JSON.parse(out).documents).toHaveLength(1);
  });
});

test("JSON printed in pieces is the JSON printed whole, at every depth and length", () => {
  let nested: unknown = { text: '甲\n乙\t"', none: undefined, empty: [], nothing: {}, zero: 0, no: null };
  for (let depth = 0; depth < 9; depth += 1) {
    const long = Object.fromEntries(
      Array.from({ length: depth * 20 }, (_, at) => [`k[${at}].x`, { raw: "\n" }]),
    );
    nested = { list: [nested, undefined, 1, "x"], long, left: undefined };
    expect([...jsonPieces(nested)].join("")).toBe(printJson(nested));
  }
});
