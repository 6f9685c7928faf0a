import type {
  Answer,
  attachEvidence,
  downloadEvidence,
  evidenceSchema,
  listEvidence,
  removeEvidence,
} from "@jiheng/contract/http";
import { may } from "@jiheng/workflow";
import type { z } from "zod";
import type { ReplyOf, Upload } from "../../platform/http/route.ts";
import { done, type Outcome, refused, refusedBy } from "../../platform/outcome.ts";
import type { Caller, Platform, Work } from "../../platform/work.ts";
import {
  blobOf,
  keepBlob,
  keyOf,
  type LoadedSubmission,
  reachedSubmission,
  reviewAgain,
  seenSubmission,
  subjectOf,
  subjectOfEvent,
} from "../submissions/index.ts";
import { type EvidenceRow, evidenceOf, insertEvidence, markRemoved } from "./store.ts";

type AnswerTo<E extends { readonly answer: Answer }> = Promise<Outcome<ReplyOf<E["answer"]>>>;

/** Files of one form: more are put together before they are uploaded. */
const MOST_FILES = 300;
const UNKNOWN = refused("not-found", "这张表没有这份佐证材料。");

function present(row: EvidenceRow): z.input<typeof evidenceSchema> {
  return {
    id: row.id,
    indicator: row.indicator,
    name: row.name,
    bytes: Number(row.size),
    sha256: row.sha256,
    at: row.at.toISOString(),
    byName: row.by_name,
    removedAt: row.removed_at?.toISOString() ?? null,
  };
}

/** What proves a form. */
export async function listFor(
  { db, now }: Platform,
  caller: Caller,
  submission: string,
): AnswerTo<typeof listEvidence> {
  const seen = await seenSubmission({ db, caller }, submission, now());
  if (seen.kind === "refused") return seen;
  return done({ body: { items: (await evidenceOf(db, keyOf(seen.value))).map(present) } });
}

/** The bytes of a file; also of a removed one, for whoever looks into what happened. */
export async function fileFor(
  { db, now }: Platform,
  caller: Caller,
  { submission, evidence }: { readonly submission: string; readonly evidence: string },
): AnswerTo<typeof downloadEvidence> {
  const seen = await seenSubmission({ db, caller }, submission, now());
  if (seen.kind === "refused") return seen;
  const [row] = await evidenceOf(db, keyOf(seen.value), evidence);
  const bytes = row ? await blobOf(db, caller.region, row.sha256) : null;
  if (!row || !bytes) return UNKNOWN;
  return done({ name: row.name, media: "application/octet-stream", bytes });
}

async function changeable(work: Work, submission: string): Promise<Outcome<LoadedSubmission>> {
  const reached = await reachedSubmission(work, submission, work.at);
  if (reached.kind === "refused") return reached;
  const { actor } = work.caller;
  const allowed = may(actor, "attach-evidence", subjectOf(reached.value), work.at.toISOString());
  return allowed.kind === "refused" ? refusedBy(allowed) : reached;
}

/** Attaches a file; the form is reviewed again, since rules ask for proof. */
export async function attach(
  work: Work,
  id: string,
  indicator: string | null,
  upload: Upload | undefined,
): AnswerTo<typeof attachEvidence> {
  const found = await changeable(work, id);
  if (found.kind === "refused") return found;
  const submission = found.value;
  const key = keyOf(submission);
  if (!upload) return refused("invalid-input", "没有收到文件，请选择要上传的佐证材料。");
  if (indicator !== null && !submission.form?.indicators.some((row) => row.id === indicator))
    return refused("invalid-input", "表中没有这一行，它可能刚被删去。请刷新后再上传。", [
      { at: "body.indicator", says: "没有这一行" },
    ]);
  const there = (await evidenceOf(work.db, key)).filter(({ removed_at }) => removed_at === null);
  if (there.some((row) => row.sha256 === upload.sha256 && row.indicator === indicator))
    return refused("already-exists", `“${upload.name}”与此处已有的一份材料内容相同，不用再传。`);
  if (there.length >= MOST_FILES)
    return refused("too-large", `这张表已有${MOST_FILES}份材料，请合并后再上传。`);
  await keepBlob(work.db, submission.region, upload, work.at);
  const evidence = work.newId();
  const { name, sha256, bytes } = upload;
  await insertEvidence(work.db, key, {
    ...{ id: evidence, indicator, name, sha256, size: bytes.length },
    ...{ at: work.at, by: work.caller.actor.account },
  });
  work.record(subjectOfEvent(submission), {
    ...{ type: "evidence.added", evidence, indicator, name, sha256, bytes: bytes.length },
  });
  return reviewed(work, submission, evidence);
}

async function reviewed(
  work: Work,
  submission: LoadedSubmission,
  evidence: string,
): AnswerTo<typeof attachEvidence> {
  const again = await reviewAgain(work, submission, null);
  if (again.kind === "refused") return again;
  const [row] = await evidenceOf(work.db, keyOf(submission), evidence);
  return row ? done({ body: present(row) }) : UNKNOWN;
}

/** Takes a file off. */
export async function remove(
  work: Work,
  { submission: id, evidence }: { readonly submission: string; readonly evidence: string },
  reason: string,
): AnswerTo<typeof removeEvidence> {
  const found = await changeable(work, id);
  if (found.kind === "refused") return found;
  const submission = found.value;
  const [row] = await evidenceOf(work.db, keyOf(submission), evidence);
  if (!row) return UNKNOWN;
  if (row.removed_at !== null) return refused("wrong-state", `“${row.name}”已经移除。`);
  await markRemoved(work.db, keyOf(submission), evidence, work.at);
  work.record(subjectOfEvent(submission), { type: "evidence.removed", evidence, reason });
  return reviewed(work, submission, evidence);
}
