import { createHash } from "node:crypto";
import { type RollUpAnswer, rollUpSchema } from "@jiheng/contract";
import type {
  Answer,
  explainRollUp,
  getRollUp,
  makeRollUp,
  previewRollUp,
  remakeRollUp,
  splitRollUp,
} from "@jiheng/contract/http";
import type { Form } from "@jiheng/domain";
import { layoutOf, presentRollUp } from "@jiheng/exporters";
import {
  inPlainWords,
  type RolledUp,
  type RollUp,
  type RollUpChoices,
  type RollUpSource,
  rollUp,
  sourceOf,
} from "@jiheng/rollup";
import { carryIdentities, may } from "@jiheng/workflow";
import type { Kysely } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";
import { ENGINE_VERSION } from "../../platform/engine-version.ts";
import type { Call, ReplyOf } from "../../platform/http/route.ts";
import { done, type Outcome, refused, refusedBy } from "../../platform/outcome.ts";
import type { Caller, Platform, Work } from "../../platform/work.ts";
import {
  blobOf,
  indicatorsOf,
  issueSubmission,
  keepBlob,
  keyOf,
  type LoadedSubmission,
  reachedSubmission,
  type Saved,
  saveForm,
  seenSubmission,
  startSubmission,
  subjectOf,
  subjectOfEvent,
} from "../submissions/index.ts";
import { keepRollUp, lastMade, membersOf } from "./store.ts";

type AnswerTo<E extends { readonly answer: Answer }> = Promise<Outcome<ReplyOf<E["answer"]>>>;
type Reads = { readonly db: Kysely<Schema>; readonly caller: Caller };

/** What is rolled up and how. */
interface Recipe {
  readonly year: number;
  readonly name: string;
  readonly members: readonly string[];
  readonly choices: RollUpChoices;
  readonly template: string | undefined;
}

const DECIDED: readonly string[] = ["approved", "published", "archived"];

/** The members as sources, in the order given; every one must be decided, of the year, and the caller's to see. */
async function sourcesOf(
  reads: Reads,
  { year, members }: Pick<Recipe, "year" | "members">,
  at: Date,
): Promise<Outcome<readonly { readonly submission: LoadedSubmission; readonly source: RollUpSource }[]>> {
  const sources: { submission: LoadedSubmission; source: RollUpSource }[] = [];
  for (const [index, id] of [...new Set(members)].entries()) {
    const seen = await seenSubmission(reads, id, at);
    if (seen.kind === "refused") return seen;
    const submission = seen.value;
    const { project_name: project, form, state, kind } = submission;
    const wrong = (says: string) => refused("wrong-state", says, [{ at: `body.members[${index}]`, says }]);
    if (kind !== "self-evaluation" || submission.year !== year)
      return wrong(`“${project}”的这张表不是${year}年度的自评表，不能汇总。`);
    if (form === null || !DECIDED.includes(state))
      return wrong(`“${project}”的自评表还没有审核通过，不能汇总。请先审核。`);
    const kept = submission.is_rollup ? await keptAnswer(reads.db, submission) : null;
    const source = kept ? { form, file: null, parts: kept.sources, choices: kept.choices } : sourceOf(form);
    sources.push({ submission, source });
  }
  return done(sources);
}

/** What was kept of a roll-up whose form is still the one that was made; null where it was changed by hand since. */
async function keptAnswer(
  db: Kysely<Schema>,
  submission: LoadedSubmission,
): Promise<RollUpAnswer["rollUp"] | null> {
  const made = await lastMade(db, keyOf(submission));
  return made?.revision === submission.revision ? answerOf(db, submission.region, made.sha256) : null;
}

async function answerOf(
  db: Kysely<Schema>,
  region: string,
  sha256: string,
): Promise<RollUpAnswer["rollUp"] | null> {
  const bytes = await blobOf(db, region, sha256);
  return bytes ? rollUpSchema.parse(JSON.parse(bytes.toString("utf8"))).rollUp : null;
}

async function tryToRoll(
  reads: Reads,
  recipe: Recipe,
  at: Date,
): Promise<Outcome<{ readonly rolled: RollUp; readonly members: readonly LoadedSubmission[] }>> {
  const { name, choices, template } = recipe;
  if (template !== undefined && !layoutOf(template))
    return refused("invalid-input", `没有“${template}”这种表样，可用的见表样目录。`, [
      { at: "body.template", says: "没有这种表样" },
    ]);
  const sources = await sourcesOf(reads, recipe, at);
  if (sources.kind === "refused") return sources;
  const rolled = rollUp(
    sources.value.map(({ source }) => source),
    { ...choices, name, ...(template === undefined ? {} : { template }) },
  );
  return done({ rolled, members: sources.value.map(({ submission }) => submission) });
}

async function roll(
  reads: Reads,
  recipe: Recipe,
  at: Date,
): Promise<Outcome<{ readonly rolled: RolledUp; readonly members: readonly LoadedSubmission[] }>> {
  const tried = await tryToRoll(reads, recipe, at);
  if (tried.kind === "refused") return tried;
  const { rolled, members } = tried.value;
  if (rolled.kind === "refused")
    return refused(
      "rollup-refused",
      `不能汇总，有${rolled.conflicts.length}处冲突。`,
      rolled.conflicts.map(({ code, says, remedy }) => ({
        at: code,
        says: inPlainWords(`${says}。${remedy}。`),
      })),
    );
  return done({ rolled, members });
}

/** What it would give, or every conflict that has to be settled first. */
export async function preview({
  platform,
  caller,
  body,
}: Call<typeof previewRollUp>): AnswerTo<typeof previewRollUp> {
  const recipe = { ...body, template: body.template };
  const tried = await tryToRoll({ db: platform.db, caller }, recipe, platform.now());
  if (tried.kind === "refused") return tried;
  const { rolled } = tried.value;
  if (rolled.kind === "refused")
    return done({
      body: {
        kind: "refused",
        conflicts: rolled.conflicts.map(({ terms, row = null, ...conflict }) => ({
          ...conflict,
          remedy: inPlainWords(conflict.remedy),
          row,
          terms: terms.map((term) => ({ ...term })),
        })),
      },
    });
  const { rollUp: answer } = presentRollUp(rolled, ENGINE_VERSION);
  const { sources: _sources, ...part } = answer;
  const notes = rolled.notes.map(({ says }) => says);
  return done({ body: { kind: "rolled", form: rolled.form as never, ...part, notes } });
}

/** The form of a roll-up under its project's head, its rows under the identities the project has. */
async function formOf(work: Work, submission: LoadedSubmission, rolled: RolledUp): Promise<Form> {
  const known = await indicatorsOf(work.db, submission.region, submission.project);
  const { form } = carryIdentities(known, rolled.form, work.newId);
  return { ...form, id: submission.id, project: submission.project_name };
}

async function kept(
  work: Work,
  rolled: RolledUp,
  members: readonly LoadedSubmission[],
  saved: Saved,
): Promise<{
  readonly submission: string;
  readonly revision: number;
  readonly madeRevision: number;
  readonly sha256: string;
}> {
  const { submission } = saved;
  const answer = presentRollUp({ ...rolled, form: saved.form }, ENGINE_VERSION);
  const bytes = Buffer.from(JSON.stringify(answer));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await keepBlob(work.db, submission.region, { sha256, bytes }, work.at);
  const { revision, id } = submission;
  await keepRollUp(work.db, keyOf(submission), {
    ...{ revision, sha256, at: work.at, by: work.caller.actor.account },
    members: members.map((member) => ({ id: member.id, sha256: member.form_sha256 ?? "" })),
  });
  work.record(subjectOfEvent(submission), {
    type: "rollup.made",
    members: members.map((member) => member.id),
  });
  return { submission: id, revision, madeRevision: revision, sha256 };
}

/** Makes a roll-up of a project that has none this year. */
export function make({ command, body }: Call<typeof makeRollUp>): AnswerTo<typeof makeRollUp> {
  return command((work) => makeFor(work, body));
}

/** The same in a transaction that is open already. */
export async function makeFor(
  work: Work,
  body: Call<typeof makeRollUp>["body"],
): AnswerTo<typeof makeRollUp> {
  const { year, project } = body;
  const issued = await issueSubmission(work, {
    ...{ year, kind: "self-evaluation", project, due: null },
    isRollup: true,
  });
  if (issued.kind === "refused") return issued;
  const allowed = mayRollUp(work, issued.value);
  if (allowed.kind === "refused") return allowed;
  const made = await roll(
    work,
    { ...body, name: issued.value.project_name, template: body.template },
    work.at,
  );
  if (made.kind === "refused") return made;
  const { rolled, members } = made.value;
  const form = await formOf(work, issued.value, rolled);
  const saved = await startSubmission(work, issued.value, { from: "members", form });
  if (saved.kind === "refused") return saved;
  const answer = await kept(work, rolled, members, saved.value);
  return done({ body: answer, revision: answer.revision });
}

function mayRollUp(work: Work, submission: LoadedSubmission): Outcome<null> {
  const allowed = may(work.caller.actor, "roll-up", subjectOf(submission), work.at.toISOString());
  return allowed.kind === "refused" ? refusedBy(allowed) : done(null);
}

/** Makes it again. */
export function remake({
  command,
  params,
  body,
  ifMatch,
}: Call<typeof remakeRollUp>): AnswerTo<typeof remakeRollUp> {
  return command(async (work) => {
    const reached = await reachedSubmission(work, params.submission, work.at);
    if (reached.kind === "refused") return reached;
    const submission = reached.value;
    if (!submission.is_rollup) return NOT_ROLLED;
    const allowed = mayRollUp(work, submission);
    if (allowed.kind === "refused") return allowed;
    if (ifMatch !== submission.revision)
      return refused("revision-stale", "这张汇总表刚被改过，请刷新后再重新汇总。");
    const { year, project_name: name } = submission;
    const made = await roll(work, { ...body, year, name, template: body.template }, work.at);
    if (made.kind === "refused") return made;
    const { rolled, members } = made.value;
    const saved = await saveForm(work, submission, await formOf(work, submission, rolled), { kind: "whole" });
    if (saved.kind === "refused") return saved;
    if (saved.value.submission.revision === submission.revision)
      return refused("wrong-state", "重新汇总的结果与现在的表完全相同，没有改动。");
    const answer = await kept(work, rolled, members, saved.value);
    return done({ body: answer, revision: answer.revision });
  });
}

const NOT_ROLLED = refused("wrong-state", "这张表不是汇总而成的。");

async function madeOf(
  { db, now }: Platform,
  caller: Caller,
  id: string,
): Promise<
  Outcome<{
    readonly submission: LoadedSubmission;
    readonly made: NonNullable<Awaited<ReturnType<typeof lastMade>>>;
    readonly answer: RollUpAnswer["rollUp"];
  }>
> {
  const seen = await seenSubmission({ db, caller }, id, now());
  if (seen.kind === "refused") return seen;
  const made = await lastMade(db, keyOf(seen.value));
  const answer = made ? await answerOf(db, caller.region, made.sha256) : null;
  return made && answer ? done({ submission: seen.value, made, answer }) : NOT_ROLLED;
}

/** What it was made of. */
export async function detail({
  platform,
  caller,
  params,
}: Call<typeof getRollUp>): AnswerTo<typeof getRollUp> {
  const found = await madeOf(platform, caller, params.submission);
  if (found.kind === "refused") return found;
  const { submission, made, answer } = found.value;
  const members = await membersOf(platform.db, keyOf(submission));
  return done({
    body: {
      ...{ submission: submission.id, revision: submission.revision, madeRevision: made.revision },
      ...{
        sha256: made.sha256,
        choices: answer.choices,
        offers: answer.offers,
        madeAt: made.at.toISOString(),
      },
      members: members.map(({ project_name: project, unit_name: unit, ...member }) => ({
        ...member,
        project,
        unit,
      })),
    },
  });
}

/** Where the figures at a place come from. */
export async function explain({
  platform,
  caller,
  params,
  query,
}: Call<typeof explainRollUp>): AnswerTo<typeof explainRollUp> {
  const found = await madeOf(platform, caller, params.submission);
  if (found.kind === "refused") return found;
  const { traces } = found.value.answer;
  const derivations = Object.fromEntries(
    Object.entries(traces).filter(([at]) => at === query.at || at.startsWith(`${query.at}.`)),
  );
  if (Object.keys(derivations).length === 0)
    return refused(
      "not-found",
      `汇总表的“${query.at}”没有来历记录，请给出表上的位置，如 indicators[0].actual。`,
    );
  return done({ body: { derivations } });
}

/** The sources as they were. */
export async function split({
  platform,
  caller,
  params,
}: Call<typeof splitRollUp>): AnswerTo<typeof splitRollUp> {
  const found = await madeOf(platform, caller, params.submission);
  return found.kind === "refused" ? found : done({ body: { sources: found.value.answer.sources } });
}
