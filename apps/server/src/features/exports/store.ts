import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";

type Db = Kysely<Schema>;

/** Which forms are exported: those of a body in a year, as far as the caller may see them. */
export interface Selection {
  readonly region: string;
  readonly year: number;
  readonly kind: string;
  /** A condition over `submission`: the body. */
  readonly body: { readonly kind: string; readonly id: string };
  readonly visible: RawBuilder<boolean>;
  /** False where roll-ups are left out: their projects are there already. */
  readonly rollUps?: boolean;
  /** True where only forms are taken that were approved. */
  readonly approved?: boolean;
}

/** What stands beside a form in every export. */
export interface ExportHead {
  readonly id: string;
  readonly year: number;
  readonly kind: string;
  readonly sequence: number;
  readonly month: number | null;
  readonly state: string;
  readonly revision: number;
  readonly project: string;
  readonly project_code: string | null;
  readonly project_name: string;
  readonly department_name: string;
  readonly unit_name: string;
  readonly form_sha256: string;
  readonly policy: string | null;
}

/** A form as its text: what is only passed on is never parsed. */
export interface ExportForm extends ExportHead {
  readonly form: string;
}

/** A row of indicators with its form. */
export interface ExportRow {
  readonly submission: string;
  readonly position: number;
  readonly indicator: string;
  readonly level1: string | null;
  readonly level2: string | null;
  readonly name: string | null;
  readonly target_text: string | null;
  readonly actual_text: string | null;
  readonly points: string | null;
  readonly score: string | null;
}

const HEAD = sql`submission.id, submission.year, submission.kind, submission.sequence, submission.month, submission.state,
  submission.revision, submission.project, p.code as project_code, submission.project_name, d.name as department_name,
  u.name as unit_name, submission.form_sha256, submission.policy`;
const FROM = sql`submission
  join project p on p.region = submission.region and p.id = submission.project
  join organisation d on d.region = submission.region and d.id = submission.department
  join organisation u on u.region = submission.region and u.id = submission.unit`;

function chosen({
  region,
  year,
  kind,
  body,
  visible,
  rollUps = true,
  approved = false,
}: Selection): RawBuilder<unknown> {
  const parts = [
    sql`submission.region = ${region} and submission.year = ${year} and submission.kind = ${kind} and submission.form is not null`,
    ...(body.kind === "region" ? [] : [sql`submission.${sql.ref(body.kind)} = ${body.id}`]),
    ...(rollUps ? [] : [sql`not submission.is_rollup`]),
    ...(approved ? [sql`submission.state in ('approved', 'published', 'archived')`] : []),
    visible,
  ];
  return sql.join(parts, sql` and `);
}

/** How many forms there are. */
export async function countChosen(db: Db, selection: Selection): Promise<number> {
  const { rows } = await sql<{ count: bigint }>`
    select count(*) as count from submission where ${chosen(selection)}`.execute(db);
  return Number(rows[0]?.count ?? 0n);
}

const NO_ID = "00000000-0000-0000-0000-000000000000";

/** A page of forms in the order of their identities. */
export async function formsAfter(
  db: Db,
  selection: Selection,
  after: string | null,
  limit: number,
): Promise<ExportForm[]> {
  const { rows } = await sql<ExportForm>`
    select ${HEAD}, submission.form::text as form from ${FROM}
    where ${chosen(selection)} and submission.id > ${after ?? NO_ID}::uuid order by submission.id limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** A page of forms without their content. */
export async function headsAfter(
  db: Db,
  selection: Selection,
  after: string | null,
  limit: number,
): Promise<ExportHead[]> {
  const { rows } = await sql<ExportHead>`
    select ${HEAD} from ${FROM}
    where ${chosen(selection)} and submission.id > ${after ?? NO_ID}::uuid order by submission.id limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** The rows of some forms, form by form. */
export async function rowsOfForms(
  db: Db,
  { region, year }: Selection,
  ids: readonly string[],
): Promise<ExportRow[]> {
  const { rows } = await sql<ExportRow>`
    select submission, position, indicator, level1, level2, name, target_text, actual_text, points, score
    from indicator_row where region = ${region} and year = ${year} and submission = any(${[...ids]}::uuid[])
    order by submission, position`.execute(db);
  return rows;
}

/** A kind of problem in chosen forms, as their last reviews have it. */
export interface ProblemRow {
  readonly rule: string;
  readonly code: string;
  readonly force: "must" | "should" | "hint";
  readonly findings: number;
  readonly forms: number;
  readonly examples: readonly {
    readonly submission: string;
    readonly project: string;
    readonly unit: string;
    readonly message: string;
  }[];
}

/** What the reviews of chosen forms found, rule by rule, the gravest and most frequent first; `examples` forms of each. */
export async function problemsIn(db: Db, selection: Selection, examples: number): Promise<ProblemRow[]> {
  const { rows } = await sql<ProblemRow>`
    with found as (
      select f.rule, f.code, f.force, f.submission, f.fingerprint, submission.project_name, submission.unit,
        row_number() over (partition by f.rule, f.force, f.submission order by f.position) as nth
      from submission join finding_row f
        on f.region = submission.region and f.year = submission.year and f.submission = submission.id
      where ${chosen(selection)}
    ), kinds as (
      select rule, code, force, count(*)::int as findings, count(distinct submission)::int as forms
      from found group by rule, code, force
    )
    select k.*, (
      select coalesce(jsonb_agg(x), '[]') from (
        select f.submission, f.project_name as project, u.name as unit, coalesce((
            select e ->> 'message' from review_result v, jsonb_array_elements(v.answer -> 'findings') e
            where v.region = ${selection.region} and v.year = ${selection.year} and v.submission = f.submission
              and e ->> 'fingerprint' = f.fingerprint limit 1), '') as message
        from found f join organisation u on u.region = ${selection.region} and u.id = f.unit
        where f.rule = k.rule and f.force = k.force and f.code = k.code and f.nth = 1
        order by f.project_name, f.submission limit ${examples}
      ) x
    ) as examples
    from kinds k
    order by array_position(array['must', 'should', 'hint'], k.force), k.forms desc, k.findings desc, k.code`.execute(
    db,
  );
  return rows;
}

/** How many chosen forms have no finding that must be put right or explained. */
export async function countClean(db: Db, selection: Selection): Promise<number> {
  const { rows } = await sql<{ count: bigint }>`
    select count(*) as count from submission
    where ${chosen(selection)} and not exists (select from finding_row f where f.region = submission.region
      and f.year = submission.year and f.submission = submission.id and f.force <> 'hint')`.execute(db);
  return Number(rows[0]?.count ?? 0n);
}
