import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readDocument, readGrid } from "../src/index.ts";
import {
  brief,
  docx,
  gbk,
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
const codes = (name: string, bytes: Uint8Array): string[] =>
  gridOf(name, bytes).notes.map((note) => note.code);

describe("text", () => {
  const text = "自评表\n\n项目名称\t河道清淤\n\n\t得分\t10\n说明一行\n数量\t12\n";

  test("runs of lines with tabs are tables, other lines are blocks with their line", () => {
    const { blocks } = gridOf("a.txt", utf8(text));
    expect(blocks.map((block) => (block.kind === "text" ? [block.text, block.at] : block.number))).toEqual([
      ["自评表", { line: 1, column: 1 }],
      1,
      ["说明一行", { line: 6, column: 1 }],
      2,
    ]);
  });

  test("a blank line inside a table stays visible as a row without text and counts", () => {
    const [table] = tablesOf(gridOf("a.txt", utf8(text)));
    expect(brief(table)).toEqual([["1:项目名称", "2:河道清淤"], ["1:"], ["1:", "2:得分", "3:10"]]);
    expect(table?.rows[2]?.[1]?.at).toEqual({ table: 1, row: 3, column: 2 });
  });

  test("a copied cell with a line break is one field; quotes in running text are characters", () => {
    const source = '名称\t"第一段\n第二段 ""甲"""\t5\n"十四五"规划\t"单独"\t6\n';
    expect(brief(tablesOf(gridOf("a.txt", utf8(source)))[0])).toEqual([
      ["1:名称", '2:第一段\n第二段 "甲"', "3:5"],
      ['1:"十四五"规划', '2:"单独"', "3:6"],
    ]);
  });

  test.each([
    ["UTF-8", utf8(text), []],
    ["UTF-8 with mark", new Uint8Array([0xef, 0xbb, 0xbf, ...utf8(text)]), []],
    ["GBK", gbk(text), ["encoding-detected"]],
    ["UTF-16LE", utf16(text, true), ["encoding-detected"]],
    ["UTF-16BE", utf16(text, false), ["encoding-detected"]],
    ["UTF-16LE with mark", new Uint8Array([0xff, 0xfe, ...utf16(text, true)]), []],
    ["UTF-16BE with mark", new Uint8Array([0xfe, 0xff, ...utf16(text, false)]), []],
  ])("%s gives the same cells", (_, bytes, notes) => {
    const grid = gridOf("a.txt", bytes);
    expect(grid.blocks).toEqual(gridOf("a.txt", utf8(text)).blocks);
    expect(grid.notes.map((note) => note.code)).toEqual(notes);
  });

  test("bytes that cannot be decoded are noted with their place", () => {
    const bytes = new Uint8Array([...utf8("项目名称\t清淤工程\n得分\t"), 0xff, ...utf8("8.59\n")]);
    const note = gridOf("a.txt", bytes).notes.find((each) => each.code === "undecodable-characters");
    expect(note?.level).toBe("lost");
    expect(note?.at).toEqual({ line: 2, column: 4 });
  });

  test("bars and single cells stay lines of text", () => {
    expect(gridOf("a.txt", utf8("项目 | 得分 | 8\n")).blocks).toHaveLength(1);
    expect(tablesOf(gridOf("a.txt", utf8("项目 | 得分 | 8\n")))).toHaveLength(0);
  });
});

test("text whose first cell holds leaked markup is still text", () => {
  const bytes = utf8("<p>目标一</p>\t<p>完成</p>\n得分\t8\n");
  expect(tablesOf(gridOf("a.txt", bytes))[0]?.rowCount).toBe(2);
  expect(tablesOf(gridOf("a.txt", utf8("<p>自评表</p>\n<table><tr><td>甲\t乙</table>")))[0]?.rowCount).toBe(
    1,
  );
});

describe("csv", () => {
  test("quoted fields hold commas, quotes and line breaks; the table keeps empty columns", () => {
    const grid = gridOf("a.csv", utf8('自评表,,\n"措施：一，\n二","他说""好""",\n,5,\n'));
    expect(brief(tablesOf(grid)[0])).toEqual([
      ["1:自评表", "2:", "3:"],
      ["1:措施：一，\n二", '2:他说"好"', "3:"],
      ["1:", "2:5", "3:"],
    ]);
  });

  test("an unclosed quote is noted, not swallowed silently", () => {
    expect(codes("a.csv", utf8('甲,乙\n"丙,丁\n戊,己\n'))).toContain("unclosed-quote");
  });

  test("a csv that is called xls is read as what it is, with a note", () => {
    const bytes = gbk("项目,预算,执行,得分\n清淤,10,9,8\n护岸,20,19,9\n");
    expect(brief(tablesOf(gridOf("a.xls", bytes))[0])[1]).toEqual(["1:清淤", "2:10", "3:9", "4:8"]);
    expect(codes("a.xls", bytes)).toContain("format-mismatch");
  });
});

describe("docx", () => {
  test("spans, vertical merges and skipped columns give the grid", () => {
    const bytes = docx(
      p("标题") +
        tbl(
          tr(tc("甲", '<w:vMerge w:val="restart"/>'), tc("乙", '<w:gridSpan w:val="2"/>')),
          tr(tc("", "<w:vMerge/>"), tc("丙"), tc("丁", '<w:vMerge w:val="restart"/>')),
          `<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>${tc("戊")}${tc("", "<w:vMerge/>")}</w:tr>`,
        ),
    );
    const grid = gridOf("a.docx", bytes);
    expect(grid.blocks[0]).toEqual({ kind: "text", text: "标题", at: { line: 1, column: 1 } });
    expect(brief(tablesOf(grid)[0])).toEqual([["1(2x1):甲", "2(1x2):乙"], ["2:丙", "3(2x1):丁"], ["2:戊"]]);
    expect(tablesOf(grid)[0]?.rows[2]?.[0]?.at).toEqual({ table: 1, row: 3, column: 2 });
  });

  test("paragraphs, breaks, tabs, symbols and tick boxes", () => {
    const cell = `<w:p><w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:br/><w:t>三</w:t></w:r></w:p><w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t></w:r><w:r><w:rPr><w:rFonts w:ascii="Wingdings 2"/></w:rPr><w:t>R</w:t></w:r><w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>90%</w:t></w:r></w:p><w:p><w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>否</w:t></w:r></w:p>`;
    expect(brief(tablesOf(gridOf("a.docx", docx(tbl(tr(tc(cell))))))[0])).toEqual([
      ["1:一\t二\n三\n☑是☑≥90%\n☑否"],
    ]);
  });

  test("insertions stay, deletions and moved-away text go, with a note", () => {
    const bytes = docx(
      tbl(
        tr(
          tc(
            "<w:p><w:ins><w:r><w:t>18</w:t></w:r></w:ins><w:del><w:r><w:delText>80</w:delText></w:r></w:del></w:p>",
          ),
        ),
        `<w:tr><w:trPr><w:del w:id="1"/></w:trPr>${tc("删去的行")}</w:tr>`,
        tr(tc("留")),
      ),
    );
    expect(brief(tablesOf(gridOf("a.docx", bytes))[0])).toEqual([["1:18"], ["1:留"]]);
    expect(codes("a.docx", bytes)).toEqual(["tracked-changes"]);
  });

  test("a text box is read once, not again from its fallback; fields show their result", () => {
    const box = (text: string): string => `<w:txbxContent>${p(text)}</w:txbxContent>`;
    const bytes = docx(
      `<w:p><w:r><mc:AlternateContent><mc:Choice>${box("框内")}</mc:Choice><mc:Fallback>${box("框内")}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>框外</w:t></w:r><w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>3</w:t></w:r></w:p>`,
    );
    expect(gridOf("a.docx", bytes).blocks.map((block) => block.kind === "text" && block.text)).toEqual([
      "框内",
      "框外3",
    ]);
  });

  test("a small table inside a cell is text of the cell; a form inside a layout table is a table", () => {
    const inner = tbl(tr(tc("子一"), tc("子二")), tr(tc("子三"), tc("子四")));
    const small = docx(
      tbl(tr(tc("甲"), tc("乙")), tr(tc("丙"), tc("丁")), tr(tc("戊"), tc(p("己") + inner))),
    );
    expect(brief(tablesOf(gridOf("a.docx", small))[0])[2]).toEqual(["1:戊", "2:己\n子一\t子二\n子三\t子四"]);
    const layout = gridOf("a.docx", docx(tbl(tr(tc(p("标题") + inner)))));
    expect(layout.blocks.map((block) => block.kind)).toEqual(["text", "table"]);
    expect(brief(tablesOf(layout)[0])).toEqual([
      ["1:子一", "2:子二"],
      ["1:子三", "2:子四"],
    ]);
  });

  test("hidden text, automatic numbers and covered text are left out and said", () => {
    const bytes = docx(
      tbl(
        tr(
          tc(
            "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r><w:r><w:t>明</w:t></w:r></w:p>",
            '<w:vMerge w:val="restart"/>',
          ),
        ),
        tr(tc("盖住", "<w:vMerge/>")),
      ),
    );
    expect(brief(tablesOf(gridOf("a.docx", bytes))[0])).toEqual([["1(2x1):明"], []]);
    expect(codes("a.docx", bytes).sort()).toEqual(["auto-numbering", "hidden-in-merge", "hidden-text"]);
  });

  test("tabbed paragraphs of a document without tables are rows", () => {
    expect(tablesOf(gridOf("a.docx", docx(`${p("项目\t得分")}${p("清淤\t8")}`)))[0]?.rowCount).toBe(2);
  });
});

describe("html", () => {
  const page = (body: string): Uint8Array => utf8(`<!DOCTYPE html><html><body>${body}</body></html>`);

  test("spans of 0, of too much, and overlapping ones", () => {
    const bytes = page(
      "<table><tr><td rowspan=0>甲<td colspan=1000000000>乙<tr><td>丙<td rowspan=99>丁<tr><td colspan=3>戊</table>",
    );
    const grid = gridOf("a.html", bytes);
    expect(brief(tablesOf(grid)[0])).toEqual([
      ["1(3x1):甲", "2(1x3):乙"],
      ["2:丙", "3(2x1):丁"],
      ["2(1x3):戊"],
    ]);
  });

  test("breaks, paragraphs, entities; scripts and hidden parts left out; boxes and fields as they show", () => {
    const bytes = page(
      "<style>td{}</style><table><tr><td><p>一&nbsp;&ge;</p>二<br>三<script>var x=1</script></td><td><span style='display: none'>暗</span><input type=checkbox checked>是<input type=checkbox>否</td><td><input value='5'><select><option>甲<option selected>乙</select></td></tr></table>",
    );
    expect(brief(tablesOf(gridOf("a.html", bytes))[0])).toEqual([["1:一 ≥\n二\n三", "2:☑是□否", "3:5乙"]]);
    expect(codes("a.html", bytes)).toEqual(["hidden-text"]);
  });

  test("a declared charset is respected, and not believed where it cannot be", () => {
    const source =
      "<html><head><meta charset=gb2312></head><table><tr><td>项目名称</td><td>清淤</td></tr></table></html>";
    expect(brief(tablesOf(gridOf("a.htm", gbk(source)))[0])).toEqual([["1:项目名称", "2:清淤"]]);
    expect(brief(tablesOf(gridOf("a.htm", utf8(source)))[0])).toEqual([["1:项目名称", "2:清淤"]]);
  });

  test("a page that is called xls or doc is read as a page, with a note", () => {
    for (const name of ["a.xls", "a.doc"]) {
      const bytes = page("<table><tr><td>项目</td></tr></table>");
      expect(tablesOf(gridOf(name, bytes))).toHaveLength(1);
      expect(codes(name, bytes)).toEqual(["format-mismatch"]);
    }
  });

  test("a single-file web page gives its page", () => {
    const mht = `MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b1"\n\n--b1\nContent-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: base64\n\n${Buffer.from("<table><tr><td>清淤</td></tr></table>").toString("base64")}\n--b1--\n`;
    expect(brief(tablesOf(gridOf("a.xls", utf8(mht)))[0])).toEqual([["1:清淤"]]);
  });

  test("layout tables around a form give way; rows without a table are one", () => {
    const form = "<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>";
    expect(
      tablesOf(gridOf("a.html", page(`<table><tr><td>标题${form}</table>`))).map((table) => brief(table)),
    ).toEqual([
      [
        ["1:甲", "2:乙"],
        ["1:丙", "2:丁"],
      ],
    ]);
    expect(brief(tablesOf(gridOf("a.html", page("<div><tr><td>甲<td>乙</div>")))[0])).toEqual([
      ["1:甲", "2:乙"],
    ]);
  });
});

describe("xlsx", () => {
  const c = (ref: string, value: string, more = ""): string => `<c r="${ref}" ${more}><v>${value}</v></c>`;

  test("display text, the stored number, formulas with their stored result, merges, references", () => {
    const bytes = xlsx({
      strings:
        '<si><t>项目</t><rPh><t>xm</t></rPh></si><si><r><rPr><rFont val="Wingdings 2"/></rPr><t>R</t></r><r><t>是</t></r></si>',
      styles:
        '<numFmts><numFmt numFmtId="170" formatCode="0.00%"/></numFmts><fonts><font/></fonts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="14"/><xf numFmtId="4"/></cellXfs>',
      sheets: [
        {
          name: "表一",
          xml: `<sheetData><row r="3">${c("B3", "0", 't="s"')}${c("C3", "1", 't="s"')}</row><row r="4">${c("B4", "0.40865384615384617", 's="1"')}<c r="C4" s="3"><f>SUM(A1)</f><v>1234.5</v></c><c r="D4" t="str"><f>T(1)</f><v>合计</v></c></row><row r="5">${c("B5", "45352", 's="2"')}${c("C5", "8.5899999999999999")}<c r="D5" t="inlineStr"><is><t>行一_x000D_\n行二</t></is></c></row></sheetData><mergeCells><mergeCell ref="C3:D3"/></mergeCells>`,
        },
      ],
    });
    const [table] = tablesOf(gridOf("a.xlsx", bytes));
    expect(brief(table)).toEqual([
      ["1:项目", "2(1x2):☑是"],
      ["1:40.87%", "2:1,234.50", "3:合计"],
      ["1:2024/3/1", "2:8.59", "3:行一\n行二"],
    ]);
    expect(table?.sheet).toBe("表一");
    expect(table?.rows[1]?.[0]).toMatchObject({
      number: "0.40865384615384615",
      at: { sheet: "表一", ref: "B4" },
    });
    expect(table?.rows[1]?.[1]).toMatchObject({ number: "1234.5", formula: true });
    expect(table?.rows[2]?.[1]?.number).toBe("8.59");
    expect(table?.rows[2]?.[0]?.number, "a date is no figure").toBeUndefined();
    expect(table?.rows[0]?.[0]?.number).toBeUndefined();
  });

  test("hidden sheets, rows and columns are read and said; empty sheets are none", () => {
    const bytes = xlsx({
      sheets: [
        { name: "空", xml: "<sheetData/>" },
        {
          name: "底稿",
          state: "hidden",
          xml: `<cols><col min="2" max="2" hidden="1"/></cols><sheetData><row r="1" hidden="1">${c("A1", "1")}${c("B1", "2")}</row></sheetData>`,
        },
      ],
    });
    const grid = gridOf("a.xlsx", bytes);
    expect(tablesOf(grid).map((table) => [table.number, table.sheet])).toEqual([[1, "底稿"]]);
    expect(grid.notes.map((note) => note.code).sort()).toEqual([
      "hidden-columns",
      "hidden-rows",
      "hidden-sheet",
    ]);
  });

  test("a formula without a stored result and an error value are lost, each at its cell", () => {
    const bytes = xlsx({
      sheets: [
        {
          name: "S",
          xml: '<sheetData><row r="1"><c r="A1"><f>1/0</f></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C1" t="e"><v>#REF!</v></c></row></sheetData>',
        },
      ],
    });
    expect(gridOf("a.xlsx", bytes).notes.map((note) => [note.level, note.code, note.at])).toEqual([
      ["lost", "formula-without-result", { sheet: "S", ref: "A1" }],
      ["lost", "error-value", { sheet: "S", ref: "B1" }],
      ["lost", "error-value", { sheet: "S", ref: "C1" }],
    ]);
  });

  test("stray cells far away cost one empty row and column, and keep their reference", () => {
    const bytes = xlsx({
      sheets: [
        {
          name: "S",
          xml: `<dimension ref="A1:XFD1048576"/><sheetData><row r="1">${c("A1", "1")}</row><row r="1048576">${c("XFD1048576", "2")}</row></sheetData>`,
        },
      ],
    });
    const [table] = tablesOf(gridOf("a.xlsx", bytes));
    expect([table?.rowCount, table?.columnCount]).toEqual([3, 3]);
    expect(table?.rows[2]?.[2]).toMatchObject({ text: "2", at: { sheet: "S", ref: "XFD1048576" } });
  });

  test("a workbook called docx is read as a workbook, with a note", () => {
    const bytes = xlsx({ sheets: [{ name: "S", xml: `<sheetData><row>${c("A1", "1")}</row></sheetData>` }] });
    expect(codes("a.docx", bytes)).toEqual(["format-mismatch"]);
  });
});

describe("files of an office suite", () => {
  const texts = (name: string): string[] =>
    tablesOf(gridOf(name, file(name)))
      .flatMap((table) => table.rows)
      .flat()
      .filter((cell) => cell.text !== "")
      .map((cell) => cell.text);

  test("the docx has the cells, spans and places of the page it was made from", () => {
    const shape = (name: string): unknown =>
      tablesOf(gridOf(name, file(name))).map((table) => [table.rowCount, table.columnCount, table.rows]);
    expect(shape("form-writer.docx")).toEqual(shape("form.html"));
  });

  test("xlsx, xls and ods of one sheet have the same cells, spans, numbers and references", () => {
    const table = tablesOf(gridOf("form-calc.xlsx", file("form-calc.xlsx")));
    expect(table[0]?.rowCount).toBe(19);
    expect(texts("form-calc.xlsx")).toContain("沿岸居民受益户数");
    expect(tablesOf(gridOf("form-calc.xls", file("form-calc.xls")))).toEqual(table);
    expect(tablesOf(gridOf("form-calc.ods", file("form-calc.ods")))).toEqual(table);
  });

  test("long texts, formulas, dates, rates, hidden rows and sheets are the same in xlsx, xls and ods", () => {
    const book = gridOf("mixed.xlsx", file("mixed.xlsx"));
    const [table, draft] = tablesOf(book);
    expect([table?.rowCount, table?.columnCount, draft?.sheet]).toEqual([600, 5, "底稿"]);
    expect(table?.rows[0]?.map((cell) => cell.text).slice(1, 4)).toEqual([
      "95.60%",
      "2024年3月1日",
      "1,234,567.89",
    ]);
    expect(table?.rows[1]?.[1]).toMatchObject({ text: "24.88", number: "24.88", formula: true });
    expect(gridOf("mixed.xls", file("mixed.xls"))).toEqual(book);
    expect(gridOf("mixed.ods", file("mixed.ods"))).toEqual(book);
  });

  test("an XML table gives its sheets, spans, numbers and skipped positions", () => {
    const xml = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="s1"><NumberFormat ss:Format="Percent"/></Style></Styles><Worksheet ss:Name="表"><Table><Row><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">项目&#10;名称</Data></Cell><Cell><Data ss:Type="String">清淤</Data></Cell></Row><Row ss:Index="3"><Cell ss:StyleID="s1"><Data ss:Type="Number">0.956</Data></Cell><Cell ss:Index="3" ss:Formula="=1"><Data ss:Type="Number">8.59</Data></Cell></Row></Table></Worksheet></Workbook>`;
    const [table] = tablesOf(gridOf("a.xls", utf8(xml)));
    expect(brief(table)).toEqual([["1(2x2):项目\n名称", "3:清淤"], ["3:"], ["1:95.60%", "2:", "3:8.59"]]);
    expect(table?.rows[2]?.[2]).toMatchObject({
      number: "8.59",
      formula: true,
      at: { sheet: "表", ref: "C3" },
    });
  });

  test("a doc has the cells of the docx", () => {
    const texts = (name: string): unknown => {
      const result = readGrid({ name, bytes: file(name) });
      if (result.kind === "refused") throw new Error(result.what);
      return result.grid.blocks.map((block) =>
        block.kind === "text" ? block.text : block.rows.map((row) => row.map(({ text }) => text)),
      );
    };
    expect(texts("form-writer.doc")).toEqual(texts("form-writer.docx"));
  });
});

describe("documents", () => {
  const sha256 = "ab".repeat(32);

  test("a file without a form has no forms and says so", () => {
    const result = readDocument({ name: "a.txt", bytes: utf8("会议通知\n时间\t地点\n周一\t三楼\n"), sha256 });
    expect(result).toMatchObject({ kind: "document", document: { file: "a.txt", sha256, forms: [] } });
    expect(
      result.kind === "document" && result.document.notes.map((note) => [note.level, note.code]),
    ).toContainEqual(["lost", "no-form"]);
  });

  test("what read printed as JSON reads back the same", () => {
    const first = readDocument({ name: "form.html", bytes: file("form.html"), sha256 });
    if (first.kind !== "document") throw new Error(first.what);
    expect(first.document.forms).toHaveLength(1);
    const answer = JSON.stringify({ engine: { name: "jiheng", version: "1" }, documents: [first.document] });
    const again = readDocument({ name: "form.json", bytes: utf8(answer), sha256: "cd".repeat(32) });
    if (again.kind !== "document") throw new Error(again.what);
    expect(again.document.forms).toEqual(first.document.forms);
  });

  test("a JSON form with absent keys is filled with null, a figure that is none is lost with its place", () => {
    const bytes = utf8(
      JSON.stringify([
        {
          project: "清淤",
          indicators: [{ name: "长度", target: { text: "≥12公里" }, points: 15, score: "十五" }],
        },
      ]),
    );
    const result = readDocument({ name: "a.json", bytes, sha256 });
    if (result.kind !== "document") throw new Error(result.what);
    expect(result.document.forms[0]?.indicators[0]).toMatchObject({
      target: { text: "≥12公里", comparison: "≥", value: "12", unit: "公里" },
      points: "15",
      score: null,
      deviation: null,
    });
    const notes = result.document.forms[0]?.notes ?? [];
    expect(notes).toContainEqual(expect.objectContaining({ level: "lost", place: "indicators[0].score" }));
    // A key that is not there was not read: that is said, so that nobody takes it for a blank cell.
    const absent = notes.filter((note) => note.code === "missing-key").map((note) => note.place);
    expect(absent).toContain("moneyUnit");
    expect(absent).toContain("goal.expected");
    expect(absent).not.toContain("project");
  });

  test("JSON that is no reading is refused", () => {
    for (const source of [
      '{"documents":[]}',
      '{"a":1}',
      '[{"funds":3',
      "[1,2]",
      '{"documents":[{"forms":[null]}]}',
    ])
      expect(readDocument({ name: "a.json", bytes: utf8(source), sha256 }).kind).toBe("refused");
  });
});

test("each kind of file that is not read has its own refusal", () => {
  const magic = (...bytes: number[]): Uint8Array => new Uint8Array([...bytes, ...new Array(600).fill(0)]);
  const ole = (stream: string): Uint8Array => {
    const bytes = magic(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
    bytes.set(utf16(stream, true), 100);
    return bytes;
  };
  expect(refusalOf("a.pdf", utf8("%PDF-1.7\n"))).toBe("pdf-unsupported");
  expect(refusalOf("a.docx", ole("EncryptedPackage"))).toBe("encrypted");
  expect(refusalOf("a.doc", ole("WordDocument"))).toBe("damaged-doc");
  expect(refusalOf("a.rtf", utf8("{\\rtf1 }"))).toBe("rtf-unsupported");
  expect(refusalOf("a.png", magic(0x89, 0x50, 0x4e, 0x47))).toBe("picture");
  expect(refusalOf("a.rar", magic(0x52, 0x61, 0x72, 0x21))).toBe("archive");
  expect(refusalOf("a.zip", zip({ "a.txt": "x" }))).toBe("archive");
  expect(refusalOf("a.ofd", zip({ "OFD.xml": "<a/>" }))).toBe("ofd-unsupported");
  expect(refusalOf("a.bin", magic(1, 2, 3, 4))).toBe("unknown-format");
  for (const name of ["a.txt", "a.docx", "a.xlsx", "a.html", "a.json", ""])
    expect(refusalOf(name, new Uint8Array())).toBe("empty-file");
});
