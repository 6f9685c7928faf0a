import { describe, expect, test } from "vitest";
import { type ExampleRow, exampleForm, withRows } from "../src/example-form.ts";
import { openDossier, RULES, reviewForm } from "../src/index.ts";
import { ROWS_RULES } from "../src/rules/rows/index.ts";

function run(form: ReturnType<typeof exampleForm>, code: string): ReturnType<typeof reviewForm> {
  const review = reviewForm(
    openDossier(form),
    ROWS_RULES.filter((rule) => rule.code === code),
  );
  expect(review.errors).toEqual([]);
  return review;
}

describe("duplicate rows (AR-135)", () => {
  test("three alike are one finding with all places, and silence the check of equal names", () => {
    const one: ExampleRow = ["质量指标", "图书加工差错率", "≤1%", "0.5%", "5", "5"];
    const rows = [
      ...withRows({ 2: one }),
      one,
      ["质量指标", "图书加工差错率", "≤1.0%", "0.50%", "5", "5"] as const,
    ];
    const { findings } = reviewForm(
      openDossier(exampleForm({ rows })),
      RULES.filter(({ code }) => code === "AR-135" || code === "AR-11"),
    );
    expect(findings.map(({ code }) => code)).toEqual(["AR-135"]);
    expect(findings[0]?.at).toHaveLength(3);
    expect(findings[0]?.message).toContain("3行");
  });
  test("a form without points only gets a hint", () => {
    const one: ExampleRow = ["质量指标", "档案归档率", "≥95%", "97%", null, null];
    const { findings } = run(exampleForm({ rows: [one, one] }), "AR-135");
    expect(findings.map(({ force }) => force)).toEqual(["hint"]);
  });
  test("sub-rows of different rows may be alike", () => {
    const one: ExampleRow = ["数量指标", "其中：女性人数", "≥30人", "36人", "5", "5"];
    const form = exampleForm({ rows: [one, one], patch: { 0: { parent: "a" }, 1: { parent: "b" } } });
    expect(run(form, "AR-135").findings).toEqual([]);
  });
  test("rows without a name or target are no duplicates", () => {
    const blank: ExampleRow = ["数量指标", "", null, null, null, null];
    expect(run(exampleForm({ rows: [blank, blank] }), "AR-135").findings).toEqual([]);
  });
});

describe("share of points without anything measured (AR-140)", () => {
  const form = (actual: string): ReturnType<typeof exampleForm> =>
    exampleForm({
      rows: [
        ["数量指标", "送法下乡场次", "≥30场", "33场", "40", "40"],
        ["社会效益指标", "村民法律意识", "增强", actual, "50", "50"],
      ],
    });
  test("says rows, points and percent", () => {
    expect(run(form("达成指标"), "AR-140").findings[0]?.figures).toEqual({
      rows: "1",
      all: "2",
      points: "50",
      total: "90",
      percent: "55.6",
    });
  });
  test("a fact in words is measured enough", () => {
    expect(run(form("12个村修订了村规民约"), "AR-140").findings).toEqual([]);
  });
  test("a blank actual is not an empty answer", () => {
    const blank = exampleForm({
      rows: [
        ["数量指标", "送法下乡场次", "≥30场", "33场", "40", "40"],
        ["社会效益指标", "村民法律意识", "增强", null, "50", "50"],
      ],
    });
    expect(run(blank, "AR-140").findings).toEqual([]);
  });
});

describe("one heavy row (AR-141)", () => {
  const heavy = (target: string, actual: string, points: string): number =>
    run(
      exampleForm({ rows: withRows({ 4: ["社会效益指标", "营商环境", target, actual, points, points] }) }),
      "AR-141",
    ).findings.length;
  test("from 20 points on, only without any figure or date", () => {
    expect(heavy("优化", "优化", "20")).toBe(1);
    expect(heavy("优化", "优化", "19.5")).toBe(0);
    expect(heavy("优化", "全省排名由第8升至第5", "25")).toBe(0);
    expect(heavy("年底前出台方案", "达成指标", "25")).toBe(0);
  });
});

describe("neighbours and near-synonyms (AR-136, AR-138)", () => {
  const pair = (a: ExampleRow, b: ExampleRow): ReturnType<typeof exampleForm> =>
    exampleForm({ rows: withRows({ 1: a, 2: b }) });
  test("equal counts of like units, small numbers and equal targets coincide", () => {
    expect(
      run(
        pair(
          ["数量指标", "检查企业家数", "≥300家", "420家", "8", "8"],
          ["数量指标", "建档企业个数", "≥400个", "420个", "7", "7"],
        ),
        "AR-138",
      ).findings,
    ).toEqual([]);
    expect(
      run(
        pair(
          ["数量指标", "培训场次", "≥6场", "12场", "8", "8"],
          ["数量指标", "聘请专家人数", "≥10人", "12人", "7", "7"],
        ),
        "AR-138",
      ).findings,
    ).toEqual([]);
  });
  test("an equality and a floor on one count of the same kind", () => {
    const { findings } = run(
      pair(
        ["数量指标", "巡展场次", "=9场", "9场", "8", "8"],
        ["数量指标", "巡展活动完成情况", "≥9场", "9场", "7", "7"],
      ),
      "AR-136",
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]?.force).toBe("hint");
  });
  test("two objects with a common word are no synonyms", () => {
    const { findings } = run(
      pair(
        ["质量指标", "小学教师能力", "提升", "提升", "8", "8"],
        ["质量指标", "幼儿园教师能力", "提升", "提升", "7", "7"],
      ),
      "AR-136",
    );
    expect(findings).toEqual([]);
  });
});

describe("size", () => {
  test("ten thousand rows of one name stay one finding and quick to group", () => {
    const rows = Array.from(
      { length: 10_000 },
      (): ExampleRow => ["数量指标", "管护水井眼数", "≥3眼", "3眼", "1", "1"],
    );
    const { findings } = run(exampleForm({ rows }), "AR-135");
    expect(findings).toHaveLength(1);
    expect(findings[0]?.at).toHaveLength(10_000);
  });
});
