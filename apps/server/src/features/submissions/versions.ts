import type { Transaction } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";
import type { Work } from "../../platform/work.ts";
import type { LoadedSubmission } from "./load-submission.ts";
import { keyOf } from "./save-form.ts";
import { keepVersion, reviewOf } from "./store.ts";

/** Why a version was frozen: handed in, approved for good, or approved once and then adjusted. */
export type FrozenReason = "submitted" | "approved" | "superseded";

/** Freezes the form of a submission as it stands, with its review; what is printed and sealed is this. Returns its identity. */
export async function freeze(
  work: Pick<Work, "at" | "newId" | "caller"> & { readonly db: Transaction<Schema> },
  submission: LoadedSubmission,
  reason: FrozenReason,
): Promise<string> {
  const { form, form_sha256, revision } = submission;
  if (form === null || form_sha256 === null) throw new Error("nothing to freeze");
  const id = work.newId();
  const review = await reviewOf(work.db, keyOf(submission));
  const { account } = work.caller.actor;
  await keepVersion(work.db, keyOf(submission), {
    id,
    revision,
    reason,
    form: JSON.stringify(form),
    review: review === null ? null : JSON.stringify(review),
    sha256: form_sha256,
    at: work.at,
    by: account === "" ? null : account,
  });
  return id;
}
