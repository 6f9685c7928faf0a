import { decimal, formatDecimal, percentOf, ratio } from "@jiheng/domain";
import { SAMPLE_METHOD_TITLES, type Sample, type SampleUnit } from "./draw-sample.ts";

/** What a sample says of a whole it was drawn from by chance: at most so many are wrong, with 95 % confidence. */
export interface Bound {
  /** The group it holds for; null for the whole population. */
  readonly stratum: string | null;
  readonly population: number;
  readonly sample: number;
  readonly wrong: number;
  readonly atMost: number;
  /** `atMost` in percent of the population, rounded up. */
  readonly rate: string;
}

/** What may be concluded from a sample and what not, in figures and in words. */
export interface SampleStatement {
  readonly population: number;
  readonly sample: number;
  /** Share of the known money in the sample, in percent; null where no money is known. */
  readonly moneyShare: string | null;
  readonly moneyUnknown: number;
  readonly inference:
    | { readonly kind: "bounds"; readonly confidence: "95"; readonly bounds: readonly Bound[] }
    | { readonly kind: "none"; readonly why: string };
  readonly says: readonly string[];
}

/**
 * States what a sample supports. `results`: for each drawn form whether it was found wrong; null before the review. Only chance
 * supports a word about the forms not drawn: then the exact hypergeometric bound is given; for money and risk none is.
 */
export function sampleStatement(
  sample: Sample,
  population: readonly SampleUnit[],
  results: ReadonlyMap<string, boolean> | null,
): SampleStatement {
  const drawn = new Set(sample.chosen.map(({ id }) => id));
  const known = population.filter(({ money }) => money !== null);
  const whole = sumOf(known);
  const share = ratio(decimal(sumOf(known.filter(({ id }) => drawn.has(id)))), decimal(whole));
  const moneyShare = share === null ? null : formatDecimal(percentOf(share, 2, "half-up"));
  const moneyUnknown = population.length - known.length;
  const inference = inferenceOf(sample, results);
  const lines = [
    `采用${SAMPLE_METHOD_TITLES[sample.method]}抽样，从${sample.population}份中抽取${sample.chosen.length}份，种子“${sample.seed}”，可重新抽取核对。`,
    moneyShare === null
      ? "金额均未填，不能计算金额覆盖面。"
      : `抽中项目的金额占${moneyShare}%${moneyUnknown > 0 ? `（另有${moneyUnknown}份金额未填，未计入）` : ""}。`,
    ...wordsOf(inference, results === null),
  ];
  return {
    population: sample.population,
    sample: sample.chosen.length,
    moneyShare,
    moneyUnknown,
    inference,
    says: lines,
  };
}

function inferenceOf(
  sample: Sample,
  results: ReadonlyMap<string, boolean> | null,
): SampleStatement["inference"] {
  const { method, chosen } = sample;
  if (method === "money" || method === "risk") {
    const by = method === "money" ? "金额大小" : "风险高低";
    return {
      kind: "none",
      why: `样本按${by}选取，不是随机抽取：复核结果只说明抽中的项目，不能推断未抽中的项目。`,
    };
  }
  if (chosen.length === 0) return { kind: "none", why: "没有抽取任何项目，不能得出结论。" };
  const open = results === null ? 0 : chosen.filter(({ id }) => !results.has(id)).length;
  if (open > 0) return { kind: "none", why: `抽中的项目还有${open}份未复核，复核完才能推断全体。` };
  const wrongIn = (stratum: string | null): number =>
    chosen.filter((one) => (stratum === null || one.stratum === stratum) && results?.get(one.id) === true)
      .length;
  const groups =
    method === "random"
      ? [{ stratum: null, population: sample.population, chosen: chosen.length }]
      : sample.strata.filter((stratum) => stratum.chosen > 0);
  return {
    kind: "bounds",
    confidence: "95",
    bounds: groups.map((group) => boundOf(group, wrongIn(group.stratum))),
  };
}

function boundOf(
  { stratum, population, chosen }: { stratum: string | null; population: number; chosen: number },
  wrong: number,
): Bound {
  const atMost = mostWrong(population, chosen, wrong);
  const rate = ratio(decimal(atMost), decimal(population));
  return {
    stratum,
    population,
    sample: chosen,
    wrong,
    atMost,
    rate: rate === null ? "0" : formatDecimal(percentOf(rate, 1, "up")),
  };
}

function wordsOf(inference: SampleStatement["inference"], before: boolean): string[] {
  if (inference.kind === "none") return [inference.why];
  return inference.bounds.map(({ stratum, population, sample, wrong, atMost, rate }) => {
    const where = stratum === null ? "全部" : `“${stratum}”的`;
    const found = before ? "如果抽中的都没有问题" : `抽中的${sample}份中有${wrong}份有问题`;
    return `${found}，则有95%的把握认为${where}${population}份中有问题的不超过${atMost}份（${rate}%）。`;
  });
}

/**
 * The largest number of wrong forms in the population under which finding so few in the sample is still likelier than 5 %: the exact
 * one-sided bound of the hypergeometric distribution, in whole numbers.
 */
export function mostWrong(population: number, sample: number, found: number): number {
  const all = choose(population, sample);
  /** P(at most `found` wrong in the sample | `wrong` in the population) > 5 %. */
  const isLikely = (wrong: number): boolean => {
    let ways = 0n;
    for (let k = 0; k <= found; k++) ways += choose(wrong, k) * choose(population - wrong, sample - k);
    return ways * 20n > all;
  };
  // More wrong forms make few finds less likely, so the last likely number is found by halving.
  let [low, high] = [found, population - (sample - found)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isLikely(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** How many ways there are to choose k of n. */
function choose(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n;
  const few = Math.min(k, n - k);
  let ways = 1n;
  for (let index = 1; index <= few; index++) ways = (ways * BigInt(n - few + index)) / BigInt(index);
  return ways;
}

function sumOf(units: readonly SampleUnit[]): bigint {
  return units.reduce((sum, { money }) => sum + (money ?? 0n), 0n);
}
