import { createHash } from "node:crypto";
import type { Form } from "@jiheng/domain";
import { closeReaders, readDocumentFile } from "@jiheng/importers/node";
import { cleanForm } from "@jiheng/specimens";
import { afterAll, describe, expect, test } from "vitest";
import { exampleForm } from "../../audit/src/example-form.ts";
import type { ChartModel, DocumentModel } from "../src/document.ts";
import { formsDocument, LAYOUTS, layOut, layoutOf } from "../src/index.ts";
import { cell, type TableModel } from "../src/model.ts";
import { nativeCompiler } from "../src/pdf/engine.ts";
import { PdfUnavailable, writePdf } from "../src/pdf/index.ts";
import { differences } from "./round-trip.ts";
import { formFor } from "./written-forms.ts";

afterAll(closeReaders);

const national = layoutOf("national");
if (!national) throw new Error("no national layout");

const pdfOf = (...forms: Form[]) =>
  writePdf(
    formsDocument(
      forms.map((form) => layOut(form, national)),
      true,
    ),
  );
/** The objects of a PDF as text, streams as they are. */
const raw = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
const pages = (bytes: Uint8Array): number => raw(bytes).match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;

async function readBack(bytes: Uint8Array): Promise<readonly Form[]> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const result = await readDocumentFile({ name: "form.pdf", bytes, sha256 });
  if (result.kind === "refused") throw new Error(result.what);
  return result.document.forms;
}

/** A page breaks lines where it likes: blanks are no part of what is said. */
function withoutBlanks(form: Form | undefined): Form {
  return JSON.parse(
    JSON.stringify(form ?? null, (_, value) =>
      typeof value === "string" ? value.replace(/\s+/g, "") : value,
    ),
  );
}

/** What a form says, without where it was read and with the white space of line ends taken out. */
function said(form: Form | undefined): unknown {
  if (!form) return null;
  const { id, notes, origins, ...rest } = form;
  return JSON.parse(
    JSON.stringify({ ...rest, indicators: rest.indicators.map(({ id: own, ...row }) => row) }, (_, value) =>
      typeof value === "string" ? value.replace(/\s+/g, "") : value,
    ),
  );
}

describe("a PDF", () => {
  test("is PDF/A-2b with its output intent, titled, and the same bytes for the same form", () => {
    const { bytes } = pdfOf(exampleForm({ project: "社区书屋运行维护" }));
    const text = raw(bytes);
    expect(text.startsWith("%PDF-1.7")).toBe(true);
    expect(text).toContain("<pdfaid:part>2</pdfaid:part>");
    expect(text).toContain("<pdfaid:conformance>B</pdfaid:conformance>");
    expect(text).toMatch(/\/OutputIntents?\b/);
    expect(text).toContain("/GTS_PDFA1");
    expect(text).toMatch(/<dc:title>/);
    expect(text).toContain("/Lang (zh)");
    expect(text).not.toContain("/JavaScript");
    expect(text).not.toContain("/EmbeddedFile");
    expect(pdfOf(exampleForm({ project: "社区书屋运行维护" })).bytes).toEqual(bytes);
    expect(pdfOf(exampleForm({ project: "社区书屋运行" })).bytes).not.toEqual(bytes);
  });

  test("prints what forms say and executes none of it", async () => {
    const expected = '#panic("x") $x^2$ *a* _b_ @ref <tag> \\u{41} // c /* d */ `e` = f ~ g --- "h"';
    const achieved = "#let a = 1\n#sys.inputs\n[甲]{乙}（丙）\n- 1.5\n+ 2";
    const { bytes, missing } = pdfOf(exampleForm({ expected, achieved, project: "#include" }));
    expect(missing).toEqual([]);
    const [form] = await readBack(bytes);
    expect(form?.project).toBe("#include");
    expect(form?.goal.expected?.replace(/\s/g, "")).toBe(expected.replace(/\s/g, ""));
    expect(form?.goal.achieved?.replace(/\s/g, "")).toBe(achieved.replace(/\s/g, ""));
  });

  test("prints rare characters of names and tick boxes; tells the characters that no font has and marks them", async () => {
    const names = "㛃䶮𠮷堃喆镕，☑是☐否√×①㎡℃‰№≥≤";
    const shown = pdfOf(exampleForm({ expected: names, achieved: "完成" }));
    expect(shown.missing).toEqual([]);
    expect((await readBack(shown.bytes))[0]?.goal.expected).toBe(names);
    const lacking = pdfOf(exampleForm({ expected: "甲🎉乙ꀀ丙🎉", achieved: "完成" }));
    expect(lacking.missing).toEqual(["🎉", "ꀀ"]);
    expect((await readBack(lacking.bytes))[0]?.goal.expected).toBe("甲〓乙〓丙〓");
  });

  test("takes any character at all: what is not visible is left out, what cannot be printed is told", async () => {
    const odd =
      "甲\u0000乙\u0007丙\u200B丁\uFEFFe\u00ADf\u0301e\u0301f\u2003g\u00A0h\u202Ei\uFE0Fj\uE000k\uD800l\u2028m\tn\r\no\u3000f";
    const { bytes, missing } = pdfOf(exampleForm({ expected: odd, achieved: "完成" }));
    const read = (await readBack(bytes))[0]?.goal.expected;
    expect(read?.replace(/\s/g, "")).toBe("甲乙丙丁ef〓éfghij〓k〓lmnof");
    expect(missing).toEqual(["\u0301", "\uE000", "\uD800"]);
  });

  test("does not fall over signs of scripts written from right to left", () => {
    const { missing } = pdfOf(exampleForm({ expected: "〓〓؉甲؉ש؟", achieved: "؉" }));
    expect(missing).toEqual(["؉", "ש", "؟"]);
  });

  test("keeps a form of sixty rows and a text of several pages whole, in every layout that has their places", async () => {
    for (const id of ["national", "shanghai-bureau-a", "yunnan"]) {
      const plan = layoutOf(id);
      if (!plan) throw new Error(id);
      const blank = cleanForm({ seed: 12, rows: 60 });
      const achieved = Array.from(
        { length: 90 },
        (_, n) => `第${n + 1}项工作按年度计划完成，资金按进度支付。`,
      );
      const delays = Array.from({ length: 45 }, (_, n) => `第${n + 1}标段因雨季较长推迟，已调整。`).join("");
      const long: Form = {
        ...blank,
        title: plan.title,
        template: plan.id,
        goal: { ...blank.goal, achieved: achieved.join("\n") },
        goals: blank.goals.map((goal) => ({ ...goal, achieved: achieved.join("\n") })),
        indicators: blank.indicators.map((row, index) =>
          index === 20 ? { ...row, deviation: delays } : row,
        ),
      };
      const { bytes } = writePdf(formsDocument([layOut(long, plan)], false));
      expect(pages(bytes), id).toBeGreaterThan(5);
      const [form] = await readBack(bytes);
      expect((said(form) as Form).indicators, id).toEqual((said(long) as Form).indicators);
      expect((said(form) as Form).goals, id).toEqual((said(long) as Form).goals);
    }
  });

  test("breaks an address that is wider than its cell, and loses none of it", async () => {
    const address = `https://example.invalid/${"abcdefghij".repeat(12)}`;
    const figure = "1234567890.12";
    const form = exampleForm({ expected: address, achieved: figure });
    const [read] = await readBack(pdfOf(form).bytes);
    expect(read?.goal.expected?.replace(/\s/g, "")).toBe(address);
    expect(read?.goal.achieved).toBe(figure);
  });

  test("is written in every layout, portrait or landscape as the form is", () => {
    for (const plan of LAYOUTS) {
      const model = layOut(cleanForm({ seed: 3, rows: 30 }), plan);
      const { bytes, missing } = writePdf(formsDocument([model], false));
      expect(missing, plan.id).toEqual([]);
      const box = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(raw(bytes));
      expect(Number(box?.[1]) > Number(box?.[2]), plan.id).toBe(model.orientation === "landscape");
    }
  });

  test.each(LAYOUTS.map((plan) => [plan.id, plan] as const))(
    "of %s reads back as the same form",
    async (_id, plan) => {
      for (const seed of [1, 2, 3, 4]) {
        const form = formFor(plan, seed);
        const read = await readBack(writePdf(formsDocument([layOut(form, plan)], false)).bytes);
        expect(read).toHaveLength(1);
        expect(differences(withoutBlanks(form), withoutBlanks(read[0])), `seed ${seed}`).toEqual([]);
      }
    },
  );

  test("binds many forms with a contents page that links to each, and all of them read back", async () => {
    const forms = [1, 2, 3, 4, 5].map((seed) => cleanForm({ seed, rows: 0 }));
    const { bytes } = pdfOf(...forms);
    expect(raw(bytes).match(/\/Subtype \/Link/g)?.length).toBe(5);
    expect(pages(bytes)).toBe(6);
    const read = await readBack(bytes);
    expect(read.map(said)).toEqual(
      forms.map((form) => ({ ...(said(form) as object), template: "national" })),
    );
  });
});

describe("a report as PDF", () => {
  const table: TableModel = {
    widths: [3, 1],
    repeat: { row: 0, count: 1 },
    rows: [
      [cell("等级", "label"), cell("张数", "label")],
      [cell("优"), cell("12", "number")],
    ],
  };
  const chart: ChartModel = {
    kind: "bars",
    title: "等级分布",
    description: "12张表，全部为优。",
    xAxis: "等级",
    yAxis: "张数",
    categories: ["优"],
    series: [{ name: "张数", points: [{ x: null, y: "12" }] }],
    table,
  };
  const report: DocumentModel = {
    title: "自评情况报告",
    subtitle: ["某某区财政局"],
    printTitle: true,
    contents: true,
    orientation: "portrait",
    blocks: [
      { kind: "heading", level: 1, text: "一、概况" },
      { kind: "paragraph", text: "共12张表。", indent: true },
      { kind: "list", ordered: true, items: ["甲", "乙"] },
      { kind: "table", caption: "表1", table },
      { kind: "heading", level: 2, text: "（一）分布" },
      { kind: "chart", chart },
      { kind: "page-break" },
      { kind: "heading", level: 1, text: "二、附表" },
      { kind: "form", form: layOut(exampleForm(), national) },
      { kind: "paragraph", text: "以上。", align: "right" },
    ],
  };

  test("has every kind of block, its headings in the contents, and its charts drawn by the drawing given", () => {
    const drawn: ChartModel[] = [];
    const svg = (each: ChartModel): string => {
      drawn.push(each);
      return '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"><rect width="60" height="30" fill="#3f5f7f"/><text x="5" y="20" font-family="Noto Serif SC" font-size="10">优</text></svg>';
    };
    const plain = writePdf(report);
    const pictured = writePdf(report, { svg });
    expect(drawn).toEqual([chart]);
    expect(pictured.bytes).not.toEqual(plain.bytes);
    // Two headings of level 1 and the form.
    for (const { bytes, missing } of [plain, pictured]) {
      expect(missing).toEqual([]);
      expect(raw(bytes).match(/\/Subtype \/Link/g)?.length).toBe(3);
      expect(pages(bytes)).toBe(3);
    }
  });
});

describe("without the engine", () => {
  test("says that a PDF cannot be written here and what to write instead", () => {
    const attempt = () =>
      nativeCompiler(() => {
        throw new Error("Cannot find native binding");
      });
    expect(attempt).toThrow(PdfUnavailable);
    expect(attempt).toThrow(/不能生成 PDF.*docx/);
  });
});
