import { openDossier, reviewForm } from "@jiheng/audit";
import { changeRule, getRuleFindings, listPolicies, listRules, shadowRun } from "@jiheng/contract/http";
import { variedForm } from "@jiheng/specimens";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rulesInForce, settingsOn } from "../src/features/rules/index.ts";
import { type TestServer, testServer } from "./client.ts";
import { plantForm } from "./plant-form.ts";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
  server.setNow(new Date("2025-03-10T02:00:00Z"));
});
afterAll(() => server?.close());

const RULE = "points-sum-mismatch";
const wrong = () => {
  const form = variedForm({ seed: 11, template: "national" });
  return { ...form, indicators: form.indicators.slice(1) };
};
const findings = (rules: ReturnType<typeof rulesInForce>) =>
  reviewForm(openDossier(wrong()), rules.rules).findings.filter(({ rule }) => rule === RULE);

describe("the rules of a region", () => {
  it("are the catalogue's until the region changes one, with reason and day", async () => {
    const client = await server.as("finance-officer");
    const { body } = await client.done(listRules);
    expect(body.rules.length).toBeGreaterThan(150);
    expect(body.rules.find(({ id }) => id === RULE)?.inForce).toBeNull();
    expect(findings(rulesInForce([]))[0]?.force).toBe("must");

    const changed = await client.done(changeRule, {
      params: { rule: RULE },
      body: { force: "hint", from: "2025-03-12", reason: "本区附加分单列，合计不为一百" },
    });
    expect(changed.status).toBe(201);
    expect(changed.body.inForce).toBeNull();
    expect(await settingsOn(server.platform.db, "test", "2025-03-11")).toEqual([]);
    const later = await settingsOn(server.platform.db, "test", "2025-03-12");
    expect(findings(rulesInForce(later))[0]?.force).toBe("hint");
    expect(await settingsOn(server.platform.db, "other", "2025-03-12")).toEqual([]);
  });

  it("list a rule that is switched off as not checked, with the reason", async () => {
    const client = await server.as("finance-officer");
    await client.done(changeRule, {
      params: { rule: RULE },
      body: { force: "off", from: "2025-03-20", reason: "改由人工核对分值" },
    });
    const rules = rulesInForce(await settingsOn(server.platform.db, "test", "2025-03-20"));
    expect(findings(rules)).toEqual([]);
    expect(rules.off).toEqual([
      { rule: RULE, code: "AR-60", why: "本地区自2025-03-20起停用这条规则：改由人工核对分值" },
    ]);
  });

  it("cannot be changed for the past, by others, or where a person decides", async () => {
    const officer = await server.as("finance-officer");
    const body = { force: "off", from: "2025-03-09", reason: "试试看行不行" } as const;
    expect((await officer.call(changeRule, { params: { rule: RULE }, body })).problem?.code).toBe(
      "wrong-state",
    );
    const later = { ...body, from: "2025-04-01" };
    expect(
      (await officer.call(changeRule, { params: { rule: "no-such-rule" }, body: later })).problem?.code,
    ).toBe("not-found");
    const human = (await officer.done(listRules)).body.rules.find(({ kind }) => kind === "human")?.id ?? "";
    expect((await officer.call(changeRule, { params: { rule: human }, body: later })).problem?.code).toBe(
      "wrong-state",
    );
    for (const role of ["clerk", "department-reviewer", "auditor", "administrator"] as const)
      expect(
        (await (await server.as(role)).call(changeRule, { params: { rule: RULE }, body: later })).problem
          ?.code,
      ).toBe("not-allowed");
  });

  it("are recorded when they change", async () => {
    const rows = await server.platform.db
      .selectFrom("event")
      .select(["type", "body"])
      .where("region", "=", "test")
      .where("type", "=", "rule.changed")
      .execute();
    expect(rows.map((row) => JSON.parse(row.body).force)).toEqual(["hint", "off"]);
  });
});

describe("a shadow run", () => {
  it("shows what another pack would change, page by page, and writes nothing", async () => {
    for (let seed = 1; seed <= 5; seed++) await plantForm(server, { seed, name: `项目${seed}` });
    const client = await server.as("finance-officer");
    expect((await client.done(listPolicies)).body.policies.map(({ id }) => id)).toContain("hubei-2020");
    const query = { year: "2024", organisation: server.home.root.id };
    const params = { policy: "hubei-2020" };
    const whole = (await client.done(shadowRun, { params, query: { ...query, limit: "200" } })).body;
    expect(whole.items.length + whole.unchanged).toBe(5);
    expect(whole.all).toBe(5);
    const seen: string[] = [];
    let unchanged = 0;
    for (let after: string | null | undefined; after !== null; ) {
      const { body } = await client.done(shadowRun, {
        params,
        query: { ...query, limit: "2", ...(after ? { after } : {}) },
      });
      seen.push(...body.items.map(({ submission }) => submission));
      unchanged += body.unchanged;
      after = body.next;
    }
    expect(seen).toEqual(whole.items.map(({ submission }) => submission));
    expect(unchanged).toBe(whole.unchanged);
    expect((await client.call(shadowRun, { params: { policy: "nowhere-2020" }, query })).problem?.code).toBe(
      "policy-unknown",
    );
  });
});

describe("what a rule found", () => {
  it("is counted in the forms of a body and year, of this rule alone, and pages through them", async () => {
    const code = "AR-04";
    const found = { fingerprint: "a", rule: RULE, code };
    const planted = [
      await plantForm(server, { seed: 21, year: 2023, name: "甲", findings: [found] }),
      await plantForm(server, {
        ...{ seed: 22, year: 2023, name: "乙", department: 1 },
        findings: [found, { ...found, fingerprint: "b" }],
      }),
      await plantForm(server, {
        ...{ seed: 23, year: 2023, name: "丙" },
        findings: [{ ...found, rule: "total-score-mismatch" }],
      }),
    ];
    const client = await server.as("finance-officer");
    const params = { rule: RULE };
    const query = { year: "2023", organisation: server.home.root.id, limit: "1" };
    const first = (await client.done(getRuleFindings, { params, query })).body;
    expect(first).toMatchObject({ examined: 3, forms: 2, findings: 3 });
    expect(first.items).toMatchObject([{ submission: planted[1]?.submission, project: "乙", findings: 2 }]);
    const rest = (
      await client.done(getRuleFindings, { params, query: { ...query, after: first.next ?? "" } })
    ).body;
    expect(rest.items.map(({ submission }) => submission)).toEqual([planted[0]?.submission]);
    expect(rest.next).toBeNull();
    const one = { ...query, organisation: server.home.departments[0].id };
    expect((await client.done(getRuleFindings, { params, query: one })).body).toMatchObject({
      ...{ examined: 2, forms: 1, findings: 1 },
    });
    const clerk = await server.as("clerk");
    expect((await clerk.call(getRuleFindings, { params, query })).problem?.code).toBe("not-allowed");
    expect((await client.call(getRuleFindings, { params: { rule: "nothing" }, query })).problem?.code).toBe(
      "not-found",
    );
  });
});
