import type { Edit } from "../editing/edit.ts";
import type { CellChange, DomainEvent, Standing } from "../events.ts";
import { may } from "../permissions/may.ts";
import { type Refusal, type RefusalDetail, refusal } from "../refusal.ts";
import { standingTitle } from "../titles.ts";
import type { Actor, Grant, Kind, State, Subject } from "../vocabulary.ts";
import { type BlockingFinding, examineJustifications, type Justification } from "./justifications.ts";
import type { ReturnOpinion } from "./return-opinions.ts";
import { COMMAND_TITLES, standingAfter, type Transition, transitionOf, unlockOrder } from "./transitions.ts";

/** What must be known of a submission to decide about it. */
export interface Submission {
  readonly subject: Subject & { readonly kind: Kind; readonly state: State; readonly submission: string };
  /** Count of saved versions of the form. */
  readonly revision: number;
  /** SHA-256 of the form of record; null before anything was entered. */
  readonly sha256: string | null;
  /** ISO instant until which it may be handed in; null for no deadline. */
  readonly due: string | null;
  /** Whether the call lets it be handed in late. */
  readonly lateAllowed: boolean;
  /** Why it was last returned or unlocked, until it is approved again; then the deadline does not stop it. */
  readonly returnReason: string | null;
  /** A placeholder of a classified project: nothing of it is entered, nothing is published. */
  readonly classified: boolean;
}

/** A figure of the funds table that is not what the finance system has. `at` as in edits. */
export interface FundsDifference {
  readonly at: string;
  readonly form: string | null;
  readonly ledger: string | null;
}

/** A command with everything the decision rests on. */
export type Command =
  | { readonly type: "issue"; readonly due: string | null; readonly call: string | null }
  | {
      readonly type: "start";
      readonly from: "blank" | "approved-targets" | "previous-year" | "file" | "members";
      readonly source: string | null;
    }
  | { readonly type: "save"; readonly edits: readonly Edit[]; readonly changes: readonly CellChange[] }
  | {
      readonly type: "submit";
      /** Findings of force `must` of the review of this very revision. */
      readonly findings: readonly BlockingFinding[];
      readonly justifications: readonly Justification[];
      readonly fundsDiffer: readonly FundsDifference[];
    }
  | { readonly type: "withdraw"; readonly reason: string | null }
  | { readonly type: "receive" }
  | {
      readonly type: "return";
      readonly reason: string;
      readonly findings: readonly string[];
      readonly opinions?: readonly ReturnOpinion[];
    }
  | { readonly type: "approve"; readonly opinion: string | null }
  | { readonly type: "cancel-review"; readonly reason: string }
  | { readonly type: "unlock"; readonly reason: string }
  | { readonly type: "publish" }
  | { readonly type: "withhold"; readonly reason: string }
  | { readonly type: "archive" };

/** It is done when these events are recorded; `by` is the grant it rests on. */
export interface Accepted {
  readonly kind: "accepted";
  readonly events: readonly DomainEvent[];
  readonly standing: Standing;
  readonly by: Grant;
}

/** What comes of a command. */
export type Decision = Accepted | Refusal;

/** Decides a command about a submission, from what is passed in alone. `at` is the instant of the decision (ISO). */
export function decide(
  submission: Submission,
  command: Command,
  { actor, at }: { readonly actor: Actor; readonly at: string },
): Decision {
  const { subject } = submission;
  const { kind, state, desk } = subject;
  const permitted = may(actor, command.type, subject, at);
  if (permitted.kind === "refused") return permitted;
  const row = transitionOf(kind, { state, desk }, command.type);
  if (row === null)
    return refusal(
      "wrong-state",
      `当前状态是“${standingTitle(state, desk)}”，不能办理“${COMMAND_TITLES[command.type]}”。`,
    );
  const standing = standingAfter(row, kind, desk);
  const obstacle = obstacleTo(submission, command, row, at);
  if (obstacle) return obstacle;
  return {
    kind: "accepted",
    events: [eventOf(submission, command, standing)],
    standing,
    by: permitted.by,
  };
}

/** What stands in the way of a command that is allowed in this state, or null. */
function obstacleTo(submission: Submission, command: Command, row: Transition, at: string): Refusal | null {
  const title = COMMAND_TITLES[command.type];
  if (submission.classified && command.type !== "archive" && command.type !== "withhold")
    return refusal(
      "classified",
      `这是涉密项目的占位，不填报、不公开，不能办理“${title}”。按规定在线下办理，系统只计入覆盖面。`,
    );
  if (row.reason === "required" && ("reason" in command ? (command.reason ?? "") : "").trim() === "")
    return refusal("reason-missing", `办理“${title}”须说明理由，请填写后再提交。`, [
      { at: "reason", says: "理由为空" },
    ]);
  const needsForm = command.type === "submit" || command.type === "approve" || command.type === "publish";
  if (needsForm && submission.sha256 === null)
    return refusal("wrong-state", `表中还没有内容，不能办理“${title}”。请先填报并暂存。`);
  if (command.type === "submit") return obstacleToSubmitting(submission, command, at);
  if (command.type === "withdraw" && isPastDue(submission, at))
    return refusal(
      "past-due",
      `截止时间${submission.due}已过，撤回后将不能再送审。确需修改的，请审核人退回。`,
    );
  return null;
}

function obstacleToSubmitting(
  submission: Submission,
  command: Extract<Command, { type: "submit" }>,
  at: string,
): Refusal | null {
  if (isPastDue(submission, at))
    return refusal(
      "past-due",
      `截止时间${submission.due}已过，不能送审。请联系布置工作的部门延长期限或允许补报。`,
      [{ at: "due", says: `截止${submission.due}，现在${at}` }],
    );
  const { open, stale } = examineJustifications(command.findings, command.justifications);
  const details = [
    ...open.map((finding) => detailOf(finding, "")),
    ...stale.map((finding) => detailOf(finding, "（数据已变，原说明须重新确认）")),
  ];
  if (open.length > 0)
    return refusal(
      "blocked-by-findings",
      `有${details.length}个问题必须更正，或由具名人员说明理由后才能送审。`,
      details,
    );
  if (stale.length > 0)
    return refusal(
      "stale-justification",
      `有${stale.length}个问题说明之后数据有变，原说明不再有效。请更正，或按现在的数据重新说明。`,
      details,
    );
  const unexplained = examineJustifications(command.fundsDiffer.map(asFinding), command.justifications);
  const differ = [...unexplained.open, ...unexplained.stale];
  if (differ.length > 0)
    return refusal(
      "funds-differ",
      `有${differ.length}项资金与财政数据不一致。请按财政数据更正，或由具名人员说明差异原因。`,
      differ.map((finding) => detailOf(finding, "")),
    );
  return null;
}

/** Past its deadline, and neither the call nor a return lets it be handed in late. */
function isPastDue({ due, lateAllowed, returnReason, subject }: Submission, at: string): boolean {
  if (due === null || lateAllowed || returnReason !== null || subject.state === "returned") return false;
  // Compared this way round, an instant that cannot be read is past.
  return !(Date.parse(at) <= Date.parse(due));
}

/** A difference of funds as a finding, so that it is justified like one: its fingerprint is `funds:` and the place. */
function asFinding({ at, form, ledger }: FundsDifference): BlockingFinding {
  return {
    fingerprint: `funds:${at}`,
    code: "funds-differ",
    at: [at],
    message: `表中为${form ?? "空"}，财政数据为${ledger ?? "无"}`,
    figures: { form: form ?? "", ledger: ledger ?? "" },
  };
}

function detailOf(finding: BlockingFinding, more: string): RefusalDetail {
  const { at, message, fingerprint, code, figures } = finding;
  return { at: at[0] ?? "", says: `${message}${more}`, fingerprint, code, figures };
}

function eventOf(submission: Submission, command: Command, standing: Standing): DomainEvent {
  const { revision, subject } = submission;
  const sha256 = submission.sha256 ?? "";
  switch (command.type) {
    case "issue":
      return {
        type: "submission.issued",
        kind: subject.kind,
        due: command.due,
        call: command.call,
        ...standing,
      };
    case "start":
      return { type: "submission.started", from: command.from, source: command.source, ...standing };
    case "save": {
      const { edits, changes } = command;
      return { type: "submission.edited", revision: revision + 1, edits, changes, ...standing };
    }
    case "submit": {
      const funds = command.fundsDiffer.map(asFinding);
      const { justified } = examineJustifications([...command.findings, ...funds], command.justifications);
      return {
        type: "submission.submitted",
        revision,
        sha256,
        must: command.findings.length,
        justified: justified.map(({ fingerprint }) => fingerprint),
        ...standing,
      };
    }
    case "withdraw":
      return { type: "submission.withdrawn", reason: command.reason, ...standing };
    case "receive":
      return { type: "submission.received", ...standing };
    case "return":
      return {
        type: "submission.returned",
        reason: command.reason,
        findings: command.findings,
        ...(command.opinions ? { opinions: command.opinions } : {}),
        ...standing,
      };
    case "approve":
      return { type: "submission.approved", revision, sha256, opinion: command.opinion, ...standing };
    case "cancel-review":
      return { type: "submission.review-cancelled", reason: command.reason, ...standing };
    case "unlock": {
      const order = unlockOrder(subject.kind, subject.desk);
      return { type: "submission.unlocked", reason: command.reason, order, ...standing };
    }
    case "publish":
      return { type: "submission.published", sha256, ...standing };
    case "withhold":
      return { type: "submission.withheld", reason: command.reason, ...standing };
    case "archive":
      return { type: "submission.archived", ...standing };
  }
}
