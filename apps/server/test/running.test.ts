import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  changeOrganisation,
  endpoint,
  getProfile,
  listAccounts,
  listOrganisations,
  logIn,
} from "@jiheng/contract/http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { accountRoutes } from "../src/features/accounts/routes.ts";
import { organisationRoutes } from "../src/features/organisations/routes.ts";
import { serve } from "../src/index.ts";
import { buildApplication } from "../src/platform/http/application.ts";
import { type FeatureRoute, route } from "../src/platform/http/route.ts";
import { done } from "../src/platform/outcome.ts";
import { deriveByWasm, hashPassword, isPassword } from "../src/platform/passwords/hash-password.ts";
import { DEFAULT_SETTINGS, settingsFrom } from "../src/platform/settings/settings.ts";
import { openSession, type TestServer, testServer } from "./client.ts";
import { silent } from "./database.ts";

const slow = endpoint({
  id: "slow",
  method: "GET",
  path: "/slow",
  title: "慢",
  feature: "things",
  access: "read",
  answer: { kind: "json", status: 200, schema: z.object({ slept: z.boolean() }) },
});

const forever = endpoint({
  id: "forever",
  method: "GET",
  path: "/forever",
  title: "不完",
  feature: "things",
  access: "read",
  answer: { kind: "events", schema: z.object({ at: z.int() }) },
});

const breaks = endpoint({
  id: "breaks",
  method: "GET",
  path: "/breaks",
  title: "坏",
  feature: "things",
  access: "read",
  answer: { kind: "json", status: 200, schema: z.object({}) },
});

const routes: readonly FeatureRoute[] = [
  ...accountRoutes,
  ...organisationRoutes,
  route(slow, async () => {
    await new Promise((resolve) => setTimeout(resolve, 400));
    return done({ body: { slept: true } });
  }),
  route(forever, async ({ signal }) =>
    done({
      events: (async function* () {
        for (let at = 0; !signal.aborted; at += 1) {
          yield { at };
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      })(),
    }),
  ),
  route(breaks, async ({ platform }) => {
    await platform.db.selectFrom("account").select("id").where("id", "=", "赵钱孙李的资料").execute();
    return done({ body: {} });
  }),
];

let server: TestServer;
beforeAll(async () => {
  server = await testServer({ routes });
});
afterAll(() => server.close());

describe("health", () => {
  it("lives without the database, and is ready with it only", async () => {
    const ready = await server.http.inject("/health/ready");
    expect(ready.statusCode).toBe(200);
    expect(ready.json()).toEqual({ ready: true, checks: { database: "ok", migrations: "ok" } });
    const lost = await testServer({ routes });
    await lost.database.close();
    const [live, unready] = [await lost.http.inject("/health/live"), await lost.http.inject("/health/ready")];
    await lost.stop();
    expect(live.statusCode).toBe(200);
    expect(unready.statusCode).toBe(503);
    expect(unready.json()).toEqual({ ready: false, checks: { database: "failed", migrations: "failed" } });
  });

  it("a disk that is full or a check that hangs is not ready", async () => {
    const { platform, settings } = server;
    const readiness = { disk: async () => "disk is almost full", slow: () => new Promise<null>(() => {}) };
    const quiet = { ...settings, logLevel: "silent" as const };
    const application = await buildApplication({ platform, settings: quiet, routes: [], readiness });
    const answer = await application.http.inject("/health/ready");
    await application.stop();
    expect(answer.statusCode).toBe(503);
    expect(answer.json().checks).toMatchObject({ disk: "disk is almost full", slow: "no answer in time" });
  });
});

describe("figures", () => {
  it("count requests by endpoint and status, for this machine or a token only", async () => {
    const clerk = await server.as("clerk");
    await clerk.done(listOrganisations);
    await clerk.call(listAccounts);
    const { body, headers } = await server.http.inject("/metrics");
    expect(headers["content-type"]).toContain("text/plain");
    expect(body).toMatch(/jiheng_http_request_seconds_count\{endpoint="listOrganisations",status="200"\} 1/);
    expect(body).toMatch(/jiheng_http_request_seconds_count\{endpoint="listAccounts",status="403"\} 1/);
    for (const name of ["database_connections", "event_loop_delay_seconds", "memory_bytes", "cpu_seconds"])
      expect(body).toContain(`jiheng_${name}`);
    const outside = { remoteAddress: "10.1.2.3" };
    expect((await server.http.inject({ url: "/metrics", ...outside })).statusCode).toBe(403);
    const { platform, settings } = server;
    const guarded = { ...settings, metricsToken: "m3trics", logLevel: "silent" as const };
    const application = await buildApplication({ platform, settings: guarded, routes: [] });
    const ask = async (authorization?: string) =>
      (
        await application.http.inject({
          url: "/metrics",
          ...outside,
          ...(authorization ? { headers: { authorization } } : {}),
        })
      ).statusCode;
    const statuses = [await ask(), await ask("Bearer wrong"), await ask("Bearer m3trics")];
    await application.stop();
    expect(statuses).toEqual([403, 403, 200]);
  });
});

describe("the log of requests", () => {
  it("names ids, status and time, and no name, login, password, figure, search or address", async () => {
    const before = server.log.length;
    const administrator = await server.as("administrator");
    const organisation = server.home.departments[0].id;
    await administrator.done(changeOrganisation, {
      params: { organisation },
      body: { name: "改名后的水务局", code: "98765" },
    });
    await administrator.done(listAccounts, { query: { search: "欧阳秘密" } });
    await administrator.call(breaks);
    await server.anonymous.call(logIn, {
      body: { region: "test", login: "secret.login", password: "Secr3t-Passw0rd" },
    });
    await server.http.inject("/nothing/here?name=欧阳");
    const lines = server.log.slice(before);
    const text = JSON.stringify(lines);
    const cookie = Object.values(administrator.headers).flatMap((value) => value.match(/[\w-]{43}/g) ?? []);
    expect(cookie).toHaveLength(2);
    const { login, name } = server.home.accounts.administrator;
    for (const word of [
      "改名后",
      "98765",
      "欧阳",
      "%E6",
      "secret.login",
      "Secr3t",
      login,
      name,
      "赵钱孙李",
      "127.0.0.1",
      "localhost",
      "青川",
      ...cookie,
    ])
      expect(text).not.toContain(word);
    expect(lines.filter(({ msg }) => msg === "answered")).toHaveLength(5);
    expect(lines[0]).toMatchObject({
      ...{ level: "info", endpoint: "changeOrganisation", method: "PATCH", status: 200, region: "test" },
      account: server.home.accounts.administrator.id,
    });
    expect(lines[0]?.request).toMatch(/^[0-9a-f-]{36}$/);
    const fault = lines.find(({ msg }) => msg === "fault") as { error: { code: string; at: string[] } };
    expect(fault.error.code).toBe("22P02");
    expect(fault.error.at.length).toBeGreaterThan(3);
    server.faults.length = 0;
  });
});

describe("stopping", () => {
  it("finishes what runs, ends streams, refuses what is new, within its time", async () => {
    const stopping = await testServer({ routes });
    const headers = await openSession(stopping.platform, stopping.home.accounts.clerk);
    await stopping.http.listen({ host: "127.0.0.1", port: 0 });
    const { port } = stopping.http.server.address() as { port: number };
    const url = `http://127.0.0.1:${port}/api/v1`;
    const running = fetch(`${url}/slow`, { headers });
    const stream = await fetch(`${url}/forever`, { headers });
    const text = stream.text();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const stopped = stopping.stop();
    const refused = await stopping.http.inject({ url: "/api/v1/me", headers }).catch(() => null);
    const answer = await running;
    expect(await answer.json()).toEqual({ slept: true });
    expect(await text).toContain('data: {"at":0}');
    await stopped;
    if (refused) expect(refused.json().code).toBe("stopping");
    await expect(fetch(`${url}/me`, { headers })).rejects.toThrow();
    await stopping.database.close();
  });

  it("does not wait for ever for what does not end", async () => {
    const limits = { ...DEFAULT_SETTINGS.limits, stop: 200 };
    const stuck = endpoint({ ...slow, id: "stuck", path: "/stuck" });
    const never: FeatureRoute = route(stuck, () => new Promise(() => {}));
    const stopping = await testServer({ routes: [never], settings: { limits } });
    const headers = await openSession(stopping.platform, stopping.home.accounts.clerk);
    await stopping.http.listen({ host: "127.0.0.1", port: 0 });
    const { port } = stopping.http.server.address() as { port: number };
    const running = fetch(`http://127.0.0.1:${port}/api/v1/stuck`, { headers }).catch(() => "cut");
    await new Promise((resolve) => setTimeout(resolve, 100));
    await stopping.stop();
    expect(await running).toBe("cut");
    await stopping.database.close();
  });
});

describe("limits of a connection", () => {
  it("answers what is no HTTP and headers that are too large with a problem, and goes on", async () => {
    const limited = await testServer({ routes });
    await limited.http.listen({ host: "127.0.0.1", port: 0 });
    const { port } = limited.http.server.address() as { port: number };
    const raw = (bytes: string) =>
      new Promise<string>((resolve) => {
        let said = "";
        const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
        socket.on("data", (data) => {
          said += data;
        });
        socket.on("close", () => resolve(said));
        socket.on("error", () => {});
      });
    expect(await raw("nonsense\r\n\r\n")).toMatch(/^HTTP\/1.1 400 .*problem\+json/s);
    const large = `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${"y".repeat(20_000)}\r\n\r\n`;
    expect(await raw(large)).toMatch(/^HTTP\/1.1 431 .*problem\+json/s);
    expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200);
    await limited.close();
  });

  it("an account opens a bounded number of streams", async () => {
    const limits = { ...DEFAULT_SETTINGS.limits, streamsPerAccount: 2 };
    const limited = await testServer({ routes, settings: { limits } });
    const headers = await openSession(limited.platform, limited.home.accounts.clerk);
    await limited.http.listen({ host: "127.0.0.1", port: 0 });
    const { port } = limited.http.server.address() as { port: number };
    const controller = new AbortController();
    const open = () =>
      fetch(`http://127.0.0.1:${port}/api/v1/forever`, { headers, signal: controller.signal });
    const statuses = [(await open()).status, (await open()).status, (await open()).status];
    controller.abort();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const again = await fetch(`http://127.0.0.1:${port}/api/v1/forever`, { headers });
    void again.body?.cancel();
    await limited.close();
    expect(statuses).toEqual([200, 200, 429]);
    expect(again.status).toBe(200);
  });

  it("an account and an address make a bounded number of requests", async () => {
    const rates = { account: 3, address: 2, loginsByName: 9, loginsByAddress: 9 };
    const limited = await testServer({ routes, settings: { rates } });
    const clerk = await limited.as("clerk");
    const statuses: number[] = [];
    for (let round = 0; round < 4; round += 1) statuses.push((await clerk.call(getProfile)).status);
    const head = await limited.as("unit-head");
    const other = await head.call(getProfile);
    const unknown: number[] = [];
    for (let round = 0; round < 3; round += 1)
      unknown.push((await limited.anonymous.call(getProfile)).status);
    await limited.close();
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect(other.status).toBe(200);
    expect(unknown).toEqual([401, 401, 429]);
  });
});

describe("hashes of passwords", () => {
  const cost = DEFAULT_SETTINGS.password;

  it("cost at least what OWASP asks, and leave the event loop free", async () => {
    expect(cost.memoryKiB).toBeGreaterThanOrEqual(19_456);
    expect(cost.passes).toBeGreaterThanOrEqual(2);
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    await Promise.all(Array.from({ length: 12 }, (_, index) => hashPassword(`password ${index}`, cost)));
    clearInterval(beat);
    expect(longest).toBeLessThan(150);
  });

  it("are the same from the built-in function and from WebAssembly, and never the same twice", async () => {
    const small = { memoryKiB: 64, passes: 2 };
    const [one, two] = [await hashPassword("绩衡 pass", small), await hashPassword("绩衡 pass", small)];
    expect(one).not.toBe(two);
    const [, , , , salt, hash] = one.split("$");
    const byWasm = await deriveByWasm(
      "绩衡 pass".normalize("NFKC"),
      Buffer.from(salt ?? "", "base64"),
      small,
    );
    expect(byWasm.toString("base64").replace(/=+$/, "")).toBe(hash);
    expect(await isPassword("绩衡 pass", one, small)).toBe(true);
    expect(await isPassword("绩衡 Pass", one, small)).toBe(false);
    expect(await isPassword("绩衡 pass", "$2b$10$x", small)).toBe(false);
  });
});

describe("settings", () => {
  it("are read from the environment, or refused by name", () => {
    const read = settingsFrom({
      JIHENG_ORIGIN: "https://jx.example.gov.cn/",
      JIHENG_SECOND_FACTOR_FOR: "auditor, administrator",
      JIHENG_SESSION_IDLE_MINUTES: "15",
    });
    expect(read).toMatchObject({
      settings: {
        origin: "https://jx.example.gov.cn",
        secondFactorFor: ["auditor", "administrator"],
        session: { idle: 900_000 },
        ...{ host: "127.0.0.1", demo: null, metricsToken: null },
      },
    });
    const wrong = settingsFrom({
      JIHENG_ORIGIN: "x",
      JIHENG_PASSWORD_LENGTH: "4",
      JIHENG_OIDC_ISSUER: "https://id.example",
    });
    expect(wrong.kind === "wrong" && wrong.says.map((line) => /JIHENG_\w+/.exec(line)?.[0])).toEqual([
      ...["JIHENG_ORIGIN", "JIHENG_PASSWORD_LENGTH", "JIHENG_OIDC_CLIENT_ID"],
    ]);
  });
});

describe("serving", () => {
  it("an empty database asks for the first setup, without any password of ours", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "jiheng-serve-"));
    const said: string[] = [];
    const outcome = await serve({
      ...{ dataDir, database: databaseUrl(), port: 0, env: {}, version: "0", log: silent },
      say: (line) => said.push(line),
      requestLog: { write: () => {} },
    });
    if (outcome.kind !== "running") throw new Error(outcome.says.join());
    const { address, setupCode, stop } = outcome.server;
    const shown = await (await fetch(`${address}/api/v1/installation`)).json();
    await stop();
    rmSync(dataDir, { recursive: true });
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(setupCode).toMatch(/^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$/);
    expect(said.join()).toContain(setupCode);
    expect(shown).toMatchObject({ needsSetup: true, demo: null });
  });

  it("wrong settings are told and nothing is started", async () => {
    const outcome = await serve({
      ...{
        dataDir: "/nonexistent",
        env: { JIHENG_ORIGIN: "nowhere" },
        version: "0",
        log: silent,
        say: () => {},
      },
    });
    expect(outcome).toMatchObject({ kind: "wrong" });
  });
});

let empty: Awaited<ReturnType<typeof import("./database.ts").emptyDatabase>>;
beforeAll(async () => {
  const { emptyDatabase } = await import("./database.ts");
  empty = await emptyDatabase();
});
afterAll(() => empty.close());

function databaseUrl(): string {
  const { host, port, user, password, database } = empty.connection;
  return `postgres://${user}:${password}@${encodeURIComponent(host)}:${port}/${database}`;
}
