import type {
  Answer,
  compareRevisions,
  decideInBulk,
  downloadScan,
  downloadVersion,
  getForm,
  getHistory,
  getSubmission,
  issueSubmission,
  listJustifications,
  listReturns,
  listSaves,
  listSubmissions,
  listVersions,
  openSubmission,
  receiveSubmission,
  startSubmission,
} from "@jiheng/contract/http";
import type { Form } from "@jiheng/domain";
import { standingTitle } from "@jiheng/workflow";
import type { z } from "zod";
import { fromCursor, isIdentity, isInstant, toCursor } from "../../platform/cursor.ts";
import type { ReplyOf } from "../../platform/http/route.ts";
import { done, type Outcome, refused } from "../../platform/outcome.ts";
import { queryTerms } from "../../platform/search-terms.ts";
import type { Caller, Platform, Work } from "../../platform/work.ts";
import { notCitable } from "./cited-findings.ts";
import type { BulkItem } from "./decide-in-bulk.ts";
import { decideOn, type Moved, type StandingCommand } from "./decide-on.ts";
import { differenceBetween } from "./history.ts";
import type { LoadedSubmission } from "./load-submission.ts";
import {
  presentDetail,
  presentEvent,
  presentForm,
  presentJustification,
  presentSaved,
  presentSummary,
  presentVersion,
} from "./present.ts";
import { returnsOf } from "./returns.ts";
import { keyOf } from "./save-form.ts";
import { scanKindOf } from "./seal-version.ts";
import { issueSubmission as issue, makeSubmission, startSubmission as start } from "./start-submission.ts";
import {
  blobOf,
  bodyNames,
  bytesOfForm,
  eventsOf,
  justificationsOf,
  listRows,
  reviewOf,
  rootOf,
  savesOf,
  versionOf,
  versionsOf,
} from "./store.ts";
import { isVisibleTo, reachedSubmission, seenSubmission } from "./visibility.ts";

type AnswerOf<E extends { readonly answer: Answer }> = Outcome<ReplyOf<E["answer"]>>;
type QueryOf<E extends { readonly query: z.ZodType }> = z.output<E["query"]>;
type BodyOf<E extends { readonly body: z.ZodType | null }> = z.output<NonNullable<E["body"]>>;

/** The answer made from what was done; a refusal stays one. */
export function answerWith<T, R>(outcome: Outcome<T>, answer: (value: T) => R): Outcome<R> {
  return outcome.kind === "refused" ? outcome : done(answer(outcome.value));
}

/** What a command answers: the submission as it stands now and what was frozen. */
export function movedAnswer(work: Work) {
  return ({ submission, version }: Moved): ReplyOf<(typeof receiveSubmission)["answer"]> => ({
    body: { submission: presentDetail(submission, work.caller.actor, work.at), version },
    revision: submission.revision,
  });
}

const BAD_CURSOR = refused("invalid-input", "翻页位置 after 不是本清单给出的，请从第一页重新查询。", [
  { at: "query.after", says: "不是本清单给出的" },
]);

/** Submissions the caller may see, filtered, sorted and paged. */
export async function listFor(
  { db, now }: Platform,
  { region, actor }: Caller,
  query: QueryOf<typeof listSubmissions>,
): Promise<AnswerOf<typeof listSubmissions>> {
  const { limit, after, sort, q, ...filter } = query;
  const terms = q === undefined ? undefined : queryTerms(q);
  if (terms === null) return done({ body: { items: [], next: null, bodies: {} } });
  const place =
    after === undefined ? null : fromCursor(after, { sort: "string", key: "string", id: "string" });
  if (after !== undefined && (place === null || place.sort !== sort || !isPlace(sort, place.key, place.id)))
    return BAD_CURSOR;
  const visible = isVisibleTo(actor, await rootOf(db, region), now());
  const rows = await listRows(
    db,
    region,
    visible,
    { ...filter, terms },
    { sort, after: place, limit: limit + 1 },
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return done({
    body: {
      items: page.map(presentSummary),
      bodies: await bodyNames(db, region, [
        ...new Set(page.flatMap(({ department, unit }) => [department, unit])),
      ]),
      next: rows.length > limit && last ? toCursor({ sort, key: keyOfRow(last, sort), id: last.id }) : null,
    },
  });
}

function keyOfRow(
  row: { updated_at: Date; risk: number; project_name: string },
  sort: "updated" | "risk" | "project",
): string {
  return sort === "updated"
    ? row.updated_at.toISOString()
    : sort === "risk"
      ? String(row.risk)
      : row.project_name;
}

function isPlace(sort: "updated" | "risk" | "project", key: string, id: string): boolean {
  if (!isIdentity(id)) return false;
  if (sort === "updated") return isInstant(key);
  return sort === "project" ? key.length <= 1_000 : /^-?\d{1,9}$/.test(key);
}

/** One submission with its buttons. */
export async function submissionFor(
  { db, now }: Platform,
  caller: Caller,
  id: string,
): Promise<AnswerOf<typeof getSubmission>> {
  const at = now();
  return answerWith(await seenSubmission({ db, caller }, id, at), (submission) => ({
    body: presentDetail(submission, caller.actor, at),
    revision: submission.revision,
  }));
}

/** The form of record with its review and the justifications that hold. */
export async function formFor(
  { db, now }: Platform,
  caller: Caller,
  id: string,
): Promise<AnswerOf<typeof getForm>> {
  const at = now();
  const seen = await seenSubmission({ db, caller }, id, at);
  if (seen.kind === "refused") return seen;
  const submission = seen.value;
  const [review, justifications] = await Promise.all([
    reviewOf(db, keyOf(submission)),
    justificationsOf(db, keyOf(submission)),
  ]);
  return done({
    body: {
      submission: presentDetail(submission, caller.actor, at),
      form: submission.form === null ? null : presentForm(submission.form),
      sha256: submission.form_sha256,
      review,
      justifications: justifications.filter((row) => row.retracted_at === null).map(presentJustification),
    },
    revision: submission.revision,
  });
}

/** Issues one form. */
export async function issueFor(
  work: Work,
  body: BodyOf<typeof issueSubmission>,
): Promise<AnswerOf<typeof issueSubmission>> {
  return answerWith(await issue(work, body), (submission) => detailAnswer(work, submission));
}

function detailAnswer(work: Work, submission: LoadedSubmission) {
  return {
    body: presentDetail(submission, work.caller.actor, work.at),
    location: `/api/v1/submissions/${submission.id}`,
  };
}

/** Opens a declaration or an adjustment of the unit's own accord. */
export async function openFor(
  work: Work,
  { from, template, ...request }: BodyOf<typeof openSubmission>,
): Promise<AnswerOf<typeof openSubmission>> {
  const made = await makeSubmission(work, request);
  if (made.kind === "refused") return made;
  const saved = await start(work, made.value, { from, ...(template === undefined ? {} : { template }) });
  return answerWith(saved, (value) => ({
    body: presentSaved(value, work.caller.actor, work.at),
    revision: value.submission.revision,
    location: `/api/v1/submissions/${value.submission.id}`,
  }));
}

/** Begins an issued form. */
export async function startFor(
  work: Work,
  id: string,
  { from, template }: BodyOf<typeof startSubmission>,
): Promise<AnswerOf<typeof startSubmission>> {
  const reached = await reachedSubmission(work, id, work.at);
  if (reached.kind === "refused") return reached;
  const saved = await start(work, reached.value, { from, ...(template === undefined ? {} : { template }) });
  return answerWith(saved, (value) => ({
    body: presentSaved(value, work.caller.actor, work.at),
    revision: value.submission.revision,
  }));
}

/** Carries out a command on one submission. */
export async function commandFor(
  work: Work,
  id: string,
  command: StandingCommand,
): Promise<AnswerOf<typeof receiveSubmission>> {
  const reached = await reachedSubmission(work, id, work.at);
  if (reached.kind === "refused") return reached;
  const uncited = command.type === "return" ? await notCitable(work, reached.value, command.findings) : null;
  if (uncited) return uncited;
  return answerWith(await decideOn(work, reached.value, command), movedAnswer(work));
}

/** What became of each of many. */
export function presentBulk(items: readonly BulkItem[]): ReplyOf<(typeof decideInBulk)["answer"]> {
  const count = (kind: "done" | "refused"): number =>
    items.filter(({ outcome }) => outcome.kind === kind).length;
  return {
    body: {
      items: items.map(({ id, outcome }) =>
        outcome.kind === "done"
          ? {
              submission: id,
              outcome: "done",
              code: null,
              says: null,
              standing: standingTitle(outcome.submission.state, outcome.submission.desk),
            }
          : { submission: id, outcome: "refused", code: outcome.code, says: outcome.detail, standing: null },
      ),
      done: count("done"),
      refused: count("refused"),
    },
  };
}

/** Every justification of a form. */
export async function justificationsFor(
  { db, now }: Platform,
  caller: Caller,
  id: string,
): Promise<AnswerOf<typeof listJustifications>> {
  const seen = await seenSubmission({ db, caller }, id, now());
  if (seen.kind === "refused") return seen;
  const rows = await justificationsOf(db, keyOf(seen.value));
  return done({ body: { justifications: rows.map(presentJustification) } });
}

/** The returns of a form with their answers. */
export async function returnsFor(
  { db, now }: Platform,
  caller: Caller,
  id: string,
): Promise<AnswerOf<typeof listReturns>> {
  const seen = await seenSubmission({ db, caller }, id, now());
  if (seen.kind === "refused") return seen;
  return answerWith(await returnsOf({ db, caller }, seen.value), (body) => ({ body }));
}

/** What happened to a form, the newest first. */
export async function historyFor(
  { db, now }: Platform,
  caller: Caller,
  id: string,
  { limit, after }: QueryOf<typeof getHistory>,
): Promise<AnswerOf<typeof getHistory>> {
  const place = after === undefined ? null : fromCursor(after, { seq: "string" });
  if (after !== undefined && !(place && /^\d{1,18}$/.test(place.seq))) return BAD_CURSOR;
  const seen = await seenSubmission({ db, caller }, id, now());
  if (seen.kind === "refused") return seen;
  const below = place ? BigInt(place.seq) : null;
  const rows = await eventsOf(db, caller.region, id, { below, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return done({
    body: {
      items: page.map(presentEvent),
      next: rows.length > limit && last ? toCursor({ seq: last.seq.toString() }) : null,
    },
  });
}

/** Every save of a form, the newest first. */
export async function savesFor(
  { db, now }: Platform,
  caller: Caller,
  id: string,
  { limit, after }: QueryOf<typeof listSaves>,
): Promise<AnswerOf<typeof listSaves>> {
  const place = after === undefined ? null : fromCursor(after, { revision: "number" });
  if (
    after !== undefined &&
    !(place && Number.isSafeInteger(place.revision) && Math.abs(place.revision) < 2 ** 31)
  )
    return BAD_CURSOR;
  const seen = await seenSubmission({ db, caller }, id, now());
  if (seen.kind === "refused") return seen;
  const rows = await savesOf(db, keyOf(seen.value), { below: place?.revision ?? null, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return done({
    body: {
      items: page.map(({ revision, at, by_name, changes }) => ({
        revision,
        at: at.toISOString(),
        byName: by_name,
        changes: changes.map((change) => ({ ...change })),
      })),
      next: rows.length > limit && last ? toCursor({ revision: last.revision }) : null,
    },
  });
}

/** What differs between two revisions. */
export async function compareFor(
  { db, now }: Platform,
  caller: Caller,
  id: string,
  { from, to }: QueryOf<typeof compareRevisions>,
): Promise<AnswerOf<typeof compareRevisions>> {
  const seen = await seenSubmission({ db, caller }, id, now());
  if (seen.kind === "refused") return seen;
  return answerWith(await differenceBetween({ db, caller }, seen.value, from, to), (cells) => ({
    body: { from, to, cells: cells.map((cell) => ({ ...cell })) },
  }));
}

/** The frozen versions of a form. */
export async function versionsFor(
  { db, now }: Platform,
  caller: Caller,
  id: string,
): Promise<AnswerOf<typeof listVersions>> {
  const seen = await seenSubmission({ db, caller }, id, now());
  if (seen.kind === "refused") return seen;
  const rows = await versionsOf(db, keyOf(seen.value));
  return done({ body: { versions: rows.map(presentVersion) } });
}

const NO_VERSION = refused("not-found", "这张表没有这个留存版本。");

/** The bytes of a version, whose SHA-256 is its hash. */
export async function versionFor(
  { db, now }: Platform,
  caller: Caller,
  params: { readonly submission: string; readonly version: string },
): Promise<AnswerOf<typeof downloadVersion>> {
  const seen = await seenSubmission({ db, caller }, params.submission, now());
  if (seen.kind === "refused") return seen;
  const row = await versionOf(db, keyOf(seen.value), params.version);
  if (!row) return NO_VERSION;
  return done({
    name: `${seen.value.project_name}-第${row.revision}版-${row.sha256.slice(0, 12)}.json`,
    media: "application/json",
    bytes: Buffer.from(bytesOfForm(row.form as Form)),
  });
}

/** The scan bound to a version. */
export async function scanFor(
  { db, now }: Platform,
  caller: Caller,
  params: { readonly submission: string; readonly version: string },
): Promise<AnswerOf<typeof downloadScan>> {
  const seen = await seenSubmission({ db, caller }, params.submission, now());
  if (seen.kind === "refused") return seen;
  const row = await versionOf(db, keyOf(seen.value), params.version);
  if (!row) return NO_VERSION;
  const bytes = row.scan_sha256 === null ? null : await blobOf(db, caller.region, row.scan_sha256);
  const scan = bytes && scanKindOf(bytes);
  if (!bytes || !scan) return refused("not-found", "这个版本还没有绑定盖章扫描件。");
  return done({
    name: `${seen.value.project_name}-第${row.revision}版-盖章.${scan.ending}`,
    media: scan.media,
    bytes,
  });
}
