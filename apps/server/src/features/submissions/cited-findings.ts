import { type Refused, refused } from "../../platform/outcome.ts";
import type { Work } from "../../platform/work.ts";
import type { LoadedSubmission } from "./load-submission.ts";
import { keyOf } from "./save-form.ts";
import { reviewOf } from "./store.ts";

/** Why a return cannot cite these findings: some are not in the form's review. Null where all are. */
export async function notCitable(
  work: Work,
  submission: LoadedSubmission,
  findings: readonly string[],
): Promise<Refused | null> {
  if (findings.length === 0) return null;
  const review = await reviewOf(work.db, keyOf(submission));
  const known = new Set(review?.findings.map((each) => each.fingerprint));
  const unknown = findings.filter((fingerprint) => !known.has(fingerprint));
  if (unknown.length === 0) return null;
  return refused(
    "not-found",
    `退回所依据的${unknown.length}个问题不在这张表的审核结果里，请刷新后重选。`,
    unknown.map((fingerprint) => ({ at: "body.findings", says: "审核结果里没有", fingerprint })),
  );
}
