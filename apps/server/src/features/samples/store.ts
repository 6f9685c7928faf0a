import type { Form } from "@jiheng/domain";
import type { Sample, SampleMethod, SampleUnit } from "@jiheng/workflow";
import { type Kysely, type RawBuilder, sql, type Transaction } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";

type Db = Kysely<Schema>;
type Tx = Transaction<Schema>;

/** Where a sample is drawn: a body of the region. */
export interface Scope {
  readonly region: string;
  readonly kind: string;
  readonly id: string;
}

/** Why a self-evaluation of the year cannot be drawn, the first that holds. */
export type LeftOut =
  | ("classified" | "rollup" | "empty" | "undecided" | "archived")
  | ("department" | "grade" | "money-unknown" | "money" | "risk");

/** One self-evaluation of the year: what may be drawn where `why` is null. */
export interface Candidate extends SampleUnit {
  readonly department: string;
  readonly grade: string | null;
  readonly why: LeftOut | null;
}

/** By what a population is narrowed. Money in fen. */
export interface Narrowing {
  readonly departments?: readonly string[] | undefined;
  readonly grade?: string | undefined;
  readonly moneyFrom?: bigint | undefined;
  readonly moneyTo?: bigint | undefined;
  readonly riskFrom?: number | undefined;
}

/** Every self-evaluation of a body's year: those decided by their department may be drawn, of the others it is said why not. */
export async function candidatesOf(
  db: Db,
  scope: Scope,
  year: number,
  { departments, grade, moneyFrom, moneyTo, riskFrom }: Narrowing,
): Promise<Candidate[]> {
  const when = (condition: RawBuilder<unknown> | null, why: LeftOut): RawBuilder<unknown> =>
    condition === null ? sql`` : sql`when ${condition} then ${sql.lit(why)}`;
  const { rows } = await sql<Candidate>`
    select s.id, s.expenditure as money, s.risk, d.name as stratum, s.department, s.grade, case
        when p.placeholder_reason is not null then 'classified'
        when s.is_rollup then 'rollup'
        when s.form is null then 'empty'
        when s.state = 'archived' then 'archived'
        when s.state not in ('approved', 'published') then 'undecided'
        ${when(departments ? sql`not s.department = any(${[...departments]}::uuid[])` : null, "department")}
        ${when(grade === undefined ? null : sql`s.grade is distinct from ${grade}`, "grade")}
        ${when(moneyFrom === undefined && moneyTo === undefined ? null : sql`s.expenditure is null`, "money-unknown")}
        ${when(moneyFrom === undefined ? null : sql`s.expenditure < ${moneyFrom}`, "money")}
        ${when(moneyTo === undefined ? null : sql`s.expenditure > ${moneyTo}`, "money")}
        ${when(riskFrom === undefined ? null : sql`s.risk < ${riskFrom}`, "risk")}
        end as why
    from submission s join organisation d on d.region = s.region and d.id = s.department
      join project p on p.region = s.region and p.id = s.project
    where s.region = ${scope.region} and s.year = ${year} and s.kind = 'self-evaluation'
      ${scope.kind === "region" ? sql`` : sql`and s.${sql.ref(scope.kind)} = ${scope.id}`}
    order by s.id`.execute(db);
  return rows;
}

/** Withdraws a sample. */
export async function markCancelled(
  db: Tx,
  region: string,
  { year, sample }: { readonly year: number; readonly sample: string },
  { at, by, reason }: { readonly at: Date; readonly by: string; readonly reason: string },
): Promise<void> {
  await db
    .updateTable("sample")
    .set({ cancelled_at: at, cancelled_by: by, cancel_reason: reason })
    .where("region", "=", region)
    .where("year", "=", year)
    .where("id", "=", sample)
    .execute();
}

/** Locks a sample until the end of the command. */
export async function lockSample(db: Tx, region: string, year: number, id: string): Promise<void> {
  await db
    .selectFrom("sample")
    .select("id")
    .where("region", "=", region)
    .where("year", "=", year)
    .where("id", "=", id)
    .forUpdate()
    .execute();
}

/** Whether a review sheet belongs to samples that were all withdrawn. */
export async function isWithdrawn(db: Db, region: string, year: number, review: string): Promise<boolean> {
  const { rows } = await sql<{ withdrawn: boolean | null }>`
    select bool_and(x.cancelled_at is not null) as withdrawn from sample_item i
    join sample x on x.region = i.region and x.year = i.year and x.id = i.sample
    where i.region = ${region} and i.year = ${year} and i.review = ${review}`.execute(db);
  return rows[0]?.withdrawn ?? false;
}

/** A sample as it is kept. */
export interface SampleRow {
  readonly id: string;
  readonly year: number;
  readonly name: string;
  readonly scope: string;
  readonly method: SampleMethod;
  readonly seed: string;
  readonly size: number;
  readonly population: number;
  readonly population_sha256: string;
  /** The sample as it was drawn. */
  readonly statement: Sample;
  /** In words; null where the population was not narrowed. */
  readonly narrowing: readonly string[] | null;
  readonly at: Date;
  readonly by_name: string;
  readonly cancelled_at: Date | null;
  readonly cancelled_by_name: string | null;
  readonly cancel_reason: string | null;
}

/** Keeps a sample with what was drawn. */
export async function insertSample(
  db: Tx,
  region: string,
  sample: Omit<SampleRow, "by_name" | "cancelled_at" | "cancelled_by_name" | "cancel_reason"> & {
    readonly by: string;
  },
): Promise<void> {
  const { id, year, statement, narrowing } = sample;
  const { chosen } = statement;
  await db
    .insertInto("sample")
    .values({
      ...{ ...sample, region, statement: JSON.stringify(statement) },
      narrowing: narrowing === null ? null : JSON.stringify(narrowing),
    })
    .execute();
  for (let from = 0; from < chosen.length; from += 1_000)
    await db
      .insertInto("sample_item")
      .values(
        chosen.slice(from, from + 1_000).map(({ id: submission }, index) => ({
          ...{ region, year, sample: id, submission, position: from + index, review: null },
        })),
      )
      .execute();
}

const SAMPLE = sql`x.id, x.year, x.name, x.scope, x.method, x.seed, x.size, x.population, x.population_sha256, x.statement, x.at,
  x.narrowing, x.cancelled_at, x.cancel_reason, c.name as cancelled_by_name, a.name as by_name
  from sample x join account a on a.region = x.region and a.id = x.by
  left join account c on c.region = x.region and c.id = x.cancelled_by`;

/** One sample, or null. */
export async function sampleOf(db: Db, region: string, year: number, id: string): Promise<SampleRow | null> {
  const { rows } = await sql<SampleRow>`
    select ${SAMPLE} where x.region = ${region} and x.year = ${year} and x.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** Samples drawn from a body, the newest first. */
export async function samplePage(
  db: Db,
  region: string,
  { organisation, year }: { readonly organisation: string; readonly year: number | undefined },
  after: { readonly at: string; readonly id: string } | null,
  limit: number,
): Promise<SampleRow[]> {
  const { rows } = await sql<SampleRow>`
    select ${SAMPLE} where x.region = ${region} and x.scope = ${organisation}
      ${year === undefined ? sql`` : sql`and x.year = ${year}`}
      ${after ? sql`and (x.at, x.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
    order by x.at desc, x.id desc limit ${limit}`.execute(db);
  return rows;
}

/** A drawn form with its review sheet. */
export interface ItemRow {
  readonly position: number;
  readonly submission: string;
  readonly project_name: string;
  readonly project: string;
  readonly unit: string;
  readonly unit_name: string;
  readonly department: string;
  readonly department_name: string;
  readonly self_score: string | null;
  readonly self_grade: string | null;
  readonly expenditure: bigint | null;
  readonly risk: number;
  readonly policy: string | null;
  readonly review: string | null;
  readonly review_state: string | null;
  readonly review_form: Form | null;
  readonly reviewers: string[] | null;
}

/** What was drawn, in the order of drawing; `submission` for one of them. */
export async function itemsOf(
  db: Db,
  region: string,
  year: number,
  sample: string,
  submission?: string,
): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`
    select i.position, i.submission, s.project_name, s.project, s.unit, u.name as unit_name, s.department, d.name as department_name,
      s.total_score as self_score, s.grade as self_grade, s.expenditure, s.risk, s.policy, i.review, r.state as review_state,
      r.form as review_form, r.authors as reviewers
    from sample_item i
    join submission s on s.region = i.region and s.year = i.year and s.id = i.submission
    join organisation u on u.region = s.region and u.id = s.unit
    join organisation d on d.region = s.region and d.id = s.department
    left join submission r on r.region = i.region and r.year = i.year and r.id = i.review
    where i.region = ${region} and i.year = ${year} and i.sample = ${sample}
      ${submission === undefined ? sql`` : sql`and i.submission = ${submission}`}
    order by i.position`.execute(db);
  return rows;
}

/** A review sheet that is still to be written, with how far it is. */
export interface SheetRow {
  readonly review: string;
  readonly year: number;
  readonly sample: string;
  readonly sampleName: string;
  readonly project: string;
  readonly unit: string;
  readonly state: string;
  readonly due_at: Date | null;
  readonly return_reason: string | null;
  readonly authors: readonly string[];
  readonly rows: number;
  readonly marked: number;
}

/** Review sheets of samples in these states, the nearest deadline first; of `only` where it is given. */
export async function sheetsToWrite(
  db: Db,
  region: string,
  { states, only }: { readonly states: readonly string[]; readonly only: readonly string[] | null },
): Promise<SheetRow[]> {
  if (only?.length === 0) return [];
  const { rows } = await sql<SheetRow>`
    select r.id as review, r.year, x.id as sample, x.name as "sampleName", r.project_name as project, u.name as unit, r.state,
      r.due_at, r.return_reason, r.authors, r.rows,
      (select count(*)::int from jsonb_array_elements(coalesce(r.form -> 'indicators', '[]')) as e
        where e ->> 'reviewScore' is not null) as marked
    from sample_item i
    join sample x on x.region = i.region and x.year = i.year and x.id = i.sample
    join submission r on r.region = i.region and r.year = i.year and r.id = i.review
    join organisation u on u.region = r.region and u.id = r.unit
    where i.region = ${region} and x.cancelled_at is null and r.state = any(${[...states]}::text[])
      ${only === null ? sql`` : sql`and r.id = any(${[...only]}::uuid[])`}
    order by r.due_at nulls last, r.project_name, r.id`.execute(db);
  return rows;
}

/** Locks a drawn form until the end of the command; false where it was not drawn. */
export async function lockItem(
  db: Tx,
  region: string,
  year: number,
  sample: string,
  submission: string,
): Promise<boolean> {
  const row = await db
    .selectFrom("sample_item")
    .select("position")
    .where("region", "=", region)
    .where("year", "=", year)
    .where("sample", "=", sample)
    .where("submission", "=", submission)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** Binds a review sheet to a drawn form. */
export async function bindReview(
  db: Tx,
  region: string,
  year: number,
  {
    sample,
    submission,
    review,
  }: { readonly sample: string; readonly submission: string; readonly review: string },
): Promise<void> {
  await db
    .updateTable("sample_item")
    .set({ review })
    .where("region", "=", region)
    .where("year", "=", year)
    .where("sample", "=", sample)
    .where("submission", "=", submission)
    .execute();
}

/** Names of accounts. */
export async function namesOf(db: Db, region: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("account")
    .select(["id", "name"])
    .where("region", "=", region)
    .where("id", "in", [...ids])
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
