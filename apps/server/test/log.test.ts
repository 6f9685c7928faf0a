import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  changeOrganisation,
  createOrganisation,
  createWebhook,
  exportEvents,
  exportLog,
  findInLog,
  getLogDigest,
  getSubjectHistory,
  listDeliveries,
  listEvents,
  listWebhooks,
  removeWebhook,
  switchWebhook,
  verifyChain,
} from "@jiheng/contract/http";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logRoutes } from "../src/features/log/routes.ts";
import { organisationRoutes } from "../src/features/organisations/routes.ts";
import { webhookRoutes } from "../src/features/webhooks/routes.ts";
import { canonicalJson, GENESIS, type LoggedEvent, linkOf } from "../src/platform/event-log/chain.ts";
import { verifyLog } from "../src/platform/event-log/log-file.ts";
import { newId } from "../src/platform/ids.ts";
import { type TestClient, type TestServer, testServer } from "./client.ts";

let server: TestServer;
let administrator: TestClient;
let auditor: TestClient;
let unit: string;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "jiheng-log-"));
  server = await testServer({
    routes: [...organisationRoutes, ...logRoutes, ...webhookRoutes],
    settings: { webhooks: { private: true, loopback: false } },
  });
  administrator = await server.as("administrator");
  auditor = await server.as("auditor");
  const parent = server.home.departments[0].id;
  const made = await administrator.done(createOrganisation, {
    body: { kind: "unit", parent, code: null, name: "甲站" },
  });
  unit = made.body.id;
  for (const name of ["乙站", "丙站", "丁站", "戊站"])
    await administrator.done(changeOrganisation, {
      params: { organisation: unit },
      body: { name, code: `c-${name}` },
    });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

async function exportedLines(): Promise<string[]> {
  const { bytes } = await auditor.done(exportLog);
  return bytes.toString("utf8").trimEnd().split("\n");
}

function saved(lines: readonly string[]): string {
  const path = join(folder, `${newId()}.jsonl`);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

describe("the log", () => {
  it("is read by the auditor only", async () => {
    for (const client of [administrator, await server.as("clerk"), await server.as("security-administrator")])
      for (const refused of [
        await client.call(listEvents),
        await client.call(exportLog),
        await client.call(verifyChain),
        await client.call(getSubjectHistory, { params: { subject: unit } }),
      ])
        expect(refused.problem?.code).toBe("not-allowed");
  });

  it("says events in words, folds what was done in one go, finds names, and leaves as a table", async () => {
    const { body } = await auditor.done(listEvents, { query: { about: unit, fold: "yes" } });
    expect(body.items.map(({ type, folded }) => [type, folded])).toEqual([
      ["organisation.changed", 4],
      ["organisation.created", 1],
    ]);
    expect(body.items[0]?.subjectName).toBe("戊站");
    expect(body.items[0]?.facts).toContainEqual({
      ...{ name: "名称", isChange: true, before: "丁站", value: "戊站" },
    });
    expect(body.items[1]?.facts).toContainEqual({
      ...{ name: "上级", isChange: false, before: null, value: server.home.departments[0].name },
    });
    const parent = { about: server.home.departments[0].id };
    expect((await auditor.done(listEvents, { query: parent })).body.items).toHaveLength(5);
    const one = { fold: "yes" as const, limit: "1" };
    const first = (await auditor.done(listEvents, { query: one })).body;
    const rest = (await auditor.done(listEvents, { query: { ...one, after: first.next ?? "" } })).body;
    expect([...first.items, ...rest.items].map(({ folded }) => folded)).toEqual([4, 1]);
    expect(rest.next).toBeNull();
    const { items } = (await auditor.done(findInLog, { query: { search: "戊" } })).body;
    expect(items).toEqual([{ id: unit, kind: "organisation", name: "戊站" }]);
    const { bytes } = await auditor.done(exportEvents, { query: { type: "organisation.changed" } });
    const lines = bytes.toString("utf8").split("\r\n");
    expect(lines[0]).toMatch(/^\uFEFF序号,/);
    expect(lines).toHaveLength(6);
    expect(lines[4]).toContain("名称：丁站 → 戊站");
    for (const refused of [await administrator.call(findInLog), await administrator.call(getLogDigest)])
      expect(refused.problem?.code).toBe("not-allowed");
  });

  it("is filtered by subject, type, actor and time, and paged both ways", async () => {
    const all = (await auditor.done(listEvents, { query: { subject: unit } })).body.items;
    expect(all.map(({ type }) => type)).toEqual([
      ...Array(4).fill("organisation.changed"),
      "organisation.created",
    ]);
    expect(all[0]).toMatchObject({ actorName: "人员administrator", subjectKind: "organisation" });
    const count = async (query: object) => (await auditor.done(listEvents, { query })).body.items.length;
    expect(await count({ type: "organisation" })).toBe(5);
    expect(await count({ type: "organisation.created" })).toBe(1);
    expect(await count({ actor: administrator.account?.id })).toBe(5);
    expect(await count({ actor: auditor.account?.id })).toBe(0);
    expect(await count({ from: "2099-01-01T00:00:00Z" })).toBe(0);
    expect(await count({ to: "2099-01-01T00:00:00Z" })).toBe(5);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const query = { limit: "2", order: "oldest" as const, ...(after ? { after } : {}) };
      const { items, next } = (await auditor.done(listEvents, { query })).body;
      seen.push(...items.map(({ seq }) => seq));
      after = next ?? undefined;
    } while (after);
    expect(seen).toEqual(["1", "2", "3", "4", "5"]);
    expect((await auditor.call(listEvents, { query: { after: "eA" } })).status).toBe(400);
  });

  it("shows every cell that was changed of a thing, paged in the middle of an event", async () => {
    const cells: (string | null)[] = [];
    let after: string | undefined;
    do {
      const query = { limit: "3", ...(after ? { after } : {}) };
      const { items, next } = (await auditor.done(getSubjectHistory, { params: { subject: unit }, query }))
        .body;
      cells.push(...items.map(({ at, from, to }) => `${at} ${from} ${to}`));
      after = next ?? undefined;
    } while (after);
    expect(cells).toEqual([
      ...["name 甲站 乙站", "code null c-乙站", "name 乙站 丙站", "code c-乙站 c-丙站"],
      ...["name 丙站 丁站", "code c-丙站 c-丁站", "name 丁站 戊站", "code c-丁站 c-戊站"],
    ]);
    const one = await auditor.done(getSubjectHistory, { params: { subject: unit }, query: { cell: "name" } });
    expect(one.body.items).toHaveLength(4);
  });

  it("of another region is empty here", async () => {
    const { db } = server.platform;
    await sql`insert into event select 'other', seq, at, actor, actor_name, type, subject_kind, subject, year, body, sha256, sm3
      from event where region = 'test'`.execute(db);
    expect((await auditor.done(listEvents, { query: { subject: unit } })).body.items).toHaveLength(5);
    const foreign = await server.asAccount(server.other.accounts.auditor);
    expect((await foreign.done(listEvents, { query: { subject: unit } })).body.items).toHaveLength(5);
    await db.deleteFrom("event").where("region", "=", "other").execute();
    expect((await foreign.done(listEvents, { query: { subject: unit } })).body.items).toHaveLength(0);
  });
});

describe("verification in the database", () => {
  it("finds nothing where nothing was changed", async () => {
    const { body } = await auditor.done(verifyChain);
    expect(body).toMatchObject({ intact: true, events: 5, firstFault: null });
    // That it was verified is part of the record, and counts to what came since only from then on.
    const { body: digest } = await auditor.done(getLogDigest);
    expect(digest).toMatchObject({ events: 6, sinceVerified: 0, verified: { events: 5 } });
  });

  it.each([
    [
      "a changed body",
      sql`update event set body = replace(body, '丙站', '寅站') where region = 'test' and seq = 3`,
      "3",
    ],
    ["a changed author", sql`update event set actor_name = '别人' where region = 'test' and seq = 2`, "2"],
    [
      "a changed time",
      sql`update event set at = at + interval '1 ms' where region = 'test' and seq = 1`,
      "1",
    ],
    ["a removed event", sql`delete from event where region = 'test' and seq = 4`, "4"],
    ["a removed end", sql`delete from event where region = 'test' and seq = 5`, "5"],
  ])("finds %s", async (_, tamper, seq) => {
    const { db } = server.platform;
    const before = await db.selectFrom("event").selectAll().where("region", "=", "test").execute();
    await tamper.execute(db);
    const { body } = await auditor.done(verifyChain);
    await db.deleteFrom("event").where("region", "=", "test").execute();
    await db.insertInto("event").values(before).execute();
    expect(body.intact).toBe(false);
    expect(body.firstFault?.seq).toBe(seq);
  });
});

/** Hashes made anew for every event, as somebody would who knows how. */
function recomputed(lines: readonly string[]): string[] {
  let link = GENESIS;
  const [head, ...events] = lines.map((line) => JSON.parse(line));
  const made = events.map((event, index) => {
    const { sha256: _, sm3: __, ...rest } = event;
    const logged = { ...rest, seq: BigInt(index + 1) } as LoggedEvent;
    link = linkOf(link, logged);
    return JSON.stringify({ ...rest, seq: String(index + 1), ...link });
  });
  return [JSON.stringify({ ...head, head: { seq: String(made.length), ...link } }), ...made];
}

describe("verification of a file", () => {
  it("proves an untouched file, and says what a file alone cannot prove", async () => {
    const lines = await exportedLines();
    const verdict = await verifyLog(saved(lines));
    expect(verdict).toMatchObject({ status: 0, events: 6, fault: null });
    expect(verdict.report).toContain("日志完整");
    expect(verdict.report).toContain("不能排除");
    const known = await verifyLog(saved(lines), { hash: verdict.head?.sm3 ?? "" });
    expect(known.status).toBe(0);
    expect(known.report).toContain("没有截尾，也没有整体重算");
  });

  const parsed = (line: string) => JSON.parse(line) as Record<string, string>;
  const withLine = (lines: string[], at: number, change: (event: Record<string, string>) => object) =>
    lines.map((line, index) => (index === at ? JSON.stringify(change(parsed(line))) : line));

  it.each([
    [
      "an edited body",
      (l: string[]) => withLine(l, 3, (e) => ({ ...e, body: e.body?.replace("丙站", "寅站") })),
      "3",
      "SHA-256 和 SM3",
    ],
    [
      "an edited author",
      (l: string[]) => withLine(l, 2, (e) => ({ ...e, actorName: "别人" })),
      "2",
      "SHA-256 和 SM3",
    ],
    [
      "an edited SM3 alone",
      (l: string[]) => withLine(l, 2, (e) => ({ ...e, sm3: "0".repeat(64) })),
      "2",
      "SM3 与内容不符",
    ],
    [
      "an edited SHA-256 alone",
      (l: string[]) => withLine(l, 2, (e) => ({ ...e, sha256: "0".repeat(64) })),
      "2",
      "SHA-256 与内容不符",
    ],
    ["a removed line", (l: string[]) => l.filter((_, index) => index !== 3), "3", "缺少第 3 至 3 条"],
    ["a doubled line", (l: string[]) => [...l.slice(0, 4), l[3] as string, ...l.slice(4)], "3", "重复出现"],
    [
      "two lines changed about",
      (l: string[]) => [l[0], l[2], l[1], ...l.slice(3)] as string[],
      "1",
      "缺少第 1 至 1 条",
    ],
    [
      "an inserted event",
      (l: string[]) => [
        ...l.slice(0, 3),
        withLine(l, 3, (e) => ({ ...e, seq: "3", type: "account.unlocked" }))[3] as string,
        ...l.slice(3),
      ],
      "3",
      "与内容不符",
    ],
    [
      "a line of another region",
      (l: string[]) => withLine(l, 4, (e) => ({ ...e, region: "other" })),
      "4",
      "另一地区",
    ],
    ["a hidden key", (l: string[]) => withLine(l, 4, (e) => ({ ...e, note: "x" })), "4", "不是日志事件"],
    [
      "a line cut in half",
      (l: string[]) => [...l.slice(0, 5), (l[5] as string).slice(0, 40)],
      "5",
      "不是日志事件",
    ],
    ["a cut end", (l: string[]) => l.slice(0, -2), "5", "末尾被截去"],
    [
      "a changed head",
      (l: string[]) => [
        JSON.stringify({
          ...JSON.parse(l[0] as string),
          head: { ...JSON.parse(l[0] as string).head, sha256: "1".repeat(64) },
        }),
        ...l.slice(1),
      ],
      "6",
      "抬头或末尾被换过",
    ],
  ])("finds %s", async (_, tamper, seq, says) => {
    const verdict = await verifyLog(saved(tamper(await exportedLines())));
    expect(verdict.status).toBe(1);
    expect(verdict.fault?.seq.toString()).toBe(seq);
    expect(verdict.fault?.says).toContain(says);
    expect(verdict.report).toContain("日志不完整");
  });

  it("finds a whole that was computed anew, and an end cut off with its head, by the head known from elsewhere only", async () => {
    const lines = await exportedLines();
    const known = { hash: (await verifyLog(saved(lines))).head?.sha256 ?? "" };
    const forged = recomputed(withLine(lines, 3, (e) => ({ ...e, body: canonicalJson({ changes: [] }) })));
    const cut = recomputed(lines.slice(0, -1));
    for (const path of [saved(forged), saved(cut)]) {
      expect((await verifyLog(path)).status).toBe(0);
      const verdict = await verifyLog(path, known);
      expect(verdict.status).toBe(1);
      expect(verdict.fault?.says).toContain("另处保存的链尾不符");
    }
  });

  it("says what it cannot read", async () => {
    for (const path of [saved(["hello"]), saved([]), join(folder, "nothing.jsonl"), folder])
      expect(await verifyLog(path)).toMatchObject({ status: 2, fault: null });
  });

  it("takes the SM3 of the standard", async () => {
    const { createHash } = await import("node:crypto");
    // GB/T 32905-2016, appendix A.1: the message "abc".
    expect(createHash("sm3").update("abc").digest("hex")).toBe(
      "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    );
  });
});

describe("addresses that are told of events", () => {
  it("are the administrator's, their secret shown once", async () => {
    const body = { url: "http://10.0.0.8/hook", events: ["submission", "call.issued"] };
    expect((await auditor.call(createWebhook, { body })).problem?.code).toBe("not-allowed");
    const made = await administrator.done(createWebhook, { body });
    expect(made.body.secret).toMatch(/^[\w-]{43}$/);
    const params = { webhook: made.body.id };
    expect(JSON.stringify((await administrator.done(listWebhooks)).body)).not.toContain(made.body.secret);
    const off = await administrator.done(switchWebhook, { params, body: { enabled: false } });
    expect(off.body.disabled).not.toBeNull();
    const on = await administrator.done(switchWebhook, { params, body: { enabled: true } });
    expect(on.body.disabled).toBeNull();
    expect((await administrator.done(listDeliveries, { params })).body.items).toEqual([]);
    const foreign = await server.asAccount(server.other.accounts.administrator);
    expect((await foreign.call(removeWebhook, { params })).problem?.code).toBe("not-found");
    expect((await foreign.call(switchWebhook, { params, body: { enabled: false } })).problem?.code).toBe(
      "not-found",
    );
    expect((await foreign.call(listDeliveries, { params })).problem?.code).toBe("not-found");
    await administrator.done(removeWebhook, { params });
    expect((await administrator.done(listWebhooks)).body.items).toEqual([]);
    const { items } = (await auditor.done(listEvents, { query: { type: "webhook.changed" } })).body;
    expect(items.map(({ body: { change } }) => change)).toEqual([
      "removed",
      "enabled",
      "disabled",
      "created",
    ]);
  });

  it.each(["ftp://x.example/", "https://u:p@x.example/", "https://x.example/#a", "javascript:alert(1)", "x"])(
    "%s is no address",
    async (url) => {
      const { problem } = await administrator.call(createWebhook, { body: { url, events: ["submission"] } });
      expect(problem?.code).toBe("invalid-input");
    },
  );
});
