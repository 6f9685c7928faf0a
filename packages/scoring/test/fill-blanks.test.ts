import type { Form } from "@jiheng/domain";
import { describe, expect, it } from "vitest";
import { fillBlanks, findPolicy, type PolicyPack, usualPoints } from "../src/index.ts";
import { form, fund, row } from "./build-form.ts";

const national = findPolicy("national-2020") as PolicyPack;
const filled = (given: Form, policy = national) =>
  Object.fromEntries(fillBlanks(given, policy).cells.map(({ at, text }) => [at, text]));

const blankFund = { points: null, executionRate: null, score: null };
const rows = [
  row({ name: "走访户数", points: "60", score: null }),
  row({ name: "受益户数", level1: "效益指标", points: "20", score: null }),
  row({ name: "村民满意度", level1: "满意度指标", target: "≥90%", actual: "93%", points: "10", score: null }),
];
const blank = (parts: Partial<Form> = {}) =>
  form({
    funds: [fund(blankFund)],
    indicators: rows,
    totalPoints: null,
    totalScore: null,
    grade: null,
    ...parts,
  });

describe("fillBlanks", () => {
  it("fills execution, marks, sums and grade that follow", () => {
    expect(filled(blank())).toEqual({
      "funds[0].executionRate": "75.00",
      "funds[0].points": "10",
      "funds[0].score": "7.5",
      "indicators[0].score": "60",
      "indicators[1].score": "20",
      "indicators[2].score": "10",
      totalPoints: "100",
      totalScore: "97.5",
      grade: "优",
    });
  });

  it("never touches what is filled in, right or wrong, and adds it up as it stands", () => {
    const typed = blank({
      funds: [fund({ ...blankFund, executionRate: "80", score: "9" })],
      indicators: [row({ name: "走访户数", points: "60", score: "50" }), ...rows.slice(1)],
      totalPoints: "99",
    });
    const cells = filled(typed);
    expect(Object.keys(cells)).not.toContain("funds[0].executionRate");
    expect(Object.keys(cells)).not.toContain("funds[0].score");
    expect(Object.keys(cells)).not.toContain("indicators[0].score");
    expect(Object.keys(cells)).not.toContain("totalPoints");
    expect(cells).toMatchObject({ totalScore: "89", grade: "良" });
  });

  it("makes no rate and no mark of money in two units", () => {
    const yuan = blank({ funds: [fund({ ...blankFund, adjustedBudget: "56.77", expenditure: "500700" })] });
    const { cells, left } = fillBlanks(yuan, national);
    const places = cells.map(({ at }) => at);
    expect(places).not.toContain("funds[0].executionRate");
    expect(places).not.toContain("funds[0].score");
    expect(places).not.toContain("totalScore");
    expect(left).toContainEqual({ at: "funds[0].executionRate", why: expect.stringContaining("按万元") });
    const rated = blank({
      funds: [
        fund({
          ...blankFund,
          adjustedBudget: "56.77",
          expenditure: "500700",
          executionRate: "881979.92",
          points: "10",
        }),
      ],
    });
    expect(fillBlanks(rated, national).left.map(({ at }) => at)).toEqual(["funds[0].score"]);
    // Far above the budget, but in one unit: that is for the review to ask about.
    const over = blank({ funds: [fund({ ...blankFund, adjustedBudget: "56.77", expenditure: "5007" })] });
    expect(filled(over)["funds[0].executionRate"]).toBe("8819.80");
  });

  it("leaves what a person has to judge, and then the total, and says which", () => {
    const missed = row({
      name: "走访效果",
      target: "明显提升",
      actual: "有所提升",
      points: "60",
      score: null,
    });
    const { cells, left } = fillBlanks(blank({ indicators: [missed, ...rows.slice(1)] }), national);
    expect(left.map(({ at }) => at)).toEqual(["indicators[0].score"]);
    expect(left[0]?.why).not.toBe("");
    expect(cells.map(({ at }) => at)).not.toContain("totalScore");
    expect(cells.map(({ at }) => at)).toContain("indicators[1].score");
    expect(cells.map(({ at }) => at)).toContain("totalPoints");
  });

  it("gives a budget of 0 no rate and no score, and no points where the rows make up 100", () => {
    const nothing = filled(blank({ funds: [fund({ ...blankFund, adjustedBudget: "0", expenditure: "0" })] }));
    expect(nothing["funds[0].executionRate"]).toBe(undefined);
    expect(nothing["funds[0].score"]).toBe(undefined);
    const [first, ...others] = rows;
    const whole = filled(
      blank({ indicators: [{ ...(first as NonNullable<typeof first>), points: "70" }, ...others] }),
    );
    expect(whole["funds[0].points"]).toBe(undefined);
    expect(whole.totalScore).toBe("100");
  });
});

describe("usualPoints", () => {
  const bare = (levels: readonly string[], parts: Partial<Form> = {}) =>
    blank({
      indicators: levels.map((level1, i) =>
        row({ name: `${level1}${i}`, level1, points: null, score: null }),
      ),
      ...parts,
    });
  const pointsOf = (given: Form, policy = national) => {
    const usual = usualPoints(given, policy);
    return usual.kind === "points" ? usual.cells.map(({ text }) => text) : usual.why;
  };

  it("spreads the pack's points over the rows in whole points", () => {
    expect(pointsOf(bare(["产出指标", "产出指标", "产出指标", "效益指标", "满意度指标"]))).toEqual([
      "17",
      "17",
      "16",
      "30",
      "10",
    ]);
    expect(pointsOf(bare(["成本指标", "产出指标", "效益指标", "满意度指标"]))).toEqual([
      "25",
      "25",
      "30",
      "10",
    ]);
  });

  it("gives the points of satisfaction to benefit where there is no such row", () => {
    expect(pointsOf(bare(["产出指标", "效益指标"]))).toEqual(["50", "40"]);
  });

  it("says why it cannot", () => {
    expect(pointsOf(bare(["产出指标", "满意度指标"]))).toBe("表上没有效益指标");
    expect(pointsOf(bare(["产出指标", "其他"]))).toContain("一级指标");
    expect(pointsOf(blank())).toBe("已有指标填了分值");
    expect(pointsOf(bare(["产出指标", "效益指标"]), { ...national, level1Points: null })).toContain(
      "没有规定",
    );
  });
});
