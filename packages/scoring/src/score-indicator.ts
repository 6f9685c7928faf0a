import {
  compare,
  type Decimal,
  decimal,
  formatDecimal,
  type Indicator,
  isZero,
  multiply,
  type Place,
  parseDecimal,
  percentOf,
  type Ratio,
  round,
  roundRatio,
  type Score,
  type Step,
  showDecimal,
  subtract,
  ZERO,
} from "@jiheng/domain";
import type { Citation } from "@jiheng/law";
import { attainmentOf } from "./attainment.ts";
import { type ComparableValues, rowValues } from "./comparable.ts";
import type { CountedRow, MechanismResult } from "./mechanism.ts";
import { mechanismOf } from "./mechanisms/index.ts";
import { targetZero } from "./mechanisms/target-zero.ts";
import { overfulfilmentOf } from "./overfulfilment.ts";
import type {
  Based,
  CountedMechanism,
  OverfulfilmentCondition,
  PolicyPack,
  QualitativeMechanism,
} from "./policy-pack.ts";

const HUNDRED = decimal(100);

function step(
  says: string,
  mechanism: string,
  basis: readonly Citation[],
  at: readonly Place[],
  figures: Readonly<Record<string, string>> = {},
): Step {
  return { says, mechanism, figures, basis, at };
}

function missing(
  what: string,
  of: Decimal | null,
  mechanism: string,
  basis: Citation,
  at: readonly Place[],
): Score {
  return { kind: "missing", what, of, steps: [step(what, mechanism, [basis], at)] };
}

/** The award rounded as the pack says, never below 0 or above the points. */
function roundAward(exact: Ratio, points: Decimal, policy: PolicyPack): Decimal {
  const { places, rounding } = policy.scoreRounding.value;
  const rounded = roundRatio(exact, places, rounding);
  if (rounded.units < 0n) return { units: 0n, scale: places };
  return compare(rounded, points) > 0 ? points : rounded;
}

/** Whether a level-1 or level-2 label names the category. */
export function isCategory(indicator: Indicator, category: "cost" | "satisfaction"): boolean {
  const word = category === "cost" ? "成本" : "满意度";
  return (indicator.level1?.includes(word) ?? false) || (indicator.level2?.includes(word) ?? false);
}

function mechanismFor(
  indicator: Indicator,
  values: ComparableValues,
  policy: PolicyPack,
): Based<CountedMechanism> {
  for (const special of policy.categories) {
    if (isCategory(indicator, special.category)) return special.mechanism;
  }
  return policy.counted[values.comparison];
}

/** The reason written beside a row, null where the cell is blank or only a stroke. */
function reasonOf(indicator: Indicator): string | null {
  const text = indicator.deviation?.trim() ?? "";
  return /^[-—–/\\无]*$/.test(text) ? null : text;
}

/** How far a target is passed: "300÷100=300.00%，达到120%". */
function passedWords(condition: OverfulfilmentCondition, row: CountedRow): string {
  const b = showDecimal(row.actual);
  const a = showDecimal(row.target);
  if (condition.kind === "exceeds") return `完成值${b}大于指标值${a}`;
  if (condition.kind === "differs") return `完成值${b}不等于指标值${a}`;
  if (isZero(row.target)) return `指标值为0而完成值为${b}`;
  const completion = formatDecimal(
    percentOf({ numerator: row.actual, denominator: row.target }, 2, "half-up"),
  );
  const line = showDecimal(multiply(condition.completion, HUNDRED));
  return `${b}÷${a}=${completion}%，${condition.kind === "from" ? "达到" : "高于"}${line}%`;
}

function scoreCounted(
  indicator: Indicator,
  values: ComparableValues,
  points: Decimal,
  at: readonly Place[],
  policy: PolicyPack,
): Score {
  const chosen = mechanismFor(indicator, values, policy);
  const mechanism = mechanismOf(chosen.value);
  const row: CountedRow = {
    comparison: values.comparison,
    target: values.target,
    actual: values.actual,
    points,
    met: values.met,
    percent: values.percent,
  };
  let result: MechanismResult;
  let basis = chosen.basis;
  let name: string = mechanism.kind;
  if (mechanism.divides && row.target.units === 0n && !(row.met && row.comparison !== "=")) {
    result = targetZero.apply(row, policy.targetZero.value);
    basis = policy.targetZero.basis;
    name = targetZero.kind;
  } else if (mechanism.divides && row.target.units < 0n && !row.met) {
    result = {
      kind: "judgement",
      between: [ZERO, points],
      why: `指标值${showDecimal(row.target)}为负数，不能按比例计算，由人判断`,
    };
  } else result = mechanism.apply(row, chosen.value);

  const figures: Record<string, string> = {
    target: showDecimal(row.target),
    actual: showDecimal(row.actual),
    points: showDecimal(points),
  };
  if (result.kind === "judgement") {
    const steps = [step(result.why, name, [basis], at, figures)];
    return { kind: "judgement", between: result.between, of: points, why: result.why, steps };
  }
  let awarded = roundAward(result.exact, points, policy);
  figures.awarded = showDecimal(awarded);
  const steps: Step[] = [step(`${result.arithmetic}${showDecimal(awarded)}分`, name, [basis], at, figures)];

  const entered = parseDecimal(indicator.score);
  const enteredInRange = entered !== null && entered.units >= 0n && compare(entered, points) <= 0;
  for (const rule of overfulfilmentOf(values, policy)) {
    const rests = [rule.when.basis, rule.action.basis];
    const told = passedWords(rule.when.value, row);
    const action = rule.action.value;
    switch (action.kind) {
      case "flag":
        steps.push(step(`${told}，予以提示，不自动扣分`, "over-fulfilment-flag", rests, at));
        break;
      case "reason":
        steps.push(step(`${told}，须填写原因`, "over-fulfilment-reason", rests, at));
        break;
      case "zero":
        awarded = ZERO;
        steps.push(step(`${told}，按规定不得分`, "over-fulfilment-zero", rests, at));
        break;
      case "deduct": {
        const left = subtract(awarded, action.points);
        awarded = left.units < 0n ? ZERO : left;
        steps.push(
          step(
            `${told}，扣${showDecimal(action.points)}分，得${showDecimal(awarded)}分`,
            "over-fulfilment-deduct",
            rests,
            at,
          ),
        );
        break;
      }
      case "manual": {
        if (!enteredInRange || entered === null || compare(entered, awarded) >= 0) {
          steps.push(step(`${told}，可由人写明理由后调减，本行未调减`, "over-fulfilment-manual", rests, at));
          break;
        }
        if (reasonOf(indicator) === null) {
          const why = `${told}，填报${showDecimal(entered)}分低于计算的${showDecimal(awarded)}分而没有写明理由，由人判断`;
          const between = [ZERO, awarded] as const;
          return {
            kind: "judgement",
            between,
            of: points,
            why,
            steps: [...steps, step(why, "over-fulfilment-manual", rests, at)],
          };
        }
        awarded = entered;
        steps.push(
          step(
            `${told}，已写明理由，保留人工调减后的${showDecimal(entered)}分`,
            "over-fulfilment-manual",
            rests,
            at,
          ),
        );
      }
    }
  }
  if (policy.handDeduction && enteredInRange && entered !== null && compare(entered, awarded) < 0) {
    const off = subtract(awarded, entered);
    awarded = entered;
    steps.push(
      step(
        `自动得分减人工扣分${showDecimal(off)}分=${showDecimal(entered)}分`,
        "hand-deduction",
        [policy.handDeduction.basis],
        at,
      ),
    );
  }
  return { kind: "scored", awarded, of: points, steps };
}

function scoreQualitative(
  indicator: Indicator,
  words: { readonly target: string; readonly actual: string },
  points: Decimal,
  at: readonly Place[],
  policy: PolicyPack,
): Score {
  const { value: rule, basis } = policy.qualitative;
  const attainment = attainmentOf(words.target, words.actual);
  const open = (between: readonly [Decimal, Decimal], why: string): Score => ({
    kind: "judgement",
    between,
    of: points,
    why,
    steps: [step(why, rule.kind, [basis], at, { points: showDecimal(points) })],
  });
  const give = (awarded: Decimal, says: string): Score => ({
    kind: "scored",
    awarded,
    of: points,
    steps: [
      step(says, rule.kind, [basis], at, { points: showDecimal(points), awarded: showDecimal(awarded) }),
    ],
  });
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

/**
 * What one indicator row earns under a policy, with its steps. `at` is the row's place. Printed points are kept;
 * blanks are `missing`, never 0; a sub-row or a form without points is decided by the caller.
 */
export function scoreIndicator(indicator: Indicator, at: Place, policy: PolicyPack): Score {
  const rowBasis = policy.counted.none.basis;
  const points = parseDecimal(indicator.points);
  if (points === null) return missing("分值未填", null, "points", rowBasis, [`${at}.points`]);
  if (points.units < 0n) return missing("分值为负数，不能计算", null, "points", rowBasis, [`${at}.points`]);
  const places = [`${at}.target`, `${at}.actual`, `${at}.points`];
  if (policy.coefficient) {
    const coefficient = parseDecimal(indicator.coefficient);
    if (coefficient === null)
      return missing("得分系数未填", points, "coefficient", policy.coefficient.basis, [`${at}.coefficient`]);
    const awarded = roundAward(
      { numerator: multiply(points, coefficient), denominator: HUNDRED },
      points,
      policy,
    );
    const says = `${showDecimal(points)}分×得分系数${showDecimal(coefficient)}%=${showDecimal(awarded)}分`;
    const figures = {
      points: showDecimal(points),
      coefficient: showDecimal(coefficient),
      awarded: showDecimal(awarded),
    };
    const steps = [
      step(says, "coefficient", [policy.coefficient.basis], [`${at}.coefficient`, `${at}.points`], figures),
    ];
    return { kind: "scored", awarded, of: points, steps };
  }
  const values = rowValues(indicator);
  switch (values.kind) {
    case "missing":
      return missing(values.what, points, "row", rowBasis, places);
    case "incomparable":
      return {
        kind: "judgement",
        between: [ZERO, points],
        of: points,
        why: `${values.why}，由人判断`,
        steps: [step(`${values.why}，由人判断`, "row", [rowBasis], places)],
      };
    case "words":
      return scoreQualitative(indicator, values, points, places, policy);
    case "comparable":
      return scoreCounted(indicator, values, points, places, policy);
  }
}

/** Cut to the places of the pack's scores. */
export function roundScore(value: Decimal, policy: PolicyPack): Decimal {
  return round(value, policy.scoreRounding.value.places, policy.scoreRounding.value.rounding);
}
