import { type Kysely, sql } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";
import type { queryTerms } from "../../platform/search-terms.ts";

type Db = Kysely<Schema>;
type Terms = NonNullable<ReturnType<typeof queryTerms>>;

/** The bodies directly beneath one. */
export function childrenOf(db: Db, region: string, id: string): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom("organisation")
    .select(["id", "name"])
    .where("region", "=", region)
    .where("parent", "=", id)
    .orderBy("code")
    .orderBy("id")
    .execute();
}

/** Which forms an overview counts: those of the region, of a department or of a unit, and by which body beneath they are told apart. */
export interface Scope {
  readonly region: string;
  readonly kind: string;
  readonly id: string;
}

function within(scope: Scope) {
  if (scope.kind === "region") return sql`region = ${scope.region}`;
  const column = scope.kind === "department" ? sql`department` : sql`unit`;
  return sql`region = ${scope.region} and ${column} = ${scope.id}`;
}

function bodyOf(scope: Scope) {
  return scope.kind === "region" ? sql`department` : sql`unit`;
}

/** Forms of a year by body, kind, state and grade, with their money in fen; `priced` counts those that state what was spent. */
export interface FormCount {
  readonly body: string;
  readonly kind: string;
  readonly state: string;
  readonly grade: string | null;
  readonly forms: bigint;
  readonly priced: bigint;
  readonly initial_budget: string | null;
  readonly adjusted_budget: string | null;
  readonly expenditure: string | null;
  readonly must: bigint;
  readonly should: bigint;
}

/** Counts the forms of a year. */
export async function countForms(db: Db, scope: Scope, year: number): Promise<FormCount[]> {
  const { rows } = await sql<FormCount>`
    select ${bodyOf(scope)} as body, kind, state, grade, count(*) as forms, count(expenditure) as priced,
      sum(initial_budget)::text as initial_budget, sum(adjusted_budget)::text as adjusted_budget,
      sum(expenditure)::text as expenditure, sum(must) as must, sum(should) as should
    from submission where ${within(scope)} and year = ${year}
    group by 1, 2, 3, 4`.execute(db);
  return rows;
}

/** Projects by body, and how many of them are placeholders. */
export async function countProjects(
  db: Db,
  scope: Scope,
): Promise<{ body: string; projects: bigint; placeholders: bigint }[]> {
  const { rows } = await sql<{ body: string; projects: bigint; placeholders: bigint }>`
    select ${bodyOf(scope)} as body, count(*) as projects, count(placeholder_reason) as placeholders
    from project where ${within(scope)} group by 1`.execute(db);
  return rows;
}

/** Self-evaluations by bands of five points of their total score; null is the band of those without one. */
export async function scoreBands(
  db: Db,
  scope: Scope,
  year: number,
): Promise<{ band: number | null; forms: bigint }[]> {
  const { rows } = await sql<{ band: number | null; forms: bigint }>`
    select case when total_score is not null then least(floor(total_score / 5), 19)::int * 5 end as band, count(*) as forms
    from submission where ${within(scope)} and year = ${year} and kind = 'self-evaluation' and state not in ('not-issued', 'issued')
    group by 1 order by 1`.execute(db);
  return rows;
}

/** The rules most often broken in a year. */
export async function brokenRules(
  db: Db,
  scope: Scope,
  year: number,
): Promise<{ code: string; rule: string; force: string; forms: bigint; findings: bigint }[]> {
  const where =
    scope.kind === "region"
      ? sql`f.region = ${scope.region}`
      : scope.kind === "department"
        ? sql`f.region = ${scope.region} and f.department = ${scope.id}`
        : // An array keeps the planner from joining the two tables row by row where it knows no figures of them yet.
          sql`f.region = ${scope.region} and f.submission = any(array(
            select id from submission where region = ${scope.region} and year = ${year} and unit = ${scope.id}))`;
  const { rows } = await sql<{
    code: string;
    rule: string;
    force: string;
    forms: bigint;
    findings: bigint;
  }>`
    select code, min(rule) as rule, force, count(*) as forms, sum(found)::bigint as findings from (
      select code, min(rule) as rule, force, submission, count(*) as found
      from finding_row f where ${where} and f.year = ${year} group by code, force, submission
    ) each_form
    group by code, force order by sum(found) desc, code limit 20`.execute(db);
  return rows;
}

/** Entries of the rectification ledger by state. */
export async function countRectifications(
  db: Db,
  scope: Scope,
  year: number,
): Promise<{ state: string; count: bigint }[]> {
  const { rows } = await sql<{ state: string; count: bigint }>`
    select state, count(*) as count from rectification where ${within(scope)} and year = ${year}
    group by state order by state`.execute(db);
  return rows;
}

/** The last year a region has rows of indicators of. */
export async function lastYear(db: Db, region: string): Promise<number | null> {
  const row = await db
    .selectFrom("submission")
    .select((build) => build.fn.max("year").as("year"))
    .where("region", "=", region)
    .where("kind", "=", "self-evaluation")
    .where("rows", ">", 0)
    .executeTakeFirst();
  return row?.year ?? null;
}

/** Whose self-evaluations the library shows; `category` is null for indicators outside the official ones, undefined for all. */
export interface Shelf {
  readonly region: string;
  readonly year: number;
  readonly category?: string | null | undefined;
}

function standsOn({ region, year, category }: Shelf) {
  const official =
    category === undefined
      ? sql`true`
      : category === null
        ? sql`i.category is null`
        : sql`i.category = ${category}`;
  return sql`i.region = ${region} and i.year = ${year} and i.kind = 'self-evaluation' and i.name is not null and ${official}`;
}

/** How many rows of a year stand under each official category. */
export async function rowsByCategory(
  db: Db,
  shelf: Shelf,
): Promise<readonly { readonly category: string | null; readonly rows: bigint }[]> {
  const { rows } = await sql<{ category: string | null; rows: bigint }>`
    select category, count(*) as rows from indicator_row i where ${standsOn(shelf)} group by category`.execute(
    db,
  );
  return rows;
}

/** Names of indicators that most rows of a year bear. */
export async function mostUsedNames(db: Db, shelf: Shelf, limit: number): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from indicator_row i where ${standsOn(shelf)} group by name order by count(*) desc, name limit ${limit}`.execute(
    db,
  );
  return rows.map((row) => row.name);
}

/** Names of indicators that hold every term of the query, the shortest first: the nearest to what was typed. */
export async function namesOfIndicators(
  db: Db,
  shelf: Shelf,
  terms: Terms,
  limit: number,
): Promise<string[]> {
  const words = sql`search @> ${terms.words}::text[]`;
  const match = terms.initials ? sql`(${words} or search @> ${terms.initials}::text[])` : words;
  // Names repeat from project to project: of many hits the first some thousands hold every name worth showing.
  const { rows } = await sql<{ name: string }>`
    select name from (
      select name from indicator where region = ${shelf.region} and name is not null and ${match} limit 20000
    ) hits
    where ${shelf.category === undefined ? sql`true` : sql`exists (select from indicator_row i where i.name = hits.name and ${standsOn(shelf)})`}
    group by name order by length(name), name limit ${limit}`.execute(db);
  return rows.map((row) => row.name);
}

/** What the forms of a year show of indicators of one name and unit. */
export interface Usage {
  readonly name: string;
  readonly unit: string | null;
  readonly level1: string | null;
  readonly level2: string | null;
  readonly rows: bigint;
  readonly measured: bigint;
  readonly projects: bigint;
  readonly comparisons: readonly { comparison: string | null; rows: number }[];
  readonly targets: readonly string[] | null;
  readonly actuals: readonly string[] | null;
  readonly scored: bigint;
  readonly missed: bigint;
  readonly exact: bigint;
  readonly boilerplate: bigint;
}

/** Rows of one name that its distribution is taken from: enough for quartiles, few enough to be read at once. */
const MEASURED = 1_000;

/** How indicators of these names were used in a year, by unit. `rows` counts all, the rest rests on at most 1,000 rows a name. */
export async function usageOf(
  db: Db,
  region: string,
  year: number,
  names: readonly string[],
): Promise<Usage[]> {
  const { rows } = await sql<Usage>`
    with used as materialized (
      select r.* from unnest(${names}::text[]) as wanted (name) cross join lateral (
        select * from indicator_row i
        where i.region = ${region} and i.name = wanted.name and i.year = ${year} and i.kind = 'self-evaluation'
        order by i.indicator limit ${MEASURED}
      ) r
    ), counted as materialized (
      select wanted.name, (
        select count(*) from indicator_row i
        where i.region = ${region} and i.name = wanted.name and i.year = ${year} and i.kind = 'self-evaluation'
      ) as rows
      from unnest(${names}::text[]) as wanted (name)
    ), signs as materialized (
      select name, unit, jsonb_agg(jsonb_build_object('comparison', comparison, 'rows', n) order by n desc) as comparisons
      from (select name, unit, comparison, count(*) as n from used group by name, unit, comparison) each group by name, unit
    )
    select u.name, u.unit, mode() within group (order by level1) as level1, mode() within group (order by level2) as level2,
      min(c.rows) as rows, count(*) as measured, count(distinct indicator) as projects, min(s.comparisons::text)::jsonb as comparisons,
      percentile_disc(array[0, 0.25, 0.5, 0.75, 1]) within group (order by target_value) as targets,
      percentile_disc(array[0, 0.25, 0.5, 0.75, 1]) within group (order by actual_value) as actuals,
      count(*) filter (where score is not null and points is not null) as scored,
      count(*) filter (where score < points) as missed,
      count(*) filter (where actual_value = target_value) as exact,
      count(*) filter (where outcome = 'boilerplate') as boilerplate
    from used u join signs s on s.name = u.name and s.unit is not distinct from u.unit join counted c on c.name = u.name
    group by u.name, u.unit order by min(c.rows) desc, count(*) desc, u.name`.execute(db);
  return rows;
}
