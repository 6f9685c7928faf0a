import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import {
  answerImportNotes,
  cancelImport,
  createProject,
  downloadAnnotated,
  downloadOriginal,
  getForm,
  getImport,
  issueSubmission,
  listEvents,
  listImports,
  readImportedForm,
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
import { strToU8, zipSync } from "fflate";
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
    expect(items[2]?.forms[0]?.outcome).toMatchObject({
      code: "year-differs",
      says: expect.stringContaining("2023年度"),
      candidates: [{ name: "灌溉泵站" }],
    });
    // Its own year has no form of the project yet: it does not fall into the year of the import instead.
    const [meant] =
      items[2]?.forms[0]?.outcome.kind === "unsettled" ? items[2].forms[0].outcome.candidates : [];
    const elsewhere = await clerk.call(settleImport, {
      params: { import: id, position: String(items[2]?.position), form: "0" },
      body: { action: "into", project: meant?.project ?? "", year: 2023 },
    });
    expect(elsewhere.problem?.detail).toContain("还没有下达");
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
    expect(events.body.items[0]?.subjectName).toMatch(/等5个文件（导入\d{4}年）$/);
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
    // Another year had an indicator of the same name: the rows of the form that is replaced are meant, for evidence hangs on them.
    const rows = before.body.form?.indicators ?? [];
    await server.platform.db
      .insertInto("indicator")
      .values(
        rows.map(({ level1, level2, name }) => ({
          ...{ region: server.home.region, id: server.platform.newId(), project: target },
          ...{ level1, level2, name, search: [], created_at: new Date() },
        })),
      )
      .execute();
    const settled = await clerk.done(settleImport, { params: at, body });
    expect(settled.body.forms[0]?.outcome).toMatchObject({ kind: "imported", submission });
    const after = (await clerk.done(getForm, { params: { submission } })).body.form?.indicators ?? [];
    const names = new Map(rows.map(({ id, name }) => [name, id]));
    const same = after.filter(({ name }) => names.has(name));
    expect(same.length).toBeGreaterThan(0);
    expect(same.map(({ id }) => id)).toEqual(same.map(({ name }) => names.get(name)));
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

  it("holds every form back for a person, who sees it beside its original, answers its questions and corrects it", async () => {
    const submission = await issued("渡槽加固");
    const form = formOf("渡槽加固", 131);
    const indicators = form.indicators.map((row, index) => (index === 1 ? { ...row, score: "约9" } : row));
    const files = [{ name: "槽.docx", bytes: docx({ ...form, indicators }) }];
    const { body } = await clerk.done(startImport, {
      body: { year: YEAR, organisation: unit.id, confirms: true },
      uploads: files,
    });
    await carried(body.id);
    const [line] = (await report(clerk, body.id)).items[0]?.forms ?? [];
    expect(line).toMatchObject({ open: 1, outcome: { kind: "unsettled", code: "to-confirm" } });
    expect(line?.outcome).toMatchObject({ candidates: [{ name: "渡槽加固" }] });
    expect(line?.checked?.must).toBeGreaterThan(0);
    const params = { import: body.id, position: "0", form: "0" };
    const read = (await clerk.done(readImportedForm, { params })).body;
    const [question] = read.questions;
    expect(question).toMatchObject({ at: "indicators[1].score" });
    const spot = read.original.spots.find(({ place }) => place === question?.at);
    const table = read.original.blocks[spot?.block ?? -1];
    if (table?.kind !== "table") throw new Error("no table");
    expect(
      table.rows.flat().find(({ row, column }) => row === spot?.row && column === spot.column)?.text,
    ).toBe("约9");
    expect(read.form.indicators[1]?.score).toBeNull();

    const wrong = {
      action: "correct",
      note: question?.note ?? 0,
      place: "indicators[1].score",
      to: "九",
    } as const;
    expect((await clerk.call(answerImportNotes, { params, body: wrong })).problem?.code).toBe(
      "invalid-input",
    );
    const right = { ...wrong, to: "9" };
    const answered = (await clerk.done(answerImportNotes, { params, body: right })).body.forms[0];
    expect(answered).toMatchObject({ open: 0, answers: [{ kind: "corrected", to: "9" }] });
    const again = (await clerk.done(readImportedForm, { params })).body;
    expect(again.form.indicators[1]?.score).toBe("9");
    const back = { action: "take-back", note: question?.note ?? 0 } as const;
    expect((await clerk.done(answerImportNotes, { params, body: back })).body.forms[0]?.open).toBe(1);
    const accepted = { action: "accept" as const, notes: [question?.note ?? 0] };
    expect((await clerk.done(answerImportNotes, { params, body: accepted })).body.forms[0]?.open).toBe(0);
    await clerk.done(answerImportNotes, { params, body: right });

    const { project: target } = (await clerk.done(getForm, { params: { submission } })).body.submission;
    await clerk.done(settleImport, { params, body: { action: "into", project: target } });
    const saved = (await clerk.done(getForm, { params: { submission } })).body;
    expect(saved.form?.indicators[1]?.score).toBe("9");
    expect(saved.form?.notes).toEqual([]);
    expect((await clerk.call(answerImportNotes, { params, body: accepted })).problem?.code).toBe(
      "wrong-state",
    );
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

    const parts = ["分一", "分二", "分三"];
    for (const name of parts) await issued(name);
    const together = docx(...parts.map((name, index) => formOf(name, 110 + index)));
    const whole = await started(clerk, [{ name: "三张一份.docx", bytes: together }]);
    const leavesAgain = new AbortController();
    let asked = 0;
    const leavingAgain = {
      ...server.platform,
      now: () => {
        asked += 1;
        // Asked once for who imports, once to note the forms, and then for each form.
        if (asked === 3) leavesAgain.abort();
        return server.platform.now();
      },
    };
    await processImport(leavingAgain, { region: "test", id: whole.id }, leavesAgain.signal);
    const [begun] = (await report(clerk, whole.id)).items;
    expect(begun?.forms.map(({ outcome }) => outcome.kind)).toEqual(["imported"]);
    await carried(whole.id);
    const [ended] = (await report(clerk, whole.id)).items;
    expect(ended?.forms.map(({ outcome }) => outcome)).toMatchObject(
      parts.map(() => ({ kind: "imported", revision: 1 })),
    );

    const stopped = await started(clerk, [{ name: "停.docx", bytes: docx(formOf("续一", 95)) }]);
    await clerk.done(cancelImport, { params: { import: stopped.id }, body: {} });
    await carried(stopped.id);
    expect(await report(clerk, stopped.id)).toMatchObject({ state: "cancelled", done: 0 });
    await clerk.done(retryImport, { params: { import: stopped.id, position: "0" }, body: {} });
    await carried(stopped.id);
    expect(await report(clerk, stopped.id)).toMatchObject({ state: "finished", unsettled: 1 });
  });
});

const FIXTURES = new URL("../../../fixtures/forms/", import.meta.url);
const OTHERS = new URL("../../../packages/importers/test/files/", import.meta.url);
const fixture = (path: string): Buffer => readFileSync(new URL(path, FIXTURES));

async function unitNamed(name: string, code: string): Promise<string> {
  const id = server.platform.newId();
  await server.platform.db
    .insertInto("organisation")
    .values({
      ...{ region: "test", id, kind: "unit", parent: server.home.departments[0].id, code, name },
      ...{ search: [name], closed_at: null },
    })
    .execute();
  return id;
}

describe("files as they come", () => {
  it("are read whatever their format; broken and hostile ones fail alone, each with its reason", async () => {
    const good = [
      ["national-clean", "docx"],
      ["sichuan-clean", "xlsx"],
      ["bureau-b-clean", "html"],
      ["anhui-clean", "txt"],
      ["yunnan-clean", "csv"],
      ["rural-clean", "pdf"],
      ["hostile-texts", "xlsx"],
    ] as const;
    const files: { name: string; bytes: Buffer }[] = [];
    const forms = new Map<string, Form>();
    for (const [index, [slug, format]] of good.entries()) {
      const [read] = JSON.parse(fixture(`${slug}/reading.json`).toString()) as [Form];
      // A kept reading has no identities.
      const rows = read.indicators.map((row, at) => ({ ...row, id: String(at), parent: null }));
      const form = { ...read, indicators: rows };
      forms.set(`${slug}.${format}`, form);
      await project(form.project ?? "", await unitNamed(form.unit ?? "", `9${index}`));
      const bytes = format === "pdf" ? await pdfOf(form) : fixture(`${slug}/form.${format}`);
      files.push({ name: `${slug}.${format}`, bytes });
    }
    const bomb = zipSync({ "word/document.xml": new Uint8Array(200 * 2 ** 20) }, { level: 9 });
    const entities = `<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w:document xmlns:w="x">&b;</w:document>`;
    files.push(
      { name: "bomb.docx", bytes: Buffer.from(bomb) },
      { name: "entities.docx", bytes: Buffer.from(zipSync({ "word/document.xml": strToU8(entities) })) },
      { name: "climb.xlsx", bytes: Buffer.from(zipSync({ "../../etc/passwd": strToU8("x") })) },
      { name: "records.xls", bytes: readFileSync(new URL("hostile-records-2.xls", OTHERS)) },
      { name: "cut.pdf", bytes: files[5]?.bytes.subarray(0, 900) ?? Buffer.alloc(0) },
      { name: "cut.docx", bytes: files[0]?.bytes.subarray(0, 900) ?? Buffer.alloc(0) },
      {
        name: "noise.pdf",
        bytes: Buffer.from("%PDF-1.7\n1 0 obj<</JS(app.alert(1))>>endobj\ntrailer<</Root 1 0 R>>"),
      },
    );
    const { id } = await started(reviewer, files, server.home.departments[0].id);
    await carried(id);
    const { items, ...head } = await report(reviewer, id);
    expect(
      items.map(({ name, state, forms }) => [name, state, ...forms.map(({ outcome }) => outcome.kind)]),
    ).toEqual([
      ...good.map(([slug, format]) => [`${slug}.${format}`, "done", "imported"]),
      ...files.slice(good.length).map(({ name }) => [name, "failed"]),
    ]);
    expect(head).toMatchObject({ state: "finished", done: 14, failed: 7, unsettled: 0 });
    for (const { says } of items.slice(good.length)) expect(says).toMatch(/\p{Script=Han}.*。$/u);
    for (const {
      name,
      forms: [line],
    } of items.slice(0, good.length)) {
      if (line?.outcome.kind !== "imported") throw new Error(name);
      const { body } = await reviewer.done(getForm, { params: { submission: line.outcome.submission } });
      const typed = ({ name, target, actual }: Form["indicators"][number]) => [
        name,
        target?.text,
        actual?.text,
      ];
      expect(body.form?.indicators.map((row) => typed(row as Form["indicators"][number]))).toEqual(
        forms.get(name)?.indicators.map(typed),
      );
    }
    expect(server.faults).toEqual([]);
  }, 60_000);

  it("do not hold each other up where the program itself fails on one; it is told, and can be tried again", async () => {
    const [first, second] = [await issued("泵房一"), await issued("泵房二")];
    const { id } = await started(clerk, [
      { name: "一.docx", bytes: docx(formOf("泵房一", 101)) },
      { name: "二.docx", bytes: docx(formOf("泵房二", 102)) },
    ]);
    const { documents } = server.platform;
    const faulty = {
      ...server.platform,
      documents: {
        ...documents,
        run: (async (task, signal) => {
          if ("name" in task && task.name === "一.docx") throw new Error("planted fault");
          return documents.run(task, signal);
        }) as typeof documents.run,
      },
    };
    const job = { region: "test", id };
    await expect(processImport(faulty, job, new AbortController().signal)).rejects.toThrow("planted fault");
    await processImport(faulty, job, new AbortController().signal);
    const { items, ...head } = await report(clerk, id);
    expect(head).toMatchObject({ state: "finished", done: 2, failed: 1 });
    expect(items[0]?.says).toContain("程序出错");
    expect(items[1]?.forms[0]?.outcome).toMatchObject({ kind: "imported", submission: second });
    await clerk.done(retryImport, { params: { import: id, position: "0" }, body: {} });
    await carried(id);
    const after = await report(clerk, id);
    expect(after).toMatchObject({ state: "finished", done: 2, failed: 0 });
    expect(after.items[0]?.forms[0]?.outcome).toMatchObject({ kind: "imported", submission: first });
  });
});

async function pdfOf(form: Form): Promise<Buffer> {
  const made = await server.platform.documents.run({
    ...{ type: "forms", forms: [form], format: "pdf", template: null },
  } as const);
  if (made.kind === "refused") throw new Error(made.says);
  return Buffer.from(made.bytes);
}

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
