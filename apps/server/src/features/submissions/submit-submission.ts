import type { Finding } from "@jiheng/domain";
import { type BlockingFinding, type Justification, may, sameFigures } from "@jiheng/workflow";
import { type Outcome, refused, refusedBy } from "../../platform/outcome.ts";
import type { Work } from "../../platform/work.ts";
import { chinaDay } from "../rules/index.ts";
import { decideOn, type Moved } from "./decide-on.ts";
import { refusedStale } from "./edit-form.ts";
import { type LoadedSubmission, subjectOf } from "./load-submission.ts";
import { figuresNow, keyOf, reviewAgain } from "./save-form.ts";
import { type JustificationRow, justificationsOf } from "./store.ts";
import { reachedSubmission } from "./visibility.ts";

/** Hands a form in: reviewed in full as of today, blocked by what must be put right and is not justified. `seen`: the revision handed in. */
export async function submitSubmissionOf(work: Work, id: string, seen: number): Promise<Outcome<Moved>> {
  const reached = await reachedSubmission(work, id, work.at);
  if (reached.kind === "refused") return reached;
  return submitLoaded(work, reached.value, seen);
}

/** The same for a submission that was loaded with its lock. */
export async function submitLoaded(
  work: Work,
  submission: LoadedSubmission,
  seen: number,
): Promise<Outcome<Moved>> {
  // Asked first, so that nobody makes the server review what is not theirs to hand in.
  const allowed = may(work.caller.actor, "submit", subjectOf(submission), work.at.toISOString());
  if (allowed.kind === "refused") return refusedBy(allowed);
  if (submission.placeholder_reason !== null)
    return refused("classified", "这是涉密项目的占位，不能送审。按规定在线下办理。");
  if (seen !== submission.revision) return refusedStale(seen, submission.revision);
  const examined = await reviewAgain(work, submission, chinaDay(work.at));
  if (examined.kind === "refused") return examined;
  const { findings, fundsDiffer } = examined.value;
  const now = figuresNow(examined.value);
  const justifications = (await justificationsOf(work.db, keyOf(submission)))
    .filter((row) => row.retracted_at === null || isStale(row, now))
    .map(asJustification);
  return decideOn(work, submission, {
    type: "submit",
    findings: findings.filter((finding) => blocks(submission, finding)).map(asBlocking),
    justifications,
    fundsDiffer,
  });
}

/** A reviewer answers for the reviewed marks alone: what the unit entered is the matter of the review, not its fault. */
function blocks({ kind }: LoadedSubmission, { force, at }: Finding): boolean {
  return force === "must" && (kind !== "review" || at.some((place) => place.endsWith(".reviewScore")));
}

/** Made void by other figures than those of now: the refusal then says so, instead of asking as if nobody had ever explained. */
function isStale(
  { retracted_why, fingerprint, figures }: JustificationRow,
  now: ReadonlyMap<string, Readonly<Record<string, string>>>,
): boolean {
  const current = now.get(fingerprint);
  return (
    retracted_why === "figures-changed" &&
    current !== undefined &&
    !sameFigures(figures as Readonly<Record<string, string>>, current)
  );
}

function asJustification({ fingerprint, by, by_name, reason, figures }: JustificationRow): Justification {
  return { fingerprint, by, byName: by_name, reason, figures: figures as Readonly<Record<string, string>> };
}

function asBlocking({ fingerprint, code, at, message, figures }: Finding): BlockingFinding {
  return { fingerprint, code, at, message, figures };
}
