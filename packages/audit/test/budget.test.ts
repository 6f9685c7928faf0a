import { describe, expect, test } from "vitest";
import { type ExampleParts, exampleForm, withRows } from "../src/example-form.ts";
import { openDossier, RULES, reviewForm } from "../src/index.ts";

function budgetCodes(parts: ExampleParts): string[] {
  return reviewForm(openDossier(exampleForm(parts)), RULES)
    .findings.map(({ code }) => code)
    .filter((code) => /^AR-(?:26|16[0-5])$/.test(code));
}

function funds(initial: string | null, adjusted: string, spent: string): ExampleParts {
  return { fundRows: [["total", "年度资金总额", initial, adjusted, spent, "10", "95.00", "9.50"]] };
}

describe("changes of the budget", () => {
  test.each([
    ["小幅调整", "100.00", ["AR-26"]],
    ["调减三成整", "140.00", ["AR-26"]],
    ["调减三成以上", "141.00", ["AR-160"]],
    ["调减过半", "200.00", ["AR-160", "AR-165"]],
    ["追加", "60.00", ["AR-26"]],
    ["没有调整", "98.00", []],
  ])("%s（年初%s）", (_, initial, codes) => {
    expect(budgetCodes(funds(initial, "98.00", "93.10"))).toEqual(codes);
  });

  test("an explained cut still asks how every target was met", () => {
    const parts = {
      ...funds("200.00", "98.00", "93.10"),
      deviation: "因上级政策调整，年中调减项目预算102万元。",
    };
    expect(budgetCodes(parts)).toEqual(["AR-161", "AR-165"]);
  });

  test("a row that lost points is enough not to say that all were met", () => {
    const rows = withRows({
      1: ["数量指标", "免费体检人次", "≥5000人次", "4000人次", "15", "12", "两个乡镇推迟到次年3月体检。"],
    });
    expect(budgetCodes({ ...funds("200.00", "98.00", "93.10"), rows, totalScore: "96.50" })).toEqual([
      "AR-160",
    ]);
  });

  test("cut to exactly what was spent", () => {
    const parts: ExampleParts = {
      fundRows: [["total", "年度资金总额", "150.00", "60.00", "60.00", "10", "100", "10"]],
      totalScore: "100",
    };
    expect(budgetCodes(parts)).toEqual(["AR-160", "AR-162", "AR-165"]);
  });

  test("a blank initial budget is blank, not a change from 0", () => {
    expect(budgetCodes(funds(null, "98.00", "93.10"))).toEqual(["AR-164"]);
  });

  test("a layout without the column is not accused of leaving it blank", () => {
    const form = exampleForm(funds(null, "98.00", "93.10"));
    const origins = { "funds[0].adjustedBudget": { raw: "98.00", at: { table: 1, row: 4, column: 3 } } };
    const outcome = reviewForm(openDossier({ ...form, origins }), RULES);
    expect(outcome.findings.filter(({ code }) => code === "AR-164")).toEqual([]);
    expect(outcome.unclear.filter(({ code }) => code === "AR-164")).toHaveLength(1);
  });
});
