import { decimal, formatDecimal, roundRatio, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { describe, expect, it } from "vitest";
import {
  COUNTED_MECHANISMS,
  findPolicy,
  isMet,
  type PolicyPack,
  scoreForm,
  scoreIndicator,
} from "../src/index.ts";
import type { Mechanism } from "../src/mechanism.ts";
import { targetZero } from "../src/mechanisms/target-zero.ts";
import { based } from "../src/policy-pack.ts";
import { form, fund, row } from "./build-form.ts";

const mechanisms = [
  ...Object.values(COUNTED_MECHANISMS),
  targetZero,
] as unknown as readonly Mechanism<unknown>[];

describe.each(mechanisms)("$kind", (mechanism) => {
  it("comes out as its examples say", () => {
    expect(mechanism.examples.length).toBeGreaterThanOrEqual(2);
    for (const { row: example, parameters, gives } of mechanism.examples) {
      const target = decimal(example.target);
      const actual = decimal(example.actual);
      const met = isMet(example.comparison, actual, target);
      const points = decimal(example.points);
      const result = mechanism.apply(
        { comparison: example.comparison, target, actual, points, met, percent: true },
        parameters,
      );
      const said =
        result.kind === "award"
          ? formatDecimal(roundRatio(result.exact, 2, "half-up"), 2)
          : `${showDecimal(result.between[0])}～${showDecimal(result.between[1])}`;
      expect(said).toBe(gives);
    }
  });
});

const national = findPolicy("national-2020") as PolicyPack;
const at = "indicators[0]";

function given(policy: PolicyPack, parts: Parameters<typeof row>[0]): string {
  const score = scoreIndicator(row({ score: null, ...parts }), at, policy);
  if (score.kind === "scored") return showDecimal(score.awarded);
  if (score.kind === "judgement") return `${showDecimal(score.between[0])}～${showDecimal(score.between[1])}`;
  return score.kind;
}

describe("rows of hard input", () => {
  it("never turn a blank into a mark", () => {
    expect(given(national, { actual: null })).toBe("missing");
    expect(given(national, { target: null })).toBe("missing");
    expect(given(national, { points: null })).toBe("missing");
    expect(given(national, { actual: "见附件" })).toBe("missing");
    expect(given(national, { target: "及时", actual: null })).toBe("missing");
  });

  it("convert money and leave other units to a person", () => {
    expect(given(national, { target: "≥2 万元", actual: "15000 元" })).toBe("7.5");
    expect(given(national, { target: "≥2 千万元", actual: "1500 万元" })).toBe("7.5");
    expect(given(national, { target: "≥20 户", actual: "15 人" })).toBe("0～10");
    expect(given(national, { target: "≥95%", actual: "0.95" })).toBe("0～10");
    expect(given(national, { target: "≥100百分比", actual: "90%" })).toBe("9");
  });

  it("take a stated bound only where it decides", () => {
    const bounded = (target: string, actual: string): string => {
      const made = row({ target, actual: actual.slice(1), score: null });
      const comparison = actual.slice(0, 1) as "≥" | "≤";
      const score = scoreIndicator({ ...made, actual: { ...made.actual, comparison } }, at, national);
      return score.kind === "scored" ? showDecimal(score.awarded) : score.kind;
    };
    expect(bounded("≥90 户", "≥90 户")).toBe("10");
    expect(bounded("≥90 户", "≤95 户")).toBe("judgement");
    expect(bounded("≥90 户", "≥80 户")).toBe("judgement");
  });

  it("handle zero, negative and equal without dividing", () => {
    expect(given(national, { target: "=0 起", actual: "0 起" })).toBe("10");
    expect(given(national, { target: "=0 起", actual: "1 起" })).toBe("0");
    expect(given(national, { target: "≥0 起", actual: "3 起" })).toBe("10");
    expect(given(national, { target: "≥-5%", actual: "-8%" })).toBe("0～10");
    expect(given(national, { target: "≥10 户", actual: "-2 户" })).toBe("0");
    expect(given(national, { target: ">10 户", actual: "10 户" })).toBe("0～10");
  });

  it("hold targets of 0 and below against bands without dividing", () => {
    const jiangxi = findPolicy("jiangxi-2017") as PolicyPack;
    const cost = { level2: "成本指标", points: "5" };
    expect(given(jiangxi, { ...cost, target: "≤0 万元", actual: "0 万元" })).toBe("5");
    expect(given(jiangxi, { ...cost, target: "≤0 万元", actual: "3 万元" })).toBe("0");
    expect(given(jiangxi, { ...cost, target: "≤-5 万元", actual: "-9 万元" })).toBe("0～5");
  });

  it("do not take a bare cost figure for a lower bound", () => {
    expect(given(national, { name: "亩均造价", target: "300 元", actual: "300 元" })).toBe("10");
    expect(given(national, { name: "亩均造价", target: "300 元", actual: "360 元" })).toBe("0～10");
    expect(given(national, { name: "走访户数", target: "300 户", actual: "360 户" })).toBe("10");
    const jiangxi = findPolicy("jiangxi-2017") as PolicyPack;
    expect(given(jiangxi, { level2: "成本指标", target: "300 元", actual: "360 元", points: "5" })).toBe("1");
  });

  it("read tiers from words and keep the entered score only inside them", () => {
    expect(given(national, { target: "健全", actual: "已健全", score: "10" })).toBe("10");
    expect(given(national, { target: "健全", actual: "达成预期指标", score: "7" })).toBe("8～10");
    expect(given(national, { target: "健全", actual: "部分达成", score: "8" })).toBe("6～8");
    expect(given(national, { target: "健全", actual: "部分达成", score: "6" })).toBe("6");
    expect(given(national, { target: "健全", actual: "未完成", score: "0" })).toBe("0");
    expect(given(national, { target: "健全", actual: "有所改善", score: "9" })).toBe("0～10");
    expect(given(national, { target: "零投诉", actual: "0", score: "10" })).toBe("10");
    expect(given(national, { target: "零投诉", actual: "3", score: "10" })).toBe("0～6");
    expect(given(national, { target: "健全", actual: "未完全达成", score: "9" })).toBe("0～10");
  });
});

describe("parameters that no pack of ours uses alone", () => {
  const rule = (action: PolicyPack["overfulfilment"][number]["action"]): PolicyPack => ({
    ...national,
    overfulfilment: [
      {
        comparisons: ["≥"],
        when: based({ kind: "above", completion: decimal("1.3") }, cite("form-daying-dept", "超出不得分")),
        action,
      },
    ],
  });

  it("over-fulfilment to zero or by a deduction", () => {
    const zero = rule(based({ kind: "zero" }, cite("form-daying-dept", "超出不得分")));
    const two = rule(based({ kind: "deduct", points: decimal(2) }, cite("provincial", "指标偏离·2022手册")));
    expect(given(zero, { actual: "131 人" })).toBe("0");
    expect(given(zero, { actual: "130 人" })).toBe("10");
    expect(given(two, { actual: "140 人" })).toBe("8");
    expect(given(two, { actual: "140 人", points: "1" })).toBe("0");
  });

  it("over-fulfilment of department duties to zero, of projects only with a reason", () => {
    const pidu = findPolicy("pidu-2025") as PolicyPack;
    const duty = row({ level1: "职责履行", actual: "140 人", score: null });
    const marks = (["department-self-evaluation", "project-self-evaluation"] as const).map((kind) => {
      const [mark] = scoreForm(form({ kind, indicators: [duty] }), pidu).indicators;
      return mark?.kind === "scored" ? showDecimal(mark.awarded) : mark?.kind;
    });
    expect(marks).toEqual(["0", "10"]);
  });

  it("graded words", () => {
    const graded: PolicyPack = {
      ...national,
      qualitative: based(
        {
          kind: "graded",
          grades: [
            { word: "优", share: { award: decimal(10), of: decimal(10) } },
            { word: "良", share: { award: decimal(8), of: decimal(10) } },
          ],
        },
        cite("pidu-2026-11", "计分方式"),
      ),
    };
    expect(given(graded, { target: "验收等次", actual: "良好", points: "5" })).toBe("4");
    expect(given(graded, { target: "验收等次", actual: "一般", points: "5" })).toBe("0～5");
  });

  it("a total capped by the execution rate", () => {
    const capped: PolicyPack = {
      ...national,
      totalCap: based(
        [
          { below: decimal(50), atMost: decimal(59) },
          { below: decimal(80), atMost: decimal(89) },
        ],
        cite("provincial", "总分封顶·2022手册"),
      ),
    };
    const total = (expenditure: string): string => {
      const scored = scoreForm(form({ funds: [fund({ expenditure })] }), capped);
      return scored.total.kind === "number"
        ? `${showDecimal(scored.total.value)}${scored.grade}`
        : scored.total.kind;
    };
    expect(total("60")).toBe("89良");
    expect(total("64")).toBe("95优");
    expect(total("20")).toBe("59差");
  });
});
