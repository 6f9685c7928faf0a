import {
  absolute,
  compare,
  compareRatio,
  type Decimal,
  decimal,
  equals,
  formatDecimal,
  multiply,
  percentOf,
  type Ratio,
  ratio,
  roundRatio,
  showDecimal,
  subtract,
  within,
} from "@jiheng/domain";
import { acceptedExecutionScores, budgetOf, type PolicyPack } from "@jiheng/scoring";
import type { FormDossier } from "../rule.ts";
import type { FundFacts } from "./form-facts.ts";

/** A printed rate this near to the rounded or the truncated one is right: AR-22, tolerance 0.01 point. */
const RATE_TOLERANCE = decimal("0.01");
/** A rate off by less than this is a slip of digits; beyond it another computation was made. Ours. */
const SLIP = decimal(1);
/** A coarser rounding of a score (one decimal, whole points) is a way of writing, not an error, up to half a step. */
const ONE_DECIMAL = 1;
const TEN_THOUSAND = decimal(10_000);
const ONE = decimal(1);
const HUNDRED = decimal(100);

/**
 * What a printed rate is beside the recomputed one. `slip`: digits misprinted. `wrong`: another computation.
 * `unit`: off by ten thousand, money in two units.
 */
export type RateVerdict = "fits" | "slip" | "wrong" | "unit";

/** A fund row with money in it, its rate and its score held against the recomputation. */
export interface ExecutionFacts {
  readonly fund: FundFacts;
  readonly budget: Decimal;
  readonly spent: Decimal;
  readonly rate: Ratio;
  /** Recomputed, in percent, rounded half-up to two places. */
  readonly percent: Decimal;
  readonly truncated: Decimal;
  /** Null where no rate is printed. */
  readonly verdict: RateVerdict | null;
  /** Whether the printed score fits the recomputed rate; null where it cannot be said. */
  readonly score: ScoreVerdict | null;
}

/** `follows`: right for the misprinted rate. `coarse`: right but for a rounding to whole points. */
export type ScoreVerdict = "fits" | "coarse" | "follows" | "wrong";

const CACHE = new WeakMap<FormDossier, readonly ExecutionFacts[]>();

/** How a percentage is printed to `places` in the two accepted ways. */
function printed(rate: Ratio, places: number): readonly Decimal[] {
  return [percentOf(rate, places, "half-up"), percentOf(rate, places, "truncate")];
}

function near(value: Decimal, rate: Ratio): boolean {
  const places = Math.min(value.scale, 8);
  return printed(rate, places).some((right) => within(value, right, RATE_TOLERANCE));
}

function verdictOf(value: Decimal, rate: Ratio): RateVerdict {
  if (near(value, rate)) return "fits";
  // A rate above 100 % is printed as 100 in forms that cap it; overspending is a check of its own.
  if (equals(value, HUNDRED) && compareRatio(rate, ONE) > 0) return "fits";
  const up: Ratio = { numerator: multiply(rate.numerator, TEN_THOUSAND), denominator: rate.denominator };
  const down: Ratio = { numerator: rate.numerator, denominator: multiply(rate.denominator, TEN_THOUSAND) };
  if (value.units > 0n && (near(value, up) || near(value, down))) return "unit";
  const off = absolute(subtract(value, percentOf(rate, 4, "half-up")));
  return compare(off, SLIP) < 0 || oneDigitOff(value, rate) ? "slip" : "wrong";
}

/** One digit mistyped, or two neighbouring ones exchanged. */
function oneDigitOff(value: Decimal, rate: Ratio): boolean {
  const said = formatDecimal(value, 2);
  return printed(rate, 2).some((right) => {
    const want = formatDecimal(right, 2);
    if (want.length !== said.length) return false;
    const differ: number[] = [];
    for (let i = 0; i < want.length; i++) if (want[i] !== said[i]) differ.push(i);
    const [first, second] = differ;
    if (differ.length === 1) return true;
    return (
      differ.length === 2 &&
      first !== undefined &&
      second !== undefined &&
      want[first] === said[second] &&
      want[second] === said[first]
    );
  });
}

function scoreVerdict(
  fund: FundFacts,
  budget: Decimal,
  spent: Decimal,
  verdict: RateVerdict | null,
  policy: PolicyPack,
): ScoreVerdict | null {
  const { points, score, executionRate } = fund;
  if (!points || !score || points.units <= 0n) return null;
  const accepted = acceptedExecutionScores(spent, budget, points, policy);
  if (accepted.length === 0) return null;
  if (accepted.some((right) => equals(right, score))) return "fits";
  const exact = ratio(multiply(points, spent), budget);
  if (!exact) return null;
  const places = Math.max(score.scale, 2);
  if (compareRatio(exact, points) < 0) {
    for (const rounding of ["truncate", "up", "half-up"] as const)
      if (equals(roundRatio(exact, places, rounding), score)) return "fits";
    if (score.scale <= ONE_DECIMAL && equals(roundRatio(exact, ONE_DECIMAL, "half-up"), score)) return "fits";
    if (score.scale === 0 && equals(roundRatio(exact, 0, "half-up"), score)) return "coarse";
  }
  if (
    verdict !== null &&
    verdict !== "fits" &&
    executionRate &&
    isProduct(points, executionRate, score, policy)
  )
    return "follows";
  return "wrong";
}

function isProduct(points: Decimal, percent: Decimal, score: Decimal, policy: PolicyPack): boolean {
  const exact = ratio(multiply(points, percent), HUNDRED);
  if (!exact) return false;
  if (compareRatio(exact, points) >= 0) return equals(points, score);
  const { places } = policy.scoreRounding.value;
  return (["half-up", "truncate"] as const).some((rounding) =>
    equals(roundRatio(exact, places, rounding), score),
  );
}

/** The fund rows of a form that have a budget above 0 and an expenditure, held against the recomputation. Computed once. */
export function executionOf(dossier: FormDossier): readonly ExecutionFacts[] {
  const known = CACHE.get(dossier);
  if (known) return known;
  const list: ExecutionFacts[] = [];
  for (const fund of dossier.facts.funds) {
    const budget = budgetOf(fund.row, dossier.policy);
    const spent = fund.expenditure;
    if (!budget || !spent || budget.units <= 0n || spent.units < 0n) continue;
    const rate = ratio(spent, budget);
    if (!rate) continue;
    const verdict = fund.executionRate ? verdictOf(fund.executionRate, rate) : null;
    list.push({
      fund,
      budget,
      spent,
      rate,
      percent: percentOf(rate, 2, "half-up"),
      truncated: percentOf(rate, 2, "truncate"),
      verdict,
      score: scoreVerdict(fund, budget, spent, verdict, dossier.policy),
    });
  }
  CACHE.set(dossier, list);
  return list;
}

/** The row of the funds table that stands for the whole form, where its rate can be computed. */
export function wholeExecution(dossier: FormDossier): ExecutionFacts | null {
  const { scoredFund, totalFund } = dossier.facts;
  const list = executionOf(dossier);
  const at = (totalFund ?? scoredFund)?.index;
  return list.find(({ fund }) => fund.index === at) ?? list.find(({ fund }) => fund === scoredFund) ?? null;
}

/** "全年执行数3346.92÷全年预算数3394.12=98.61%". */
export function rateWords({ budget, spent, percent }: ExecutionFacts, policy: PolicyPack): string {
  const name = policy.execution.denominator.value === "initial" ? "年初预算数" : "全年预算数";
  return `全年执行数${showDecimal(spent)}÷${name}${showDecimal(budget)}=${formatDecimal(percent)}%`;
}

/** part ÷ whole in percent to two places, or null where whole is not above 0. */
export function shareOf(part: Decimal, whole: Decimal): Decimal | null {
  if (whole.units <= 0n) return null;
  const found = ratio(part, whole);
  return found ? percentOf(found, 2, "half-up") : null;
}

/** a ÷ b ≥ limit, exactly; b above 0. */
export function atLeast(a: Decimal, b: Decimal, limit: Decimal): boolean {
  return compare(a, multiply(b, limit)) >= 0;
}
