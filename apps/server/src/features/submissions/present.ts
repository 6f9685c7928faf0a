import type {
  cellChangeSchema,
  getForm,
  getHistory,
  getSubmission,
  justificationSchema,
  startSubmission,
  submissionSummarySchema,
  versionSchema,
} from "@jiheng/contract/http";
import { type Actor, buttons, type Desk, type Kind, type State, standingTitle } from "@jiheng/workflow";
import type { z } from "zod";
import type { ReplyOf } from "../../platform/http/route.ts";
import { yuanOf } from "../../platform/money.ts";
import { type LoadedSubmission, subjectOf } from "./load-submission.ts";
import { riskParts } from "./risk.ts";
import type { Saved } from "./save-form.ts";
import type { JustificationRow, SubmissionRow, VersionRow } from "./store.ts";
import { riskFactors } from "./summary.ts";

type Summary = z.input<typeof submissionSummarySchema>;
type Detail = ReplyOf<(typeof getSubmission)["answer"]>["body"];
type SavedAnswer = ReplyOf<(typeof startSubmission)["answer"]>["body"];
type HistoryItem = ReplyOf<(typeof getHistory)["answer"]>["body"]["items"][number];

const yuan = (fen: bigint | null): string | null => (fen === null ? null : yuanOf(fen));
const instantOf = (at: Date | string | null): string | null =>
  at === null ? null : new Date(at).toISOString();

/** A submission as lists show it. */
export function presentSummary(row: SubmissionRow | LoadedSubmission): Summary {
  const [kind, state, desk] = [row.kind as Kind, row.state as State, row.desk as Desk | null];
  return {
    id: row.id,
    year: row.year,
    kind,
    sequence: row.sequence,
    month: row.month,
    state,
    desk,
    standing: standingTitle(state, desk),
    revision: row.revision,
    project: row.project,
    projectName: row.project_name,
    department: row.department,
    unit: row.unit,
    call: row.call,
    due: instantOf(row.due_at),
    lateAllowed: row.late_allowed,
    isRollup: row.is_rollup,
    isCarriedOver: row.is_carried_over,
    basis: row.basis,
    previous: row.previous,
    policy: row.policy,
    initialBudget: yuan(row.initial_budget),
    adjustedBudget: yuan(row.adjusted_budget),
    expenditure: yuan(row.expenditure),
    totalScore: row.total_score,
    grade: row.grade,
    recomputed: [row.recomputed_low, row.recomputed_high],
    rows: row.rows,
    must: row.must,
    should: row.should,
    hint: row.hint,
    unclear: row.unclear,
    risk: row.risk,
    riskParts: partsOf(row),
    returnReason: row.return_reason,
    withheldReason: row.withheld_reason,
    createdAt: row.created_at.toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
    submittedAt: instantOf(row.submitted_at),
    approvedAt: instantOf(row.approved_at),
    publishedAt: instantOf(row.published_at),
  };
}

/** The parts of a form's risk; null where they do not make up what was kept, because nothing is filled in or it was reckoned otherwise then. */
function partsOf(row: SubmissionRow | LoadedSubmission): Summary["riskParts"] {
  const { must, should, unclear, adjusted_budget, total_score: totalScore } = row;
  const [low, high] = [row.recomputed_low, row.recomputed_high];
  const parts = riskParts(riskFactors({ must, should, unclear, adjusted_budget, totalScore, low, high }));
  const sum = parts.reduce((all, { points }) => all + points, 0);
  return row.revision > 0 && sum === row.risk ? parts.map((part) => ({ ...part })) : null;
}

/** The same with the buttons of whoever asks. */
export function presentDetail(submission: LoadedSubmission, actor: Actor, at: Date): Detail {
  const pressable = buttons(actor, subjectOf(submission), at.toISOString());
  return {
    ...presentSummary(submission),
    buttons: pressable.map((button) => ({
      ...button,
      refused: button.refused === null ? null : { code: button.refused.code, says: button.refused.says },
    })),
  };
}

type FormAnswer = ReplyOf<(typeof getForm)["answer"]>["body"];

/** The form of record as it is answered: lists of the contract are mutable, those of the form are not. */
export function presentForm(form: Saved["form"]): NonNullable<FormAnswer["form"]> {
  return form as NonNullable<FormAnswer["form"]>;
}

/** What a save left behind. */
export function presentSaved(
  saved: Saved & { readonly merged?: boolean },
  actor: Actor,
  at: Date,
): SavedAnswer {
  const { submission, form, review, changes, retracted, merged = false } = saved;
  return {
    revision: submission.revision,
    sha256: submission.form_sha256 ?? "",
    submission: presentDetail(submission, actor, at),
    review,
    changes: changes.map((change): z.input<typeof cellChangeSchema> => ({ ...change })),
    merged,
    form: presentForm(form),
    retracted: retracted.map((each) => ({ ...each })),
  };
}

/** A justification with its author. */
export function presentJustification(row: JustificationRow): z.input<typeof justificationSchema> {
  return {
    fingerprint: row.fingerprint,
    rule: row.rule,
    code: row.code,
    reason: row.reason,
    figures: row.figures as Record<string, string>,
    by: row.by,
    byName: row.by_name,
    at: row.at.toISOString(),
    retractedAt: instantOf(row.retracted_at),
    retractedWhy: row.retracted_why as "by-author" | "figures-changed" | null,
  };
}

/** A frozen version without its form. */
export function presentVersion(
  row: Pick<
    VersionRow,
    "id" | "revision" | "reason" | "sha256" | "at" | "scan_sha256" | "scan_at" | "scan_by"
  >,
): z.input<typeof versionSchema> {
  const { id, revision, sha256, at, scan_sha256, scan_at, scan_by } = row;
  return {
    id,
    revision,
    reason: row.reason as "submitted" | "approved" | "superseded",
    sha256,
    at: at.toISOString(),
    scan:
      scan_sha256 === null || scan_at === null
        ? null
        : { sha256: scan_sha256, at: scan_at.toISOString(), by: scan_by },
  };
}

const EVENT_WORDS: Readonly<Record<string, string>> = {
  "submission.issued": "下达",
  "submission.started": "开始填报",
  "submission.edited": "暂存",
  "submission.submitted": "送审",
  "submission.withdrawn": "取消送审",
  "submission.received": "受理",
  "submission.returned": "退回",
  "submission.approved": "审核通过",
  "return.answered": "答复退回意见",
  "submission.review-cancelled": "取消审核",
  "submission.unlocked": "解锁",
  "submission.published": "公开",
  "submission.withheld": "不予公开",
  "submission.archived": "归档",
  "submission.due-changed": "调整截止时间",
  "finding.justified": "说明审核问题",
  "finding.justification-retracted": "说明失效",
  "evidence.added": "上传佐证材料",
  "evidence.removed": "移除佐证材料",
  "version.sealed": "绑定盖章扫描件",
  "funds.prefilled": "带入财政数据",
  "rollup.made": "汇总",
};

/** An event in words, with what it says beside; the edits themselves are told by the list of saves. */
export function presentEvent(row: {
  readonly seq: bigint;
  readonly at: Date;
  readonly actor_name: string;
  readonly type: string;
  readonly body: string;
}): HistoryItem {
  const { edits: _edits, changes, ...body } = JSON.parse(row.body) as Record<string, unknown>;
  const { state, desk, reason } = body as { state?: State; desk?: Desk | null; reason?: unknown };
  const parts = [
    EVENT_WORDS[row.type] ?? row.type,
    ...(Array.isArray(changes) && changes.length > 0 ? [`改动${changes.length}格`] : []),
    ...(typeof reason === "string" && reason !== "" ? [`理由：${reason.replace(/[。；，\s]+$/u, "")}`] : []),
    ...(state ? [`现为${standingTitle(state, desk ?? null)}`] : []),
  ];
  return {
    seq: row.seq.toString(),
    at: row.at.toISOString(),
    byName: row.actor_name,
    type: row.type,
    says: parts.join("，"),
    cells: Array.isArray(changes) ? changes.map(({ at }: { readonly at: string }) => at) : [],
    body,
  };
}
