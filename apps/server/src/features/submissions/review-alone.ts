import type { Form } from "@jiheng/domain";
import { selectPolicy } from "@jiheng/scoring";
import type { Kind } from "@jiheng/workflow";
import type { Platform, Work } from "../../platform/work.ts";
import { chinaDay, settingsOn } from "../rules/index.ts";
import { type Reviewed, reviewSubmission } from "./review-submission.ts";
import { summaryOf } from "./summary.ts";

/** What stands in a list about a form that was reviewed by itself. */
export interface CheckedAlone {
  readonly must: number;
  readonly should: number;
  readonly hint: number;
  readonly unclear: number;
  readonly totalScore: string | null;
  readonly recomputed: readonly [string | null, string | null];
}

/** Reviews a form that belongs to no submission yet, under the region's rules and place: nothing beside the form is known. */
export async function reviewAlone(
  { db, caller, at }: Pick<Work, "caller" | "at"> & Pick<Platform, "db">,
  form: Form,
  kind: Kind,
): Promise<{ readonly review: Reviewed["review"]; readonly checked: CheckedAlone }> {
  const settings = await settingsOn(db, caller.region, chinaDay(at));
  const region = await db
    .selectFrom("region")
    .select("jurisdiction")
    .where("region", "=", caller.region)
    .executeTakeFirst();
  const jurisdiction = region?.jurisdiction ?? null;
  const { policy, why } = selectPolicy(form.jurisdiction?.trim() ? form : { ...form, jurisdiction });
  const { review } = reviewSubmission(form, 0, {
    ...{ kind, policy, policyWhy: why, settings },
    ...{ approvedTargets: null, lastYear: null, handedIn: null, due: null, evidence: null },
    ...{ ledger: [], peers: [] },
  });
  const { must, should, hint, unclear, total_score, recomputed_low, recomputed_high } = summaryOf(
    form,
    review,
  );
  return {
    review,
    checked: {
      ...{ must: must ?? 0, should: should ?? 0, hint: hint ?? 0, unclear: unclear ?? 0 },
      totalScore: total_score ?? null,
      recomputed: [recomputed_low ?? null, recomputed_high ?? null],
    },
  };
}
