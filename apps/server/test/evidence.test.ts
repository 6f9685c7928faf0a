import {
  attachEvidence,
  downloadEvidence,
  downloadOpinion,
  getForm,
  getHistory,
  listEvidence,
  removeEvidence,
  submitSubmission,
} from "@jiheng/contract/http";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestServer, testServer } from "./client.ts";
import { formOf, newEvaluation, type SixPeople, sixPeople } from "./life-cycle-steps.ts";

let server: TestServer;
let people: SixPeople;
beforeAll(async () => {
  server = await testServer();
  people = await sixPeople(server);
});
afterAll(() => server?.close());

const PDF = Buffer.from("%PDF-1.7\n验收单\n%%EOF\n");
const upload = (name: string, bytes: Buffer | string = PDF) => [{ name, bytes: Buffer.from(bytes) }];

async function form(name: string) {
  const made = await newEvaluation(server, people, { seed: 51, year: 2025, name });
  const rows = (await formOf(people.clerk, made.submission)).indicators;
  return { ...made, params: { submission: made.submission }, rows };
}

describe("evidence of a form", () => {
  it("is attached to a row, downloaded to the byte, removed with a reason, and all of it stays on record", async () => {
    const { params, rows } = await form("水质监测");
    const indicator = rows[0]?.id ?? "";
    const attached = await people.clerk.done(attachEvidence, {
      params,
      body: { indicator },
      uploads: upload("../验收单.pdf"),
    });
    expect(attached.body).toMatchObject({
      indicator,
      name: "验收单.pdf",
      bytes: PDF.length,
      removedAt: null,
    });
    const evidence = attached.body.id;
    const file = await people.department.done(downloadEvidence, { params: { ...params, evidence } });
    expect(file.bytes.equals(PDF)).toBe(true);
    expect(file.headers).toMatchObject({
      "content-type": "application/octet-stream",
      "x-content-type-options": "nosniff",
    });
    expect(file.headers["content-disposition"]).toMatch(/^attachment;/);

    const again = { params, body: { indicator }, uploads: upload("同一份.pdf") };
    expect((await people.clerk.call(attachEvidence, again)).problem?.code).toBe("already-exists");

    const reason = "传错了文件";
    const removed = await people.clerk.done(removeEvidence, {
      params: { ...params, evidence },
      body: { reason },
    });
    expect(removed.body.removedAt).not.toBeNull();
    const twice = { params: { ...params, evidence }, body: { reason } };
    expect((await people.clerk.call(removeEvidence, twice)).problem?.code).toBe("wrong-state");
    const { body } = await people.clerk.done(listEvidence, { params });
    expect(body.items.map(({ removedAt }) => removedAt !== null)).toEqual([true]);
    const kept = await people.clerk.done(downloadEvidence, { params: { ...params, evidence } });
    expect(kept.bytes.equals(PDF)).toBe(true);
    const history = await people.clerk.done(getHistory, { params });
    const types = history.body.items.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(["evidence.added", "evidence.removed"]));
    await people.clerk.done(attachEvidence, again);
  });

  it("is looked at by the review: a satisfaction row without proof is found once other rows have some", async () => {
    const { params, rows } = await form("供热保障");
    const satisfaction = rows.find(({ name }) => name?.includes("满意"));
    const other = rows.find(({ name }) => !name?.includes("满意"));
    const asked = async () =>
      (await people.clerk.done(getForm, { params })).body.review?.findings.some(
        ({ code }) => code === "AR-86",
      );
    expect(await asked()).toBe(false);
    const attach = (indicator: string, name: string) =>
      people.clerk.done(attachEvidence, {
        params,
        body: { indicator },
        uploads: upload(name, `%PDF-1.7 ${name}`),
      });
    const opinion = async () =>
      (await people.clerk.done(downloadOpinion, { params: { ...params, format: "html" } })).bytes.toString();
    await attach(other?.id ?? "", "台账.pdf");
    expect(await asked()).toBe(true);
    const { review } = (await people.clerk.done(getForm, { params })).body;
    const says = review?.findings.find(({ code }) => code === "AR-86")?.message ?? "";
    expect(says).not.toBe("");
    expect(await opinion()).toContain(says);
    const proof = await attach(satisfaction?.id ?? "", "问卷.pdf");
    expect(await asked()).toBe(false);
    expect(await opinion()).not.toContain(says);
    await people.clerk.done(removeEvidence, {
      params: { ...params, evidence: proof.body.id },
      body: { reason: "不是这个项目的" },
    });
    expect(await asked()).toBe(true);
  });

  it("is refused for a row that is not there, for nothing, and for what it is not said to be", async () => {
    const { params, rows } = await form("绿化养护");
    const call = (sent: object) => people.clerk.call(attachEvidence, { params, body: {}, ...sent });
    const stranger = await call({
      body: { indicator: "6f1c1e0e-4c59-4cc3-9c57-6f86f3e2a001" },
      uploads: upload("a.pdf"),
    });
    expect(stranger.problem).toMatchObject({ code: "invalid-input", errors: [{ at: "body.indicator" }] });
    expect((await call({ uploads: upload("a.exe", "MZ") })).problem?.code).toBe("wrong-media");
    expect((await call({ uploads: upload("a.png", "<script>") })).problem?.code).toBe("wrong-media");
    expect((await call({ uploads: upload("a.pdf", "") })).problem?.code).toBe("unreadable-file");
    expect((await call({ uploads: [] })).problem?.code).toBe("invalid-input");
    expect((await people.clerk.done(listEvidence, { params })).body.items).toEqual([]);
    expect(rows.length).toBeGreaterThan(0);
  });

  it("is kept as it came, whatever it holds, and never shown by the browser", async () => {
    const { params } = await form("广场保洁");
    const hostile = [
      ["<img src=x onerror=alert(1)>.html", "<script>alert(document.cookie)</script>"],
      ["C:\\\\windows\\\\system32\\\\合同.pdf", "%PDF-1.4 /JS (app.alert(1)) /Launch"],
      [`${"长".repeat(300)}.pdf`, "%PDF-1.5"],
      ["../../../etc/cron.d/x.txt", "* * * * * root true"],
      ["=cmd|' /C calc'!A0.csv", "=1+1"],
      ["表.zip", Buffer.concat([Buffer.from("PK\u0003\u0004"), Buffer.alloc(200)])],
    ] as const;
    for (const [name, bytes] of hostile) {
      const { body } = await people.clerk.done(attachEvidence, {
        params,
        body: {},
        uploads: upload(name, bytes as string),
      });
      expect(body.name).not.toMatch(/[/\\]/);
      expect([...body.name].length).toBeLessThanOrEqual(200);
      const file = await people.clerk.done(downloadEvidence, { params: { ...params, evidence: body.id } });
      expect(file.bytes.equals(Buffer.from(bytes))).toBe(true);
      expect(file.headers).toMatchObject({
        "content-type": "application/octet-stream",
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
        "content-security-policy": "default-src 'none'; sandbox",
      });
      expect(file.headers["content-disposition"]).toMatch(
        /^attachment; filename="[ !#-~]+"; filename\*=UTF-8''[\w.%~-]+$/,
      );
    }
    expect(server.faults).toEqual([]);
  });

  it("is refused when it is too large, or there are too many", async () => {
    const { params, revision: _ } = await form("雨水管网");
    const large = Buffer.concat([PDF, Buffer.alloc(server.settings.limits.upload)]);
    const refused = await people.clerk.call(attachEvidence, {
      params,
      body: {},
      uploads: upload("大.pdf", large),
    });
    expect(refused.problem).toMatchObject({
      ...{ code: "too-large", status: 413 },
      detail: expect.stringContaining("单个文件的上限"),
    });
    expect((await people.clerk.done(listEvidence, { params })).body.items).toEqual([]);
    const two = [...upload("一.pdf"), ...upload("二.pdf", "%PDF-2")];
    expect((await people.clerk.call(attachEvidence, { params, body: {}, uploads: two })).problem?.code).toBe(
      "invalid-input",
    );
    const one = await people.clerk.done(attachEvidence, { params, body: {}, uploads: upload("一.pdf") });
    await sql`insert into evidence select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid()))).*
      from evidence e, generate_series(2, 300) where e.id = ${one.body.id}::uuid`.execute(server.platform.db);
    const more = { params, body: {}, uploads: upload("再.pdf", "%PDF-3") };
    const full = await people.clerk.call(attachEvidence, more);
    expect(full.problem).toMatchObject({ code: "too-large", detail: expect.stringContaining("300") });
    await people.clerk.done(removeEvidence, {
      params: { ...params, evidence: one.body.id },
      body: { reason: "重复" },
    });
    await people.clerk.done(attachEvidence, more);
  });

  it("sent twice under one key is attached once", async () => {
    const { params } = await form("公厕改造");
    const sent = { params, body: {}, uploads: upload("合同.pdf"), key: "attach-once-0001" };
    const first = await people.clerk.done(attachEvidence, sent);
    const again = await people.clerk.done(attachEvidence, sent);
    expect(again.body).toEqual(first.body);
    const other = await people.clerk.call(attachEvidence, { ...sent, uploads: upload("合同.pdf", "%PDF-9") });
    expect(other.problem?.code).toBe("key-reused");
    expect((await people.clerk.done(listEvidence, { params })).body.items).toHaveLength(1);
  });

  it("keeps the bytes once, however many forms refer to them, and as long as one does", async () => {
    const [a, b] = [await form("甲路养护"), await form("乙路养护")];
    for (const { params } of [a, b])
      await people.clerk.done(attachEvidence, {
        params,
        body: {},
        uploads: upload("总合同.pdf", "%PDF-shared"),
      });
    const sha256 = (await people.clerk.done(listEvidence, { params: a.params })).body.items[0]?.sha256 ?? "";
    const kept = await server.platform.db
      .selectFrom("blob")
      .select("sha256")
      .where("sha256", "=", sha256)
      .execute();
    expect(kept).toHaveLength(1);
    const [item] = (await people.clerk.done(listEvidence, { params: a.params })).body.items;
    const evidence = item?.id ?? "";
    await people.clerk.done(removeEvidence, { params: { ...a.params, evidence }, body: { reason: "换新" } });
    for (const { params } of [a, b]) {
      const [there] = (await people.clerk.done(listEvidence, { params })).body.items;
      const file = await people.clerk.done(downloadEvidence, {
        params: { ...params, evidence: there?.id ?? "" },
      });
      expect(file.bytes.toString()).toBe("%PDF-shared");
    }
    const crossed = { params: { ...b.params, evidence } };
    expect((await people.clerk.call(downloadEvidence, crossed)).problem?.code).toBe("not-found");
  });

  it("is the clerk's to change while the form is, and of others not even known", async () => {
    const { params, revision } = await form("泵房改造");
    const attached = await people.clerk.done(attachEvidence, {
      params,
      body: {},
      uploads: upload("合同.pdf"),
    });
    const evidence = attached.body.id;
    expect(
      (await people.finance.call(attachEvidence, { params, body: {}, uploads: upload("别的.pdf", "%PDF-1") }))
        .problem?.code,
    ).toBe("not-allowed");
    const unit = server.home.departments[1].units[0]?.id ?? "";
    const stranger = await server.asAccount(
      await server.addAccount("other-clerk", [{ role: "clerk", organisation: unit }]),
    );
    const afar = await server.asAccount(server.other.accounts["finance-officer"]);
    for (const refused of [
      await afar.call(listEvidence, { params }),
      await afar.call(downloadEvidence, { params: { ...params, evidence } }),
      await afar.call(removeEvidence, { params: { ...params, evidence }, body: { reason: "无" } }),
      await stranger.call(removeEvidence, { params: { ...params, evidence }, body: { reason: "无" } }),
      await stranger.call(listEvidence, { params }),
      await stranger.call(downloadEvidence, { params: { ...params, evidence } }),
      await stranger.call(attachEvidence, { params, body: {}, uploads: upload("b.pdf", "%PDF-2") }),
    ])
      expect(refused.problem?.code).toBe("not-found");
    await people.clerk.done(submitSubmission, { params, body: {}, ifMatch: revision });
    const late = { params: { ...params, evidence }, body: { reason: "想换" } };
    expect((await people.clerk.call(removeEvidence, late)).problem?.code).toBe("wrong-state");
  });
});
