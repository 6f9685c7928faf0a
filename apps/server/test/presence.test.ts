import { showPresence } from "@jiheng/contract/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestServer, testServer } from "./client.ts";
import { newEvaluation, type SixPeople, sixPeople } from "./life-cycle-steps.ts";

let server: TestServer;
let people: SixPeople;
let submission = "";

beforeAll(async () => {
  server = await testServer();
  people = await sixPeople(server);
  ({ submission } = await newEvaluation(server, people, { seed: 410, year: 2025, name: "两人同填项目" }));
});
afterAll(() => server?.close());

const here = (at: string | null) => ({ params: { submission }, body: { at } });

test("those who have a form open hear of each other, until they have gone", async () => {
  expect((await people.clerk.done(showPresence, here("goal.expected"))).body.others).toEqual([]);
  const { body } = await people.secondClerk.done(showPresence, here(null));
  expect(body.others.map(({ account, at }) => ({ account, at }))).toEqual([
    { account: people.clerk.account?.id, at: "goal.expected" },
  ]);
  expect((await people.clerk.done(showPresence, here("goal.achieved"))).body.others).toHaveLength(1);
  server.setNow(new Date(Date.now() + 31_000));
  expect((await people.secondClerk.done(showPresence, here(null))).body.others).toEqual([]);
  server.setNow(null);
});

test("whoever may not see the form is not told who has it open", async () => {
  const stranger = await server.addAccount("other-unit", [
    { role: "clerk", organisation: server.home.departments[1].units[0]?.id ?? "" },
  ]);
  const refused = await (await server.asAccount(stranger)).call(showPresence, here(null));
  expect(refused.problem?.code).toMatch(/not-found|not-allowed/);
});
