import type { Form } from "@jiheng/domain";
import type { CellChange, Edit, EventType, Kind } from "@jiheng/workflow";
import {
  type Insertable,
  type Kysely,
  type RawBuilder,
  type Selectable,
  sql,
  type Transaction,
  type Updateable,
} from "kysely";
import type { Schema } from "../../platform/database/schema.ts";
import { canonicalJson } from "../../platform/event-log/chain.ts";
import type { queryTerms } from "../../platform/search-terms.ts";
import type { LedgerLine } from "./funds-differences.ts";
import type { PeerTargets } from "./peers.ts";
import type { StoredReview } from "./review-submission.ts";

type Db = Kysely<Schema>;
type Tx = Transaction<Schema>;

/** The key of a submission. */
export interface SubmissionKey {
  readonly region: string;
  readonly year: number;
  readonly id: string;
}

/** A submission's columns beside its form: everything but the form may be changed by a command. */
export type SubmissionChange = Omit<Updateable<Schema["submission"]>, "form" | "form_sha256" | "revision">;

/** Changes a submission's columns; never its form, which `writeForm` alone writes. */
export async function updateSubmission(db: Tx, key: SubmissionKey, change: SubmissionChange): Promise<void> {
  await db
    .updateTable("submission")
    .set(change)
    .where("region", "=", key.region)
    .where("year", "=", key.year)
    .where("id", "=", key.id)
    .execute();
}

/** A row of indicators as it is kept for queries. */
export interface IndicatorRow {
  readonly position: number;
  readonly indicator: string;
  readonly level1: string | null;
  readonly level2: string | null;
  readonly name: string | null;
  readonly target_text: string | null;
  readonly comparison: string | null;
  readonly target_value: string | null;
  readonly unit: string | null;
  readonly actual_text: string | null;
  readonly actual_value: string | null;
  readonly points: string | null;
  readonly score: string | null;
  readonly deviation: boolean;
  readonly category: string | null;
  readonly outcome: string;
  readonly compared_target: string | null;
  readonly compared_actual: string | null;
  readonly exact: boolean | null;
  readonly marked: boolean;
}

/** A finding as it is kept for queries. */
export interface FindingRow {
  readonly position: number;
  readonly fingerprint: string;
  readonly rule: string;
  readonly code: string;
  readonly force: string;
  readonly places: readonly string[];
}

/** A form with everything that is made from it: written together, so that none is ever of another revision. */
export interface FormToWrite {
  readonly key: SubmissionKey;
  readonly kind: Kind;
  readonly department: string;
  readonly revision: number;
  readonly form: Form;
  readonly sha256: string;
  readonly columns: SubmissionChange;
  readonly rows: readonly IndicatorRow[];
  readonly findings: readonly FindingRow[];
  readonly review: StoredReview;
  readonly at: Date;
}

/** Writes the form of record with its rows, findings and review. Called by `saveForm` alone. */
export async function writeForm(db: Tx, write: FormToWrite): Promise<void> {
  const { key, form, sha256, revision, columns } = write;
  const { numUpdatedRows } = await db
    .updateTable("submission")
    .set({ ...columns, form: JSON.stringify(form), form_sha256: sha256, revision })
    .where("region", "=", key.region)
    .where("year", "=", key.year)
    .where("id", "=", key.id)
    .where("revision", "=", revision - 1)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new Error("a form was saved that was not locked when it was loaded");
  await sql`delete from indicator_row where region = ${key.region} and year = ${key.year} and submission = ${key.id}`.execute(
    db,
  );
  const of = { region: key.region, year: key.year, submission: key.id, department: write.department };
  if (write.rows.length > 0)
    await sql`insert into indicator_row select * from jsonb_populate_recordset(null::indicator_row, ${JSON.stringify(
      write.rows.map((row) => ({ ...row, ...of, kind: write.kind })),
    )}::jsonb)`.execute(db);
  await writeReview(db, write);
}

/** Writes what the review of a form says; the form itself stays as it is. */
export async function writeReview(
  db: Tx,
  {
    key,
    department,
    revision,
    findings,
    review,
    at,
  }: Omit<FormToWrite, "form" | "sha256" | "columns" | "rows">,
): Promise<void> {
  await sql`delete from finding_row where region = ${key.region} and year = ${key.year} and submission = ${key.id}`.execute(
    db,
  );
  if (findings.length > 0)
    await sql`insert into finding_row select * from jsonb_populate_recordset(null::finding_row, ${JSON.stringify(
      findings.map((row) => ({
        ...row,
        region: key.region,
        year: key.year,
        submission: key.id,
        department,
      })),
    )}::jsonb)`.execute(db);
  const { engine, rules, policy } = review;
  const answer = JSON.stringify(review);
  await db
    .insertInto("review_result")
    .values({
      region: key.region,
      year: key.year,
      submission: key.id,
      revision,
      engine,
      rules,
      policy: `${policy.id} ${policy.version}`,
      answer,
      at,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["region", "year", "submission"])
        .doUpdateSet({ revision, engine, rules, policy: `${policy.id} ${policy.version}`, answer, at }),
    )
    .execute();
}

/** The review that is kept of a submission, or null where nothing was saved yet. */
export async function reviewOf(db: Db, key: SubmissionKey): Promise<StoredReview | null> {
  const row = await db
    .selectFrom("review_result")
    .select("answer")
    .where("region", "=", key.region)
    .where("year", "=", key.year)
    .where("submission", "=", key.id)
    .executeTakeFirst();
  return (row?.answer as StoredReview | undefined) ?? null;
}

/** An identity of a row with the words it is found by. */
export interface IndicatorIdentity {
  readonly id: string;
  readonly level1: string | null;
  readonly level2: string | null;
  readonly name: string | null;
  readonly search: readonly string[];
}

/** Which of these identities belong to another project. */
export async function strangersAmong(
  db: Db,
  region: string,
  project: string,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom("indicator")
    .select("id")
    .where("region", "=", region)
    .where("id", "in", [...ids])
    .where("project", "!=", project)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Makes new identities known and keeps the words of known ones up to date. */
export async function keepIndicators(
  db: Tx,
  region: string,
  project: string,
  indicators: readonly IndicatorIdentity[],
  at: Date,
): Promise<void> {
  if (indicators.length === 0) return;
  await db
    .insertInto("indicator")
    .values(indicators.map((row) => ({ ...row, search: [...row.search], region, project, created_at: at })))
    .onConflict((conflict) =>
      conflict.columns(["region", "id"]).doUpdateSet((build) => ({
        level1: build.ref("excluded.level1"),
        level2: build.ref("excluded.level2"),
        name: build.ref("excluded.name"),
        search: build.ref("excluded.search"),
      })),
    )
    .execute();
}

/** A save, cell by cell. */
export interface SaveRecord {
  readonly revision: number;
  readonly edits: readonly Edit[];
  readonly changes: readonly CellChange[];
  readonly undo: readonly Edit[] | null;
  readonly by: string | null;
  readonly byName: string;
  readonly at: Date;
}

/** Keeps a save for good. */
export async function keepSave(db: Tx, key: SubmissionKey, save: SaveRecord): Promise<void> {
  await db
    .insertInto("submission_edit")
    .values({
      region: key.region,
      year: key.year,
      submission: key.id,
      revision: save.revision,
      at: save.at,
      by: save.by,
      by_name: save.byName,
      edits: JSON.stringify(save.edits),
      changes: JSON.stringify(save.changes),
      undo: save.undo === null ? null : JSON.stringify(save.undo),
    })
    .execute();
}

/** The saves after a revision, the oldest first. */
export async function savesAfter(
  db: Db,
  key: SubmissionKey,
  revision: number,
): Promise<{ revision: number; edits: readonly Edit[]; undo: readonly Edit[] | null }[]> {
  const rows = await db
    .selectFrom("submission_edit")
    .select(["revision", "edits", "undo"])
    .where("region", "=", key.region)
    .where("year", "=", key.year)
    .where("submission", "=", key.id)
    .where("revision", ">", revision)
    .orderBy("revision")
    .execute();
  return rows as { revision: number; edits: readonly Edit[]; undo: readonly Edit[] | null }[];
}

/** Saves of a submission, the newest first, below a revision where one is given. */
export async function savesOf(
  db: Db,
  key: SubmissionKey,
  { below, limit }: { readonly below: number | null; readonly limit: number },
): Promise<{ revision: number; at: Date; by_name: string; changes: readonly CellChange[] }[]> {
  let query = db
    .selectFrom("submission_edit")
    .select(["revision", "at", "by_name", "changes"])
    .where("region", "=", key.region)
    .where("year", "=", key.year)
    .where("submission", "=", key.id)
    .orderBy("revision", "desc")
    .limit(limit);
  if (below !== null) query = query.where("revision", "<", below);
  return (await query.execute()) as {
    revision: number;
    at: Date;
    by_name: string;
    changes: readonly CellChange[];
  }[];
}

/** Cell changes of the saves above `from` up to `to`, the oldest first. */
export async function changesOf(
  db: Db,
  key: SubmissionKey,
  from: number,
  to: number,
): Promise<readonly CellChange[]> {
  const rows = await db
    .selectFrom("submission_edit")
    .select("changes")
    .where("region", "=", key.region)
    .where("year", "=", key.year)
    .where("submission", "=", key.id)
    .where("revision", ">", from)
    .where("revision", "<=", to)
    .orderBy("revision")
    .execute();
  return rows.flatMap(({ changes }) => changes as readonly CellChange[]);
}

/** What a review needs from elsewhere in the database. */
export interface ReviewSources {
  readonly jurisdiction: string | null;
  readonly approvedTargets: Form | null;
  readonly lastYear: Form | null;
  readonly evidence: readonly string[];
  readonly ledger: readonly LedgerLine[];
}

/** Region, targets in force, last year's form, evidence and the finance system's figures of a submission, in one query. */
export async function reviewSources(
  db: Db,
  { region, year, id }: SubmissionKey,
  { project, basis }: { readonly project: string; readonly basis: string | null },
): Promise<ReviewSources> {
  const { rows } = await sql<{
    jurisdiction: string | null;
    approved: Form | null;
    last_year: Form | null;
    evidence: string[];
    ledger: LedgerSums;
  }>`select
    (select jurisdiction from region where region = ${region}) as jurisdiction,
    (select coalesce(
      (select form from frozen_version f where f.region = s.region and f.year = s.year and f.submission = s.id
        and f.reason = 'approved' order by revision desc, at desc limit 1), s.form)
      from submission s where s.region = ${region} and s.id = ${basis}::uuid) as approved,
    (select form from submission where region = ${region} and project = ${project} and kind = 'self-evaluation'
      and year = ${year - 1} and form is not null order by sequence desc limit 1) as last_year,
    array(select distinct indicator::text from evidence where region = ${region} and year = ${year}
      and submission = ${id} and removed_at is null and indicator is not null) as evidence,
    ${ledgerSums(region, year, project)} as ledger`.execute(db);
  const [row] = rows;
  return {
    jurisdiction: row?.jurisdiction ?? null,
    approvedTargets: row?.approved ?? null,
    lastYear: row?.last_year ?? null,
    evidence: row?.evidence ?? [],
    ledger: ledgerLines(row?.ledger ?? []),
  };
}

type LedgerSums = readonly {
  readonly source: string;
  readonly approved: string;
  readonly adjusted: string;
  readonly paid: string;
}[];

function ledgerSums(region: string, year: number, project: string): RawBuilder<LedgerSums> {
  return sql`(select coalesce(json_agg(l), '[]') from (
      select source,
        coalesce(sum(amount) filter (where nature = 'approved'), 0)::text as approved,
        coalesce(sum(amount) filter (where nature <> 'payment'), 0)::text as adjusted,
        coalesce(sum(amount) filter (where nature = 'payment'), 0)::text as paid
      from budget_entry where region = ${region} and year = ${year} and project = ${project} group by source) l)`;
}

function ledgerLines(sums: LedgerSums): LedgerLine[] {
  return sums.map(({ source, approved, adjusted, paid }) => ({
    source,
    approved: BigInt(approved),
    adjusted: BigInt(adjusted),
    paid: BigInt(paid),
  }));
}

/** What the finance system has of a project and year, by source. */
export async function ledgerOf(db: Db, region: string, year: number, project: string): Promise<LedgerLine[]> {
  const { rows } = await sql<{ ledger: LedgerSums }>`
    select ${ledgerSums(region, year, project)} as ledger`.execute(db);
  return ledgerLines(rows[0]?.ledger ?? []);
}

/** Rows looked at for one indicator: a name may stand in a hundred thousand forms, and a few hundred say as much. */
const MOST_PEERS = 200;

/** How other units set the targets of indicators of these names and units, this year's declarations and last year's forms. */
export async function peerTargets(
  db: Db,
  { region, year }: { readonly region: string; readonly year: number },
  unit: string,
  rows: readonly { readonly name: string; readonly unit: string | null }[],
): Promise<PeerTargets[]> {
  if (rows.length === 0) return [];
  const asked = JSON.stringify(rows);
  const { rows: found } = await sql<PeerTargets>`
    select a.name, a.unit, p.comparison, count(*)::int as forms,
      (percentile_disc(0.25) within group (order by p.target_value))::text as quarter,
      (percentile_disc(0.5) within group (order by p.target_value))::text as middle,
      (percentile_disc(0.75) within group (order by p.target_value))::text as "threeQuarters"
    from (select distinct name, unit from jsonb_to_recordset(${asked}::jsonb) as asked(name text, unit text)) a
    cross join lateral (
      (select submission, year, target_value, comparison from indicator_row r
        where r.region = ${region} and r.name = a.name and r.year = ${year} and r.kind = 'target-declaration'
          and r.unit is not distinct from a.unit and r.target_value is not null limit ${MOST_PEERS})
      union all
      (select submission, year, target_value, comparison from indicator_row r
        where r.region = ${region} and r.name = a.name and r.year = ${year - 1} and r.kind = 'self-evaluation'
          and r.unit is not distinct from a.unit and r.target_value is not null limit ${MOST_PEERS})
    ) p
    join submission s on s.region = ${region} and s.year = p.year and s.id = p.submission and s.unit <> ${unit}
    group by a.name, a.unit, p.comparison`.execute(db);
  return found;
}

/** Justifications of a submission, the newest first. */
export type JustificationRow = Selectable<Schema["justification"]>;

/** Every justification of a submission, the newest first. */
export function justificationsOf(db: Db, key: SubmissionKey): Promise<JustificationRow[]> {
  return db
    .selectFrom("justification")
    .selectAll()
    .where("region", "=", key.region)
    .where("year", "=", key.year)
    .where("submission", "=", key.id)
    .orderBy("at", "desc")
    .execute();
}

/** Retracts a justification that holds. */
export async function retractJustification(
  db: Tx,
  key: SubmissionKey,
  fingerprint: string,
  why: "by-author" | "figures-changed",
  at: Date,
): Promise<void> {
  await db
    .updateTable("justification")
    .set({ retracted_at: at, retracted_why: why })
    .where("region", "=", key.region)
    .where("year", "=", key.year)
    .where("submission", "=", key.id)
    .where("fingerprint", "=", fingerprint)
    .where("retracted_at", "is", null)
    .execute();
}

/** The bytes whose SHA-256 is the hash of a form: canonical JSON in UTF-8. */
export function bytesOfForm(form: Form): string {
  return canonicalJson(form);
}

/** A version as it is frozen. */
export type VersionRow = Selectable<Schema["frozen_version"]>;

/** Keeps a frozen version. */
export async function keepVersion(
  db: Tx,
  key: SubmissionKey,
  version: Pick<
    Insertable<Schema["frozen_version"]>,
    "id" | "revision" | "reason" | "form" | "review" | "sha256" | "at" | "by"
  >,
): Promise<void> {
  await db
    .insertInto("frozen_version")
    .values({ region: key.region, year: key.year, submission: key.id, ...version })
    .execute();
}

/** A project with what a form's head says of it. */
export interface ProjectHead {
  readonly id: string;
  readonly department: string;
  readonly unit: string;
  readonly code: string | null;
  readonly name: string;
  readonly placeholder_reason: string | null;
  readonly department_name: string;
  readonly unit_name: string;
  readonly region_jurisdiction: string | null;
}

/** A project of the region, or null. */
export async function projectHead(db: Db, region: string, id: string): Promise<ProjectHead | null> {
  const { rows } = await sql<ProjectHead>`
    select p.id, p.department, p.unit, p.code, p.name, p.placeholder_reason, d.name as department_name, u.name as unit_name,
      r.jurisdiction as region_jurisdiction
    from project p
    join organisation d on d.region = p.region and d.id = p.department
    join organisation u on u.region = p.region and u.id = p.unit
    join region r on r.region = p.region
    where p.region = ${region} and p.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** What a submission is made with. */
export interface NewSubmission {
  readonly id: string;
  readonly region: string;
  readonly year: number;
  readonly kind: Kind;
  readonly project: string;
  readonly department: string;
  readonly unit: string;
  readonly project_name: string;
  readonly sequence: number;
  readonly month: number | null;
  readonly basis: string | null;
  readonly is_rollup: boolean;
  readonly at: Date;
}

/** Makes a submission that nobody was told of yet; false where the project has one of this kind, year and number. */
export async function insertSubmission(db: Tx, { at, ...row }: NewSubmission): Promise<boolean> {
  const carried = sql<boolean>`exists (select from project_carry_over c
    where c.region = ${row.region} and c.year = ${row.year} and c.project = ${row.project})`;
  const inserted = await db
    .insertInto("submission")
    .values({ ...row, state: "not-issued", is_carried_over: carried, created_at: at, updated_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return inserted !== undefined;
}

/** Submissions of a project, kind and year in their order. */
export function submissionsOfProject(
  db: Db,
  region: string,
  { project, kind, year }: { readonly project: string; readonly kind: Kind; readonly year: number },
): Promise<{ id: string; sequence: number; month: number | null; state: string }[]> {
  return db
    .selectFrom("submission")
    .select(["id", "sequence", "month", "state"])
    .where("region", "=", region)
    .where("project", "=", project)
    .where("kind", "=", kind)
    .where("year", "=", year)
    .orderBy("sequence")
    .execute();
}

/** A form that another one may begin with. */
export interface SourceForm {
  readonly id: string;
  readonly form: Form;
}

/** The declaration in force of a project and year: the last adjustment that was approved, else the declaration; as it was approved. */
export async function declarationInForce(
  db: Db,
  region: string,
  project: string,
  year: number,
): Promise<SourceForm | null> {
  const { rows } = await sql<SourceForm>`
    select s.id, coalesce((select f.form from frozen_version f
        where f.region = s.region and f.year = s.year and f.submission = s.id and f.reason = 'approved'
        order by f.revision desc, f.at desc limit 1), s.form) as form
    from submission s
    where s.region = ${region} and s.project = ${project} and s.year = ${year} and s.form is not null
      and s.kind in ('target-declaration', 'adjustment') and s.state in ('approved', 'published', 'archived')
    order by (s.kind = 'adjustment') desc, s.sequence desc limit 1`.execute(db);
  return rows[0] ?? null;
}

/** The last form of a kind that a project has in a year, whatever became of it. */
export async function lastFormOf(
  db: Db,
  region: string,
  project: string,
  year: number,
  kind: Kind,
): Promise<SourceForm | null> {
  const { rows } = await sql<SourceForm>`
    select id, form from submission where region = ${region} and project = ${project} and year = ${year} and kind = ${kind}
      and form is not null order by sequence desc limit 1`.execute(db);
  return rows[0] ?? null;
}

/** The indicators a project has had, in whatever year. */
export function indicatorsOf(
  db: Db,
  region: string,
  project: string,
): Promise<{ id: string; level1: string | null; level2: string | null; name: string | null }[]> {
  return db
    .selectFrom("indicator")
    .select(["id", "level1", "level2", "name"])
    .where("region", "=", region)
    .where("project", "=", project)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

/** Keeps a justification. */
export function insertJustification(
  db: Tx,
  key: SubmissionKey,
  row: Omit<Insertable<Schema["justification"]>, "region" | "year" | "submission">,
): Promise<JustificationRow> {
  return db
    .insertInto("justification")
    .values({ region: key.region, year: key.year, submission: key.id, ...row })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** What a list asks for. */
export interface SubmissionFilter {
  readonly year?: number | undefined;
  readonly kind?: string | undefined;
  readonly state?: string | undefined;
  readonly desk?: string | undefined;
  readonly department?: string | undefined;
  readonly unit?: string | undefined;
  readonly project?: string | undefined;
  readonly call?: string | undefined;
  readonly only?: "ordinary" | "rollups" | undefined;
  readonly terms?: NonNullable<ReturnType<typeof queryTerms>> | undefined;
}

/** A submission without its form. */
export type SubmissionRow = Omit<
  Selectable<Schema["submission"]>,
  "form" | "execution_points" | "execution_score"
>;

/** Every column but the form: a list of forms must not carry them. */
export const SUBMISSION_COLUMNS = [
  ...(["region", "year", "id", "kind", "project", "department", "unit", "project_name"] as const),
  ...(["sequence", "month", "state", "desk", "revision", "call", "due_at", "late_allowed"] as const),
  ...(["basis", "previous", "is_rollup", "is_carried_over", "policy", "form_sha256", "authors"] as const),
  ...(["return_reason", "withheld_reason", "initial_budget", "adjusted_budget", "expenditure"] as const),
  ...(["total_score", "grade", "recomputed_low", "recomputed_high", "rows", "must", "should"] as const),
  ...(["hint", "unclear", "risk", "created_at", "updated_at", "submitted_at", "approved_at"] as const),
  "published_at",
] as const;

/** Where a list goes on: the sort key of its last row and its identity. */
export interface ListPlace {
  readonly key: string | number;
  readonly id: string;
}

/** Submissions that a condition lets be seen, sorted and paged. */
export async function listRows(
  db: Db,
  region: string,
  visible: RawBuilder<boolean>,
  { only, terms, ...columns }: SubmissionFilter,
  {
    sort,
    after,
    limit,
  }: {
    readonly sort: "updated" | "risk" | "project";
    readonly after: ListPlace | null;
    readonly limit: number;
  },
): Promise<SubmissionRow[]> {
  let query = db
    .selectFrom("submission")
    .select([...SUBMISSION_COLUMNS])
    .where("region", "=", region)
    .where(visible)
    .limit(limit);
  for (const [column, value] of Object.entries(columns))
    if (value !== undefined) query = query.where(column as keyof typeof columns, "=", value as never);
  if (only) query = query.where("is_rollup", "=", only === "rollups");
  if (terms) {
    const initials = terms.initials ? sql` or p.search @> ${terms.initials}::text[]` : sql``;
    query = query.where(
      sql<boolean>`project in (select p.id from project p
        where p.region = ${region} and (p.search @> ${terms.words}::text[]${initials}))`,
    );
  }
  if (sort === "project") {
    query = query.orderBy("project_name").orderBy("id");
    if (after) query = query.where(sql<boolean>`(project_name, id) > (${after.key}, ${after.id}::uuid)`);
  } else {
    const column = sort === "risk" ? "risk" : "updated_at";
    query = query.orderBy(column, "desc").orderBy("id", "desc");
    const key = sort === "risk" ? sql`${after?.key}::int` : sql`${after?.key}::timestamptz`;
    if (after) query = query.where(sql<boolean>`(${sql.ref(column)}, id) < (${key}, ${after.id}::uuid)`);
  }
  return query.execute();
}

/** Names of bodies by identity; what is not of this region is left out. */
export async function bodyNames(
  db: Db,
  region: string,
  ids: readonly string[],
): Promise<Record<string, string>> {
  if (ids.length === 0) return {};
  const rows = await db
    .selectFrom("organisation")
    .select(["id", "name"])
    .where("region", "=", region)
    .where("id", "in", [...ids])
    .execute();
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}

/** Events about a subject, the newest first, below a sequence number where one is given. */
export function eventsOf(
  db: Db,
  region: string,
  subject: string,
  { below, limit }: { readonly below: bigint | null; readonly limit: number },
): Promise<{ seq: bigint; at: Date; actor_name: string; type: string; body: string }[]> {
  let query = db
    .selectFrom("event")
    .select(["seq", "at", "actor_name", "type", "body"])
    .where("region", "=", region)
    .where("subject", "=", subject)
    .orderBy("seq", "desc")
    .limit(limit);
  if (below !== null) query = query.where("seq", "<", below);
  return query.execute();
}

/** The events of these types about a subject, the oldest first. */
export function eventsOfTypes(
  db: Db,
  region: string,
  subject: string,
  types: readonly EventType[],
): Promise<{ seq: bigint; at: Date; actor_name: string; type: string; body: string }[]> {
  return db
    .selectFrom("event")
    .select(["seq", "at", "actor_name", "type", "body"])
    .where("region", "=", region)
    .where("subject", "=", subject)
    .where("type", "in", [...types])
    .orderBy("seq")
    .execute();
}

/** The frozen versions of a submission without their forms, the newest first. */
export function versionsOf(db: Db, key: SubmissionKey) {
  return db
    .selectFrom("frozen_version")
    .select(["id", "revision", "reason", "sha256", "at", "scan_sha256", "scan_at", "scan_by"])
    .where("region", "=", key.region)
    .where("year", "=", key.year)
    .where("submission", "=", key.id)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .execute();
}

/** One frozen version of a submission, whole, or null. */
export async function versionOf(db: Db, key: SubmissionKey, id: string): Promise<VersionRow | null> {
  const row = await db
    .selectFrom("frozen_version")
    .selectAll()
    .where("region", "=", key.region)
    .where("year", "=", key.year)
    .where("submission", "=", key.id)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

/** Keeps bytes by their hash; the same bytes are kept once. */
export async function keepBlob(
  db: Tx,
  region: string,
  { sha256, bytes }: { readonly sha256: string; readonly bytes: Buffer },
  at: Date,
): Promise<void> {
  await db
    .insertInto("blob")
    .values({ region, sha256, size: BigInt(bytes.length), bytes, at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Bytes by their hash, or null. */
export async function blobOf(db: Db, region: string, sha256: string): Promise<Buffer | null> {
  const row = await db
    .selectFrom("blob")
    .select("bytes")
    .where("region", "=", region)
    .where("sha256", "=", sha256)
    .executeTakeFirst();
  return row?.bytes ?? null;
}

/** Binds a scan to a version that has none; false where it has one by now. */
export async function bindScan(
  db: Tx,
  key: SubmissionKey,
  version: string,
  scan: { readonly sha256: string; readonly at: Date; readonly by: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("frozen_version")
    .set({ scan_sha256: scan.sha256, scan_at: scan.at, scan_by: scan.by })
    .where("region", "=", key.region)
    .where("year", "=", key.year)
    .where("id", "=", version)
    .where("scan_sha256", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** The body of the region itself; "" where it has none yet. */
export async function rootOf(db: Db, region: string): Promise<string> {
  const row = await db
    .selectFrom("organisation")
    .select("id")
    .where("region", "=", region)
    .where("parent", "is", null)
    .executeTakeFirst();
  return row?.id ?? "";
}
