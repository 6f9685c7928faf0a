import {
  compare,
  decimal,
  type Form,
  type Fund,
  type Indicator,
  parseDecimal,
  showDecimal,
} from "@jiheng/domain";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  comparePolicies,
  explainScore,
  findPolicy,
  POLICIES,
  type PolicyPack,
  recomputeEntered,
  scoreForm,
  scoreIndicator,
  selectPolicy,
} from "../src/index.ts";
import { form, row } from "./build-form.ts";

const figure = fc.oneof(
  fc.constantFrom(null, "0", "0.00", "100", "-3", "达成", "1e9", "", "—"),
  fc
    .integer({ min: 0, max: 2_000_000 })
    .map((n) => `${Math.floor(n / 100)}.${String(n % 100).padStart(2, "0")}`),
);
const words = fc.oneof(
  fc.constantFrom(null, "", "及时", "达成指标", "部分达成", "未完成", "不适用", "无"),
  fc.string(),
);
const sign = fc.constantFrom(null, "=", "≥", ">", "≤", "<") as fc.Arbitrary<
  Indicator["target"]["comparison"]
>;
const measured = fc.record({
  text: words,
  comparison: sign,
  value: figure,
  unit: fc.constantFrom(null, "%", "人", "万元", "元"),
});
const anyRow: fc.Arbitrary<Indicator> = fc
  .record({
    id: fc.constantFrom("a", "b", "c"),
    parent: fc.constantFrom(null, "a", "b"),
    level1: fc.constantFrom(null, "产出指标", "成本指标", "满意度指标"),
    target: measured,
    actual: measured,
    points: figure,
    score: figure,
    coefficient: figure,
    deviation: words,
  })
  .map((parts) => ({ ...row(), ...parts }));
const anyFund: fc.Arbitrary<Fund> = fc.record({
  source: fc.constantFrom("total", "other", "unnamed"),
  label: fc.constant("年度资金总额"),
  initialBudget: figure,
  adjustedBudget: figure,
  expenditure: figure,
  points: figure,
  executionRate: figure,
  score: figure,
  deviation: words,
});
const anyForm: fc.Arbitrary<Form> = fc
  .record({
    funds: fc.array(anyFund, { maxLength: 3 }),
    indicators: fc.array(anyRow, { maxLength: 6 }),
    totalPoints: figure,
    totalScore: figure,
    year: fc.constantFrom(null, 2017, 2024),
    department: fc.oneof(fc.constantFrom(null, "上海市某局"), fc.string()),
    template: fc.constantFrom("national", "hubei", "sichuan-0013zp", "shanghai-bureau-a", "unknown"),
  })
  .map((parts) => form(parts));

describe.each(POLICIES)("$id", (policy) => {
  it("marks any form without throwing, every mark between 0 and the points, every range in order", () => {
    fc.assert(
      fc.property(anyForm, (any) => {
        const scored = scoreForm(any, policy);
        for (const score of [scored.execution, ...scored.indicators]) {
          if (score.kind === "scored") {
            expect(compare(score.awarded, decimal(0))).toBeGreaterThanOrEqual(0);
            expect(compare(score.awarded, score.of)).toBeLessThanOrEqual(0);
            expect(score.steps.length).toBeGreaterThan(0);
          }
          if (score.kind === "judgement")
            expect(compare(score.between[0], score.between[1])).toBeLessThanOrEqual(0);
        }
        if (scored.total.kind === "bounds") expect(scored.total.lacking.length).toBeGreaterThan(0);
        if (scored.total.kind === "number")
          for (const score of scored.indicators) expect(["scored", "notApplicable"]).toContain(score.kind);
        recomputeEntered(any, policy);
        for (const at of [
          "funds[0].score",
          "funds[0].executionRate",
          "indicators[0].score",
          "totalScore",
          "grade",
        ])
          explainScore(any, policy, at);
      }),
      { numRuns: 60 },
    );
  });

  it("never falls as a ≥ actual rises", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 0, max: 6000 }),
        fc.integer({ min: 0, max: 6000 }),
        (target, x, y) => {
          const mark = (actual: number) =>
            scoreIndicator(
              row({
                target: `≥${target} 人`,
                actual: `${actual} 人`,
                score: null,
                coefficient: "80",
                points: "7",
              }),
              "indicators[0]",
              policy,
            );
          const low = mark(Math.min(x, y));
          const high = mark(Math.max(x, y));
          if (low.kind === "scored" && high.kind === "scored")
            expect(compare(low.awarded, high.awarded)).toBeLessThanOrEqual(0);
        },
      ),
    );
  });
});

describe("exactness", () => {
  it("a shortfall of ≥ is points × actual ÷ target, half-up to two places, for any decimals", () => {
    const national = findPolicy("national-2020") as PolicyPack;
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 15n }),
        fc.bigInt({ min: 0n, max: 10n ** 15n }),
        fc.bigInt({ min: 0n, max: 9999n }),
        (target, actual, points) => {
          fc.pre(actual < target);
          const cents = (n: bigint): string => showDecimal({ units: n, scale: 2 });
          const made = row({ points: cents(points), score: null });
          const score = scoreIndicator(
            {
              ...made,
              target: { text: "", comparison: "≥", value: cents(target), unit: null },
              actual: { text: "", comparison: null, value: cents(actual), unit: null },
            },
            "indicators[0]",
            national,
          );
          const expected = (2n * points * actual + target) / (2n * target);
          expect(score.kind === "scored" && showDecimal(score.awarded)).toBe(cents(expected));
        },
      ),
    );
  });

  it("the plain recomputation is the sum of its parts", () => {
    const national = findPolicy("national-2020") as PolicyPack;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 40 }), (scores) => {
        const indicators = scores.map((n) => row({ points: "50", score: (n / 100).toFixed(2) }));
        const entered = recomputeEntered(form({ indicators }), national);
        const expected = scores.reduce((a, b) => a + b, 0) + 750;
        const got = entered.totalScore ? parseDecimal(showDecimal(entered.totalScore)) : null;
        expect(got && compare(got, { units: BigInt(expected), scale: 2 })).toBe(0);
      }),
    );
  });
});

describe("selection and comparison", () => {
  it("answer for any form", () => {
    const [a, b] = [findPolicy("national-2020"), findPolicy("hubei-2020")] as [PolicyPack, PolicyPack];
    fc.assert(
      fc.property(anyForm, (any) => {
        expect(selectPolicy(any).why.length).toBeGreaterThan(0);
        comparePolicies([any], a, b);
      }),
      { numRuns: 60 },
    );
  });
});
