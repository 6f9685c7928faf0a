import {
  changePassword,
  confirmEnrolment,
  confirmSecondFactor,
  createOrganisation,
  createToken,
  endOtherSessions,
  enrolSecondFactor,
  getInstallation,
  getProfile,
  getSession,
  listAccounts,
  listOrganisations,
  listSessions,
  listTokens,
  logIn,
  logOut,
  removeSecondFactor,
  revokeToken,
  setUp,
} from "@jiheng/contract/http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountRoutes } from "../src/features/accounts/routes.ts";
import { organisationRoutes } from "../src/features/organisations/routes.ts";
import { API } from "../src/platform/http/application.ts";
import { hashPassword } from "../src/platform/passwords/hash-password.ts";
import { createTotp } from "./authenticator.ts";
import {
  clientOf,
  rowsOf,
  type TestAccount,
  type TestClient,
  type TestServer,
  testServer,
} from "./client.ts";
import { testDatabase } from "./database.ts";

const routes = [...accountRoutes, ...organisationRoutes];
const GOOD = "Kept7-Lantern-Hill";
const BETTER = "Rivet9+Orchard-Dune";
const MINUTE = 60_000;

let server: TestServer;

beforeAll(async () => {
  server = await testServer({ routes });
});
afterAll(() => server.close());

/** An account with a password, and a client that logs in as it. */
async function withPassword(name: string, password = GOOD, more: { mustChange?: boolean } = {}) {
  const account = await server.addAccount(name, [
    { role: "clerk", organisation: server.home.departments[0].id },
  ]);
  await server.platform.db
    .updateTable("account")
    .set({
      password_hash: await hashPassword(password, server.settings.password),
      password_changed_at: server.platform.now(),
      must_change_password: more.mustChange ?? false,
    })
    .where("id", "=", account.id)
    .execute();
  return account;
}

async function tryLogin(account: Pick<TestAccount, "login">, password: string, region = "test") {
  return server.anonymous.call(logIn, { body: { region, login: account.login, password } });
}

/** The client of the session that an answer began. */
function after(received: { headers: Readonly<Record<string, string>>; body: unknown }): TestClient {
  const cookie = String(received.headers["set-cookie"]).split(";")[0] ?? "";
  const { csrf } = received.body as { csrf: string };
  return clientOf(server.http, null, { cookie, "x-csrf-token": csrf });
}

async function logInAs(account: TestAccount, password = GOOD): Promise<TestClient> {
  const received = await tryLogin(account, password);
  expect(received.status).toBe(200);
  return after(received);
}

async function eventsOf(account: string) {
  return (await rowsOf(server.platform.db, "event", "test")).filter(({ subject }) => subject === account);
}

describe("login", () => {
  it("with login and password begins a session in a cookie that no script and no other site can use", async () => {
    const account = await withPassword("login-one");
    const received = await tryLogin(account, GOOD);
    expect(received.body).toMatchObject({ standing: "complete", account: account.id, region: "test" });
    const cookie = String(received.headers["set-cookie"]);
    expect(cookie).toMatch(/^jiheng=test\.[\w-]{43}; .*HttpOnly; SameSite=Strict/);
    const me = after(received);
    const profile = (await me.done(getProfile)).body;
    expect(profile.actions).toContain("save");
    expect(profile.actions).not.toContain("manage-accounts");
    expect(profile).toMatchObject({
      login: account.login,
      grants: [{ role: "clerk", roleTitle: "单位经办人", organisationName: "青川区水务局" }],
    });
    const kept = JSON.stringify(await rowsOf(server.platform.db, "session", "test"));
    expect(kept).not.toContain(cookie.split(/[.;]/)[1]);
    expect((await eventsOf(account.id)).map(({ type }) => type)).toEqual(["login.succeeded"]);
  });

  it("answers an unknown login, a wrong password and a disabled account alike", async () => {
    const account = await withPassword("login-two");
    const disabled = await withPassword("login-off");
    await server.platform.db
      .updateTable("account")
      .set({ disabled_at: new Date() })
      .where("id", "=", disabled.id)
      .execute();
    const answers = [
      await tryLogin(account, "wrong"),
      await tryLogin({ login: "nobody-here" }, GOOD),
      await tryLogin(disabled, GOOD),
      await tryLogin(account, GOOD, "nowhere"),
    ];
    const seen = answers.map(({ problem, status }) => ({
      status,
      code: problem?.code,
      detail: problem?.detail,
    }));
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(seen[0]).toMatchObject({ status: 401, code: "login-refused" });
  });

  it("takes as long for an unknown login as for a wrong password", async () => {
    const slow = await testServer({
      routes,
      database: { ...(await testDatabase()) },
      settings: {
        password: { ...server.settings.password, memoryKiB: 19_456, passes: 2 },
        lockout: { after: 1_000, first: MINUTE, longest: MINUTE },
      },
    });
    const account = await slow.addAccount("timing", []);
    const password_hash = await hashPassword(GOOD, slow.settings.password);
    await slow.platform.db
      .updateTable("account")
      .set({ password_hash })
      .where("id", "=", account.id)
      .execute();
    const time = async (login: string) => {
      const from = performance.now();
      await slow.anonymous.call(logIn, { body: { region: "test", login, password: "wrong" } });
      return performance.now() - from;
    };
    // The least of several in turn: what else the machine does only ever adds.
    let [known, unknown] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let round = 0; round < 8; round += 1) {
      known = Math.min(known, await time(account.login));
      unknown = Math.min(unknown, await time("nobody-here"));
    }
    await slow.close();
    expect(unknown / known).toBeGreaterThan(0.5);
    expect(unknown / known).toBeLessThan(2);
  });

  it("locks after failures, longer each time, known or not", async () => {
    const account = await withPassword("login-lock");
    const start = new Date("2027-03-01T02:00:00Z");
    try {
      for (const login of [account.login, "never-was"]) {
        server.setNow(start);
        for (let round = 0; round < 5; round += 1)
          expect((await tryLogin({ login }, "wrong")).problem?.code).toBe("login-refused");
        expect((await tryLogin({ login }, GOOD)).problem?.code).toBe("account-locked");
        server.setNow(new Date(start.getTime() + 6 * MINUTE));
        for (let round = 0; round < 5; round += 1)
          expect((await tryLogin({ login }, "wrong")).problem?.code).toBe("login-refused");
        server.setNow(new Date(start.getTime() + 12 * MINUTE));
        expect((await tryLogin({ login }, GOOD)).problem?.code).toBe("account-locked");
      }
      server.setNow(new Date(start.getTime() + 17 * MINUTE));
      expect((await tryLogin(account, GOOD)).status).toBe(200);
    } finally {
      server.setNow(null);
    }
    const types = (await eventsOf(account.id)).map(({ type }) => type);
    expect(types.filter((type) => type === "account.locked")).toHaveLength(2);
  });

  it("guesses at the same time do not slip through the lock together", async () => {
    const account = await withPassword("login-race");
    const answers = await Promise.all(Array.from({ length: 20 }, () => tryLogin(account, "wrong")));
    const looked = answers.filter(({ problem }) => problem?.code === "login-refused");
    expect(looked).toHaveLength(5);
  });

  it("is limited by name and by address", async () => {
    const rates = { account: 1e6, address: 1e6, loginsByName: 3, loginsByAddress: 6 };
    const database = await testDatabase();
    const limited = await testServer({ routes, database, settings: { rates } });
    const statusOf = async (login: string) =>
      (await limited.anonymous.call(logIn, { body: { region: "test", login, password: "x" } })).status;
    const byName = [await statusOf("a1"), await statusOf("a1"), await statusOf("a1"), await statusOf("a1")];
    expect(byName).toEqual([401, 401, 401, 429]);
    const byAddress = [await statusOf("b1"), await statusOf("c1"), await statusOf("d1")];
    await limited.close();
    expect(byAddress).toEqual([401, 401, 429]);
  });
});

describe("sessions", () => {
  it("end by leaving, by idling and at their last hour", async () => {
    const account = await withPassword("session-one");
    const first = await logInAs(account);
    await first.done(logOut);
    expect((await first.call(getSession)).problem?.code).toBe("not-logged-in");
    const start = new Date();
    try {
      const idle = await logInAs(account);
      server.setNow(new Date(start.getTime() + 29 * MINUTE));
      await idle.done(getSession);
      server.setNow(new Date(start.getTime() + 61 * MINUTE));
      expect((await idle.call(getSession)).status).toBe(401);
      const long = await logInAs(account);
      for (let minutes = 61; minutes < 61 + 12 * 60; minutes += 20) {
        server.setNow(new Date(start.getTime() + minutes * MINUTE));
        expect((await long.call(getSession)).status).toBe(200);
      }
      server.setNow(new Date(start.getTime() + (61 + 12 * 60 + 1) * MINUTE));
      expect((await long.call(getSession)).status).toBe(401);
    } finally {
      server.setNow(null);
    }
  });

  it("are listed and ended by their person", async () => {
    const account = await withPassword("session-two");
    const [one, two] = [await logInAs(account), await logInAs(account)];
    const { items } = (await one.done(listSessions)).body;
    expect(items).toHaveLength(2);
    expect((await one.done(endOtherSessions)).body).toEqual({ ended: 1 });
    expect((await two.call(getSession)).status).toBe(401);
    await one.done(getSession);
  });

  it("of a disabled account are void at once", async () => {
    const account = await withPassword("session-three");
    const me = await logInAs(account);
    await server.platform.db
      .updateTable("account")
      .set({ disabled_at: new Date() })
      .where("id", "=", account.id)
      .execute();
    expect((await me.call(getSession)).status).toBe(401);
  });
});

describe("passwords", () => {
  it("must be changed first where they are one-time or old", async () => {
    const account = await withPassword("password-first", GOOD, { mustChange: true });
    const me = await logInAs(account);
    expect((await me.done(getSession)).body.standing).toBe("change-password");
    expect((await me.call(getProfile)).problem?.code).toBe("password-change-needed");
    const changed = await me.done(changePassword, { body: { current: GOOD, next: BETTER } });
    expect(changed.body.standing).toBe("complete");
    expect((await me.call(getSession)).status).toBe(401);
    await after(changed).done(getProfile);
    await logInAs(account, BETTER);

    await server.platform.db
      .updateTable("account")
      .set({ password_changed_at: new Date(Date.now() - 91 * 86_400_000) })
      .where("id", "=", account.id)
      .execute();
    expect((await (await logInAs(account, BETTER)).done(getSession)).body.standing).toBe("change-password");
  });

  it.each([
    ["Short1-", "不少于"],
    ["alllowercaseletters", "至少用三类"],
    ["Aa1-Aa1-Aa1-", "不同的字符太少"],
    ["Password@123456", "常见"],
    ["Qwerty123456!", "常见"],
    ["X9-password-kept-人员", "姓名"],
  ])("like %s are refused", async (next, says) => {
    const account = await withPassword(`policy-${next.length}`);
    await server.platform.db
      .updateTable("account")
      .set({ name: "人员" })
      .where("id", "=", account.id)
      .execute();
    const me = await logInAs(account);
    const { problem } = await me.call(changePassword, { body: { current: GOOD, next: next.padEnd(8, "x") } });
    expect(problem?.code).toBe("password-refused");
    expect(problem?.detail).toContain(says);
  });

  it("are not used again, and the old one is asked for", async () => {
    const account = await withPassword("password-history");
    let me = await logInAs(account);
    expect((await me.call(changePassword, { body: { current: "no", next: BETTER } })).problem?.code).toBe(
      "login-refused",
    );
    expect((await me.call(changePassword, { body: { current: GOOD, next: GOOD } })).problem?.code).toBe(
      "password-refused",
    );
    me = after(await me.done(changePassword, { body: { current: GOOD, next: BETTER } }));
    me = after(await me.done(changePassword, { body: { current: BETTER, next: `${BETTER}2` } }));
    const back = await me.call(changePassword, { body: { current: `${BETTER}2`, next: BETTER } });
    expect(back.problem?.detail).toContain("最近");
  });
});

describe("second factor", () => {
  it("is enrolled, asked for, used once a step, and counts towards the lock", async () => {
    const start = new Date("2027-04-01T02:00:10Z");
    const at = (seconds: number) => server.setNow(new Date(start.getTime() + seconds * 1000));
    try {
      at(0);
      const account = await withPassword("totp-one");
      let me = await logInAs(account);
      expect((await me.call(enrolSecondFactor, { body: { password: "no" } })).status).toBe(401);
      const { body } = await me.done(enrolSecondFactor, { body: { password: GOOD } });
      expect(body.uri).toMatch(/^otpauth:\/\/totp\//);
      const code = (seconds: number) => createTotp(body.secret)(new Date(start.getTime() + seconds * 1000));
      me = after(await me.done(confirmEnrolment, { body: { code: code(0) } }));
      await me.done(getProfile);

      at(60);
      const half = await logInAs(account);
      expect((await half.done(getSession)).body.standing).toBe("second-factor");
      expect((await half.call(getProfile)).problem?.code).toBe("second-factor-needed");
      expect((await half.call(enrolSecondFactor, { body: {} })).problem?.code).toBe("second-factor-needed");
      expect((await half.call(confirmSecondFactor, { body: { code: "000000" } })).status).toBe(401);
      const whole = after(await half.done(confirmSecondFactor, { body: { code: code(60) } }));
      await whole.done(getProfile);
      expect((await half.call(getSession)).status).toBe(401);

      const replay = await logInAs(account);
      const again = await replay.call(confirmSecondFactor, { body: { code: code(60) } });
      expect(again.problem).toMatchObject({ code: "login-refused" });
      expect(again.problem?.detail).toContain("已用过");
      expect((await whole.call(removeSecondFactor, { body: { code: code(60) } })).status).toBe(401);
      at(120);
      await whole.done(removeSecondFactor, { body: { code: code(120) } });
      expect((await (await logInAs(account)).done(getSession)).body.standing).toBe("complete");
    } finally {
      server.setNow(null);
    }
  });

  it("is required of the roles that the setting names", async () => {
    const settings = { secondFactorFor: ["auditor"] as const };
    const database = await testDatabase();
    const strict = await testServer({ routes, database, settings });
    const password_hash = await hashPassword(GOOD, strict.settings.password);
    const { auditor } = strict.home.accounts;
    await strict.platform.db
      .updateTable("account")
      .set({ password_hash })
      .where("id", "=", auditor.id)
      .execute();
    const login = await strict.anonymous.done(logIn, {
      body: { region: "test", login: auditor.login, password: GOOD },
    });
    await strict.close();
    expect(login.body.standing).toBe("enrol-second-factor");
  });
});

describe("API tokens", () => {
  it("do what their scope and their account may, and nothing of the person's own", async () => {
    const account = await withPassword("token-one");
    const me = await logInAs(account);
    const { body } = await me.done(createToken, { body: { name: "预算系统", scopes: ["read"], days: 30 } });
    expect(body.token).toMatch(/^jh_test_[\w-]{43}$/);
    expect(JSON.stringify(await rowsOf(server.platform.db, "api_token", "test"))).not.toContain(body.token);
    const program = clientOf(server.http, null, { authorization: `Bearer ${body.token}` });
    expect((await program.done(getProfile)).body.scopes).toEqual(["read"]);
    await program.done(listOrganisations);
    expect((await program.call(listTokens)).problem?.code).toBe("not-allowed");
    expect(
      (await program.call(changePassword, { body: { current: GOOD, next: BETTER } })).problem?.code,
    ).toBe("not-allowed");
    expect((await program.call(listAccounts)).problem?.code).toBe("out-of-scope");
    const make = { kind: "department", parent: server.home.root.id, code: null, name: "某局" } as const;
    expect((await program.call(createOrganisation, { body: make })).problem?.code).toBe("out-of-scope");
    const wide = await me.done(createToken, { body: { name: "管理", scopes: ["administer"], days: 1 } });
    const mighty = clientOf(server.http, null, { authorization: `Bearer ${wide.body.token}` });
    expect((await mighty.call(createOrganisation, { body: make })).problem?.code).toBe("not-allowed");
    await me.done(revokeToken, { params: { token: body.id } });
    expect((await program.call(getProfile)).status).toBe(401);
  });

  it("end on their day; a changed letter is nobody", async () => {
    const account = await withPassword("token-two");
    const me = await logInAs(account);
    const { body } = await me.done(createToken, { body: { name: "短", scopes: ["read"], days: 1 } });
    const changed = `${body.token.slice(0, -1)}${body.token.endsWith("A") ? "B" : "A"}`;
    for (const [token, status] of [
      [body.token, 200],
      [changed, 401],
      [body.token.replace("test", "other"), 401],
    ] as const)
      expect(
        (await clientOf(server.http, null, { authorization: `Bearer ${token}` }).call(getProfile)).status,
      ).toBe(status);
    server.setNow(new Date(Date.now() + 25 * 60 * MINUTE));
    const late = await clientOf(server.http, null, { authorization: `Bearer ${body.token}` }).call(
      getProfile,
    );
    server.setNow(null);
    expect(late.status).toBe(401);
  });
});

describe("requests of other sites", () => {
  it.each([
    ["another origin", { origin: "https://evil.example" }],
    ["no origin", { origin: "null" }],
    ["another site by its mark", { "sec-fetch-site": "cross-site" }],
    ["a missing token", { "x-csrf-token": "" }],
    ["a wrong token", { "x-csrf-token": "x".repeat(43) }],
    ["another host", { host: "evil.example" }],
  ])("with %s are refused", async (_, headers) => {
    const me = await server.as("clerk");
    const { problem } = await me.call(logOut, { headers });
    expect(problem?.code).toBe("csrf-refused");
  });

  it("a login from another site is refused, too", async () => {
    const { problem } = await server.anonymous.call(logIn, {
      body: { region: "test", login: "a1", password: "b" },
      headers: { origin: "https://evil.example" },
    });
    expect(problem?.code).toBe("csrf-refused");
  });

  it("a page of ours is served, and reads nothing from elsewhere", async () => {
    const me = await server.as("clerk");
    const own = await me.call(getProfile, {
      headers: { origin: "http://localhost:80", "sec-fetch-site": "same-origin" },
    });
    expect(own.status).toBe(200);
    expect(own.headers["access-control-allow-origin"]).toBeUndefined();
    expect(own.headers["cache-control"]).toBe("no-store");
    expect(own.headers["content-security-policy"]).toContain("script-src 'self';");
    expect(own.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(own.headers["strict-transport-security"]).toBeUndefined();
  });

  it("over https the cookie is of this host only, and the browser is told to stay with https", async () => {
    const database = await testDatabase();
    const secure = await testServer({ routes, database, settings: { origin: "https://jx.example.gov.cn" } });
    const password_hash = await hashPassword(GOOD, secure.settings.password);
    const { clerk } = secure.home.accounts;
    await secure.platform.db
      .updateTable("account")
      .set({ password_hash })
      .where("id", "=", clerk.id)
      .execute();
    const received = await secure.http.inject({
      method: "POST",
      url: `${API}/session`,
      headers: {
        host: "jx.example.gov.cn",
        origin: "https://jx.example.gov.cn",
        "content-type": "application/json",
      },
      payload: JSON.stringify({ region: "test", login: clerk.login, password: GOOD }),
    });
    await secure.close();
    expect(received.statusCode).toBe(200);
    expect(String(received.headers["set-cookie"])).toMatch(
      /^__Host-jiheng=.*Path=\/; .*HttpOnly; Secure; SameSite=Strict/,
    );
    expect(received.headers["strict-transport-security"]).toContain("max-age=31536000");
  });
});

describe("installation", () => {
  const administrators = (["administrator", "security-administrator", "auditor"] as const).map(
    (role, index) => ({
      ...{ role, login: `admin-${index}`, name: `管理${index}`, password: `${GOOD}${index}` },
    }),
  );
  const body = {
    code: "S3TUP-C0DE",
    region: "qc",
    name: "青川区",
    jurisdiction: null,
    bureau: "青川区财政局",
    administrators,
  };

  it("is set up once, with the code, with three administrators and no password of ours", async () => {
    const database = await testDatabase();
    const fresh = await testServer({ routes, database, settings: { setupCode: "S3TUP-C0DE" }, seed: false });
    const { anonymous } = fresh;
    expect((await anonymous.done(getInstallation)).body).toMatchObject({
      needsSetup: true,
      demo: null,
      regions: [],
    });
    expect((await anonymous.call(setUp, { body: { ...body, code: "wrong" } })).problem?.code).toBe(
      "login-refused",
    );
    const twice = {
      ...body,
      administrators: administrators.map((one) => ({ ...one, role: "auditor" as const })),
    };
    expect((await anonymous.call(setUp, { body: twice })).problem?.code).toBe("conflicting-roles");
    const weak = { ...body, administrators: administrators.map((one) => ({ ...one, password: "12345678" })) };
    expect((await anonymous.call(setUp, { body: weak })).problem?.code).toBe("password-refused");
    const both = await Promise.all([anonymous.call(setUp, { body }), anonymous.call(setUp, { body })]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    const again = await anonymous.call(setUp, { body: { ...body, region: "other" } });
    expect(again.problem?.code).toBe("already-exists");
    const login = await anonymous.done(logIn, { body: { login: "admin-0", password: `${GOOD}0` } });
    expect(login.body.standing).toBe("change-password");
    expect((await anonymous.done(getInstallation)).body.needsSetup).toBe(false);
    const rows = await rowsOf(fresh.platform.db, "event", "qc");
    const events = rows.sort((one, other) => Number(one.seq - other.seq)).map(({ type }) => type);
    await fresh.close();
    expect(events.slice(0, 3)).toEqual(["organisation.created", "account.created", "grant.given"]);
  });

  it("shows accounts and their password on a demonstration only", async () => {
    expect((await server.anonymous.done(getInstallation)).body.demo).toBeNull();
    const database = await testDatabase();
    const demo = await testServer({ routes, database, settings: { demo: { password: "demo-pass" } } });
    await demo.platform.db
      .updateTable("region")
      .set({ is_demo: true })
      .where("region", "=", "test")
      .execute();
    const { body: shown } = await demo.anonymous.done(getInstallation);
    await demo.close();
    expect(shown.demo?.password).toBe("demo-pass");
    expect(new Set(shown.demo?.accounts.map(({ role }) => role)).size).toBe(9);
    expect(shown.demo?.accounts.every(({ region }) => region === "test")).toBe(true);
  });
});
