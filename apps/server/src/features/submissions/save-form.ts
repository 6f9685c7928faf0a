import { createHash } from "node:crypto";
import type { Form } from "@jiheng/domain";
import { findPolicy, type PolicyPack, selectPolicy } from "@jiheng/scoring";
import {
  applyEdits,
  type CellChange,
  changesBetween,
  type DomainEvent,
  decide,
  type Edit,
  editsBetween,
  type Kind,
  STATE_TITLES,
  type Standing,
  sameFigures,
} from "@jiheng/workflow";
import { isIdentity } from "../../platform/cursor.ts";
import { done, type Outcome, refused, refusedBy } from "../../platform/outcome.ts";
import { searchTerms } from "../../platform/search-terms.ts";
import type { Work } from "../../platform/work.ts";
import { chinaDay, settingsOn } from "../rules/index.ts";
import { formFaults } from "./form-limits.ts";
import { type LoadedSubmission, standingOf } from "./load-submission.ts";
import { comparableRows } from "./peers.ts";
import {
  type Reviewed,
  type ReviewMatter,
  reviewSubmission,
  type StoredReview,
} from "./review-submission.ts";
import {
  bytesOfForm,
  justificationsOf,
  keepIndicators,
  keepSave,
  peerTargets,
  retractJustification,
  reviewSources,
  type SubmissionKey,
  strangersAmong,
  updateSubmission,
  writeForm,
  writeReview,
} from "./store.ts";
import { findingsOf, rowsOf, summaryOf } from "./summary.ts";

/**
 * How a form comes to be saved: by the edits of its author (already applied to it), replaced by its author, read from a file by somebody
 * who may import for the unit, or filled with figures of the finance system. The last two are permitted by whoever calls.
 */
export type FormChange =
  | { readonly kind: "edits"; readonly edits: readonly Edit[] }
  | { readonly kind: "whole" }
  | { readonly kind: "import" }
  | { readonly kind: "prefill" };

/** A justification that the new figures made void. */
export interface RetractedJustification {
  readonly fingerprint: string;
  readonly code: string;
  readonly why: "figures-changed";
  readonly byName: string;
}

/** What a save left behind. */
export interface Saved {
  readonly submission: LoadedSubmission;
  readonly form: Form;
  readonly review: StoredReview;
  readonly changes: readonly CellChange[];
  readonly retracted: readonly RetractedJustification[];
}

/** Forms a submission of a kind may hold; a reader that cannot tell says unknown. */
const FORM_KINDS: Readonly<Record<Kind, RegExp>> = {
  "target-declaration": /^(target-declaration|unknown)$/,
  adjustment: /^(target-declaration|unknown)$/,
  monitoring: /^(monitoring|unknown)$/,
  "self-evaluation": /^(.+-self-evaluation|unknown)$/,
  review: /^(review|.+-self-evaluation|unknown)$/,
};

const EDITABLE: readonly string[] = ["draft", "returned", "withdrawn"];

/** SHA-256 of a form: of its canonical JSON. */
function hashOfForm(form: Form): string {
  return createHash("sha256").update(bytesOfForm(form)).digest("hex");
}

/**
 * The only writer of `submission.form`: checks its shape, scores and reviews it, keeps the form with its rows, findings, review and cell
 * changes under the next revision, retracts justifications whose figures are others now, and records what happened. Nothing the review
 * finds keeps it from being saved. `submission` was loaded with its lock.
 */
export async function saveForm(
  work: Work,
  submission: LoadedSubmission,
  given: Form,
  change: FormChange,
): Promise<Outcome<Saved>> {
  if (submission.placeholder_reason !== null)
    return refused("classified", "这是涉密项目的占位，不能填报任何内容。按规定在线下办理。");
  const faults = [...formFaults(given), ...headFaults(submission, given)];
  if (faults.length > 0)
    return refused(
      "invalid-input",
      `表不能保存：${faults[0]?.at}${faults[0]?.says}${faults.length > 1 ? `等${faults.length}处` : ""}。请更正后再保存。`,
      faults,
    );
  const form = withIdentities(
    { ...given, id: submission.id, year: given.year ?? submission.year },
    work.newId,
  );
  const before = submission.form;
  const known = new Set(before?.indicators.map(({ id }) => id));
  const fresh = form.indicators.map(({ id }) => id).filter((id) => !known.has(id));
  const strangers = await strangersAmong(work.db, submission.region, submission.project, fresh);
  if (strangers.size > 0) {
    const at = form.indicators.flatMap(({ id }, index) =>
      strangers.has(id) ? [{ at: `indicators[${index}].id`, says: "是别的项目的指标" }] : [],
    );
    return refused(
      "invalid-input",
      "表中有别的项目的指标行，不能保存。请新增一行，不要沿用别处的行标识。",
      at,
    );
  }

  const record = recordOf(before, form, change);
  const decision = permit(work, submission, change, record);
  if (decision.kind === "refused") return decision;
  const sha256 = hashOfForm(form);
  if (before && record.changes.length === 0 && sha256 === submission.form_sha256) {
    const kept = await reviewedNow(work, submission, form, submission.revision, null);
    if (kept.kind === "refused") return kept;
    return done({ submission, form: before, review: kept.value.reviewed.review, changes: [], retracted: [] });
  }

  const revision = submission.revision + 1;
  const examined = await reviewedNow(work, submission, form, revision, null);
  if (examined.kind === "refused") return examined;
  const { reviewed, policy } = examined.value;
  const key = keyOf(submission);
  const { actor } = work.caller;
  const authors =
    change.kind === "prefill" || submission.authors.includes(actor.account)
      ? submission.authors
      : [...submission.authors, actor.account];
  const columns = {
    ...summaryOf(form, reviewed.review),
    state: decision.value.standing.state,
    desk: decision.value.standing.desk,
    policy: policy.id,
    authors: [...authors],
    updated_at: work.at,
  };
  await writeForm(work.db, {
    key,
    kind: submission.kind,
    department: submission.department,
    revision,
    form,
    sha256,
    columns,
    rows: rowsOf(form),
    findings: findingsOf(reviewed.review),
    review: reviewed.review,
    at: work.at,
  });
  await keepIndicators(work.db, submission.region, submission.project, renamed(before, form), work.at);
  await keepSave(work.db, key, {
    revision,
    ...record,
    by: actor.account === "" ? null : actor.account,
    byName: actor.name,
    at: work.at,
  });
  for (const event of decision.value.events) work.record(subjectOfEvent(submission), event);
  const retracted = await retractStale(work, submission, reviewed);
  const saved = {
    ...submission,
    ...(columns as Partial<LoadedSubmission>),
    form,
    form_sha256: sha256,
    revision,
  };
  return done({ submission: saved, form, review: reviewed.review, changes: record.changes, retracted });
}

/** The key a submission's tables share. */
export function keyOf({ region, year, id }: SubmissionKey): SubmissionKey {
  return { region, year, id };
}

/** What an event about a submission is about. */
export function subjectOfEvent({ id, year }: Pick<LoadedSubmission, "id" | "year">) {
  return { kind: "submission", id, year } as const;
}

function headFaults({ kind, year }: LoadedSubmission, form: Form): { at: string; says: string }[] {
  const faults: { at: string; says: string }[] = [];
  if (form.year !== null && form.year !== year)
    faults.push({ at: "year", says: `是${form.year}年度，这里填报的是${year}年度` });
  if (!FORM_KINDS[kind].test(form.kind)) faults.push({ at: "kind", says: "不是这里要填报的表" });
  return faults;
}

/** Rows without an identity get one; sub-rows follow theirs. */
function withIdentities(form: Form, newId: () => string): Form {
  if (form.indicators.every(({ id }) => isIdentity(id))) return form;
  const ids = new Map(form.indicators.map(({ id }) => [id, isIdentity(id) ? id : newId()]));
  return {
    ...form,
    indicators: form.indicators.map((row) => ({
      ...row,
      id: ids.get(row.id) ?? row.id,
      parent: row.parent === null ? null : (ids.get(row.parent) ?? null),
    })),
  };
}

interface Recorded {
  readonly edits: readonly Edit[];
  readonly changes: readonly CellChange[];
  readonly undo: readonly Edit[] | null;
}

function recordOf(before: Form | null, form: Form, change: FormChange): Recorded {
  if (before === null) return { edits: [], changes: changesBetween(nothingOf(form), form).cells, undo: null };
  const edits = change.kind === "edits" ? change.edits : editsBetween(before, form);
  const back = editsBetween(form, before);
  const restored = applyEdits(form, back);
  const leadsBack = restored.kind === "applied" && withoutTraces(restored.form) === withoutTraces(before);
  return { edits, changes: changesBetween(before, form).cells, undo: leadsBack ? back : null };
}

/** The content of a form apart from where its figures once stood in a file. */
function withoutTraces(form: Form): string {
  return bytesOfForm({ ...form, notes: [], origins: {} });
}

function nothingOf(form: Form): Form {
  return {
    ...form,
    funds: [],
    goal: { expected: null, achieved: null },
    goals: [],
    indicators: [],
    totalPoints: null,
    totalScore: null,
    grade: null,
    deviation: null,
    fields: [],
  };
}

function permit(
  work: Work,
  submission: LoadedSubmission,
  change: FormChange,
  { edits, changes }: Recorded,
): Outcome<{ readonly standing: Standing; readonly events: readonly DomainEvent[] }> {
  if (change.kind === "edits" || change.kind === "whole") {
    const at = work.at.toISOString();
    const decision = decide(
      standingOf(submission),
      { type: "save", edits, changes },
      { actor: work.caller.actor, at },
    );
    if (decision.kind === "refused") return refusedBy(decision);
    return done(decision);
  }
  const { state, desk } = submission;
  if (!EDITABLE.includes(state))
    return refused(
      "wrong-state",
      `当前状态是“${STATE_TITLES[state]}”，不能再带入数据。需要更正的，请先退回或取消送审。`,
    );
  const standing: Standing = { state: state === "withdrawn" ? "draft" : state, desk };
  const revision = submission.revision + 1;
  if (change.kind === "prefill")
    return done({ standing, events: [{ type: "funds.prefilled", revision, changes }] });
  return done({ standing, events: [{ type: "submission.edited", revision, edits, changes, ...standing }] });
}

/** The pack a submission is reviewed under: chosen when it is first saved, by place, template and year, and kept for good. */
function policyOf(
  submission: LoadedSubmission,
  form: Form,
  jurisdiction: string | null,
): Outcome<{ readonly policy: PolicyPack; readonly why: string }> {
  if (submission.policy === null)
    return done(selectPolicy(form.jurisdiction?.trim() ? form : { ...form, jurisdiction }));
  const policy = findPolicy(submission.policy);
  if (policy) return done({ policy, why: `填报时选用${policy.title}，一直沿用` });
  return refused(
    "policy-unknown",
    `这张表按评分办法“${submission.policy}”填报，本程序没有这套办法，不能评分和审核。请用带有它的版本。`,
  );
}

/** Reviews a form as it is now against everything the database knows beside it. Writes nothing. */
async function reviewedNow(
  work: Work,
  submission: LoadedSubmission,
  form: Form,
  revision: number,
  handedIn: string | null,
): Promise<Outcome<{ readonly reviewed: Reviewed; readonly policy: PolicyPack }>> {
  const { db } = work;
  const key = keyOf(submission);
  const { kind } = submission;
  const declares = kind === "target-declaration" || kind === "adjustment";
  const sources = await reviewSources(db, key, submission);
  const settings = await settingsOn(db, submission.region, chinaDay(work.at));
  const peers = declares ? await peerTargets(db, key, submission.unit, comparableRows(form)) : [];
  const chosen = policyOf(submission, form, sources.jurisdiction);
  if (chosen.kind === "refused") return chosen;
  const { policy, why } = chosen.value;
  const reports = kind === "self-evaluation" || kind === "monitoring";
  const matter: ReviewMatter = {
    kind,
    policy,
    policyWhy: why,
    settings,
    approvedTargets: reports ? sources.approvedTargets : null,
    lastYear: kind === "self-evaluation" || declares ? sources.lastYear : null,
    handedIn,
    due: submission.due_at === null ? null : chinaDay(submission.due_at),
    // A unit that files none here may keep it on paper: then nothing is known of it.
    evidence: sources.evidence.length > 0 ? sources.evidence : null,
    ledger: sources.ledger,
    peers,
  };
  return done({ reviewed: reviewSubmission(form, revision, matter), policy });
}

/**
 * Reviews the saved form again, as it is handed in or because something beside it changed (evidence, a rule, a budget), and keeps what
 * the review says. The form and its revision stay.
 */
export async function reviewAgain(
  work: Work,
  submission: LoadedSubmission,
  handedIn: string | null,
): Promise<Outcome<Reviewed>> {
  const { form, revision, kind, department } = submission;
  if (form === null) return refused("wrong-state", "表中还没有内容，不能审核。请先填报并暂存。");
  const examined = await reviewedNow(work, submission, form, revision, handedIn);
  if (examined.kind === "refused") return examined;
  const { reviewed } = examined.value;
  const { review } = reviewed;
  await writeReview(work.db, {
    key: keyOf(submission),
    kind,
    department,
    revision,
    findings: findingsOf(review),
    review,
    at: work.at,
  });
  await updateSubmission(work.db, keyOf(submission), summaryOf(form, review));
  await retractStale(work, submission, reviewed);
  return done(reviewed);
}

/** The figures that each finding and each difference of funds rests on now, by fingerprint. */
export function figuresNow({
  findings,
  fundsDiffer,
}: Pick<Reviewed, "findings" | "fundsDiffer">): Map<string, Readonly<Record<string, string>>> {
  return new Map([
    ...findings.map(({ fingerprint, figures }) => [fingerprint, figures] as const),
    ...fundsDiffer.map(
      ({ at, form, ledger }) => [`funds:${at}`, { form: form ?? "", ledger: ledger ?? "" }] as const,
    ),
  ]);
}

async function retractStale(
  work: Work,
  submission: LoadedSubmission,
  reviewed: Reviewed,
): Promise<RetractedJustification[]> {
  const held = (await justificationsOf(work.db, keyOf(submission))).filter(
    ({ retracted_at }) => retracted_at === null,
  );
  if (held.length === 0) return [];
  const now = figuresNow(reviewed);
  const retracted: RetractedJustification[] = [];
  for (const { fingerprint, code, figures, by_name } of held) {
    const current = now.get(fingerprint);
    if (current === undefined || sameFigures(figures as Readonly<Record<string, string>>, current)) continue;
    await retractJustification(work.db, keyOf(submission), fingerprint, "figures-changed", work.at);
    work.record(subjectOfEvent(submission), {
      type: "finding.justification-retracted",
      fingerprint,
      why: "figures-changed",
    });
    retracted.push({ fingerprint, code, why: "figures-changed", byName: by_name });
  }
  return retracted;
}

/** Rows that are new or called otherwise than before. */
function renamed(before: Form | null, form: Form) {
  const known = new Map(before?.indicators.map((row) => [row.id, row]));
  return form.indicators
    .filter((row) => {
      const old = known.get(row.id);
      return !old || old.name !== row.name || old.level1 !== row.level1 || old.level2 !== row.level2;
    })
    .map(({ id, level1, level2, name }) => ({ id, level1, level2, name, search: searchTerms(name) }));
}
