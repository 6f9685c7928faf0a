import { type Command, decide, returnOpinions } from "@jiheng/workflow";
import { done, type Outcome, refusedBy } from "../../platform/outcome.ts";
import type { Work } from "../../platform/work.ts";
import { type LoadedSubmission, loadSubmission, standingOf } from "./load-submission.ts";
import { keyOf, subjectOfEvent } from "./save-form.ts";
import { reviewOf, type SubmissionChange, updateSubmission } from "./store.ts";
import { freeze } from "./versions.ts";

/** What a command left behind; `version` is what was frozen with it. */
export interface Moved {
  readonly submission: LoadedSubmission;
  readonly version: string | null;
}

/** A command of the life cycle but `save`, which only `saveForm` carries out. */
export type StandingCommand = Exclude<Command, { type: "save" }>;

/** Carries out a command of the life cycle: decided by the workflow alone, kept, frozen where it must be, and recorded. */
export async function decideOn(
  work: Work,
  submission: LoadedSubmission,
  asked: StandingCommand,
): Promise<Outcome<Moved>> {
  const { actor } = work.caller;
  const command = asked.type === "return" ? await inPoints(work, submission, asked) : asked;
  const decision = decide(standingOf(submission), command, { actor, at: work.at.toISOString() });
  if (decision.kind === "refused") return refusedBy(decision);
  const { standing, events } = decision;
  const change: SubmissionChange = {
    ...columnsOf(command, standing.state === "approved", work.at),
    state: standing.state,
    desk: standing.desk,
    updated_at: work.at,
  };
  await updateSubmission(work.db, keyOf(submission), change);
  const moved = { ...submission, ...(change as Partial<LoadedSubmission>) };
  for (const event of events) work.record(subjectOfEvent(submission), event);
  if (command.type === "submit")
    return done({ submission: moved, version: await freeze(work, submission, "submitted") });
  if (command.type !== "approve" || standing.state !== "approved")
    return done({ submission: moved, version: null });
  if (submission.kind === "adjustment" && submission.basis !== null) await supersede(work, submission.basis);
  return done({ submission: moved, version: await freeze(work, submission, "approved") });
}

/** A return with its points, each with the cells of the finding it was made from, as the review says them now. */
async function inPoints(
  work: Work,
  submission: LoadedSubmission,
  command: Extract<StandingCommand, { type: "return" }>,
): Promise<StandingCommand> {
  const review = command.findings.length === 0 ? null : await reviewOf(work.db, keyOf(submission));
  const cited = (review?.findings ?? []).filter(({ fingerprint }) => command.findings.includes(fingerprint));
  return { ...command, opinions: returnOpinions(command.reason, cited) };
}

/** What was in force until now is kept as it stood, for good. */
async function supersede(work: Work, basis: string): Promise<void> {
  const old = await loadSubmission(work, basis, { lock: true });
  if (old?.form) await freeze(work, old, "superseded");
}

function columnsOf(command: StandingCommand, isApproved: boolean, at: Date): SubmissionChange {
  switch (command.type) {
    case "issue":
      return { due_at: command.due, call: command.call };
    case "submit":
      return { submitted_at: at };
    case "return":
      return { return_reason: command.reason };
    case "approve":
      return isApproved ? { approved_at: at, return_reason: null } : {};
    case "cancel-review":
      return { approved_at: null };
    case "unlock":
      return { approved_at: null, return_reason: command.reason };
    case "publish":
      return { published_at: at, withheld_reason: null };
    case "withhold":
      return { withheld_reason: command.reason, published_at: null };
    default:
      return {};
  }
}
