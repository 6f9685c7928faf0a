import { setTimeout as sleep } from "node:timers/promises";
import {
  cancelImport,
  createProject,
  downloadAnnotated,
  downloadOriginal,
  getForm,
  getImport,
  issueSubmission,
  listEvents,
  listImports,
  retryImport,
  settleImport,
  startImport,
  watchImport,
} from "@jiheng/contract/http";
import type { Form } from "@jiheng/domain";
import {
  formsDocument,
  formsWorkbook,
  layOut,
  layoutFor,
  writeDocx,
  writeHtml,
  writeXlsx,
} from "@jiheng/exporters";
import { variedForm } from "@jiheng/specimens";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { processImport } from "../src/features/imports/index.ts";
import { type TestClient, type TestServer, testServer } from "./client.ts";

const YEAR = 2024;
let server: TestServer;
let clerk: TestClient;
let reviewer: TestClient;
let finance: TestClient;
let unit: { id: string; name: string };

beforeAll(async () => {
  server = await testServer();
  clerk = await server.as("clerk");
  reviewer = await server.as("department-reviewer");
  finance = await server.as("finance-officer");
  unit = server.home.departments[0].units[0] as typeof unit;
});
afterAll(() => server?.close());

function formOf(project: string, seed: number, change: Partial<Form> = {}): Form {
  const form = variedForm({ seed, template: "national", year: YEAR, bare: true });
  return { ...form, project, projectCode: null, unit: unit.name, department: null, ...change };
}

const docx = (...forms: Form[]): Buffer =>
  Buffer.from(
    writeDocx(
      formsDocument(
        forms.map((form) => layOut(form, layoutFor(form.template))),
        false,
      ),
    ),
  );
const xlsx = (form: Form): Buffer =>
  Buffer.from(writeXlsx(formsWorkbook([layOut(form, layoutFor(form.template))], false)));
const html = (form: Form): Buffer =>
  Buffer.from(writeHtml(formsDocument([layOut(form, layoutFor(form.template))], false)));

async function project(name: string, of = unit.id): Promise<string> {
  return (await reviewer.done(createProject, { body: { name, unit: of } })).body.id;
}

async function issued(name: string): Promise<string> {
  const id = await project(name);
  const { body } = await reviewer.done(issueSubmission, {
    body: { year: YEAR, kind: "self-evaluation", project: id, due: null },
  });
  return body.id;
}

type Files = readonly { readonly name: string; readonly bytes: Buffer }[];

async function started(client: TestClient, files: Files, organisation = unit.id) {
  const { body } = await client.done(startImport, { body: { year: YEAR, organisation }, uploads: files });
  return body;
}

/** Does what was left, as the queue would. */
async function carried(id: string): Promise<void> {
  await processImport(server.platform, { region: "test", id }, new AbortController().signal);
}

async function report(client: TestClient, id: string) {
  return (await client.done(getImport, { params: { import: id } })).body;
}

describe("an import", () => {
  it("places what can only belong to one form, keeps every file, and says of each of the rest why", async () => {
    const [first, second] = [await issued("灌溉泵站"), await issued("机井配套")];
    const files = [
      { name: "甲.docx", bytes: docx(formOf("灌溉泵站", 61), formOf("没有的项目", 62)) },
      { name: "乙.xlsx", bytes: xlsx(formOf("机 井配套", 63)) },
      { name: "丙.html", bytes: html(formOf("灌溉泵站", 64, { year: 2023 })) },
      { name: "说明.txt", bytes: Buffer.from("这里没有表。\n") },
      { name: "坏.docx", bytes: docx(formOf("灌溉泵站", 65)).subarray(0, 400) },
    ];
    const { id, state, files: count } = await started(clerk, files);
    expect([state, count]).toEqual(["waiting", 5]);
    expect(server.left.at(-1)).toEqual({ name: "import", region: "test", id });
    await carried(id);
    const { items, ...head } = await report(clerk, id);
    expect(head).toMatchObject({ state: "finished", done: 5, failed: 2, unsettled: 2 });
    expect(items.map((file) => [file.state, ...file.forms.map(({ outcome }) => outcome.kind)])).toEqual([
      ["done", "imported", "unsettled"],
      ["done", "imported"],
      ["done", "unsettled"],
      ["failed"],
      ["failed"],
    ]);
    expect(items[0]?.forms[0]?.outcome).toMatchObject({ submission: first });
    expect(items[0]?.forms[1]?.outcome).toMatchObject({ code: "no-project" });
    expect(items[1]?.forms[0]?.outcome).toMatchObject({ submission: second });
    expect(items[2]?.forms[0]?.outcome).toMatchObject({ code: "year-differs" });
    expect(items[3]?.says).toContain("没有");
    expect(items[4]?.says).toMatch(/。$/);
    const { body } = await clerk.done(getForm, { params: { submission: first } });
    expect(body.submission.state).toBe("draft");
    expect(body.form?.indicators.map(({ name }) => name)).toEqual(
      formOf("灌溉泵站", 61).indicators.map(({ name }) => name),
    );
    expect(body.review).not.toBeNull();
    for (const [position, { bytes }] of files.entries()) {
      const kept = await clerk.done(downloadOriginal, { params: { import: id, position: String(position) } });
      expect(kept.bytes.equals(bytes)).toBe(true);
    }
    const copy = await clerk.done(downloadAnnotated, { params: { import: id, position: "0" } });
    expect(copy.bytes.subarray(0, 2).toString()).toBe("PK");
    const events = await (await server.as("auditor")).done(listEvents, { query: { subject: id } });
    expect(events.body.items).toMatchObject([{ type: "import.finished", body: { done: 3, failed: 2 } }]);
  });

  it("never takes the place of content unasked, and settles what a person decides", async () => {
    const submission = await issued("水闸维修");
    const other = await issued("水闸维修二期");
    const file = { name: "闸.docx", bytes: docx(formOf("水闸维修", 71), formOf("水闸维修（二期）", 72)) };
    const one = await started(clerk, [file]);
    await carried(one.id);
    const again = await started(clerk, [{ name: "再.docx", bytes: docx(formOf("水闸维修", 73)) }]);
    await carried(again.id);
    const { items } = await report(clerk, again.id);
    expect(items[0]?.forms[0]?.outcome).toMatchObject({ kind: "unsettled", code: "has-content" });
    const before = await clerk.done(getForm, { params: { submission } });

    const at = { import: again.id, position: "0", form: "0" };
    const { project: target } = (await clerk.done(getForm, { params: { submission } })).body.submission;
    const unasked = await clerk.call(settleImport, { params: at, body: { action: "into", project: target } });
    expect(unasked.problem?.code).toBe("already-exists");
    expect((await clerk.done(getForm, { params: { submission } })).revision).toBe(before.revision);
    const body = { action: "into" as const, project: target, replace: true };
    const settled = await clerk.done(settleImport, { params: at, body });
    expect(settled.body.forms[0]?.outcome).toMatchObject({ kind: "imported", submission });
    expect((await clerk.call(settleImport, { params: at, body })).problem?.code).toBe("wrong-state");
    expect((await report(clerk, again.id)).unsettled).toBe(0);

    const second = { import: one.id, position: "0", form: "1" };
    const { project: otherProject } = (await clerk.done(getForm, { params: { submission: other } })).body
      .submission;
    const placed = await clerk.done(settleImport, {
      params: second,
      body: { action: "into", project: otherProject },
    });
    expect(placed.body.forms[1]?.outcome).toMatchObject({ kind: "imported", submission: other });
  });

  it("asks where several projects have the name or the unit is another, and issues where the importer may", async () => {
    await project("同名项目");
    await project("同名项目");
    await project("无人下达");
    const elsewhere = server.home.departments[0].units[1];
    await project("别家项目", elsewhere?.id);
    const forms = [formOf("同名项目", 81), formOf("无人下达", 82), formOf("别家项目", 83)];
    const files = [{ name: "三张.docx", bytes: docx(...forms) }];
    const byClerk = await started(clerk, files);
    await carried(byClerk.id);
    const outcomes = async (client: TestClient, id: string) =>
      (await report(client, id)).items[0]?.forms.map(({ outcome }) =>
        outcome.kind === "unsettled" ? outcome.code : outcome.kind,
      );
    expect(await outcomes(clerk, byClerk.id)).toEqual(["several-projects", "wrong-state", "no-project"]);
    const byReviewer = await started(reviewer, files, server.home.departments[0].id);
    await carried(byReviewer.id);
    expect(await outcomes(reviewer, byReviewer.id)).toEqual(["several-projects", "imported", "unit-differs"]);
  });

  it("is not known beyond the body it is for", async () => {
    const { id } = await started(clerk, [{ name: "x.txt", bytes: Buffer.from("无表") }]);
    const theirs = server.home.departments[1].units[0]?.id ?? "";
    const stranger = await server.asAccount(
      await server.addAccount("import-stranger", [{ role: "clerk", organisation: theirs }]),
    );
    for (const answer of [
      await stranger.call(getImport, { params: { import: id } }),
      await stranger.call(watchImport, { params: { import: id } }),
      await stranger.call(downloadOriginal, { params: { import: id, position: "0" } }),
      await stranger.call(cancelImport, { params: { import: id }, body: {} }),
    ])
      expect(answer.problem?.code).toBe("not-found");
    const sent = { body: { year: YEAR, organisation: unit.id }, uploads: [{ name: "x.txt", bytes: "无" }] };
    expect((await stranger.call(startImport, sent)).problem?.code).toBe("out-of-scope");
    expect((await (await server.as("auditor")).call(startImport, sent)).problem?.code).toBe("not-allowed");
    const mine = await finance.done(listImports, { query: { organisation: unit.id } });
    expect(mine.body.items[0]?.id).toBe(id);
  });

  it("goes on where it was left, does nothing twice, and can be stopped and taken up", async () => {
    const names = ["续一", "续二", "续三"];
    const submissions = [];
    for (const name of names) submissions.push(await issued(name));
    const files = names.map((name, index) => ({
      name: `${name}.docx`,
      bytes: docx(formOf(name, 90 + index)),
    }));
    const { id } = await started(clerk, files);
    const gone = new AbortController();
    const { documents } = server.platform;
    let reads = 0;
    const leaving = {
      ...server.platform,
      documents: {
        ...documents,
        run: (async (task, signal) => {
          reads += 1;
          if (reads === 2) gone.abort();
          return documents.run(task, signal);
        }) as typeof documents.run,
      },
    };
    await processImport(leaving, { region: "test", id }, gone.signal);
    const part = await report(clerk, id);
    expect(part).toMatchObject({ state: "running", done: 1 });
    await Promise.all([carried(id), carried(id)]);
    expect(await report(clerk, id)).toMatchObject({ state: "finished", done: 3, failed: 0, unsettled: 0 });
    for (const submission of submissions)
      expect((await clerk.done(getForm, { params: { submission } })).body.submission.revision).toBe(1);

    const stopped = await started(clerk, [{ name: "停.docx", bytes: docx(formOf("续一", 95)) }]);
    await clerk.done(cancelImport, { params: { import: stopped.id }, body: {} });
    await carried(stopped.id);
    expect(await report(clerk, stopped.id)).toMatchObject({ state: "cancelled", done: 0 });
    await clerk.done(retryImport, { params: { import: stopped.id, position: "0" }, body: {} });
    await carried(stopped.id);
    expect(await report(clerk, stopped.id)).toMatchObject({ state: "finished", unsettled: 1 });
  });
});

describe("the queue", () => {
  it("does what is left in the transaction of a command, once, and tells how far it is", async () => {
    const submission = await issued("排队项目");
    const jobs = await server.workJobs();
    const { id } = await started(clerk, [{ name: "队.docx", bytes: docx(formOf("排队项目", 99)) }]);
    const stream = await clerk.done(watchImport, { params: { import: id } });
    const states = [...stream.bytes.toString().matchAll(/^data: (\{"id.*)$/gm)].map(([, text]) =>
      JSON.parse(text ?? ""),
    );
    expect(states.at(-1)).toMatchObject({ id, state: "finished", done: 1, failed: 0 });
    const { body } = await clerk.done(getForm, { params: { submission } });
    expect(body.submission.revision).toBe(1);
    await sleep(1_500);
    expect((await clerk.done(getForm, { params: { submission } })).revision).toBe(body.submission.revision);
    expect(jobs).toBeDefined();
    expect(server.faults).toEqual([]);
  });

  it("has nothing of a command that was refused", async () => {
    const { db } = server.platform;
    const before = await db.selectFrom("import_job").select("id").execute();
    const theirs = server.home.departments[1].units[0]?.id ?? "";
    await clerk.call(startImport, {
      body: { year: YEAR, organisation: theirs },
      uploads: [{ name: "x.txt", bytes: "无" }],
    });
    expect(await db.selectFrom("import_job").select("id").execute()).toHaveLength(before.length);
  });
});
