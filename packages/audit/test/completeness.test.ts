import { describe, expect, test } from "vitest";
import { type ExampleRow, exampleForm, withRows } from "../src/example-form.ts";
import { openDossier, RULES, reviewForm } from "../src/index.ts";

function reviewed(form: ReturnType<typeof exampleForm>) {
  return reviewForm(openDossier(form), RULES);
}

function found(form: ReturnType<typeof exampleForm>, rule: string) {
  return reviewed(form).findings.filter((finding) => finding.rule === rule);
}

describe("placeholders and prompts", () => {
  test.each([
    ["XX村卫生室改造", 1],
    ["××镇中心小学扩建", 1],
    ["某某镇文化站免费开放", 1],
    ["____村饮水巩固提升", 1],
    ["DN200管网改造（二期）", 0],
    ["MAX型地铁消防演练", 0],
    ["1×2公里步道修缮", 0],
    ["信息系统填写规范化改造", 0],
  ])("project %s → %i", (project, count) => {
    expect(found(exampleForm({ project }), "placeholder-left")).toHaveLength(count);
  });

  test.each([
    ["（对照目标填写，200字以内）", 1],
    ["(简要说明全年完成情况)", 1],
    ["请在此处填写完成情况", 1],
    ["目标1：完成12所学校食堂改造。目标2：……", 1],
    ["全年完成12所学校食堂改造（含4所乡镇学校）。", 0],
    ["巡查记录按要求填写，说明书已发放。", 0],
  ])("result %s → %i", (achieved, count) => {
    expect(found(exampleForm({ achieved }), "placeholder-left")).toHaveLength(count);
  });

  test("a placeholder as an actual is reported once", () => {
    const form = exampleForm({
      rows: withRows({ 1: ["数量指标", "食堂改造", "≥12所", "***所", "15", "15"] }),
    });
    const codes = reviewed(form).findings.map(({ code }) => code);
    expect(codes.filter((code) => code === "AR-04" || code === "AR-05")).toEqual(["AR-05"]);
  });
});

describe("cells", () => {
  test("what reading could not find is not a blank of the form", () => {
    const form = exampleForm({
      rows: withRows({ 1: ["数量指标", "食堂改造", "≥12所", null, "15", "15"] }),
      notes: [
        {
          level: "lost",
          code: "missing-cell",
          says: "这一行没有读到实际完成值",
          place: "indicators[1].actual",
          at: null,
        },
      ],
    });
    expect(found(form, "cell-blank")).toEqual([]);
    expect(reviewed(form).unclear.filter(({ rule }) => rule === "cell-blank")).toHaveLength(1);
  });

  describe("what the form has no cell for is not blank", () => {
    const traced = (places: readonly string[], parts: Parameters<typeof exampleForm>[0] = {}) =>
      exampleForm({
        ...parts,
        origins: Object.fromEntries(
          places.map((at) => [at, { raw: "", at: { path: "", table: 1, row: 1, column: 1 } }]),
        ) as never,
      });
    const blankFund = {
      fundRows: [["total", "年度资金总额", "98.00", "98.00", "93.10", null, null, null] as const],
    };
    const cells = (form: ReturnType<typeof exampleForm>) =>
      found(form, "cell-blank").map(({ at }) => at.join(" "));

    test("a total", () => {
      expect(cells(traced(["project"], { totalScore: null }))).toEqual([]);
      expect(cells(traced(["project", "totalScore"], { totalScore: null }))).toEqual(["totalScore"]);
    });

    test("a grade", () => {
      expect(cells(exampleForm({ grade: null }))).toEqual([]);
      expect(cells(traced(["totalScore", "grade"], { grade: null }))).toEqual(["grade"]);
      expect(cells(exampleForm({ grade: null, template: "shanghai-bureau-b" }))).toEqual(["grade"]);
    });

    test("points of the rows", () => {
      const rows = withRows({}).map(([a, b, c, d, , score]) => [a, b, c, d, null, score] as const);
      expect(cells(exampleForm({ rows, template: "hubei" }))).toEqual([]);
      expect(cells(traced(["indicators[0].target"], { rows }))).toEqual([]);
      expect(cells(traced(["indicators[0].points", "indicators[0].score"], { rows }))).toHaveLength(1);
    });

    test("points, rate and score of the funds, and then no row is missing", () => {
      expect(cells(traced(["totalScore"], blankFund))).toEqual([]);
      expect(cells(exampleForm(blankFund))).toEqual([
        "funds[0].points funds[0].executionRate funds[0].score",
      ]);
      expect(found(exampleForm(blankFund), "lost-row")).toEqual([]);
    });

    test("a budget of 0 has no rate and no score", () => {
      const fundRows = [["total", "年度资金总额", "0", "0", "0", "10", null, null] as const];
      expect(cells(exampleForm({ fundRows }))).toEqual([]);
    });
  });

  test("a row over its sub-rows need not have values of its own", () => {
    const rows: ExampleRow[] = [
      ...withRows({}).slice(0, 1),
      ["数量指标", "校舍修缮", null, null, null, null],
      ["数量指标", "教学楼", "≥4栋", "4栋", "8", "8"],
      ["数量指标", "宿舍楼", "≥3栋", "3栋", "7", "7"],
      ...withRows({}).slice(2),
    ];
    const form = exampleForm({ rows, patch: { 2: { parent: "r2" }, 3: { parent: "r2" } } });
    expect(found(form, "cell-blank")).toEqual([]);
  });

  test.each([
    ["≥12所", "已完成", "fail"],
    ["≥12所", "城区5所，乡镇7所", "unclear"],
    ["≥12所", "不适用", "unclear"],
    ["=0起", "无", "pass"],
    ["2024年10月底前", "已完成", "pass"],
  ])("target %s, actual %s: %s", (target, actual, outcome) => {
    const form = exampleForm({ rows: withRows({ 1: ["数量指标", "食堂改造", target, actual, "15", "15"] }) });
    expect(found(form, "counted-actual-in-words")).toHaveLength(outcome === "fail" ? 1 : 0);
    const doubts = reviewed(form).unclear.filter(({ rule }) => rule === "counted-actual-in-words");
    expect(doubts).toHaveLength(outcome === "unclear" ? 1 : 0);
  });
});

describe("the head", () => {
  test("a cell the layout does not have is left to a person, one it has and leaves blank is not", () => {
    const form = exampleForm({ department: null });
    const at = { table: 1, row: 2, column: 2 };
    const absent = { ...form, origins: { project: { raw: "x", at } } };
    expect(found(absent, "head-blank")).toEqual([]);
    expect(reviewed(absent).unclear.map(({ at: places }) => places[0])).toContain("department");
    const blank = { ...absent, origins: { ...absent.origins, department: { raw: "", at } } };
    expect(found(blank, "head-blank").map(({ at: places }) => places[0])).toEqual(["department"]);
  });
});

describe("groups of indicators", () => {
  test("names tell satisfaction wherever it stands", () => {
    const rows = withRows({ 6: ["社会效益指标", "学生和家长满意度", "≥90%", "95%", "10", "10"] });
    expect(found(exampleForm({ rows }), "level1-missing")).toEqual([]);
  });

  test("a table of other groups is not judged", () => {
    const rows: ExampleRow[] = [
      ["部门管理", "预算编制准确性", "准确", "准确", "45", "45"],
      ["履职成效", "重点任务完成", "完成", "完成", "45", "45"],
    ];
    expect(found(exampleForm({ rows, kind: "department-self-evaluation" }), "level1-missing")).toEqual([]);
    expect(
      found(exampleForm({ rows, kind: "department-self-evaluation" }), "output-category-missing"),
    ).toEqual([]);
  });
});

describe("deadlines", () => {
  test.each([
    ["2025-02-27", "2025-02-28", 0],
    ["2025-03-01", "2025-02-28", 1],
    ["2025-02-28T18:00:00", "2025-02-28", 0],
  ])("handed in %s, due %s → %i", (handedIn, due, count) => {
    const outcome = reviewForm(openDossier(exampleForm(), { context: { handedIn, due } }), RULES);
    expect(outcome.findings.filter(({ code }) => code === "AR-08")).toHaveLength(count);
  });

  test("without dates the check is listed as not made", () => {
    const outcome = reviewed(exampleForm());
    expect(outcome.notChecked.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["AR-07", "AR-08", "AR-21"]),
    );
  });
});
