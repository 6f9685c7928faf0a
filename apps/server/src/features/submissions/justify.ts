import { may } from "@jiheng/workflow";
import { done, type Outcome, refused, refusedBy } from "../../platform/outcome.ts";
import type { Work } from "../../platform/work.ts";
import { type LoadedSubmission, subjectOf } from "./load-submission.ts";
import { keyOf, reviewAgain, subjectOfEvent } from "./save-form.ts";
import {
  insertJustification,
  type JustificationRow,
  justificationsOf,
  retractJustification,
} from "./store.ts";
import { reachedSubmission } from "./visibility.ts";

/** The rule under which a difference of funds is justified. */
const FUNDS_RULE = "funds-differ";

async function justifiable(work: Work, id: string): Promise<Outcome<LoadedSubmission>> {
  const reached = await reachedSubmission(work, id, work.at);
  if (reached.kind === "refused") return reached;
  const allowed = may(work.caller.actor, "justify", subjectOf(reached.value), work.at.toISOString());
  return allowed.kind === "refused" ? refusedBy(allowed) : reached;
}

/** Lets a finding, or a difference of funds, stand in the caller's name, with the figures as they are now. */
export async function justifyFindingOf(
  work: Work,
  id: string,
  { fingerprint, reason }: { readonly fingerprint: string; readonly reason: string },
): Promise<Outcome<JustificationRow>> {
  const found = await justifiable(work, id);
  if (found.kind === "refused") return found;
  const submission = found.value;
  const examined = await reviewAgain(work, submission, null);
  if (examined.kind === "refused") return examined;
  const finding = examined.value.findings.find((each) => each.fingerprint === fingerprint);
  const difference = examined.value.fundsDiffer.find(({ at }) => fingerprint === `funds:${at}`);
  if (!finding && !difference)
    return refused("not-found", "现在的审核结果里没有这个问题，不需要说明。请刷新后查看。");
  const held = await justificationsOf(work.db, keyOf(submission));
  if (held.some((row) => row.fingerprint === fingerprint && row.retracted_at === null))
    return refused("already-exists", "这个问题已经有说明。要改写的，请先撤回原说明。");
  const { account, name } = work.caller.actor;
  const figures = finding?.figures ?? { form: difference?.form ?? "", ledger: difference?.ledger ?? "" };
  const code = finding?.code ?? FUNDS_RULE;
  const row = await insertJustification(work.db, keyOf(submission), {
    fingerprint,
    rule: finding?.rule ?? FUNDS_RULE,
    code,
    figures: JSON.stringify(figures),
    reason,
    by: account,
    by_name: name,
    at: work.at,
  });
  work.record(subjectOfEvent(submission), { type: "finding.justified", fingerprint, code, reason, figures });
  return done(row);
}

/** Takes a justification back; the finding then counts again. */
export async function retractJustificationOf(
  work: Work,
  id: string,
  fingerprint: string,
): Promise<Outcome<JustificationRow>> {
  const found = await justifiable(work, id);
  if (found.kind === "refused") return found;
  const submission = found.value;
  const held = await justificationsOf(work.db, keyOf(submission));
  const row = held.find((each) => each.fingerprint === fingerprint && each.retracted_at === null);
  if (!row) return refused("not-found", "这个问题现在没有有效的说明。");
  await retractJustification(work.db, keyOf(submission), fingerprint, "by-author", work.at);
  work.record(subjectOfEvent(submission), {
    type: "finding.justification-retracted",
    fingerprint,
    why: "by-author",
  });
  return done({ ...row, retracted_at: work.at, retracted_why: "by-author" });
}
