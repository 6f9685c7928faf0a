import {
  editForm,
  getForm,
  issueSubmission,
  openSubmission,
  replaceForm,
  startSubmission,
} from "@jiheng/contract/http";
import type { Form } from "@jiheng/domain";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROUTES } from "../src/features/index.ts";
import { type TestServer, testServer } from "./client.ts";
import {
  approvedDeclaration,
  matter,
  newProject,
  type SixPeople,
  sixPeople,
  underHead,
} from "./life-cycle-steps.ts";
import { formWrites } from "./write-paths.ts";

const YEAR = 2025;

describe("in the sources", () => {
  test("one function writes the form of a submission, and one calls it", { timeout: 120_000 }, () => {
    const { writes, callersOfWriteForm, files } = formWrites();
    expect(files).toBeGreaterThan(50);
    expect(writes).toEqual([{ file: "features/submissions/store.ts", within: "writeForm", how: ".set()" }]);
    expect(callersOfWriteForm).toEqual(["features/submissions/save-form.ts#saveForm"]);
  });

  test("a planted write is found, however it is written", { timeout: 120_000 }, () => {
    const head = `import type { Kysely, Updateable } from "kysely"; import { sql } from "kysely";
      import type { Schema } from "../platform/database/schema.ts";`;
    const { writes } = formWrites({
      "features/planted-a.ts": `${head} export function a(db: Kysely<Schema>) { return db.updateTable("submission").set({ form: "{}" }); }`,
      "features/planted-b.ts": `${head} export function b(db: Kysely<Schema>, change: Updateable<Schema["submission"]>) { return db.updateTable("submission").set(change).where("year", "=", 1); }`,
      "features/planted-c.ts": `${head} export function c(db: Kysely<Schema>) { return sql\`update submission set form = null\`.execute(db); }`,
      "features/planted-d.ts": `${head} export function d(db: Kysely<Schema>) { return db.updateTable("submission").set("form", "{}"); }`,
      "features/planted-e.ts": `${head} export function e(db: Kysely<Schema>) { return sql\`insert into submission select * from jsonb_populate_recordset(null::submission, '[]')\`.execute(db); }`,
      "features/harmless.ts": `${head} export function f(db: Kysely<Schema>) { return db.updateTable("submission").set({ state: "draft" }); }`,
    });
    expect(writes.map(({ within }) => within).sort()).toEqual(["a", "b", "c", "d", "e", "writeForm"]);
  });
});

describe("at run time", () => {
  let server: TestServer;
  let people: SixPeople;

  beforeAll(async () => {
    server = await testServer();
    people = await sixPeople(server);
  });

  afterAll(async () => {
    await server.close();
  });

  async function expectReviewed(submission: string): Promise<void> {
    const row = await server.platform.db
      .selectFrom("submission as s")
      .leftJoin("review_result as r", (join) =>
        join
          .onRef("r.region", "=", "s.region")
          .onRef("r.year", "=", "s.year")
          .onRef("r.submission", "=", "s.id"),
      )
      .select(["s.revision", "r.revision as reviewed", "s.rows"])
      .where("s.id", "=", submission)
      .executeTakeFirstOrThrow();
    expect(row.reviewed).toBe(row.revision);
    const rows = await server.platform.db
      .selectFrom("indicator_row")
      .select((build) => build.fn.countAll().as("count"))
      .where("submission", "=", submission)
      .executeTakeFirstOrThrow();
    expect(Number(rows.count)).toBe(row.rows);
  }

  test("every route that changes a form leaves its review, of the same revision", async () => {
    const { clerk, department } = people;
    const project = await newProject(clerk, server);
    const { declaration, evaluation } = matter(41, YEAR);
    const declared = await approvedDeclaration(people, project, YEAR, declaration);
    await expectReviewed(declared);
    const adjusted = await clerk.done(openSubmission, { body: { year: YEAR, kind: "adjustment", project } });
    await expectReviewed(adjusted.body.submission.id);
    const issued = await department.done(issueSubmission, {
      body: { year: YEAR, kind: "self-evaluation", project },
    });
    const submission = issued.body.id;
    const started = await clerk.done(startSubmission, {
      params: { submission },
      body: { from: "approved-targets" },
    });
    await expectReviewed(submission);
    const replaced = await clerk.done(replaceForm, {
      params: { submission },
      ifMatch: started.revision,
      body: { form: underHead(evaluation, started.body.form as Form) as never },
    });
    await expectReviewed(submission);
    await clerk.done(editForm, {
      params: { submission },
      ifMatch: replaced.revision,
      body: { edits: [{ op: "set", at: "deviation", to: "已说明" }] },
    });
    await expectReviewed(submission);
    const { body } = await clerk.done(getForm, { params: { submission } });
    expect(body.review?.revision).toBe(body.submission.revision);
    expect(body.review?.marks.indicators).toHaveLength(evaluation.indicators.length);
  });

  test("the routes that change a form are these", () => {
    const saving = ROUTES.filter(({ endpoint }) => {
      const { answer } = endpoint;
      return (
        answer.kind === "json" && "shape" in answer.schema && "retracted" in (answer.schema.shape as object)
      );
    }).map(({ endpoint }) => endpoint.id);
    expect(saving.sort()).toEqual(["editForm", "openSubmission", "replaceForm", "startSubmission"]);
  });
});
