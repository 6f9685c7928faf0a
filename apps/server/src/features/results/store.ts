import type { Form } from "@jiheng/domain";
import { type Kysely, sql, type Transaction } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";

type Db = Kysely<Schema>;

/** A submission as far as its results go. */
export interface JudgedForm {
  readonly id: string;
  readonly year: number;
  readonly project: string;
  readonly project_name: string;
  readonly department: string;
  readonly unit: string;
  readonly state: string;
  readonly grade: string | null;
}

/** A form of one of these kinds, or null. */
export async function judgedForm(
  db: Db,
  region: string,
  id: string,
  kinds: readonly string[],
): Promise<JudgedForm | null> {
  const row = await db
    .selectFrom("submission")
    .select(["id", "year", "project", "project_name", "department", "unit", "state", "grade"])
    .where("region", "=", region)
    .where("id", "=", id)
    .where("kind", "in", kinds)
    .executeTakeFirst();
  return row ?? null;
}

/** Whether the current review of a form has this finding. */
export async function hasFinding(
  db: Db,
  region: string,
  year: number,
  submission: string,
  fingerprint: string,
): Promise<boolean> {
  const row = await db
    .selectFrom("finding_row")
    .select("position")
    .where("region", "=", region)
    .where("year", "=", year)
    .where("submission", "=", submission)
    .where("fingerprint", "=", fingerprint)
    .executeTakeFirst();
  return row !== undefined;
}

/** An entry of the ledger with what its list shows. */
export interface RectificationRow {
  readonly id: string;
  readonly year: number;
  readonly submission: string;
  readonly project: string;
  readonly project_name: string;
  readonly department: string;
  readonly department_name: string;
  readonly unit: string;
  readonly unit_name: string;
  readonly finding: string | null;
  readonly problem: string;
  readonly measure: string | null;
  readonly due_on: string;
  readonly state: "open" | "answered" | "verified" | "reopened";
  readonly proof: string | null;
  readonly next_year: "gone" | "again" | "not-yet" | null;
  /** The finding as the review of the form now standing has it; null where it was corrected since, or a person's own. */
  readonly found: { readonly message: string; readonly at: readonly string[] } | null;
  readonly form: Form | null;
  readonly extensions: readonly ExtensionRow[];
}

/** A deadline put off, or asked to be; instants as the database spells them in JSON. */
export interface ExtensionRow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly askedBy: string;
  readonly askedAt: string;
  readonly granted: boolean | null;
  readonly note: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
}

// What next year's form shows of it: the same rule broken again, or not, or there is no such form yet.
const LEDGER = sql`
  select r.id, r.year, r.submission, r.project, p.name as project_name, r.department, d.name as department_name, r.unit,
    u.name as unit_name, r.finding, r.problem, r.measure, r.due_on, r.state, r.proof,
    case when r.rule is null then null
      when n.id is null then 'not-yet'
      when exists (select from finding_row f where f.region = r.region and f.year = r.year + 1 and f.submission = n.id and f.rule = r.rule)
        then 'again'
      else 'gone' end as next_year,
    (select f.value from review_result v, jsonb_array_elements(v.answer -> 'findings') f
      where v.region = r.region and v.year = r.year and v.submission = r.submission and f.value ->> 'fingerprint' = r.finding
      limit 1) as found,
    case when r.finding is null then null else (
      select s.form from submission s where s.region = r.region and s.year = r.year and s.id = r.submission
    ) end as form,
    (select coalesce(jsonb_agg(jsonb_build_object('id', e.id, 'from', e.due_on, 'to', e.asked_on, 'reason', e.reason,
        'askedBy', a.name, 'askedAt', e.asked_at, 'granted', e.granted, 'note', e.note, 'decidedBy', b.name,
        'decidedAt', e.decided_at) order by e.asked_at, e.id), '[]')
      from rectification_extension e join account a on a.region = e.region and a.id = e.asked_by
        left join account b on b.region = e.region and b.id = e.decided_by
      where e.region = r.region and e.year = r.year and e.rectification = r.id) as extensions
  from rectification r
  join project p on p.region = r.region and p.id = r.project
  join organisation d on d.region = r.region and d.id = r.department
  join organisation u on u.region = r.region and u.id = r.unit
  left join lateral (
    select id from submission s where s.region = r.region and s.project = r.project and s.kind = 'self-evaluation'
      and s.year = r.year + 1 and s.form is not null order by s.sequence limit 1
  ) n on true`;

/** Entries of a body, the nearest deadline first. */
export async function ledgerPage(
  db: Db,
  scope: { readonly region: string; readonly kind: string; readonly id: string },
  filter: { readonly year?: number | undefined; readonly state?: string | undefined },
  after: { readonly due: string; readonly id: string } | null,
  limit: number,
): Promise<RectificationRow[]> {
  const parts = [
    sql`r.region = ${scope.region}`,
    ...(scope.kind === "region" ? [] : [sql`r.${sql.ref(scope.kind)} = ${scope.id}`]),
    ...(filter.year === undefined ? [] : [sql`r.year = ${filter.year}`]),
    ...(filter.state === undefined ? [] : [sql`r.state = ${filter.state}`]),
    ...(after ? [sql`(r.due_on, r.id) > (${after.due}::date, ${after.id}::uuid)`] : []),
  ];
  const { rows } = await sql<RectificationRow>`
    ${LEDGER} where ${sql.join(parts, sql` and `)} order by r.due_on, r.id limit ${limit}`.execute(db);
  return rows;
}

/** One entry; locked against others where a command changes it. */
export async function ledgerEntry(
  db: Db,
  region: string,
  year: number,
  id: string,
): Promise<RectificationRow | null> {
  const { rows } = await sql<RectificationRow>`
    ${LEDGER} where r.region = ${region} and r.year = ${year} and r.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** Locks an entry until the end of the command. */
export async function lockEntry(
  db: Transaction<Schema>,
  region: string,
  year: number,
  id: string,
): Promise<void> {
  await db
    .selectFrom("rectification")
    .select("id")
    .where("region", "=", region)
    .where("year", "=", year)
    .where("id", "=", id)
    .forUpdate()
    .execute();
}

/** Whether an entry for the same finding of the same form is there already. */
export async function knownFinding(
  db: Db,
  region: string,
  year: number,
  submission: string,
  finding: string,
): Promise<boolean> {
  const row = await db
    .selectFrom("rectification")
    .select("id")
    .where("region", "=", region)
    .where("year", "=", year)
    .where("submission", "=", submission)
    .where("finding", "=", finding)
    .executeTakeFirst();
  return row !== undefined;
}

/** Opens an entry. The owner is the unit whose form it is. */
export async function insertRectification(
  db: Transaction<Schema>,
  region: string,
  entry: {
    readonly id: string;
    readonly form: JudgedForm;
    readonly finding: string | null;
    readonly problem: string;
    readonly due: string;
    readonly at: Date;
    readonly by: string;
  },
): Promise<void> {
  const { id, form, finding, problem, due, at, by } = entry;
  const rule =
    finding === null
      ? null
      : ((
          await db
            .selectFrom("finding_row")
            .select("rule")
            .where("region", "=", region)
            .where("year", "=", form.year)
            .where("submission", "=", form.id)
            .where("fingerprint", "=", finding)
            .executeTakeFirst()
        )?.rule ?? null);
  await db
    .insertInto("rectification")
    .values({
      region,
      year: form.year,
      id,
      submission: form.id,
      project: form.project,
      department: form.department,
      unit: form.unit,
      finding,
      rule,
      problem,
      owner: form.unit,
      due_on: due,
      state: "open",
      at,
      by,
    })
    .execute();
}

/** Moves an entry on. */
export async function moveRectification(
  db: Transaction<Schema>,
  region: string,
  year: number,
  id: string,
  change: {
    readonly state: "answered" | "verified" | "reopened";
    readonly measure?: string;
    readonly proof?: string | null;
    readonly verified_by?: string;
    readonly verified_at?: Date;
  },
): Promise<void> {
  await db
    .updateTable("rectification")
    .set(change)
    .where("region", "=", region)
    .where("year", "=", year)
    .where("id", "=", id)
    .execute();
}

/** Keeps a later deadline that is asked for. */
export async function insertExtension(
  db: Transaction<Schema>,
  region: string,
  year: number,
  extension: {
    readonly id: string;
    readonly rectification: string;
    readonly due_on: string;
    readonly asked_on: string;
    readonly reason: string;
    readonly asked_at: Date;
    readonly asked_by: string;
  },
): Promise<void> {
  await db
    .insertInto("rectification_extension")
    .values({ ...extension, region, year })
    .execute();
}

/** Keeps what was decided about it; granted, it is the deadline from now on. */
export async function settleExtension(
  db: Transaction<Schema>,
  region: string,
  year: number,
  { id, rectification, due }: { readonly id: string; readonly rectification: string; readonly due: string },
  decision: {
    readonly granted: boolean;
    readonly note: string | null;
    readonly decided_at: Date;
    readonly decided_by: string;
  },
): Promise<void> {
  await db
    .updateTable("rectification_extension")
    .set(decision)
    .where("region", "=", region)
    .where("year", "=", year)
    .where("id", "=", id)
    .execute();
  if (decision.granted)
    await db
      .updateTable("rectification")
      .set({ due_on: due })
      .where("region", "=", region)
      .where("year", "=", year)
      .where("id", "=", rectification)
      .execute();
}

/** Whether a piece of evidence belongs to a form. */
export async function ownsEvidence(
  db: Db,
  region: string,
  year: number,
  submission: string,
  evidence: string,
): Promise<boolean> {
  const row = await db
    .selectFrom("evidence")
    .select("id")
    .where("region", "=", region)
    .where("year", "=", year)
    .where("submission", "=", submission)
    .where("id", "=", evidence)
    .where("removed_at", "is", null)
    .executeTakeFirst();
  return row !== undefined;
}

/** A decision on the use of a result. */
export interface UseRow {
  readonly id: string;
  readonly year: number;
  readonly project: string;
  readonly project_name: string;
  readonly submission: string;
  readonly grade: string | null;
  readonly decision: "priority" | "keep" | "cut" | "cancel" | "other";
  readonly amount: bigint | null;
  readonly reason: string;
  readonly at: Date;
}

type Within = { readonly region: string; readonly kind: string; readonly id: string };

const inside = (scope: Within, table: "s") =>
  scope.kind === "region" ? sql`true` : sql`${sql.ref(`${table}.${scope.kind}`)} = ${scope.id}`;

/** The decisions of a body's year, the newest first. */
export async function usesOf(db: Db, scope: Within, year: number): Promise<UseRow[]> {
  const { rows } = await sql<UseRow>`
    select x.id, x.year, x.project, s.project_name, x.submission, x.grade, x.decision, x.amount, x.reason, x.at
    from use_of_result x join submission s on s.region = x.region and s.year = x.year and s.id = x.submission
    where x.region = ${scope.region} and x.year = ${year} and ${inside(scope, "s")} order by x.at desc, x.id`.execute(
    db,
  );
  return rows;
}

/** An approved form that no decision was recorded for, with what a proposal weighs. */
export interface UndecidedForm {
  readonly id: string;
  readonly project: string;
  readonly project_name: string;
  readonly grade: string | null;
  readonly total_score: string | null;
  readonly policy: string | null;
  readonly adjusted_budget: bigint | null;
  readonly expenditure: bigint | null;
  readonly review_form: Form | null;
  readonly problems: number;
  readonly open_problems: number;
  /** The latest monitoring form of the year. */
  readonly monitored: Form | null;
  readonly month: number | null;
}

/** Approved forms of a body's year that no decision was recorded for; roll-ups are no projects of the budget. */
export async function undecided(
  db: Db,
  scope: Within,
  year: number,
  limit: number,
  /** Whether a review counts that was handed in and is not decided yet: who may not see the sheet learns nothing of it. */
  withHandedIn: boolean,
): Promise<UndecidedForm[]> {
  const counts = withHandedIn
    ? sql`r.state not in ('issued', 'draft', 'returned')`
    : sql`r.state in ('approved', 'published', 'archived')`;
  const { rows } = await sql<UndecidedForm>`
    select s.id, s.project, s.project_name, s.grade, s.total_score::text as total_score, s.policy, s.adjusted_budget, s.expenditure,
      v.form as review_form, x.problems, x.open_problems, m.form as monitored, m.month
    from submission s
    left join lateral (
      select r.form from submission r where r.region = s.region and r.year = s.year and r.project = s.project and r.kind = 'review'
        and r.basis = s.id and r.form is not null and ${counts}
        and not exists (select from sample_item i join sample w on w.region = i.region and w.year = i.year and w.id = i.sample
          where i.region = r.region and i.year = r.year and i.review = r.id and w.cancelled_at is not null)
      order by r.sequence desc limit 1
    ) v on true
    left join lateral (
      select o.form, o.month from submission o where o.region = s.region and o.year = s.year and o.project = s.project
        and o.kind = 'monitoring' and o.form is not null and o.state <> 'draft' order by o.month desc nulls last, o.sequence desc limit 1
    ) m on true
    cross join lateral (
      select count(*)::int as problems, (count(*) filter (where c.state <> 'verified'))::int as open_problems
      from rectification c where c.region = s.region and c.year = s.year and c.submission = s.id
    ) x
    where s.region = ${scope.region} and s.year = ${year} and s.kind = 'self-evaluation' and not s.is_rollup
      and s.state in ('approved', 'published', 'archived') and ${inside(scope, "s")}
      and not exists (select from use_of_result x where x.region = s.region and x.year = s.year and x.submission = s.id)
    order by s.grade nulls last, s.project_name, s.id limit ${limit}`.execute(db);
  return rows;
}

/** Records a decision; an earlier one stays beside it. */
export async function insertUse(
  db: Transaction<Schema>,
  region: string,
  use: Omit<UseRow, "project_name"> & { readonly by: string },
): Promise<void> {
  await db
    .insertInto("use_of_result")
    .values({ region, ...use })
    .execute();
}
