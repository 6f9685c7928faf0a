import { decimal, type Rounding } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { based, type CountedMechanism, type PolicyPack, type Tier } from "../policy-pack.ts";

/** Tiers of mof-2020-10: 100–80, 80–60, 60–0 percent of the points. */
export const NATIONAL_TIERS: readonly Tier[] = [
  { attainment: "reached", title: "达成年度指标", from: decimal(1), to: decimal("0.8") },
  { attainment: "partly", title: "部分达成年度指标并具有一定效果", from: decimal("0.8"), to: decimal("0.6") },
  { attainment: "not-reached", title: "未达成年度指标且效果较差", from: decimal("0.6"), to: decimal(0) },
];

/** Tiers of the Hubei and Jiangxi forms: 100–80, 80–50, 50–0 percent of the points. */
export const FIFTY_TIERS: readonly Tier[] = [
  { attainment: "reached", title: "达成", from: decimal(1), to: decimal("0.8") },
  { attainment: "partly", title: "部分达成", from: decimal("0.8"), to: decimal("0.5") },
  { attainment: "not-reached", title: "未达成", from: decimal("0.5"), to: decimal(0) },
];

/** 优 良 中 差 at 90, 80 and the given lower limit of 中. */
export function gradeBands(middle: string) {
  return [
    { grade: "优", from: decimal(90) },
    { grade: "良", from: decimal(80) },
    { grade: "中", from: decimal(middle) },
    { grade: "差", from: decimal(0) },
  ] as const;
}

const HALF_UP: Rounding = "half-up";

/** Execution: expenditure ÷ adjusted budget, points × rate, at most the points; printed rates rounded or truncated to two places. */
export const EXECUTION: PolicyPack["execution"] = {
  points: based(decimal(10), cite("mof-2020-10", "权重")),
  denominator: based("adjusted", cite("form-tianchang-2022", "执行率")),
  mechanism: based({ kind: "proportion" }, cite("form-hubei-2020", "执行得分")),
  ratePlaces: based(2, cite("form-bureau-2024", "执行率·版式乙四舍五入")),
  rateRounding: based(HALF_UP, cite("form-putuo-2022", "打印执行率")),
  rateRoundingByTemplate: [],
  acceptedRateRoundings: based([HALF_UP, "truncate"], cite("form-bureau-2024", "执行率·版式甲截断")),
};

/** points × actual ÷ target, all points once reached. */
export const PROPORTION: CountedMechanism = { kind: "proportion" };
/** = marked as ≥, the difference said. */
export const EQUAL_AS_AT_LEAST: CountedMechanism = { kind: "equal-as-at-least" };
/** All points once reached, a miss left to a person. */
export const FULL_OR_JUDGEMENT: CountedMechanism = { kind: "full-or-judgement" };
/** ≤ falling to 0 at twice the target. */
export const LINEAR_TO_ZERO: CountedMechanism = { kind: "linear-to-zero" };
/** ≤ as points × target ÷ actual. */
export const INVERSE_RATIO: CountedMechanism = { kind: "inverse-ratio" };

/**
 * What holds nationally and where a local pack states nothing of its own. A missed ≤ has no formula in the national text and
 * stays a judgement; no over-fulfilment cuts by itself.
 */
export const DEFAULTS = {
  version: "1.0.0",
  places: [],
  scope: "place",
  period: { from: null, to: null },
  draft: false,
  templates: [],
  onlyTemplates: false,
  kinds: null,
  execution: EXECUTION,
  scoreRounding: based({ places: 2, rounding: HALF_UP }, cite("form-putuo-2022", "两位小数")),
  level1Points: null,
  reached: based(true, cite("mof-2020-10", "定量·完成")),
  counted: {
    "≥": based(PROPORTION, cite("mof-2020-10", "定量·未完成")),
    ">": based(PROPORTION, cite("mof-2020-10", "定量·未完成")),
    "≤": based(FULL_OR_JUDGEMENT, cite("mof-2020-10", "定量·完成")),
    "<": based(FULL_OR_JUDGEMENT, cite("mof-2020-10", "定量·完成")),
    "=": based(EQUAL_AS_AT_LEAST, cite("provincial", "计分·等于")),
    none: based(PROPORTION, cite("mof-2020-10", "定量·未完成")),
  },
  categories: [],
  targetZero: based({ kind: "full-only-if-zero" }, cite("provincial", "计分·等于")),
  qualitative: based({ kind: "tiers", tiers: NATIONAL_TIERS }, cite("mof-2020-10", "定性")),
  coefficient: null,
  handDeduction: null,
  overfulfilment: [],
  grades: based(gradeBands("60"), cite("mof-2020-10", "等级")),
  reasonCompulsory: [based({ kind: "score-below-points" }, cite("form", "失分原因"))],
  totalCap: null,
  rescaleNotApplicable: null,
  moneyUnit: null,
  textLimits: [],
  remarks: [],
} as const satisfies Partial<PolicyPack>;
