import {
  changeOrganisation,
  closeOrganisation,
  createAccount,
  createOrganisation,
  disableAccount,
  enableAccount,
  getAccount,
  getOrganisation,
  getProfile,
  giveGrant,
  listAccounts,
  listOrganisations,
  lockAccount,
  logIn,
  moveOrganisation,
  recordRecusal,
  resetPassword,
  resetSecondFactor,
  revokeGrant,
  revokeTokenOf,
  unlockAccount,
} from "@jiheng/contract/http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountRoutes } from "../src/features/accounts/routes.ts";
import { organisationRoutes } from "../src/features/organisations/routes.ts";
import { newId } from "../src/platform/ids.ts";
import { rowsOf, type TestClient, type TestServer, testServer } from "./client.ts";

let server: TestServer;
let administrator: TestClient;
let security: TestClient;

beforeAll(async () => {
  server = await testServer({ routes: [...accountRoutes, ...organisationRoutes] });
  administrator = await server.as("administrator");
  security = await server.as("security-administrator");
});
afterAll(() => server.close());

/** What the chain says of a subject, oldest first. */
async function eventsOf(subject: string) {
  const rows = (await rowsOf(server.platform.db, "event", "test")).filter((row) => row.subject === subject);
  return rows.sort((one, other) => Number(one.seq - other.seq)).map(({ type }) => type);
}

const reason = "按编制批复";

describe("the tree", () => {
  it("is seen as far as a role reaches: those above, and all beneath", async () => {
    const names = async (client: TestClient, query = {}) =>
      (await client.done(listOrganisations, { query })).body.items.map(({ name }) => name);
    expect(await names(administrator)).toHaveLength(7);
    expect(await names(await server.as("clerk"))).toEqual([
      "青川区财政局",
      "青川区水务局",
      "青川区水务服务中心",
    ]);
    expect(await names(await server.as("department-reviewer"))).toHaveLength(4);
    expect(await names(await server.as("third-party"))).toEqual([]);
    expect(await names(administrator, { search: "swj" })).toEqual(["青川区水务局"]);
    expect(await names(administrator, { search: "10101" })).toEqual(["青川区水务服务中心"]);
    expect(await names(administrator, { kind: "department" })).toHaveLength(2);
  });

  it("is paged without a gap or a double", async () => {
    const seen: string[] = [];
    let after: string | undefined;
    for (;;) {
      const query = { limit: "2", ...(after ? { after } : {}) };
      const { items, next } = (await administrator.done(listOrganisations, { query })).body;
      seen.push(...items.map(({ id }) => id));
      if (next === null) break;
      after = next;
    }
    expect(new Set(seen).size).toBe(seen.length);
    const all = (await administrator.done(listOrganisations)).body.items;
    expect(seen).toEqual(all.map(({ id }) => id));
    const forged = Buffer.from('{"code":"1","id":"x"}').toString("base64url");
    expect((await administrator.call(listOrganisations, { query: { after: forged } })).status).toBe(400);
  });

  it("grows, is renamed, moved and closed, each as an event", async () => {
    const [from, to] = server.home.departments;
    const made = await administrator.done(createOrganisation, {
      body: { kind: "unit", parent: from.id, code: "10199", name: "新设站" },
    });
    const params = { organisation: made.body.id };
    await administrator.done(changeOrganisation, { params, body: { name: "新设水文站" } });
    const moved = await administrator.done(moveOrganisation, { params, body: { parent: to.id, reason } });
    expect(moved.body.parent).toBe(to.id);
    const closed = await administrator.done(closeOrganisation, { params, body: { reason } });
    expect(closed.body.closed).not.toBeNull();
    const again = await administrator.call(changeOrganisation, { params, body: { name: "x" } });
    expect(again.problem?.code).toBe("wrong-state");
    expect(await eventsOf(made.body.id)).toEqual([
      "organisation.created",
      "organisation.changed",
      "organisation.changed",
      "organisation.changed",
    ]);
  });

  it("stays a tree of three levels without doubles", async () => {
    const [department] = server.home.departments;
    const [unit] = department.units;
    const codeOf = async (body: {
      kind: "unit" | "department";
      parent: string;
      code: string | null;
      name: string;
    }) => (await administrator.call(createOrganisation, { body })).problem?.code;
    const unitId = unit?.id ?? "";
    expect(await codeOf({ kind: "unit", parent: unitId, code: null, name: "a" })).toBe("wrong-state");
    expect(await codeOf({ kind: "department", parent: department.id, code: null, name: "a" })).toBe(
      "wrong-state",
    );
    expect(await codeOf({ kind: "unit", parent: department.id, code: "101", name: "a" })).toBe(
      "already-exists",
    );
    const close = (organisation: string) =>
      administrator.call(closeOrganisation, { params: { organisation }, body: { reason } });
    expect((await close(department.id)).problem?.detail).toContain("还有 2 个机构");
    expect((await close(server.home.root.id)).problem?.code).toBe("wrong-state");
  });

  it("is moved and closed only when no form is under way", async () => {
    const [department, other] = server.home.departments;
    const unit = department.units[1]?.id ?? "";
    const { db, now } = server.platform;
    const project = newId();
    await db
      .insertInto("project")
      .values({
        ...{
          region: "test",
          id: project,
          department: department.id,
          unit,
          code: null,
          name: "清淤",
          search: [],
        },
        ...{ placeholder_reason: null, parent: null, created_at: now() },
      })
      .execute();
    await db
      .insertInto("submission")
      .values({
        ...{
          region: "test",
          year: 2026,
          id: newId(),
          kind: "self-evaluation",
          project,
          department: department.id,
          unit,
        },
        ...{ project_name: "清淤", state: "draft", desk: null, created_at: now(), updated_at: now() },
      })
      .execute();
    const params = { organisation: unit };
    const moved = await administrator.call(moveOrganisation, { params, body: { parent: other.id, reason } });
    expect(moved.problem?.detail).toContain("1 份表格在办");
    const closed = await administrator.call(closeOrganisation, { params, body: { reason } });
    expect(closed.problem?.code).toBe("wrong-state");
    await db.updateTable("submission").set({ state: "approved" }).where("unit", "=", unit).execute();
    await administrator.done(moveOrganisation, { params, body: { parent: other.id, reason } });
    const after = await db
      .selectFrom("project")
      .select("department")
      .where("id", "=", project)
      .executeTakeFirstOrThrow();
    expect(after.department).toBe(other.id);
  });
});

describe("accounts", () => {
  it("are created without a right, with a password for one time", async () => {
    const made = await administrator.done(createAccount, { body: { login: "zhang.san", name: "张三" } });
    const { account, password } = made.body;
    const login = await server.anonymous.done(logIn, {
      body: { region: "test", login: "zhang.san", password: password ?? "" },
    });
    expect(login.body.standing).toBe("change-password");
    const shown = (await administrator.done(getAccount, { params: { account } })).body;
    expect(shown).toMatchObject({ login: "zhang.san", grants: [], disabled: null, secondFactor: false });
    const twice = await administrator.call(createAccount, { body: { login: "Zhang.San", name: "李四" } });
    expect(twice.problem?.code).toBe("already-exists");
    const events = JSON.stringify(
      (await rowsOf(server.platform.db, "event", "test")).map(({ body }) => body),
    );
    expect(events).not.toContain(password);
  });

  it("are found by name, role and body; by nobody without the right", async () => {
    const found = await administrator.done(listAccounts, { query: { role: "clerk" } });
    expect(found.body.items.map(({ id }) => id)).toContain(server.home.accounts.clerk.id);
    const byBody = await administrator.done(listAccounts, {
      query: { organisation: server.home.departments[0].id },
    });
    expect(byBody.body.items.map(({ id }) => id)).toEqual([server.home.accounts["department-reviewer"].id]);
    const byText = await administrator.done(listAccounts, { query: { search: "%" } });
    expect(byText.body.items).toEqual([]);
    for (const role of ["clerk", "finance-officer", "department-reviewer"] as const)
      expect((await (await server.as(role)).call(listAccounts)).problem?.code).toBe("not-allowed");
  });

  it("out of use, locked or reset lose what they had open", async () => {
    const account = await server.addAccount("leaving", [
      { role: "clerk", organisation: server.home.departments[0].id },
    ]);
    const params = { account: account.id };
    const open = async () => (await server.asAccount(account)).call(getProfile);
    const session = await server.asAccount(account);
    await administrator.done(disableAccount, { params, body: { reason } });
    expect((await session.call(getProfile)).status).toBe(401);
    expect((await open()).status).toBe(401);
    await administrator.done(enableAccount, { params, body: { reason } });
    expect((await open()).status).toBe(200);
    const second = await server.asAccount(account);
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await security.done(lockAccount, { params, body: { until, reason } });
    expect((await second.call(getProfile)).status).toBe(401);
    const { password } = (await security.done(resetPassword, { params, body: { reason } })).body;
    expect(password).toMatch(/^.{16}$/);
    expect((await security.call(unlockAccount, { params })).problem?.code).toBe("wrong-state");
    expect((await security.call(resetSecondFactor, { params, body: { reason } })).problem?.code).toBe(
      "wrong-state",
    );
    expect(await eventsOf(account.id)).toEqual([
      "account.changed",
      "account.changed",
      "account.locked",
      "account.password-changed",
    ]);
  });
});

describe("three administrators", () => {
  const give = (
    client: TestClient,
    account: string,
    role: "administrator" | "auditor" | "clerk" | "security-administrator",
    organisation: string,
  ) =>
    client.call(giveGrant, {
      params: { account },
      body: { role, organisation, until: null, submissions: null },
    });

  it("roles are given by the security administrator, to others, one of the three alone", async () => {
    const root = server.home.root.id;
    const person = await server.addAccount("person", []);
    const own = security.account?.id ?? "";
    expect((await give(administrator, person.id, "administrator", root)).problem?.code).toBe("not-allowed");
    expect((await give(security, own, "auditor", root)).problem?.code).toBe("own-work");
    expect((await give(security, person.id, "administrator", root)).status).toBe(201);
    expect((await give(security, person.id, "auditor", root)).problem?.code).toBe("conflicting-roles");
    expect((await give(security, person.id, "clerk", server.home.departments[0].id)).problem?.code).toBe(
      "conflicting-roles",
    );
    expect((await give(security, person.id, "administrator", root)).problem?.code).toBe("already-exists");
    expect(await eventsOf(person.id)).toEqual(["grant.given"]);
  });

  it("two conflicting roles given at once are not both held", async () => {
    const root = server.home.root.id;
    const person = await server.addAccount("racer", []);
    const answers = await Promise.all([
      give(security, person.id, "administrator", root),
      give(security, person.id, "auditor", root),
      give(security, person.id, "security-administrator", root),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it("a role is given where it is at home, a third party's with forms and an end", async () => {
    const person = await server.addAccount("helper", []);
    expect((await give(security, person.id, "clerk", server.home.root.id)).problem?.code).toBe(
      "out-of-scope",
    );
    const reviewer = (submissions: string[] | null, until: string | null) =>
      security.call(giveGrant, {
        params: { account: person.id },
        body: { role: "third-party", organisation: server.home.root.id, until, submissions },
      });
    const soon = new Date(Date.now() + 86_400_000).toISOString();
    expect((await reviewer(null, soon)).problem?.code).toBe("out-of-scope");
    expect((await reviewer([newId()], soon)).problem?.code).toBe("not-found");
    const [form] = await server.platform.db
      .selectFrom("submission")
      .select("id")
      .where("region", "=", "test")
      .execute();
    expect((await reviewer([form?.id ?? ""], "2020-01-01T00:00:00Z")).problem?.code).toBe("wrong-state");
    const given = await reviewer([form?.id ?? ""], soon);
    expect(given.body).toMatchObject({ role: "third-party", submissions: [form?.id] });
  });

  it("the last of the three is neither disabled nor revoked; none looks after their own account", async () => {
    const { auditor } = server.home.accounts;
    const params = { account: auditor.id };
    expect(
      (await administrator.call(disableAccount, { params, body: { reason } })).problem?.detail,
    ).toContain("唯一的安全审计员");
    const grant = (await administrator.done(getAccount, { params })).body.grants[0]?.id ?? "";
    const revoked = await security.call(revokeGrant, { params: { ...params, grant }, body: { reason } });
    expect(revoked.problem?.detail).toContain("唯一的安全审计员");
    const own = { account: administrator.account?.id ?? "" };
    expect((await administrator.call(disableAccount, { params: own, body: { reason } })).problem?.code).toBe(
      "own-work",
    );
    const mine = { account: security.account?.id ?? "" };
    expect((await security.call(resetPassword, { params: mine, body: { reason } })).problem?.code).toBe(
      "own-work",
    );
  });

  it("a revoked role is gone with the next request", async () => {
    const person = await server.addAccount("former", [
      { role: "administrator", organisation: server.home.root.id },
    ]);
    const client = await server.asAccount(person);
    await client.done(listAccounts);
    const params = { account: person.id };
    const grant = (await administrator.done(getAccount, { params })).body.grants[0]?.id ?? "";
    await security.done(revokeGrant, { params: { ...params, grant }, body: { reason } });
    expect((await client.call(listAccounts)).problem?.code).toBe("not-allowed");
  });

  it("recusals are recorded by the security administrator", async () => {
    const params = { account: server.home.accounts["finance-officer"].id };
    const from = server.home.departments[1].id;
    expect((await administrator.call(recordRecusal, { params, body: { from, reason } })).problem?.code).toBe(
      "not-allowed",
    );
    await security.done(recordRecusal, { params, body: { from, reason: "曾任职" } });
    expect((await security.call(recordRecusal, { params, body: { from, reason } })).problem?.code).toBe(
      "already-exists",
    );
    expect((await (await server.as("finance-officer")).done(getProfile)).body.recused).toEqual([from]);
  });
});

describe("another region", () => {
  it("has nothing here: its bodies and accounts are not found by any operation", async () => {
    const { root, departments, accounts } = server.other;
    const [department] = departments;
    const organisation = department.units[0]?.id ?? "";
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const account = accounts.clerk.id;
    const calls = [
      administrator.call(getOrganisation, { params: { organisation } }),
      administrator.call(changeOrganisation, { params: { organisation }, body: { name: "x" } }),
      administrator.call(moveOrganisation, {
        params: { organisation },
        body: { parent: department.id, reason },
      }),
      administrator.call(closeOrganisation, { params: { organisation }, body: { reason } }),
      administrator.call(createOrganisation, {
        body: { kind: "unit", parent: department.id, code: null, name: "x" },
      }),
      administrator.call(listAccounts, { query: { organisation } }),
      administrator.call(getAccount, { params: { account } }),
      administrator.call(disableAccount, { params: { account }, body: { reason } }),
      administrator.call(enableAccount, { params: { account }, body: { reason } }),
      security.call(lockAccount, { params: { account }, body: { until, reason } }),
      security.call(unlockAccount, { params: { account } }),
      security.call(resetPassword, { params: { account }, body: { reason } }),
      security.call(resetSecondFactor, { params: { account }, body: { reason } }),
      security.call(revokeTokenOf, { params: { account, token: newId() }, body: { reason } }),
      security.call(revokeGrant, { params: { account, grant: newId() }, body: { reason } }),
      security.call(recordRecusal, { params: { account }, body: { from: root.id, reason } }),
      security.call(giveGrant, {
        params: { account },
        body: { role: "clerk", organisation: server.home.departments[0].id, until: null, submissions: null },
      }),
      security.call(giveGrant, {
        params: { account: server.home.accounts.clerk.id },
        body: { role: "clerk", organisation, until: null, submissions: null },
      }),
    ];
    const codes = (await Promise.all(calls)).map(({ problem }) => problem?.code);
    expect(codes).toEqual(calls.map(() => "not-found"));
    const listed = (await administrator.done(listOrganisations, { query: { limit: "200" } })).body.items;
    expect(listed.some(({ id }) => id === root.id)).toBe(false);
  });
});
