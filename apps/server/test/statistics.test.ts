import { getOverview, listIndicatorUses, searchIndicators } from "@jiheng/contract/http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestServer, testServer } from "./client.ts";
import { plantForm } from "./plant-form.ts";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
  await plantForm(server, {
    grade: "优",
    totalScore: "95.00",
    expenditure: 1_234_567n,
    findings: [{ fingerprint: "a", rule: "r", code: "AR-60" }],
  });
  await plantForm(server, { unit: 1, grade: "良", totalScore: "84.09", expenditure: 10n, name: "城区绿化" });
  await plantForm(server, { unit: 1, state: "draft", name: "排水管网" });
  await plantForm(server, {
    department: 1,
    grade: "优",
    totalScore: "100.00",
    expenditure: 5n,
    name: "农村道路",
  });
  await plantForm(server, {
    region: server.other,
    grade: "差",
    totalScore: "10.00",
    expenditure: 9_999_999n,
  });
  await plantForm(server, { year: 2023, grade: "中", totalScore: "70.00", expenditure: 7n });
});
afterAll(() => server?.close());

describe("the overview of a body", () => {
  it("counts a department's forms by unit, to the fen, and says what has no figure", async () => {
    const [department] = server.home.departments;
    const client = await server.as("department-reviewer");
    const { body } = await client.done(getOverview, { query: { year: "2024", organisation: department.id } });
    expect(body.totals.money.expenditure).toBe("12345.77");
    expect(body.totals.formsWithoutMoney).toBe(1);
    expect(body.totals.projects).toBe(4);
    expect(body.totals.grades.map(({ grade, forms }) => [grade, forms]).sort()).toEqual([
      ["优", 1],
      ["良", 1],
    ]);
    expect(body.bodies.map((each) => each.name)).toEqual(department.units.map(({ name }) => name));
    expect(body.bodies[1]?.forms).toEqual(
      expect.arrayContaining([
        { kind: "self-evaluation", state: "approved", forms: 1 },
        { kind: "self-evaluation", state: "draft", forms: 1 },
      ]),
    );
    expect(body.scores).toEqual([
      { from: 80, forms: 1 },
      { from: 95, forms: 1 },
    ]);
    expect(body.formsWithoutScore).toBe(1);
    expect(body.rules).toEqual([{ code: "AR-60", rule: "r", force: "must", forms: 1, findings: 1 }]);
  });

  it("adds up the region and never another one; 100 belongs to the last band", async () => {
    const client = await server.as("finance-officer");
    const { body } = await client.done(getOverview, {
      query: { year: "2024", organisation: server.home.root.id },
    });
    expect(body.totals.money.expenditure).toBe("12345.82");
    expect(body.bodies).toHaveLength(2);
    expect(body.scores.at(-1)).toEqual({ from: 95, forms: 2 });
    const foreign = await client.call(getOverview, {
      query: { year: "2024", organisation: server.other.root.id },
    });
    expect(foreign.problem?.code).toBe("not-found");
  });

  it("is not for those outside the body", async () => {
    const client = await server.as("clerk");
    const answer = await client.call(getOverview, {
      query: { year: "2024", organisation: server.home.departments[1].id },
    });
    expect(answer.problem?.code).toBe("out-of-scope");
    const own = await client.call(getOverview, {
      query: { year: "2024", organisation: server.home.departments[0].units[0]?.id ?? "" },
    });
    expect(own.status).toBe(200);
    expect(own.body.rules.map(({ code, forms }) => [code, forms])).toEqual([["AR-60", 1]]);
  });

  it("asks the database no more than ten times, whatever the number of bodies", async () => {
    const asked: unknown[] = [];
    const watched = new WeakSet<object>();
    server.database.pool.on("acquire", (client) => {
      if (watched.has(client)) return;
      watched.add(client);
      const own = client.query.bind(client) as (...args: unknown[]) => unknown;
      client.query = ((...given: unknown[]) => {
        asked.push(given[0]);
        return own(...given);
      }) as typeof client.query;
    });
    const client = await server.as("finance-officer");
    asked.length = 0;
    await client.done(getOverview, { query: { year: "2024", organisation: server.home.root.id } });
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.length).toBeLessThanOrEqual(10);
  });
});

describe("the library of indicators", () => {
  it("finds names by characters and by pinyin initials, with their distribution", async () => {
    const client = await server.as("clerk");
    const { body } = await client.done(searchIndicators, { query: { q: "满意度" } });
    const first = body.indicators[0];
    expect(body.year).toBe(2024);
    expect(first?.name).toContain("满意度");
    expect(first?.rows).toBeGreaterThanOrEqual(4);
    expect(first?.targets?.low).toMatch(/^\d/);
    const initials = await client.done(searchIndicators, { query: { q: "myd" } });
    expect(initials.body.indicators.map(({ name }) => name)).toContain(first?.name);
  });

  it("opens with what is used most, and is read category by category", async () => {
    const client = await server.as("clerk");
    const { body } = await client.done(searchIndicators, { query: {} });
    const rows = body.indicators.map((each) => each.rows);
    expect(rows.length).toBeGreaterThan(3);
    expect(rows).toEqual(rows.toSorted((one, other) => other - one));
    expect(body.categories.map(({ title }) => title)).toContain("数量指标");
    for (const { category, title, rows: stated } of body.categories) {
      const { indicators } = (await client.done(searchIndicators, { query: { category, limit: "50" } })).body;
      expect(indicators.length, title).toBeGreaterThan(0);
      // A name may stand under two categories: no fewer rows than the category has.
      const names = new Map(indicators.map((each) => [each.name, each.rows]));
      expect(
        [...names.values()].reduce((sum, each) => sum + each, 0),
        title,
      ).toBeGreaterThanOrEqual(stated);
    }
    const named = async (category: string) =>
      (await client.done(searchIndicators, { query: { q: "满意度", category } })).body.indicators.length;
    const satisfied = body.categories.find(({ title }) => title.includes("满意度"))?.category ?? "";
    expect(await named(satisfied)).toBeGreaterThan(0);
    expect(await named("quantity")).toBe(0);
    expect(await named("没有这一类")).toBe(0);
  });

  it("leads to the forms that use a name, as far as one may see them", async () => {
    const client = await server.as("department-reviewer");
    const [first] = (await client.done(searchIndicators, { query: { q: "满意度" } })).body.indicators;
    const query = { name: first?.name ?? "", year: "2024", unit: first?.unit ?? "" };
    const mine = (await client.done(listIndicatorUses, { query })).body.items;
    const all = (await (await server.as("finance-officer")).done(listIndicatorUses, { query })).body.items;
    expect(all.length).toBe(4);
    expect(mine.length).toBe(3);
    expect(mine.map(({ projectName }) => projectName)).not.toContain("农村道路");
    expect(first?.boilerplate).toBe(0);
    const page = { ...query, limit: "2" };
    const one = (await client.done(listIndicatorUses, { query: page })).body;
    const two = (await client.done(listIndicatorUses, { query: { ...page, after: one.next ?? "" } })).body;
    expect([...one.items, ...two.items]).toEqual(mine);
    expect(two.next).toBeNull();
    const none = { ...query, unit: "没有这个单位" };
    expect((await client.done(listIndicatorUses, { query: none })).body.items).toEqual([]);
  });

  it("finds nothing for signs, and nothing of another region", async () => {
    const client = await server.as("clerk");
    expect((await client.done(searchIndicators, { query: { q: "％＊" } })).body.indicators).toEqual([]);
    const foreign = await server.asAccount(server.other.accounts.clerk);
    const { body } = await foreign.done(searchIndicators, { query: { q: "满意度" } });
    expect(body.indicators.every(({ rows }) => rows === 1)).toBe(true);
  });

  it("is not for administrators", async () => {
    const client = await server.as("administrator");
    expect((await client.call(searchIndicators, { query: { q: "满意度" } })).problem?.code).toBe(
      "not-allowed",
    );
  });
});
