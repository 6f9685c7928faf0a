import { RULES, review } from "@jiheng/audit";
import { decimal, type Form } from "@jiheng/domain";
import { variedForm } from "@jiheng/specimens";
import { strFromU8, unzipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import { chartDrawingMl, chartSvg } from "../src/charts/index.ts";
import {
  departmentReport,
  type Report,
  type ReportRecord,
  reportRecord,
  verifyReport,
  writeDocx,
  writeHtml,
} from "../src/index.ts";
import { say } from "../src/report/bound-text.ts";

const DRAWINGS = { svg: chartSvg, drawingMl: chartDrawingMl };
const DIGITS = /[0-9０-９]+/g;

function forms(): Form[] {
  const year = (each: number, count: number) =>
    Array.from({ length: count }, (_, index): Form => {
      const form = variedForm({ seed: index + 1, template: "national-2020", year: each });
      const department = index % 2 === 0 ? "云溪县水务局" : "云溪县农业农村局";
      return { ...form, year: each, department, project: `${form.project}第${index + 1}标段` };
    });
  const now = year(2024, 8).map((form, index): Form => {
    if (index === 1) return { ...form, totalScore: "71.5", grade: "中" };
    if (index === 2) return { ...form, totalScore: null };
    return index === 3
      ? { ...form, funds: form.funds.map((fund) => ({ ...fund, initialBudget: null })) }
      : form;
  });
  return [...now, ...year(2023, 5)];
}

function reportOf(list: readonly Form[]): Report {
  return departmentReport({
    review: review(list, RULES),
    rules: RULES,
    versions: ["jiheng 9.9.9", "规则 1.2.3"],
    unread: [{ file: "第3号.pdf", what: "扫描件" }],
    departmentBudget: decimal("12345.67"),
    name: null,
  });
}

let report: Report;
let record: ReportRecord;
beforeAll(() => {
  report = reportOf(forms());
  record = reportRecord(report);
});

describe("the department's report", () => {
  test("every sequence of digits in the text comes from a figure", () => {
    let numbers = 0;
    for (const { at, text, bindings } of record.texts)
      for (const match of text.matchAll(DIGITS)) {
        numbers += 1;
        const end = match.index + match[0].length;
        expect(
          bindings.some((each) => each.start <= match.index && end <= each.end),
          `${at}: ${match[0]} in ${text}`,
        ).toBe(true);
      }
    expect(numbers).toBeGreaterThan(100);
    for (const { text, bindings } of record.texts)
      for (const { start, end, figure } of bindings)
        expect(report.figures.get(figure)?.text, figure).toBe(text.slice(start, end));
  });

  test("no paragraph, heading or caption of the document is missing from the record", () => {
    const printed = report.document.blocks.flatMap((block) => {
      if (block.kind === "paragraph" || block.kind === "heading") return [block.text];
      if (block.kind === "chart") return [block.chart.description];
      return block.kind === "table" && block.caption !== null ? [block.caption] : [];
    });
    expect(record.texts.map(({ text }) => text)).toEqual([report.document.title, ...printed]);
  });

  test("number cells of tables are figures", () => {
    for (const block of report.document.blocks) {
      const table = block.kind === "table" ? block.table : block.kind === "chart" ? block.chart.table : null;
      for (const cell of table?.rows.flat() ?? [])
        if (cell.role === "number") expect(report.figures.get(cell.place ?? "")?.text).toBe(cell.text);
    }
  });

  test("fixed wording cannot hold a number", () => {
    expect(() => say`共 3 张`).toThrow("a number is typed");
  });

  test("verifies against the same forms", () => {
    expect(verifyReport(record, reportRecord(reportOf(forms())))).toEqual([]);
  });

  test("altering one figure, one sentence or one cell is found", () => {
    const first = record.texts.findIndex(({ bindings, text }) => /\d/.test(text) && bindings.length > 0);
    const text = record.texts[first];
    const [binding] = text?.bindings ?? [];
    if (!text || !binding) throw new Error("no bound text");
    const changed = `${text.text.slice(0, binding.start)}9${text.text.slice(binding.start + 1)}`;
    const texts = record.texts.map((each, index) => (index === first ? { ...each, text: changed } : each));
    expect(verifyReport({ ...record, texts }, record).map(({ at }) => at)).toContain(text.at);

    const figures = record.figures.map((each) => (each.id === "forms" ? { ...each, text: "9" } : each));
    expect(verifyReport({ ...record, figures }, record).map(({ at }) => at)).toEqual(["forms"]);

    const cells = record.cells.map((each, index) => (index === 5 ? { ...each, text: "0.01" } : each));
    expect(verifyReport({ ...record, cells }, record)).toHaveLength(1);

    const unbound = record.texts.map((each, index) => (index === first ? { ...each, bindings: [] } : each));
    expect(
      verifyReport({ ...record, texts: unbound }, record)
        .map(({ says }) => says)
        .join(),
    ).toContain("没有对应的来源");
  });

  test("two figures that change places are found, and so is another title", () => {
    const [one, two] = record.cells.filter(
      ({ at, text }, index, all) => at.includes("chart") && text !== all[index + 1]?.text,
    );
    if (!one || !two) throw new Error("no cells");
    const cells = record.cells.map((each) =>
      each === one
        ? { ...each, text: two.text, figure: two.figure }
        : each === two
          ? { ...each, text: one.text, figure: one.figure }
          : each,
    );
    expect(verifyReport({ ...record, cells }, record).map(({ at }) => at)).toEqual([one.at, two.at]);
    expect(verifyReport({ ...record, title: "某县报告" }, record).map(({ at }) => at)).toEqual(["title"]);
  });

  test("findings across forms are counted apart and listed by rule", () => {
    const list = forms();
    const found = review(list, RULES).batch.findings;
    const now = found.filter(({ at }) => at.some(({ form }) => form < 8));
    expect(now.length).toBeGreaterThan(0);
    expect(report.figures.get("problems.across")?.text).toBe(String(now.length));
    const table = report.document.blocks.find(
      (block) => block.kind === "table" && block.caption === "各表之间的问题（按规则）",
    );
    const texts = table?.kind === "table" ? table.table.rows.flat().map(({ text }) => text) : [];
    for (const { code } of now) expect(texts).toContain(code);
    expect(record.texts.some(({ text }) => text.includes(`另在各表之间发现问题${now.length}处`))).toBe(true);
    for (const [id, { value }] of report.figures)
      if (/^across\..*\.forms$/.test(id)) expect(value?.units, id).toBeLessThanOrEqual(8n);
    const alone = reportOf(list.slice(0, 1));
    expect(alone.figures.get("problems.across")?.text).toBe("0");
  });

  test("measures too long to be quoted are not called missing", () => {
    const [form] = forms();
    if (!form) throw new Error("no form");
    const deviation = `下一步将${"加强管理、".repeat(60)}按期完成。`;
    const long = {
      ...form,
      deviation,
      fields: [],
      indicators: form.indicators.map((row) => ({ ...row, deviation: null })),
    };
    const words = reportRecord(reportOf([long]))
      .texts.map(({ text }) => text)
      .join("\n");
    expect(words).toContain("写明改进措施的1张，共1处，文字较长");
    const said = (deviation: string | null) =>
      reportRecord(reportOf([{ ...long, deviation }]))
        .texts.map(({ text }) => text)
        .join("\n");
    // Of a cell that says something it is not said that nothing is written, only that no measure was made out in it.
    expect(said(null)).toContain("偏差原因栏和改进措施栏都是空的");
    expect(said("汛期停工十二天，完工比计划晚。")).toContain("填有文字的共1处，其中没有查到改进措施");
    for (const measure of [
      "服务点开放时间与上班时间重合；已调整开放时间，翌年上半年再次调查。",
      "汛期停工十二天；已增加一个作业班组，十月底前补上。",
      "下一步将提前办理手续。",
    ])
      expect(said(measure)).toContain("写明改进措施的1张，共1处");
  });

  test("altering one cell of one form makes the report fail", () => {
    const list = forms();
    const [form] = list;
    if (!form) throw new Error("no form");
    const funds = form.funds.map((fund) => ({ ...fund, expenditure: "1.23" }));
    const again = reportRecord(reportOf([{ ...form, funds }, ...list.slice(1)]));
    const places = verifyReport(record, again).map(({ at }) => at);
    expect(places).toContain("funds.expenditure");
    expect(places).toContain("form[0].expenditure");
  });

  test("what the forms do not state is named as 未填 or left to the department", () => {
    const words = record.texts.map(({ text }) => text).join("\n");
    expect(words).toContain("未填总分的1张");
    expect(words).toContain("年初预算数未填或未计入的1张");
    expect(words).toContain("由编报部门填写");
    expect(words).toContain("上年度（2023年度）自评表5张");
    expect(words).toContain("未能读取的文件：第3号.pdf（扫描件）");
  });

  test("in a page, bound numbers lead to cells that exist", () => {
    const html = writeHtml(report.document, DRAWINGS);
    const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    expect([...html.matchAll(/ id="([^"]+)"/g)]).toHaveLength(ids.size);
    const links = [...html.matchAll(/<a href="#([^"]+)" data-figure="([^"]+)">([^<]*)<\/a>/g)];
    expect(links.length).toBeGreaterThan(20);
    for (const [, id, figure, text] of links) {
      expect(ids.has(id), id).toBe(true);
      expect(report.figures.get(figure ?? "")?.text).toBe(text);
    }
    expect(html.match(/role="img"/g)).toHaveLength(4);
  });

  test("in Word, charts are native parts with an alternative text", () => {
    const parts = unzipSync(writeDocx(report.document, DRAWINGS));
    const charts = Object.keys(parts).filter((name) => name.startsWith("word/charts/chart"));
    expect(charts).toHaveLength(4);
    const document = strFromU8(parts["word/document.xml"] ?? new Uint8Array());
    expect(document.match(/<wp:docPr [^>]*descr="[^"]{20,}"/g)).toHaveLength(4);
    expect(strFromU8(parts["[Content_Types].xml"] ?? new Uint8Array())).toContain("drawingml.chart+xml");
  });

  test("the same forms give the same bytes", () => {
    const again = reportOf(forms());
    expect(writeHtml(again.document, DRAWINGS)).toBe(writeHtml(report.document, DRAWINGS));
    expect(writeDocx(again.document, DRAWINGS)).toEqual(writeDocx(report.document, DRAWINGS));
  });

  test("forms without a single figure give a report that says so", () => {
    const [form] = forms();
    if (!form) throw new Error("no form");
    const empty: Form = { ...form, funds: [], indicators: [], totalScore: null, grade: null, year: null };
    const bare = reportRecord(reportOf([empty]));
    expect(verifyReport(bare, bare)).toEqual([]);
    const words = bare.texts.map(({ text }) => text).join("\n");
    expect(words).toContain("表上没有可以计算预算执行率的资金数");
    expect(words).toContain("各表均未填总分");
    expect(words).toContain("各表均不能按表内各行得分重算总分");
    expect(words).toContain("各表没有同时填有分值和得分的行");
    expect(words).not.toContain("一致");
    expect(words).not.toMatch(/NaN|undefined|null/);
  });
});
