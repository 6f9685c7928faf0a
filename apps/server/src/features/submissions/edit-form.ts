import type { Form } from "@jiheng/domain";
import { applyEdits, type Conflict, type Edit, type EditRefusal, may, merge } from "@jiheng/workflow";
import { done, type Outcome, type Refused, refused, refusedBy } from "../../platform/outcome.ts";
import type { Work } from "../../platform/work.ts";
import { type LoadedSubmission, subjectOf } from "./load-submission.ts";
import { keyOf, type Saved, saveForm } from "./save-form.ts";
import { savesAfter } from "./store.ts";
import { reachedSubmission } from "./visibility.ts";

/** A save, and whether it was put together with what others saved meanwhile. */
export interface Edited extends Saved {
  readonly merged: boolean;
}

/** Changes cells and rows of a form. `seen` is the revision they were made on: what others saved since is merged cell by cell. */
export async function editFormOf(
  work: Work,
  id: string,
  seen: number,
  edits: readonly Edit[],
): Promise<Outcome<Edited>> {
  const found = await savable(work, id, seen);
  if (found.kind === "refused") return found;
  const { submission, form } = found.value;
  if (seen === submission.revision) return savedWith(work, submission, form, edits, false);

  const since = await savesAfter(work.db, keyOf(submission), seen);
  const base = since.length === submission.revision - seen ? baseOf(form, since) : null;
  if (base === null)
    return refused(
      "revision-stale",
      `您依据的是第${seen}版，现在是第${submission.revision}版，其间整表换过，不能自动合并。请刷新后再改。`,
    );
  const merged = merge(
    base,
    since.flatMap((save) => save.edits),
    edits,
  );
  if (merged.kind === "conflict") return refusedConflict(merged.conflicts);
  if (merged.kind === "refused") return refusedEdit(merged);
  return savedWith(work, submission, form, merged.rest, true);
}

/** Replaces the whole form; nothing is merged into it, so that it must be based on the current revision. */
export async function replaceFormOf(
  work: Work,
  id: string,
  seen: number,
  form: Form,
): Promise<Outcome<Edited>> {
  const found = await savable(work, id, seen);
  if (found.kind === "refused") return found;
  const { submission } = found.value;
  if (seen !== submission.revision) return refusedStale(seen, submission.revision);
  const saved = await saveForm(work, submission, form, { kind: "whole" });
  return saved.kind === "refused" ? saved : done({ ...saved.value, merged: false });
}

/** The revision that was seen is not the current one. */
export function refusedStale(seen: number, revision: number): Refused {
  return refused(
    "revision-stale",
    `您依据的是第${seen}版，现在是第${revision}版，他人已经改过。请刷新后再办理。`,
  );
}

async function savable(
  work: Work,
  id: string,
  seen: number,
): Promise<Outcome<{ readonly submission: LoadedSubmission; readonly form: Form }>> {
  const reached = await reachedSubmission(work, id, work.at);
  if (reached.kind === "refused") return reached;
  const submission = reached.value;
  if (submission.placeholder_reason !== null)
    return refused("classified", "这是涉密项目的占位，不能填报任何内容。按规定在线下办理。");
  const allowed = may(work.caller.actor, "save", subjectOf(submission), work.at.toISOString());
  if (allowed.kind === "refused") return refusedBy(allowed);
  if (submission.form === null) return refused("wrong-state", "这张表还没有开始填报。请先开始填报。");
  if (seen > submission.revision) return refusedStale(seen, submission.revision);
  return done({ submission, form: submission.form });
}

async function savedWith(
  work: Work,
  submission: LoadedSubmission,
  form: Form,
  edits: readonly Edit[],
  merged: boolean,
): Promise<Outcome<Edited>> {
  const applied = applyEdits(form, edits);
  if (applied.kind === "refused") return refusedEdit(applied);
  const saved = await saveForm(work, submission, applied.form, { kind: "edits", edits });
  return saved.kind === "refused" ? saved : done({ ...saved.value, merged });
}

/** The form as it was, from the newest save backwards; null where one of them cannot be undone. */
function baseOf(form: Form, since: readonly { readonly undo: readonly Edit[] | null }[]): Form | null {
  let base = form;
  for (const { undo } of since.toReversed()) {
    if (undo === null) return null;
    const applied = applyEdits(base, undo);
    if (applied.kind === "refused") return null;
    base = applied.form;
  }
  return base;
}

function refusedConflict(conflicts: readonly Conflict[]): Refused {
  const [first] = conflicts;
  const more = conflicts.length > 1 ? `，另有${conflicts.length - 1}处` : "";
  return refused(
    "conflict",
    `与他人同时的修改冲突，没有保存。${first?.says ?? ""}${more}`,
    conflicts.map(({ at, says, theirs, mine }) => ({ at, says, theirs, mine })),
  );
}

/** A row that is gone or there already is what others did meanwhile; anything else is wrong in itself. */
function refusedEdit({ code, at, says }: EditRefusal): Refused {
  const isOthers = code === "row-gone" || code === "row-exists" || code === "row-has-children";
  return refused(isOthers ? "conflict" : "invalid-input", says, [{ at, says }]);
}
