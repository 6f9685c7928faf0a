import { readDocument } from "@jiheng/importers";
import { cleanForm } from "@jiheng/specimens";
import { describe, expect, test } from "vitest";
import type { DocumentBlock } from "../src/document.ts";
import { formsDocument, LAYOUTS, layOut, writeDocx } from "../src/index.ts";
import { cell } from "../src/model.ts";
import { all, disorder, parse, partsOf } from "./office-markup.ts";
import { documentOf, tableForm } from "./sample-tables.ts";

const CHART: DocumentBlock = {
  kind: "chart",
  chart: {
    kind: "bars",
    title: "各等级的项目数",
    description: "优 3 个，良 1 个",
    xAxis: "等级",
    yAxis: "个",
    categories: ["优", "良"],
    series: [
      {
        name: "项目",
        points: [
          { x: null, y: "3" },
          { x: null, y: "1" },
        ],
      },
    ],
    table: {
      widths: [1, 1],
      rows: [[cell("等级", "label"), cell("项目数", "label")]],
      repeat: { row: 0, count: 1 },
    },
  },
};
const PROSE: readonly DocumentBlock[] = [
  { kind: "heading", level: 1, text: "一、总体情况" },
  { kind: "paragraph", text: "共自评\t4 个项目 “全部”公开。", indent: true },
  { kind: "list", items: ["甲", "乙"], ordered: true },
  { kind: "list", items: ["丙"], ordered: false },
  CHART,
  { kind: "table", caption: "一览", table: { ...tableForm(3), repeat: null } },
];

function body(bytes: Uint8Array) {
  return parse(partsOf(bytes).get("word/document.xml") ?? "");
}

describe("every part of a Word file", () => {
  const files = {
    forms: writeDocx(formsDocument([tableForm(8), tableForm(60, { orientation: "landscape" })], true)),
    prose: writeDocx(documentOf(PROSE, { printTitle: true, contents: true }), {
      drawingMl: () => '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/>',
    }),
  };
  test.each(Object.keys(files) as (keyof typeof files)[])(
    "has its elements in the order of the schema: %s",
    (name) => {
      for (const [part, markup] of partsOf(files[name])) expect(disorder(parse(markup)), part).toEqual([]);
    },
  );

  test("is named by a relationship and a content type, and every relationship leads to a part", () => {
    for (const bytes of Object.values(files)) {
      const parts = partsOf(bytes);
      const types = all(parse(parts.get("[Content_Types].xml") ?? ""), "Override").map(
        ({ attributes }) => attributes.PartName?.slice(1) ?? "",
      );
      const targets = all(parse(parts.get("word/_rels/document.xml.rels") ?? ""), "Relationship").map(
        ({ attributes }) => `word/${attributes.Target}`,
      );
      for (const part of [...types, ...targets]) expect([...parts.keys()]).toContain(part);
      for (const part of parts.keys()) if (/^word\/[^_]/.test(part)) expect(types).toContain(part);
      for (const part of parts.keys())
        if (/^word\/[^_]/.test(part) && part !== "word/document.xml") expect(targets).toContain(part);
    }
  });

  test("carries no clock and no time zone", () => {
    const view = new DataView(files.forms.buffer);
    expect([view.getUint16(10, true), view.getUint16(12, true)]).toEqual([
      0,
      ((2020 - 1980) << 9) | (1 << 5) | 1,
    ]);
  });
});

describe("tables of a Word file", () => {
  test("have fixed columns that add up to the width of the text, in every layout", () => {
    for (const plan of LAYOUTS) {
      const document = body(
        writeDocx(formsDocument([layOut(cleanForm({ seed: 7, rows: 12 }), plan)], false)),
      );
      const section = all(document, "w:sectPr").at(-1);
      const size = section && all(section, "w:pgSz")[0]?.attributes;
      const text = Number(size?.["w:w"]) - 2 * 1134;
      for (const table of all(document, "w:tbl")) {
        expect(all(table, "w:tblLayout")[0]?.attributes["w:type"]).toBe("fixed");
        const grid = all(table, "w:gridCol").map(({ attributes }) => Number(attributes["w:w"]));
        expect(grid.reduce((sum, width) => sum + width, 0)).toBe(text);
        for (const row of all(table, "w:tr")) {
          const widths = all(row, "w:tcW").map(({ attributes }) => Number(attributes["w:w"]));
          expect(widths.reduce((sum, width) => sum + width, 0)).toBe(text);
          const spans = row.children
            .filter(({ name }) => name === "w:tc")
            .map((each) => Number(all(each, "w:gridSpan")[0]?.attributes["w:val"] ?? 1));
          expect(spans.reduce((sum, span) => sum + span, 0)).toBe(grid.length);
          for (const each of row.children.filter(({ name }) => name === "w:tc"))
            expect(all(each, "w:vAlign")).toHaveLength(1);
        }
      }
    }
  });

  test("repeat the heading of the indicators where a form fills several pages, and stay one form to read", () => {
    const plan = LAYOUTS.find(({ id }) => id === "national");
    if (!plan) throw new Error("no national layout");
    const form = cleanForm({ seed: 3, rows: 60 });
    const bytes = writeDocx(formsDocument([layOut(form, plan)], false));
    const tables = all(body(bytes), "w:tbl");
    expect(tables).toHaveLength(2);
    const headings = tables.map((table) =>
      all(table, "w:tr").map((row) => all(row, "w:tblHeader").length === 1),
    );
    expect(headings[0]?.some((each) => each)).toBe(false);
    expect(headings[1]?.slice(0, 2)).toEqual([true, false]);
    // Nothing merged reaches from the repeated rows into those below them.
    const under = tables[1] && all(tables[1], "w:tr")[1];
    expect(under && all(under, "w:vMerge").every(({ attributes }) => attributes["w:val"] === "restart")).toBe(
      true,
    );
    const read = readDocument({ name: "a.docx", bytes, sha256: "0".repeat(64) });
    expect(
      read.kind === "document" && read.document.forms.map(({ indicators }) => indicators.length),
    ).toEqual([form.indicators.length]);
  });

  test("stay in one part where the form fits on a page", () => {
    expect(all(body(writeDocx(formsDocument([tableForm(8)], false))), "w:tbl")).toHaveLength(1);
  });

  test("keep rows whole, but let one taller than the page break", () => {
    const rows = [[cell("短")], [cell("很长的说明。".repeat(900))]];
    const table = { widths: [1], rows, repeat: null };
    const [short, long] = all(body(writeDocx(documentOf([{ kind: "table", caption: null, table }]))), "w:tr");
    expect(short && all(short, "w:cantSplit")).toHaveLength(1);
    expect(long && all(long, "w:cantSplit")).toHaveLength(0);
  });

  test("set upright labels one character a line, and read them back as one word", () => {
    const bytes = writeDocx(formsDocument([tableForm(3)], false));
    const label = all(body(bytes), "w:p").find((each) => all(each, "w:t")[0]?.text === "绩效指标");
    const indent = Number((label && all(label, "w:ind")[0])?.attributes["w:left"]);
    const width = Number(all(body(bytes), "w:gridCol")[0]?.attributes["w:w"]);
    // Room for one character of 10.5 points, not for two.
    expect(width - 160 - 2 * indent).toBeGreaterThan(210);
    expect(width - 160 - 2 * indent).toBeLessThan(420);
  });
});

describe("sections and contents of a Word file", () => {
  test("a form lies as its layout wants, with a section of its own", () => {
    const document = body(
      writeDocx(
        formsDocument([tableForm(3), tableForm(3, { orientation: "landscape" }), tableForm(3)], false),
      ),
    );
    expect(all(document, "w:pgSz").map(({ attributes }) => attributes["w:orient"] ?? "portrait")).toEqual([
      "portrait",
      "landscape",
      "portrait",
    ]);
    expect(all(document, "w:pageBreakBefore")).toHaveLength(0);
  });

  test("forms of one orientation begin on pages of their own without empty paragraphs", () => {
    const document = body(writeDocx(formsDocument([tableForm(3), tableForm(3)], false)));
    expect(all(document, "w:pageBreakBefore")).toHaveLength(1);
    expect(all(document, "w:br")).toHaveLength(0);
  });

  test("the contents name every form, with links to where it stands and a page to read", () => {
    const names = ["河道清淤", "“绿化” <乙>", "河道清淤"];
    const document = body(
      writeDocx(
        formsDocument(
          names.map((name) => tableForm(50, { name })),
          true,
        ),
      ),
    );
    const links = all(document, "w:hyperlink");
    expect(links.map((link) => all(link, "w:t")[0]?.text)).toEqual([
      "河道清淤",
      "“绿化” &lt;乙&gt;",
      "河道清淤",
    ]);
    const bookmarks = all(document, "w:bookmarkStart").map(({ attributes }) => attributes["w:name"]);
    expect(links.map(({ attributes }) => attributes["w:anchor"])).toEqual(bookmarks);
    const pages = links.map((link) => Number(all(link, "w:t").at(-1)?.text));
    expect(pages[0]).toBe(2);
    expect(pages[1]).toBeGreaterThan(3);
    const begun = all(document, "w:fldChar").filter(
      ({ attributes }) => attributes["w:fldCharType"] === "begin",
    );
    const ended = all(document, "w:fldChar").filter(
      ({ attributes }) => attributes["w:fldCharType"] === "end",
    );
    expect(begun.length).toBe(ended.length);
  });
});

test("a short table among text stays on one page; a long one may be broken", () => {
  const kept = (rows: number, dense = false): number => {
    const table = { ...tableForm(rows), repeat: { row: 0, count: 1 }, dense };
    const document = body(writeDocx(documentOf([{ kind: "table", caption: null, table }])));
    return all(document, "w:tr").filter((row) => all(row, "w:keepNext").length > 0).length;
  };
  expect(kept(4)).toBe(
    all(body(writeDocx(documentOf([{ kind: "table", caption: null, table: tableForm(4) }]))), "w:tr").length -
      1,
  );
  expect(kept(80)).toBe(1);
  // A list to work in goes on over the pages.
  expect(kept(4, true)).toBe(1);
});

test("a title is broken where the document says, and whole in the file's properties", () => {
  const bytes = writeDocx(
    documentOf(PROSE, { title: "安河县水利局2024年度报告", printTitle: true, titleBreak: 6 }),
  );
  const titles = all(body(bytes), "w:p").filter((each) =>
    all(each, "w:pStyle").some(({ attributes }) => attributes["w:val"] === "Title"),
  );
  expect(
    titles.map((each) =>
      all(each, "w:t")
        .map(({ text }) => text)
        .join(""),
    ),
  ).toEqual(["安河县水利局", "2024年度报告"]);
  expect(partsOf(bytes).get("docProps/core.xml")).toContain("安河县水利局2024年度报告");
});

describe("charts of a Word file", () => {
  test("are native where a drawing is given: part, relationship, size, description", () => {
    const parts = partsOf(
      writeDocx(documentOf([CHART]), {
        drawingMl: ({ title }) => `<c:chartSpace><c:t>${title}</c:t></c:chartSpace>`,
      }),
    );
    expect(parts.get("word/charts/chart1.xml")).toContain("各等级的项目数");
    const document = parse(parts.get("word/document.xml") ?? "");
    const id = all(document, "c:chart")[0]?.attributes["r:id"];
    const relation = all(parse(parts.get("word/_rels/document.xml.rels") ?? ""), "Relationship").find(
      ({ attributes }) => attributes.Id === id,
    );
    expect(relation?.attributes.Target).toBe("charts/chart1.xml");
    expect(all(document, "wp:docPr")[0]?.attributes.descr).toBe("优 3 个，良 1 个");
  });

  test("say how they are to be read where they are drawn too", () => {
    const drawn = body(writeDocx(documentOf([CHART]), { drawingMl: () => "<c:chartSpace/>" }));
    expect(all(drawn, "w:t").map(({ text }) => text)).toContain("优 3 个，良 1 个");
  });

  test("stand below their table where they are tall, so that the table fills the page before", () => {
    const names = ["安河县水利工程建设管理处", "东山县水利工程建设管理处"];
    const lying: DocumentBlock = { ...CHART, chart: { ...CHART.chart, categories: names } };
    const order = (block: DocumentBlock): string[] =>
      all(body(writeDocx(documentOf([block]), { drawingMl: () => "<c:chartSpace/>" })), "w:body")[0]
        ?.children.filter((each) => each.name === "w:tbl" || all(each, "w:drawing").length > 0)
        .map(({ name }) => name) ?? [];
    expect(order(lying)).toEqual(["w:tbl", "w:p"]);
    expect(order(CHART)).toEqual(["w:p", "w:tbl"]);
  });

  test("are described where none is given; their figures are printed in both cases", () => {
    const document = body(writeDocx(documentOf([CHART])));
    const texts = all(document, "w:t").map(({ text }) => text);
    expect(texts).toContain("优 3 个，良 1 个");
    expect(texts).toContain("项目数");
  });
});

test("what XML cannot hold shows as lost, the rest stays, whatever the text says", () => {
  const hostile = 'a\u0000b\u000bc\ud800d\udc00e😀</w:t>&"\ufffe<w:p>\r\n]]>';
  const rows = [[cell(hostile)]];
  const document = body(
    writeDocx(documentOf([{ kind: "table", caption: null, table: { widths: [1], rows, repeat: null } }])),
  );
  expect(all(document, "w:t").map(({ text }) => text)).toEqual([
    "a\ufffdb\ufffdc\ufffdd\ufffde😀&lt;/w:t&gt;&amp;&quot;\ufffd&lt;w:p&gt;",
    "]]&gt;",
  ]);
});
