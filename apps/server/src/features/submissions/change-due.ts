import { may } from "@jiheng/workflow";
import { done, type Outcome, refused, refusedBy } from "../../platform/outcome.ts";
import type { Work } from "../../platform/work.ts";
import { type LoadedSubmission, subjectOf } from "./load-submission.ts";
import { keyOf, subjectOfEvent } from "./save-form.ts";
import { updateSubmission } from "./store.ts";
import { reachedSubmission } from "./visibility.ts";

const CLOSED: readonly string[] = ["approved", "published", "archived"];

/** Changes the deadline of one form that is not decided yet. */
export async function changeDueOf(
  work: Work,
  id: string,
  { due, reason }: { readonly due: string | null; readonly reason: string },
): Promise<Outcome<LoadedSubmission>> {
  const reached = await reachedSubmission(work, id, work.at);
  if (reached.kind === "refused") return reached;
  const submission = reached.value;
  const allowed = may(work.caller.actor, "change-due", subjectOf(submission), work.at.toISOString());
  if (allowed.kind === "refused") return refusedBy(allowed);
  if (CLOSED.includes(submission.state))
    return refused("wrong-state", "这张表已经审核，截止时间不再起作用，不能调整。");
  const due_at = due === null ? null : new Date(due);
  await updateSubmission(work.db, keyOf(submission), { due_at, updated_at: work.at });
  work.record(subjectOfEvent(submission), { type: "submission.due-changed", due, reason });
  return done({ ...submission, due_at, updated_at: work.at });
}
