import type { Form } from "@jiheng/domain";
import { STATES } from "@jiheng/workflow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoDistrict } from "../src/features/demo/district.ts";
import { hasDemo, loadDemo } from "../src/features/demo/load-demo.ts";
import { newId } from "../src/platform/ids.ts";
import { type TestDatabase, testDatabase } from "./database.ts";

const NOW = new Date("2026-03-10T03:00:00Z");

describe("the invented district", () => {
  const district = demoDistrict(2025);

  it("is what it promises: twelve departments, sixty units, three years, nine hundred forms in every state", () => {
    const of = (kind: string) => district.organisations.filter((body) => body.kind === kind).length;
    expect([of("region"), of("department"), of("unit")]).toEqual([1, 12, 60]);
    expect(district.submissions).toHaveLength(900);
    expect(new Set(district.submissions.map(({ year }) => year))).toEqual(new Set([2024, 2025, 2026]));
    const states = new Set<string>(district.submissions.map(({ state }) => state));
    expect(STATES.filter((state) => !states.has(state))).toEqual(["not-issued"]);
    expect(new Set(district.people.map(({ role }) => role)).size).toBe(9);
    expect(new Set(district.projects.map(({ name }) => name)).size).toBe(district.projects.length);
  });

  it("is the same whenever it is made", () => {
    expect(JSON.stringify(demoDistrict(2025).submissions)).toBe(JSON.stringify(district.submissions));
  });

  it("has defects in about a third of the forms in work", () => {
    const inWork = district.submissions.filter(
      ({ year, kind, form }) => year === 2025 && kind === "self-evaluation" && form !== null,
    );
    const defective = inWork.filter(({ form, clean }) => form !== clean).length;
    expect(defective / inWork.length).toBeGreaterThan(0.25);
    expect(defective / inWork.length).toBeLessThan(0.45);
  });
});

describe("loading it", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    expect(await hasDemo(database.db)).toBe(false);
    await loadDemo(
      { db: database.db, now: () => NOW, newId, jobs: { enqueue: async () => {} } },
      "no password",
      { projects: 40 },
    );
  }, 60_000);
  afterAll(() => database?.close());

  it("brings every form to where it should stand, through the use-cases of people", async () => {
    const rows = await database.db
      .selectFrom("submission")
      .innerJoin("project", "project.id", "submission.project")
      .select(["project.code", "year", "kind", "state", "desk"])
      .where("kind", "<>", "review")
      .where("is_rollup", "=", false)
      .execute();
    const codes = new Map(demoDistrict(2025).projects.map(({ key, code }) => [key, code]));
    const kept = new Set(rows.map(({ code }) => code));
    const wanted = demoDistrict(2025).submissions.flatMap(({ project, year, kind, state, desk }) => {
      const code = codes.get(project);
      return code && kept.has(code) ? [`${code} ${year} ${kind} ${state} ${desk}`] : [];
    });
    expect(wanted).toHaveLength(240);
    expect(rows.map((row) => `${row.code} ${row.year} ${row.kind} ${row.state} ${row.desk}`).sort()).toEqual(
      wanted.sort(),
    );
    expect(await hasDemo(database.db)).toBe(true);
  });

  it("has a drawn sample with review sheets in several states, and roll-ups of a department", async () => {
    const sheets = await database.db
      .selectFrom("sample_item")
      .leftJoin("submission", "submission.id", "sample_item.review")
      .select("state")
      .execute();
    const states = new Set(sheets.map(({ state }) => state));
    expect(states).toEqual(new Set([null, "issued", "draft", "submitted", "under-review", "approved"]));
    const approved = await database.db
      .selectFrom("submission")
      .select("form")
      .where("kind", "=", "review")
      .where("state", "=", "approved")
      .executeTakeFirstOrThrow();
    const marks = (approved.form as unknown as Form).indicators;
    expect(marks.every(({ score, reviewScore }) => score === null || reviewScore !== null)).toBe(true);
    expect(marks.some(({ score, reviewScore }) => score !== reviewScore)).toBe(true);
    const rolledUp = await database.db
      .selectFrom("submission")
      .innerJoin("submission_member", "submission_member.rollup", "submission.id")
      .select(["submission.year", "submission.state"])
      .where("is_rollup", "=", true)
      .execute();
    expect(
      rolledUp.filter(({ year, state }) => year === 2024 && state === "approved").length,
    ).toBeGreaterThan(1);
  });

  it("leaves a review of its revision beside every form, and a chain of events in the order of time", async () => {
    const forms = await database.db
      .selectFrom("submission")
      .leftJoin("review_result", "review_result.submission", "submission.id")
      .select(["submission.revision", "review_result.revision as reviewed"])
      .where("form", "is not", null)
      .execute();
    expect(forms.length).toBeGreaterThan(200);
    expect(forms.filter(({ revision, reviewed }) => revision !== reviewed)).toEqual([]);
    const events = await database.db.selectFrom("event").select(["seq", "at"]).orderBy("seq").execute();
    const times = events.map(({ at }) => at.getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBeLessThanOrEqual(NOW.getTime());
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => BigInt(index + 1)));
  });
});
