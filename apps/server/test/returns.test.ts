import {
  answerReturn,
  getForm,
  getSubmission,
  listReturns,
  receiveSubmission,
  returnSubmission,
  submitSubmission,
} from "@jiheng/contract/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestServer, testServer } from "./client.ts";
import { newEvaluation, passDesks, type SixPeople, setCell, sixPeople } from "./life-cycle-steps.ts";

let server: TestServer;
let people: SixPeople;

beforeAll(async () => {
  server = await testServer();
  people = await sixPeople(server);
}, 60_000);
afterAll(() => server.close());

test("each point of a return is answered, and comes back with its answer and what changed at its cell", async () => {
  const made = await newEvaluation(server, people, { seed: 460, year: 2025, name: "退回再报的项目" });
  const params = { submission: made.submission };
  const faulty = await setCell(people.clerk, made.submission, made.revision, "goal.achieved", "全部完成。");
  await people.clerk.done(submitSubmission, { params, body: {}, ifMatch: faulty.body.revision });
  await passDesks(made.submission, [people.head]);
  await people.department.done(receiveSubmission, { params, body: {} });
  const { body: form } = await people.department.done(getForm, { params });
  const finding = form.review?.findings.find(({ addresses }) => addresses.includes("goal.achieved"));
  if (!finding) throw new Error("nothing found at the goal");
  await people.department.done(returnSubmission, {
    params,
    body: {
      reason: `请更正以下问题：\n1. ${finding.message}${finding.remedy}\n2. 总结里请补上受益人数。\n请三日内改好。`,
      findings: [finding.fingerprint],
    },
  });

  const [round] = (await people.clerk.done(listReturns, { params })).body.returns;
  expect(
    round?.opinions.map(({ cells, stillFound, answer }) => [cells.length > 0, stillFound, answer]),
  ).toEqual([
    [true, true, null],
    [false, null, null],
  ]);
  const returned = round?.returned ?? "";
  const answer = (opinion: number, said: "changed" | "explained", words: string | null) =>
    people.clerk.call(answerReturn, { params, body: { returned, opinion, answer: said, words } });
  expect((await answer(2, "explained", null)).status).toBe(422);
  expect((await answer(3, "changed", null)).status).toBe(404);
  expect((await answer(2, "explained", "受益人数第四季度统计，年底补报。")).status).toBe(200);
  const elsewhere = form.form?.indicators[0]?.id ?? "";
  const first = await setCell(
    people.clerk,
    made.submission,
    faulty.body.revision,
    "goal.achieved",
    made.evaluation.goals[0]?.achieved ?? null,
  );
  const second = await setCell(
    people.clerk,
    made.submission,
    first.body.revision,
    `indicators[${elsewhere}].evidence`,
    "验收单",
  );
  expect((await answer(1, "changed", null)).status).toBe(200);
  await people.clerk.done(submitSubmission, { params, body: {}, ifMatch: second.body.revision });

  // Once it is handed in the answers stand.
  expect((await answer(1, "explained", "改不了，数据已经定了。")).status).toBe(409);
  const [back] = (await people.department.done(listReturns, { params })).body.returns;
  expect(back?.resubmittedAt).not.toBeNull();
  expect(back?.opinions.map(({ answer: given }) => [given?.answer, given?.words])).toEqual([
    ["changed", null],
    ["explained", "受益人数第四季度统计，年底补报。"],
  ]);
  expect(back?.opinions[0]?.stillFound).toBe(false);
  expect(back?.opinions[0]?.changes).toMatchObject([{ at: "goal.achieved", from: "全部完成。" }]);
  expect(back?.otherChanges.map(({ at }) => at)).toEqual([`indicators[${elsewhere}].evidence`]);
  expect((await people.department.done(getSubmission, { params })).body.state).toBe("submitted");
}, 30_000);

test("a return of before is not answered any more once there is a later one, and keeps its answers", async () => {
  const made = await newEvaluation(server, people, { seed: 461, year: 2025, name: "退回两次的项目" });
  const params = { submission: made.submission };
  let { revision } = made;
  const rounds: string[] = [];
  for (const reason of ["原因不具体。", "原因仍不具体。"]) {
    await people.clerk.done(submitSubmission, { params, body: {}, ifMatch: revision });
    await people.head.done(receiveSubmission, { params, body: {} });
    await people.head.done(returnSubmission, { params, body: { reason, findings: [] } });
    const [last] = (await people.clerk.done(listReturns, { params })).body.returns;
    rounds.push(last?.returned ?? "");
    if (rounds.length > 1) break;
    const body = { returned: last?.returned ?? "", opinion: 1, answer: "changed" as const, words: null };
    await people.clerk.done(answerReturn, { params, body });
    const row = made.evaluation.indicators.length > 0 ? "goal.expected" : "";
    revision = (await setCell(people.clerk, made.submission, revision, row, "另写的目标")).body.revision;
  }
  const late = await people.clerk.call(answerReturn, {
    params,
    body: { returned: rounds[0] ?? "", opinion: 1, answer: "changed", words: null },
  });
  expect(late.status).toBe(404);
  const { returns } = (await people.clerk.done(listReturns, { params })).body;
  expect(
    returns.map(({ opinions, otherChanges }) => [opinions[0]?.answer?.answer, otherChanges.length]),
  ).toEqual([
    [undefined, 0],
    ["changed", 1],
  ]);
}, 30_000);
