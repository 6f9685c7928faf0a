import { createHash } from "node:crypto";
import {
  approveSubmission,
  assignReview,
  beginReview,
  cancelSample,
  compareReviews,
  downloadPopulation,
  drawSample,
  editForm,
  getForm,
  getSample,
  listEvents,
  listMyReviews,
  listSamples,
  listSubmissions,
  listUses,
  previewPopulation,
  receiveSubmission,
  recordRecusal,
  submitSubmission,
} from "@jiheng/contract/http";
import type { Form } from "@jiheng/domain";
import { drawSample as drawAgain, type SampleUnit } from "@jiheng/workflow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestClient, type TestServer, testServer } from "./client.ts";
import { formOf, newEvaluation, passDesks, type SixPeople, sixPeople } from "./life-cycle-steps.ts";

const YEAR = 2025;
let server: TestServer;
let people: SixPeople;
let finance: TestClient;
const forms: string[] = [];

beforeAll(async () => {
  server = await testServer();
  people = await sixPeople(server);
  finance = people.finance;
  for (let index = 0; index < 5; index++) {
    const made = await newEvaluation(server, people, {
      seed: 100 + index,
      year: YEAR,
      name: `抽样项目${index}`,
    });
    const params = { submission: made.submission };
    await people.clerk.done(submitSubmission, { params, body: {}, ifMatch: made.revision });
    await passDesks(made.submission, [people.head, people.department]);
    forms.push(made.submission);
  }
}, 60_000);
afterAll(() => server?.close());

const order = (more: object = {}) => ({
  body: {
    year: YEAR,
    organisation: server.home.root.id,
    name: "年度复核",
    method: "random" as const,
    size: 3,
    seed: "2025-甲",
    ...more,
  },
});

async function drawn(more: object = {}) {
  return (await finance.done(drawSample, order(more))).body;
}

/** Reviews a sheet: every row keeps the unit's mark but the first, of which `less` is taken off. */
async function reviewed(client: TestClient, review: string, less: number): Promise<void> {
  const params = { submission: review };
  await client.done(beginReview, { params, body: {} });
  const { form, submission } = (await client.done(getForm, { params })).body;
  const edits = (form as Form).indicators.map(({ id, score }, index) => ({
    op: "set" as const,
    at: `indicators[${id}].reviewScore`,
    to: String(Number(score) - (index === 0 ? less : 0)),
  }));
  const [first] = (form as Form).indicators;
  if (less > 0 && first)
    edits.push({ op: "set", at: `indicators[${first.id}].fields[复核说明]`, to: "台账少于填报数" });
  const saved = await client.done(editForm, { params, ifMatch: submission.revision, body: { edits } });
  await client.done(submitSubmission, { params, body: {}, ifMatch: saved.revision });
}

describe("a sample", () => {
  it("is drawn again by anyone from the kept population and the seed", async () => {
    const sample = await drawn();
    expect(sample).toMatchObject({ population: 5, size: 3, seed: "2025-甲" });
    expect(new Set(sample.items.map(({ submission }) => submission)).size).toBe(3);
    const again = await drawn({ name: "再抽一次" });
    const ids = ({ items }: typeof sample) => items.map(({ submission }) => submission);
    expect(ids(again)).toEqual(ids(sample));
    const other = await drawn({ name: "另一种子", seed: "2025-丁" });
    expect(ids(other)).not.toEqual(ids(sample));
    const params = { year: String(YEAR), sample: sample.id };
    const { bytes } = await (await server.as("auditor")).done(downloadPopulation, { params });
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(sample.populationSha256);
    const population = bytes
      .toString()
      .trimEnd()
      .split("\n")
      .map((line): SampleUnit => {
        const [id, money, risk, stratum] = JSON.parse(line);
        return { id, money: money === null ? null : BigInt(money), risk, stratum };
      });
    const own = drawAgain(population, { method: "random", size: 3, seed: "2025-甲" });
    expect(own.chosen.map(({ id }) => id)).toEqual(ids(sample));
    const events = await (await server.as("auditor")).done(listEvents, { query: { subject: sample.id } });
    expect(events.body.items[0]).toMatchObject({ type: "sample.drawn", body: { chosen: ids(sample) } });
    const random = await finance.done(drawSample, order({ seed: undefined, name: "随意" }));
    expect(random.body.seed.length).toBeGreaterThan(10);
    const mine = { query: { organisation: server.home.root.id, year: String(YEAR) } };
    expect((await finance.done(listSamples, mine)).body.items).toHaveLength(4);
  });

  it("is the finance officers' to draw, and of another region not known", async () => {
    for (const person of [people.department, people.clerk, await server.as("auditor")])
      expect((await person.call(drawSample, order())).problem?.code).toBe("not-allowed");
    const sample = await drawn();
    const stranger = await server.asAccount(server.other.accounts["finance-officer"]);
    const params = { year: String(YEAR), sample: sample.id };
    expect((await stranger.call(getSample, { params })).problem?.code).toBe("not-found");
    expect((await people.clerk.call(getSample, { params })).problem?.code).toBe("not-found");
    const item = { ...params, submission: forms[0] ?? "" };
    expect((await stranger.call(assignReview, { params: item, body: {} })).problem?.code).toBe("not-found");
    expect((await finance.call(drawSample, order({ year: 2019 }))).problem?.code).toBe("wrong-state");
  });

  it("by money says that it supports no word about the rest", async () => {
    const sample = await drawn({ method: "money", size: 2 });
    expect(sample.statement.bounds).toEqual([]);
    expect(sample.statement.says.join("")).toContain("不能推断未抽中的项目");
  });
});

describe("a review", () => {
  it("has its own marks beside the unit's, a deviation, a bound for the whole, and shows who deducts how", async () => {
    const sample = await drawn({ name: "全过程", seed: "全" });
    const params = { year: String(YEAR), sample: sample.id };
    const [first, second, third] = sample.items;
    const thirdParty = await server.as("third-party");
    const account = server.home.accounts["third-party"].id;
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const at = (item: typeof first) => ({ ...params, submission: item?.submission ?? "" });
    const assigned = await finance.done(assignReview, { params: at(first), body: { account, until } });
    const review = assigned.body.review ?? "";
    const source = await formOf(finance, first?.submission ?? "");
    expect((await formOf(thirdParty, first?.submission ?? "")).indicators).toEqual(source.indicators);
    expect(
      (await thirdParty.call(getForm, { params: { submission: second?.submission ?? "" } })).problem?.code,
    ).toBe("not-found");
    await reviewed(thirdParty, review, 2);
    expect((await formOf(finance, first?.submission ?? "")).indicators).toEqual(source.indicators);
    await finance.done(receiveSubmission, { params: { submission: review }, body: {} });
    await finance.done(approveSubmission, {
      params: { submission: review },
      body: { opinion: "同意复核。" },
    });

    for (const item of [second, third]) {
      const mine = await finance.done(assignReview, { params: at(item), body: {} });
      await reviewed(finance, mine.body.review ?? "", 0);
    }
    const { body } = await finance.done(getSample, { params, query: {} });
    const [one, two] = body.items;
    const total = Number(one?.selfScore);
    expect(Number(one?.reviewScore)).toBeCloseTo(total - 2, 6);
    expect(one?.deviation).toBe(((2 / total) * 100).toFixed(2));
    expect([two?.deviation, two?.reviewScore === null]).toEqual(["0.00", false]);
    expect(body.statement.bounds).toMatchObject([{ population: 5, sample: 3, wrong: 1 }]);
    // What is handed in and not decided is known to finance alone.
    const scores = async (client: TestClient) =>
      (
        await client.done(listUses, {
          query: { organisation: server.home.departments[0].id, year: String(YEAR) },
        })
      ).body.suggested
        .flatMap(({ submission, reviewScore }) => (reviewScore === null ? [] : [submission]))
        .toSorted();
    expect(await scores(finance)).toEqual(sample.items.map(({ submission }) => submission).toSorted());
    expect(await scores(people.department)).toEqual([first?.submission]);
    const lenient = await finance.done(getSample, { params, query: { tolerance: "50" } });
    expect(lenient.body.statement.bounds[0]?.wrong).toBe(0);

    const { body: even } = await finance.done(compareReviews, { params });
    expect(
      even.reviewers.map(({ forms: count, deducted, taken }) => [count, deducted, taken]).sort(),
    ).toEqual(
      [
        [1, 1, "2"],
        [2, 0, "0"],
      ].sort(),
    );
    expect(even.kinds.reduce((sum, { deducted }) => sum + deducted, 0)).toBe(1);
    const judged = even.misses.reduce((sum, { rows }) => sum + rows, 0);
    expect(judged + even.left).toBe(even.kinds.reduce((sum, { rows }) => sum + rows, 0));
    // The one row that lost two points lies furthest from the others of its kind.
    const [furthest] = even.misses;
    expect(furthest?.examples[0]).toMatchObject({
      review,
      reviewer: server.home.accounts["third-party"].name,
    });
    expect(Number(furthest?.apart)).toBeGreaterThan(0);
    for (const { rows, reviewers: by } of even.misses)
      expect(by.reduce((sum, each) => sum + each.rows, 0)).toBe(rows);
  });

  it("takes a third party after it was issued, and another while it is written, but none once it is handed in", async () => {
    const made = await newEvaluation(server, people, { seed: 130, year: 2022, name: "后加第三方" });
    const params = { submission: made.submission };
    await people.clerk.done(submitSubmission, { params, body: {}, ifMatch: made.revision });
    await passDesks(made.submission, [people.head, people.department]);
    const { body: sample } = await finance.done(drawSample, order({ year: 2022, size: 1, name: "后加" }));
    const at = { year: "2022", sample: sample.id, submission: made.submission };
    const own = await finance.done(assignReview, { params: at, body: {} });
    const review = own.body.review ?? "";
    expect(own.body.thirdParties).toEqual([]);
    const first = server.home.accounts["third-party"];
    const soon = new Date(Date.now() + 86_400_000).toISOString();
    const second = await server.addAccount("second-third", [
      {
        role: "third-party",
        organisation: server.home.root.id,
        submissions: [server.home.root.id],
        until: new Date(soon),
      },
    ]);
    const added = await finance.done(assignReview, {
      params: at,
      body: { account: first.id, until: soon },
    });
    expect([added.body.review, added.body.thirdParties]).toEqual([
      review,
      [{ account: first.id, name: first.name, until: soon }],
    ]);
    const one = await server.as("third-party");
    await one.done(beginReview, { params: { submission: review }, body: {} });
    await finance.done(assignReview, { params: at, body: { account: second.id, until: soon } });
    const two = await server.asAccount(second);
    const { form, submission } = (await two.done(getForm, { params: { submission: review } })).body;
    const edits = (form as Form).indicators.map(({ id, score }) => ({
      op: "set" as const,
      at: `indicators[${id}].reviewScore`,
      to: score ?? "0",
    }));
    const saved = await two.done(editForm, {
      params: { submission: review },
      ifMatch: submission.revision,
      body: { edits },
    });
    await one.done(submitSubmission, {
      params: { submission: review },
      body: {},
      ifMatch: saved.body.revision,
    });
    const late = await finance.call(assignReview, { params: at, body: { account: first.id, until: soon } });
    expect(late.problem?.code).toBe("wrong-state");
    expect(late.problem?.detail).toContain("已经交出");
    const { body } = await finance.done(getSample, {
      params: { year: "2022", sample: sample.id },
      query: {},
    });
    expect(body.items[0]?.thirdParties.map(({ account }) => account).sort()).toEqual(
      [first.id, second.id].sort(),
    );
  });

  it("by a third party ends with the right, which is no longer than the role and not for whoever is recused", async () => {
    const sample = await drawn({ name: "权限", seed: "权" });
    // A form has one review sheet at a time; this takes one that has none.
    const item = sample.items.find(({ review }) => review === null) ?? sample.items[0];
    const params = { year: String(YEAR), sample: sample.id, submission: item?.submission ?? "" };
    const account = server.home.accounts["third-party"].id;
    const soon = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    const tooLong = await finance.call(assignReview, { params, body: { account, until: soon(400) } });
    expect(tooLong.problem?.code).toBe("wrong-state");
    expect((await finance.call(assignReview, { params, body: { account } })).problem?.code).toBe(
      "invalid-input",
    );
    const clerk = server.home.accounts.clerk.id;
    const noThird = await finance.call(assignReview, { params, body: { account: clerk, until: soon(1) } });
    expect(noThird.problem?.code).toBe("not-allowed");
    const security = await server.as("security-administrator");
    const body = { from: server.home.departments[0].units[0]?.id ?? "", reason: "曾在该单位任职" };
    await security.done(recordRecusal, { params: { account }, body });
    const recused = await finance.call(assignReview, { params, body: { account, until: soon(1) } });
    expect(recused.problem?.code).toBe("recused");
    const { body: after } = await finance.done(getSample, {
      params: { year: String(YEAR), sample: sample.id },
    });
    expect(after.items.find(({ submission }) => submission === params.submission)?.review).toBe(
      item?.review ?? null,
    );
  });
});

describe("before and after drawing", () => {
  it("the population is seen with what is left out and why, and narrowed", async () => {
    const issued = await newEvaluation(server, people, { seed: 190, year: YEAR, name: "还没有审核的项目" });
    await people.clerk.done(submitSubmission, {
      params: { submission: issued.submission },
      body: {},
      ifMatch: issued.revision,
    });
    const organisation = server.home.root.id;
    const ask = async (query: object) =>
      (await finance.done(previewPopulation, { query: { year: String(YEAR), organisation, ...query } })).body;
    const whole = await ask({});
    expect(whole.forms).toBe(5);
    expect(whole.excluded).toMatchObject([{ why: "主管部门还没有审核通过", forms: 1 }]);
    expect(whole.departments).toMatchObject([{ id: server.home.departments[0].id, forms: 5 }]);
    const { body: list } = await finance.done(listSubmissions, {
      query: { year: String(YEAR), kind: "self-evaluation", limit: "50" },
    });
    const sums = list.items
      .filter(({ id }) => forms.includes(id))
      .map(({ expenditure }) => Number(expenditure));
    const [least = 0, second = 0] = sums.toSorted((a, b) => a - b);
    const middle = ((least + second) / 2).toFixed(2);
    const narrowed = await ask({ moneyFrom: middle });
    expect(narrowed.forms).toBe(sums.filter((sum) => sum >= Number(middle)).length);
    expect(narrowed.forms).toBeLessThan(5);
    expect(narrowed.excluded.at(-1)).toMatchObject({ why: "支出不在所选的范围", forms: 5 - narrowed.forms });
    expect(Number(whole.money)).toBeCloseTo(
      sums.reduce((a, b) => a + b, 0),
      1,
    );
    const sample = await drawn({ name: "收窄的样本", size: 50, narrowing: { moneyFrom: middle } });
    expect(sample.population).toBe(narrowed.forms);
    expect(sample.narrowedTo).toEqual([`支出不少于${middle}元`]);
    expect(sample.statement.says.at(-1)).toContain("只对收窄后的");
    const none = await finance.call(drawSample, order({ narrowing: { riskFrom: 300 } }));
    expect(none.status).toBe(409);
    expect(
      (await people.clerk.call(previewPopulation, { query: { year: String(YEAR), organisation } })).status,
    ).toBe(403);
  });

  it("a mistake is withdrawn with a reason and stays on record; marks given already must be named", async () => {
    const sample = await drawn({ name: "抽错的样本", seed: "作废" });
    const params = { year: String(YEAR), sample: sample.id };
    const submission = sample.items[0]?.submission ?? "";
    const { review } = (await finance.done(assignReview, { params: { ...params, submission }, body: {} }))
      .body;
    const mine = async () => (await finance.done(listMyReviews, {})).body.items.map((item) => item.review);
    expect(await mine()).toContain(review);
    await finance.done(beginReview, { params: { submission: review ?? "" }, body: {} });
    const { form, submission: sheet } = (
      await finance.done(getForm, { params: { submission: review ?? "" } })
    ).body;
    const row = (form as Form).indicators[0];
    await finance.done(editForm, {
      params: { submission: review ?? "" },
      ifMatch: sheet.revision,
      body: { edits: [{ op: "set", at: `indicators[${row?.id}].reviewScore`, to: "1" }] },
    });
    const reason = "总体选错了年度";
    const refused = await finance.call(cancelSample, { params, body: { reason } });
    expect(refused.status).toBe(409);
    expect(refused.problem?.detail).toContain("已有1张复核表填了复核得分");
    const cancelled = await finance.done(cancelSample, { params, body: { reason, evenMarked: true } });
    expect(cancelled.body).toMatchObject({ seed: "作废", cancelled: { reason } });
    expect(await mine()).not.toContain(review);
    expect((await finance.call(cancelSample, { params, body: { reason } })).status).toBe(409);
    const other = sample.items[1]?.submission ?? "";
    expect(
      (await finance.call(assignReview, { params: { ...params, submission: other }, body: {} })).status,
    ).toBe(409);
    const auditor = await server.as("auditor");
    const { body: events } = await auditor.done(listEvents, { query: { type: "sample.cancelled" } });
    expect(events.items[0]).toMatchObject({ body: { reason, seed: "作废", marked: 1 } });
    expect((await finance.done(downloadPopulation, { params })).status).toBe(200);
  });
});
