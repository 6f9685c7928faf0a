import {
  cancelReview,
  createProject,
  explainRollUp,
  getForm,
  getRollUp,
  listEvents,
  listSubmissions,
  makeRollUp,
  previewRollUp,
  receiveSubmission,
  remakeRollUp,
  returnSubmission,
  splitRollUp,
  submitSubmission,
} from "@jiheng/contract/http";
import { parseDecimal, showDecimal } from "@jiheng/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestClient, type TestServer, testServer } from "./client.ts";
import { formOf, newEvaluation, passDesks, type SixPeople, setCell, sixPeople } from "./life-cycle-steps.ts";

const YEAR = 2025;
let server: TestServer;
let people: SixPeople;
let department: TestClient;
const members: string[] = [];

beforeAll(async () => {
  server = await testServer();
  people = await sixPeople(server);
  department = people.department;
  for (let index = 0; index < 3; index++) {
    const made = await newEvaluation(server, people, {
      seed: 200 + index,
      year: YEAR,
      name: `二级项目${index}`,
    });
    const params = { submission: made.submission };
    await people.clerk.done(submitSubmission, { params, body: {}, ifMatch: made.revision });
    await passDesks(made.submission, [people.head, department]);
    members.push(made.submission);
  }
});
afterAll(() => server?.close());

let categories = 0;
async function category(): Promise<string> {
  categories += 1;
  const body = { name: `综合保障类${categories}`, unit: server.home.departments[0].id };
  return (await department.done(createProject, { body })).body.id;
}

const sum = (figures: readonly (string | null)[]): string =>
  figures.reduce((total, figure) => total + Number(figure ?? 0), 0).toFixed(2);

describe("a roll-up", () => {
  it("adds the money of its members, allots a hundred points, and explains every figure", async () => {
    const preview = await department.done(previewRollUp, {
      body: { year: YEAR, name: "综合保障类", members },
    });
    const forms = await Promise.all(members.map((member) => formOf(department, member)));
    const totalOf = (funds: (typeof forms)[number]["funds"]) =>
      funds.find(({ source }) => source === "total");
    const spent = sum(forms.map(({ funds }) => totalOf(funds)?.expenditure ?? null));
    if (preview.body.kind !== "rolled") throw new Error("the preview was refused");
    expect(Number(totalOf(preview.body.form.funds as never)?.expenditure).toFixed(2)).toBe(spent);

    const project = await category();
    const made = await department.done(makeRollUp, { body: { year: YEAR, project, members } });
    const submission = made.body.submission;
    const params = { submission };
    const { body } = await department.done(getForm, { params });
    expect(body.submission).toMatchObject({ isRollup: true, state: "draft", revision: made.body.revision });
    const rows = body.form?.indicators ?? [];
    const points = rows.map(({ points: each }) => each);
    const fund = totalOf(body.form?.funds as never);
    expect(showDecimal(parseDecimal(sum([...points, fund?.points ?? null])) as never)).toBe("100");
    expect(Number(fund?.expenditure).toFixed(2)).toBe(spent);

    const index = ((body.form?.funds ?? []) as (typeof forms)[number]["funds"]).findIndex(
      ({ source }) => source === "total",
    );
    const { body: said } = await department.done(explainRollUp, {
      params,
      query: { at: `funds[${index}].expenditure` },
    });
    const trace = said.derivations[`funds[${index}].expenditure`];
    expect(trace?.kind).toBe("sum");
    expect(trace && "terms" in trace ? trace.terms.map(({ form }) => form).sort() : []).toEqual(
      [...members].sort(),
    );
    const nowhere = await department.call(explainRollUp, { params, query: { at: "nowhere" } });
    expect(nowhere.problem?.code).toBe("not-found");

    const { body: sources } = await department.done(splitRollUp, { params });
    expect(sources.sources.map(({ form }) => form)).toEqual(forms);
    const { body: detail } = await department.done(getRollUp, { params });
    expect(detail.members.map(({ submission: id, changed }) => [id, changed])).toEqual(
      members.map((id) => [id, false]),
    );
    const events = await (await server.as("auditor")).done(listEvents, { query: { subject: submission } });
    expect(events.body.items.map(({ type }) => type)).toContain("rollup.made");
  });

  it("is remade of other members under its own rows, and says which member changed since", async () => {
    const project = await category();
    const made = await department.done(makeRollUp, {
      body: { year: YEAR, project, members: members.slice(0, 2) },
    });
    const params = { submission: made.body.submission };
    const before = await formOf(department, made.body.submission);
    const stale = await department.call(remakeRollUp, { params, ifMatch: 99, body: { members } });
    expect(stale.problem?.code).toBe("revision-stale");
    const again = await department.done(remakeRollUp, { params, ifMatch: made.revision, body: { members } });
    expect(again.body.revision).toBe(made.revision + 1);
    const after = await formOf(department, made.body.submission);
    const ids = new Map(before.indicators.map(({ id, level2, name }) => [`${level2} ${name}`, id]));
    const kept = after.indicators.filter(({ level2, name }) => ids.has(`${level2} ${name}`));
    expect(kept.length).toBeGreaterThan(0);
    for (const { id, level2, name } of kept) expect(id).toBe(ids.get(`${level2} ${name}`));
    const same = await department.call(remakeRollUp, { params, ifMatch: again.revision, body: { members } });
    expect(same.problem?.code).toBe("wrong-state");

    const member = members[2] ?? "";
    await department.done(cancelReview, { params: { submission: member }, body: { reason: "佐证材料有误" } });
    await department.done(returnSubmission, {
      params: { submission: member },
      body: { reason: "请更正佐证材料", findings: [] },
    });
    const { revision } = await people.clerk.done(getForm, { params: { submission: member } });
    const [row] = (await formOf(people.clerk, member)).indicators;
    await setCell(people.clerk, member, revision, `indicators[${row?.id}].evidence`, "更正后的台账");
    const { body } = await department.done(getRollUp, { params });
    expect(body.members.map(({ changed }) => changed)).toEqual([false, false, true]);
    const early = await department.call(remakeRollUp, { params, ifMatch: again.revision, body: { members } });
    expect(early.problem).toMatchObject({ code: "wrong-state", errors: [{ at: "body.members[2]" }] });
  });

  it("passes its own desks: not approved by whoever made it", async () => {
    const project = await category();
    const made = await department.done(makeRollUp, {
      body: { year: YEAR, project, members: members.slice(0, 2) },
    });
    const params = { submission: made.body.submission };
    const handed = await department.call(submitSubmission, { params, body: {}, ifMatch: made.revision });
    expect(handed.problem === null || handed.problem.code === "blocked-by-findings").toBe(true);
    const of = server.home.departments[0].id;
    const head = await server.asAccount(
      await server.addAccount("department-head", [{ role: "unit-head", organisation: of }]),
    );
    if (handed.problem === null) await head.done(receiveSubmission, { params, body: {} });
    expect(
      (await people.clerk.call(makeRollUp, { body: { year: YEAR, project, members } })).problem,
    ).not.toBeNull();
  });

  it("is listed apart from the forms it is made of, which are found by name or pinyin initials", async () => {
    const found = async (query: Record<string, string>) =>
      (await department.done(listSubmissions, { query: { kind: "self-evaluation", ...query } })).body.items;
    const made = await found({ only: "rollups" });
    expect(made.length).toBeGreaterThan(0);
    expect(made.every(({ isRollup }) => isRollup)).toBe(true);
    const ids = async (query: Record<string, string>) => (await found(query)).map(({ id }) => id).sort();
    expect(await ids({ only: "ordinary", q: "二级项目" })).toEqual([...members].sort());
    expect(await ids({ q: "ejxm1" })).toEqual([members[1]]);
    expect(await ids({ only: "rollups", q: "二级项目" })).toEqual([]);
    expect(await ids({ q: "。，" })).toEqual([]);
  });

  it("is refused with every reason, and nothing is made", async () => {
    const project = await category();
    const declared = await newEvaluation(server, people, { seed: 230, year: YEAR, name: "未送审项目" });
    const early = await department.call(makeRollUp, {
      body: { year: YEAR, project, members: [...members.slice(0, 1), declared.submission] },
    });
    expect(early.problem).toMatchObject({ code: "wrong-state", errors: [{ at: "body.members[1]" }] });
    const twoYears = await newEvaluation(server, people, { seed: 231, year: YEAR - 1, name: "上年项目" });
    const other = await department.call(previewRollUp, {
      body: { year: YEAR, name: "类", members: [twoYears.submission] },
    });
    expect(other.problem?.code).toBe("wrong-state");
    const weights = { points: "weights" as const, weights: {} };
    const recipe = { year: YEAR, members: members.slice(0, 2), choices: weights };
    const conflicting = await department.done(previewRollUp, { body: { ...recipe, name: "类" } });
    expect(conflicting.body).toMatchObject({
      kind: "refused",
      conflicts: [{ code: "points", row: null }],
    });
    const unmade = await department.call(makeRollUp, { body: { ...recipe, project } });
    expect(unmade.problem).toMatchObject({ code: "rollup-refused" });
    expect(unmade.problem?.errors?.length).toBeGreaterThan(0);
    const rows = await server.platform.db
      .selectFrom("submission")
      .select("id")
      .where("project", "=", project)
      .execute();
    expect(rows).toEqual([]);
    const stranger = await server.asAccount(server.other.accounts["department-reviewer"]);
    const unseen = await stranger.call(previewRollUp, { body: { year: YEAR, name: "类", members } });
    expect(unseen.problem?.code).toBe("not-found");
  });
});
