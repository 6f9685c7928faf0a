import { type Kysely, type RawBuilder, sql, type Transaction } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";
import type { queryTerms } from "../../platform/search-terms.ts";
import { SUBMISSION_COLUMNS, type SubmissionRow } from "../submissions/index.ts";
import type { Reach } from "./reach.ts";

type Db = Kysely<Schema>;
type Tx = Transaction<Schema>;
type Terms = NonNullable<ReturnType<typeof queryTerms>>;

/** A project with the names of its bodies. */
export interface ProjectRow {
  readonly id: string;
  readonly code: string | null;
  readonly name: string;
  readonly department: string;
  readonly department_name: string;
  readonly unit: string;
  readonly unit_name: string;
  readonly parent: string | null;
  readonly placeholder_reason: string | null;
  readonly created_at: Date;
}

const NAMED = sql`p.id, p.code, p.name, p.department, d.name as department_name, p.unit, u.name as unit_name, p.parent,
  p.placeholder_reason, p.created_at`;
const BODIES = sql`join organisation d on d.region = p.region and d.id = p.department
  join organisation u on u.region = p.region and u.id = p.unit`;

/** A project of the region, or null. */
export async function projectOf(db: Db, region: string, id: string): Promise<ProjectRow | null> {
  const { rows } = await sql<ProjectRow>`
    select ${NAMED} from project p ${BODIES} where p.region = ${region} and p.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** What a search asks for. */
export interface ProjectFilter {
  readonly terms: Terms | null;
  readonly code: string | null;
  readonly department: string | undefined;
  readonly unit: string | undefined;
  readonly only: "ordinary" | "placeholders" | undefined;
  /** Only those with a form of the year. */
  readonly year?: number | undefined;
  readonly after: { readonly name: string; readonly id: string } | null;
  readonly limit: number;
}

/** Hits of a search that are sorted rather than sought in the order of names. */
const FEW = 2_000;

/** Projects within reach, by name. */
export async function searchProjects(
  db: Db,
  region: string,
  reach: Reach,
  { terms, code, department, unit, only, year, after, limit }: ProjectFilter,
): Promise<ProjectRow[]> {
  const conditions: RawBuilder<unknown>[] = [sql`p.region = ${region}`];
  if (reach.kind === "bodies") {
    const bodies = [...reach.organisations];
    conditions.push(sql`(p.department = any(${bodies}::uuid[]) or p.unit = any(${bodies}::uuid[]))`);
  }
  if (terms) {
    const found = [sql`p.search @> ${terms.words}::text[]`];
    if (terms.initials) found.push(sql`p.search @> ${terms.initials}::text[]`);
    if (code) found.push(sql`p.code = ${code}`);
    conditions.push(sql`(${sql.join(found, sql` or `)})`);
  }
  if (department) conditions.push(sql`p.department = ${department}`);
  if (unit) conditions.push(sql`p.unit = ${unit}`);
  if (year)
    conditions.push(
      sql`exists (select from submission s where s.region = p.region and s.year = ${year} and s.project = p.id)`,
    );
  if (only)
    conditions.push(
      only === "placeholders" ? sql`p.placeholder_reason is not null` : sql`p.placeholder_reason is null`,
    );
  if (after) conditions.push(sql`(p.name, p.id) > (${after.name}, ${after.id}::uuid)`);
  const where = sql.join(conditions, sql` and `);
  const inOrder = sql`order by p.name, p.id limit ${limit}`;
  // In the order of names a frequent term fills a page at once, and a rare one is sought through the whole library; of the planner's guess
  // how frequent it is nothing is to be expected. So the hits are looked at first, up to a number that is quickly sorted.
  const page = terms
    ? sql`with hits as materialized (select p.id from project p where ${where} limit ${FEW + 1})
      select ${NAMED} from (
        (select p.* from project p where p.region = ${region} and p.id = any(array(select id from hits))
          and (select count(*) from hits) <= ${FEW} ${inOrder})
        union all
        (select p.* from project p where ${where} and (select count(*) from hits) > ${FEW} ${inOrder})
      ) p`
    : sql`select ${NAMED} from (select p.* from project p where ${where} ${inOrder}) p`;
  const { rows } = await sql<ProjectRow>`${page} ${BODIES} order by p.name, p.id`.execute(db);
  return rows;
}

/** What a project is made with. */
export interface NewProject {
  readonly region: string;
  readonly id: string;
  readonly department: string;
  readonly unit: string;
  readonly code: string | null;
  readonly name: string;
  readonly search: readonly string[];
  readonly placeholder_reason: string | null;
  readonly parent: string | null;
  readonly created_at: Date;
}

/** Makes a project; false where its code is taken. */
export async function insertProject(db: Tx, { search, ...project }: NewProject): Promise<boolean> {
  const made = await db
    .insertInto("project")
    .values({ ...project, search: [...search] })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return made !== undefined;
}

/** Whether another project of the region has the code. */
export async function codeTaken(db: Db, region: string, code: string, except: string): Promise<boolean> {
  const row = await db
    .selectFrom("project")
    .select("id")
    .where("region", "=", region)
    .where("code", "=", code)
    .where("id", "!=", except)
    .executeTakeFirst();
  return row !== undefined;
}

/** Changes a project. */
export async function updateProject(
  db: Tx,
  region: string,
  id: string,
  change: Partial<Pick<NewProject, "name" | "code" | "unit" | "department" | "parent">> & {
    readonly search: readonly string[];
  },
): Promise<void> {
  const { search, ...rest } = change;
  await db
    .updateTable("project")
    .set({ ...rest, search: [...search] })
    .where("region", "=", region)
    .where("id", "=", id)
    .execute();
}

/** The forms of a project over the years that a condition lets be seen, the newest year first. */
export function formsOfProject(
  db: Db,
  region: string,
  project: string,
  visible: RawBuilder<boolean>,
): Promise<SubmissionRow[]> {
  return db
    .selectFrom("submission")
    .select([...SUBMISSION_COLUMNS])
    .where("region", "=", region)
    .where("project", "=", project)
    .where(visible)
    .orderBy("year", "desc")
    .orderBy("kind")
    .orderBy("sequence")
    .limit(500)
    .execute();
}

/** The targets in force of each year: the last adjustment that was approved, else the declaration. */
export async function targetsInForce(
  db: Db,
  region: string,
  project: string,
): Promise<{ year: number; id: string; kind: "target-declaration" | "adjustment" }[]> {
  const { rows } = await sql<{ year: number; id: string; kind: "target-declaration" | "adjustment" }>`
    select distinct on (year) year, id, kind from submission
    where region = ${region} and project = ${project} and kind in ('target-declaration', 'adjustment')
      and state in ('approved', 'published', 'archived') and form is not null
    order by year desc, (kind = 'adjustment') desc, sequence desc`.execute(db);
  return rows;
}

/** Years a project is carried over into, the newest first. */
export function carryOversOf(db: Db, region: string, project: string) {
  return db
    .selectFrom("project_carry_over")
    .select(["year", "reason", "at"])
    .where("region", "=", region)
    .where("project", "=", project)
    .orderBy("year", "desc")
    .execute();
}

/** Records that a project is carried over, and marks the forms the year has of it already; false where it was recorded before. */
export async function carryOver(
  db: Tx,
  row: { region: string; year: number; project: string; reason: string | null; at: Date; by: string },
): Promise<boolean> {
  const made = await db
    .insertInto("project_carry_over")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning("year")
    .executeTakeFirst();
  if (!made) return false;
  await db
    .updateTable("submission")
    .set({ is_carried_over: true })
    .where("region", "=", row.region)
    .where("year", "=", row.year)
    .where("project", "=", row.project)
    .execute();
  return true;
}

/** The rows of a project's last form of a kind in a year that may be seen, with the form's identity. */
export async function rowsOfYear(
  db: Db,
  region: string,
  project: string,
  year: number,
  kind: string,
  visible: RawBuilder<boolean>,
): Promise<{ id: string; rows: Schema["indicator_row"][] } | null> {
  const form = await db
    .selectFrom("submission")
    .select("id")
    .where("region", "=", region)
    .where("project", "=", project)
    .where("kind", "=", kind)
    .where("year", "=", year)
    .where("form", "is not", null)
    .where(visible)
    .orderBy("sequence", "desc")
    .executeTakeFirst();
  if (!form) return null;
  const rows = await db
    .selectFrom("indicator_row")
    .selectAll()
    .where("region", "=", region)
    .where("year", "=", year)
    .where("submission", "=", form.id)
    .orderBy("position")
    .execute();
  return { id: form.id, rows };
}

/** An indicator with its project, or null. */
export async function indicatorOf(
  db: Db,
  region: string,
  id: string,
): Promise<{ id: string; project: string; name: string | null } | null> {
  const row = await db
    .selectFrom("indicator")
    .select(["id", "project", "name"])
    .where("region", "=", region)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

/** What one form says of an indicator. */
export interface TimelineRow {
  readonly year: number;
  readonly kind: string;
  readonly submission: string;
  readonly sequence: number;
  readonly month: number | null;
  readonly state: string;
  readonly name: string | null;
  readonly target_text: string | null;
  readonly comparison: string | null;
  readonly target_value: string | null;
  readonly unit: string | null;
  readonly actual_text: string | null;
  readonly actual_value: string | null;
  readonly points: string | null;
  readonly score: string | null;
  readonly updated_at: Date;
  readonly published_at: Date | null;
}

/** Everything the forms that may be seen say of an indicator, in the order of the life cycle and the years: one query. */
export async function timelineOf(
  db: Db,
  region: string,
  indicator: string,
  visible: RawBuilder<boolean>,
): Promise<TimelineRow[]> {
  const { rows } = await sql<TimelineRow>`
    select r.year, r.kind, r.submission, submission.sequence, submission.month, submission.state, r.name, r.target_text,
      r.comparison, r.target_value, r.unit, r.actual_text, r.actual_value, r.points, r.score, submission.updated_at,
      submission.published_at
    from indicator_row r
    join submission on submission.region = r.region and submission.year = r.year and submission.id = r.submission
    where r.region = ${region} and r.indicator = ${indicator} and ${visible}
    order by r.year, array_position(array['target-declaration', 'adjustment', 'monitoring', 'self-evaluation', 'review'], r.kind),
      submission.sequence, r.position limit 1000`.execute(db);
  return rows;
}
