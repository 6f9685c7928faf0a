import { randomUUID } from "node:crypto";
import { RULES } from "@jiheng/audit";
import {
  changeDue,
  createProject,
  editForm,
  getForm,
  getSubmission,
  getWorkbench,
  issueSubmission,
  justifyFinding,
  listSubmissions,
  openSubmission,
  replaceForm,
  startSubmission,
  submitSubmission,
} from "@jiheng/contract/http";
import { decimal, type Form, formatDecimal, multiply, parseDecimal, round } from "@jiheng/domain";
import { startFrom } from "@jiheng/workflow";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  importFormInto,
  issueSubmission as issueInside,
  loadSubmission,
  saveForm,
  startSubmission as startInside,
  submitLoaded,
} from "../src/features/submissions/index.ts";
import { carryOut } from "../src/platform/work.ts";
import { type TestServer, testServer } from "./client.ts";
import {
  formOf,
  newEvaluation,
  newProject,
  passDesks,
  type SixPeople,
  setCell,
  sixPeople,
  underHead,
} from "./life-cycle-steps.ts";

const YEAR = 2025;
let server: TestServer;
let people: SixPeople;
let names = 0;

beforeAll(async () => {
  server = await testServer();
  people = await sixPeople(server);
});

afterAll(async () => {
  await server.close();
});

function evaluation(seed: number, due: string | null = null) {
  names += 1;
  return newEvaluation(server, people, { seed, year: YEAR, name: `项目${names}号`, due });
}

describe("two people on one form", () => {
  test("edits of different rows made on the same revision both land", async () => {
    const { submission, revision } = await evaluation(21);
    const [first, second] = (await formOf(people.clerk, submission)).indicators;
    const a = await setCell(
      people.clerk,
      submission,
      revision,
      `indicators[${first?.id}].evidence`,
      "台账一",
    );
    const b = await setCell(
      people.secondClerk,
      submission,
      revision,
      `indicators[${second?.id}].evidence`,
      "台账二",
    );
    expect([a.status, b.status]).toEqual([200, 200]);
    expect([a.body.merged, b.body.merged]).toEqual([false, true]);
    expect(b.revision).toBe(revision + 2);
    const now = await formOf(people.clerk, submission);
    expect(now.indicators.slice(0, 2).map(({ evidence }) => evidence)).toEqual(["台账一", "台账二"]);
  });

  test("the same cell set differently is a conflict with both values, and nothing is saved", async () => {
    const { submission, revision } = await evaluation(22);
    const [row] = (await formOf(people.clerk, submission)).indicators;
    const at = `indicators[${row?.id}].evidence`;
    await setCell(people.clerk, submission, revision, at, "台账甲");
    const late = await setCell(people.secondClerk, submission, revision, at, "台账乙");
    expect(late.status).toBe(409);
    expect(late.problem).toMatchObject({
      code: "conflict",
      errors: [{ at, theirs: "台账甲", mine: "台账乙" }],
    });
    const again = await setCell(people.secondClerk, submission, revision, at, "台账甲");
    expect(again.status).toBe(200);
    const { body } = await people.clerk.done(getForm, { params: { submission } });
    expect(body.form?.indicators[0]?.evidence).toBe("台账甲");
    expect(body.submission.revision).toBe(body.review?.revision);
  });

  test("rows inserted, moved and removed meanwhile keep their identity", async () => {
    const { submission, revision } = await evaluation(23);
    const before = await formOf(people.clerk, submission);
    const [first, second, third] = before.indicators;
    if (!first || !second || !third) throw new Error("too few rows");
    const { id: _, ...values } = { ...third, name: "新增的一项" };
    const added = randomUUID();
    await people.clerk.done(editForm, {
      params: { submission },
      ifMatch: revision,
      body: {
        edits: [
          { op: "insert-row", row: added, after: first.id, values: values as never },
          { op: "move-row", row: third.id, after: null },
        ],
      },
    });
    const merged = await setCell(
      people.secondClerk,
      submission,
      revision,
      `indicators[${second.id}].deviation`,
      "雨日偏多",
    );
    expect(merged.status).toBe(200);
    const rows = (await formOf(people.clerk, submission)).indicators;
    expect(rows.slice(0, 4).map(({ id }) => id)).toEqual([third.id, first.id, added, second.id]);
    expect(rows[3]?.deviation).toBe("雨日偏多");
    const gone = await people.clerk.done(editForm, {
      params: { submission },
      ifMatch: merged.revision,
      body: { edits: [{ op: "remove-row", row: added }] },
    });
    const onGone = await setCell(people.clerk, submission, gone.revision, `indicators[${added}].score`, "1");
    expect(onGone.problem?.code).toBe("conflict");
  });

  test("twenty parallel edits of different cells all land", async () => {
    const { submission, revision } = await evaluation(24);
    const { indicators } = await formOf(people.clerk, submission);
    const cells = indicators
      .flatMap(({ id }) => ["evidence", "criteria", "deviation"].map((key) => `indicators[${id}].${key}`))
      .slice(0, 20);
    expect(cells).toHaveLength(20);
    const answers = await Promise.all(
      cells.map((at, index) =>
        setCell(index % 2 === 0 ? people.clerk : people.secondClerk, submission, revision, at, `值${index}`),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(cells.map(() => 200));
    expect(new Set(answers.map((answer) => answer.revision)).size).toBe(20);
    const now = await formOf(people.clerk, submission);
    const byId = new Map(now.indicators.map((row) => [row.id, row]));
    const found = cells.map((at) => {
      const [, id = "", key = ""] = /\[(.+)\]\.(\w+)$/.exec(at) ?? [];
      return byId.get(id)?.[key as "evidence"];
    });
    expect(found).toEqual(cells.map((_, index) => `值${index}`));
  });

  test("of parallel submissions one is carried out", async () => {
    const { submission, revision } = await evaluation(25);
    const answers = await Promise.all(
      Array.from({ length: 12 }, () =>
        people.clerk.call(submitSubmission, { params: { submission }, body: {}, ifMatch: revision }),
      ),
    );
    const codes = answers.map(({ status, problem }) => problem?.code ?? status);
    expect(codes.filter((code) => code === 200)).toHaveLength(1);
    expect(codes.filter((code) => code === "wrong-state")).toHaveLength(11);
  });

  test("a revision from the future, none at all, and a form replaced meanwhile are refused", async () => {
    const { submission, revision } = await evaluation(26);
    expect((await setCell(people.clerk, submission, revision + 5, "deviation", "x")).problem?.code).toBe(
      "revision-stale",
    );
    const none = await people.clerk.call(editForm, {
      params: { submission },
      body: { edits: [{ op: "set", at: "deviation", to: "x" }] },
    });
    expect(none.problem?.code).toBe("revision-missing");
    const form = await formOf(people.clerk, submission);
    const replaced = await people.clerk.done(replaceForm, {
      params: { submission },
      ifMatch: revision,
      body: { form: { ...form, funds: form.funds.slice(0, 1) } as never },
    });
    expect((await setCell(people.clerk, submission, revision, "deviation", "x")).problem?.code).toBe(
      "revision-stale",
    );
    const late = await people.clerk.call(replaceForm, {
      params: { submission },
      ifMatch: revision,
      body: { form: form as never },
    });
    expect(late.problem?.code).toBe("revision-stale");
    expect((await setCell(people.clerk, submission, replaced.revision, "deviation", "x")).status).toBe(200);
  });
});

describe("what may be saved", () => {
  test("nothing the review finds keeps a form from being saved", async () => {
    const { submission, revision } = await evaluation(27);
    const saved = await setCell(people.clerk, submission, revision, "totalScore", "12.345");
    expect(saved.status).toBe(200);
    expect(saved.body.submission.must).toBeGreaterThan(0);
    expect(saved.body.submission.totalScore).toBe("12.345");
    const { total } = saved.body.review.marks;
    const bounds =
      total.kind === "number" ? [total.value, total.value] : "between" in total ? total.between : null;
    expect(saved.body.submission.recomputed).toEqual(bounds);
  });

  test("a form beyond every bound, of another year, or with what is no figure is refused with its places", async () => {
    const { submission, revision } = await evaluation(28);
    const form = await formOf(people.clerk, submission);
    const put = (changed: Partial<Form>) =>
      people.clerk.call(replaceForm, {
        params: { submission },
        ifMatch: revision,
        body: { form: { ...form, ...changed } as never },
      });
    const [row] = form.indicators;
    if (!row) throw new Error("no row");
    const many = Array.from({ length: 401 }, () => ({ ...row, id: randomUUID() }));
    for (const [changed, at] of [
      [{ indicators: many }, "indicators"],
      [{ year: YEAR - 1 }, "year"],
      [{ kind: "monitoring" }, "kind"],
      [{ totalScore: "九十" }, "totalScore"],
      [{ deviation: "长".repeat(9_000) }, "deviation"],
      [{ indicators: [row, row] }, "indicators[1].id"],
      [{ indicators: [{ ...row, parent: randomUUID() }] }, "indicators[0].parent"],
    ] as const) {
      const answer = await put(changed as Partial<Form>);
      expect(answer.problem?.code, at).toBe("invalid-input");
      expect(answer.problem?.errors?.map((error) => error.at)).toContain(at);
    }
    expect((await people.clerk.done(getForm, { params: { submission } })).revision).toBe(revision);
  });

  test("a row of another project is refused: an identity belongs to one project", async () => {
    const [mine, theirs] = [await evaluation(29), await evaluation(30)];
    const stolen = (await formOf(people.clerk, theirs.submission)).indicators[0];
    const form = await formOf(people.clerk, mine.submission);
    const answer = await people.clerk.call(replaceForm, {
      params: { submission: mine.submission },
      ifMatch: mine.revision,
      body: { form: { ...form, indicators: [...form.indicators, stolen] } as never },
    });
    expect(answer.problem?.code).toBe("invalid-input");
    expect(answer.problem?.errors?.[0]?.at).toBe(`indicators[${form.indicators.length}].id`);
  });

  test("a file becomes a revision of the draft, its rows under the identities of the project", async () => {
    const made = await evaluation(31);
    const before = await formOf(people.clerk, made.submission);
    const read: Form = {
      ...underHead(made.evaluation, before),
      indicators: made.evaluation.indicators.toReversed().map((row, index) => ({ ...row, id: `r${index}` })),
    };
    const { clerk } = people;
    if (!clerk.account) throw new Error("nobody");
    const actor = {
      account: clerk.account.id,
      name: clerk.account.name,
      grants: [
        {
          role: "clerk" as const,
          organisation: server.home.departments[0].units[0]?.id ?? "",
          submissions: null,
          until: null,
        },
      ],
      recused: [],
    };
    const outcome = await carryOut(server.platform, { region: "test", actor, scopes: null }, async (work) => {
      const loaded = await loadSubmission(work, made.submission, { lock: true });
      if (!loaded) throw new Error("not there");
      return importFormInto(work, loaded, read, "自评表.docx");
    });
    if (outcome.kind === "refused") throw new Error(outcome.detail);
    expect(outcome.value.form.indicators.map(({ id }) => id)).toEqual(
      before.indicators.map(({ id }) => id).toReversed(),
    );
    expect(outcome.value.submission.revision).toBe(made.revision + 1);
  });
});

describe("deadlines", () => {
  test("past its deadline a form is not handed in, unless it was returned or the deadline was moved", async () => {
    const due = new Date(Date.now() + 60_000);
    const { submission, revision } = await evaluation(32, due.toISOString());
    try {
      server.setNow(new Date(due.getTime() + 1_000));
      const late = await people.clerk.call(submitSubmission, {
        params: { submission },
        body: {},
        ifMatch: revision,
      });
      expect(late.problem?.code).toBe("past-due");
      const moved = await people.department.done(changeDue, {
        params: { submission },
        body: { due: new Date(due.getTime() + 3_600_000).toISOString(), reason: "系统停机半日，顺延。" },
      });
      expect(moved.body.due).not.toBe(due.toISOString());
      const own = await people.clerk.call(changeDue, {
        params: { submission },
        body: { due: null, reason: "来不及" },
      });
      expect(own.problem?.code).toBe("not-allowed");
      await people.clerk.done(submitSubmission, { params: { submission }, body: {}, ifMatch: revision });
    } finally {
      server.setNow(null);
    }
  });
});

describe("what the review knows beside the form", () => {
  test("money that is not what the finance system has blocks until it is justified by name", async () => {
    const { submission, revision, project, evaluation: form } = await evaluation(33);
    const fund = form.funds.find(({ source }) => source === "total");
    const fen = (figure: string | null | undefined): bigint =>
      round(multiply(parseDecimal(figure) ?? decimal(0), decimal(1_000_000)), 0, "half-up").units;
    const add = (nature: string, amount: bigint) =>
      server.platform.db
        .insertInto("budget_entry")
        .values({
          ...{ region: "test", year: YEAR, id: randomUUID(), project, source: "total", nature, amount },
          ...{ occurred_on: null, document: `${nature}-1`, import: randomUUID() },
        })
        .execute();
    const [initial, adjusted, paid] = [
      fen(fund?.initialBudget),
      fen(fund?.adjustedBudget),
      fen(fund?.expenditure),
    ];
    await add("approved", initial);
    if (adjusted !== initial) await add("adjustment", adjusted - initial);
    await add("payment", paid + 100_000_000n);
    const at = `funds[${form.funds.findIndex(({ source }) => source === "total")}].expenditure`;
    const answer = await people.clerk.call(submitSubmission, {
      params: { submission },
      body: {},
      ifMatch: revision,
    });
    expect(answer.problem?.code).toBe("funds-differ");
    expect(answer.problem?.errors?.map((error) => error.at)).toEqual([at]);
    const ledger = formatDecimal({ units: paid + 100_000_000n, scale: 6 });
    expect(answer.problem?.errors?.[0]?.says).toContain(String(Number(ledger)));
    await people.clerk.done(justifyFinding, {
      params: { submission },
      body: { fingerprint: `funds:${at}`, reason: "年末退回的一笔尚未在系统冲销。" },
    });
    await people.clerk.done(submitSubmission, { params: { submission }, body: {}, ifMatch: revision });
  });

  test("a rule the region re-graded or switched off is said in the answer, and acts", async () => {
    const { submission, revision } = await evaluation(34);
    const wrong = await setCell(people.clerk, submission, revision, "totalScore", "33");
    const must = wrong.body.review.findings.filter(({ force }) => force === "must");
    expect(must.length).toBeGreaterThan(0);
    const setting = (rule: string, force: string) =>
      server.platform.db
        .insertInto("rule_setting")
        .values({
          ...{ region: "test", rule, valid_from: "2000-01-01", force, reason: "试行期内" },
          ...{ by: randomUUID(), at: new Date() },
        })
        .execute();
    for (const { rule } of must) await setting(rule, "should");
    const [off] = RULES.filter(({ id, kind }) => kind !== "human" && !must.some(({ rule }) => rule === id));
    await setting(off?.id ?? "", "off");
    try {
      const softer = await setCell(people.clerk, submission, wrong.revision, "totalScore", "34");
      expect(softer.body.review.findings.filter(({ force }) => force === "must")).toEqual([]);
      expect(softer.body.review.changedRules.map(({ rule }) => rule).sort()).toEqual(
        [...new Set([...must.map(({ rule }) => rule), off?.id])].sort(),
      );
      expect(softer.body.review.notChecked.find(({ rule }) => rule === off?.id)?.why).toContain("停用");
    } finally {
      await server.platform.db.deleteFrom("rule_setting").execute();
    }
  });

  test("a target easier than those of other units, or below last year's result, is advice with the figures", async () => {
    const { clerk } = people;
    const unit = server.home.departments[0].units[1]?.id ?? "";
    const neighbour = await server.asAccount(
      await server.addAccount("neighbour", [{ role: "clerk", organisation: unit }]),
    );
    const row = (target: string) => ({
      ...{ parent: null, goal: 0, core: null, level1: "产出指标", level2: "数量指标", groupPoints: null },
      ...{ name: "完成管网巡查公里数", initialTarget: null, points: null, score: null, coefficient: null },
      ...{ reviewScore: null, criteria: null, evidence: null, deviation: null },
      target: { text: target, comparison: "≥" as const, value: target.replace(/\D/g, ""), unit: "公里" },
      actual: { text: null, comparison: null, value: null, unit: null },
    });
    for (const value of ["100", "110", "120", "130", "140", "150"]) {
      const project = (await neighbour.done(createProject, { body: { name: `巡查${value}`, unit } })).body.id;
      const opened = await neighbour.done(openSubmission, {
        body: { year: YEAR, kind: "target-declaration", project },
      });
      await neighbour.done(editForm, {
        params: { submission: opened.body.submission.id },
        ifMatch: opened.revision,
        body: { edits: [{ op: "insert-row", row: randomUUID(), after: null, values: row(`≥${value}公里`) }] },
      });
    }
    const project = await newProject(clerk, server, "城区巡查");
    const opened = await clerk.done(openSubmission, {
      body: { year: YEAR, kind: "target-declaration", project },
    });
    const own = randomUUID();
    const easy = await clerk.done(editForm, {
      params: { submission: opened.body.submission.id },
      ifMatch: opened.revision,
      body: { edits: [{ op: "insert-row", row: own, after: null, values: row("≥50公里") }] },
    });
    expect(easy.body.review.peers).toMatchObject([
      { address: `indicators[${own}].target`, forms: 6, quarter: "110", middle: "120", threeQuarters: "140" },
    ]);
    const fair = await setCell(
      clerk,
      opened.body.submission.id,
      easy.revision,
      `indicators[${own}].target`,
      "≥125公里",
    );
    expect(fair.body.review.peers).toEqual([]);
  });

  test("a declaration is held against what last year reached", async () => {
    const { clerk } = people;
    const last = await evaluation(36);
    const next = await clerk.done(openSubmission, {
      body: { year: YEAR + 1, kind: "target-declaration", project: last.project, from: "previous-year" },
    });
    const rows = next.body.form.indicators;
    const reached = await formOf(clerk, last.submission);
    const at = reached.indicators.findIndex(
      ({ target, actual, level2 }) =>
        target.comparison === "≥" && level2 === "数量指标" && Number(actual.value) > 20,
    );
    expect(rows[at]?.id).toBe(reached.indicators[at]?.id);
    const low = await setCell(
      clerk,
      next.body.submission.id,
      next.revision,
      `indicators[${rows[at]?.id}].target`,
      `≥1${reached.indicators[at]?.target.unit ?? ""}`,
    );
    const findings = low.body.review.findings.filter(({ rule }) => rule === "target-below-last-actual");
    expect(findings.map(({ addresses }) => addresses)).toContainEqual([`indicators[${rows[at]?.id}].target`]);
  });
});

test("the pack a form was first reviewed under stays, and one that is not there any more is said", async () => {
  const { submission, revision } = await evaluation(38);
  const { body } = await people.clerk.done(getForm, { params: { submission } });
  expect(body.submission.policy).toBe(body.review?.policy.id);
  const set = (policy: string) =>
    server.platform.db.updateTable("submission").set({ policy }).where("id", "=", submission).execute();
  await set("suiyang");
  const kept = await setCell(people.clerk, submission, revision, "deviation", "按原办法");
  expect(kept.body.review.policy.id).toBe("suiyang");
  await set("abolished");
  const gone = await setCell(people.clerk, submission, kept.revision, "deviation", "没有这套办法");
  expect(gone.problem?.code).toBe("policy-unknown");
  expect((await formOf(people.clerk, submission)).deviation).toBe("按原办法");
});

test("starting, listing and the pages of lists", async () => {
  const { clerk, department } = people;
  const project = await newProject(clerk, server, "没有目标的项目");
  const issued = await department.done(issueSubmission, {
    body: { year: YEAR, kind: "self-evaluation", project },
  });
  const submission = issued.body.id;
  const none = await clerk.call(startSubmission, {
    params: { submission },
    body: { from: "approved-targets" },
  });
  expect(none.problem?.code).toBe("wrong-state");
  const unknown = await clerk.call(startSubmission, {
    params: { submission },
    body: { from: "blank", template: "no-such-layout" },
  });
  expect(unknown.problem?.errors?.[0]?.at).toBe("body.template");
  const notYet = await setCell(clerk, submission, 0, "deviation", "x");
  expect(notYet.problem?.code).toBe("wrong-state");
  const again = await department.call(issueSubmission, {
    body: { year: YEAR, kind: "self-evaluation", project },
  });
  expect(again.problem?.code).toBe("already-exists");
  await clerk.done(startSubmission, { params: { submission }, body: { from: "blank" } });
  for (const sort of ["updated", "risk", "project"] as const) {
    const whole = await department.done(listSubmissions, {
      query: { year: String(YEAR), sort, limit: "200" },
    });
    const paged: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await department.done(listSubmissions, {
        query: { year: String(YEAR), sort, limit: "7", ...(after === undefined ? {} : { after }) },
      });
      paged.push(...page.body.items.map(({ id }) => id));
      if (page.body.next === null) break;
      after = page.body.next;
    }
    expect(paged).toEqual(whole.body.items.map(({ id }) => id));
    expect(paged.length).toBeGreaterThan(10);
  }
  const forged = await department.call(listSubmissions, { query: { after: "eyJzb3J0IjoicmlzayJ9" } });
  expect(forged.problem?.code).toBe("invalid-input");
  expect(server.faults).toEqual([]);
});

test("lists show what may be viewed and nothing else; what waits for somebody has a button for them", async () => {
  const { publication, department, head } = people;
  const made = await evaluation(39);
  const draft = await evaluation(40);
  await people.clerk.done(submitSubmission, {
    params: { submission: made.submission },
    body: {},
    ifMatch: made.revision,
  });
  await passDesks(made.submission, [head, department]);
  const region = server.home.root.id;
  const scoped = await server.addAccount("scoped", [
    {
      role: "third-party",
      organisation: region,
      submissions: [made.submission],
      until: new Date(Date.now() + 60_000),
    },
  ]);
  const neighbour = await server.addAccount("neighbour-head", [
    { role: "unit-head", organisation: server.home.departments[0].units[1]?.id ?? "" },
  ]);
  // Acts for the department's own forms, and only looks at those of its units.
  const ofDepartment = await server.addAccount("department-clerk", [
    { role: "clerk", organisation: server.home.departments[0].id },
  ]);
  const accounts = [...Object.values(server.home.accounts), scoped, neighbour, ofDepartment];
  const rows = await server.platform.db.selectFrom("submission").select("id").execute();
  const seen = new Map<string, number>();
  for (const account of accounts) {
    const client = await server.asAccount(account);
    const list = await client.done(listSubmissions, { query: { limit: "200" } });
    const listed = new Set(list.body.items.map(({ id }) => id));
    expect(rows.length).toBeLessThan(200);
    for (const { id } of rows) {
      const { status } = await client.call(getSubmission, { params: { submission: id } });
      expect([account.name, listed.has(id)]).toEqual([account.name, status === 200]);
    }
    seen.set(account.id, listed.size);
    const bench = await client.done(getWorkbench, { query: { limit: "200" } });
    for (const { id } of bench.body.items) {
      const { body } = await client.done(getSubmission, { params: { submission: id } });
      expect(body.buttons.some(({ refused }) => refused === null)).toBe(true);
    }
  }
  expect(seen.get(server.home.accounts["finance-officer"].id)).toBe(rows.length);
  const mine = await people.clerk.done(getWorkbench, { query: { limit: "200" } });
  expect(mine.body.items.map(({ id }) => id)).toContain(draft.submission);
  expect(seen.get(scoped.id)).toBe(1);
  expect(seen.get(server.home.accounts.administrator.id)).toBe(0);
  expect(
    (await publication.done(getWorkbench, { query: { limit: "200" } })).body.items.map(({ id }) => id),
  ).toContain(made.submission);
});

test("a reviewer answers for the reviewed marks, not for what the unit entered", async () => {
  const { clerk } = people;
  const { submission, revision, project } = await evaluation(43);
  const [row] = (await formOf(clerk, submission)).indicators;
  const wrong = await setCell(clerk, submission, revision, `indicators[${row?.id}].score`, "99");
  const blocked = await clerk.call(submitSubmission, {
    params: { submission },
    body: {},
    ifMatch: wrong.revision,
  });
  expect(blocked.problem?.code).toBe("blocked-by-findings");
  const source = await formOf(clerk, submission);
  const officer = server.home.accounts["finance-officer"];
  const grants = [
    { role: "finance-officer" as const, organisation: server.home.root.id, submissions: null, until: null },
  ];
  const actor = { account: officer.id, name: officer.name, grants, recused: [] };
  const handedIn = await carryOut(server.platform, { region: "test", actor, scopes: null }, async (work) => {
    const issued = await issueInside(work, {
      year: YEAR,
      kind: "review",
      project,
      basis: submission,
      due: null,
    });
    if (issued.kind === "refused") return issued;
    const { form: sheet } = startFrom("review", source, { id: issued.value.id, year: YEAR });
    const form = {
      ...sheet,
      indicators: sheet.indicators.map((each) => ({ ...each, reviewScore: each.points })),
      fields: sheet.fields.map(({ label, text }) => ({
        label,
        text: label.startsWith("复核说明") ? "填报的得分高于分值，按分值计" : text,
      })),
    };
    const begun = await startInside(work, issued.value, { from: "blank", form, source: submission });
    if (begun.kind === "refused") return begun;
    expect(begun.value.review.findings.some(({ force }) => force === "must")).toBe(true);
    expect(begun.value.submission.basis).toBe(submission);
    return submitLoaded(work, begun.value.submission, begun.value.submission.revision);
  });
  if (handedIn.kind === "refused") throw new Error(handedIn.detail);
  expect(handedIn.value.submission).toMatchObject({ state: "submitted", desk: "finance" });
});

test("figures of the finance system are filled in without an author, and only while the form is written", async () => {
  const { submission, revision } = await evaluation(37);
  const officer = server.home.accounts["finance-officer"];
  const actor = {
    account: officer.id,
    name: officer.name,
    grants: [
      { role: "finance-officer" as const, organisation: server.home.root.id, submissions: null, until: null },
    ],
    recused: [],
  };
  const prefill = () =>
    carryOut(server.platform, { region: "test", actor, scopes: null }, async (work) => {
      const loaded = await loadSubmission(work, submission, { lock: true });
      if (!loaded?.form) throw new Error("not there");
      const [fund, ...rest] = loaded.form.funds;
      if (!fund) throw new Error("no fund");
      return saveForm(
        work,
        loaded,
        { ...loaded.form, funds: [{ ...fund, initialBudget: "777.00" }, ...rest] },
        { kind: "prefill" },
      );
    });
  const filled = await prefill();
  if (filled.kind === "refused") throw new Error(filled.detail);
  expect(filled.value.changes).toMatchObject([{ at: "funds[0].initialBudget", to: "777.00" }]);
  expect(filled.value.submission.authors).not.toContain(officer.id);
  const sent = await people.clerk.call(submitSubmission, {
    params: { submission },
    body: {},
    ifMatch: revision + 1,
  });
  for (const { fingerprint } of sent.problem?.errors ?? [])
    await people.clerk.done(justifyFinding, {
      params: { submission },
      body: { fingerprint: fingerprint ?? "", reason: "以财政数据为准。" },
    });
  if (sent.problem)
    await people.clerk.done(submitSubmission, { params: { submission }, body: {}, ifMatch: revision + 1 });
  await passDesks(submission, [people.head, people.department]);
  const late = await prefill();
  expect(late).toMatchObject({ kind: "refused", code: "wrong-state" });
});
