import { readDocument } from "@jiheng/importers";
import { cleanForm } from "@jiheng/specimens";
import { describe, expect, test } from "vitest";
import type { WorkbookModel } from "../src/document.ts";
import { formsWorkbook, LAYOUTS, layOut, writeXlsx, zipFiles } from "../src/index.ts";
import { cell, type ModelCell } from "../src/model.ts";
import { all, disorder, type Element, parse, partsOf } from "./office-markup.ts";
import { tableForm } from "./sample-tables.ts";

function sheetOf(bytes: Uint8Array, number = 1): Element {
  return parse(partsOf(bytes).get(`xl/worksheets/sheet${number}.xml`) ?? "");
}

function cellsOf(sheet: Element): Map<string, Element> {
  return new Map(all(sheet, "c").map((each) => [each.attributes.r ?? "", each]));
}

function stylesOf(bytes: Uint8Array): { xf: Element[]; formats: Map<string, string> } {
  const styles = parse(partsOf(bytes).get("xl/styles.xml") ?? "");
  return {
    xf: all(styles, "cellXfs")[0]?.children ?? [],
    formats: new Map(
      all(styles, "numFmt").map(({ attributes }) => [attributes.numFmtId ?? "", attributes.formatCode ?? ""]),
    ),
  };
}

function tableOf(rows: readonly (readonly ModelCell[])[], name = "表"): WorkbookModel {
  const widths = Array.from(
    { length: rows[0]?.reduce((sum, each) => sum + each.columnSpan, 0) ?? 1 },
    () => 10,
  );
  return {
    title: "表",
    contents: false,
    sheets: [
      {
        kind: "table",
        name,
        title: "标题",
        lines: [],
        table: { widths, rows, repeat: null },
        orientation: "portrait",
      },
    ],
  };
}

/** The only cell of a workbook of one cell, and the code of its number format. */
function written(each: ModelCell): {
  readonly element: Element;
  readonly format: string;
  readonly quoted: boolean;
} {
  const bytes = writeXlsx(tableOf([[each]]));
  const element = cellsOf(sheetOf(bytes)).get("A2");
  if (!element) throw new Error("no cell A2");
  const { xf, formats } = stylesOf(bytes);
  const style = xf[Number(element.attributes.s)];
  const id = style?.attributes.numFmtId ?? "";
  return { element, format: formats.get(id) ?? id, quoted: style?.attributes.quotePrefix === "1" };
}

const figure = (text: string, more: Partial<ModelCell> = {}): ModelCell => ({
  ...cell(text, "number"),
  ...more,
});
const child = (element: Element, name: string): string | undefined => all(element, name)[0]?.text;

test("every part of a workbook has its elements in the order of the schema", () => {
  const files = [
    writeXlsx(formsWorkbook([tableForm(8), tableForm(60, { orientation: "landscape" })], true)),
    writeXlsx(tableOf([[cell("甲", "label")], [cell("1", "number")]])),
  ];
  for (const bytes of files)
    for (const [part, markup] of partsOf(bytes)) expect(disorder(parse(markup)), part).toEqual([]);
});

describe("figures of a workbook", () => {
  test.each([
    ["120.00", {}, "120.00", "0.00"],
    ["-5.000", {}, "-5.000", "0.000"],
    ["0.00", {}, "0.00", "0.00"],
    // Whole numbers in the general format: 9.5 typed over 10 must not show as 10.
    ["10", {}, "10", "0"],
    ["1,234,567.80", { figure: "1234567.80" }, "1234567.80", "#,##0.00"],
    ["85.93%", { figure: "85.93", percent: true }, "0.8593", "0.00%"],
    ["5%", { figure: "5", percent: true }, "0.05", "0%"],
    ["100.00%", { figure: "100.00", percent: true }, "1", "0.00%"],
    ["-0.50%", { figure: "-0.50", percent: true }, "-0.005", "0.00%"],
  ] as const)("%s is a number printed as it was typed", (text, more, value, format) => {
    const { element, format: code } = written(figure(text, more));
    expect(element.attributes.t).toBeUndefined();
    expect(child(element, "v")).toBe(value);
    expect(code).toBe(format);
  });

  test.each(["007", "1.", "12万元", "-", "1234567890123456.78", "-0", "1e5"])("%s stays text", (text) => {
    const { element } = written(figure(text));
    expect(element.attributes.t).toBe("inlineStr");
    expect(child(element, "t")).toBe(text);
  });

  test("an empty cell for a number is not set to text", () => {
    expect(written(figure("")).format).toBe("0");
    expect(written(cell("")).format).toBe("49");
  });
});

describe("text of a workbook", () => {
  test.each(["=1+2", "+8", "-5；", "@SUM(A1)"])("%s is marked as text and is no formula", (text) => {
    const { element, quoted } = written(cell(text));
    expect(element.attributes.t).toBe("inlineStr");
    expect(quoted).toBe(true);
    expect(all(element, "f")).toHaveLength(0);
  });

  test("what Excel would take for an escaped character stays what it is", () => {
    const bytes = writeXlsx(
      formsWorkbook([tableForm(2, { caption: ["项目支出绩效自评表_x0041_"], titleLine: 0 })], false),
    );
    expect(child(sheetOf(bytes), "t")).toBe("项目支出绩效自评表_x005F_x0041_");
  });

  test("a text longer than a cell holds says how much of it is left out", () => {
    const { element } = written(cell(`开头${"字".repeat(40_000)}`));
    const text = child(element, "t") ?? "";
    expect(text.length).toBeLessThanOrEqual(32_767);
    expect(text).toContain("全文共40002字");
    const [, left] = /以下(\d+)字未列出/.exec(text) ?? [];
    expect(text.indexOf("……（全文") + Number(left)).toBe(40_002);
  });

  test("a row taller than Excel allows stands on several rows, merged, and reads back as one", () => {
    const long = "开展巡查养护，及时处理报修。".repeat(260);
    const form = tableForm(2);
    const rows = form.rows.map((cells, index) =>
      index === 0 ? [cell("项目名称", "label"), cell(long, "text", 4)] : cells,
    );
    const bytes = writeXlsx(formsWorkbook([{ ...form, rows }], false));
    const sheet = sheetOf(bytes);
    for (const row of all(sheet, "row")) expect(Number(row.attributes.ht)).toBeLessThanOrEqual(409);
    const merges = all(sheet, "mergeCell").map(({ attributes }) => attributes.ref);
    const [tall] = merges.filter((ref) => /^B4:E\d+$/.test(ref ?? ""));
    expect(Number(tall?.slice(4))).toBeGreaterThan(4);
    const read = readDocument({ name: "a.xlsx", bytes, sha256: "0".repeat(64) });
    expect(read.kind === "document" && read.document.forms.map(({ project }) => project)).toEqual([long]);
  });
});

describe("formulas of a workbook", () => {
  test("have the typed figure as their result and name the cells they are made from", () => {
    const cells = cellsOf(sheetOf(writeXlsx(formsWorkbook([tableForm(4)], false))));
    const rate = [...cells.values()].find((each) => child(each, "v") === "0.25");
    expect(rate && child(rate, "f")).toBe("IFERROR(TRUNC(ROUND(C5/B5,12),4),&quot;&quot;)");
    expect(child(cells.get("B5") as Element, "v")).toBe("120.00");
    const total = [...cells.values()].find((each) => child(each, "v") === "100.00");
    expect(total && child(total, "f")).toBe("ROUND(SUM(D7:D10),2)");
  });

  test("are left out where a cell they need holds no number", () => {
    const form = tableForm(4);
    const rows = form.rows.map((cells) =>
      cells.map((each) => (each.place === "budget" ? { ...cell("约120"), place: "budget" as const } : each)),
    );
    const cells = cellsOf(
      sheetOf(writeXlsx(formsWorkbook([{ ...form, rows: rows as typeof form.rows }], false))),
    );
    const rate = [...cells.values()].find((each) => child(each, "v") === "0.25");
    expect(rate && all(rate, "f")).toEqual([]);
  });

  test("read back as the figures that were typed, in every layout", () => {
    let formulas = 0;
    for (const plan of LAYOUTS) {
      const form = cleanForm({ seed: 11 });
      const bytes = writeXlsx(formsWorkbook([layOut(form, plan)], false));
      formulas += all(sheetOf(bytes), "f").length;
      for (const each of all(sheetOf(bytes), "c"))
        if (all(each, "f").length > 0) expect(child(each, "v")).toMatch(/^-?\d+(?:\.\d+)?$/);
    }
    expect(formulas).toBeGreaterThan(LAYOUTS.length);
  });
});

describe("the look of a sheet", () => {
  test("every cell of the table has a border, the covered ones too", () => {
    const bytes = writeXlsx(formsWorkbook([tableForm(6)], false));
    const { xf } = stylesOf(bytes);
    const sheet = sheetOf(bytes);
    const cells = cellsOf(sheet);
    let seen = 0;
    for (let row = 4; row <= 4 + 9; row++)
      for (const column of "ABCDE") {
        const each = cells.get(`${column}${row}`);
        if (!each) continue;
        seen += 1;
        expect(xf[Number(each.attributes.s)]?.attributes.borderId, `${column}${row}`).toBe("1");
      }
    expect(seen).toBe(50);
  });

  test("upright labels are upright, merged rows have a height for their text", () => {
    const bytes = writeXlsx(formsWorkbook([tableForm(6)], false));
    const { xf } = stylesOf(bytes);
    const label = all(sheetOf(bytes), "c").find((each) => child(each, "t") === "绩效指标");
    expect(all(xf[Number(label?.attributes.s)] as Element, "alignment")[0]?.attributes.textRotation).toBe(
      "255",
    );
    const wide = [[cell("说明", "label"), cell("按计划开展巡查养护。".repeat(30), "text", 3)]];
    const row = all(sheetOf(writeXlsx(tableOf(wide))), "row").at(-1);
    expect(Number(row?.attributes.ht)).toBeGreaterThan(80);
    expect(row?.attributes.customHeight).toBe("1");
  });

  test("it prints on A4 to the width of the page, with the heading of the indicators on every page", () => {
    const bytes = writeXlsx(formsWorkbook([tableForm(60, { orientation: "landscape" })], false));
    const setup = all(sheetOf(bytes), "pageSetup")[0]?.attributes;
    expect(setup).toMatchObject({ paperSize: "9", orientation: "landscape", fitToHeight: "0" });
    const names = all(parse(partsOf(bytes).get("xl/workbook.xml") ?? ""), "definedName");
    expect(names.map(({ text }) => text)).toEqual(["'河道清淤'!$6:$6"]);
    expect(names.map(({ attributes }) => attributes.localSheetId)).toEqual(["0"]);
  });
});

test("sheets are named by their projects: legal, short, different; the contents lead to them", () => {
  const names = [
    "[甲]/乙:丙*?\\",
    "'引号'",
    "项目".repeat(30),
    "项目".repeat(30),
    "",
    "History",
    "目录",
    "a",
    "A",
  ];
  const bytes = writeXlsx(
    formsWorkbook(
      names.map((name) => tableForm(2, { name })),
      true,
    ),
  );
  const sheets = all(parse(partsOf(bytes).get("xl/workbook.xml") ?? ""), "sheet").map(
    ({ attributes }) => attributes.name ?? "",
  );
  expect(sheets).toHaveLength(10);
  expect(new Set(sheets.map((name) => name.toLowerCase())).size).toBe(10);
  for (const name of sheets) {
    expect(name.length).toBeLessThanOrEqual(31);
    expect(name).toMatch(/^[^[\]:*?/\\']+$/);
    expect(name.toLowerCase()).not.toBe("history");
  }
  const links = all(sheetOf(bytes), "hyperlink").map(({ attributes }) => attributes.location);
  expect(links).toEqual(sheets.slice(1).map((name) => `'${name}'!A1`));
});

test("an archive has names that unpack inside a folder, each its own, and the same bytes every time", () => {
  const files = [
    "../../a.docx",
    "a.docx",
    "A.docx",
    "甲/乙:丙.docx",
    "",
    "CON.txt",
    "/etc/x",
    "名\u202e字.docx",
    "长".repeat(300),
  ].map((name) => ({ name, bytes: new TextEncoder().encode(name) }));
  const bytes = zipFiles(files);
  expect(zipFiles(files)).toEqual(bytes);
  const names = [...partsOf(bytes).keys()];
  expect(names).toHaveLength(files.length);
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(files.length);
  for (const name of names) {
    expect(name).not.toMatch(/^\/|(?:^|\/)\.\.?(?:\/|$)|[:\\\u202e]|^con\./i);
    for (const segment of name.split("/")) expect(segment.length).toBeGreaterThan(0);
    expect(name.length).toBeLessThanOrEqual(130);
  }
  expect(names[1]).toBe("a.docx");
  expect(names[2]).toBe("A（2）.docx");
});
