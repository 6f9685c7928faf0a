import { createHash } from "node:crypto";
import { get, type IncomingMessage } from "node:http";
import { unzipSync } from "fflate";
import { type KyselyPlugin, sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openSession, type TestServer, testServer } from "./client.ts";
import { testDatabase } from "./database.ts";
import { plantForm } from "./plant-form.ts";

/** Forms of the year, each padded to some 50 KB: far more together than buffers on the way hold. */
const FORMS = 1_200;
const PAD = 50_000;

let server: TestServer;
let headers: Record<string, string>;
let port: number;
/** Pages of forms asked for, and what is done instead of one of them. */
let pages = 0;
let instead: (page: number) => void = () => {};

const watching: KyselyPlugin = {
  transformQuery: ({ node }) => {
    if (
      JSON.stringify(node, (_key, value) => (typeof value === "bigint" ? "" : value)).includes("form::text")
    ) {
      pages += 1;
      instead(pages);
    }
    return node;
  },
  transformResult: async ({ result }) => result,
};

beforeAll(async () => {
  const database = await testDatabase();
  server = await testServer({ database: { ...database, db: database.db.withPlugin(watching) } });
  const { submission } = await plantForm(server, { year: 2023, name: "灌渠养护" });
  const { db } = server.platform;
  await sql`insert into submission
    select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'sequence', n))).*
    from submission s, generate_series(2, ${FORMS}::int) n where s.id = ${submission}::uuid`.execute(db);
  await sql`update submission set form = form || jsonb_build_object('padding', repeat('x', ${PAD}::int))
    where year = 2023`.execute(db);
  const account = server.home.accounts["finance-officer"];
  headers = await openSession(server.platform, account);
  await server.http.listen({ host: "127.0.0.1", port: 0 });
  port = (server.http.server.address() as { port: number }).port;
}, 60_000);
afterAll(() => server?.close());
beforeEach(() => {
  pages = 0;
  instead = () => {};
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function ask(path: string): Promise<IncomingMessage> {
  const query = `organisation=${server.home.root.id}&year=2023`;
  const url = `http://127.0.0.1:${port}/api/v1/exports/${path}${path.includes("?") ? "&" : "?"}${query}`;
  return new Promise((resolve, reject) => {
    get(url, { headers, agent: false }, resolve).on("error", reject);
  });
}

/** Everything that came, and whether the transfer ended as it should. */
async function take(response: IncomingMessage): Promise<{ readonly bytes: Buffer; readonly whole: boolean }> {
  const parts: Buffer[] = [];
  try {
    for await (const part of response) parts.push(part);
  } catch {
    return { bytes: Buffer.concat(parts), whole: false };
  }
  return { bytes: Buffer.concat(parts), whole: response.complete };
}

describe("a year over a socket", () => {
  it("comes whole and once, page by page", async () => {
    const { bytes, whole } = await take(await ask("forms.jsonl"));
    expect(whole).toBe(true);
    const ids = bytes
      .toString()
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).submission.id as string);
    expect(new Set(ids).size).toBe(FORMS);
    expect(ids).toHaveLength(FORMS);
    expect(pages).toBeGreaterThan(5);
  });

  it("waits for a client that does not read", async () => {
    const response = await ask("forms.jsonl");
    await new Promise((resolve) => response.once("data", resolve));
    response.pause();
    await pause(600);
    const before = pages;
    await pause(600);
    expect(pages).toBe(before);
    expect(pages).toBeLessThan(FORMS / 100 / 2);
    response.destroy();
  });

  it("is bounded for each account, as long as the others run", async () => {
    const open: IncomingMessage[] = [];
    for (let count = 0; count < server.settings.limits.streamsPerAccount; count++) {
      const response = await ask("forms.jsonl");
      expect(response.statusCode).toBe(200);
      response.pause();
      open.push(response);
    }
    const more = await ask("forms.jsonl");
    expect(more.statusCode).toBe(429);
    expect(JSON.parse((await take(more)).bytes.toString()).code).toBe("too-many-requests");
    for (const response of open) response.destroy();
    await pause(300);
    const again = await ask("rows.csv");
    expect(again.statusCode).toBe(200);
    await take(again);
  });

  it("is given up when the client goes, without a fault", async () => {
    const response = await ask("forms.jsonl");
    await new Promise((resolve) => response.once("data", resolve));
    response.destroy();
    await pause(300);
    const before = pages;
    await pause(300);
    expect(pages).toBe(before);
    expect(pages).toBeLessThan(FORMS / 100 / 2);
    expect(server.faults).toEqual([]);
    expect(server.log.filter(({ level }) => level === "error" || Number(level) >= 50)).toEqual([]);
  });

  it.each(["forms.jsonl", "forms.zip?format=json"])(
    "breaks off when the database fails in between, never as if it were the whole: %s",
    async (path) => {
      instead = (page) => {
        if (page === 3) throw new Error("planted failure");
      };
      const { bytes, whole } = await take(await ask(path));
      expect(whole).toBe(false);
      expect(bytes.length).toBeGreaterThan(0);
      expect(server.faults.map(({ error }) => (error as Error).message)).toEqual(["planted failure"]);
      server.faults.length = 0;
    },
  );

  it("refuses with a problem as long as nothing was sent", async () => {
    instead = () => {
      throw new Error("planted failure");
    };
    const response = await ask("forms.jsonl");
    expect(response.statusCode).toBe(500);
    expect(response.headers["content-type"]).toContain("application/problem+json");
    expect(response.headers["content-disposition"]).toBeUndefined();
    await take(response);
    server.faults.length = 0;
  });

  it("as an archive holds every form", { timeout: 120_000 }, async () => {
    const response = await ask("forms.zip?format=json");
    expect(response.headers).toMatchObject({
      "content-type": "application/zip",
      "cache-control": "no-store",
    });
    const { bytes, whole } = await take(response);
    expect(whole).toBe(true);
    const entries = unzipSync(bytes);
    expect(Object.keys(entries)).toHaveLength(FORMS + 1);
    const digests = Object.values(entries).map((each) => createHash("sha256").update(each).digest("hex"));
    expect(digests).toHaveLength(FORMS + 1);
  });

  it("as an archive that is not finished breaks off when the server stops", { timeout: 60_000 }, async () => {
    const response = await ask("forms.zip?format=json");
    const taken = take(response);
    await pause(300);
    await server.platform.documents.stop();
    expect((await taken).whole).toBe(false);
    server.faults.length = 0;
  });
});
