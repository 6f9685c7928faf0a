import { readFileSync } from "node:fs";
import fc from "fast-check";
import { deflateSync, zipSync } from "fflate";
import { describe, expect, test, vi } from "vitest";
import { type Grid, readDocument, readGrid } from "../src/index.ts";
import { LIMITS } from "../src/readers/limits.ts";
import {
  docx,
  gridOf,
  p,
  refusalOf,
  tablesOf,
  tbl,
  tc,
  tr,
  utf8,
  utf16,
  xlsx,
  zip,
} from "./office-builder.ts";

const file = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`./files/${name}`, import.meta.url)));
const sheet = (xml: string): Uint8Array => xlsx({ sheets: [{ name: "S", xml }] });
/** The limit catches a hang; it measures nothing, since other work on the machine counts too. */
vi.setConfig({ testTimeout: 30_000 });

/** What every grid promises: rows and columns in range, cells in order, spans inside the table. */
function checkGrid(grid: Grid): void {
  for (const block of grid.blocks) {
    if (block.kind === "text") {
      expect(block.text).not.toBe("");
      continue;
    }
    expect(block.rows.length).toBe(block.rowCount);
    block.rows.forEach((row, index) => {
      let before = 0;
      for (const cell of row) {
        if (cell.row !== index + 1 || cell.column <= before) throw new Error("cells out of order");
        if (cell.rowSpan < 1 || cell.columnSpan < 1) throw new Error("empty span");
        if (
          cell.row + cell.rowSpan - 1 > block.rowCount ||
          cell.column + cell.columnSpan - 1 > block.columnCount
        )
          throw new Error("span leaves the table");
        before = cell.column;
      }
    });
  }
}

describe("archives", () => {
  /** Sets fields of the central directory entry of `name`. */
  function forge(
    bytes: Uint8Array,
    name: string,
    fields: { expanded?: number; crc?: number; packed?: number },
  ): Uint8Array {
    const out = bytes.slice();
    const view = new DataView(out.buffer);
    for (let at = 0; at < out.length - 46; at += 1)
      if (view.getUint32(at, true) === 0x02014b50) {
        const length = view.getUint16(at + 28, true);
        if (new TextDecoder().decode(out.subarray(at + 46, at + 46 + length)) !== name) continue;
        if (fields.crc !== undefined) view.setUint32(at + 16, fields.crc, true);
        if (fields.packed !== undefined) view.setUint32(at + 20, fields.packed, true);
        if (fields.expanded !== undefined) view.setUint32(at + 24, fields.expanded, true);
        return out;
      }
    throw new Error("no such entry");
  }

  const bomb = (): Uint8Array =>
    zipSync({ "word/document.xml": new Uint8Array(64 * 1024 * 1024).fill(0x20) }, { level: 9 });

  test("a bomb is refused by its ratio before it is inflated", () => {
    const bytes = bomb();
    expect(bytes.length).toBeLessThan(100_000);
    const before = process.memoryUsage().arrayBuffers;
    expect(refusalOf("a.docx", bytes)).toBe("archive-ratio");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
  });

  test("a bomb that lies about its size ends where the lie shows", () => {
    const small = forge(bomb(), "word/document.xml", { expanded: 1_000 });
    expect(refusalOf("a.docx", small)).toBe("damaged-archive");
    const noise = new Uint8Array(6 * 1024 * 1024);
    for (let at = 0; at < noise.length; at += 1) noise[at] = (at * 2654435761) >>> 13;
    const large = zipSync({ "word/document.xml": noise });
    expect(refusalOf("a.docx", forge(large, "word/document.xml", { expanded: 2 * 1024 * 1024 }))).toBe(
      "archive-lies",
    );
  });

  test("entries beyond every limit are refused by the directory alone", () => {
    const plain = docx(p("x"));
    expect(refusalOf("a.docx", forge(plain, "word/document.xml", { expanded: LIMITS.entryBytes + 1 }))).toBe(
      "entry-too-large",
    );
    const many = zip(
      Object.fromEntries(Array.from({ length: LIMITS.archiveEntries + 1 }, (_, k) => [`f${k}`, ""])),
    );
    expect(refusalOf("a.docx", many)).toBe("archive-entries");
  });

  test("paths that leave the folder are refused, whatever else is inside", () => {
    for (const name of ["../../etc/passwd", "word/../../x", "/etc/passwd", "C:/x", "..\\x"])
      expect(refusalOf("a.docx", zip({ [name]: "x", "word/document.xml": "<a/>" }))).toBe("unsafe-path");
  });

  test("an archive inside an archive is not opened", () => {
    expect(refusalOf("a.docx", zip({ "word/inner.zip": docx(p("x")) }))).toBe("archive");
  });

  test("a changed byte shows by the checksum, never as another figure", () => {
    const body = deflateSync(utf8("x"));
    expect(body.length).toBeGreaterThan(0);
    const stored = zipSync({
      "word/document.xml": [
        utf8("<w:document><w:body><w:p><w:r><w:t>8.59</w:t></w:r></w:p></w:body></w:document>"),
        { level: 0 },
      ],
    });
    const at = new TextDecoder("latin1").decode(stored).indexOf("8.59");
    const changed = stored.slice();
    changed[at] = 0x39;
    expect(refusalOf("a.docx", stored)).toBeNull();
    expect(refusalOf("a.docx", changed)).toBe("damaged-archive");
  });

  test("each way to cut a file off is refused or read, never thrown", () => {
    const bytes = file("form-writer.docx");
    for (let length = 0; length < bytes.length; length += 97)
      expect(readGrid({ name: "a.docx", bytes: bytes.subarray(0, length) }).kind).toBe("refused");
  });
});

describe("markup", () => {
  test("document type declarations and entities of their own are refused", () => {
    const head = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>';
    expect(refusalOf("a.docx", docx(p("&b;"), head))).toBe("doctype");
    const bytes = zip({
      "xl/workbook.xml": "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><workbook/>",
      "xl/worksheets/sheet1.xml": "<worksheet/>",
    });
    expect(refusalOf("a.xlsx", bytes)).toBe("doctype");
    const old =
      '<?xml version="1.0"?><!DOCTYPE x><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>';
    expect(refusalOf("a.xls", utf8(old))).toBe("doctype");
  });

  test("an unknown entity and broken tags are kept as they stand, with a note", () => {
    const grid = gridOf("a.docx", docx(`${p("&nosuch;甲")}<w:p><w:r><w:t>乙</w:p>`));
    expect(grid.blocks[0]).toMatchObject({ text: "&nosuch;甲" });
    expect(grid.notes.map((note) => [note.level, note.code])).toEqual([["lost", "malformed-markup"]]);
  });

  test("NUL, lone surrogates and impossible characters become no crash and no control characters", () => {
    const grid = gridOf("a.docx", docx(tbl(tr(tc(p("甲&#0;&#xD800;&#x110000;乙"))))));
    expect(tablesOf(grid)[0]?.rows[0]?.[0]?.text).toBe("甲\ufffd\ufffd\ufffd乙");
    checkGrid(gridOf("a.txt", utf8("项目\t8.\u00005\n")));
    expect(gridOf("a.txt", utf8("项目\t8.\u00005\n")).notes.map((note) => note.code)).toEqual([
      "nul-removed",
    ]);
    const lone = utf16("\ufeff项目\t得\ud800分\n", true);
    expect(gridOf("a.txt", lone).notes.map((note) => note.code)).toEqual(["undecodable-characters"]);
  });

  test.each([
    ["div", "<div>".repeat(10_000)],
    ["table", "<table><tr><td>".repeat(10_000)],
    ["closed table", `${"<table><tr><td>".repeat(10_000)}甲${"</td></tr></table>".repeat(10_000)}`],
    ["font", "<font>".repeat(200_000)],
  ])("10,000 nested %s end in a refusal or a grid", (_, body) => {
    expect(refusalOf("a.html", utf8(`<html>${body}`))).toBe("too-deep");
  });

  test("tables nested as deep as they are followed, and deeper, keep their text", () => {
    const depth = LIMITS.tableDepth + 20;
    const body = `${"<table><tr><td>甲<td>".repeat(depth)}乙${"</table>".repeat(depth)}`;
    const grid = gridOf("a.html", utf8(`<html>${body}</html>`));
    checkGrid(grid);
    expect(JSON.stringify(grid.blocks)).toContain("乙");
    expect(grid.notes.map((note) => note.code)).toContain("deep-tables");
    let word = p("乙");
    for (let k = 0; k < 10_000; k += 1) word = `<w:tbl><w:tr><w:tc>${word}</w:tc></w:tr></w:tbl>`;
    const deep = gridOf("a.docx", docx(word));
    expect(JSON.stringify(deep.blocks)).toContain("乙");
  });

  test("stray end tags and endless tags do not cost more than their length", () => {
    readGrid({ name: "a.html", bytes: utf8(`<html>${"<i>".repeat(900)}${"</x>".repeat(500_000)}`) });
    readGrid({ name: "a.docx", bytes: docx(`${"<w:p>".repeat(20_000)}${"</x>".repeat(200_000)}`) });
    readGrid({ name: "a.docx", bytes: docx(`<w:p a="${"x".repeat(5_000_000)}`) });
    readGrid({ name: "a.docx", bytes: docx(`<!--${"<".repeat(5_000_000)}`) });
  });
});

describe("sizes", () => {
  test("spans of a thousand million stay inside the table", () => {
    const row = '<tr><td colspan="1000000000" rowspan="1000000000">甲</td><td>乙</td></tr>';
    const grid = gridOf("a.html", utf8(`<table>${row.repeat(300)}</table>`));
    checkGrid(grid);
    const word = tbl(tr(tc("甲", '<w:gridSpan w:val="999999999"/>'), tc("乙")), tr(tc("丙"), tc("丁")));
    const wide = gridOf("a.docx", docx(word));
    checkGrid(wide);
    expect(tablesOf(wide)[0]?.columnCount).toBeLessThanOrEqual(LIMITS.columns);
  });

  test("20,000 rows are read from every format", () => {
    const rows = Array.from({ length: 20_000 }, (_, k) => [`指标${k}`, `${k}`, "10", "9.5"]);
    const files: [string, Uint8Array][] = [
      ["a.txt", utf8(rows.map((row) => row.join("\t")).join("\n"))],
      ["a.csv", utf8(rows.map((row) => row.join(",")).join("\n"))],
      [
        "a.html",
        utf8(`<table>${rows.map((row) => `<tr><td>${row.join("</td><td>")}</td></tr>`).join("")}</table>`),
      ],
      ["a.docx", docx(tbl(...rows.map((row) => tr(...row.map((text) => tc(text))))))],
      [
        "a.xlsx",
        sheet(
          `<sheetData>${rows
            .map(
              (row) =>
                `<row>${row.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join("")}</row>`,
            )
            .join("")}</sheetData>`,
        ),
      ],
    ];
    for (const [name, bytes] of files) {
      const grid = gridOf(name, bytes);
      expect(tablesOf(grid)[0]?.rowCount).toBe(20_000);
      expect(tablesOf(grid)[0]?.rows[19_999]?.map((cell) => cell.text)).toEqual([
        "指标19999",
        "19999",
        "10",
        "9.5",
      ]);
    }
  }, 30_000);

  test("a sheet that claims to be full, full merges and far cells cost what they hold", () => {
    const merges = Array.from({ length: 2_000 }, (_, k) => `<mergeCell ref="A${k + 1}:XFD1048576"/>`).join(
      "",
    );
    const bytes = sheet(
      `<dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384" hidden="1"/></cols><sheetData>${Array.from({ length: 2_000 }, (_, k) => `<row r="${k * 500 + 1}"><c r="${k % 2 ? "A" : "XFD"}${k * 500 + 1}"><v>1</v></c></row>`).join("")}</sheetData><mergeCells>${merges}</mergeCells>`,
    );
    checkGrid(gridOf("a.xlsx", bytes));
  });

  test("an ods that repeats a filled cell over the whole sheet is refused, an empty one is read", () => {
    const ods = (cell: string): Uint8Array =>
      zip({
        mimetype: "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": `<office:document-content><office:body><office:spreadsheet><table:table table:name="S"><table:table-row><table:table-cell><text:p>甲</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048575">${cell}</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>`,
      });
    const filled =
      '<table:table-cell table:number-columns-repeated="16384"><text:p>1</text:p></table:table-cell>';
    expect(refusalOf("a.ods", ods(filled))).toBe("too-large");
    const grid = gridOf("a.ods", ods('<table:table-cell table:number-columns-repeated="16384"/>'));
    expect(tablesOf(grid)[0]?.rowCount).toBe(1);
  });

  test("more cells or rows than any form has are refused, by part", () => {
    expect(refusalOf("a.txt", utf8(`x${"\t".repeat(LIMITS.cells + 10)}`))).toBe("too-large");
    expect(refusalOf("a.txt", utf8("x\n".repeat(LIMITS.rows + 10)))).toBe("too-large");
    expect(refusalOf("a.txt", utf8(`a\tb\n${"\n".repeat(LIMITS.rows + 10)}a\tb`))).toBe("too-large");
    expect(refusalOf("a.html", utf8(`<table>${"<tr>".repeat(LIMITS.rows + 10)}`))).toBe("too-large");
    expect(refusalOf("a.txt", utf8("x".repeat(LIMITS.looseCharacters + 10)))).toBe("too-large");
    expect(refusalOf("a.docx", docx(p("段").repeat(LIMITS.textBlocks + 10)))).toBe("too-large");
    const rows = `{"funds":[${"{},".repeat(LIMITS.jsonRows)}{}]}`;
    expect(readDocument({ name: "a.json", bytes: utf8(rows), sha256: "" })).toMatchObject({
      code: "too-large",
    });
    expect(refusalOf("a.csv", utf8(`x${",".repeat(LIMITS.cells + 10)}`))).toBe("too-large");
  }, 30_000);

  test.each([
    ["hostile-properties.xls", null],
    ["hostile-records-1.xls", null],
    ["hostile-records-2.xls", "damaged-xls"],
  ])("%s, with damaged counts in it, is not followed into endless memory", (name, refusal) => {
    expect(refusalOf("a.xls", file(name))).toBe(refusal);
    if (refusal === null)
      expect(JSON.stringify(gridOf("a.xls", file(name)).blocks)).toContain("河道清淤长度");
  });

  test("stray quotes do not make text quadratic", () => {
    readGrid({ name: "a.txt", bytes: utf8('"a\t"b\n'.repeat(150_000)) });
    readGrid({ name: "a.txt", bytes: utf8(`${'"'.repeat(2_000_000)}\t1`) });
    readGrid({ name: "a.csv", bytes: utf8(`a,b\n${'"a,'.repeat(100_000)}`) });
  });
});

test("names decide nothing they should not, and may be anything", () => {
  const bytes = utf8("项目\t得分\n清淤\t8\n");
  for (const name of [
    "",
    ".",
    "..",
    "/",
    "a/",
    "文件夹.docx/",
    "../../a.xlsx",
    "a.\u0000",
    "a.constructor",
    "__proto__",
  ])
    expect(readGrid({ name, bytes }).kind).toBe("grid");
});

describe("any bytes", () => {
  const names = fc.constantFrom(
    "a.txt",
    "a.csv",
    "a.html",
    "a.docx",
    "a.xlsx",
    "a.xls",
    "a.ods",
    "a.json",
    "a.mht",
    "a",
  );
  const sha256 = "ef".repeat(32);

  function survives(name: string, bytes: Uint8Array): void {
    const result = readGrid({ name, bytes });
    if (result.kind === "grid") checkGrid(result.grid);
    else {
      expect(result.code.length * result.what.length * result.remedy.length).toBeGreaterThan(0);
      // This code means that something was thrown nobody had thought of.
      expect(result.code, result.what).not.toBe("unreadable");
    }
  }

  test("noise", () => {
    fc.assert(
      fc.property(names, fc.uint8Array({ maxLength: 2_000 }), (name, bytes) => survives(name, bytes)),
      { numRuns: 500 },
    );
  });

  test("noise behind the mark of a format", () => {
    const marks = fc.constantFrom(
      [0x50, 0x4b, 3, 4],
      [
        0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0x57, 0, 0x6f, 0, 0x72, 0, 0x6b, 0, 0x62, 0, 0x6f, 0,
        0x6f, 0, 0x6b, 0,
      ],
      [9, 8, 0x10, 0],
      [9, 0, 4, 0],
      [0xff, 0xfe],
      [...utf8("<html><table>")],
      [...utf8("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n")],
      [
        ...utf8(
          '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell>',
        ),
      ],
      [...utf8('{"documents":[{"forms":[')],
    );
    fc.assert(
      fc.property(names, marks, fc.uint8Array({ maxLength: 1_500 }), (name, mark, bytes) =>
        survives(name, new Uint8Array([...mark, ...bytes])),
      ),
      { numRuns: 400 },
    );
  });

  test.each(["form-writer.docx", "form-calc.xlsx", "form-calc.xls", "form-calc.ods", "form.html"])(
    "%s with bytes changed, cut out or cut off",
    (name) => {
      const original = file(name);
      const change = fc.record({ at: fc.nat(original.length - 1), value: fc.nat(255) });
      fc.assert(
        fc.property(
          fc.array(change, { maxLength: 12 }),
          fc.nat(original.length),
          fc.nat(400),
          (changes, cut, length) => {
            const bytes = original.slice();
            for (const { at, value } of changes) bytes[at] = value;
            survives(name, bytes);
            survives(name, new Uint8Array([...bytes.subarray(0, cut), ...bytes.subarray(cut + length)]));
            survives(name, bytes.subarray(0, cut));
          },
        ),
        { numRuns: 60 },
      );
    },
    60_000,
  );

  test("markup of Word, Excel and pages with tags shuffled", () => {
    const word = fc.constantFrom(
      "<w:tbl>",
      "</w:tbl>",
      "<w:tr>",
      "</w:tr>",
      "<w:tc>",
      "</w:tc>",
      "<w:p>",
      "</w:p>",
      "<w:r>",
      "</w:r>",
      "<w:t>",
      "</w:t>",
      "甲",
      "8.59",
      '<w:gridSpan w:val="3"/>',
      '<w:vMerge w:val="restart"/>',
      "<w:vMerge/>",
      '<w:gridBefore w:val="2"/>',
      "<w:del>",
      "</w:del>",
      "<w:hMerge/>",
      "<w:txbxContent>",
      "</w:txbxContent>",
      "<mc:Choice>",
      "<mc:Fallback>",
      "</mc:Fallback>",
      "<w:sdt>",
      "</w:sdt>",
      "<w:checkBox>",
      "</w:checkBox>",
      "<w:tab/>",
    );
    const html = fc.constantFrom(
      "<table>",
      "</table>",
      "<tr>",
      "</tr>",
      "<td>",
      "</td>",
      "<td rowspan=0>",
      "<td rowspan=3 colspan=2>",
      "<th colspan=9>",
      "甲",
      "<br>",
      "<p>",
      "</p>",
      "<div hidden>",
      "</div>",
      "<select>",
      "<option>",
      "</select>",
      "<pre>",
      "</pre>",
      "\t",
      "\n",
      "<script>",
      "</script>",
      "<caption>",
      "&nbsp;",
    );
    const cells = fc.constantFrom(
      "<row>",
      "</row>",
      '<row r="9" hidden="1">',
      "<c>",
      '<c r="C7">',
      '<c r="XFD1048576" t="s">',
      '<c t="inlineStr">',
      "</c>",
      "<v>",
      "</v>",
      "1e400",
      "3",
      "<f/>",
      "<is>",
      "</is>",
      "<t>",
      "</t>",
      '<mergeCell ref="A1:C3"/>',
      '<mergeCell ref="B2:XFD9"/>',
      '<mergeCell ref="x"/>',
      '<col min="0" max="99999999" hidden="1"/>',
    );
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 80 }),
        fc.array(html, { maxLength: 80 }),
        fc.array(cells, { maxLength: 80 }),
        (w, h, c) => {
          survives("a.docx", docx(w.join("")));
          survives("a.html", utf8(`<html>${h.join("")}`));
          survives("a.xlsx", sheet(c.join("")));
        },
      ),
      { numRuns: 300 },
    );
  }, 60_000);

  test("whole documents, JSON included", () => {
    fc.assert(
      fc.property(fc.json(), fc.uint8Array({ maxLength: 300 }), (json, bytes) => {
        for (const source of [
          utf8(json),
          utf8(`{"forms":[{"funds":${json},"indicators":[${json}]}]}`),
          bytes,
        ])
          expect(["document", "refused"]).toContain(
            readDocument({ name: "a.json", bytes: source, sha256 }).kind,
          );
      }),
      { numRuns: 300 },
    );
  });
});
