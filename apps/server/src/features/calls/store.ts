import type { Kind } from "@jiheng/workflow";
import { type Kysely, type RawBuilder, type Selectable, sql, type Transaction } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";
import type { Reach } from "../projects/index.ts";
import { SUBMISSION_COLUMNS, type SubmissionRow } from "../submissions/index.ts";

type Db = Kysely<Schema>;
type Tx = Transaction<Schema>;

/** A call with the name of its scope. */
export interface CallRow extends Selectable<Schema["call_for_work"]> {
  readonly scope_name: string;
}

/** Keeps a call. */
export async function insertCall(db: Tx, call: Omit<CallRow, "scope_name">): Promise<void> {
  await db.insertInto("call_for_work").values(call).execute();
}

const CALLS = (db: Db, region: string) =>
  db
    .selectFrom("call_for_work as c")
    .innerJoin("organisation as o", (join) =>
      join.onRef("o.region", "=", "c.region").onRef("o.id", "=", "c.scope"),
    )
    .selectAll("c")
    .select("o.name as scope_name")
    .where("c.region", "=", region);

/** A call of the region, or null. `lock`: held until the end of the transaction. */
export async function callOf(
  db: Db,
  region: string,
  id: string,
  { lock = false } = {},
): Promise<CallRow | null> {
  const query = CALLS(db, region).where("c.id", "=", id);
  const row = await (lock ? query.forUpdate("c") : query).executeTakeFirst();
  return row ?? null;
}

/** Calls whose forms the caller may see some of, the newest first. */
export function callsWithin(
  db: Db,
  region: string,
  reach: Reach,
  {
    year,
    after,
    limit,
  }: {
    readonly year: number | undefined;
    readonly after: { at: string; id: string } | null;
    readonly limit: number;
  },
): Promise<CallRow[]> {
  let query = CALLS(db, region).orderBy("c.opens_at", "desc").orderBy("c.id", "desc").limit(limit);
  if (year !== undefined) query = query.where("c.year", "=", year);
  if (after)
    query = query.where(sql<boolean>`(c.opens_at, c.id) < (${after.at}::timestamptz, ${after.id}::uuid)`);
  if (reach.kind === "bodies") {
    // A call concerns a body whose own it is, that lies beneath its scope, or that lies above it.
    const bodies = [...reach.organisations];
    query = query.where(sql<boolean>`(c.scope = any(${bodies}::uuid[]) or exists (
      select from submission s where s.region = c.region and s.year = c.year and s.call = c.id
        and (s.unit = any(${bodies}::uuid[]) or s.department = any(${bodies}::uuid[]))))`);
  }
  return query.execute();
}

/** A project that a call asks for, with the form it has already, if any. */
export interface CalledProject {
  readonly id: string;
  readonly department: string;
  readonly unit: string;
  readonly name: string;
  readonly placeholder_reason: string | null;
  readonly existing: string | null;
  readonly existing_state: string | null;
  readonly next_sequence: number;
  readonly carried: boolean;
  /** All its forms are made from others: nobody is called to fill them in. */
  readonly is_rollup: boolean;
}

/** The projects of a body and all beneath it; of a kind that is repeated in a year, those of the month count. */
export async function projectsCalled(
  db: Db,
  region: string,
  scope: { readonly kind: string; readonly id: string },
  { year, kind, month }: { readonly year: number; readonly kind: Kind; readonly month: number | null },
): Promise<CalledProject[]> {
  const within =
    scope.kind === "region"
      ? sql`true`
      : scope.kind === "department"
        ? sql`p.department = ${scope.id}`
        : sql`p.unit = ${scope.id}`;
  const { rows } = await sql<CalledProject>`
    select p.id, p.department, p.unit, p.name, p.placeholder_reason, s.id as existing, s.state as existing_state,
      coalesce((select max(m.sequence) from submission m where m.region = p.region and m.project = p.id
        and m.kind = ${kind} and m.year = ${year}), 0) + 1 as next_sequence,
      exists (select from project_carry_over c where c.region = p.region and c.year = ${year} and c.project = p.id) as carried,
      coalesce((select bool_and(r.is_rollup) from submission r where r.region = p.region and r.project = p.id), false) as is_rollup
    from project p
    left join submission s on s.region = p.region and s.project = p.id and s.kind = ${kind} and s.year = ${year}
      and s.month is not distinct from ${month}::int
    where p.region = ${region} and ${within}
    order by p.id`.execute(db);
  return rows;
}

/** Declarations of a year beneath a body that are not approved yet. */
export async function unfinishedDeclarations(
  db: Db,
  region: string,
  scope: { readonly kind: string; readonly id: string },
  year: number,
): Promise<number> {
  const within =
    scope.kind === "region"
      ? sql`true`
      : scope.kind === "department"
        ? sql`department = ${scope.id}`
        : sql`unit = ${scope.id}`;
  const { rows } = await sql<{ n: bigint }>`
    select count(*) as n from submission where region = ${region} and year = ${year} and kind = 'target-declaration'
      and state not in ('approved', 'published', 'archived') and ${within}`.execute(db);
  return Number(rows[0]?.n ?? 0n);
}

/** A form to be issued. */
export interface IssuedRow {
  readonly id: string;
  readonly project: string;
  readonly department: string;
  readonly unit: string;
  readonly project_name: string;
  readonly sequence: number;
  readonly is_carried_over: boolean;
}

/** Makes the forms of a call, already issued, in one statement. Returns those made: another call may have been quicker. */
export async function insertIssued(
  db: Tx,
  call: {
    readonly region: string;
    readonly year: number;
    readonly id: string;
    readonly kind: Kind;
    readonly month: number | null;
    readonly due: Date;
    readonly lateAllowed: boolean;
    readonly at: Date;
  },
  rows: readonly IssuedRow[],
): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const { rows: made } = await sql<{ id: string }>`
    insert into submission (region, year, id, kind, project, department, unit, project_name, sequence, month, state, call, due_at,
      late_allowed, is_carried_over, created_at, updated_at)
    select ${call.region}, ${call.year}::int, r.id, ${call.kind}, r.project, r.department, r.unit, r.project_name, r.sequence,
      ${call.month}::int, 'issued', ${call.id}::uuid, ${call.due}::timestamptz, ${call.lateAllowed}::boolean, r.is_carried_over,
      ${call.at}::timestamptz, ${call.at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(id uuid, project uuid, department uuid, unit uuid, project_name text, sequence int, is_carried_over boolean)
    on conflict do nothing returning id`.execute(db);
  return new Set(made.map(({ id }) => id));
}

/** Every body of a region with what it hangs on. */
export function treeOf(db: Db, region: string): Promise<{ id: string; parent: string | null }[]> {
  return db.selectFrom("organisation").select(["id", "parent"]).where("region", "=", region).execute();
}

const NOT_HANDED_IN = ["not-issued", "issued", "draft", "returned", "withdrawn"] as const;

/** Changes the deadline of a call and of its forms that are not handed in; returns those forms. */
export async function changeDue(
  db: Tx,
  { region, year, id }: { readonly region: string; readonly year: number; readonly id: string },
  { due, lateAllowed, at }: { readonly due: Date; readonly lateAllowed: boolean; readonly at: Date },
): Promise<string[]> {
  await db
    .updateTable("call_for_work")
    .set({ due_at: due, late_allowed: lateAllowed })
    .where("region", "=", region)
    .where("year", "=", year)
    .where("id", "=", id)
    .execute();
  const changed = await db
    .updateTable("submission")
    .set({ due_at: due, late_allowed: lateAllowed, updated_at: at })
    .where("region", "=", region)
    .where("year", "=", year)
    .where("call", "=", id)
    .where("state", "in", [...NOT_HANDED_IN])
    .returning("id")
    .execute();
  return changed.map((row) => row.id);
}

/** Forms of a call by unit and standing. */
export interface Progress {
  readonly unit: string;
  readonly name: string;
  readonly department: string;
  readonly department_name: string;
  readonly state: string;
  readonly desk: string | null;
  readonly forms: bigint;
  readonly overdue: bigint;
}

function formsWithin(reach: Reach): RawBuilder<unknown> {
  if (reach.kind === "region") return sql`true`;
  const bodies = [...reach.organisations];
  return sql`(s.unit = any(${bodies}::uuid[]) or s.department = any(${bodies}::uuid[]))`;
}

/** How far a call is, unit by unit, of the forms within reach. */
export async function progressOf(db: Db, call: CallRow, reach: Reach, at: Date): Promise<Progress[]> {
  const { rows } = await sql<Progress>`
    select s.unit, o.name, s.department, d.name as department_name, s.state, s.desk, count(*) as forms,
      count(*) filter (where s.due_at < ${at} and s.state = any(${[...NOT_HANDED_IN]}::text[])) as overdue
    from submission s join organisation o on o.region = s.region and o.id = s.unit
      join organisation d on d.region = s.region and d.id = s.department
    where s.region = ${call.region} and s.year = ${call.year} and s.call = ${call.id} and ${formsWithin(reach)}
    group by s.unit, o.name, o.code, s.department, d.name, s.state, s.desk order by s.department, o.code, s.unit, s.state`.execute(
    db,
  );
  return rows;
}

/** How many forms calls have within reach, and how many of them are handed in. */
export async function formsOfCalls(
  db: Db,
  region: string,
  calls: readonly CallRow[],
  reach: Reach,
): Promise<Map<string, { readonly forms: number; readonly handedIn: number }>> {
  const [years, ids] = [[...new Set(calls.map(({ year }) => year))], calls.map(({ id }) => id)];
  const { rows } = await sql<{ call: string; forms: bigint; open: bigint }>`
    select s.call, count(*) as forms, count(*) filter (where s.state = any(${[...NOT_HANDED_IN]}::text[])) as open
    from submission s
    where s.region = ${region} and s.year = any(${years}::int[]) and s.call = any(${ids}::uuid[]) and ${formsWithin(reach)}
    group by s.call`.execute(db);
  return new Map(
    rows.map(({ call, forms, open }) => [call, { forms: Number(forms), handedIn: Number(forms - open) }]),
  );
}

/** Forms that wait for somebody, those due first; undated ones last. */
export function waiting(
  db: Db,
  region: string,
  condition: RawBuilder<boolean>,
  {
    year,
    after,
    limit,
  }: {
    readonly year: number | undefined;
    readonly after: { due: string; id: string } | null;
    readonly limit: number;
  },
): Promise<SubmissionRow[]> {
  const due = sql`coalesce(due_at, 'infinity'::timestamptz)`;
  let query = db
    .selectFrom("submission")
    .select([...SUBMISSION_COLUMNS])
    .where("region", "=", region)
    .where(condition)
    .orderBy(due)
    .orderBy("id")
    .limit(limit);
  if (year !== undefined) query = query.where("year", "=", year);
  if (after) query = query.where(sql<boolean>`(${due}, id) > (${after.due}::timestamptz, ${after.id}::uuid)`);
  return query.execute();
}

/** How many forms wait, by kind and standing. */
export async function countWaiting(
  db: Db,
  region: string,
  condition: RawBuilder<boolean>,
  year: number | undefined,
): Promise<{ year: number; kind: string; state: string; desk: string | null; forms: bigint }[]> {
  const ofYear = year === undefined ? sql`true` : sql`year = ${year}`;
  const { rows } = await sql<{
    year: number;
    kind: string;
    state: string;
    desk: string | null;
    forms: bigint;
  }>`
    select year, kind, state, desk, count(*) as forms from submission
    where region = ${region} and ${condition} and ${ofYear}
    group by year, kind, state, desk order by year desc, kind, state, desk`.execute(db);
  return rows;
}

/** Forms not handed in whose deadline comes before an instant, with the name of their unit. */
export async function dueBefore(
  db: Db,
  region: string,
  visible: RawBuilder<boolean>,
  before: Date,
  { after, limit }: { readonly after: { due: string; id: string } | null; readonly limit: number },
): Promise<(SubmissionRow & { readonly unit_name: string })[]> {
  let query = db
    .selectFrom("submission")
    .innerJoin("organisation as o", (join) =>
      join.onRef("o.region", "=", "submission.region").onRef("o.id", "=", "submission.unit"),
    )
    .select(SUBMISSION_COLUMNS.map((column) => `submission.${column}` as const))
    .select("o.name as unit_name")
    .where("submission.region", "=", region)
    .where("submission.state", "in", [...NOT_HANDED_IN])
    .where("submission.due_at", "<=", before)
    .where(visible)
    .orderBy("submission.due_at")
    .orderBy("submission.id")
    .limit(limit);
  if (after)
    query = query.where(
      sql<boolean>`(submission.due_at, submission.id) > (${after.due}::timestamptz, ${after.id}::uuid)`,
    );
  return (await query.execute()) as (SubmissionRow & { readonly unit_name: string })[];
}
