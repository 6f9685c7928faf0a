import {
  attachEvidence,
  downloadEvidence,
  getForm,
  getHistory,
  listEvidence,
  removeEvidence,
  submitSubmission,
} from "@jiheng/contract/http";
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
    await attach(other?.id ?? "", "台账.pdf");
    expect(await asked()).toBe(true);
    await attach(satisfaction?.id ?? "", "问卷.pdf");
    expect(await asked()).toBe(false);
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
    for (const refused of [
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
