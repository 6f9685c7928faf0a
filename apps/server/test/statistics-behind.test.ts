import {
  getBodyStatistics,
  getMoneyStatistics,
  getOverfulfilment,
  getPointStatistics,
  getScoreStatistics,
  getYearStatistics,
  listFormsBehind,
} from "@jiheng/contract/http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Received, type TestClient, type TestServer, testServer } from "./client.ts";
import { plantForm } from "./plant-form.ts";

let server: TestServer;
let finance: TestClient;

/** Fen: initial, adjusted, spent; null is a blank. */
type Amounts = readonly [bigint | null, bigint | null, bigint | null];

const AMOUNTS: readonly Amounts[] = [
  [1_000_000n, 1_200_000n, 900_000n],
  [1_000_000n, 800_000n, 800_000n],
  [1_000_000n, 1_000_000n, 1_100_000n],
  [0n, 500_000n, 500_000n],
  [0n, 0n, 0n],
  [null, 1_000_000n, 1_000_000n],
  // So far apart that one is in another unit: with all three amounts, and with one that is missing.
  [1_000_000n, 1_000_000n, 900_000_000n],
  [null, 1_000_000n, 900_000_000n],
  [1_000n, 1_000_000n, 100n],
  [1_000_000n, -200_000n, 100_000n],
  [700_000n, 600_000n, 300_000n],
  [2_000_000n, 2_000_000n, 2_000_000n],
];

beforeAll(async () => {
  server = await testServer();
  finance = await server.as("finance-officer");
  for (const [index, [initial, adjusted, spent]] of AMOUNTS.entries()) {
    const { submission, form } = await plantForm(server, {
      seed: 40 + index,
      department: (index % 2) as 0 | 1,
      unit: ((index >> 1) % 2) as 0 | 1,
      name: `对数项目${index}`,
      totalScore:
        index === 2 ? null : `${Math.min(100, 60 + ((index * 7) % 12) * 4)}.5`.replace("100.5", "100"),
      grade: index === 2 ? null : index % 3 ? "优" : "良",
    });
    await server.platform.db
      .updateTable("submission")
      .set({
        initial_budget: initial,
        adjusted_budget: adjusted,
        expenditure: spent,
        recomputed_low: "80",
        recomputed_high: "85",
      })
      .where("id", "=", submission)
      .execute();
    const rows = server.platform.db.updateTable("indicator_row").where("submission", "=", submission);
    // One unit of measure is not named, and one name is missing: neither may take others with it.
    if (index % 3 === 0) await rows.where("position", "=", 0).set({ unit: null }).execute();
    if (index === 3) await rows.where("position", "=", 1).set({ name: null }).execute();
    if (index > 8) await rows.where("position", "=", 0).set({ exact: true }).execute();
    if (index % 4 === 1 && form.indicators.length > 2)
      await rows
        .where("position", "=", 2)
        .set({ name: "同名指标", comparison: "≥", compared_target: "2", compared_actual: "5", unit: "个" })
        .execute();
    if (index % 4 === 2)
      await rows
        .where("position", "=", 2)
        .set({ name: "同名指标", comparison: "≥", compared_target: "2", compared_actual: "5", unit: null })
        .execute();
  }
  await plantForm(server, { region: server.other, seed: 60, totalScore: "61", expenditure: 1n });
}, 60_000);
afterAll(() => server?.close());

type Query = Record<string, string>;
/** A figure of a chart: what it is, how many forms it says, how the list is asked for them. */
type Figure = readonly [says: string, forms: number, query: Query];

const base = (): { year: string; organisation: string } => ({
  year: "2024",
  organisation: server.home.root.id,
});

async function figures(): Promise<Figure[]> {
  const asked = { query: base() };
  const scores = (await finance.done(getScoreStatistics, asked)).body;
  const money = (await finance.done(getMoneyStatistics, asked)).body;
  const points = (await finance.done(getPointStatistics, asked)).body;
  const over = (await finance.done(getOverfulfilment, asked)).body;
  const bodies = (await finance.done(getBodyStatistics, asked)).body;
  const years = (await finance.done(getYearStatistics, asked)).body;
  const wayOf = (category: string | null) => category ?? "other";
  return [
    ...scores.bands.map(
      ({ from, forms }): Figure => [
        `band ${from}`,
        forms,
        { from: String(from), below: String(Math.min(101, from + 1)) },
      ],
    ),
    ["without a score", scores.formsWithoutScore, { without: "score" }],
    ["the corner", scores.plane.highScoreLowRate, { corner: "high-score-low-rate" }],
    ...scores.grades.map(
      ({ grade, forms }): Figure => [
        `grade ${grade}`,
        forms,
        grade === null ? { without: "grade" } : { grade },
      ],
    ),
    ...[{ ...money.totals, organisation: base().organisation }, ...money.bodies].flatMap((flow): Figure[] => {
      const { organisation } = flow;
      return [
        ["counted", flow.forms, { money: "counted", organisation }],
        ["incomplete", flow.incomplete, { without: "money", organisation }],
        ["suspect", flow.suspect, { suspect: "yes", organisation }],
        ["negative", flow.negative, { money: "negative", organisation }],
        ["zero", flow.formsZero, { money: "zero", organisation }],
        ["increased", flow.formsIncreased, { money: "increased", organisation }],
        ["decreased", flow.formsDecreased, { money: "decreased", organisation }],
        ["unspent", flow.formsUnspent, { money: "unspent", organisation }],
        ["overspent", flow.formsOverspent, { money: "overspent", organisation }],
      ];
    }),
    ["execution", points.execution.losingForms, { category: "execution" }],
    ...points.categories.map(
      ({ category, losingForms }): Figure => [
        `category ${category}`,
        losingForms,
        { category: wayOf(category) },
      ],
    ),
    ...points.causes.map(({ cause, losingForms }): Figure => [`cause ${cause}`, losingForms, { cause }]),
    ...points.bodies.flatMap(({ organisation, losingForms, cells }): Figure[] => [
      ["body", losingForms, { organisation, category: "any" }],
      ...cells.map(
        (cell): Figure => [
          `cell ${cell.category}`,
          cell.losingForms,
          { organisation, category: wayOf(cell.category) },
        ],
      ),
    ]),
    ...over.bands.map(
      ({ from, forms }): Figure => [`completion ${from}`, forms, { completion: String(from) }],
    ),
    ...over.indicators.map(
      ({ name, unit, forms }): Figure => [
        `indicator ${name} ${unit}`,
        forms,
        { indicator: name, unit: unit ?? "", over: String(over.from) },
      ],
    ),
    ...[{ ...bodies.totals, organisation: base().organisation }, ...bodies.bodies].flatMap(
      ({ organisation, forms, scored, inflation }): Figure[] => [
        ["forms", forms, { organisation }],
        ["scored", scored, { organisation, from: "0" }],
        ["above", inflation.above, { organisation, sign: "above" }],
        ["unmeasured", inflation.formsUnmeasured, { organisation, sign: "unmeasured" }],
        ["boilerplate", inflation.formsBoilerplate, { organisation, sign: "boilerplate" }],
        ["exact", inflation.formsExact, { organisation, sign: "exact" }],
      ],
    ),
    ...years.years.flatMap(({ year, forms, money: own }): Figure[] => [
      ["year", forms, { year: String(year) }],
      ["money of the year", own.forms, { year: String(year), money: "counted" }],
    ]),
  ];
}

describe("a figure of a chart", () => {
  it("leads to exactly as many forms as it says, whatever chart it stands in", async () => {
    const all = await figures();
    const listed: Figure[] = [];
    for (const [says, , query] of all) {
      const { body } = await finance.done(listFormsBehind, { query: { ...base(), ...query } });
      expect(body.items.length).toBe(body.forms);
      listed.push([says, body.forms, query]);
    }
    expect(listed).toEqual(all);
    // A chart of nothing would agree with a list of nothing.
    const kinds = new Map<string, number>();
    for (const [says, forms] of all) {
      const kind = says.split(" ")[0] ?? "";
      kinds.set(kind, Math.max(kinds.get(kind) ?? 0, forms));
    }
    expect([...kinds].filter(([, most]) => most === 0)).toEqual([]);
  });

  it.each([
    ["budget", "adjustedBudget"],
    ["expenditure", "expenditure"],
    ["rate", "rate"],
    ["score", "totalScore"],
    ["recomputed", "recomputed"],
  ] as const)(
    "lists its forms by %s in either direction, page by page, blanks last",
    async (sort, column) => {
      for (const order of ["desc", "asc"] as const) {
        const listed: { submission: string; cell: string | null }[] = [];
        for (let after: string | null | undefined; after !== null; ) {
          const query = { ...base(), sort, order, limit: "5", ...(after === undefined ? {} : { after }) };
          const page: Received<typeof listFormsBehind> = await finance.done(listFormsBehind, { query });
          listed.push(
            ...page.body.items.map((item) => ({ submission: item.submission, cell: item[column] })),
          );
          after = page.body.next;
        }
        expect(new Set(listed.map(({ submission }) => submission)).size).toBe(AMOUNTS.length);
        const cells = listed.map(({ cell }) => cell);
        const stated = cells.filter((cell) => cell !== null);
        expect(cells).toEqual([...stated, ...cells.filter((cell) => cell === null)]);
        if (sort !== "recomputed") expect(new Set(stated).size).toBeGreaterThan(3);
        const sign = order === "asc" ? 1 : -1;
        expect(stated.map(Number)).toEqual(stated.map(Number).toSorted((one, other) => sign * (one - other)));
      }
    },
  );

  it("tells indicators without a unit of measure from those of the same name with one", async () => {
    const { indicators } = (await finance.done(getOverfulfilment, { query: base() })).body;
    const same = indicators.filter(({ name }) => name === "同名指标");
    expect(same.map(({ unit, forms }) => [unit, forms]).sort()).toEqual([
      [null, 3],
      ["个", 3],
    ]);
  });

  it("of a body leads nobody further than the body they may ask about", async () => {
    const reviewer = await server.as("department-reviewer");
    const [own, other] = server.home.departments;
    const cell = { category: "quantity" };
    const mine = { ...base(), ...cell, organisation: own.id };
    const seen = await reviewer.done(listFormsBehind, { query: mine });
    expect(seen.body.forms).toBe((await finance.done(listFormsBehind, { query: mine })).body.forms);
    expect(seen.body).toMatchObject({ organisation: own.name, category: "数量指标" });
    for (const organisation of [other.id, base().organisation])
      expect(
        (await reviewer.call(listFormsBehind, { query: { ...base(), ...cell, organisation } })).problem?.code,
      ).toBe("out-of-scope");
  });
});

describe("money that cannot be drawn", () => {
  it("is left out and counted by why, never taken for nothing", async () => {
    const { totals } = (await finance.done(getMoneyStatistics, { query: base() })).body;
    expect(totals).toMatchObject({ forms: 7, incomplete: 2, suspect: 2, negative: 1, formsZero: 1 });
    const counted = AMOUNTS.filter((_, index) => [0, 1, 2, 3, 4, 10, 11].includes(index));
    const fen = counted.reduce((sum, [initial]) => sum + (initial ?? 0n), 0n);
    expect(BigInt(totals.initialBudget.replace(".", ""))).toBe(fen);
  });
});
