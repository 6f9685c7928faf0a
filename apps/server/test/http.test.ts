import { endpoint, identity, pageQuery } from "@jiheng/contract/http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { buildApplication } from "../src/platform/http/application.ts";
import { type FeatureRoute, route } from "../src/platform/http/route.ts";
import { done, refused } from "../src/platform/outcome.ts";
import { rowsOf, type TestClient, type TestServer, testServer } from "./client.ts";

const bodySchema = z.strictObject({ name: z.string().min(1).max(40), amount: z.string().optional() });

const listThings = endpoint({
  id: "listThings",
  method: "GET",
  path: "/things",
  title: "列出",
  feature: "things",
  access: "read",
  query: z.strictObject(pageQuery),
  answer: { kind: "json", status: 200, schema: z.object({ limit: z.int() }) },
});

const makeThing = endpoint({
  id: "makeThing",
  method: "POST",
  path: "/things",
  title: "建立",
  feature: "things",
  access: "write",
  body: bodySchema,
  answer: { kind: "json", status: 201, schema: z.object({ id: identity }) },
  refusals: ["wrong-state"],
});

const editThing = endpoint({
  id: "editThing",
  method: "PUT",
  path: "/things/{id}",
  title: "修改",
  feature: "things",
  access: "write",
  params: z.strictObject({ id: identity }),
  body: bodySchema,
  ifMatch: true,
  answer: { kind: "json", status: 200, schema: z.object({ revision: z.int() }) },
});

const failThing = endpoint({
  id: "failThing",
  method: "GET",
  path: "/things/fail/{how}",
  title: "出错",
  feature: "things",
  access: "read",
  params: z.strictObject({ how: z.string() }),
  answer: { kind: "json", status: 200, schema: z.object({}) },
});

const takeFiles = endpoint({
  id: "takeFiles",
  method: "POST",
  path: "/files",
  title: "上传",
  feature: "things",
  access: "write",
  body: z.strictObject({ note: z.string() }),
  uploads: "many",
  answer: { kind: "json", status: 200, schema: z.object({ names: z.array(z.string()), note: z.string() }) },
});

const giveFile = endpoint({
  id: "giveFile",
  method: "GET",
  path: "/files",
  title: "下载",
  feature: "things",
  access: "read",
  answer: { kind: "file", media: ["text/csv"] },
});

const watch = endpoint({
  id: "watch",
  method: "GET",
  path: "/watch",
  title: "进展",
  feature: "things",
  access: "read",
  answer: { kind: "events", schema: z.object({ done: z.int() }) },
});

const makeSecret = endpoint({
  id: "makeSecret",
  method: "POST",
  path: "/secrets",
  title: "建立口令",
  feature: "things",
  access: "write",
  answer: { kind: "json", status: 201, schema: z.object({ secret: z.string() }) },
});

let carriedOut = 0;

const routes: readonly FeatureRoute[] = [
  route(listThings, async ({ query }) => done({ body: { limit: query.limit } })),
  route(makeThing, ({ command, body }) =>
    command(async ({ record, newId }) => {
      carriedOut += 1;
      if (body.name === "refuse") return refused("wrong-state", "已经办结。");
      await new Promise((resolve) => setTimeout(resolve, 30));
      const id = newId();
      record(
        { kind: "project", id, year: null },
        { type: "project.placeholder-recorded", reason: body.name },
      );
      return done({ body: { id }, location: `/things/${id}` });
    }),
  ),
  route(editThing, async ({ ifMatch }) =>
    ifMatch === 3
      ? done({ body: { revision: 4 }, revision: 4 })
      : refused("revision-stale", "已被他人改为第 3 版。"),
  ),
  route(failThing, async ({ params, platform }) => {
    if (params.how === "gone")
      throw Object.assign(new Error("x"), { code: "ECONNREFUSED", syscall: "connect" });
    if (params.how === "full") throw Object.assign(new Error("x"), { code: "53100" });
    if (params.how === "busy") throw Object.assign(new Error("x"), { code: "40P01" });
    if (params.how === "extra")
      return done({ body: { secretName: "张三" } as unknown as Record<string, never> });
    if (params.how === "sql") {
      await platform.db.selectFrom("account").select("id").where("id", "=", "王五的口令").execute();
    }
    throw new Error("张三的密码是 hunter2");
  }),
  route(takeFiles, async ({ uploads, body }) =>
    done({ body: { names: uploads.map(({ name, bytes }) => `${name}:${bytes.length}`), note: body.note } }),
  ),
  route(giveFile, async () =>
    done({
      name: "2024年度 自评“表”/汇总.csv",
      media: "text/csv",
      bytes: (async function* () {
        yield "a,";
        yield Buffer.from("b\n");
      })(),
    }),
  ),
  route(watch, async () =>
    done({
      events: (async function* () {
        yield { done: 1 };
        yield { done: 2 };
      })(),
    }),
  ),
  route(makeSecret, ({ command }) =>
    command(async () => done({ body: { secret: "s3cret" }, isSecret: true })),
  ),
];

let server: TestServer;
let clerk: TestClient;

beforeAll(async () => {
  server = await testServer({ routes });
  clerk = await server.as("clerk");
});
afterAll(() => server.close());

describe("input", () => {
  it("is parsed by the endpoint's schema, with what it leaves out", async () => {
    expect((await clerk.done(listThings)).body).toEqual({ limit: 50 });
    expect((await clerk.done(listThings, { query: { limit: "7" } })).body).toEqual({ limit: 7 });
  });

  it("says in Chinese where it is wrong; unknown keys are refused", async () => {
    const { status, problem } = await clerk.call(makeThing, {
      body: { name: "", amout: "1" } as unknown as { name: string },
    });
    expect(status).toBe(400);
    expect(problem).toMatchObject({
      code: "invalid-input",
      errors: [
        { at: "body.name", says: "不能为空" },
        { at: "body", says: "不认识的项：amout" },
      ],
    });
    const many = await clerk.call(listThings, { query: { limit: "201" } });
    expect(many.problem?.errors).toEqual([{ at: "query.limit", says: "须不超过 200" }]);
    const wrongId = await clerk.call(editThing, { params: { id: "7" }, body: { name: "x" }, ifMatch: 3 });
    expect(wrongId.problem?.errors).toEqual([{ at: "path.id", says: "须为标识（UUID）" }]);
  });

  it("is refused where no database could keep it", async () => {
    for (const name of ["a\u0000b", "a\ud800b"])
      expect((await clerk.call(makeThing, { body: { name } })).problem?.code).toBe("invalid-input");
    expect((await clerk.call(listThings, { query: { after: "a\u0000" } })).problem?.code).toBe(
      "invalid-input",
    );
  });

  it.each([
    ["half a brace", "{", "application/json", 400],
    ["nothing", "", "application/json", 400],
    ["a prototype", `{"__proto__":{"x":1},"name":"a"}`, "application/json", 400],
    ["very deep", "[".repeat(100_000), "application/json", 400],
    ["very long", `{"name":"${"x".repeat(2_000_000)}"}`, "application/json", 413],
    ["a form", "name=x", "application/x-www-form-urlencoded", 415],
    ["xml", "<a/>", "text/xml", 415],
  ])("refuses a body that is %s", async (_, payload, type, status) => {
    const response = await server.http.inject({
      method: "POST",
      url: "/api/v1/things",
      headers: { ...clerk.headers, "content-type": type },
      payload,
    });
    expect(response.statusCode).toBe(status);
    expect(response.headers["content-type"]).toMatch(/^application\/problem\+json/);
  });
});

describe("problems", () => {
  it.each([
    ["gone", 503, "database-unavailable"],
    ["busy", 503, "database-unavailable"],
    ["full", 507, "storage-full"],
  ] as const)("a database that is %s is %i", async (how, status, code) => {
    const { problem, headers } = await clerk.call(failThing, { params: { how } });
    expect(problem).toMatchObject({ status, code });
    expect(Number(headers["retry-after"])).toBeGreaterThan(0);
  });

  it("tells nothing of what nobody foresaw but the number of the request", async () => {
    const { problem, headers } = await clerk.call(failThing, { params: { how: "bug" } });
    expect(problem).toMatchObject({ status: 500, code: "internal", title: "程序出错" });
    expect(JSON.stringify(problem)).not.toMatch(/hunter2|张三/);
    expect(problem?.detail).toContain(headers["x-request-id"]);
  });

  it("an answer that its schema does not declare is a fault in tests", async () => {
    const { status } = await clerk.call(failThing, { params: { how: "extra" } });
    expect(status).toBe(500);
    expect(String(server.faults.at(-1)?.error)).toContain("secretName");
  });

  it("an address that does not exist is a problem too", async () => {
    for (const url of ["/api/v1/nothing", "/%", "/api/v1/things/%ff"]) {
      const response = await server.http.inject({ url });
      expect(response.statusCode).toBeLessThan(500);
      expect(response.headers["content-type"]).toMatch(/^application\/problem\+json/);
    }
  });
});

describe("revisions", () => {
  const params = { id: "0190d6a2-0000-7000-8000-000000000000" };
  it("are asked for, compared and given", async () => {
    expect((await clerk.call(editThing, { params, body: { name: "x" } })).status).toBe(428);
    expect((await clerk.call(editThing, { params, body: { name: "x" }, ifMatch: 2 })).status).toBe(412);
    expect((await clerk.done(editThing, { params, body: { name: "x" }, ifMatch: 3 })).revision).toBe(4);
  });
});

describe("idempotency keys", () => {
  it("a command that comes again is answered as the first time and carried out once", async () => {
    const before = carriedOut;
    const first = await clerk.done(makeThing, { body: { name: "一" }, key: "key-number-1" });
    const again = await clerk.done(makeThing, { body: { name: "一" }, key: "key-number-1" });
    expect(again.body).toEqual(first.body);
    expect(again.status).toBe(201);
    expect(again.headers.location).toBe(first.headers.location);
    expect(again.headers["idempotent-replay"]).toBe("true");
    expect(carriedOut).toBe(before + 1);
  });

  it("many at once on two servers are carried out once", async () => {
    const settings = { ...server.settings, logLevel: "silent" as const };
    const twin = await buildApplication({ platform: server.platform, settings, routes });
    const before = (await rowsOf(server.platform.db, "event", "test")).length;
    const request = (http: TestServer["http"]) =>
      http.inject({
        method: "POST",
        url: "/api/v1/things",
        headers: { ...clerk.headers, "content-type": "application/json", "idempotency-key": "key-number-2" },
        payload: '{"name":"二"}',
      });
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, index) => request(index % 2 ? server.http : twin.http)),
    );
    await twin.stop();
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 201));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect((await rowsOf(server.platform.db, "event", "test")).length).toBe(before + 1);
  });

  it("is of one request, one account and its right form", async () => {
    await clerk.done(makeThing, { body: { name: "三" }, key: "key-number-3" });
    const other = await clerk.call(makeThing, { body: { name: "四" }, key: "key-number-3" });
    expect(other.problem?.code).toBe("key-reused");
    const head = await server.as("unit-head");
    expect((await head.call(makeThing, { body: { name: "四" }, key: "key-number-3" })).status).toBe(201);
    expect((await clerk.call(makeThing, { body: { name: "三" }, key: "short" })).status).toBe(400);
  });

  it("keeps no refusal and no secret", async () => {
    const refusedOnce = await clerk.call(makeThing, { body: { name: "refuse" }, key: "key-number-4" });
    expect(refusedOnce.problem?.code).toBe("wrong-state");
    const rows = await server.platform.db.selectFrom("idempotency").selectAll().execute();
    expect(rows.some(({ key }) => key === "key-number-4")).toBe(false);
    await clerk.done(makeSecret, { key: "key-number-5" });
    const again = await clerk.call(makeSecret, { key: "key-number-5" });
    expect(again.problem?.code).toBe("already-exists");
    const kept = await server.platform.db.selectFrom("idempotency").selectAll().execute();
    expect(JSON.stringify(kept)).not.toContain("s3cret");
  });
});

describe("files", () => {
  it("come as multipart, their names without a path", async () => {
    const { body } = await clerk.done(takeFiles, {
      body: { note: "附" },
      uploads: [
        { name: "../../etc/自评表.csv", bytes: "a,b" },
        { name: "C:\\x\\b.txt", bytes: "hello" },
      ],
    });
    expect(body).toEqual({ names: ["自评表.csv:3", "b.txt:5"], note: "附" });
  });

  it.each([
    [[{ name: "a.exe", bytes: "MZ" }], 415],
    [[{ name: "a.docx", bytes: "not a zip" }], 415],
    [[{ name: "a.csv", bytes: "" }], 422],
    [[], 400],
    [[{ name: "a.csv", bytes: Buffer.alloc(21 * 2 ** 20, 0x61) }], 413],
    [Array.from({ length: 201 }, (_, index) => ({ name: `${index}.csv`, bytes: "a" })), 413],
  ])("of the wrong kind, size or number are refused: case %#", async (uploads, status) => {
    const received = await clerk.call(takeFiles, { body: { note: "x" }, uploads });
    expect(received.status).toBe(status);
    expect(received.problem?.code).toBeDefined();
  });

  it("go out as attachments with Chinese names, streamed", async () => {
    const { headers, bytes } = await clerk.done(giveFile);
    expect(bytes.toString()).toBe("a,b\n");
    expect(headers["content-disposition"]).toBe(
      `attachment; filename="2024__ ________.csv"; filename*=UTF-8''${encodeURIComponent("2024年度 自评“表”/汇总.csv")}`,
    );
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["content-security-policy"]).toContain("sandbox");
  });

  it("progress goes out as server-sent events", async () => {
    const { headers, bytes } = await clerk.done(watch);
    expect(headers["content-type"]).toContain("text/event-stream");
    expect(bytes.toString()).toContain('data: {"done":1}\n\ndata: {"done":2}\n\nevent: end');
  });
});
