import type { Form } from "@jiheng/domain";
import { recomputeEntered, selectPolicy } from "@jiheng/scoring";
import { describe, expect, test } from "vitest";
import { type ExampleFund, exampleForm } from "../../audit/src/example-form.ts";
import { type ReportFinding, type ReportForm, reportFigures, splitByYear } from "../src/index.ts";

function made(form: Form, findings: readonly ReportFinding[] = []): ReportForm {
  const { policy } = selectPolicy(form);
  return { form, policy, entered: recomputeEntered(form, policy), findings };
}

function figuresOf(forms: readonly Form[], lastYear: readonly Form[] = []) {
  return reportFigures({
    forms: forms.map((form) => made(form)),
    lastYear: lastYear.map((form) => made(form)),
    across: [],
    departmentBudget: null,
  });
}

const money = (
  initial: string | null,
  adjusted: string | null,
  spent: string | null,
): readonly ExampleFund[] => [["total", "年度资金总额", initial, adjusted, spent, "10", null, null]];

describe("figures of a report", () => {
  test("money is added exactly, across units", () => {
    const { execution } = figuresOf([
      exampleForm({ moneyUnit: "万元", fundRows: money("0.1", "100.10", "50.05") }),
      exampleForm({ moneyUnit: "元", fundRows: money("2000", "2000.5", "1000.25") }),
    ]);
    expect(execution.initialBudget.total?.text).toBe("0.30");
    expect(execution.adjustedBudget.total?.text).toBe("100.30005");
    expect(execution.expenditure.total?.text).toBe("50.150025");
  });

  test.each([
    ["千万元", "2000.00"],
    ["单位：千万元", "2000.00"],
    ["万元（人民币）", "2.00"],
    ["百万元", "200.00"],
    ["", "2.00"],
  ])("money printed in %s is known, as the readers and roll-ups know it", (moneyUnit, wan) => {
    const { execution } = figuresOf([exampleForm({ moneyUnit, fundRows: money("2", "2", "2") })]);
    expect(execution.unknownUnit.text).toBe("0");
    expect(execution.adjustedBudget.total?.text).toBe(wan);
  });

  test("points lost under 产出 and 产出指标（50分） are lost under one level", () => {
    const [form] = [exampleForm({})];
    const named = (level1: string): Form => ({
      ...form,
      indicators: form.indicators.map((row) => ({ ...row, level1, points: "10", score: "9" })),
    });
    const { loss } = figuresOf([named("产出"), named("产出指标（50分）"), named("1.产出指标")]);
    const groups = loss.groups.filter(({ name }) => name.text !== "预算执行");
    expect(groups.map(({ name }) => name.text)).toEqual(["产出指标"]);
    expect(groups[0]?.rows.text).toBe(String(3 * form.indicators.length));
  });

  test("a rate is made from sums, never a mean of rates", () => {
    const { execution } = figuresOf([
      exampleForm({ fundRows: money("900", "900", "900") }),
      exampleForm({ fundRows: money("100", "100", "0") }),
    ]);
    expect(execution.rate?.text).toBe("90.00");
  });

  test("a blank is counted and named, never taken for 0, and its form is no part of the rate", () => {
    const { execution } = figuresOf([
      exampleForm({ project: "甲", fundRows: money("10", "10", "5") }),
      exampleForm({ project: "乙", fundRows: money("10", "90", null) }),
    ]);
    expect(execution.expenditure.total?.text).toBe("5.00");
    expect(execution.expenditure.blank.text).toBe("1");
    expect(execution.expenditure.blankForms.map(({ name }) => name)).toEqual(["乙"]);
    expect(execution.rate?.text).toBe("50.00");
    expect(execution.withoutRateForms.map(({ name }) => name)).toEqual(["乙"]);
  });

  test("where nobody states it there is no sum", () => {
    const { execution, scores } = figuresOf([
      exampleForm({ fundRows: money(null, null, null), totalScore: null, grade: null }),
    ]);
    expect(execution.initialBudget.total).toBeNull();
    expect(execution.rate).toBeNull();
    expect(scores.mean).toBeNull();
    expect(scores.blank.text).toBe("1");
  });

  test("a budget of 0 has no rate; an unknown unit is left out and counted", () => {
    const { execution } = figuresOf([
      exampleForm({ fundRows: money("0", "0", "0") }),
      exampleForm({ moneyUnit: "美元", fundRows: money("7", "7", "7") }),
      exampleForm({ moneyUnit: null, fundRows: money("3", "4", "4") }),
    ]);
    expect(execution.withoutRate.text).toBe("2");
    expect(execution.adjustedBudget.total?.text).toBe("4.00");
    expect(execution.unknownUnit.text).toBe("1");
    expect(execution.noUnit.text).toBe("1");
  });

  test("amounts a hundredfold apart are in two units: such a form is counted and named, its money in no sum", () => {
    const { execution } = figuresOf([
      exampleForm({ project: "甲", fundRows: money("10", "10", "9") }),
      exampleForm({ project: "乙2期", fundRows: money("20", "20", "200000") }),
      exampleForm({ project: "丙", fundRows: money("3", "30000", "29000") }),
      exampleForm({ project: "丁", fundRows: money("3", "300", "290") }),
    ]);
    expect(execution.mixedUnits.text).toBe("2");
    expect(execution.mixedNames.text).toBe("“乙2期”、“丙”");
    expect(execution.expenditure.total?.text).toBe("299.00");
    expect(execution.adjustedBudget.total?.text).toBe("310.00");
    expect(execution.adjustedBudget.blank.text).toBe("0");
  });

  test("printed and recomputed totals are told apart and the forms that differ are named", () => {
    const right = exampleForm({ project: "甲" });
    const wrong = exampleForm({ project: "乙", totalScore: "12.34", grade: "差" });
    const { scores } = figuresOf([right, wrong]);
    expect(scores.totalsDifferForms.map(({ name }) => name)).toEqual(["乙"]);
    expect(scores.gradesDifferForms.map(({ name }) => name)).toEqual(["乙"]);
    const last = scores.bands[scores.bands.length - 1];
    expect([last?.printed.text, last?.recomputed.text]).toEqual(["1", "0"]);
  });

  test("points lost come from printed points and scores, by level 1", () => {
    const form = exampleForm();
    const [first] = form.indicators;
    const lost = {
      ...form,
      indicators: form.indicators.map((row, index) =>
        index === 0 ? { ...row, points: "10", score: "7.5" } : { ...row, score: row.points },
      ),
      funds: form.funds.map((fund) => ({ ...fund, score: fund.points })),
    };
    const { loss } = figuresOf([lost]);
    expect(loss.total.text).toBe("2.50");
    expect(loss.rows.text).toBe("1");
    expect(loss.groups.filter((group) => group.lost.text !== "0.00").map(({ name }) => name.text)).toEqual([
      first?.level1,
    ]);
    expect(loss.top[0]?.lost.text).toBe("2.50");
  });

  test("rows are sorted into reached, short and open", () => {
    const { attainment } = figuresOf([
      exampleForm({
        rows: [
          ["数量指标", "检查次数", "≥10次", "13次", "10", "10"],
          ["数量指标", "巡查里程", "≥10公里", "9公里", "10", "9"],
          ["质量指标", "验收情况", "全部达标", "未达成", "10", "0"],
          ["时效指标", "完成时间", "年底前", "推进有序", "10", "10"],
          ["社会效益指标", "投诉次数", "≤10次", "3次", "10", "10"],
          ["社会效益指标", "事故次数", "≤10次", "20次", "10", "5"],
        ],
      }),
    ]);
    expect([attainment.met.text, attainment.missed.text, attainment.farOver.text]).toEqual(["2", "2", "1"]);
    expect([attainment.wordedShort.text, attainment.wordedOpen.text]).toEqual(["1", "1"]);
    expect(attainment.missedExamples.map(({ name, completion }) => [name.text, completion?.text])).toEqual([
      ["巡查里程", "90.00"],
      ["事故次数", "200.00"],
    ]);
  });

  test("every figure names cells that exist, a clause or a parameter", () => {
    const forms = [exampleForm({ project: "甲" }), exampleForm({ project: "乙", totalScore: null })];
    const { book } = figuresOf(forms, [exampleForm({ year: 2023 })]);
    expect(book.size).toBeGreaterThan(80);
    for (const figure of book.values()) {
      expect(figure.how, figure.id).not.toBe("");
      for (const source of figure.sources)
        if ("form" in source) expect(source.form, figure.id).toBeLessThan(3);
    }
  });

  test("projects of two years are matched by code, else by name without its year; a name that stands twice matches nothing", () => {
    const now = [
      exampleForm({ project: "2024年河道整治", projectCode: null }),
      exampleForm({ project: "新名称", projectCode: "P1" }),
      exampleForm({ project: "双份" }),
      exampleForm({ project: "双份" }),
    ];
    const before = [
      exampleForm({ year: 2023, project: "2023年河道整治" }),
      exampleForm({ year: 2023, project: "旧名称", projectCode: "P1", totalScore: "60" }),
      exampleForm({ year: 2023, project: "双份" }),
    ];
    const { lastYear } = figuresOf(now, before);
    expect([lastYear?.matched.text, lastYear?.added.text, lastYear?.ended.text]).toEqual(["2", "2", "1"]);
    expect([lastYear?.better.text, lastYear?.worse.text]).toEqual(["1", "0"]);
  });

  test("forms are split by year; other kinds of form are left out with the reason", () => {
    const split = splitByYear([
      made(exampleForm({ year: 2024 })),
      made(exampleForm({ year: 2023 })),
      made(exampleForm({ year: 2020 })),
      made(exampleForm({ year: null })),
      made(exampleForm({ year: 2025, kind: "target-declaration" })),
    ]);
    expect([split.year, split.forms.length, split.lastYear.length]).toEqual([2024, 2, 1]);
    expect(split.leftOut.map(({ why }) => why)).toEqual(["不是本年度或上年度的表", "不是绩效自评表"]);
  });

  test("the body is one with and without its code and the mark 汇总", () => {
    const figures = figuresOf([
      exampleForm({ department: "012-松岭市水务局（汇总）" }),
      exampleForm({ department: "松岭市水务局(汇总)" }),
    ]);
    expect([figures.departments.text, figures.department?.text]).toEqual(["1", "松岭市水务局"]);
  });

  test("only sentences that say what will be done are quoted as measures", () => {
    const form = exampleForm();
    const rows = form.indicators.map((row, index) => ({
      ...row,
      deviation:
        index === 0
          ? "受汛期影响开工推迟。下一步将提前办理手续，确保汛前开工。"
          : index === 1
            ? "因雨延误。"
            : null,
    }));
    const { measures } = figuresOf([{ ...form, indicators: rows }]);
    expect(measures.quotes.map(({ text }) => text.text)).toEqual(["下一步将提前办理手续，确保汛前开工。"]);
    expect(measures.stated.text).toBe("1");
  });
});
