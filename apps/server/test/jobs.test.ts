import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import {
  createProject,
  getForm,
  getImport,
  issueSubmission,
  listEvents,
  startImport,
  watchImport,
} from "@jiheng/contract/http";
import { formsDocument, layOut, layoutFor, writeDocx } from "@jiheng/exporters";
import { variedForm } from "@jiheng/specimens";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { inTransaction } from "../src/platform/database/open-database.ts";
import { createJobs, type Job, type JobHandlers, type Jobs } from "../src/platform/jobs/jobs.ts";
import { type TestClient, type TestServer, testServer } from "./client.ts";
import { silent, type TestDatabase, testDatabase } from "./database.ts";

const ID = "00000000-0000-7000-8000-000000000001";
const IMPORT: Job = { name: "import", region: "test", id: ID };

async function until(what: () => boolean | Promise<boolean>, seconds: number): Promise<void> {
  for (const end = Date.now() + seconds * 1_000; !(await what()); await sleep(50))
    if (Date.now() > end) throw new Error(`not within ${seconds} s`);
}

describe("the queue", () => {
  let database: TestDatabase;
  const open: Jobs[] = [];
  const warned: string[] = [];
  const queue = async (handle: JobHandlers["import"]): Promise<Jobs> => {
    const jobs = createJobs(database.connection, { ...silent, error: (message) => warned.push(message) });
    open.push(jobs);
    await jobs.start({ import: handle, deliveries: async () => {} });
    return jobs;
  };
  const enqueue = (jobs: Jobs, job: Job = IMPORT) =>
    inTransaction(database.db, (db) => jobs.enqueue(db, job));
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterEach(async () => {
    for (const jobs of open.splice(0)) await jobs.stop();
    await sql`delete from jobs.job`.execute(database.db);
    warned.length = 0;
  });
  afterAll(() => database?.close());

  it("knows a job from the commit on, never one that was rolled back, and does once what was asked for twice", async () => {
    const begun: string[] = [];
    const jobs = await queue(async ({ id }) => void begun.push(id));
    const gone = { ...IMPORT, id: ID.replace(/1$/, "2") };
    await inTransaction(database.db, async (db) => {
      await jobs.enqueue(db, gone);
      throw new Error("rolled back");
    }).catch(() => {});
    await inTransaction(database.db, async (db) => {
      await jobs.enqueue(db, IMPORT);
      await jobs.enqueue(db, IMPORT);
      await sleep(2_500);
      expect(begun).toEqual([]);
    });
    await until(() => begun.length > 0, 10);
    await sleep(2_500);
    expect(begun).toEqual([ID]);
  }, 30_000);

  it("does one job of a kind at a time, and tries again what failed, saying so", async () => {
    let times = 0;
    let atOnce = 0;
    let most = 0;
    const jobs = await queue(async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await sleep(300);
      atOnce -= 1;
      times += 1;
      if (times === 1) throw new Error("planted");
    });
    await enqueue(jobs);
    await enqueue(jobs, { ...IMPORT, id: ID.replace(/1$/, "3") });
    await until(() => times === 3, 30);
    expect(most).toBe(1);
    expect(warned).toEqual([expect.stringMatching(/import（test 0.*planted/)]);
  }, 40_000);

  it("hands back what it is at when it stops, and another takes it up at once", async () => {
    let isAborted = false;
    let begun = 0;
    const first = await queue(async (_, signal) => {
      begun += 1;
      await sleep(60_000, undefined, { signal }).catch(() => {});
      isAborted = signal.aborted;
    });
    await enqueue(first);
    await until(() => begun === 1, 10);
    await first.stop();
    expect(isAborted).toBe(true);
    let taken = 0;
    await queue(async () => {
      taken += 1;
    });
    await until(() => taken === 1, 15);
  }, 60_000);

  it("leaves a long job with the process that is at it", async () => {
    let begun = 0;
    let ended = 0;
    const handle = async () => {
      begun += 1;
      await sleep(22_000);
      ended += 1;
    };
    const jobs = await queue(handle);
    await queue(handle);
    await enqueue(jobs);
    await until(() => ended === 1, 40);
    expect(begun).toBe(1);
  }, 60_000);
});

describe("a process killed at an import", () => {
  let server: TestServer;
  let clerk: TestClient;
  let child: ChildProcess | undefined;
  beforeAll(async () => {
    server = await testServer();
    clerk = await server.as("clerk");
  });
  afterAll(async () => {
    child?.kill("SIGKILL");
    await server?.close();
  });

  it("is followed by another, which does the rest; nothing is lost and nothing done twice", async () => {
    const unit = server.home.departments[0].units[0];
    const reviewer = await server.as("department-reviewer");
    const names = Array.from({ length: 40 }, (_, index) => `水库巡查${String.fromCodePoint(0x4e00 + index)}`);
    const submissions: string[] = [];
    for (const name of names) {
      const project = await reviewer.done(createProject, { body: { name, unit: unit?.id ?? "" } });
      const issued = await reviewer.done(issueSubmission, {
        body: { year: 2024, kind: "self-evaluation", project: project.body.id, due: null },
      });
      submissions.push(issued.body.id);
    }
    const uploads = names.map((project, seed) => {
      const form = variedForm({ seed, template: "national", year: 2024, bare: true });
      const own = { ...form, project, projectCode: null, unit: unit?.name ?? null, department: null };
      const laid = layOut(own, layoutFor(own.template));
      return { name: `${project}.docx`, bytes: Buffer.from(writeDocx(formsDocument([laid], false))) };
    });
    const { body } = await clerk.done(startImport, {
      body: { year: 2024, organisation: unit?.id ?? "" },
      uploads,
    });
    const done = async () => (await clerk.done(getImport, { params: { import: body.id } })).body.done;

    // The queue knows nothing of this import, as after a restore: its rows are what asks for it.
    expect(server.left).toHaveLength(1);
    const file = new URL("./processes/import-worker.ts", import.meta.url).pathname;
    child = spawn(
      process.execPath,
      ["--conditions", "development", file, JSON.stringify(server.database.connection)],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    await once(child.stdout as NodeJS.ReadableStream, "data");
    const watching = clerk.done(watchImport, { params: { import: body.id } });
    await until(async () => (await done()) > 2, 60);
    child.kill("SIGKILL");
    await once(child, "exit");
    const before = await done();
    expect(before).toBeLessThan(names.length);

    await server.workJobs();
    await until(async () => (await done()) > before, 30);
    await until(async () => (await done()) === names.length, 60);
    const told = [...(await watching).bytes.toString().matchAll(/^data: (\{"id.*)$/gm)].map(
      ([, text]) => JSON.parse(text ?? "").done as number,
    );
    expect(told.at(-1)).toBe(names.length);
    expect(told).toEqual([...told].sort((one, other) => one - other));
    const late = await clerk.done(watchImport, {
      params: { import: body.id },
      headers: { "last-event-id": "7" },
    });
    expect(late.bytes.toString()).toContain('"state":"finished"');
    const { items, ...head } = (await clerk.done(getImport, { params: { import: body.id } })).body;
    expect(head).toMatchObject({ state: "finished", done: names.length, failed: 0, unsettled: 0 });
    expect(items.map(({ forms }) => forms.map(({ outcome }) => outcome))).toEqual(
      submissions.map((submission) => [{ kind: "imported", submission, revision: 1 }]),
    );
    for (const submission of submissions)
      expect((await clerk.done(getForm, { params: { submission } })).revision).toBe(1);
    const events = await (await server.as("auditor")).done(listEvents, { query: { subject: body.id } });
    expect(events.body.items.map(({ type }) => type)).toEqual(["import.finished"]);
  }, 180_000);
});
