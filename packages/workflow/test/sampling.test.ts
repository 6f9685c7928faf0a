import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  CORRECTION_FACTORS,
  drawSample,
  populationText,
  reviewDeviation,
  type SampleMethod,
  type SampleUnit,
  sampleStatement,
} from "../src/index.ts";
import { mostWrong } from "../src/sampling/sample-statement.ts";
import { seeded } from "../src/sampling/seeded.ts";

const METHODS: readonly SampleMethod[] = ["money", "risk", "random", "stratified"];

function units(count: number): SampleUnit[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `s${String(index).padStart(3, "0")}`,
    money: index % 10 === 9 ? null : BigInt((index * 7919) % 1000) * 100n,
    risk: (index * 31) % 17,
    stratum: ["甲局", "乙局", "丙局"][index < 60 ? 0 : index < 90 ? 1 : 2] ?? "",
  }));
}

describe("chance that can be done again", () => {
  test("gives the numbers it always gave for a seed", () => {
    const chance = seeded("2025-复核");
    const numbers = Array.from({ length: 8 }, () => chance.below(1000));
    expect(numbers).toMatchInlineSnapshot(`
      [
        97,
        340,
        351,
        588,
        674,
        791,
        227,
        965,
      ]
    `);
    expect(Array.from({ length: 8 }, seeded("2025-复查").below.bind(null, 1000))).not.toEqual(numbers);
  });

  test("prefers no number", () => {
    const chance = seeded("evenly");
    const counts = new Array<number>(7).fill(0);
    for (let index = 0; index < 70_000; index++) {
      const drawn = chance.below(7);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    // Chi-squared with 6 degrees of freedom: 22.46 is passed once in a thousand seeds; this seed is fixed.
    const distance = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(distance).toBeLessThan(22.46);
    // Of limits that do not divide what is drawn from, the low numbers would come twice as often: 60 % instead of 43 %.
    const low = Array.from({ length: 10_000 }, () => chance.below(3_000_000_000)).filter(
      (one) => one < 1_294_967_296,
    );
    expect(low.length).toBeGreaterThan(4_000);
    expect(low.length).toBeLessThan(4_700);
  });
});

describe("drawing", () => {
  const population = units(100);

  test("gives the same sample for the same seed, however the population comes", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(population, { minLength: population.length }),
        fc.constantFrom(...METHODS),
        fc.integer({ min: 0, max: 120 }),
        (shuffled, method, size) => {
          const order = { method, size, seed: "一" };
          const sample = drawSample(shuffled, order);
          expect(sample).toEqual(drawSample(population, order));
          expect(populationText(shuffled)).toBe(populationText(population));
          expect(new Set(sample.chosen.map(({ id }) => id)).size).toBe(Math.min(size, 100));
          expect(sample.strata.reduce((sum, { chosen }) => sum + chosen, 0)).toBe(sample.chosen.length);
        },
      ),
    );
  });

  test("another seed draws others by chance, and the same by money or risk", () => {
    const ids = (method: SampleMethod, seed: string) =>
      drawSample(population, { method, size: 10, seed }).chosen.map(({ id }) => id);
    for (const method of METHODS)
      if (method === "random" || method === "stratified")
        expect(ids(method, "一")).not.toEqual(ids(method, "二"));
      else expect(ids(method, "一")).toEqual(ids(method, "二"));
  });

  test("by money takes the largest, what has none last", () => {
    const { chosen } = drawSample(population, { method: "money", size: 90, seed: "" });
    const money = chosen.map(({ id }) => population.find((unit) => unit.id === id)?.money ?? null);
    expect(money.every((value) => value !== null)).toBe(true);
    expect(money).toEqual(money.toSorted((a, b) => Number((b ?? 0n) - (a ?? 0n))));
  });

  test("by groups takes from each in proportion, at least one of each", () => {
    const of = (size: number) =>
      Object.fromEntries(
        drawSample(population, { method: "stratified", size, seed: "一" }).strata.map((one) => [
          one.stratum,
          one.chosen,
        ]),
      );
    expect(of(10)).toEqual({ 甲局: 6, 乙局: 3, 丙局: 1 });
    expect(of(3)).toEqual({ 甲局: 1, 乙局: 1, 丙局: 1 });
    expect(of(5)).toEqual({ 甲局: 3, 乙局: 1, 丙局: 1 });
    expect(of(100)).toEqual({ 甲局: 60, 乙局: 30, 丙局: 10 });
  });

  test("each form is drawn as often as another", () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 2000; seed++)
      for (const { id } of drawSample(units(20), { method: "random", size: 5, seed: `种子${seed}` }).chosen)
        counts.set(id, (counts.get(id) ?? 0) + 1);
    // 500 expected each, standard deviation 19.4.
    for (const id of units(20).map((unit) => unit.id)) {
      expect(counts.get(id)).toBeGreaterThan(500 - 5 * 19.4);
      expect(counts.get(id)).toBeLessThan(500 + 5 * 19.4);
    }
  });
});

describe("what a sample supports", () => {
  test("the bound is the exact one of the hypergeometric distribution", () => {
    // By adding up probabilities the plain way, in small cases.
    const choose = (n: number, k: number): number =>
      k < 0 || k > n ? 0 : k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(30), fc.nat(30), (population, n, k) => {
        const sample = 1 + (n % population);
        const found = k % (sample + 1);
        const probability = (wrong: number): number => {
          let ways = 0;
          for (let i = 0; i <= found; i++) ways += choose(wrong, i) * choose(population - wrong, sample - i);
          return ways / choose(population, sample);
        };
        const bound = mostWrong(population, sample, found);
        expect(probability(bound)).toBeGreaterThan(0.05);
        if (bound < population - (sample - found)) expect(probability(bound + 1)).toBeLessThanOrEqual(0.05);
      }),
      { numRuns: 500 },
    );
    expect(mostWrong(50, 50, 3)).toBe(3);
    // The rule of three: none wrong of 60 leaves about 3 ÷ 60 = 5 % of a large whole.
    expect(mostWrong(10_000, 60, 0)).toBe(485);
  });

  const population = units(100);
  const none = (ids: readonly { id: string }[]) => new Map(ids.map(({ id }) => [id, false]));

  test("chance supports a word about the rest", () => {
    const sample = drawSample(population, { method: "random", size: 30, seed: "一" });
    const results = none(sample.chosen);
    for (const { id } of sample.chosen.slice(0, 2)) results.set(id, true);
    const statement = sampleStatement(sample, population, results);
    expect(statement.inference).toEqual({
      kind: "bounds",
      confidence: "95",
      bounds: [
        { stratum: null, population: 100, sample: 30, wrong: 2, atMost: mostWrong(100, 30, 2), rate: "17.0" },
      ],
    });
    expect(statement.says.at(-1)).toBe(
      "抽中的30份中有2份有问题，则有95%的把握认为全部100份中有问题的不超过17份（17.0%）。",
    );
    expect(statement.moneyUnknown).toBe(10);
    expect(statement.says[1]).toContain("另有10份金额未填");
  });

  test("chance within groups supports a word about each group", () => {
    const sample = drawSample(population, { method: "stratified", size: 20, seed: "一" });
    const { inference } = sampleStatement(sample, population, null);
    expect(
      inference.kind === "bounds" && inference.bounds.map(({ stratum, sample: n }) => [stratum, n]),
    ).toEqual([
      ["丙局", 2],
      ["乙局", 6],
      ["甲局", 12],
    ]);
  });

  test.each(["money", "risk"] as const)("%s supports none, and says so", (method) => {
    const sample = drawSample(population, { method, size: 30, seed: "一" });
    const { inference, says } = sampleStatement(sample, population, none(sample.chosen));
    expect(inference).toMatchObject({ kind: "none", why: expect.stringContaining("不能推断未抽中的项目") });
    expect(says.join("")).not.toContain("95%");
  });

  test("half a review supports nothing yet", () => {
    const sample = drawSample(population, { method: "random", size: 30, seed: "一" });
    const { inference } = sampleStatement(sample, population, none(sample.chosen.slice(1)));
    expect(inference).toMatchObject({ kind: "none", why: expect.stringContaining("1份未复核") });
  });

  test("without money its share is not 0 but not known", () => {
    const poor = population.map((unit) => ({ ...unit, money: null }));
    const sample = drawSample(poor, { method: "random", size: 3, seed: "一" });
    expect(sampleStatement(sample, poor, null)).toMatchObject({ moneyShare: null, moneyUnknown: 100 });
  });
});

describe("the deviation of a review", () => {
  test.each([
    ["95", "90.25", "5.00"],
    ["90", "93", "-3.33"],
    ["96.59", "96.59", "0.00"],
  ])("of %s by %s is %s percent", (self, review, percent) => {
    expect(reviewDeviation(self, review)).toMatchObject({ kind: "computed", percent });
  });

  test("is lacking without either score", () => {
    for (const [self, review] of [
      [null, "90"],
      ["90", null],
      ["0", "0"],
      ["优", "90"],
    ] as const)
      expect(reviewDeviation(self, review).kind).toBe("lacking");
  });

  test("factors of correction are data with their source", () => {
    expect(CORRECTION_FACTORS).toMatchObject({
      byGradesLower: { 1: "0.9", 2: "0.8", 3: "0.7" },
      basis: { instrument: "sichuan-2025-5", standing: "secondary" },
    });
  });
});
