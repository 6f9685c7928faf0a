import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";
import { OTHER } from "./categories.ts";
import type { Scope } from "./store.ts";

type Db = Kysely<Schema>;

/** Which self-evaluations are analysed: those begun, those handed in, or those decided. Roll-ups never: their projects are counted themselves. */
export type Standing = "filled" | "handed-in" | "decided";

const STATES: Readonly<Record<Standing, readonly string[]>> = {
  filled: [
    "draft",
    "returned",
    "withdrawn",
    "submitted",
    "under-review",
    "review-cancelled",
    "approved",
    "published",
    "archived",
  ],
  "handed-in": ["submitted", "under-review", "review-cancelled", "approved", "published", "archived"],
  decided: ["approved", "published", "archived"],
};

/** What is asked about: forms of a body and year that stand so far. */
export interface Analysed extends Scope {
  readonly year: number;
  readonly standing: Standing;
}

function picked({ region, kind, id, standing }: Analysed, years: RawBuilder<unknown>): RawBuilder<unknown> {
  const body = kind === "region" ? sql`` : sql`and ${sql.ref(kind)} = ${id}`;
  return sql`region = ${region} ${body} and ${years} and kind = 'self-evaluation' and form is not null
    and state = any(${[...STATES[standing]]}::text[])`;
}

function chosen(asked: Analysed): RawBuilder<unknown> {
  return picked(asked, sql`year = ${asked.year}`);
}

function bodyOf({ kind }: Analysed) {
  return kind === "region" ? sql.ref("department") : sql.ref("unit");
}

/** How many forms are counted, and how many roll-ups are not. */
export async function coverageOf(db: Db, asked: Analysed): Promise<{ forms: bigint; rollups: bigint }> {
  const { rows } = await sql<{ forms: bigint; rollups: bigint }>`
    select count(*) filter (where not is_rollup) as forms, count(*) filter (where is_rollup) as rollups
    from submission where ${chosen(asked)}`.execute(db);
  return rows[0] ?? { forms: 0n, rollups: 0n };
}

/** Forms by band of one point; null is the band of those without a total. */
export async function bandsOf(db: Db, asked: Analysed): Promise<{ band: number | null; forms: bigint }[]> {
  const { rows } = await sql<{ band: number | null; forms: bigint }>`
    select case when total_score is not null then greatest(least(floor(total_score), 100), 0)::int end as band, count(*) as forms
    from submission where ${chosen(asked)} and not is_rollup group by 1 order by 1`.execute(db);
  return rows;
}

/** Forms by grade with their money; `unpriced` print no expenditure, or amounts in two units. */
export async function gradesOf(
  db: Db,
  asked: Analysed,
): Promise<{ grade: string | null; forms: bigint; spent: string; unpriced: bigint }[]> {
  const { rows } = await sql<{ grade: string | null; forms: bigint; spent: string; unpriced: bigint }>`
    select grade, count(*) as forms, coalesce(sum(expenditure) filter (where not (${SUSPECT})), 0)::text as spent,
      count(*) - count(expenditure) filter (where not (${SUSPECT})) as unpriced
    from submission where ${chosen(asked)} and not is_rollup group by grade order by count(*) desc, grade`.execute(
    db,
  );
  return rows;
}

/** A form on the plane of score and execution. */
export interface PlanePoint {
  /** Null in the one row that stands for none that may be seen. */
  readonly id: string | null;
  readonly project_name: string;
  readonly unit_name: string;
  readonly adjusted: bigint;
  readonly spent: bigint;
  readonly rate: string;
  readonly score: string;
  readonly grade: string | null;
  readonly is_corner: boolean;
  readonly all: bigint;
  readonly corners: bigint;
}

function corner(high: number, low: number): RawBuilder<unknown> {
  return sql`(not (${SUSPECT}) and total_score >= ${high}::int and adjusted_budget > 0 and expenditure::numeric * 100 < adjusted_budget::numeric * ${low}::int)`;
}

/** The forms of the plane that may be seen: high scores with low execution first, then the largest budgets; every row says how many there are of each. */
export async function planeOf(
  db: Db,
  asked: Analysed,
  {
    high,
    low,
    limit,
    visible,
  }: {
    readonly high: number;
    readonly low: number;
    readonly limit: number;
    readonly visible: RawBuilder<boolean>;
  },
): Promise<PlanePoint[]> {
  const { rows } = await sql<PlanePoint>`
    with each as materialized (
      select id, project_name, unit, adjusted_budget as adjusted, expenditure as spent, total_score, grade,
        ${corner(high, low)} as is_corner, ${visible} as is_visible
      from submission where ${chosen(asked)} and not is_rollup and total_score is not null and expenditure is not null and adjusted_budget > 0
        and not (${SUSPECT})
    )
    select e.*, o.name as unit_name, round(spent::numeric * 100 / adjusted, 2)::text as rate, trim_scale(total_score)::text as score,
      n.all, n.corners
    from (select count(*) as all, count(*) filter (where is_corner) as corners from each) n
    left join each e on e.is_visible left join organisation o on o.region = ${asked.region} and o.id = e.unit
    order by e.is_corner desc, e.adjusted desc, e.id limit ${limit}`.execute(db);
  return rows;
}

/** The median to two places, exact: of an even number of values the mean of the two in the middle. */
const median = (of: RawBuilder<unknown>, only: RawBuilder<unknown> = sql``): RawBuilder<unknown> =>
  sql`round((percentile_disc(0.5) within group (order by ${of})${only}
    + percentile_disc(0.5) within group (order by ${of} desc)${only}) / 2, 2)`;

const STATED = sql`initial_budget is not null and adjusted_budget is not null and expenditure is not null`;
/** Amounts so far apart that one of them must be in another unit: they would drown every sum. */
const SUSPECT = sql`coalesce(adjusted_budget > 0 and expenditure::numeric >= adjusted_budget::numeric * 100
  or initial_budget > 0 and adjusted_budget::numeric >= initial_budget::numeric * 100, false)`;
/** An amount below nothing cannot be drawn as a stream, and would make others look smaller than they are. */
const NEGATIVE = sql`${STATED} and not (${SUSPECT}) and least(initial_budget, adjusted_budget, expenditure) < 0`;
const COMPLETE = sql`${STATED} and not (${SUSPECT}) and least(initial_budget, adjusted_budget, expenditure) >= 0`;
/** Ways of the money of a form that is counted; more than one can be true of it. */
const WAYS = {
  zero: sql`${COMPLETE} and greatest(initial_budget, adjusted_budget, expenditure) = 0`,
  increased: sql`${COMPLETE} and adjusted_budget > initial_budget`,
  decreased: sql`${COMPLETE} and adjusted_budget < initial_budget`,
  unspent: sql`${COMPLETE} and expenditure < adjusted_budget`,
  overspent: sql`${COMPLETE} and expenditure > adjusted_budget`,
};
const FLOW = sql`count(*) filter (where ${COMPLETE}) as complete,
  count(*) filter (where not (${STATED})) as incomplete,
  count(*) filter (where ${STATED} and (${SUSPECT})) as suspect,
  count(*) filter (where ${NEGATIVE}) as negative,
  count(*) filter (where ${WAYS.zero}) as forms_zero,
  count(*) filter (where ${WAYS.increased}) as forms_increased,
  count(*) filter (where ${WAYS.decreased}) as forms_decreased,
  count(*) filter (where ${WAYS.unspent}) as forms_unspent,
  count(*) filter (where ${WAYS.overspent}) as forms_overspent,
  coalesce(sum(initial_budget) filter (where ${COMPLETE}), 0)::text as initial,
  coalesce(sum(greatest(adjusted_budget - initial_budget, 0)) filter (where ${COMPLETE}), 0)::text as increased,
  coalesce(sum(greatest(initial_budget - adjusted_budget, 0)) filter (where ${COMPLETE}), 0)::text as decreased,
  coalesce(sum(adjusted_budget) filter (where ${COMPLETE}), 0)::text as adjusted,
  coalesce(sum(greatest(adjusted_budget - expenditure, 0)) filter (where ${COMPLETE}), 0)::text as unspent,
  coalesce(sum(greatest(expenditure - adjusted_budget, 0)) filter (where ${COMPLETE}), 0)::text as overspent,
  coalesce(sum(expenditure) filter (where ${COMPLETE}), 0)::text as spent`;

/** Sums in fen over the forms that print all three amounts, and how many do not. */
export interface Flow {
  readonly complete: bigint;
  readonly incomplete: bigint;
  readonly suspect: bigint;
  readonly negative: bigint;
  readonly forms_zero: bigint;
  readonly forms_increased: bigint;
  readonly forms_decreased: bigint;
  readonly forms_unspent: bigint;
  readonly forms_overspent: bigint;
  readonly initial: string;
  readonly increased: string;
  readonly decreased: string;
  readonly adjusted: string;
  readonly unspent: string;
  readonly overspent: string;
  readonly spent: string;
}

/** The way of the money by body; the row of body null is all of them. */
export async function flowsOf(db: Db, asked: Analysed): Promise<(Flow & { body: string | null })[]> {
  const { rows } = await sql<Flow & { body: string | null }>`
    select ${bodyOf(asked)} as body, ${FLOW} from submission where ${chosen(asked)} and not is_rollup
    group by grouping sets ((${bodyOf(asked)}), ())`.execute(db);
  return rows;
}

/** Rows of one body, category and cause; `lacking` are those without points or score. */
export interface LostRows {
  readonly body: string;
  readonly category: string | null;
  readonly cause: string;
  readonly explained: boolean;
  readonly rows: bigint;
  readonly lacking: bigint;
  readonly above: bigint;
  readonly missed: bigint;
  readonly points: string;
  readonly lost: string;
}

/** From which share of the target in percent a result is over-fulfilled: where the packs begin to ask about it. */
const OVER = 130;
const LOWER_BOUND = sql`coalesce(r.comparison, '≥') in ('≥', '>', '=')`;

const CAUSE = sql`case when r.outcome = 'met' and ${LOWER_BOUND} and r.compared_target > 0
    and r.compared_actual * 100 >= r.compared_target * ${OVER}::int
  then 'over' else coalesce(r.outcome, 'unknown') end`;

/** Points and points lost of the rows that are part of a total. */
export async function lostRowsOf(db: Db, asked: Analysed): Promise<LostRows[]> {
  const { rows } = await sql<LostRows>`
    with picked as materialized (
      select year, id, ${bodyOf(asked)} as body from submission where ${chosen(asked)} and not is_rollup
    )
    select p.body, r.category,
      ${CAUSE} as cause,
      r.deviation as explained, count(*) filter (where r.points is not null and r.score is not null) as rows,
      count(*) filter (where r.points is null or r.score is null) as lacking,
      count(*) filter (where r.score > r.points) as above, count(*) filter (where r.score < r.points) as missed,
      coalesce(trim_scale(sum(r.points) filter (where r.score is not null)), 0)::text as points,
      coalesce(trim_scale(sum(greatest(r.points - r.score, 0)) filter (where r.points is not null and r.score is not null)), 0)::text as lost
    from picked p join indicator_row r on r.region = ${asked.region} and r.year = p.year and r.submission = p.id
    where r.marked is not false group by 1, 2, 3, 4`.execute(db);
  return rows;
}

/** How many forms lost points: by category, by cause, by body, by body and category; what a row is not told apart by is null. */
export interface LosingForms {
  readonly by: "category" | "cause" | "body" | "cell";
  readonly body: string | null;
  readonly category: string | null;
  readonly cause: string | null;
  readonly forms: bigint;
}

const LOSING = sql`r.marked is not false and r.score < r.points`;

/** Forms with points lost; each is counted once wherever it is counted. */
export async function losingFormsOf(db: Db, asked: Analysed): Promise<LosingForms[]> {
  const { rows } = await sql<LosingForms>`
    with picked as materialized (
      select year, id, ${bodyOf(asked)} as body from submission where ${chosen(asked)} and not is_rollup
    ), losing as materialized (
      select distinct p.body, p.id, r.category, ${CAUSE} as cause
      from picked p join indicator_row r on r.region = ${asked.region} and r.year = p.year and r.submission = p.id
      where ${LOSING}
    )
    select case when grouping(cause) = 0 then 'cause' when grouping(body) = 1 then 'category'
      when grouping(category) = 1 then 'body' else 'cell' end as by, body, category, cause, count(distinct id) as forms
    from losing group by grouping sets ((category), (cause), (body), (body, category))`.execute(db);
  return rows;
}

const EXECUTION_LOST = sql`execution_score < execution_points`;

/** Marks for executing the budget. */
export async function executionLostOf(
  db: Db,
  asked: Analysed,
): Promise<{ forms: bigint; lacking: bigint; losing: bigint; points: string; lost: string } | undefined> {
  const { rows } = await sql<{
    forms: bigint;
    lacking: bigint;
    losing: bigint;
    points: string;
    lost: string;
  }>`
    select count(*) filter (where execution_points is not null and execution_score is not null) as forms,
      count(*) filter (where execution_points is null or execution_score is null) as lacking,
      count(*) filter (where ${EXECUTION_LOST}) as losing,
      coalesce(trim_scale(sum(execution_points) filter (where execution_score is not null)), 0)::text as points,
      coalesce(trim_scale(sum(greatest(execution_points - execution_score, 0))), 0)::text as lost
    from submission where ${chosen(asked)} and not is_rollup`.execute(db);
  return rows[0];
}

/** Rows by how far their actual is of the target, in bands of ten percent. */
export interface CompletionBand {
  readonly band: number | null;
  readonly rows: bigint;
  readonly over: bigint;
  readonly forms: bigint;
}

const COMPARABLE = sql`r.compared_target > 0 and r.compared_actual is not null and ${LOWER_BOUND}`;

const BAND = sql`greatest(least(floor(r.compared_actual * 10 / r.compared_target), 20), 0)::int * 10`;

/** The rows of the forms by completion; band null are those that cannot be compared so. */
export async function completionBands(db: Db, asked: Analysed, from: number): Promise<CompletionBand[]> {
  const { rows } = await sql<CompletionBand>`
    with picked as materialized (select year, id from submission where ${chosen(asked)} and not is_rollup),
    each as (
      select p.id, case when ${COMPARABLE} then ${BAND} end as band, count(*) as rows,
        count(*) filter (where ${COMPARABLE} and r.compared_actual * 100 >= r.compared_target * ${from}::int) as over
      from picked p join indicator_row r on r.region = ${asked.region} and r.year = p.year and r.submission = p.id
      group by 1, 2
    )
    select band, count(*) as forms, sum(rows)::bigint as rows, sum(over)::bigint as over from each group by 1 order by 1`.execute(
    db,
  );
  return rows;
}

/** An indicator by name and unit with how far its actuals go beyond its targets. */
export interface OverfulfilledName {
  readonly name: string;
  readonly unit: string | null;
  readonly compared: bigint;
  readonly over: bigint;
  readonly forms: bigint;
  readonly median: string;
  readonly highest: string;
  readonly names: bigint;
}

const NAME = sql`coalesce(r.name, '未命名指标')`;

/** The names with over-fulfilled rows, most rows first; every row says how many names there are. */
export async function overfulfilledNames(
  db: Db,
  asked: Analysed,
  from: number,
  limit: number,
): Promise<OverfulfilledName[]> {
  const { rows } = await sql<OverfulfilledName>`
    with picked as materialized (select year, id from submission where ${chosen(asked)} and not is_rollup),
    each as materialized (
      select p.id, ${NAME} as name, r.unit, r.compared_actual * 100 / r.compared_target as completion,
        r.compared_actual * 100 >= r.compared_target * ${from}::int as is_over
      from picked p join indicator_row r on r.region = ${asked.region} and r.year = p.year and r.submission = p.id
      where ${COMPARABLE}
    )
    select name, unit, count(*) as compared, count(*) filter (where is_over) as over, count(distinct id) filter (where is_over) as forms,
      ${median(sql`completion`)}::text as median, round(max(completion), 2)::text as highest,
      count(*) over () as names
    from each group by name, unit having bool_or(is_over)
    order by count(*) filter (where is_over) desc, max(completion) desc, name, unit limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** Marks, money and findings of the forms of a body (null: of all), or of a year. */
export interface BodyFigures {
  readonly body: string | null;
  readonly forms: bigint;
  readonly rollups: bigint;
  readonly scored: bigint;
  readonly median: string | null;
  readonly mean: string | null;
  readonly lowest: string | null;
  readonly highest: string | null;
  readonly grades: readonly { readonly grade: string | null; readonly forms: number }[];
  readonly priced: bigint;
  readonly adjusted: string;
  readonly spent: string;
  readonly rate: string | null;
  readonly must: bigint;
  readonly forms_with_must: bigint;
  readonly recomputed: bigint;
  readonly above: bigint;
  readonly above_by: string;
}

const PRICED = sql`adjusted_budget is not null and expenditure is not null and not (${SUSPECT})`;
const FIGURES = sql`count(*) filter (where not is_rollup) as forms, count(*) filter (where is_rollup) as rollups,
  count(total_score) filter (where not is_rollup) as scored,
  trim_scale(${median(sql`total_score`, sql` filter (where not is_rollup)`)})::text as median,
  round(avg(total_score) filter (where not is_rollup), 2)::text as mean,
  trim_scale(min(total_score) filter (where not is_rollup))::text as lowest,
  trim_scale(max(total_score) filter (where not is_rollup))::text as highest,
  count(*) filter (where not is_rollup and ${PRICED}) as priced,
  coalesce(sum(adjusted_budget) filter (where not is_rollup and ${PRICED}), 0)::text as adjusted,
  coalesce(sum(expenditure) filter (where not is_rollup and ${PRICED}), 0)::text as spent,
  round(sum(expenditure) filter (where not is_rollup and ${PRICED}) * 100
    / nullif(sum(adjusted_budget) filter (where not is_rollup and ${PRICED}), 0), 2)::text as rate,
  coalesce(sum(must) filter (where not is_rollup), 0)::bigint as must,
  count(*) filter (where not is_rollup and must > 0) as forms_with_must,
  count(*) filter (where not is_rollup and total_score is not null and recomputed_high is not null) as recomputed,
  count(*) filter (where not is_rollup and total_score > recomputed_high) as above,
  coalesce(trim_scale(sum(total_score - recomputed_high) filter (where not is_rollup and total_score > recomputed_high)), 0)::text as above_by`;
/** Figures by body; the row of body null is all of them. */
export async function figuresOf(db: Db, asked: Analysed): Promise<BodyFigures[]> {
  const { rows } = await sql<BodyFigures>`
    with picked as materialized (
      select ${bodyOf(asked)} as body, is_rollup, grade, total_score, recomputed_high, initial_budget, adjusted_budget, expenditure, must
      from submission where ${chosen(asked)}
    ), figures as materialized (select body, ${FIGURES} from picked group by grouping sets ((body), ())),
    graded as (select body, grade, count(*) as n from picked where not is_rollup group by grouping sets ((body, grade), (grade)))
    select f.*, (
      select coalesce(jsonb_agg(jsonb_build_object('grade', grade, 'forms', n) order by n desc, grade), '[]')
      from graded g where g.body is not distinct from f.body
    ) as grades from figures f`.execute(db);
  return rows;
}

/** Figures and money by year. */
export async function yearsOf(
  db: Db,
  asked: Analysed,
  count: number,
): Promise<{ year: number; figures: BodyFigures; flow: Flow | undefined }[]> {
  const years = picked(asked, sql`year between ${asked.year - count + 1} and ${asked.year}`);
  const [figures, flows] = await Promise.all([
    sql<BodyFigures & { year: number }>`
      with picked as materialized (
        select year, is_rollup, grade, total_score, recomputed_high, initial_budget, adjusted_budget, expenditure, must from submission where ${years}
      ), figures as materialized (select year, ${FIGURES} from picked group by year),
      graded as (select year, grade, count(*) as n from picked where not is_rollup group by year, grade)
      select f.*, (
        select coalesce(jsonb_agg(jsonb_build_object('grade', grade, 'forms', n) order by n desc, grade), '[]')
        from graded g where g.year = f.year
      ) as grades from figures f order by year`.execute(db),
    sql<Flow & { year: number }>`
      select year, ${FLOW} from submission where ${years} and not is_rollup group by year`.execute(db),
  ]);
  const flowOf = new Map(flows.rows.map((flow) => [flow.year, flow]));
  return figures.rows.map((row) => ({ year: row.year, figures: row, flow: flowOf.get(row.year) }));
}

/** What speaks for inflated scores in the rows of a body (null: of all). */
export interface InflatedRows {
  readonly body: string | null;
  readonly points: string;
  readonly unmeasured: string;
  readonly rows: bigint;
  readonly boilerplate: bigint;
  readonly counted: bigint;
  readonly exact: bigint;
  readonly forms_unmeasured: bigint;
  readonly forms_boilerplate: bigint;
  readonly forms_exact: bigint;
}

const SIGNS = {
  boilerplate: sql`r.outcome = 'boilerplate'`,
  exact: sql`r.exact`,
  unmeasured: sql`r.marked is not false and r.points is not null and r.target_value is null`,
};

/** Boilerplate, exact hits and unmeasured points by body. */
export async function inflatedRowsOf(db: Db, asked: Analysed): Promise<InflatedRows[]> {
  const { rows } = await sql<InflatedRows>`
    with picked as materialized (
      select year, id, ${bodyOf(asked)} as body from submission where ${chosen(asked)} and not is_rollup
    ), each as (
      select p.body, p.id, sum(r.points) filter (where r.marked is not false) as points,
        sum(r.points) filter (where ${SIGNS.unmeasured}) as unmeasured, count(*) filter (where ${SIGNS.unmeasured}) as vague,
        count(r.outcome) as rows, count(*) filter (where ${SIGNS.boilerplate}) as boilerplate,
        count(r.exact) as counted, count(*) filter (where ${SIGNS.exact}) as exact
      from picked p join indicator_row r on r.region = ${asked.region} and r.year = p.year and r.submission = p.id
      group by 1, 2
    )
    select body, coalesce(trim_scale(sum(points)), 0)::text as points, coalesce(trim_scale(sum(unmeasured)), 0)::text as unmeasured,
      coalesce(sum(rows), 0)::bigint as rows, coalesce(sum(boilerplate), 0)::bigint as boilerplate,
      coalesce(sum(counted), 0)::bigint as counted, coalesce(sum(exact), 0)::bigint as exact,
      count(*) filter (where vague > 0) as forms_unmeasured, count(*) filter (where boilerplate > 0) as forms_boilerplate,
      count(*) filter (where exact > 0) as forms_exact
    from each group by grouping sets ((body), ())`.execute(db);
  return rows;
}

/** Forms to be scored again, in the order of their identity. */
export function formsToScore(
  db: Db,
  asked: Analysed,
  visible: RawBuilder<boolean>,
  after: string | null,
  limit: number,
): Promise<
  {
    id: string;
    project_name: string;
    policy: string | null;
    form: unknown;
    total_score: string | null;
    grade: string | null;
  }[]
> {
  return db
    .selectFrom("submission")
    .select(["id", "project_name", "policy", "form", "total_score", "grade"])
    .where(sql<boolean>`${chosen(asked)} and not is_rollup and ${visible}`)
    .$if(after !== null, (query) => query.where("id", ">", after))
    .orderBy("id")
    .limit(limit)
    .execute();
}

/** What tells the forms behind a figure from the others; a key that is absent asks nothing. */
export interface Behind {
  readonly from?: number | undefined;
  readonly below?: number | undefined;
  readonly grade?: string | undefined;
  readonly without?: "score" | "grade" | "money" | undefined;
  readonly suspect?: "yes" | undefined;
  readonly money?:
    | "counted"
    | "negative"
    | "zero"
    | "increased"
    | "decreased"
    | "unspent"
    | "overspent"
    | undefined;
  readonly corner?: "high-score-low-rate" | undefined;
  readonly high: number;
  readonly low: number;
  readonly category?: string | undefined;
  readonly cause?: string | undefined;
  readonly indicator?: string | undefined;
  readonly unit?: string | undefined;
  readonly over?: number | undefined;
  readonly completion?: number | undefined;
  readonly sign?: "boilerplate" | "exact" | "unmeasured" | "above" | undefined;
}

const WITHOUT = {
  score: sql`total_score is null`,
  grade: sql`grade is null`,
  money: sql`not (${STATED})`,
};
const MONEY = { counted: COMPLETE, negative: NEGATIVE, ...WAYS };

function conditions(behind: Behind): RawBuilder<unknown> {
  const { from, below, grade, without, suspect, money, category, cause, indicator, unit, over, sign } =
    behind;
  const { completion } = behind;
  const forms: RawBuilder<unknown>[] = [];
  const rows: RawBuilder<unknown>[] = [];
  if (from !== undefined && from > 0) forms.push(sql`total_score >= ${from}::int`);
  if (below !== undefined && below <= 100) forms.push(sql`total_score < ${below}::int`);
  if (from !== undefined || below !== undefined) forms.push(sql`total_score is not null`);
  if (grade !== undefined) forms.push(sql`grade = ${grade}`);
  if (without) forms.push(WITHOUT[without]);
  if (suspect) forms.push(sql`${STATED} and (${SUSPECT})`);
  if (money) forms.push(MONEY[money]);
  if (behind.corner) forms.push(corner(behind.high, behind.low));
  if (sign === "above") forms.push(sql`total_score > recomputed_high`);
  else if (sign) rows.push(SIGNS[sign]);
  if (category === "execution") forms.push(EXECUTION_LOST);
  const isOfRows = category !== undefined && category !== "execution";
  if (isOfRows || cause !== undefined) rows.push(LOSING);
  if (isOfRows && category !== "any")
    rows.push(category === OTHER ? sql`r.category is null` : sql`r.category = ${category}`);
  if (cause !== undefined) rows.push(sql`${CAUSE} = ${cause}`);
  if (indicator !== undefined) rows.push(sql`${NAME} = ${indicator}`);
  if (unit !== undefined) rows.push(unit === "" ? sql`r.unit is null` : sql`r.unit = ${unit}`);
  if (over !== undefined)
    rows.push(sql`${COMPARABLE} and r.compared_actual * 100 >= r.compared_target * ${over}::int`);
  if (completion !== undefined) rows.push(sql`${COMPARABLE} and ${BAND} = ${completion}::int`);
  if (rows.length > 0)
    forms.push(sql`exists (select from indicator_row r where r.region = submission.region and r.year = submission.year
      and r.submission = submission.id and ${sql.join(rows, sql` and `)})`);
  return forms.length === 0 ? sql`true` : sql.join(forms, sql` and `);
}

/** A form behind a figure; the counts stand in every row. */
export interface FormBehind {
  /** Null in the one row that stands for none that may be seen. */
  readonly id: string | null;
  readonly project_name: string;
  readonly unit_name: string;
  readonly state: string;
  readonly total_score: string | null;
  readonly recomputed: string | null;
  readonly grade: string | null;
  readonly adjusted: bigint | null;
  readonly spent: bigint | null;
  readonly rate: string | null;
  readonly place: string;
  readonly all: bigint;
  readonly hidden: bigint;
}

const RATE = sql`round(expenditure::numeric * 100 / nullif(adjusted_budget, 0), 2)`;
const SORTS = {
  budget: sql`adjusted_budget::numeric`,
  expenditure: sql`expenditure::numeric`,
  rate: RATE,
  score: sql`total_score`,
  recomputed: sql`recomputed_high`,
} as const;
/** Below whatever is really there, so that blanks come last in either direction. */
const LAST = sql`-1e30`;

/** The forms behind a figure, in the order that is asked for. */
export async function listBehind(
  db: Db,
  asked: Analysed,
  behind: Behind,
  page: {
    readonly visible: RawBuilder<boolean>;
    readonly after: { readonly place: string; readonly id: string } | null;
    readonly limit: number;
    readonly sort: keyof typeof SORTS;
    readonly order: "desc" | "asc";
  },
): Promise<FormBehind[]> {
  const place = page.order === "asc" ? sql`-(${SORTS[page.sort]})` : SORTS[page.sort];
  const { rows } = await sql<FormBehind>`
    with each as materialized (
      select id, project_name, unit, state, total_score, recomputed_high, grade, adjusted_budget as adjusted, expenditure as spent,
        ${RATE}::text as rate, coalesce(${place}, ${LAST}) as place, ${page.visible} as is_visible
      from submission where ${chosen(asked)} and not is_rollup and ${conditions(behind)}
    )
    select e.id, project_name, o.name as unit_name, state, trim_scale(total_score)::text as total_score,
      trim_scale(recomputed_high)::text as recomputed, grade, adjusted, spent,
      rate, place::text as place, n.all, n.hidden
    from (select count(*) as all, count(*) filter (where not is_visible) as hidden from each) n
    left join each e on e.is_visible ${
      page.after ? sql`and (e.place, e.id) < (${page.after.place}::numeric, ${page.after.id}::uuid)` : sql``
    }
    left join organisation o on o.region = ${asked.region} and o.id = e.unit
    order by e.place desc, e.id desc limit ${page.limit}`.execute(db);
  return rows;
}
