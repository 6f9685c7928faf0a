import type {
  Answer,
  bodyStatisticsSchema,
  comparePolicyTotals,
  getBodyStatistics,
  getMoneyStatistics,
  getOverfulfilment,
  getPointStatistics,
  getScoreStatistics,
  getYearStatistics,
  listFormsBehind,
  moneyFlowSchema,
} from "@jiheng/contract/http";
import { add, type Form, parseDecimal, showDecimal, ZERO } from "@jiheng/domain";
import { type FormScore, findPolicy, type PolicyPack, scoreForm, selectPolicy } from "@jiheng/scoring";
import type { Action } from "@jiheng/workflow";
import type { z } from "zod";
import { BAD_CURSOR, fromCursor, toCursor } from "../../platform/cursor.ts";
import type { ReplyOf } from "../../platform/http/route.ts";
import { yuanOf } from "../../platform/money.ts";
import { done, type Outcome, refused } from "../../platform/outcome.ts";
import type { Caller, Platform } from "../../platform/work.ts";
import { permittedBody } from "../organisations/index.ts";
import { isVisibleTo, rootOf } from "../submissions/index.ts";
import {
  type Analysed,
  type BodyFigures,
  bandsOf,
  completionBands,
  coverageOf,
  executionLostOf,
  type Flow,
  figuresOf,
  flowsOf,
  formsToScore,
  gradesOf,
  type InflatedRows,
  inflatedRowsOf,
  type LosingForms,
  type LostRows,
  listBehind,
  losingFormsOf,
  lostRowsOf,
  overfulfilledNames,
  planeOf,
  type Standing,
  yearsOf,
} from "./analysis-store.ts";
import { CATEGORIES, categoryTitle, OTHER } from "./categories.ts";
import { childrenOf } from "./store.ts";

type AnswerOf<E extends { readonly answer: Answer }> = Promise<Outcome<ReplyOf<E["answer"]>>>;
type QueryOf<E extends { readonly query: z.ZodType }> = z.output<E["query"]>;

const ACTION: Action = "view-statistics";
/** Forms drawn on the plane: more are a cloud nobody can click. */
const PLANE = 1_500;
const NAMES = 30;

/** What is asked about, where the caller may ask, and the bodies it is told apart by. */
async function askedOf(
  { db, now }: Platform,
  caller: Caller,
  query: { readonly year: number; readonly organisation: string; readonly standing: Standing },
) {
  const permitted = await permittedBody({ db, caller }, ACTION, query.organisation, now());
  if (permitted.kind === "refused") return permitted;
  const { kind, id } = permitted.value;
  const asked: Analysed = { region: caller.region, kind, id, year: query.year, standing: query.standing };
  return done({ asked, body: permitted.value });
}

/** Forms may be named only to those who may open them; figures rest on all of them. */
async function visibleTo({ db, now }: Platform, { actor, region }: Caller) {
  return isVisibleTo(actor, await rootOf(db, region), now());
}

async function bodiesOf(
  db: Platform["db"],
  asked: Analysed,
  own: { readonly id: string; readonly name: string },
) {
  return asked.kind === "unit" ? [own] : childrenOf(db, asked.region, asked.id);
}

function presentCoverage({ forms, rollups }: { readonly forms: bigint; readonly rollups: bigint }) {
  return { forms: Number(forms), rollups: Number(rollups) };
}

const yuan = (fen: string): string => yuanOf(BigInt(fen));

/** Scores, grades, and the plane of scores and execution. */
export async function scoresOf(
  platform: Platform,
  caller: Caller,
  query: QueryOf<typeof getScoreStatistics>,
): AnswerOf<typeof getScoreStatistics> {
  const found = await askedOf(platform, caller, query);
  if (found.kind === "refused") return found;
  const { db } = platform;
  const { asked } = found.value;
  const { high, low } = query;
  const visible = await visibleTo(platform, caller);
  const [bands, grades, plane, figures] = await Promise.all([
    bandsOf(db, asked),
    gradesOf(db, asked),
    planeOf(db, asked, { high, low, limit: PLANE, visible }),
    figuresOf(db, asked),
  ]);
  const all = figures.find(({ body }) => body === null);
  const forms = Number(all?.forms ?? 0n);
  const placed = Number(plane[0]?.all ?? 0n);
  return done({
    body: {
      forms,
      rollups: Number(all?.rollups ?? 0n),
      bands: bands.flatMap((row) =>
        row.band === null ? [] : [{ from: row.band, forms: Number(row.forms) }],
      ),
      formsWithoutScore: Number(bands.find(({ band }) => band === null)?.forms ?? 0n),
      median: all?.median ?? null,
      mean: all?.mean ?? null,
      grades: grades.map(({ grade, forms: count, spent, unpriced }) => ({
        grade,
        forms: Number(count),
        expenditure: yuan(spent),
        formsWithoutMoney: Number(unpriced),
      })),
      plane: {
        forms: placed,
        points: plane.flatMap(({ id, ...row }) =>
          id === null
            ? []
            : [
                {
                  submission: id,
                  project: row.project_name,
                  unit: row.unit_name,
                  adjustedBudget: yuanOf(row.adjusted),
                  expenditure: yuanOf(row.spent),
                  rate: row.rate,
                  score: row.score,
                  grade: row.grade,
                },
              ],
        ),
        left: forms - placed,
        high,
        low,
        highScoreLowRate: Number(plane[0]?.corners ?? 0n),
      },
    },
  });
}

const NO_FLOW: Flow = {
  complete: 0n,
  incomplete: 0n,
  suspect: 0n,
  negative: 0n,
  forms_zero: 0n,
  forms_increased: 0n,
  forms_decreased: 0n,
  forms_unspent: 0n,
  forms_overspent: 0n,
  initial: "0",
  increased: "0",
  decreased: "0",
  adjusted: "0",
  unspent: "0",
  overspent: "0",
  spent: "0",
};

function presentFlow(flow: Flow | undefined): z.input<typeof moneyFlowSchema> {
  const { complete, incomplete, suspect, negative, ...sums } = flow ?? NO_FLOW;
  return {
    forms: Number(complete),
    incomplete: Number(incomplete),
    suspect: Number(suspect),
    negative: Number(negative),
    initialBudget: yuan(sums.initial),
    increased: yuan(sums.increased),
    decreased: yuan(sums.decreased),
    adjustedBudget: yuan(sums.adjusted),
    unspent: yuan(sums.unspent),
    overspent: yuan(sums.overspent),
    expenditure: yuan(sums.spent),
    formsZero: Number(sums.forms_zero),
    formsIncreased: Number(sums.forms_increased),
    formsDecreased: Number(sums.forms_decreased),
    formsUnspent: Number(sums.forms_unspent),
    formsOverspent: Number(sums.forms_overspent),
  };
}

/** The way of the money. */
export async function moneyOf(
  platform: Platform,
  caller: Caller,
  query: QueryOf<typeof getMoneyStatistics>,
): AnswerOf<typeof getMoneyStatistics> {
  const found = await askedOf(platform, caller, query);
  if (found.kind === "refused") return found;
  const { db } = platform;
  const { asked, body } = found.value;
  const [coverage, flows, bodies] = await Promise.all([
    coverageOf(db, asked),
    flowsOf(db, asked),
    bodiesOf(db, asked, body),
  ]);
  const of = new Map(flows.map((flow) => [flow.body, flow]));
  return done({
    body: {
      ...presentCoverage(coverage),
      totals: presentFlow(of.get(null)),
      bodies: bodies.map(({ id, name }) => ({ organisation: id, name, ...presentFlow(of.get(id)) })),
    },
  });
}

const CAUSES = ["missed", "over", "met", "words", "boilerplate", "blank", "incomparable", "unknown"] as const;

function count(rows: readonly LostRows[], of: (row: LostRows) => bigint): number {
  return Number(rows.reduce((sum, row) => sum + of(row), 0n));
}

function marks(rows: readonly LostRows[], of: (row: LostRows) => string): string {
  return showDecimal(rows.reduce((sum, row) => add(sum, parseDecimal(of(row)) ?? ZERO), ZERO));
}

function presentLost(rows: readonly LostRows[]) {
  return {
    rows: count(rows, (row) => row.rows),
    points: marks(rows, (row) => row.points),
    lost: marks(rows, (row) => row.lost),
  };
}

/** Points lost by category, cause and body. */
export async function pointsOf(
  platform: Platform,
  caller: Caller,
  query: QueryOf<typeof getPointStatistics>,
): AnswerOf<typeof getPointStatistics> {
  const found = await askedOf(platform, caller, query);
  if (found.kind === "refused") return found;
  const { db } = platform;
  const { asked, body } = found.value;
  const [coverage, rows, execution, losing, bodies] = await Promise.all([
    coverageOf(db, asked),
    lostRowsOf(db, asked),
    executionLostOf(db, asked),
    losingFormsOf(db, asked),
    bodiesOf(db, asked, body),
  ]);
  const losingForms = (by: LosingForms["by"], of: Partial<LosingForms>): number =>
    Number(
      losing.find(
        (each) =>
          each.by === by &&
          each.body === (of.body ?? null) &&
          each.category === (of.category ?? null) &&
          each.cause === (of.cause ?? null),
      )?.forms ?? 0n,
    );
  const byCategory = Map.groupBy(rows, ({ category }) => category);
  const byBody = Map.groupBy(rows, ({ body: of }) => of);
  const present = CATEGORIES.filter((category) => byCategory.has(category));
  return done({
    body: {
      ...presentCoverage(coverage),
      totals: {
        ...presentLost(rows),
        lacking: count(rows, ({ lacking }) => lacking),
        above: count(rows, ({ above }) => above),
      },
      execution: {
        forms: Number(execution?.forms ?? 0n),
        lacking: Number(execution?.lacking ?? 0n),
        points: execution?.points ?? "0",
        lost: execution?.lost ?? "0",
        losingForms: Number(execution?.losing ?? 0n),
      },
      categories: present.map((category) => {
        const own = byCategory.get(category) ?? [];
        const losing = Map.groupBy(
          own.filter(({ missed }) => missed > 0n),
          ({ cause, explained }) => `${cause} ${explained}`,
        );
        return {
          category,
          title: categoryTitle(category),
          ...presentLost(own),
          losingForms: losingForms("category", { category }),
          causes: CAUSES.flatMap((cause) =>
            [true, false].flatMap((explained) => {
              const same = losing.get(`${cause} ${explained}`);
              return same
                ? [
                    {
                      cause,
                      explained,
                      rows: count(same, ({ missed }) => missed),
                      lost: marks(same, ({ lost }) => lost),
                    },
                  ]
                : [];
            }),
          ),
        };
      }),
      causes: CAUSES.flatMap((cause) => {
        const forms = losingForms("cause", { cause });
        return forms > 0 ? [{ cause, losingForms: forms }] : [];
      }),
      bodies: bodies.map(({ id, name }) => {
        const own = byBody.get(id) ?? [];
        const cells = Map.groupBy(own, ({ category }) => category);
        return {
          organisation: id,
          name,
          ...presentLost(own),
          losingForms: losingForms("body", { body: id }),
          cells: present.flatMap((category) => {
            const same = cells.get(category);
            return same
              ? [
                  {
                    category,
                    title: categoryTitle(category),
                    ...presentLost(same),
                    losingForms: losingForms("cell", { body: id, category }),
                  },
                ]
              : [];
          }),
        };
      }),
    },
  });
}

/** Results far above what was asked for. */
export async function overfulfilmentOf(
  platform: Platform,
  caller: Caller,
  query: QueryOf<typeof getOverfulfilment>,
): AnswerOf<typeof getOverfulfilment> {
  const found = await askedOf(platform, caller, query);
  if (found.kind === "refused") return found;
  const { db } = platform;
  const { asked } = found.value;
  const [coverage, bands, names] = await Promise.all([
    coverageOf(db, asked),
    completionBands(db, asked, query.from),
    overfulfilledNames(db, asked, query.from, NAMES),
  ]);
  const compared = bands.filter(({ band }) => band !== null);
  const rows = (of: typeof bands): number => Number(of.reduce((sum, { rows: n }) => sum + n, 0n));
  return done({
    body: {
      ...presentCoverage(coverage),
      from: query.from,
      rows: rows(bands),
      compared: rows(compared),
      left: rows(bands) - rows(compared),
      over: Number(bands.reduce((sum, { over }) => sum + over, 0n)),
      bands: compared.map(({ band, rows: n, forms }) => ({
        from: band ?? 0,
        rows: Number(n),
        forms: Number(forms),
      })),
      names: Number(names[0]?.names ?? 0n),
      indicators: names.map(({ names: _, ...row }) => ({
        ...row,
        compared: Number(row.compared),
        over: Number(row.over),
        forms: Number(row.forms),
      })),
    },
  });
}

type Figures = z.input<typeof bodyStatisticsSchema>;

function presentFigures(row: BodyFigures | undefined): Omit<Figures, "inflation"> {
  return {
    forms: Number(row?.forms ?? 0n),
    rollups: Number(row?.rollups ?? 0n),
    scored: Number(row?.scored ?? 0n),
    median: row?.median ?? null,
    mean: row?.mean ?? null,
    lowest: row?.lowest ?? null,
    highest: row?.highest ?? null,
    grades: [...(row?.grades ?? [])],
    priced: Number(row?.priced ?? 0n),
    adjustedBudget: yuan(row?.adjusted ?? "0"),
    expenditure: yuan(row?.spent ?? "0"),
    rate: row?.rate ?? null,
    must: Number(row?.must ?? 0n),
    formsWithMust: Number(row?.forms_with_must ?? 0n),
  };
}

function presentInflation(
  figures: BodyFigures | undefined,
  rows: InflatedRows | undefined,
): Figures["inflation"] {
  return {
    points: rows?.points ?? "0",
    unmeasured: rows?.unmeasured ?? "0",
    rows: Number(rows?.rows ?? 0n),
    boilerplate: Number(rows?.boilerplate ?? 0n),
    counted: Number(rows?.counted ?? 0n),
    exact: Number(rows?.exact ?? 0n),
    recomputed: Number(figures?.recomputed ?? 0n),
    above: Number(figures?.above ?? 0n),
    aboveBy: figures?.above_by ?? "0",
    formsUnmeasured: Number(rows?.forms_unmeasured ?? 0n),
    formsBoilerplate: Number(rows?.forms_boilerplate ?? 0n),
    formsExact: Number(rows?.forms_exact ?? 0n),
  };
}

/** Bodies compared. */
export async function comparisonOf(
  platform: Platform,
  caller: Caller,
  query: QueryOf<typeof getBodyStatistics>,
): AnswerOf<typeof getBodyStatistics> {
  const found = await askedOf(platform, caller, query);
  if (found.kind === "refused") return found;
  const { db } = platform;
  const { asked, body } = found.value;
  const [figures, inflated, bodies] = await Promise.all([
    figuresOf(db, asked),
    inflatedRowsOf(db, asked),
    bodiesOf(db, asked, body),
  ]);
  const figuresBy = new Map(figures.map((row) => [row.body, row]));
  const inflatedBy = new Map(inflated.map((row) => [row.body, row]));
  const of = (id: string | null): Figures => ({
    ...presentFigures(figuresBy.get(id)),
    inflation: presentInflation(figuresBy.get(id), inflatedBy.get(id)),
  });
  return done({
    body: {
      totals: of(null),
      bodies: bodies.map(({ id, name }) => ({ organisation: id, name, ...of(id) })),
    },
  });
}

/** A body over the years up to one. */
export async function yearsFor(
  platform: Platform,
  caller: Caller,
  query: QueryOf<typeof getYearStatistics>,
): AnswerOf<typeof getYearStatistics> {
  const found = await askedOf(platform, caller, query);
  if (found.kind === "refused") return found;
  const rows = await yearsOf(platform.db, found.value.asked, query.count);
  return done({
    body: {
      years: rows.map(({ year, figures, flow }) => ({
        year,
        ...presentFigures(figures),
        money: presentFlow(flow),
      })),
    },
  });
}

function under(form: Form, policy: PolicyPack) {
  const { total, possibleGrades }: FormScore = scoreForm(form, policy);
  const [low, high] =
    total.kind === "number"
      ? [total.value, total.value]
      : total.kind === "bounds"
        ? (total.between ?? [null, null])
        : [null, null];
  return { low: low && showDecimal(low), high: high && showDecimal(high), grades: [...possibleGrades] };
}

/** The totals of a page of forms under their own policy and under another; writes nothing. */
export async function policyTotalsOf(
  platform: Platform,
  caller: Caller,
  policyId: string,
  query: QueryOf<typeof comparePolicyTotals>,
): AnswerOf<typeof comparePolicyTotals> {
  const policy = findPolicy(policyId);
  if (!policy) return refused("policy-unknown", `没有评分办法“${policyId}”，可用的见评分办法目录。`);
  const found = await askedOf(platform, caller, query);
  if (found.kind === "refused") return found;
  const after = query.after === undefined ? null : fromCursor(query.after, { id: "id" });
  if (query.after !== undefined && after === null) return BAD_CURSOR;
  const rows = await formsToScore(
    platform.db,
    found.value.asked,
    await visibleTo(platform, caller),
    after?.id ?? null,
    query.limit + 1,
  );
  const page = rows.slice(0, query.limit);
  return done({
    body: {
      items: page.map((row) => {
        const form = row.form as Form;
        const own = (row.policy ? findPolicy(row.policy) : null) ?? selectPolicy(form).policy;
        return {
          submission: row.id,
          project: row.project_name,
          under: own.id,
          totalScore: row.total_score,
          grade: row.grade,
          before: under(form, own),
          after: under(form, policy),
        };
      }),
      next: rows.length > page.length ? toCursor({ id: page.at(-1)?.id ?? "" }) : null,
    },
  });
}

function categoryNamed(asked: string | undefined): string | null {
  if (asked === undefined || asked === "execution" || asked === "any") return null;
  return categoryTitle(asked === OTHER ? null : asked);
}

/** The forms behind a figure. */
export async function formsBehind(
  platform: Platform,
  caller: Caller,
  query: QueryOf<typeof listFormsBehind>,
): AnswerOf<typeof listFormsBehind> {
  const found = await askedOf(platform, caller, query);
  if (found.kind === "refused") return found;
  const after = query.after === undefined ? null : fromCursor(query.after, { place: "string", id: "id" });
  if (query.after !== undefined && (after === null || !/^-?\d{1,31}(\.\d{1,12})?$/.test(after.place)))
    return BAD_CURSOR;
  const visible = await visibleTo(platform, caller);
  const rows = await listBehind(platform.db, found.value.asked, query, {
    visible,
    after,
    limit: query.limit + 1,
    sort: query.sort,
    order: query.order,
  });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return done({
    body: {
      items: page.flatMap(({ id, ...row }) =>
        id === null
          ? []
          : [
              {
                submission: id,
                project: row.project_name,
                unit: row.unit_name,
                state: row.state,
                totalScore: row.total_score,
                recomputed: row.recomputed,
                grade: row.grade,
                adjustedBudget: row.adjusted === null ? null : yuanOf(row.adjusted),
                expenditure: row.spent === null ? null : yuanOf(row.spent),
                rate: row.rate,
              },
            ],
      ),
      next: rows.length > page.length && last?.id ? toCursor({ place: last.place, id: last.id }) : null,
      organisation: found.value.body.name,
      category: categoryNamed(query.category),
      forms: Number(rows[0]?.all ?? 0n),
      hidden: Number(rows[0]?.hidden ?? 0n),
    },
  });
}
