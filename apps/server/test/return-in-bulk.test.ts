import {
  decideInBulk,
  getForm,
  getHistory,
  getSubmission,
  receiveSubmission,
  submitSubmission,
} from "@jiheng/contract/http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestServer, testServer } from "./client.ts";
import { newEvaluation, passDesks, type SixPeople, setCell, sixPeople } from "./life-cycle-steps.ts";

let server: TestServer;
let people: SixPeople;

beforeAll(async () => {
  server = await testServer();
  people = await sixPeople(server);
});
afterAll(() => server?.close());

/** A form with something to be found, under the department's review. */
async function underReview(seed: number): Promise<string> {
  const made = await newEvaluation(server, people, { seed, year: 2025, name: `批量退回${seed}` });
  const saved = await setCell(people.clerk, made.submission, made.revision, "goal.achieved", "全部完成。");
  const params = { submission: made.submission };
  await people.clerk.done(submitSubmission, { params, body: {}, ifMatch: saved.body.revision });
  await passDesks(made.submission, [people.head]);
  await people.department.done(receiveSubmission, { params, body: {} });
  return made.submission;
}

it("sends each form back with its own opinion and findings; one that is refused holds up no other and says why", async () => {
  const { department } = people;
  const [own, other, wrong, silent] = await Promise.all([470, 471, 472, 473].map(underReview));
  const stranger = "00000000-0000-7000-8000-000000000000";
  const all = [own, other, wrong, silent, stranger].map((id) => id ?? "");
  const fingerprints = async (submission = "") =>
    (await department.done(getForm, { params: { submission } })).body.review?.findings.map(
      ({ fingerprint }) => fingerprint,
    ) ?? [];
  const cited = await fingerprints(own);
  expect(cited.length).toBeGreaterThan(0);
  const { body } = await department.done(decideInBulk, {
    body: {
      command: "return",
      submissions: all,
      reason: null,
      opinions: [
        { submission: own ?? "", reason: "请更正甲的问题。", findings: cited },
        { submission: other ?? "", reason: "请更正乙的问题。" },
        { submission: wrong ?? "", reason: "引用了别处的问题。", findings: ["no such finding"] },
        { submission: stranger, reason: "不在范围内的表。" },
      ],
    },
  });
  expect(body.items.map(({ submission, outcome, code }) => [submission, outcome, code])).toEqual([
    [own, "done", null],
    [other, "done", null],
    [wrong, "refused", "not-found"],
    [silent, "refused", "reason-missing"],
    [stranger, "refused", "not-found"],
  ]);
  expect([body.done, body.refused]).toEqual([2, 3]);
  for (const item of body.items) expect((item.says ?? "") === "").toBe(item.outcome === "done");
  const standing = async (submission = "") =>
    (await department.done(getSubmission, { params: { submission } })).body;
  expect(await standing(own)).toMatchObject({ state: "returned", returnReason: "请更正甲的问题。" });
  expect(await standing(other)).toMatchObject({ state: "returned", returnReason: "请更正乙的问题。" });
  expect((await standing(wrong)).state).toBe("under-review");
  expect((await standing(silent)).state).toBe("under-review");
  const history = await department.done(getHistory, { params: { submission: own ?? "" } });
  expect(JSON.stringify(history.body)).toContain("请更正甲的问题。");

  // What failed is sent again, corrected, with words for those that have none of their own.
  const again = await department.done(decideInBulk, {
    body: {
      command: "return",
      submissions: [wrong ?? "", silent ?? ""],
      reason: "请按统一口径重报。",
      opinions: [{ submission: wrong ?? "", reason: "请更正丙的问题。" }],
    },
  });
  expect(again.body).toMatchObject({ done: 2, refused: 0 });
  expect((await standing(wrong)).returnReason).toBe("请更正丙的问题。");
  expect((await standing(silent)).returnReason).toBe("请按统一口径重报。");
});
