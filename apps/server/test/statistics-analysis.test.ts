import { rowOutcomes } from "@jiheng/audit";
import {
  comparePolicyTotals,
  getBodyStatistics,
  getMoneyStatistics,
  getOverfulfilment,
  getPointStatistics,
  getScoreStatistics,
  getYearStatistics,
  listFormsBehind,
} from "@jiheng/contract/http";
import {
  add,
  compare,
  decimal,
  type Form,
  multiply,
  parseDecimal,
  showDecimal,
  subtract,
  ZERO,
} from "@jiheng/domain";
import { completionOf, findPolicy, rowValues, scoreForm } from "@jiheng/scoring";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestClient, type TestServer, testServer } from "./client.ts";
import { type PlantedForm, plantForm } from "./plant-form.ts";

let server: TestServer;
let finance: TestClient;
const planted: (PlantedForm & { department: 0 | 1; unit: 0 | 1; state: string; total: string | null })[] = [];

beforeAll(async () => {
  server = await testServer();
  finance = await server.as("finance-officer");
  for (let seed = 10; seed < 22; seed++) {
    const [department, unit] = [(seed % 2) as 0 | 1, ((seed >> 1) % 2) as 0 | 1];
    const state = ["approved", "draft", "submitted"][seed % 3] ?? "approved";
    const total = seed === 14 ? null : `${70 + ((seed * 7) % 30)}.5`;
    const form = await plantForm(server, {
      seed,
      department,
      unit,
      state,
      name: `分析项目${seed}`,
      totalScore: total,
      grade: total === null ? null : seed % 2 ? "优" : "良",
      expenditure: seed === 15 ? null : BigInt(seed) * 1_000_003n,
    });
    planted.push({ ...form, department, unit, state, total });
  }
  await server.platform.db
    .updateTable("submission")
    .set({ adjusted_budget: 30_000_000n })
    .where("year", "=", 2024)
    .where("expenditure", "is not", null)
    .execute();
  // Neither another region, nor another year, nor a form that nobody began is counted.
  await plantForm(server, { region: server.other, seed: 30, totalScore: "99", expenditure: 1n });
  await plantForm(server, { year: 2023, seed: 31, totalScore: "88", grade: "良", expenditure: 500n });
  await plantForm(server, { seed: 32, state: "issued", name: "未开始", totalScore: "1" });
});
afterAll(() => server?.close());

const asked = (more: Record<string, string> = {}) => ({
  query: { year: "2024", organisation: server.home.root.id, ...more },
});
const rowsOf = (forms: readonly { form: Form }[]) => forms.flatMap(({ form }) => form.indicators);
const total = (figures: readonly (string | null)[]) =>
  showDecimal(figures.reduce((sum, figure) => add(sum, parseDecimal(figure) ?? ZERO), ZERO));
function lostOf(rows: readonly { readonly points: string | null; readonly score: string | null }[]): string {
  return showDecimal(
    rows.reduce((sum, { points, score }) => {
      const [of, got] = [parseDecimal(points), parseDecimal(score)];
      return of && got && compare(of, got) > 0 ? add(sum, subtract(of, got)) : sum;
    }, ZERO),
  );
}

describe("scores and execution", () => {
  it("counts bands, those without a score, and places on the plane what has score and money", async () => {
    const { body } = await finance.done(getScoreStatistics, asked());
    expect(body.forms).toBe(planted.length);
    expect(body.formsWithoutScore).toBe(1);
    const bands = Map.groupBy(
      planted.filter((form) => form.total !== null),
      (form) => Math.floor(Number(form.total)),
    );
    expect(body.bands).toEqual(
      [...bands].map(([from, forms]) => ({ from, forms: forms.length })).sort((a, b) => a.from - b.from),
    );
    expect(body.plane.forms).toBe(planted.length - 2);
    expect(body.plane.left).toBe(2);
    const corner = body.plane.points.filter(({ score, rate }) => Number(score) >= 90 && Number(rate) < 80);
    expect(corner.length).toBeGreaterThan(0);
    expect(body.plane.highScoreLowRate).toBe(corner.length);
    expect(body.plane.points.slice(0, corner.length)).toEqual(corner);
    const scores = planted
      .flatMap((form) => (form.total === null ? [] : [Number(form.total)]))
      .sort((a, b) => a - b);
    expect(Number(body.median)).toBe(scores[Math.ceil(scores.length / 2) - 1]);
    expect(body.mean).toBe((scores.reduce((sum, score) => sum + score, 0) / scores.length).toFixed(2));
  });

  it("follows the state that is asked for, and the caller's reach", async () => {
    const decided = await finance.done(getScoreStatistics, asked({ standing: "decided" }));
    expect(decided.body.forms).toBe(planted.filter(({ state }) => state === "approved").length);
    const handed = await finance.done(getScoreStatistics, asked({ standing: "handed-in" }));
    expect(handed.body.forms).toBe(planted.filter(({ state }) => state !== "draft").length);
    const reviewer = await server.as("department-reviewer");
    expect((await reviewer.call(getScoreStatistics, asked())).problem?.code).toBe("out-of-scope");
    const own = await reviewer.done(
      getScoreStatistics,
      asked({ organisation: server.home.departments[0].id }),
    );
    expect(own.body.forms).toBe(planted.filter(({ department }) => department === 0).length);
    const administrator = await server.as("administrator");
    for (const endpoint of [
      getScoreStatistics,
      getMoneyStatistics,
      getPointStatistics,
      getOverfulfilment,
      getBodyStatistics,
      getYearStatistics,
    ] as const)
      expect((await administrator.call(endpoint, asked())).problem?.code).toBe("not-allowed");
  });
});

describe("money", () => {
  it("adds up to the fen over the forms that print all three, and says how many do not", async () => {
    const { body } = await finance.done(getMoneyStatistics, asked());
    const spent = planted.filter((_, index) => index !== 5).map((_, index, all) => all.length && index);
    expect(body.totals.forms).toBe(spent.length);
    expect(body.totals.incomplete).toBe(1);
    const fen = (yuan: string) => BigInt(yuan.replace(".", ""));
    for (const flow of [body.totals, ...body.bodies]) {
      expect(fen(flow.initialBudget) + fen(flow.increased) - fen(flow.decreased)).toBe(
        fen(flow.adjustedBudget),
      );
      expect(fen(flow.adjustedBudget) - fen(flow.unspent) + fen(flow.overspent)).toBe(fen(flow.expenditure));
    }
    const expected = [10n, 11n, 12n, 13n, 14n, 16n, 17n, 18n, 19n, 20n, 21n].reduce(
      (sum, seed) => sum + seed * 1_000_003n,
      0n,
    );
    expect(fen(body.totals.expenditure)).toBe(expected);
    expect(body.bodies.reduce((sum, { expenditure }) => sum + fen(expenditure), 0n)).toBe(expected);
  });
});

describe("amounts that are a hundred times apart", () => {
  it("are left out of the sums and of the plane, counted, and listed", async () => {
    const before = (await finance.done(getMoneyStatistics, asked())).body.totals;
    const [first] = planted;
    const set = (expenditure: bigint) =>
      server.platform.db
        .updateTable("submission")
        .set({ expenditure })
        .where("id", "=", first?.submission ?? "")
        .execute();
    await set(30_000_000n * 10_000n);
    const { totals } = (await finance.done(getMoneyStatistics, asked())).body;
    const { plane } = (await finance.done(getScoreStatistics, asked())).body;
    const { body } = await finance.done(listFormsBehind, asked({ suspect: "yes" }));
    const rate = (await finance.done(getBodyStatistics, asked())).body.totals.priced;
    await set(10n * 1_000_003n);
    expect([totals.forms, totals.suspect, totals.incomplete]).toEqual([before.forms - 1, 1, 1]);
    expect(plane.points.some(({ submission }) => submission === first?.submission)).toBe(false);
    expect(body.items.map(({ submission }) => submission)).toEqual([first?.submission]);
    expect(rate).toBe(planted.length - 2);
  });
});

describe("points lost", () => {
  it("are those of the forms themselves, whole, by category and by body, with what was left out", async () => {
    const { body } = await finance.done(getPointStatistics, asked());
    const rows = rowsOf(planted);
    const marked = rows.filter(({ points, score }) => parseDecimal(points) && parseDecimal(score));
    expect(body.totals.rows).toBe(marked.length);
    expect(body.totals.lacking).toBe(rows.length - marked.length);
    expect(body.totals.points).toBe(total(marked.map(({ points }) => points)));
    expect(body.totals.lost).toBe(lostOf(rows));
    expect(Number(body.totals.lost)).toBeGreaterThan(0);
    expect(total(body.categories.map(({ lost }) => lost))).toBe(body.totals.lost);
    expect(total(body.categories.flatMap(({ causes }) => causes.map(({ lost }) => lost)))).toBe(
      body.totals.lost,
    );
    const quantity = body.categories.find(({ category }) => category === "quantity");
    expect(quantity?.lost).toBe(lostOf(rows.filter(({ level2 }) => level2?.includes("数量"))));
    body.bodies.forEach((each, index) => {
      const own = rowsOf(planted.filter(({ department }) => department === index));
      expect(each.lost).toBe(lostOf(own));
      expect(total(each.cells.map(({ lost }) => lost))).toBe(each.lost);
    });
    const funds = planted.flatMap(({ form }) => form.funds.filter(({ score }) => score !== null).slice(0, 1));
    expect(body.execution.lost).toBe(lostOf(funds));
  });
});

describe("over-fulfilment", () => {
  it("is what reaches the share of the target, where more is better and both are numbers", async () => {
    for (const from of ["110", "130"]) {
      const { body } = await finance.done(getOverfulfilment, asked({ from }));
      const rows = rowsOf(planted);
      const compared = rows.filter((row) => {
        const values = rowValues(row);
        return (
          values.kind === "comparable" && values.target.units > 0n && !["≤", "<"].includes(values.comparison)
        );
      });
      const over = compared.filter((row) => {
        const values = rowValues(row);
        return (
          values.kind === "comparable" &&
          compare(multiply(values.actual, decimal(100)), multiply(values.target, decimal(from))) >= 0
        );
      });
      expect(body.rows).toBe(rows.length);
      expect(body.compared).toBe(compared.length);
      expect(body.left).toBe(rows.length - compared.length);
      expect(body.over).toBe(over.length);
      expect(new Set(body.indicators.map(({ name }) => name))).toEqual(new Set(over.map(({ name }) => name)));
      expect(completionOf(over[0] ?? (rows[0] as never))).not.toBeNull();
    }
  });
});

describe("a row at the very border", () => {
  it("of a share of the target is over-fulfilled from there on, and hit to the unit where it is counted so", async () => {
    const [first] = planted;
    const at = { submission: first?.submission ?? "", position: 0 };
    const rows = () =>
      server.platform.db
        .updateTable("indicator_row")
        .where("submission", "=", at.submission)
        .where("position", "=", at.position);
    const kept = await server.platform.db
      .selectFrom("indicator_row")
      .select(["comparison", "compared_target", "compared_actual", "exact", "score", "points"])
      .where("submission", "=", at.submission)
      .where("position", "=", at.position)
      .executeTakeFirstOrThrow();
    const counts = async () => {
      const over = (await finance.done(getOverfulfilment, asked())).body.over;
      const { totals } = (await finance.done(getBodyStatistics, asked())).body;
      return [over, totals.inflation.exact];
    };
    const near = { comparison: "≥", compared_target: "3", exact: false };
    await rows()
      .set({ ...near, compared_actual: "3.8999" })
      .execute();
    const [under = 0, hits = 0] = await counts();
    await rows()
      .set({ ...near, compared_actual: "3.9", exact: true })
      .execute();
    expect(await counts()).toEqual([under + 1, hits + 1]);
    await rows().set({ comparison: "≤", compared_target: "3", compared_actual: "3.9" }).execute();
    expect((await counts())[0]).toBe(under);
    await rows().set(kept).execute();
  });

  it("states more than recomputed only above the upper bound", async () => {
    const set = (recomputed_high: string | null) =>
      server.platform.db
        .updateTable("submission")
        .set({ recomputed_high, recomputed_low: "1" })
        .where("id", "in", [planted[0]?.submission ?? "", planted[1]?.submission ?? ""])
        .execute();
    const totals = [planted[0]?.total, planted[1]?.total].map(Number).sort((a, b) => a - b);
    await set(String(totals[0]));
    const { inflation } = (await finance.done(getBodyStatistics, asked())).body.totals;
    const { forms } = (await finance.done(listFormsBehind, asked({ sign: "above" }))).body;
    await set(null);
    expect([inflation.recomputed, inflation.above, forms]).toEqual([2, 1, 1]);
    expect(Number(inflation.aboveBy)).toBe((totals[1] ?? 0) - (totals[0] ?? 0));
  });
});

describe("bodies and years", () => {
  it("gives each body its own figures, and the signs of inflated scores with what they are a share of", async () => {
    const { body } = await finance.done(getBodyStatistics, asked());
    expect(body.totals.forms).toBe(planted.length);
    expect(body.bodies.map(({ forms }) => forms)).toEqual(
      [0, 1].map((index) => planted.filter(({ department }) => department === index).length),
    );
    const rows = rowsOf(planted);
    expect(body.totals.inflation.points).toBe(total(rows.map(({ points }) => points)));
    expect(body.totals.inflation.unmeasured).toBe(
      total(rows.filter(({ target }) => parseDecimal(target.value) === null).map(({ points }) => points)),
    );
    expect(body.totals.inflation.rows).toBe(rows.length);
    const said = (text: string | null) => (text ?? "").replace(/[\s，。、；]/g, "");
    const copied = rows.filter(
      ({ target, actual }) =>
        actual.value === null &&
        said(actual.text) !== "" &&
        (said(actual.text) === said(target.text) ||
          /^(已|均已|全部)?(达成|完成|达标|实现)(预期|年度)?(指标|目标)?$/.test(said(actual.text))),
    );
    expect(body.totals.inflation.boilerplate).toBe(copied.length);
    const counted = planted.flatMap(({ form }) =>
      rowOutcomes(form).filter(({ isExact }) => isExact !== null),
    );
    expect(counted.length).toBeGreaterThan(0);
    expect(body.totals.inflation.counted).toBe(counted.length);
    expect(body.totals.grades.reduce((sum, { forms }) => sum + forms, 0)).toBe(planted.length);
  });

  it("goes back over the years, each of its own forms", async () => {
    const { body } = await finance.done(getYearStatistics, asked());
    expect(body.years.map(({ year, forms }) => [year, forms])).toEqual([
      [2023, 1],
      [2024, planted.length],
    ]);
    expect(body.years[0]?.median).toBe("88");
    expect(body.years[0]?.money.expenditure).toBe("5.00");
  });

  it("leaves roll-ups out and says so", async () => {
    const [first] = planted;
    const set = (is_rollup: boolean) =>
      server.platform.db
        .updateTable("submission")
        .set({ is_rollup })
        .where("id", "=", first?.submission ?? "")
        .execute();
    await set(true);
    const { body } = await finance.done(getBodyStatistics, asked());
    const money = await finance.done(getMoneyStatistics, asked());
    await set(false);
    expect([body.totals.forms, body.totals.rollups]).toEqual([planted.length - 1, 1]);
    expect(money.body.rollups).toBe(1);
  });
});

describe("another policy", () => {
  it("gives every form its total under both, in pages", async () => {
    const pack = findPolicy("provincial-common");
    const own = findPolicy("national-2020");
    if (!pack || !own) throw new Error("packs are missing");
    const seen = [];
    for (let after: string | null = null; ; ) {
      const {
        body,
      }: { body: { items: { submission: string; after: { low: string | null } }[]; next: string | null } } =
        await finance.done(comparePolicyTotals, {
          params: { policy: pack.id },
          query: { ...asked().query, limit: "5", ...(after ? { after } : {}) },
        });
      seen.push(...body.items);
      after = body.next;
      if (after === null) break;
    }
    expect(seen.map(({ submission }) => submission).sort()).toEqual(
      planted.map(({ submission }) => submission).sort(),
    );
    for (const { submission, after } of seen) {
      const form = planted.find((each) => each.submission === submission)?.form;
      if (!form) throw new Error("unknown form");
      const { total } = scoreForm(form, pack);
      const low =
        total.kind === "number" ? total.value : total.kind === "bounds" ? (total.between?.[0] ?? null) : null;
      expect(after.low).toBe(low && showDecimal(low));
    }
    const unknown = await finance.call(comparePolicyTotals, {
      params: { policy: "none" },
      query: asked().query,
    });
    expect(unknown.problem?.code).toBe("policy-unknown");
  });
});

describe("the forms behind a figure", () => {
  const behind = async (client: TestClient, more: Record<string, string>) =>
    (await client.done(listFormsBehind, asked(more))).body;

  it("are as many as the figure says, for every kind of figure", async () => {
    const scores = (await finance.done(getScoreStatistics, asked())).body;
    for (const { from, forms } of scores.bands)
      expect((await behind(finance, { from: String(from), below: String(from + 1) })).forms).toBe(forms);
    for (const { grade, forms } of scores.grades)
      expect((await behind(finance, grade === null ? { without: "grade" } : { grade })).forms).toBe(forms);
    expect((await behind(finance, { without: "score" })).forms).toBe(scores.formsWithoutScore);
    const corner = await behind(finance, { corner: "high-score-low-rate" });
    expect(corner.forms).toBe(scores.plane.highScoreLowRate);
    expect((await behind(finance, { without: "money" })).forms).toBe(1);
    const points = (await finance.done(getPointStatistics, asked())).body;
    for (const { category, causes } of points.categories) {
      const own = planted.filter(({ form }) =>
        form.indicators.some(
          (row) => row.level2?.includes("数量") && Number(row.score ?? row.points) < Number(row.points),
        ),
      );
      if (category === "quantity")
        expect(
          (await behind(finance, { category })).items.map(({ submission }) => submission).sort(),
        ).toEqual(own.map(({ submission }) => submission).sort());
      for (const { cause } of causes)
        expect((await behind(finance, { category: category ?? "other", cause })).forms).toBeGreaterThan(0);
    }
    const over = (await finance.done(getOverfulfilment, asked({ from: "110" }))).body;
    for (const { name, over: rows } of over.indicators)
      expect((await behind(finance, { indicator: name, over: "110" })).forms).toBe(rows);
    const bodies = (await finance.done(getBodyStatistics, asked())).body;
    expect((await behind(finance, { sign: "above" })).forms).toBe(bodies.totals.inflation.above);
  });

  it("are paged, and named only to those who may open them", async () => {
    const seen: string[] = [];
    for (let after = ""; ; ) {
      const page = await behind(finance, { limit: "5", ...(after ? { after } : {}) });
      seen.push(...page.items.map(({ submission }) => submission));
      if (page.next === null) break;
      after = page.next;
    }
    expect(seen.toSorted()).toEqual(planted.map(({ submission }) => submission).sort());
    const publication = await server.as("publication-officer");
    const { forms, hidden, items } = await behind(publication, {});
    const decided = planted.filter(({ state }) => state === "approved").length;
    expect([forms, hidden, items.length]).toEqual([planted.length, planted.length - decided, decided]);
    const plane = (await publication.done(getScoreStatistics, asked())).body.plane;
    expect(plane.points.length).toBeLessThan(plane.forms);
  });
});
