import { describe, expect, test } from "vitest";
import { type ExampleRow, exampleForm, withRows } from "../src/example-form.ts";
import { openDossier, RULES, reviewForm } from "../src/index.ts";

function found(form: ReturnType<typeof exampleForm>, rule: string) {
  return reviewForm(openDossier(form), RULES).findings.filter((finding) => finding.rule === rule);
}

describe("reasons that only blame the target", () => {
  const row = (reason: string): ExampleRow => [
    "数量指标",
    "义诊人次",
    "≥300人次",
    "240人次",
    "15",
    "12",
    reason,
  ];

  test.each([
    ["指标设置欠合理。", 1],
    ["年初目标值设定偏高，下年度合理设定目标值。", 1],
    ["偏差原因：绩效指标设置不够科学。改进措施：进一步优化指标设置。", 1],
    ["指标值设定不准确", 1],
    ["指标值偏高，系按往年两个院区设定，本年一个院区停诊改造。", 0],
    ["目标设定偏高，下年按250人次设定。", 0],
    ["受台风影响停诊两周，已于次年一月补做。", 0],
  ])("%s → %i", (reason, count) => {
    expect(
      found(exampleForm({ rows: withRows({ 1: row(reason) }) }), "reason-only-blames-target"),
    ).toHaveLength(count);
  });
});

describe("deductions", () => {
  test("a missed bound has no formula: left to a person with its place", () => {
    const rows = withRows({
      3: ["时效指标", "急救平均到达时间", "≤12分钟", "15分钟", "10", "7", "城区道路施工，已增设两个急救点。"],
    });
    const outcome = reviewForm(openDossier(exampleForm({ rows })), RULES);
    expect(outcome.findings.filter(({ code }) => code === "AR-150")).toEqual([]);
    expect(outcome.unclear.filter(({ code }) => code === "AR-150").map(({ at }) => at[0])).toEqual([
      "indicators[3].score",
    ]);
  });

  test("a reason that speaks of the mark explains the deduction", () => {
    const row = (reason: string): ExampleRow => [
      "数量指标",
      "义诊人次",
      "≥300人次",
      "240人次",
      "15",
      "9",
      reason,
    ];
    const count = (reason: string): number =>
      found(exampleForm({ rows: withRows({ 1: row(reason) }) }), "unexplained-deduction").length;
    expect(count("一个院区停诊改造，次年恢复。")).toBe(1);
    expect(count("一个院区停诊改造，另因登记不全按评分细则加扣3分。")).toBe(0);
  });
});

describe("two ways of rounding in one form", () => {
  const form = (rate: string, score: string) =>
    exampleForm({
      fundRows: [["total", "年度资金总额", "36.60", "36.60", "35.60", "10", rate, score]],
      totalScore: `99.${score.slice(2)}`,
    });

  test("a truncated rate beside a rounded score", () => {
    expect(found(form("97.26", "9.73"), "rounding-differs-in-form")).toHaveLength(1);
  });

  test("both truncated or both rounded", () => {
    expect(found(form("97.26", "9.72"), "rounding-differs-in-form")).toEqual([]);
    expect(found(form("97.27", "9.73"), "rounding-differs-in-form")).toEqual([]);
  });
});
