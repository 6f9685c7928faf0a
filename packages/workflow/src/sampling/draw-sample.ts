import { seeded } from "./seeded.ts";

/** How a sample is drawn: the largest sums, the highest risk, blind chance, or chance within each group. */
export type SampleMethod = "money" | "risk" | "random" | "stratified";

/** What each method is called. */
export const SAMPLE_METHOD_TITLES: Readonly<Record<SampleMethod, string>> = {
  money: "按金额",
  risk: "按风险",
  random: "简单随机",
  stratified: "分层随机",
};

/** One form that could be drawn. Money in fen; null where it is not known. `stratum`: its group, such as its department. */
export interface SampleUnit {
  readonly id: string;
  readonly money: bigint | null;
  readonly risk: number;
  readonly stratum: string;
}

/** How to draw, how many, and the seed by which anyone can draw the same again. */
export interface SampleOrder {
  readonly method: SampleMethod;
  readonly size: number;
  readonly seed: string;
}

/** One that was drawn, and why. */
export interface Drawn {
  readonly id: string;
  readonly stratum: string;
  readonly why: string;
}

/** A sample as it was drawn, in the order of drawing. */
export interface Sample extends SampleOrder {
  readonly population: number;
  readonly chosen: readonly Drawn[];
  /** How many of each group there are and were drawn. */
  readonly strata: readonly {
    readonly stratum: string;
    readonly population: number;
    readonly chosen: number;
  }[];
}

/** Draws a sample; the same population, however ordered, and the same seed give the same sample. More than all is all. */
export function drawSample(population: readonly SampleUnit[], order: SampleOrder): Sample {
  const units = [...population].sort((a, b) => byText(a.id, b.id));
  const size = Math.max(0, Math.min(Math.floor(order.size), units.length));
  const chosen = DRAWS[order.method](units, size, order.seed);
  const drawn = new Set(chosen.map(({ id }) => id));
  const strata = [...groups(units)].map(([stratum, members]) => ({
    stratum,
    population: members.length,
    chosen: members.filter(({ id }) => drawn.has(id)).length,
  }));
  return { ...order, size, population: units.length, chosen, strata };
}

/** The population line by line in its order: what is hashed, so that nobody can later say it was another. */
export function populationText(population: readonly SampleUnit[]): string {
  return [...population]
    .sort((a, b) => byText(a.id, b.id))
    .map(
      ({ id, money, risk, stratum }) => `${JSON.stringify([id, money?.toString() ?? null, risk, stratum])}\n`,
    )
    .join("");
}

type Draw = (units: readonly SampleUnit[], size: number, seed: string) => readonly Drawn[];

const DRAWS: Readonly<Record<SampleMethod, Draw>> = {
  money: (units, size) =>
    [...units]
      .sort((a, b) => byMoney(a, b) || byText(a.id, b.id))
      .slice(0, size)
      .map((unit, index) => drawn(unit, unit.money === null ? "金额未填，排在最后" : `金额第${index + 1}大`)),
  risk: (units, size) =>
    [...units]
      .sort((a, b) => b.risk - a.risk || byMoney(a, b) || byText(a.id, b.id))
      .slice(0, size)
      .map((unit, index) => drawn(unit, `风险第${index + 1}高（${unit.risk}）`)),
  random: (units, size, seed) => atRandom(units, size, seed).map((unit) => drawn(unit, "随机抽取")),
  stratified: (units, size, seed) => {
    const strata = groups(units);
    const shares = allot(
      [...strata].map(([stratum, members]) => ({ stratum, count: members.length })),
      size,
    );
    return [...strata].flatMap(([stratum, members]) =>
      atRandom(members, shares.get(stratum) ?? 0, `${seed}\n${stratum}`).map((unit) =>
        drawn(unit, `在“${stratum}”内随机抽取`),
      ),
    );
  },
};

function drawn({ id, stratum }: SampleUnit, why: string): Drawn {
  return { id, stratum, why };
}

/** The first `size` of a seeded shuffle (Fisher and Yates). */
function atRandom(units: readonly SampleUnit[], size: number, seed: string): readonly SampleUnit[] {
  const chance = seeded(seed);
  const pool = [...units];
  for (let index = 0; index < size; index++) {
    const other = index + chance.below(pool.length - index);
    const [one, two] = [pool[index], pool[other]];
    if (one && two) [pool[index], pool[other]] = [two, one];
  }
  return pool.slice(0, size);
}

/** In proportion to the groups, at least one of each where the size allows; what is left goes to the largest remainders. */
function allot(
  strata: readonly { readonly stratum: string; readonly count: number }[],
  size: number,
): ReadonlyMap<string, number> {
  const total = strata.reduce((sum, { count }) => sum + count, 0);
  const least = size >= strata.length ? 1 : 0;
  const rows = strata.map(({ stratum, count }) => {
    const exact = count * size;
    return { stratum, count, share: Math.max(least, Math.floor(exact / total)), remainder: exact % total };
  });
  const order = [...rows].sort((a, b) => b.remainder - a.remainder || byText(a.stratum, b.stratum));
  let left = size - rows.reduce((sum, { share }) => sum + share, 0);
  while (left > 0) {
    for (const row of order)
      if (left > 0 && row.share < row.count) {
        row.share += 1;
        left -= 1;
      }
  }
  // Where one for each group was more than the proportion gave, the largest groups give it back.
  while (left < 0) {
    const most = [...rows].sort((a, b) => b.share - a.share || byText(a.stratum, b.stratum))[0];
    if (!most) break;
    most.share -= 1;
    left += 1;
  }
  return new Map(rows.map(({ stratum, share }) => [stratum, share]));
}

function groups(units: readonly SampleUnit[]): Map<string, SampleUnit[]> {
  const strata = Map.groupBy(units, ({ stratum }) => stratum);
  return new Map([...strata].sort(([a], [b]) => byText(a, b)));
}

/** Large before small, unknown last. */
function byMoney(a: SampleUnit, b: SampleUnit): number {
  if (a.money === null || b.money === null) return Number(a.money === null) - Number(b.money === null);
  return a.money > b.money ? -1 : a.money < b.money ? 1 : 0;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
