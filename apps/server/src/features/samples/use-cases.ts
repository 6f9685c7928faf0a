import { createHash } from "node:crypto";
import type {
  Answer,
  assignReview,
  beginReview,
  cancelSample,
  compareReviews,
  downloadPopulation,
  drawSample as drawEndpoint,
  getSample,
  listMyReviews,
  listReviewers,
  listSamples,
  previewPopulation,
  sampleSchema,
} from "@jiheng/contract/http";
import { compare, decimal, formatDecimal, parseDecimal, showDecimal } from "@jiheng/domain";
import {
  drawSample,
  populationText,
  reviewDeviation,
  reviewedTotal,
  type SampleUnit,
  STATE_TITLES,
  type State,
  sampleStatement,
  standingTitle,
  startFrom,
} from "@jiheng/workflow";
import type { Kysely } from "kysely";
import type { z } from "zod";
import { BAD_CURSOR, fromCursor, isInstant, toCursor } from "../../platform/cursor.ts";
import type { Schema } from "../../platform/database/schema.ts";
import type { Call, ReplyOf } from "../../platform/http/route.ts";
import { newSecret } from "../../platform/http/secrets.ts";
import { fenOf, yuanOf } from "../../platform/money.ts";
import { done, type Outcome, refused } from "../../platform/outcome.ts";
import type { Caller, Platform, Work } from "../../platform/work.ts";
import { giveReview, permittedBody, thirdParties, thirdPartiesOf } from "../organisations/index.ts";
import {
  blobOf,
  issueSubmission,
  keepBlob,
  loadSubmission,
  reachedSubmission,
  startSubmission,
} from "../submissions/index.ts";
import { deductionsOf, gradeOfScore, reviewedRows, unlikeRows } from "./compare.ts";
import { missesOf } from "./kinds-of-miss.ts";
import {
  bindReview,
  type Candidate,
  candidatesOf,
  type ItemRow,
  insertSample,
  isWithdrawn,
  itemsOf,
  type LeftOut,
  lockItem,
  lockSample,
  markCancelled,
  type Narrowing,
  namesOf,
  type SampleRow,
  sampleOf,
  samplePage,
  sheetsToWrite,
} from "./store.ts";

type AnswerTo<E extends { readonly answer: Answer }> = Promise<Outcome<ReplyOf<E["answer"]>>>;
type Reads = { readonly db: Kysely<Schema>; readonly caller: Caller };

const UNKNOWN = refused("not-found", "没有这个样本，或者它不在您的范围内。");

function presentSample(row: SampleRow): z.input<typeof sampleSchema> {
  return {
    ...{ id: row.id, year: row.year, name: row.name, organisation: row.scope, method: row.method },
    ...{ seed: row.seed, size: row.size, population: row.population, byName: row.by_name },
    ...{ populationSha256: row.population_sha256, at: row.at.toISOString() },
    narrowedTo: [...(row.narrowing ?? [])],
    cancelled:
      row.cancelled_at === null
        ? null
        : {
            at: row.cancelled_at.toISOString(),
            byName: row.cancelled_by_name ?? "",
            reason: row.cancel_reason ?? "",
          },
  };
}

type Parties = Awaited<ReturnType<typeof thirdPartiesOf>>;

/** The states in which a review sheet is still to be written: only there is somebody who writes it of use. */
const TO_WRITE = ["issued", "draft", "returned", "withdrawn"];

async function partiesOf({ db, caller }: Reads, items: readonly ItemRow[], at: Date): Promise<Parties> {
  const sheets = items.flatMap(({ review }) => (review === null ? [] : [review]));
  return thirdPartiesOf(db, caller.region, sheets, at);
}

function markedRows({ review_form }: ItemRow): number {
  return review_form?.indicators.filter(({ reviewScore }) => reviewScore !== null).length ?? 0;
}

function presentItem(row: ItemRow, why: string, parties: Parties) {
  const reviewScore = row.review_form ? reviewedTotal(row.review_form) : null;
  const deviation = reviewScore === null ? null : reviewDeviation(row.self_score, reviewScore);
  return {
    ...{ position: row.position, submission: row.submission, project: row.project_name, unit: row.unit_name },
    ...{ why, selfScore: row.self_score, selfGrade: row.self_grade, review: row.review },
    thirdParties: (parties.get(row.review ?? "") ?? []).map(({ account, name, until }) => ({
      ...{ account, name, until: until.toISOString() },
    })),
    marked: markedRows(row),
    ...{ reviewState: row.review_state, reviewScore, reviewGrade: gradeOfScore(reviewScore, row.policy) },
    deviation: deviation?.kind === "computed" ? deviation.percent : null,
    says: deviation?.kind === "lacking" ? deviation.why : null,
  };
}

/** Draws a sample: the population is kept as the very lines its hash was taken of. */
export function draw({ command, body }: Call<typeof drawEndpoint>): AnswerTo<typeof drawEndpoint> {
  return command((work) => drawFor(work, body));
}

/** The same in a transaction that is open already. */
export async function drawFor(
  work: Work,
  body: Call<typeof drawEndpoint>["body"],
): AnswerTo<typeof drawEndpoint> {
  const { db, caller, at, newId } = work;
  const scope = await permittedBody(work, "draw-sample", body.organisation, at);
  if (scope.kind === "refused") return scope;
  const { kind, id: of } = scope.value;
  const scopeOf = { region: caller.region, kind, id: of };
  const candidates = await candidatesOf(db, scopeOf, body.year, inFen(body.narrowing));
  const population = candidates
    .filter(({ why }) => why === null)
    .map(({ id, money, risk, stratum }): SampleUnit => ({ id, money, risk, stratum }));
  const narrowing = inWords(body.narrowing, candidates);
  if (population.length === 0)
    return refused(
      "wrong-state",
      narrowing.length > 0
        ? `“${scope.value.name}”${body.year}年没有符合条件（${narrowing.join("；")}）的自评表，请放宽条件。`
        : `“${scope.value.name}”${body.year}年还没有主管部门审核通过的自评表，没有可以抽取的。`,
    );
  const { method, size, seed = newSecret().slice(0, 16) } = body;
  const sample = drawSample(population, { method, size, seed });
  const bytes = Buffer.from(populationText(population));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await keepBlob(db, caller.region, { sha256, bytes }, at);
  const id = newId();
  await insertSample(db, caller.region, {
    ...{ id, year: body.year, name: body.name, scope: of, method, seed, size: sample.size },
    ...{ population: population.length, population_sha256: sha256, statement: sample, at },
    narrowing: narrowing.length > 0 ? narrowing : null,
    by: caller.actor.account,
  });
  work.record(
    { kind: "sample", id, year: body.year },
    {
      ...{ type: "sample.drawn", method, seed, population: population.length, populationSha256: sha256 },
      chosen: sample.chosen.map((one) => one.id),
      ...(narrowing.length > 0 ? { narrowedTo: narrowing } : {}),
    },
  );
  return detailOf(work, body.year, id, "0", at);
}

type Asked = Call<typeof drawEndpoint>["body"]["narrowing"];

function inFen({ departments, grade, moneyFrom, moneyTo, riskFrom }: Asked): Narrowing {
  return {
    ...{ departments, grade, riskFrom },
    moneyFrom: moneyFrom === undefined ? undefined : fenOf(moneyFrom),
    moneyTo: moneyTo === undefined ? undefined : fenOf(moneyTo),
  };
}

/** By what a population was narrowed, as the sample says it for good. */
function inWords(
  { departments, grade, moneyFrom, moneyTo, riskFrom }: Asked,
  candidates: readonly Candidate[],
): string[] {
  const names = new Map(candidates.map(({ department, stratum }) => [department, stratum]));
  return [
    ...(departments ? [`主管部门：${departments.map((id) => names.get(id) ?? id).join("、")}`] : []),
    ...(grade === undefined ? [] : [`等级：${grade}`]),
    ...(moneyFrom === undefined ? [] : [`支出不少于${moneyFrom}元`]),
    ...(moneyTo === undefined ? [] : [`支出不多于${moneyTo}元`]),
    ...(riskFrom === undefined ? [] : [`风险不低于${riskFrom}`]),
  ];
}

const LEFT_OUT: Readonly<Record<LeftOut, string>> = {
  classified: "涉密项目，线下办理",
  rollup: "汇总表，数字已在各张表里",
  empty: "还没有填",
  undecided: "主管部门还没有审核通过",
  archived: "已归档",
  department: "不在所选的主管部门",
  grade: "不是所选的等级",
  "money-unknown": "没有填支出，不能按金额收窄",
  money: "支出不在所选的范围",
  risk: "风险低于所选的",
};

function groupOf(candidates: readonly Candidate[]) {
  const known = candidates.flatMap(({ money }) => (money === null ? [] : [money]));
  return {
    forms: candidates.length,
    money: yuanOf(known.reduce((sum, money) => sum + money, 0n)),
    moneyUnknown: candidates.length - known.length,
  };
}

/** What would be drawn from, and what is left out with why. */
export async function preview({
  platform: { db, now },
  caller,
  query,
}: Call<typeof previewPopulation>): AnswerTo<typeof previewPopulation> {
  const { year, organisation, departments, ...rest } = query;
  const scope = await permittedBody({ db, caller }, "draw-sample", organisation, now());
  if (scope.kind === "refused") return scope;
  const asked = { ...rest, ...(departments === undefined ? {} : { departments: departments.split(",") }) };
  const { kind, id } = scope.value;
  const all = await candidatesOf(db, { region: caller.region, kind, id }, year, inFen(asked));
  const NARROWED: readonly (LeftOut | null)[] = [
    "department",
    "grade",
    "money-unknown",
    "money",
    "risk",
    null,
  ];
  const could = all.filter(({ why }) => NARROWED.includes(why));
  const byDepartment = Map.groupBy(could, ({ department }) => department);
  const byWhy = Map.groupBy(
    all.filter(({ why }) => why !== null),
    ({ why }) => why as LeftOut,
  );
  return done({
    body: {
      ...groupOf(all.filter(({ why }) => why === null)),
      departments: [...byDepartment]
        .map(([of, own]) => ({ id: of, name: own[0]?.stratum ?? "", ...groupOf(own) }))
        .toSorted((a, b) => b.forms - a.forms),
      grades: [...new Set(could.flatMap(({ grade }) => (grade === null ? [] : [grade])))],
      excluded: (Object.entries(LEFT_OUT) as [LeftOut, string][]).flatMap(([why, says]) => {
        const left = byWhy.get(why);
        return left ? [{ why: says, ...groupOf(left) }] : [];
      }),
    },
  });
}

/** Withdraws a sample: nothing of it is taken away, but it is worked on no more. */
export function cancel({ command, params, body }: Call<typeof cancelSample>): AnswerTo<typeof cancelSample> {
  return command(async (work) => {
    const { db, caller, at } = work;
    await lockSample(db, caller.region, params.year, params.sample);
    const row = await sampleOf(db, caller.region, params.year, params.sample);
    if (!row) return UNKNOWN;
    const allowed = await permittedBody(work, "draw-sample", row.scope, at);
    if (allowed.kind === "refused") return allowed;
    if (row.cancelled_at !== null) return refused("wrong-state", "这个样本已经作废。");
    const items = await itemsOf(db, caller.region, params.year, params.sample);
    const marked = items.filter((item) => markedRows(item) > 0);
    if (marked.length > 0 && !body.evenMarked)
      return refused(
        "wrong-state",
        `已有${marked.length}张复核表填了复核得分。作废后这些得分不再作为复核结果；确实要作废的，请写明“已有得分，仍要作废”。`,
        marked.map(({ project_name }) => ({ at: "body.evenMarked", says: `“${project_name}”已有复核得分` })),
      );
    await markCancelled(db, caller.region, params, { at, by: caller.actor.account, reason: body.reason });
    work.record(
      { kind: "sample", id: row.id, year: row.year },
      {
        ...{ type: "sample.cancelled", reason: body.reason, seed: row.seed },
        ...{ populationSha256: row.population_sha256, marked: marked.length },
      },
    );
    return detailOf(work, params.year, params.sample, "0", at);
  });
}

async function detailOf(
  { db, caller }: Reads,
  year: number,
  id: string,
  tolerance: string,
  at: Date,
): AnswerTo<typeof getSample> {
  const row = await sampleOf(db, caller.region, year, id);
  if (!row) return UNKNOWN;
  const why = new Map(row.statement.chosen.map((one) => [one.id, one.why]));
  const drawn = await itemsOf(db, caller.region, year, id);
  const parties = await partiesOf({ db, caller }, drawn, at);
  const items = drawn.map((item) => presentItem(item, why.get(item.submission) ?? "", parties));
  const limit = parseDecimal(tolerance) ?? decimal(0);
  const reviewed = items.filter(({ deviation }) => deviation !== null);
  const results = new Map(
    reviewed.map(({ submission, deviation }) => {
      const size = parseDecimal((deviation ?? "0").replace("-", "")) ?? decimal(0);
      return [submission, compare(size, limit) > 0];
    }),
  );
  const population = await keptPopulation(db, caller.region, row);
  const { inference, ...statement } = sampleStatement(
    row.statement,
    population,
    results.size > 0 ? results : null,
  );
  const bounds = inference.kind === "bounds" ? inference.bounds.map((bound) => ({ ...bound })) : [];
  const says = [
    ...statement.says,
    ...(row.narrowing
      ? [
          `总体已收窄（${row.narrowing.join("；")}），以上结论只对收窄后的${row.population}份成立，不能说到其余的表。`,
        ]
      : []),
  ];
  return done({
    body: { ...presentSample(row), items, statement: { ...statement, says, bounds } },
  });
}

/** The population from its kept lines. */
async function keptPopulation(db: Kysely<Schema>, region: string, row: SampleRow): Promise<SampleUnit[]> {
  const bytes = await blobOf(db, region, row.population_sha256);
  const lines = bytes?.toString("utf8").trimEnd().split("\n") ?? [];
  return lines.map((line) => {
    const [id, money, risk, stratum] = JSON.parse(line) as [string, string | null, number, string];
    return { id, money: money === null ? null : BigInt(money), risk, stratum };
  });
}

async function seenSample(
  { db, now }: Platform,
  caller: Caller,
  { year, sample }: { readonly year: number; readonly sample: string },
): Promise<Outcome<SampleRow>> {
  const row = await sampleOf(db, caller.region, year, sample);
  if (!row) return UNKNOWN;
  const allowed = await permittedBody({ db, caller }, "view-statistics", row.scope, now());
  if (allowed.kind === "done") return done(row);
  return allowed.code === "out-of-scope" ? UNKNOWN : allowed;
}

/** One sample with what is known by now. */
export async function detail({
  platform,
  caller,
  params,
  query,
}: Call<typeof getSample>): AnswerTo<typeof getSample> {
  const seen = await seenSample(platform, caller, params);
  if (seen.kind === "refused") return seen;
  return detailOf({ db: platform.db, caller }, params.year, params.sample, query.tolerance, platform.now());
}

/** The samples drawn from a body. */
export async function list({
  platform: { db, now },
  caller,
  query,
}: Call<typeof listSamples>): AnswerTo<typeof listSamples> {
  const allowed = await permittedBody({ db, caller }, "view-statistics", query.organisation, now());
  if (allowed.kind === "refused") return allowed;
  const place = query.after === undefined ? null : fromCursor(query.after, { at: "string", id: "id" });
  if (query.after !== undefined && !(place && isInstant(place.at))) return BAD_CURSOR;
  const { organisation, year } = query;
  const rows = await samplePage(db, caller.region, { organisation, year }, place, query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const next =
    rows.length > page.length && last ? toCursor({ at: last.at.toISOString(), id: last.id }) : null;
  return done({ body: { items: page.map(presentSample), next } });
}

/** The lines the hash was taken of. */
export async function population({
  platform,
  caller,
  params,
}: Call<typeof downloadPopulation>): AnswerTo<typeof downloadPopulation> {
  const seen = await seenSample(platform, caller, params);
  if (seen.kind === "refused") return seen;
  const bytes = await blobOf(platform.db, caller.region, seen.value.population_sha256);
  if (!bytes) return UNKNOWN;
  return done({ name: `${seen.value.name}-总体清单.jsonl`, media: "application/x-ndjson", bytes });
}

/** The third parties a finance officer may choose from. */
export async function reviewers({
  platform: { db, now },
  caller,
  params,
}: Call<typeof listReviewers>): AnswerTo<typeof listReviewers> {
  const row = await sampleOf(db, caller.region, params.year, params.sample);
  if (!row) return UNKNOWN;
  const at = now();
  const allowed = await permittedBody({ db, caller }, "assign-review", row.scope, at);
  if (allowed.kind === "refused") return allowed;
  const items = await thirdParties(db, caller.region, at);
  return done({
    body: { items: items.map(({ until, ...who }) => ({ ...who, until: until.toISOString() })) },
  });
}

/** The review sheets that wait for whoever asks: a third party's own, and a finance officer's with those nobody has taken yet. */
export async function mine({
  platform: { db, now },
  caller,
}: Call<typeof listMyReviews>): AnswerTo<typeof listMyReviews> {
  const at = now();
  const { account, grants } = caller.actor;
  const held = new Map<string, string>();
  for (const { role, until, submissions } of grants)
    if (role === "third-party" && until !== null && Date.parse(until) > at.getTime())
      for (const each of submissions ?? []) if ((held.get(each) ?? "") < until) held.set(each, until);
  const isOfficer = grants.some(
    ({ role, until }) => role === "finance-officer" && (until === null || Date.parse(until) > at.getTime()),
  );
  const sheets = await sheetsToWrite(db, caller.region, {
    states: TO_WRITE,
    only: isOfficer ? null : [...held.keys()],
  });
  const parties = await thirdPartiesOf(
    db,
    caller.region,
    sheets.map(({ review }) => review),
    at,
  );
  const items = sheets.flatMap(({ authors, due_at, return_reason, ...sheet }) => {
    const why = held.has(sheet.review)
      ? ("assigned" as const)
      : authors.includes(account)
        ? ("begun" as const)
        : authors.length === 0 && !parties.has(sheet.review)
          ? ("open" as const)
          : null;
    if (why === null) return [];
    return [
      {
        ...sheet,
        why,
        due: due_at?.toISOString() ?? null,
        until: held.get(sheet.review) ?? null,
        returnReason: return_reason,
      },
    ];
  });
  const order = { assigned: 0, begun: 0, open: 1 };
  return done({ body: { items: items.toSorted((a, b) => order[a.why] - order[b.why]) } });
}

/** Issues the review sheet and, for a third party, the right to it and to what it is about, for a time. */
export function assign({ command, params, body }: Call<typeof assignReview>): AnswerTo<typeof assignReview> {
  return command((work) => assignFor(work, params, body));
}

/** The same in a transaction that is open already. */
export async function assignFor(
  work: Work,
  params: Call<typeof assignReview>["params"],
  body: Call<typeof assignReview>["body"],
): AnswerTo<typeof assignReview> {
  const { db, caller, at } = work;
  const row = await sampleOf(db, caller.region, params.year, params.sample);
  if (!row) return UNKNOWN;
  const allowed = await permittedBody(work, "assign-review", row.scope, at);
  if (allowed.kind === "refused") return allowed;
  if (row.cancelled_at !== null) return refused("wrong-state", "这个样本已经作废，不再安排复核。");
  if (!(await lockItem(db, caller.region, params.year, params.sample, params.submission)))
    return refused("not-found", "这个样本没有抽中这张表。");
  const [item] = await itemsOf(db, caller.region, params.year, params.sample, params.submission);
  if (!item) return UNKNOWN;
  if (body.account !== null && item.review_state !== null && !TO_WRITE.includes(item.review_state))
    return refused(
      "wrong-state",
      `复核表的状态是“${STATE_TITLES[item.review_state as State] ?? item.review_state}”，已经交出，不能再加第三方；退回后可以。`,
    );
  const issued = item.review === null ? await issueReview(work, params, item, body.due) : done(item.review);
  if (issued.kind === "refused") return issued;
  const review = issued.value;
  if (body.account !== null) {
    if (body.until === null)
      return refused("invalid-input", "第三方的权限须有截止时间。", [{ at: "body.until", says: "须填写" }]);
    const given = await giveReview(work, {
      account: body.account,
      until: new Date(body.until),
      submissions: [review, item.submission],
      about: [item.project, item.unit, item.department],
    });
    if (given.kind === "refused") return given;
  }
  const [after] = await itemsOf(db, caller.region, params.year, params.sample, params.submission);
  const why = row.statement.chosen.find((one) => one.id === params.submission)?.why ?? "";
  return after
    ? done({ body: presentItem(after, why, await partiesOf({ db, caller }, [after], at)) })
    : UNKNOWN;
}

async function issueReview(
  work: Work,
  { year, sample }: { readonly year: number; readonly sample: string },
  item: ItemRow,
  due: string | null,
): Promise<Outcome<string>> {
  const issued = await issueSubmission(work, {
    year,
    kind: "review",
    project: item.project,
    basis: item.submission,
    due,
  });
  if (issued.kind === "refused") return issued;
  const review = issued.value.id;
  await bindReview(work.db, work.caller.region, year, { sample, submission: item.submission, review });
  return done(review);
}

/** Begins a review sheet with what the unit handed in. */
export function begin({ command, params }: Call<typeof beginReview>): AnswerTo<typeof beginReview> {
  return command((work) => beginFor(work, params.submission));
}

/** The same in a transaction that is open already. */
export async function beginFor(work: Work, id: string): AnswerTo<typeof beginReview> {
  const reached = await reachedSubmission(work, id, work.at);
  if (reached.kind === "refused") return reached;
  const sheet = reached.value;
  if (sheet.kind !== "review") return refused("wrong-state", "这不是复核表，请用“开始填报”。");
  if (sheet.state !== "issued")
    return refused("wrong-state", `复核表的状态是“${standingTitle(sheet.state, sheet.desk)}”，已经开始。`);
  if (await isWithdrawn(work.db, work.caller.region, sheet.year, sheet.id))
    return refused("wrong-state", "抽中这张表的样本已经作废，不用复核。");
  const source = sheet.basis === null ? null : await loadSubmission(work, sheet.basis);
  if (!source?.form) return refused("wrong-state", "被复核的自评表已经没有内容，不能开始复核。");
  const { form } = startFrom("review", source.form, { id: sheet.id, year: sheet.year });
  const begun = await startSubmission(work, sheet, { from: "blank", form, source: source.id });
  if (begun.kind === "refused") return begun;
  const { id: submission, revision } = begun.value.submission;
  return done({ body: { submission, revision }, revision });
}

/** As many rows of one kind of miss as a person would look through. */
const MOST_EXAMPLES = 100;

/** How evenly marks were taken off. */
export async function consistency({
  platform,
  caller,
  params,
}: Call<typeof compareReviews>): AnswerTo<typeof compareReviews> {
  const seen = await seenSample(platform, caller, params);
  if (seen.kind === "refused") return seen;
  const { db } = platform;
  const items = await itemsOf(db, caller.region, params.year, params.sample);
  const rows = items.flatMap(({ review, review_form, reviewers, project_name }) => {
    const reviewer = reviewers?.[0];
    return review && review_form && reviewer
      ? reviewedRows({ id: review, project: project_name, reviewer }, review_form)
      : [];
  });
  const byReviewer = Map.groupBy(rows, ({ reviewer }) => reviewer);
  const names = await namesOf(db, caller.region, [...byReviewer.keys()]);
  const { misses, left } = missesOf(rows);
  return done({
    body: {
      misses: misses.map(({ examples, reviewers: own, ...miss }) => ({
        ...miss,
        reviewers: own.map(({ account, ...spread }) => ({
          account,
          name: names.get(account) ?? "",
          ...spread,
        })),
        examples: examples.slice(0, MOST_EXAMPLES).map((row) => ({
          ...{ review: row.review, project: row.project, reviewer: names.get(row.reviewer) ?? "" },
          ...{ name: row.name, target: row.target, actual: row.actual, points: row.points },
          ...{ self: showDecimal(row.self), reviewed: showDecimal(row.reviewed) },
          off: formatDecimal(row.off, 2),
          short: row.short && formatDecimal(row.short, 2),
          beyond: row.beyond && formatDecimal(row.beyond, 2),
        })),
      })),
      left,
      reviewers: [...byReviewer].map(([account, own]) => ({
        ...{ account, name: names.get(account) ?? "", forms: new Set(own.map(({ review }) => review)).size },
        ...deductionsOf(own),
      })),
      kinds: [...Map.groupBy(rows, ({ level2 }) => level2)].map(([level2, own]) => ({
        level2,
        ...deductionsOf(own),
      })),
      unlike: unlikeRows(rows).map((group) => ({
        name: group[0]?.name ?? "",
        rows: group.map(({ review, project, reviewer, target, actual, points, self, reviewed }) => ({
          ...{ review, project, reviewer: names.get(reviewer) ?? "", target, actual, points },
          self: showDecimal(self),
          reviewed: showDecimal(reviewed),
        })),
        says: `同名的${group.length}行指标值和完成值相同，复核得分的比例不同，请核对扣分标准是否一致。`,
      })),
    },
  });
}
