import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { RULES, review } from "@jiheng/audit";
import type { Form, Origin } from "@jiheng/domain";
import { readDocument, readGrid } from "@jiheng/importers";
import ExcelJS from "exceljs";
import { strFromU8, strToU8, unzipSync, Zip, ZipDeflate, zipSync } from "fflate";
import mammoth from "mammoth";
import { describe, expect, test } from "vitest";
import type { SheetPlaces } from "../src/annotate/locate-in-xlsx.ts";
import { extendedDrawing } from "../src/annotate/note-shapes.ts";
import { type Annotation, annotate, type CellComment, reviewComments } from "../src/index.ts";

const here = dirname(fileURLToPath(import.meta.url));
const fixtures = join(here, "..", "..", "..", "fixtures", "forms");
const load = (path: string): Uint8Array => new Uint8Array(readFileSync(path));

/** The sample in the hands of every producer we have. */
const DOCX = [
  join(fixtures, "bureau-sample", "form.docx"),
  join(fixtures, "department-mixed", "form.docx"),
  join(fixtures, "sichuan-clean", "form.docx"),
  join(here, "files", "libreoffice.docx"),
  join(here, "files", "python-docx.docx"),
  join(here, "..", "..", "importers", "test", "files", "form-writer.docx"),
];
const XLSX = [
  join(fixtures, "bureau-sample", "form.xlsx"),
  join(fixtures, "hubei-over-limit", "form.xlsx"),
  join(here, "files", "libreoffice.xlsx"),
  join(here, "files", "openpyxl.xlsx"),
  join(here, "..", "..", "importers", "test", "files", "form-calc.xlsx"),
  join(here, "..", "..", "importers", "test", "files", "mixed.xlsx"),
];

function done(annotation: Annotation): Extract<Annotation, { kind: "annotated" }> {
  if (annotation.kind === "refused") throw new Error(annotation.what);
  return annotation;
}

function formsIn(name: string, bytes: Uint8Array): readonly Form[] {
  const result = readDocument({ name, bytes, sha256: "0".repeat(64) });
  if (result.kind === "refused") throw new Error(result.what);
  return result.document.forms;
}

function note(at: Origin | null, lead: string, otherwise: readonly Origin[] = []): CellComment {
  return { at, otherwise, lead, lines: ["第二行 <&>"] };
}

interface GridCell {
  readonly at: Origin;
  readonly text: string;
}

/** Every cell of every table of a file, as the reader of forms numbers them. */
function cellsIn(name: string, bytes: Uint8Array): GridCell[] {
  const result = readGrid({ name, bytes });
  if (result.kind === "refused") throw new Error(result.what);
  return result.grid.blocks.flatMap((block) =>
    block.kind === "table" ? block.rows.flatMap((row) => row.map(({ at, text }) => ({ at, text }))) : [],
  );
}

const bare = (text: string): string => text.replace(/\s+/g, "");

/** Entries of an archive in the order of its directory, with the bytes they have there and in their place. */
function entriesOf(bytes: Uint8Array): { name: string; record: string; region: Buffer }[] {
  const all = Buffer.from(bytes);
  const end = all.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const count = all.readUInt16LE(end + 10);
  const directory = all.readUInt32LE(end + 16);
  const entries: { name: string; record: string; offset: number }[] = [];
  let at = directory;
  for (let index = 0; index < count; index += 1) {
    const length = 46 + all.readUInt16LE(at + 28) + all.readUInt16LE(at + 30) + all.readUInt16LE(at + 32);
    const record = Buffer.from(all.subarray(at, at + length));
    const offset = record.readUInt32LE(42);
    record.writeUInt32LE(0, 42);
    entries.push({
      name: record.subarray(46, 46 + record.readUInt16LE(28)).toString(),
      record: record.toString("hex"),
      offset,
    });
    at += length;
  }
  const offsets = [...entries.map(({ offset }) => offset), directory].sort((a, b) => a - b);
  return entries.map(({ name, record, offset }) => ({
    name,
    record,
    region: all.subarray(offset, offsets[offsets.indexOf(offset) + 1]),
  }));
}

/** Untouched entries keep their packed bytes, headers and order; new ones come last. */
function expectOthersUntouched(before: Uint8Array, after: Uint8Array, touched: RegExp): void {
  const old = entriesOf(before);
  const now = entriesOf(after);
  expect(now.slice(0, old.length).map(({ name }) => name)).toEqual(old.map(({ name }) => name));
  for (const [index, entry] of old.entries()) {
    if (touched.test(entry.name)) continue;
    expect(now[index]?.record, entry.name).toBe(entry.record);
    expect(now[index]?.region.equals(entry.region), entry.name).toBe(true);
  }
  for (const { name } of now.slice(old.length)) expect(name).toMatch(touched);
}

/** The main part without comment anchors; an opened empty paragraph counts as the closed one it was. */
function withoutAnchors(markup: string): string {
  // The properties of a paragraph have to come first in it.
  expect(markup).not.toMatch(/commentRange(?:Start|End)[^>]*\/>\s*<(?:\w+:)?pPr\b/);
  return markup
    .replace(/<(\w+:)?commentRange(?:Start|End)\b[^>]*\/>/g, "")
    .replace(/<(\w+:)?r(?: xmlns:w="[^"]*")?><(\w+:)?commentReference\b[^>]*\/><\/(\w+:)?r>/g, "")
    .replace(/<((?:\w+:)?p)((?:\s[^>]*[^/>])?)><\/\1>/g, "<$1$2/>");
}

const TOUCHED_DOCX =
  /^(?:word\/document\.xml|word\/_rels\/document\.xml\.rels|word\/comments\.xml|\[Content_Types\]\.xml)$/;
const TOUCHED_XLSX =
  /^(?:xl\/worksheets\/[^/]+\.xml|xl\/worksheets\/_rels\/.*|xl\/(?:comments\/?)*comment[^/]*\.xml|xl\/(?:drawings\/)?[^/]*\.vml|xl\/drawings\/[^/]*\.vml|\[Content_Types\]\.xml)$/;

/** Text that a comment spans in the main part, by its id: an own way of finding it, by the string. */
function spannedTexts(markup: string): Map<number, string> {
  const texts = new Map<number, string>();
  const starts = new Map<number, number>();
  for (const match of markup.matchAll(/<(?:\w+:)?commentRange(Start|End)\b[^>]*?:id="(\d+)"[^>]*\/>/g)) {
    const id = Number(match[2]);
    if (match[1] === "Start") starts.set(id, match.index);
    else {
      const part = markup
        .slice(starts.get(id), match.index)
        .replace(/<(?:\w+:)?(?:del|moveFrom)\b[^/>]*>.*?<\/(?:\w+:)?(?:del|moveFrom)>/gs, "");
      texts.set(
        id,
        [...part.matchAll(/<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</g)]
          .map((each) => each[1] ?? "")
          .join("")
          .replaceAll("&lt;", "<")
          .replaceAll("&gt;", ">")
          .replaceAll("&quot;", '"')
          .replaceAll("&apos;", "'")
          .replaceAll("&amp;", "&"),
      );
    }
  }
  return texts;
}

/** A package with one relation of each part and the types declared: what has to hold for it to open without repair. */
function expectSoundPackage(bytes: Uint8Array): void {
  const parts = unzipSync(bytes);
  const names = Object.keys(parts);
  const types = strFromU8(parts["[Content_Types].xml"] as Uint8Array);
  const overrides = [...types.matchAll(/<(?:\w+:)?Override\b[^>]*PartName="([^"]+)"/g)].map(
    (each) => each[1],
  );
  expect(new Set(overrides).size).toBe(overrides.length);
  const extensions = [...types.matchAll(/<(?:\w+:)?Default\b[^>]*Extension="([^"]+)"/g)].map((each) =>
    (each[1] as string).toLowerCase(),
  );
  expect(new Set(extensions).size).toBe(extensions.length);
  for (const name of names) {
    if (name === "[Content_Types].xml" || name.endsWith("/")) continue;
    const known =
      overrides.includes(`/${name}`) || extensions.includes(name.split(".").at(-1)?.toLowerCase() ?? "");
    expect(known, `type of ${name}`).toBe(true);
  }
  for (const name of names.filter((each) => each.endsWith(".rels"))) {
    const text = strFromU8(parts[name] as Uint8Array);
    const ids = [...text.matchAll(/\bId="([^"]+)"/g)].map((each) => each[1]);
    expect(new Set(ids).size, name).toBe(ids.length);
    const folder = name.replace(/_rels\/[^/]*$/, "");
    for (const [relation] of text.matchAll(/<(?:\w+:)?Relationship\b[^>]*>/g)) {
      if (relation.includes('TargetMode="External"')) continue;
      const target = /\bTarget="([^"]+)"/.exec(relation)?.[1] ?? "";
      const path = target.startsWith("/")
        ? target.slice(1)
        : join("/", folder, target).slice(1).replaceAll("\\", "/");
      expect(names, `${name} → ${target}`).toContain(path);
    }
  }
}

describe("comments in Word documents", () => {
  test.each(DOCX)("stand at every cell, by the text they span: %s", (path) => {
    const bytes = load(path);
    const cells = cellsIn(path, bytes);
    expect(cells.length).toBeGreaterThan(20);
    const copy = done(
      annotate(
        bytes,
        cells.map(({ at, text }) => note(at, text)),
      ),
    );
    expect(copy.moved).toEqual([]);
    expect(copy.unplaced).toEqual([]);
    const spanned = spannedTexts(strFromU8(unzipSync(copy.bytes)["word/document.xml"] as Uint8Array));
    expect(spanned.size).toBe(cells.length);
    for (const [index, { text, at }] of cells.entries())
      expect(bare(spanned.get(index) ?? "?"), JSON.stringify(at)).toBe(bare(text));
  });

  test.each(DOCX)("leave everything else as it was: %s", (path) => {
    const bytes = load(path);
    const comments = cellsIn(path, bytes).map(({ at, text }) => note(at, text));
    const copy = done(annotate(bytes, comments));
    expectOthersUntouched(bytes, copy.bytes, TOUCHED_DOCX);
    const before = unzipSync(bytes);
    const after = unzipSync(copy.bytes);
    const body = (parts: Record<string, Uint8Array>): string =>
      strFromU8(parts["word/document.xml"] as Uint8Array);
    expect(body(after)).not.toBe(body(before));
    expect(withoutAnchors(body(after))).toBe(withoutAnchors(body(before)));
    for (const name of ["word/_rels/document.xml.rels", "[Content_Types].xml"]) {
      const old = before[name] && strFromU8(before[name]);
      const now = strFromU8(after[name] as Uint8Array);
      // Only lines were added, behind those that were there.
      if (old) expect(now.startsWith(old.slice(0, old.lastIndexOf("</")))).toBe(true);
    }
    expectSoundPackage(copy.bytes);
    expect(formsIn(path, copy.bytes)).toEqual(formsIn(path, bytes));
  });

  test.each(DOCX)("are read by another program: %s", async (path) => {
    const bytes = load(path);
    const comments = cellsIn(path, bytes).map(({ at }, index) => note(at, `批注${index}`));
    const copy = done(annotate(bytes, comments));
    const { value } = await mammoth.convertToHtml(
      { buffer: Buffer.from(copy.bytes) },
      { styleMap: ["comment-reference => sup"] },
    );
    for (const index of comments.keys()) expect(value).toContain(`<strong>批注${index}</strong>`);
    expect(value).toContain("第二行 &lt;&amp;&gt;");
  });

  test("carry no clock: the same comments give the same bytes", () => {
    const bytes = load(DOCX[0] as string);
    const comments = cellsIn("a.docx", bytes).map(({ at, text }) => note(at, text));
    expect(done(annotate(bytes, comments)).bytes).toEqual(done(annotate(bytes, comments)).bytes);
    expect(done(annotate(bytes, [])).bytes).toEqual(bytes);
    const again = done(annotate(bytes, comments)).bytes;
    expect(strFromU8(unzipSync(again)["word/comments.xml"] as Uint8Array)).not.toMatch(/\bw:date=/);
  });

  test("a copy takes more comments: those there stay, ids go on", () => {
    const bytes = load(DOCX[3] as string);
    const cells = cellsIn("a.docx", bytes).slice(0, 12);
    const once = done(
      annotate(
        bytes,
        cells.map(({ at, text }) => note(at, text)),
      ),
    ).bytes;
    const twice = done(
      annotate(
        once,
        cells.map(({ at, text }) => note(at, `再次 ${text}`)),
      ),
    ).bytes;
    const old = strFromU8(unzipSync(once)["word/comments.xml"] as Uint8Array);
    const now = strFromU8(unzipSync(twice)["word/comments.xml"] as Uint8Array);
    expect(now.startsWith(old.slice(0, old.lastIndexOf("</")))).toBe(true);
    const ids = [...now.matchAll(/<w:comment\b[^>]*w:id="(\d+)"/g)].map((each) => each[1]);
    expect(ids).toHaveLength(24);
    expect(new Set(ids).size).toBe(24);
    expectSoundPackage(twice);
  });
});

const TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

function wordFile(body: string, more: Record<string, string> = {}, root?: string): Uint8Array {
  const document =
    root ??
    `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="${TRANSITIONAL}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>${body}</w:body></w:document>`;
  const parts = {
    "[Content_Types].xml": `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>`,
    "_rels/.rels": `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
    "word/document.xml": document,
    ...more,
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
}

const p = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
const tc = (content: string, properties = ""): string =>
  `<w:tc><w:tcPr>${properties}</w:tcPr>${content}</w:tc>`;
const tr = (...cells: string[]): string => `<w:tr>${cells.join("")}</w:tr>`;
const tbl = (...rows: string[]): string => `<w:tbl><w:tblPr/><w:tblGrid/>${rows.join("")}</w:tbl>`;

/** Documents of shapes that move numbers or leave no ordinary paragraph. */
const SHAPES: Readonly<Record<string, string>> = {
  "empty cells and paragraphs closed in themselves": tbl(
    tr(tc("<w:p/>"), tc('<w:p w:rsidR="00AB12"/>'), tc("<w:p></w:p>")),
    tr(
      tc(`${p("甲")}<w:p/>`),
      tc(`<w:p/>${p("乙")}<w:p/>`),
      tc('<w:p><w:pPr><w:jc w:val="left"/></w:pPr></w:p>'),
    ),
  ),
  "merges down and across, rows that begin late": tbl(
    tr(tc(p("甲"), '<w:vMerge w:val="restart"/>'), tc(p("乙"), '<w:gridSpan w:val="2"/>')),
    tr(tc("<w:p/>", "<w:vMerge/>"), tc(p("丙")), tc(p("丁"))),
    `<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>${tc(p("戊"), '<w:hMerge w:val="restart"/>')}${tc("<w:p/>", "<w:hMerge/>")}</w:tr>`,
  ),
  "a small table in a cell is its text":
    tbl(
      tr(tc(p("甲")), tc(p("乙")), tc(p("丙"))),
      tr(tc(p("丁")), tc(`${p("前")}${tbl(tr(tc(p("内"))))}${p("后")}`), tc(p("戊"))),
    ) + tbl(tr(tc(p("第二")), tc(p("表")))),
  "a table that is page layout numbers those inside":
    tbl(
      tr(
        tc(tbl(tr(tc(p("一")), tc(p("二"))), tr(tc(p("三")), tc(p("四")))) + p("")),
        tc(`${tbl(tr(tc(p("五")), tc(p("六"))))}<w:p/>`),
      ),
    ) + tbl(tr(tc(p("末")))),
  "content controls around table, row, cell and text": `<w:sdt><w:sdtPr/><w:sdtContent>${tbl(
    `<w:sdt><w:sdtContent>${tr(tc(p("甲")), `<w:sdt><w:sdtContent>${tc(p("乙"))}</w:sdtContent></w:sdt>`)}</w:sdtContent></w:sdt>`,
    tr(tc(`<w:sdt><w:sdtContent>${p("丙")}</w:sdtContent></w:sdt>`), tc(p("丁"))),
  )}</w:sdtContent></w:sdt>`,
  "tracked changes: rows and text put in and taken out": tbl(
    tr(
      tc(p("甲")),
      tc(
        '<w:p><w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>新</w:t></w:r></w:ins></w:p>',
      ),
    ),
    `<w:tr><w:trPr><w:del w:id="3"/></w:trPr>${tc(p("删"))}${tc(p("去"))}</w:tr>`,
    `<w:tr><w:trPr><w:ins w:id="4"/></w:trPr>${tc(p("增"))}${tc(p("加"))}</w:tr>`,
    tr(tc('<w:p><w:pPr><w:rPr><w:del w:id="5"/></w:rPr></w:pPr><w:r><w:t>段</w:t></w:r></w:p>'), tc(p("末"))),
  ),
  "old and new markup of one thing": `<w:p><mc:AlternateContent><mc:Choice Requires="wps"><w:r><w:t>图</w:t></w:r></mc:Choice><mc:Fallback>${tbl(tr(tc(p("不计"))))}</mc:Fallback></mc:AlternateContent></w:p>${tbl(tr(tc(p("甲")), tc(p("乙"))))}`,
};

describe("hard shapes of Word documents", () => {
  const check = (bytes: Uint8Array): void => {
    const cells = cellsIn("a.docx", bytes);
    expect(cells.length).toBeGreaterThan(0);
    const copy = done(
      annotate(
        bytes,
        cells.map(({ at, text }) => note(at, text)),
      ),
    );
    expect(copy.moved).toEqual([]);
    expect(copy.unplaced).toEqual([]);
    const before = strFromU8(unzipSync(bytes)["word/document.xml"] as Uint8Array);
    const after = strFromU8(unzipSync(copy.bytes)["word/document.xml"] as Uint8Array);
    const spanned = spannedTexts(after);
    for (const [index, { text, at }] of cells.entries())
      expect(bare(spanned.get(index) ?? "?"), JSON.stringify(at)).toBe(bare(text));
    expect(withoutAnchors(after)).toBe(withoutAnchors(before));
    expect(cellsIn("a.docx", copy.bytes)).toEqual(cells);
    expectSoundPackage(copy.bytes);
  };

  test.each(Object.entries(SHAPES))("%s", (_, body) => check(wordFile(body)));

  test("another prefix, strict names, no prefix, a prefix bound anew", () => {
    const body = tbl(tr(tc(p("甲")), tc("<w:p/>")), tr(tc(p("乙")), tc(p("丙"))));
    const other = body.replaceAll("w:", "ns0:");
    const none = body.replaceAll(/<(\/?)w:/g, "<$1").replaceAll(/ w:/g, " q:");
    const rebound = body.replace("<w:tblPr/>", `<w:tblPr/><x:y xmlns:x="urn:x" xmlns:w="urn:other"/>`);
    for (const [root, namespace] of [
      [
        `<ns0:document xmlns:ns0="${TRANSITIONAL}"><ns0:body>${other}</ns0:body></ns0:document>`,
        TRANSITIONAL,
      ],
      [`<w:document xmlns:w="${STRICT}"><w:body>${body}</w:body></w:document>`, STRICT],
      [
        `<document xmlns="${TRANSITIONAL}" xmlns:q="${TRANSITIONAL}"><body>${none}</body></document>`,
        TRANSITIONAL,
      ],
      [`<w:document xmlns:w="${TRANSITIONAL}"><w:body>${rebound}</w:body></w:document>`, TRANSITIONAL],
    ] as const) {
      const bytes = wordFile("", {}, root);
      check(bytes);
      const copy = unzipSync(done(annotate(bytes, [note({ table: 1, row: 1, column: 2 }, "一")])).bytes);
      expect(strFromU8(copy["word/comments.xml"] as Uint8Array)).toContain(`="${namespace}"`);
      const relations = strFromU8(copy["word/_rels/document.xml.rels"] as Uint8Array);
      expect(relations).toContain(
        namespace === STRICT ? "purl.oclc.org" : "schemas.openxmlformats.org/office",
      );
    }
  });

  test("a new relation takes an id that is free, whatever numbers are in use", () => {
    const relations = `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId2" Type="urn:x" Target="http://example.org/" TargetMode="External"/></Relationships>`;
    const bytes = wordFile(tbl(tr(tc(p("甲")))), { "word/_rels/document.xml.rels": relations });
    expectSoundPackage(done(annotate(bytes, [note({ table: 1, row: 1, column: 1 }, "一")])).bytes);
  });

  test("a table in a text box takes its comments at the paragraph the box hangs on", () => {
    const box = `<w:p><w:r><w:pict><w:txbxContent>${tbl(tr(tc(p("甲")), tc(p("乙"))))}<w:p/></w:txbxContent></w:pict></w:r></w:p>`;
    const bytes = wordFile(`${p("表名")}${box}`);
    const cells = cellsIn("a.docx", bytes);
    const copy = done(
      annotate(
        bytes,
        cells.map(({ at, text }) => note(at, text)),
      ),
    );
    const after = strFromU8(unzipSync(copy.bytes)["word/document.xml"] as Uint8Array);
    const inside = after.slice(after.indexOf("<w:txbxContent>"), after.indexOf("</w:txbxContent>"));
    expect(inside).not.toContain("comment");
    expect(after.match(/<w:commentReference/g)).toHaveLength(2);
  });

  test("lines with tabs are cells where there is no table; lines count as their reader counts them", () => {
    const tab = (...fields: string[]): string =>
      `<w:p><w:r>${fields.map((field) => `<w:t>${field}</w:t>`).join("<w:tab/>")}</w:r></w:p>`;
    const bytes = wordFile(
      `<w:p/>${p("表名")}${tab("甲", "乙", "丙")}${tab("丁", "", "戊")}<w:p/>${p("间隔")}<w:p><w:r><w:t>己</w:t><w:tab/><w:t>庚</w:t><w:br/><w:t>辛</w:t><w:tab/><w:t>壬</w:t></w:r></w:p>${tab("癸", "子")}`,
    );
    const cells = cellsIn("a.docx", bytes);
    expect(cells).toHaveLength(12);
    const texts = readGrid({ name: "a.docx", bytes });
    if (texts.kind === "refused") throw new Error(texts.what);
    for (const block of texts.grid.blocks) if (block.kind === "text") cells.push(block);
    const copy = done(
      annotate(
        bytes,
        cells.map(({ at, text }) => note(at, text)),
      ),
    );
    expect(copy.moved).toEqual([]);
    const spanned = spannedTexts(strFromU8(unzipSync(copy.bytes)["word/document.xml"] as Uint8Array));
    for (const [index, { text, at }] of cells.entries())
      expect(spanned.get(index), JSON.stringify(at)).toContain(text);
  });

  test("a comment without a cell goes to the title, else to the first text, and says so", () => {
    const bytes = wordFile(`<w:p/>${p("表名")}${tbl(tr(tc(p("甲"))))}`);
    const titled = done(annotate(bytes, [note(null, "全表", [{ line: 2, column: 1 }])]));
    expect(titled.moved).toEqual([0]);
    const lost = done(annotate(bytes, [note({ table: 9, row: 1, column: 1 }, "无此表")]));
    expect(lost.moved).toEqual([0]);
    for (const copy of [titled, lost])
      expect([
        ...spannedTexts(strFromU8(unzipSync(copy.bytes)["word/document.xml"] as Uint8Array)).values(),
      ]).toEqual(["表名"]);
  });
});

describe("notes in workbooks", () => {
  /** The notes of a workbook, found by its relations alone: by sheet and cell. */
  const notesIn = (bytes: Uint8Array): Map<string, string> => {
    const parts = unzipSync(bytes);
    const text = (name: string): string => strFromU8(parts[name] as Uint8Array);
    const related = (part: string): Map<string, string> => {
      const rels = part.replace(/([^/]*)$/, "_rels/$1.rels");
      const found = new Map<string, string>();
      if (parts[rels])
        for (const [relation] of text(rels).matchAll(/<Relationship\b[^>]*>/g)) {
          const value = (name: string): string =>
            new RegExp(`\\b${name}="([^"]*)"`).exec(relation)?.[1] ?? "";
          const path = join("/", dirname(part), value("Target").replace(/^\//, "../../../../"));
          const kind = value("Type").split("/").at(-1) as string;
          found.set(kind === "worksheet" ? value("Id") : kind, path.slice(1));
        }
      return found;
    };
    const plain = (markup: string): string =>
      markup
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"')
        .replaceAll("&amp;", "&");
    const notes = new Map<string, string>();
    const sheets = related("xl/workbook.xml");
    for (const [sheet] of text("xl/workbook.xml").matchAll(/<sheet\b[^>]*>/g)) {
      const part = sheets.get(/\br:id="([^"]*)"/.exec(sheet)?.[1] ?? "") as string;
      const list = related(part).get("comments");
      if (list === undefined) continue;
      const name = plain(/\bname="([^"]*)"/.exec(sheet)?.[1] ?? "");
      for (const [, ref, content] of text(list).matchAll(
        /<comment\b[^>]*\bref="(\w+)"[^>]*>(.*?)<\/comment>/gs,
      )) {
        expect(notes.has(`${name}!${ref}`), `two notes at ${name}!${ref}`).toBe(false);
        const said = [...(content as string).matchAll(/<t(?:\s[^>]*)?>([^<]*)</g)].map((each) => each[1]);
        notes.set(`${name}!${ref}`, plain(said.join("")));
      }
    }
    return notes;
  };

  test("are read by another program", async () => {
    const workbook = new ExcelJS.Workbook();
    const bytes = load(XLSX[2] as string);
    const cells = cellsIn("a.xlsx", bytes).filter(({ text }) => text !== "");
    const copy = done(
      annotate(
        bytes,
        cells.map(({ at, text }) => note(at, `《${text}》`)),
      ),
    ).bytes;
    await workbook.xlsx.load(copy.slice().buffer as ArrayBuffer);
    for (const { at, text } of cells) {
      const { sheet, ref } = at as { sheet: string; ref: string };
      const said = workbook.getWorksheet(sheet)?.getCell(ref).note as unknown as {
        texts: { text: string }[];
      };
      expect(said.texts.map((each) => each.text).join("")).toContain(`《${text}》`);
    }
  });

  test.each(XLSX)("stand at every cell: %s", (path) => {
    const bytes = load(path);
    const cells = cellsIn(path, bytes);
    expect(cells.length).toBeGreaterThan(10);
    const copy = done(
      annotate(
        bytes,
        cells.map(({ at, text }) => note(at, `《${text}》`)),
      ),
    );
    expect(copy.moved).toEqual([]);
    expect(copy.unplaced).toEqual([]);
    const notes = notesIn(copy.bytes);
    for (const { at, text } of cells) {
      const { sheet, ref } = at as { sheet: string; ref: string };
      expect(notes.get(`${sheet}!${ref}`), `${sheet}!${ref}`).toContain(`《${text}》`);
    }
  });

  test.each(XLSX)("leave everything else as it was: %s", (path) => {
    const bytes = load(path);
    const comments = cellsIn(path, bytes).map(({ at, text }) => note(at, text));
    const copy = done(annotate(bytes, comments));
    expectOthersUntouched(bytes, copy.bytes, TOUCHED_XLSX);
    const before = unzipSync(bytes);
    const after = unzipSync(copy.bytes);
    for (const [name, part] of Object.entries(before)) {
      if (!/^xl\/worksheets\/[^/]+\.xml$/.test(name)) continue;
      const old = strFromU8(part);
      const now = strFromU8(after[name] as Uint8Array);
      if (old.includes("legacyDrawing")) expect(now).toBe(old);
      else expect(now.replace(/<(?:\w+:)?legacyDrawing [^>]*\/>/, "")).toBe(old);
    }
    expectSoundPackage(copy.bytes);
    expect(formsIn(path, copy.bytes)).toEqual(formsIn(path, bytes));
  });

  test.each(XLSX)("have a box each, with ids and places of their own: %s", (path) => {
    const bytes = load(path);
    const comments = cellsIn(path, bytes).map(({ at, text }) => note(at, text));
    const after = unzipSync(done(annotate(bytes, comments)).bytes);
    const ids: string[] = [];
    for (const [name, part] of Object.entries(after)) {
      if (!name.endsWith(".vml")) continue;
      const text = strFromU8(part);
      ids.push(...[...text.matchAll(/<\w+:shape\s[^>]*\bid="([^"]+)"/g)].map((each) => each[1] as string));
    }
    expect(new Set(ids).size).toBe(ids.length);
    const rows = Object.entries(after)
      .filter(([name]) => name.endsWith(".vml"))
      .flatMap(([, part]) => [
        ...strFromU8(part).matchAll(/<\w+:Row>(\d+)<\/\w+:Row>\s*<\w+:Column>(\d+)</g),
      ]);
    const listed = Object.entries(after)
      .filter(([name]) => /comments?\d*\.xml$/.test(name))
      .flatMap(([, part]) => [...strFromU8(part).matchAll(/<(?:\w+:)?comment\b[^>]*\bref="/g)]);
    expect(rows).toHaveLength(listed.length);
  });

  test("a note that is there stays and gets ours below it; its author too", () => {
    const bytes = load(XLSX[3] as string);
    const before = unzipSync(bytes);
    const part = Object.keys(before).find((name) => /comment[^/]*\.xml$/.test(name)) as string;
    const old = strFromU8(before[part] as Uint8Array);
    const ref = /ref="(\w+)"[^>]*>(?:(?!<\/comment>).)*请财务核对/s.exec(old)?.[1] as string;
    const at = { sheet: "自评表 A&B", ref };
    const copy = done(annotate(bytes, [note(at, "补充"), note({ ...at, ref: "C3" }, "新增")]));
    const now = strFromU8(unzipSync(copy.bytes)[part] as Uint8Array);
    expect(now.match(/<comment /g)).toHaveLength((old.match(/<comment /g)?.length ?? 0) + 1);
    expect(now).toContain("请财务核对");
    expect(now.indexOf("补充")).toBeGreaterThan(now.indexOf("请财务核对"));
    expect(now).toMatch(/<author>填表人<\/author>.*<author>绩衡审核<\/author><\/authors>/s);
    // Taking out what was put in gives the part that was there.
    const undone = now
      .replace("<author>绩衡审核</author>", "")
      .replace(/<comment ref="B3" (?:(?!<comment ).)*<\/comment>/s, "")
      .replace(
        /<r><rPr><b\/>(?:(?!<r>).)*\n\n补充<\/t><\/r><r>(?:(?!<r>).)*第二行 &lt;&amp;&gt;<\/t><\/r>/s,
        "",
      );
    expect(undone).toBe(old);
  });

  test("several at one cell share its note; a merged cell takes it at its corner; a hidden sheet takes it too", async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet("表");
    sheet.getCell("A1").value = "甲";
    sheet.mergeCells("B2:D4");
    sheet.getCell("B2").value = "乙";
    const hidden = workbook.addWorksheet("藏");
    hidden.getCell("A1").value = "丙";
    hidden.state = "veryHidden";
    const bytes = new Uint8Array(await workbook.xlsx.writeBuffer());
    const at = (name: string, ref: string): Origin => ({ sheet: name, ref });
    const copy = done(
      annotate(bytes, [
        note(at("表", "A1"), "一"),
        note(at("表", "A1"), "二"),
        note(at("表", "C3"), "三"),
        note(at("藏", "A1"), "四"),
        note(at("无此表", "A1"), "五"),
      ]),
    );
    expect(copy.unplaced.map(({ index }) => index)).toEqual([4]);
    const notes = notesIn(copy.bytes);
    expect(notes.get("表!A1")).toMatch(/^1\. 一\n第二行 <&>\n\n2\. 二\n/);
    expect(notes.get("表!B2")).toContain("三");
    expect(notes.get("藏!A1")).toContain("四");
    expectSoundPackage(copy.bytes);
  });

  const book = (sheet: string, more: Record<string, string> = {}): Uint8Array => {
    const parts = {
      "[Content_Types].xml": `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>`,
      "_rels/.rels": `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      "xl/workbook.xml": `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="表" sheetId="1" r:id="rId7"/></sheets></workbook>`,
      "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId7" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>`,
      "xl/worksheets/sheet1.xml": sheet,
      ...more,
    };
    return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
  };
  const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const DATA = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row></sheetData>';

  test("the element that names the drawing stands where the schema wants it", () => {
    for (const [behind, expected] of [
      ["", "</worksheet>"],
      ['<pageSetup paperSize="9"/>', "</worksheet>"],
      ['<drawing r:id="x"/><tableParts count="0"/>', "<tableParts"],
      ['<rowBreaks count="0"/><extLst/>', "<extLst"],
      ['<legacyDrawingHF r:id="y"/>', "<legacyDrawingHF"],
    ] as const) {
      const bytes = book(
        `<worksheet xmlns="${MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">${DATA}${behind}</worksheet>`,
      );
      const copy = unzipSync(done(annotate(bytes, [note({ sheet: "表", ref: "A1" }, "一")])).bytes);
      const now = strFromU8(copy["xl/worksheets/sheet1.xml"] as Uint8Array);
      expect(now).toMatch(new RegExp(`<legacyDrawing r:id="rId2"/>${expected}`));
    }
  });

  test("a sheet of another prefix and without a bound relation prefix is told in its own words", () => {
    const bytes = book(
      `<x:worksheet xmlns:x="${MAIN}">${DATA.replaceAll(/<(\/?)(\w)/g, "<$1x:$2")}</x:worksheet>`,
    );
    const copy = done(annotate(bytes, [note({ sheet: "表", ref: "A1" }, "一")])).bytes;
    expect(strFromU8(unzipSync(copy)["xl/worksheets/sheet1.xml"] as Uint8Array)).toMatch(
      /<x:legacyDrawing xmlns:r="[^"]+" r:id="rId2"\/><\/x:worksheet>$/,
    );
    expectSoundPackage(copy);
  });

  test.each([
    ["", "_x0000_s1025"],
    [`<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/></o:shapelayout>`, "_x0000_s1025"],
    [`<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="2"/></o:shapelayout>`, "_x0000_s2049"],
  ])("in a drawing that holds %j the ids of notes lie in a cluster", (layout, id) => {
    const drawing = `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">${layout}</xml>`;
    const places = { columnWidth: () => 64, rowHeight: () => 20 } as unknown as SheetPlaces;
    const boxes = [{ at: { row: 1, column: 1 }, text: "一" }];
    const now = strFromU8(extendedDrawing(strToU8(drawing), "drawing.vml", boxes, places));
    expect(now).toContain(`id="${id}"`);
  });

  test("a drawing of buttons is extended and its ids kept apart", () => {
    const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const drawing = `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="3"/></o:shapelayout><v:shape id="_x0000_s3075" type="#_x0000_t201"><v:textbox><div>按钮<br></div></v:textbox></v:shape></xml>`;
    const bytes = book(
      `<worksheet xmlns="${MAIN}" xmlns:r="${relations}">${DATA}<legacyDrawing r:id="rId1"/></worksheet>`,
      {
        "xl/worksheets/_rels/sheet1.xml.rels": `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${relations}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/></Relationships>`,
        "xl/drawings/vmlDrawing1.vml": drawing,
        "[Content_Types].xml": `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/></Types>`,
      },
    );
    const copy = done(annotate(bytes, [note({ sheet: "表", ref: "A1" }, "一")])).bytes;
    const now = strFromU8(unzipSync(copy)["xl/drawings/vmlDrawing1.vml"] as Uint8Array);
    expect(now.startsWith(drawing.slice(0, -"</xml>".length))).toBe(true);
    expect(now).toContain('id="_x0000_s3076"');
    expect(now).toContain('<v:shapetype id="_x0000_t202"');
    expectSoundPackage(copy);
  });

  test("a cell with a conversation takes no note: it is told, or put at the title", () => {
    const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const bytes = book(`<worksheet xmlns="${MAIN}">${DATA}</worksheet>`, {
      "xl/worksheets/_rels/sheet1.xml.rels": `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${relations}/comments" Target="../comments1.xml"/></Relationships>`,
      "xl/comments1.xml": `<comments xmlns="${MAIN}"><authors><author>tc={1}</author></authors><commentList><comment ref="A1" authorId="0"><text><t>[对话]</t></text></comment></commentList></comments>`,
    });
    const at: Origin = { sheet: "表", ref: "A1" };
    const alone = done(annotate(bytes, [note(at, "一")]));
    expect(alone.unplaced[0]?.why).toContain("对话式批注");
    expect(done(annotate(bytes, [note(at, "一", [{ sheet: "表", ref: "B1" }])])).moved).toEqual([0]);
  });
});

describe("archives", () => {
  const cell = [note({ table: 1, row: 1, column: 1 }, "一")];
  const plain = wordFile(tbl(tr(tc(p("甲")))));
  const refusalOf = (bytes: Uint8Array): string => {
    const answer = annotate(bytes, cell);
    if (answer.kind !== "refused") throw new Error("was annotated");
    expect(answer.remedy.length).toBeGreaterThan(4);
    return answer.what;
  };

  test("dates, extra fields, stored entries and comments of the archive stay", () => {
    const parts = unzipSync(plain);
    const made = zipSync(
      Object.fromEntries(
        Object.entries({ ...parts, "docProps/注.xml": strToU8("<x/>") }).map(([name, data], index) => [
          name,
          [
            data,
            {
              mtime: `200${index}-03-04T05:06:08`,
              level: index % 2 === 0 ? 0 : 9,
              extra: { 4660: strToU8("额外") },
              comment: `项${index}`,
            },
          ],
        ]),
      ),
      { comment: "整包" } as never,
    );
    const copy = done(annotate(made, cell)).bytes;
    expectOthersUntouched(made, copy, TOUCHED_DOCX);
    // Changed entries keep their date and extra fields too.
    const dated = (bytes: Uint8Array): string[] =>
      entriesOf(bytes)
        .slice(0, 3)
        .map(({ record }) => record.slice(24, 32) + record.slice(-60));
    expect(dated(copy)).toEqual(dated(made));
  });

  test("sizes written behind the data are followed", () => {
    const chunks: Uint8Array[] = [];
    const zip = new Zip((_, chunk) => void chunks.push(chunk));
    for (const [name, data] of Object.entries(unzipSync(plain))) {
      const file = new ZipDeflate(name);
      zip.add(file);
      file.push(data, true);
    }
    zip.end();
    const streamed = new Uint8Array(Buffer.concat(chunks));
    const copy = done(annotate(streamed, cell)).bytes;
    expectOthersUntouched(streamed, copy, TOUCHED_DOCX);
    // A changed entry has its sizes in front again, and says so: else the next one is sought behind a record that is not there.
    for (const { name, record, region } of entriesOf(copy)) {
      const behind = Number.parseInt(record.slice(16, 18), 16) & 8;
      expect(behind, name).toBe(name === "_rels/.rels" ? 8 : 0);
      expect((region[6] as number) & 8, name).toBe(behind);
    }
    expect(cellsIn("a.docx", copy)).toEqual(cellsIn("a.docx", plain));
    expectSoundPackage(copy);
  });

  test("what a comment would break or could not be safely written is refused with the reason", () => {
    expect(refusalOf(wordFile(tbl(tr(tc(p("甲")))), { "_xmlsignatures/origin.sigs": "" }))).toContain(
      "数字签名",
    );
    expect(refusalOf(strToU8("not an archive"))).toContain("不是 docx");
    expect(refusalOf(zipSync({ "a.txt": strToU8("x") }))).toContain("不是 docx");
    expect(refusalOf(plain.slice(0, plain.length - 30))).toContain("末尾的目录缺失");
    expect(refusalOf(wordFile("", {}, '<!DOCTYPE a [<!ENTITY b "c">]><w:document/>'))).toContain("DTD");
    expect(refusalOf(wordFile(tbl(tr(tc("<w:p>")))))).toContain("不合规范");
    expect(refusalOf(wordFile("", {}, '<?xml version="1.0" encoding="GB2312"?><w:document/>'))).toContain(
      "UTF-8",
    );
    const encrypted = Buffer.from(plain);
    const record = encrypted.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    encrypted.writeUInt16LE(1, record + 8);
    expect(refusalOf(new Uint8Array(encrypted))).toContain("密码");
    const lying = Buffer.from(plain);
    lying.writeUInt32LE(3, record + 24);
    expect(refusalOf(new Uint8Array(lying))).toMatch(/大小|损坏/);
    const overlapping = Buffer.from(plain);
    overlapping.writeUInt32LE(0, record + 42);
    expect(refusalOf(new Uint8Array(overlapping))).toMatch(/重叠|两个|损坏|不符/);
  });

  test("a part that expands a thousandfold is refused before it is expanded", () => {
    const bomb = wordFile(tbl(tr(tc(p("甲")))) + " ".repeat(8_000_000));
    expect(refusalOf(bomb)).toContain("倍数");
  });

  test("macros stay and are told", () => {
    const answer = done(annotate(wordFile(tbl(tr(tc(p("甲")))), { "word/vbaProject.bin": "x" }), cell));
    expect(answer.warnings[0]).toContain("宏");
  });

  test("flipped bytes are refused or leave a sound file; nothing is thrown", () => {
    let seed = 7;
    const next = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    for (const path of [DOCX[0], XLSX[3]] as string[]) {
      const bytes = load(path);
      const at = path.endsWith("docx") ? cell : [note({ sheet: "自评表 A&B", ref: "B2" }, "一")];
      for (let round = 0; round < 150; round += 1) {
        const broken = bytes.slice();
        for (let flips = 0; flips < 3; flips += 1) broken[next(broken.length)] = next(256);
        if (round % 5 === 0) broken.fill(0, next(broken.length), broken.length);
        expect(() => annotate(broken, at)).not.toThrow();
      }
    }
  });
});

describe("comments of a review", () => {
  test("every finding becomes one comment at its first cell, in words that name force, figures, article and code", () => {
    const path = DOCX[0] as string;
    const forms = formsIn(path, load(path));
    const result = review(forms, RULES);
    const comments = reviewComments(result);
    const own = result.forms.flatMap((each) => each.findings);
    const across = result.batch.findings.flatMap((each) => [...new Set(each.at.map((at) => at.form))]);
    expect(comments).toHaveLength(own.length + across.length);
    for (const finding of own) {
      const comment = comments.find(
        (each) => each.lead.includes(`（${finding.code}）`) && each.lines.includes(finding.message),
      );
      expect(comment?.at ?? null).toEqual(finding.cells[0] ?? null);
      expect(comment?.lines).toContain(finding.remedy);
      expect(comment?.lines.join()).toContain(finding.basis[0]);
    }
    expect(comments.every(({ lead }) => /^【(?:必须更正|应当说明|可以改进)】.*（AR-\d+）$/.test(lead))).toBe(
      true,
    );
  });
});
