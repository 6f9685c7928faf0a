import {
  answerRectification,
  decideExtension,
  extendRectification,
  listEvents,
  listRectifications,
  listUses,
  openRectification,
  recordUse,
  verifyRectification,
} from "@jiheng/contract/http";
import { variedForm } from "@jiheng/specimens";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { propose } from "../src/features/results/propose.ts";
import type { UndecidedForm } from "../src/features/results/store.ts";
import { type TestServer, testServer } from "./client.ts";
import { plantForm } from "./plant-form.ts";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
  server.setNow(new Date("2025-04-01T02:00:00Z"));
});
afterAll(() => server?.close());

const problem = "总分与各行得分之和不一致，请核对后更正。";

describe("the rectification ledger", () => {
  it("goes from opening over the owner's answer to acceptance, and knows next year's form", async () => {
    const finding = { fingerprint: "f1", rule: "total-mismatch", code: "AR-100" };
    const { submission, project } = await plantForm(server, { findings: [finding] });
    const reviewer = await server.as("department-reviewer");
    const clerk = await server.as("clerk");
    const input = { submission, finding: "f1", problem, due: "2025-05-01" };
    expect((await clerk.call(openRectification, { body: input })).problem?.code).toBe("not-allowed");
    const { body: entry } = await reviewer.done(openRectification, { body: input });
    expect(entry).toMatchObject({ state: "open", nextYear: "not-yet", overdue: false });
    expect((await reviewer.call(openRectification, { body: input })).problem?.code).toBe("already-exists");
    expect(
      (await reviewer.call(openRectification, { body: { ...input, finding: "f2" } })).problem?.code,
    ).toBe("not-found");

    const params = { year: "2024", id: entry.id };
    const verdict = { accepted: true, note: "已核对更正后的表" };
    expect((await reviewer.call(verifyRectification, { params, body: verdict })).problem?.code).toBe(
      "wrong-state",
    );
    const measure = { measure: "已按各行得分重新合计，并由财务复核。" };
    expect((await reviewer.call(answerRectification, { params, body: measure })).problem?.code).toBe(
      "not-allowed",
    );
    await clerk.done(answerRectification, { params, body: measure });
    const sentBack = await reviewer.done(verifyRectification, {
      params,
      body: { accepted: false, note: "没有附更正后的表" },
    });
    expect(sentBack.body.state).toBe("reopened");
    await clerk.done(answerRectification, { params, body: measure });
    expect((await reviewer.done(verifyRectification, { params, body: verdict })).body.state).toBe("verified");
    expect((await clerk.call(answerRectification, { params, body: measure })).problem?.code).toBe(
      "wrong-state",
    );

    const ledger = async () =>
      (await reviewer.done(listRectifications, { query: { organisation: server.home.departments[0].id } }))
        .body.items[0]?.nextYear;
    await plantForm(server, { year: 2025, project, findings: [{ ...finding, fingerprint: "other" }] });
    expect(await ledger()).toBe("again");
    await server.platform.db.deleteFrom("finding_row").where("year", "=", 2025).execute();
    expect(await ledger()).toBe("gone");
    const { rows } = { rows: await server.platform.db.selectFrom("event").select("type").execute() };
    expect(rows.map(({ type }) => type)).toEqual([
      "rectification.opened",
      ...Array.from({ length: 4 }, () => "rectification.moved"),
    ]);
  });

  it("puts a deadline off for a reason, when a reviewer allows it", async () => {
    const { submission } = await plantForm(server, { name: "要延期的项目" });
    const [reviewer, clerk] = [await server.as("department-reviewer"), await server.as("clerk")];
    const { body: entry } = await reviewer.done(openRectification, {
      body: { submission, problem, due: "2025-04-05" },
    });
    const params = { year: "2024", id: entry.id };
    const ask = (due: string, reason = "验收推迟到五月") =>
      clerk.call(extendRectification, { params, body: { due, reason } });
    expect((await ask("2025-04-05")).problem?.code).toBe("wrong-state");
    const asked = await ask("2025-05-10");
    expect(asked.body).toMatchObject({
      due: "2025-04-05",
      extensions: [{ to: "2025-05-10", granted: null }],
    });
    expect((await ask("2025-05-20")).problem?.code).toBe("already-exists");
    const of = (extension: string) => ({ ...params, extension });
    const first = of(asked.body.extensions[0]?.id ?? "");
    expect(
      (await clerk.call(decideExtension, { params: first, body: { granted: true } })).problem?.code,
    ).toBe("not-allowed");
    const silent = await reviewer.call(decideExtension, { params: first, body: { granted: false } });
    expect(silent.problem?.code).toBe("reason-missing");
    const refused = await reviewer.done(decideExtension, {
      params: first,
      body: { granted: false, note: "材料已经齐了" },
    });
    expect(refused.body).toMatchObject({ due: "2025-04-05", extensions: [{ granted: false }] });
    const second = await ask("2025-05-20");
    const granted = await reviewer.done(decideExtension, {
      params: of(second.body.extensions[1]?.id ?? ""),
      body: { granted: true },
    });
    expect(granted.body.due).toBe("2025-05-20");
    expect(granted.body.extensions[1]).toMatchObject({ from: "2025-04-05", granted: true });
    expect(granted.body.extensions[1]?.decidedBy).not.toBeNull();
    const own = await reviewer.done(extendRectification, {
      params,
      body: { due: "2025-06-01", reason: "系统停机一周" },
    });
    expect(own.body).toMatchObject({ due: "2025-06-01", extensions: [{}, {}, { granted: true }] });
    const { body: events } = await (await server.as("auditor")).done(listEvents, {
      query: { type: "rectification.extension-decided" },
    });
    expect(events.items.map(({ body }) => body)).toMatchObject([
      { granted: true, due: "2025-06-01" },
      { granted: true, due: "2025-05-20" },
      { granted: false, due: "2025-04-05", note: "材料已经齐了" },
    ]);
  });

  it("says what is overdue, by the day in China, and pages by deadline", async () => {
    const reviewer = await server.as("department-reviewer");
    for (const due of ["2025-04-20", "2025-04-10", "2025-04-15"]) {
      const { submission } = await plantForm(server, { unit: 1, name: `至${due}` });
      await reviewer.done(openRectification, { body: { submission, problem, due } });
    }
    server.setNow(new Date("2025-04-10T16:30:00Z"));
    const later = await server.as("department-reviewer");
    const unit = server.home.departments[0].units[1]?.id ?? "";
    const due: string[] = [];
    const overdue: boolean[] = [];
    for (let after: string | null | undefined; after !== null; ) {
      const { body } = await later.done(listRectifications, {
        query: { organisation: unit, limit: "1", ...(after ? { after } : {}) },
      });
      due.push(...body.items.map((item) => item.due));
      overdue.push(...body.items.map((item) => item.overdue));
      after = body.next;
    }
    expect(due).toEqual(["2025-04-10", "2025-04-15", "2025-04-20"]);
    expect(overdue).toEqual([true, false, false]);
    const late = await later.call(openRectification, {
      body: { submission: (await plantForm(server)).submission, problem, due: "2025-04-10" },
    });
    expect(late.problem?.code).toBe("wrong-state");
  });

  it("is closed to other departments and regions", async () => {
    const { submission } = await plantForm(server, { department: 1 });
    const foreign = await plantForm(server, { region: server.other });
    const reviewer = await server.as("department-reviewer");
    const body = { problem, due: "2025-09-01" };
    expect((await reviewer.call(openRectification, { body: { submission, ...body } })).problem?.code).toBe(
      "out-of-scope",
    );
    expect(
      (await reviewer.call(openRectification, { body: { submission: foreign.submission, ...body } })).problem
        ?.code,
    ).toBe("not-found");
  });
});

describe("the use of results", () => {
  it("weighs review, problems, execution and lamps, and says from what a proposal comes", () => {
    const row = {
      ...{
        id: "a",
        project: "p",
        project_name: "甲",
        grade: "优",
        total_score: "98",
        policy: "national-2020",
      },
      ...{ adjusted_budget: 100n, expenditure: 95n, review_form: null, problems: 0, open_problems: 0 },
      ...{ monitored: null, month: null },
    };
    const form = variedForm({ seed: 3, template: "national", year: 2024 });
    const reviewed = (mark: string) => ({
      ...form,
      funds: [],
      indicators: form.indicators.slice(0, 1).map((each) => ({ ...each, reviewScore: mark })),
    });
    const decided = (more: Partial<UndecidedForm>) => propose({ ...row, ...more });
    expect(decided({})).toMatchObject({ decision: "keep", reviewScore: null });
    expect(decided({}).says).toContain("未经复核");
    expect(decided({ review_form: reviewed("95") })).toMatchObject({
      decision: "priority",
      reviewScore: "95",
    });
    expect(decided({ review_form: reviewed("85") }).decision).toBe("keep");
    expect(decided({ review_form: reviewed("65") }).decision).toBe("cut");
    const slow = decided({ review_form: reviewed("95"), expenditure: 79n });
    expect(slow.decision).toBe("keep");
    expect(slow.says).toContain("预算执行率79%，低于80%");
    expect(decided({ review_form: reviewed("95"), expenditure: 59n }).decision).toBe("cut");
    const open = decided({ review_form: reviewed("95"), problems: 2, open_problems: 1 });
    expect(open.decision).toBe("keep");
    expect(open.says).toContain("下达整改2处（已验收1处）");
    expect(decided({ review_form: reviewed("95"), problems: 2 }).decision).toBe("priority");
    const lagging = {
      ...form,
      funds: form.funds.map((fund) => ({ ...fund, adjustedBudget: "100", expenditure: "1" })),
    };
    expect(decided({ review_form: reviewed("95"), monitored: lagging, month: 7 })).toMatchObject({
      decision: "keep",
      says: expect.stringContaining("资金红灯"),
    });
    expect(decided({ grade: null, total_score: null }).decision).toBeNull();
  });

  it("suggests by grade, records a decision in fen, and asks for an approved form", async () => {
    const officer = await server.as("finance-officer");
    const poor = await plantForm(server, { department: 1, grade: "中", name: "低效项目" });
    const blank = await plantForm(server, { department: 1, grade: null, name: "无等级项目" });
    const draft = await plantForm(server, { department: 1, state: "draft", name: "未审项目" });
    const query = { year: "2024", organisation: server.home.departments[1].id };
    const before = (await officer.done(listUses, { query })).body;
    const suggested = new Map(before.suggested.map((each) => [each.submission, each.decision]));
    expect(suggested.get(poor.submission)).toBe("cut");
    expect(suggested.get(blank.submission)).toBeNull();
    expect(suggested.has(draft.submission)).toBe(false);

    const use = { decision: "cut", amount: "-120000.50", reason: "两年连续低于八十分，压减一成。" } as const;
    const { body } = await officer.done(recordUse, { body: { submission: poor.submission, ...use } });
    expect(body.amount).toBe("-120000.50");
    const after = (await officer.done(listUses, { query })).body;
    expect(after.decided.map(({ amount }) => amount)).toEqual(["-120000.50"]);
    expect(after.suggested.map(({ submission }) => submission)).not.toContain(poor.submission);
    expect(
      (await officer.call(recordUse, { body: { submission: draft.submission, ...use } })).problem?.code,
    ).toBe("wrong-state");
    const clerk = await server.as("clerk");
    expect(
      (await clerk.call(recordUse, { body: { submission: poor.submission, ...use } })).problem?.code,
    ).toBe("not-allowed");
  });
});
