import {
  beginOidc,
  disableAccount,
  finishOidc,
  getProfile,
  getSession,
  linkOidc,
} from "@jiheng/contract/http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountRoutes } from "../src/features/accounts/routes.ts";
import { organisationRoutes } from "../src/features/organisations/routes.ts";
import { clientOf, rowsOf, type TestAccount, type TestServer, testServer } from "./client.ts";
import { type IdentityProvider, startIdentityProvider } from "./identity-provider.ts";

let provider: IdentityProvider;
let server: TestServer;
let linked: TestAccount;

beforeAll(async () => {
  provider = await startIdentityProvider();
  const { issuer, clientId, clientSecret } = provider;
  const oidc = { issuer, clientId, clientSecret, label: "统一身份认证", hasSecondFactor: false };
  server = await testServer({ routes: [...accountRoutes, ...organisationRoutes], settings: { oidc } });
  linked = await server.addAccount("linked", [
    { role: "clerk", organisation: server.home.departments[0].id },
  ]);
});
afterAll(async () => {
  await server.close();
  await provider.close();
});

/** The cookies of an answer, as a browser would send them again. */
function cookiesOf(headers: Readonly<Record<string, unknown>>): string {
  return [headers["set-cookie"] ?? []]
    .flat()
    .map((line) => String(line).split(";")[0] ?? "")
    .filter((pair) => !pair.endsWith("="))
    .join("; ");
}

async function begin(headers: Record<string, string> = {}) {
  const begun = await clientOf(server.http, null, headers).call(beginOidc, { query: { region: "test" } });
  expect(begun.status).toBe(303);
  return { cookie: cookiesOf(begun.headers), address: String(begun.headers.location) };
}

async function comeBack(back: URL, cookie: string) {
  const response = await server.http.inject({
    url: back.pathname + back.search,
    headers: { host: back.host, cookie },
  });
  return { to: String(response.headers.location), status: response.statusCode, headers: response.headers };
}

async function login() {
  const { cookie, address } = await begin();
  return comeBack(provider.authorize(address), cookie);
}

describe("OpenID Connect", () => {
  it("gives nobody an account or a right by itself", async () => {
    const back = await login();
    expect(back).toMatchObject({ status: 303, to: "/?login=login-refused" });
    expect(cookiesOf(back.headers)).not.toContain("jiheng=");
    const accounts = await server.platform.db
      .selectFrom("account")
      .select("id")
      .where("oidc_subject", "is not", null)
      .execute();
    expect(accounts).toEqual([]);
  });

  it("an account is bound by its own person, then logs in", async () => {
    const me = await server.asAccount(linked);
    const { body, headers } = await me.done(linkOidc);
    const bound = await comeBack(provider.authorize(body.address), cookiesOf(headers));
    expect(bound.to).toBe("/?linked=yes");
    expect((await me.done(getProfile)).body.oidc).toBe(true);

    const back = await login();
    expect(back.to).toBe("/");
    const session = clientOf(server.http, null, { cookie: cookiesOf(back.headers) });
    expect((await session.done(getSession)).body).toMatchObject({ account: linked.id, standing: "complete" });
    const line = [back.headers["set-cookie"]].flat().find((one) => String(one).startsWith("jiheng="));
    expect(String(line)).toMatch(/HttpOnly; SameSite=Strict/);
    const events = (await rowsOf(server.platform.db, "event", "test")).filter(
      ({ subject }) => subject === linked.id,
    );
    expect(
      events.map(({ type, body: text }) => `${type} ${JSON.parse(text).method ?? ""}`.trim()).sort(),
    ).toEqual([...["account.changed", "login.succeeded oidc"]]);
  });

  it("an identity is of one account", async () => {
    const second = await server.asAccount(server.home.accounts["unit-head"]);
    const { body, headers } = await second.done(linkOidc);
    const bound = await comeBack(provider.authorize(body.address), cookiesOf(headers));
    expect(bound.to).toBe("/?login=already-exists");
  });

  it.each(["nonce", "audience", "signature", "issuer", "expired"] as const)(
    "a token with a wrong %s is refused",
    async (trick) => {
      provider.trick = trick;
      const back = await login();
      provider.trick = "none";
      expect(back.to).toBe("/?login=login-refused");
      expect(cookiesOf(back.headers)).not.toContain("jiheng=");
    },
  );

  it("the way back is good once, for the browser it began in, with its state and code", async () => {
    const { cookie, address } = await begin();
    const back = provider.authorize(address);
    const foreign = await begin();
    expect((await comeBack(back, foreign.cookie)).to).toBe("/?login=login-refused");
    // The attempt is used up by the wrong browser, too.
    expect((await comeBack(back, cookie)).to).toBe("/?login=login-refused");

    const again = await begin();
    const good = provider.authorize(again.address);
    const forged = new URL(good);
    forged.searchParams.set("state", "test.forged");
    expect((await comeBack(forged, again.cookie)).to).toBe("/?login=login-refused");
    const noCode = new URL(good);
    noCode.searchParams.delete("code");
    noCode.searchParams.set("error", "access_denied");
    expect((await comeBack(noCode, again.cookie)).to).toBe("/?login=login-refused");

    const once = await begin();
    const used = provider.authorize(once.address);
    expect((await comeBack(used, once.cookie)).to).toBe("/");
    expect((await comeBack(used, once.cookie)).to).toBe("/?login=login-refused");
  });

  it("takes too long, or comes from a disabled account: refused", async () => {
    const late = await begin();
    const back = provider.authorize(late.address);
    server.setNow(new Date(Date.now() + 11 * 60_000));
    const answer = await comeBack(back, late.cookie);
    server.setNow(null);
    expect(answer.to).toBe("/?login=login-refused");
    const administrator = await server.as("administrator");
    await administrator.done(disableAccount, { params: { account: linked.id }, body: { reason: "离岗" } });
    expect((await login()).to).toBe("/?login=login-refused");
  });

  it("a provider that is away is said so; without one there is no such login", async () => {
    const oidc = {
      issuer: "http://127.0.0.1:1",
      clientId: "x",
      clientSecret: "y",
      label: "z",
      hasSecondFactor: false,
    };
    const lost = await testServer({ routes: accountRoutes, settings: { oidc } });
    const away = await lost.anonymous.call(beginOidc, { query: { region: "test" } });
    await lost.close();
    expect(away.problem?.code).toBe("identity-provider-unavailable");
    const without = await testServer({ routes: accountRoutes });
    const none = await without.anonymous.call(beginOidc, { query: { region: "test" } });
    const back = await without.anonymous.call(finishOidc, { query: { state: "test.x", code: "y" } });
    await without.close();
    expect([none.problem?.code, back.problem?.code]).toEqual(["not-found", "not-found"]);
  });
});
