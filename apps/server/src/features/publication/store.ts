import { type Kysely, sql } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";
import type { queryTerms } from "../../platform/search-terms.ts";

type Db = Kysely<Schema>;

/** A published form in a list. */
export interface PublishedRow {
  readonly id: string;
  readonly year: number;
  readonly project: string;
  readonly project_name: string;
  readonly department_name: string;
  readonly unit_name: string;
  readonly grade: string | null;
  readonly total_score: string | null;
  readonly expenditure: bigint | null;
  readonly published_at: Date;
}

/** A published form with its content. */
export interface PublishedContent extends PublishedRow {
  readonly form: unknown;
  readonly form_sha256: string;
  readonly policy: string | null;
}

/** Where a list goes on: newest year first, then by name, then by identity. */
export interface Cursor {
  readonly year: number;
  readonly name: string;
  readonly id: string;
}

/** What a list is narrowed to. */
export interface Filter {
  readonly year?: number | undefined;
  readonly department?: string | undefined;
  readonly project?: string | undefined;
  readonly grade?: string | undefined;
  readonly terms: ReturnType<typeof queryTerms>;
}

const LIST = sql`s.id, s.year, s.project, s.project_name, d.name as department_name, u.name as unit_name, s.grade, s.total_score,
  s.expenditure, s.published_at`;
const FROM = sql`submission s
  join organisation d on d.region = s.region and d.id = s.department
  join organisation u on u.region = s.region and u.id = s.unit`;

/** The region's name, or null where there is none. */
export async function regionName(db: Db, region: string): Promise<string | null> {
  const row = await db.selectFrom("region").select("name").where("region", "=", region).executeTakeFirst();
  return row?.name ?? null;
}

/** One page of the published forms. */
export async function publishedPage(
  db: Db,
  region: string,
  filter: Filter,
  after: Cursor | null,
  limit: number,
): Promise<PublishedRow[]> {
  const { terms } = filter;
  const parts = [
    sql`s.region = ${region} and s.state = 'published' and s.kind = 'self-evaluation'`,
    ...(filter.year === undefined ? [] : [sql`s.year = ${filter.year}`]),
    ...(filter.department === undefined ? [] : [sql`s.department = ${filter.department}`]),
    ...(filter.project === undefined ? [] : [sql`s.project = ${filter.project}`]),
    ...(filter.grade === undefined ? [] : [sql`s.grade = ${filter.grade}`]),
    ...(terms
      ? [
          sql`exists (select from project p where p.region = s.region and p.id = s.project and (p.search @> ${terms.words}::text[]
            ${terms.initials ? sql`or p.search @> ${terms.initials}::text[]` : sql``}))`,
        ]
      : []),
    ...(after
      ? [
          sql`(s.year < ${after.year} or s.year = ${after.year} and (s.project_name, s.id) > (${after.name}, ${after.id}::uuid))`,
        ]
      : []),
  ];
  const { rows } = await sql<PublishedRow>`
    select ${LIST} from ${FROM} where ${sql.join(parts, sql` and `)}
    order by s.year desc, s.project_name, s.id limit ${limit}`.execute(db);
  return rows;
}

/** A form with the reason it is withheld for, if any; null where it is not public at all. */
export async function publishedForm(
  db: Db,
  region: string,
  id: string,
): Promise<
  | { readonly kind: "published"; readonly row: PublishedContent }
  | { readonly kind: "withheld"; readonly reason: string }
  | null
> {
  const { rows } = await sql<PublishedContent & { state: string; withheld_reason: string | null }>`
    select ${LIST}, s.form, s.form_sha256, s.policy, s.state, s.withheld_reason from ${FROM}
    where s.region = ${region} and s.id = ${id} and s.kind = 'self-evaluation'`.execute(db);
  const row = rows[0];
  if (!row) return null;
  if (row.state === "published" && row.form !== null) return { kind: "published", row };
  return row.withheld_reason === null ? null : { kind: "withheld", reason: row.withheld_reason };
}

/** What is not published and why: forms by name, classified projects only by department. */
export async function withheldPage(
  db: Db,
  region: string,
  year: number,
  offset: number,
  limit: number,
): Promise<{ department: string; project: string | null; reason: string }[]> {
  const { rows } = await sql<{ department: string; project: string | null; reason: string }>`
    select department, project, reason from (
      select d.name as department, s.project_name as project, s.withheld_reason as reason, s.id
      from submission s join organisation d on d.region = s.region and d.id = s.department
      where s.region = ${region} and s.year = ${year} and s.kind = 'self-evaluation' and s.withheld_reason is not null
      union all
      select d.name, null, p.placeholder_reason, p.id
      from project p join organisation d on d.region = p.region and d.id = p.department
      where p.region = ${region} and p.placeholder_reason is not null
    ) all_of_them order by department, project nulls last, id limit ${limit} offset ${offset}`.execute(db);
  return rows;
}

/** Published forms by year, department and grade; and how many are withheld. */
export async function publishedCounts(
  db: Db,
  region: string,
): Promise<
  {
    year: number;
    department: string;
    department_name: string;
    grade: string | null;
    forms: bigint;
    withheld: bigint;
    expenditure: string | null;
  }[]
> {
  const { rows } = await sql<{
    year: number;
    department: string;
    department_name: string;
    grade: string | null;
    forms: bigint;
    withheld: bigint;
    expenditure: string | null;
  }>`
    select s.year, s.department, d.name as department_name, case when s.state = 'published' then s.grade end as grade,
      count(*) filter (where s.state = 'published') as forms, count(s.withheld_reason) filter (where s.state <> 'published') as withheld,
      (sum(s.expenditure) filter (where s.state = 'published'))::text as expenditure
    from submission s join organisation d on d.region = s.region and d.id = s.department
    where s.region = ${region} and s.kind = 'self-evaluation' and (s.state = 'published' or s.withheld_reason is not null)
    group by 1, 2, 3, 4 order by s.year desc, d.name`.execute(db);
  return rows;
}
