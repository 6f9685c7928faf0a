import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FilledForm, filledForms, type Staff, staffOf } from "../../../bench/filled-forms.ts";
import { questionsOf, regionPeople, seenExport } from "../../../bench/million-rows.ts";
import { linesOf, serverLoad } from "../../../bench/server-load.ts";
import { rushProof, submissionRush } from "../../../bench/submission-rush.ts";
import { loadDemo } from "../src/features/demo/load-demo.ts";
import { hashPassword } from "../src/platform/passwords/hash-password.ts";
import { type TestServer, testServer } from "./client.ts";
import { fillRegion } from "./large-region.ts";

/** Listening, as the drills come over sockets. */
async function listening({ http }: TestServer): Promise<string> {
  await http.listen({ host: "127.0.0.1", port: 0 });
  return `http://127.0.0.1:${(http.server.address() as AddressInfo).port}/api/v1`;
}

describe("a small district with two servers on one database", () => {
  let first: TestServer;
  let second: TestServer;
  let apis: string[];
  let staff: Staff;
  let forms: FilledForm[];
  beforeAll(async () => {
    first = await testServer({ seed: false });
    const cost = { memoryKiB: 64, passes: 1 };
    await loadDemo(first.platform, await hashPassword("jiheng-demo", cost), { projects: 6 });
    second = await testServer({ seed: false, database: first.database });
    apis = [await listening(first), await listening(second)];
    staff = await staffOf(apis[0] ?? "", 4, 1);
    forms = await filledForms(staff, 24);
  }, 60_000);
  afterAll(async () => {
    await second?.stop();
    await first?.close();
  });

  it("bears people who work at once: everything they ask is done", async () => {
    const result = await serverLoad(staff, forms.slice(0, 8), { apis, seconds: 3, think: 60, warm: 0 });
    expect(result.failures).toEqual([]);
    for (const action of ["list", "open", "save", "submit"] as const)
      expect(result.times[action].length, action).toBeGreaterThan(0);
    const [, , ...lines] = linesOf(result);
    expect(lines.at(-1)).toMatch(/^\| all reads \| [1-9]/);
    expect([...first.faults, ...second.faults]).toEqual([]);
  }, 30_000);

  it("takes every form of a rush once, though clients drop the connection and repeat", async () => {
    const rushed = forms.slice(8);
    const result = await submissionRush(rushed, { within: 600, apis, droppers: 0.6, patience: 20_000 });
    expect(result.refused).toEqual([]);
    expect(result.acknowledged).toBe(rushed.length);
    expect(result.attempts).toBeGreaterThan(rushed.length);
    const none = { lost: [], doubled: [], halfWritten: [], gaps: 0 };
    expect(await rushProof(first.database, rushed)).toEqual(none);
  }, 60_000);

  it("the proof sees what is lost, half-written, doubled, and a gap in the log", async () => {
    const [lost, half, doubled] = forms.slice(8).map(({ id }) => id) as [string, string, string];
    const { pool } = first.database;
    await pool.query("update submission set state = 'draft' where id = $1", [lost]);
    await pool.query("delete from frozen_version where submission = $1", [half]);
    await pool.query(
      `insert into frozen_version select region, year, gen_random_uuid(), submission, revision, reason, form, review, sha256, at, by
       from frozen_version where submission = $1`,
      [doubled],
    );
    await pool.query("delete from event where seq = 5");
    const proof = await rushProof(first.database, forms.slice(8));
    expect(proof).toEqual({ lost: [lost], doubled: [doubled], halfWritten: [lost, half].sort(), gaps: 1 });
  });
});

describe("a region filled inside the database", () => {
  const SIZE = { departments: 3, unitsEach: 2, projects: 400, years: [2023, 2024], rows: 12 };
  const PASSWORD = "large-region-test-1";
  let server: TestServer;
  let api: string;
  beforeAll(async () => {
    server = await testServer({ seed: false });
    const passwordHash = await hashPassword(PASSWORD, { memoryKiB: 64, passes: 1 });
    await fillRegion(server.platform.db, SIZE, { passwordHash });
    api = await listening(server);
  }, 60_000);
  afterAll(() => server?.close());

  it("answers every question of the drill and exports every form and row of a year", async () => {
    const people = await regionPeople(api, PASSWORD);
    for (const { title, who, paths } of questionsOf(people, 2024))
      for (const path of paths) expect((await who.ask(path)).status, `${title} ${path}`).toBe(200);
    const ofYear = `year=2024&organisation=${people.root}`;
    const overview = await people.officer.done(`/statistics/overview?${ofYear}`);
    expect(overview.body.totals.projects).toBe(SIZE.projects);
    const forms = await seenExport(people.officer, `${api}/exports/forms.jsonl?${ofYear}`);
    expect(forms.lines).toBe(SIZE.projects);
    const rows = await seenExport(people.officer, `${api}/exports/rows.csv?${ofYear}`);
    expect(rows.lines).toBe(SIZE.projects * SIZE.rows + 1);
    expect(server.faults).toEqual([]);
  }, 60_000);
});
