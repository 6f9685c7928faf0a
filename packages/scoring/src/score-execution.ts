import {
  add,
  compare,
  compareRatio,
  type Decimal,
  decimal,
  equals,
  type Form,
  type Fund,
  formatDecimal,
  multiply,
  type Place,
  parseDecimal,
  percentOf,
  place,
  type Ratio,
  type Rounding,
  ratio,
  roundRatio,
  type Score,
  type Step,
  showDecimal,
  sum,
  ZERO,
} from "@jiheng/domain";
import type { Citation } from "@jiheng/law";
import type { PolicyPack } from "./policy-pack.ts";

const ONE = decimal(1);
const HUNDRED = decimal(100);

/** How the printed rate of a form is rounded under a pack: the template's own way, else the pack's. */
export function rateRounding(template: string | null, policy: PolicyPack): Rounding {
  for (const own of policy.execution.rateRoundingByTemplate) {
    if (own.template === template) return own.rounding.value;
  }
  return policy.execution.rateRounding.value;
}

/** The budget that the pack divides by: adjusted or initial, as printed. */
export function budgetOf(fund: Fund, policy: PolicyPack): Decimal | null {
  return parseDecimal(
    policy.execution.denominator.value === "initial" ? fund.initialBudget : fund.adjustedBudget,
  );
}

/** expenditure ÷ budget as an exact ratio, or why it cannot be computed. An empty or zero budget never gives a rate. */
export function executionRatio(
  fund: Fund,
  policy: PolicyPack,
): { readonly kind: "rate"; readonly rate: Ratio } | { readonly kind: "cannot"; readonly why: string } {
  const initial = policy.execution.denominator.value === "initial";
  const name = initial ? "年初预算数" : "全年预算数";
  const budget = budgetOf(fund, policy);
  if (budget === null) return { kind: "cannot", why: `${name}未填，执行率不能计算` };
  if (budget.units < 0n) return { kind: "cannot", why: `${name}为负数，执行率不能计算` };
  const spent = parseDecimal(fund.expenditure);
  if (spent === null) return { kind: "cannot", why: "全年执行数未填，执行率不能计算" };
  if (spent.units < 0n) return { kind: "cannot", why: "全年执行数为负数，执行率不能计算" };
  const rate = ratio(spent, budget);
  return rate ? { kind: "rate", rate } : { kind: "cannot", why: `${name}为0，执行率不能计算` };
}

/** The rates in percent that may be printed for an expenditure and a budget (half-up and truncated, as the pack accepts), without duplicates. */
export function acceptedRates(expenditure: Decimal, budget: Decimal, policy: PolicyPack): readonly Decimal[] {
  const rate = ratio(expenditure, budget);
  if (!rate) return [];
  const places = policy.execution.ratePlaces.value;
  const found: Decimal[] = [];
  for (const rounding of policy.execution.acceptedRateRoundings.value) {
    const value = percentOf(rate, places, rounding);
    if (!found.some((each) => equals(each, value))) found.push(value);
  }
  return found;
}

function awardFor(rate: Ratio, points: Decimal, policy: PolicyPack): Decimal {
  const { places, rounding } = policy.scoreRounding.value;
  if (compareRatio(rate, ONE) >= 0) return points;
  return roundRatio(
    { numerator: multiply(points, rate.numerator), denominator: rate.denominator },
    places,
    rounding,
  );
}

/**
 * The execution scores that are right for a row: from the exact rate, and from each accepted printed rate, since published
 * forms show both as base. Empty where the rate cannot be computed or the pack's score is not proportional.
 */
export function acceptedExecutionScores(
  expenditure: Decimal,
  budget: Decimal,
  points: Decimal,
  policy: PolicyPack,
): readonly Decimal[] {
  const rate = ratio(expenditure, budget);
  if (!rate || policy.execution.mechanism.value.kind !== "proportion") return [];
  const found: Decimal[] = [awardFor(rate, points, policy)];
  for (const printed of acceptedRates(expenditure, budget, policy)) {
    const value = awardFor({ numerator: printed, denominator: HUNDRED }, points, policy);
    if (!found.some((each) => equals(each, value))) found.push(value);
  }
  return found;
}

/** Said where the rate is not what a reader who rounds half up would get. */
function howRounded(rate: Ratio, form: Form, policy: PolicyPack): string {
  const places = policy.execution.ratePlaces.value;
  const rounding = rateRounding(form.template, policy);
  if (equals(percentOf(rate, places, rounding), percentOf(rate, places, "half-up"))) return "";
  return `（${rounding === "up" ? "进位" : "截断"}到${places}位小数）`;
}

function scoreRow(fund: Fund, at: Place, points: Decimal, form: Form, policy: PolicyPack): Score {
  const { mechanism, denominator } = policy.execution;
  const initial = denominator.value === "initial";
  const places = [`${at}.${initial ? "initialBudget" : "adjustedBudget"}`, `${at}.expenditure`];
  const found = executionRatio(fund, policy);
  const rests: readonly Citation[] = [denominator.basis, mechanism.basis];
  if (found.kind === "cannot") {
    const steps: Step[] = [
      { says: found.why, mechanism: "execution", figures: {}, basis: rests, at: places },
    ];
    return { kind: "missing", what: found.why, of: points, steps };
  }
  const { rate } = found;
  const spent = showDecimal(rate.numerator);
  const budget = showDecimal(rate.denominator);
  const percent = formatDecimal(
    percentOf(rate, policy.execution.ratePlaces.value, rateRounding(form.template, policy)),
  );
  const division = `${spent}÷${budget}=${percent}%${howRounded(rate, form, policy)}`;
  const w = showDecimal(points);
  const figures = { budget, expenditure: spent, executionRate: percent, points: w };
  if (mechanism.value.kind === "proportion") {
    const awarded = awardFor(rate, points, policy);
    const capped = compareRatio(rate, ONE) > 0;
    const says = capped
      ? `${division}，超过100%，按满分${w}分`
      : `${division}，${w}分×${spent}÷${budget}=${showDecimal(awarded)}分`;
    const steps: Step[] = [
      {
        says,
        mechanism: "execution-proportion",
        figures: { ...figures, awarded: showDecimal(awarded) },
        basis: rests,
        at: places,
      },
    ];
    return { kind: "scored", awarded, of: points, steps };
  }
  const { bands, finishedEarnsAll } = mechanism.value;
  const order = compareRatio(rate, ONE);
  const bandAward = (): Decimal => {
    for (const band of bands) {
      if (
        compareRatio(
          { numerator: multiply(rate.numerator, HUNDRED), denominator: rate.denominator },
          band.from,
        ) >= 0
      )
        return awardOfShare(points, band.share.award, band.share.of, policy);
    }
    return ZERO;
  };
  const open = (between: readonly [Decimal, Decimal], why: string): Score => ({
    kind: "judgement",
    between,
    of: points,
    why,
    steps: [{ says: why, mechanism: "execution-banded", figures, basis: rests, at: places }],
  });
  if (order > 0) return open([ZERO, points], `${division}，超出预算，分档没有规定，由人判断`);
  if (order === 0 || !finishedEarnsAll) {
    const awarded = order === 0 ? points : bandAward();
    const steps: Step[] = [
      {
        says: `${division}，按档得${showDecimal(awarded)}分`,
        mechanism: "execution-banded",
        figures: { ...figures, awarded: showDecimal(awarded) },
        basis: rests,
        at: places,
      },
    ];
    return { kind: "scored", awarded, of: points, steps };
  }
  const low = bandAward();
  return open(
    [low, points],
    `${division}，项目已在预算内完成的得${w}分，未完成的按档得${showDecimal(low)}分；是否完成由人判断`,
  );
}

function awardOfShare(points: Decimal, award: Decimal, of: Decimal, policy: PolicyPack): Decimal {
  const { places, rounding } = policy.scoreRounding.value;
  return roundRatio({ numerator: multiply(points, award), denominator: of }, places, rounding);
}

/** One scored row of the funds table. */
export interface ExecutionRow {
  readonly fund: number;
  readonly score: Score;
}

/** The execution score of a form, and the rows of the funds table it comes from. */
export interface ExecutionScore {
  readonly score: Score;
  readonly rows: readonly ExecutionRow[];
}

function totalRow(funds: readonly Fund[]): number {
  const named = funds.findIndex((fund) => fund.source === "total");
  return named >= 0 ? named : 0;
}

/** The rows of the funds table that carry points: the total row where it does, else every row that does. */
function rowsWithPoints(
  funds: readonly Fund[],
): readonly { readonly index: number; readonly points: Decimal }[] {
  const found: { index: number; points: Decimal }[] = [];
  for (const [index, fund] of funds.entries()) {
    const points = parseDecimal(fund.points);
    if (points !== null && points.units >= 0n) found.push({ index, points });
  }
  const total = found.find((each) => funds[each.index]?.source === "total");
  return total ? [total] : found;
}

/**
 * The execution score under a policy. Printed points are kept; where none are printed, the pack's own are used only if they
 * complete the rows to the full total, and a form whose rows already make up 100 has no execution score.
 */
export function scoreExecution(form: Form, policy: PolicyPack, rowPoints: Decimal | null): ExecutionScore {
  const { points: defaults, mechanism } = policy.execution;
  if (form.funds.length === 0)
    return { score: { kind: "notApplicable", why: "表上没有资金行", basis: [mechanism.basis] }, rows: [] };
  const scored = rowsWithPoints(form.funds);
  if (scored.length > 0) {
    const rows = scored.map(({ index, points }) => {
      const fund = form.funds[index] as Fund;
      return { fund: index, score: scoreRow(fund, place.fund(index), points, form, policy) };
    });
    const [only] = rows;
    if (only && rows.length === 1) return { score: only.score, rows };
    return { score: together(rows), rows };
  }
  if (rowPoints === null)
    return { score: { kind: "notApplicable", why: "本表不设分值", basis: [mechanism.basis] }, rows: [] };
  const wanted = parseDecimal(form.totalPoints) ?? HUNDRED;
  if (compare(rowPoints, wanted) >= 0) {
    const why = `各指标分值合计${showDecimal(rowPoints)}分，预算执行不另设分值`;
    return { score: { kind: "notApplicable", why, basis: [mechanism.basis] }, rows: [] };
  }
  const index = totalRow(form.funds);
  const at = place.fund(index);
  const fund = form.funds[index] as Fund;
  if (!equals(add(rowPoints, defaults.value), wanted)) {
    const says = `预算执行分值未填，指标分值合计${showDecimal(rowPoints)}分，不能推定`;
    const steps: Step[] = [
      {
        says,
        mechanism: "execution",
        figures: {},
        basis: [defaults.basis],
        at: [place.fund(index, "points")],
      },
    ];
    return { score: { kind: "missing", what: says, of: null, steps }, rows: [] };
  }
  const score = scoreRow(fund, at, defaults.value, form, policy);
  return { score, rows: [{ fund: index, score }] };
}

/** Several scored rows as one mark: a number only where every row is one, missing as a whole where one is. */
function together(rows: readonly ExecutionRow[]): Score {
  const scores = rows.map((row) => row.score).filter((score) => score.kind !== "notApplicable");
  const of = sum(scores.flatMap((score) => (score.of ? [score.of] : [])));
  const steps = scores.flatMap((score) => score.steps);
  const what = scores.flatMap((score) => (score.kind === "missing" ? [score.what] : []));
  if (what.length > 0) return { kind: "missing", what: what.join("；"), of, steps };
  const open = scores.flatMap((score) => (score.kind === "judgement" ? [score.why] : []));
  const ends = scores.flatMap((score): (readonly [Decimal, Decimal])[] => {
    if (score.kind === "scored") return [[score.awarded, score.awarded]];
    return score.kind === "judgement" ? [score.between] : [];
  });
  const low = sum(ends.map(([each]) => each));
  if (open.length === 0) return { kind: "scored", awarded: low, of, steps };
  return {
    kind: "judgement",
    between: [low, sum(ends.map(([, each]) => each))],
    of,
    why: open.join("；"),
    steps,
  };
}
