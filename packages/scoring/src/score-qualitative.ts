import {
  compare,
  type Decimal,
  type Indicator,
  multiply,
  type Place,
  parseDecimal,
  type Score,
  showDecimal,
  ZERO,
} from "@jiheng/domain";
import { attainmentOf } from "./attainment.ts";
import { roundAward, rowPlaces, step } from "./marks.ts";
import type { PolicyPack, QualitativeMechanism } from "./policy-pack.ts";

/** What a row with words as its target earns: a tier first, then a score inside it that only a person gives. */
export function scoreQualitative(
  indicator: Indicator,
  words: { readonly target: string; readonly actual: string },
  points: Decimal,
  at: Place,
  policy: PolicyPack,
): Score {
  const { value: rule, basis } = policy.qualitative;
  const attainment = attainmentOf(words.target, words.actual);
  const open = (between: readonly [Decimal, Decimal], why: string): Score => ({
    kind: "judgement",
    between,
    of: points,
    why,
    steps: [step(why, rule.kind, [basis], rowPlaces(at), { points: showDecimal(points) })],
  });
  const give = (awarded: Decimal, says: string): Score => {
    const figures = { points: showDecimal(points), awarded: showDecimal(awarded) };
    const steps = [step(says, rule.kind, [basis], rowPlaces(at), figures)];
    return { kind: "scored", awarded, of: points, steps };
  };
  if (attainment === "not-applicable" && policy.rescaleNotApplicable)
    return {
      kind: "notApplicable",
      why: `“${words.actual}”，分值从分母中扣除`,
      basis: [policy.rescaleNotApplicable.basis],
    };

  switch (rule.kind) {
    case "tiers":
      return scoreTier(indicator, rule, attainment, words.actual, points, open, give);
    case "yes-no":
      if (attainment === "reached")
        return give(points, `“${words.actual}”即达成，得满分${showDecimal(points)}分`);
      if (attainment === "not-reached") return give(ZERO, `“${words.actual}”即未达成，不得分`);
      return open([ZERO, points], `“${words.actual}”不能判断是否达成，由人判断`);
    case "graded": {
      const grade = rule.grades.find((each) => words.actual.includes(each.word));
      if (!grade) return open([ZERO, points], `“${words.actual}”不在评判等级之内，由人判断`);
      const exact = { numerator: multiply(points, grade.share.award), denominator: grade.share.of };
      const awarded = roundAward(exact, points, policy);
      return give(awarded, `评为“${grade.word}”，${showDecimal(points)}分折算得${showDecimal(awarded)}分`);
    }
  }
}

function scoreTier(
  indicator: Indicator,
  rule: Extract<QualitativeMechanism, { kind: "tiers" }>,
  attainment: ReturnType<typeof attainmentOf>,
  actual: string,
  points: Decimal,
  open: (between: readonly [Decimal, Decimal], why: string) => Score,
  give: (awarded: Decimal, says: string) => Score,
): Score {
  const index = rule.tiers.findIndex((each) => each.attainment === attainment);
  const tier = rule.tiers[index];
  if (!tier)
    return open([ZERO, points], `“${actual}”不能判断属于哪一档，在0分与${showDecimal(points)}分之间由人判断`);
  const low = multiply(points, tier.to);
  const high = multiply(points, tier.from);
  const highIncluded = index === 0;
  const range = `${showDecimal(low)}分（含）至${showDecimal(high)}分${highIncluded ? "（含）" : "（不含）"}`;
  const entered = parseDecimal(indicator.score);
  if (entered === null)
    return open([low, high], `“${actual}”属“${tier.title}”一档，${range}之内由人判断，得分未填`);
  const top = compare(entered, high);
  if (compare(entered, low) >= 0 && (top < 0 || (highIncluded && top === 0)))
    return give(
      entered,
      `“${actual}”属“${tier.title}”一档，${range}；填报${showDecimal(entered)}分在档内，予以保留`,
    );
  return open(
    [low, high],
    `“${actual}”属“${tier.title}”一档，${range}；填报${showDecimal(entered)}分不在档内，由人判断`,
  );
}
