import type { ReviewContext } from "@jiheng/audit";
import type { Form } from "@jiheng/domain";
import type { Kysely } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";
import { chinaDay } from "../rules/index.ts";
import type { LoadedSubmission } from "./load-submission.ts";
import { contextOf } from "./review-submission.ts";
import { reviewSources } from "./store.ts";

/** What a saved form is reviewed against, for whoever reviews it once more without keeping what it says. */
export async function reviewContextOf(
  db: Kysely<Schema>,
  submission: LoadedSubmission,
  form: Form,
): Promise<ReviewContext> {
  const { region, year, id, kind, submitted_at, due_at } = submission;
  const { approvedTargets, evidence } = await reviewSources(db, { region, year, id }, submission);
  const reports = kind === "self-evaluation" || kind === "monitoring";
  return {
    ...contextOf(form, {
      approvedTargets: reports ? approvedTargets : null,
      handedIn: submitted_at === null ? null : chinaDay(submitted_at),
      due: due_at === null ? null : chinaDay(due_at),
      evidence: evidence.length > 0 ? evidence : null,
    }),
    isRollup: submission.is_rollup,
  };
}
