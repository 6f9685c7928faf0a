import {
  changeCallDue,
  createCall,
  getCall,
  getHistory,
  getWorkbench,
  listCalls,
  listReminders,
  openSubmission,
  previewCall,
  receiveSubmission,
  startSubmission,
  submitSubmission,
} from "@jiheng/contract/http";
import { ROLES } from "@jiheng/workflow";
import { afterAll, beforeAll, expect, test } from "vitest";
import { standingsThatWaitFor } from "../src/features/calls/waits-for.ts";
import { newId } from "../src/platform/ids.ts";
import { searchTerms } from "../src/platform/search-terms.ts";
import { type TestServer, testServer } from "./client.ts";
import {
  approvedDeclaration,
  filledEvaluation,
  matter,
  newProject,
  type SixPeople,
  sixPeople,
} from "./life-cycle-steps.ts";

const YEAR = 2025;
const PROJECTS = 900;
let server: TestServer;
let people: SixPeople;

beforeAll(async () => {
  server = await testServer();
  people = await sixPeople(server);
});

afterAll(async () => {
  await server.close();
});

test("a call issues a form for each of 900 projects at once, and shows how far each unit is", async () => {
  const { clerk, department, finance, head } = people;
  const { departments, root } = server.home;
  const project = await newProject(clerk, server, "管网维护");
  const { declaration, evaluation } = matter(61, YEAR);
  await approvedDeclaration(people, project, YEAR, declaration);
  const units = departments.flatMap(({ id, units: own }) =>
    own.map((each) => ({ department: id, unit: each.id })),
  );
  const rows = Array.from({ length: PROJECTS - 1 }, (_, index) => {
    const name = `布置项目${index}`;
    const home = units[index % units.length];
    return {
      ...{
        region: "test",
        id: newId(),
        department: home?.department ?? "",
        unit: home?.unit ?? "",
        name,
        code: null,
      },
      ...{ search: searchTerms(name), placeholder_reason: null, parent: null, created_at: new Date() },
    };
  });
  for (let from = 0; from < rows.length; from += 300)
    await server.platform.db
      .insertInto("project")
      .values(rows.slice(from, from + 300))
      .execute();

  const body = {
    ...{ year: YEAR, kind: "self-evaluation" as const, scope: root.id, title: "2025年度绩效自评" },
    due: "2099-03-31T10:00:00Z",
  };
  const narrow = await department.call(createCall, { body });
  expect(narrow.problem?.code).toBe("out-of-scope");
  const past = await finance.call(createCall, { body: { ...body, due: "2020-03-31T10:00:00Z" } });
  expect(past.problem?.code).toBe("past-due");
  const asked = { year: String(body.year), kind: body.kind, scope: body.scope };
  const { body: before } = await finance.done(previewCall, { query: asked });
  const made = await finance.done(createCall, { body });
  expect([before.issued, before.existing]).toEqual([made.body.issued, made.body.existing]);
  expect(before.units).toBeGreaterThan(0);
  const { body: after } = await finance.done(previewCall, { query: asked });
  expect([after.issued, after.existing]).toEqual([0, before.issued + before.existing]);
  expect(made.body).toMatchObject({ issued: PROJECTS, existing: 0, placeholders: 0 });
  const again = await finance.done(createCall, { body });
  expect(again.body).toMatchObject({ issued: 0, existing: PROJECTS });

  const call = made.body.call.id;
  const bench = await clerk.done(getWorkbench, { query: { limit: "200" } });
  expect(bench.body.counts).toEqual([
    { year: YEAR, kind: "self-evaluation", state: "issued", desk: null, forms: 226 },
  ]);
  const submission = bench.body.items.find((each) => each.project === project)?.id ?? "";
  const revision = await filledEvaluation(clerk, submission, evaluation);
  await clerk.done(submitSubmission, { params: { submission }, body: {}, ifMatch: revision });
  expect((await head.done(getWorkbench)).body.items.map(({ id }) => id)).toEqual([submission]);
  await head.done(receiveSubmission, { params: { submission }, body: {} });
  expect((await head.done(getWorkbench)).body.counts).toEqual([
    { year: YEAR, kind: "self-evaluation", state: "under-review", desk: "unit", forms: 1 },
  ]);
  expect((await department.done(getWorkbench)).body.items).toEqual([]);

  const progress = await finance.done(getCall, { params: { call } });
  expect(progress.body.units).toHaveLength(4);
  expect(progress.body.units.reduce((sum, { forms }) => sum + forms, 0)).toBe(PROJECTS);
  expect(progress.body.units.reduce((sum, { handedIn }) => sum + handedIn, 0)).toBe(1);
  const own = await clerk.done(getCall, { params: { call } });
  expect(own.body.units).toHaveLength(1);
  const stranger = await server.asAccount(server.other.accounts["finance-officer"]);
  expect((await stranger.call(getCall, { params: { call } })).problem?.code).toBe("not-found");
  expect((await stranger.done(listCalls)).body.items).toEqual([]);
  expect((await clerk.done(listCalls)).body.items.map(({ id }) => id)).toContain(call);

  // A later deadline, with its reason, for all that is not handed in.
  const moved = await finance.done(changeCallDue, {
    params: { call },
    body: { due: "2099-04-30T10:00:00Z", reason: "统一顺延一个月。" },
  });
  expect(moved.body.changed).toBe(PROJECTS - 1);
  const history = await clerk.done(getHistory, {
    params: { submission: bench.body.items.find(({ id }) => id !== submission)?.id ?? "" },
  });
  expect(history.body.items[0]).toMatchObject({
    type: "submission.due-changed",
    says: expect.stringContaining("统一顺延一个月"),
  });
  const theirs = await department.call(changeCallDue, {
    params: { call },
    body: { due: "2099-05-30T10:00:00Z", reason: "再延" },
  });
  expect(theirs.problem?.code).toBe("out-of-scope");
});

test("reminders tell what is due soon and what is overdue, of what may be seen", async () => {
  const { clerk, department } = people;
  const project = await newProject(clerk, server, "催办项目");
  const now = Date.now();
  const made = await department.done(createCall, {
    body: {
      ...{
        year: YEAR + 1,
        kind: "monitoring",
        month: 7,
        scope: server.home.departments[0].id,
        title: "一至七月监控",
      },
      due: new Date(now + 3 * 86_400_000 + 60_000).toISOString(),
    },
  });
  expect(made.body.issued).toBeGreaterThan(0);
  const all = async (days: string, who = clerk) => {
    const items = [];
    for (let after: string | undefined; ; ) {
      const { body } = await who.done(listReminders, {
        query: { days, limit: "150", ...(after === undefined ? {} : { after }) },
      });
      items.push(...body.items);
      if (body.next === null) return items;
      after = body.next;
    }
  };
  const soon = await all("5");
  expect(new Set(soon.map(({ id }) => id)).size).toBe(soon.length);
  expect(soon.find((item) => item.project === project)).toMatchObject({ overdue: false, daysLeft: 3 });
  expect(await all("1")).toEqual([]);
  try {
    server.setNow(new Date(now + 5 * 86_400_000));
    // The sessions of today are over by then.
    const late = await all("0", await server.as("clerk"));
    expect(late.find((item) => item.project === project)).toMatchObject({ overdue: true });
    expect(late).toHaveLength(soon.length);
  } finally {
    server.setNow(null);
  }
  const noMonth = await department.call(createCall, {
    body: {
      ...{ year: YEAR, kind: "monitoring", scope: server.home.departments[0].id, title: "没有月份" },
      due: "2099-01-01T00:00:00Z",
    },
  });
  expect(noMonth.problem?.code).toBe("invalid-input");
});

test("what is begun or issued waits for its clerk, what is nobody's waits for nobody", async () => {
  const { clerk, publication } = people;
  const project = await newProject(clerk, server, "自行申报");
  const opened = await clerk.done(openSubmission, {
    body: { year: YEAR, kind: "target-declaration", project },
  });
  const bench = await clerk.done(getWorkbench, { query: { year: String(YEAR), limit: "200" } });
  expect(bench.body.counts).toContainEqual({
    year: YEAR,
    kind: "target-declaration",
    state: "draft",
    desk: null,
    forms: 1,
  });
  expect((await publication.done(getWorkbench)).body.items.every(({ state }) => state === "approved")).toBe(
    true,
  );
  for (const role of ROLES)
    expect(
      standingsThatWaitFor(role).some(({ state }) => state === "not-issued" || state === "archived"),
    ).toBe(false);
  expect(standingsThatWaitFor("auditor")).toEqual([]);
  // Plans and reports that are approved are nobody's to publish.
  expect([...new Set(standingsThatWaitFor("publication-officer").map(({ kind }) => kind))]).toEqual([
    "self-evaluation",
  ]);
  expect(standingsThatWaitFor("unit-head").every(({ desk }) => desk === "unit")).toBe(true);
  const twice = await clerk.call(startSubmission, {
    params: { submission: opened.body.submission.id },
    body: { from: "blank" },
  });
  expect(twice.problem?.code).toBe("wrong-state");
  expect(server.faults).toEqual([]);
});
