import { may } from "@jiheng/workflow";
import type { Upload } from "../../platform/http/route.ts";
import { done, type Outcome, refused, refusedBy } from "../../platform/outcome.ts";
import type { Work } from "../../platform/work.ts";
import { subjectOf } from "./load-submission.ts";
import { keyOf, subjectOfEvent } from "./save-form.ts";
import { bindScan, keepBlob, type VersionRow, versionOf } from "./store.ts";
import { reachedSubmission } from "./visibility.ts";

/** Kinds of scans by the bytes they begin with: a name proves nothing. */
const SCANS = [
  { media: "application/pdf", ending: "pdf", mark: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { media: "image/jpeg", ending: "jpg", mark: [0xff, 0xd8, 0xff] },
  { media: "image/png", ending: "png", mark: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
] as const;

/** What a scan is, by its first bytes; null for anything that is none. */
export function scanKindOf(bytes: Uint8Array): (typeof SCANS)[number] | null {
  return SCANS.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte)) ?? null;
}

/** Binds the scan of the printed and sealed version to it. `sha256` is what the paper shows: it must be that of the version. */
export async function sealVersionOf(
  work: Work,
  { submission: id, version }: { readonly submission: string; readonly version: string },
  sha256: string,
  scan: Upload | undefined,
): Promise<Outcome<VersionRow>> {
  const reached = await reachedSubmission(work, id, work.at);
  if (reached.kind === "refused") return reached;
  const submission = reached.value;
  const allowed = may(work.caller.actor, "seal", subjectOf(submission), work.at.toISOString());
  if (allowed.kind === "refused") return refusedBy(allowed);
  const row = await versionOf(work.db, keyOf(submission), version);
  if (!row) return refused("not-found", "这张表没有这个留存版本。");
  if (!scan || !scanKindOf(scan.bytes))
    return refused("wrong-media", "盖章扫描件须为 PDF、JPEG 或 PNG 文件，上传的内容不是其中之一。");
  if (row.sha256 !== sha256)
    return refused(
      "conflict",
      "扫描件上的摘要与这个版本不符：盖章的是另一个版本。请核对后上传到相应的版本。",
    );
  const { account } = work.caller.actor;
  await keepBlob(work.db, submission.region, scan, work.at);
  const bound = await bindScan(work.db, keyOf(submission), version, {
    sha256: scan.sha256,
    at: work.at,
    by: account,
  });
  if (!bound) return refused("already-exists", "这个版本已经绑定过盖章扫描件，不能更换。");
  work.record(subjectOfEvent(submission), {
    type: "version.sealed",
    version,
    sha256,
    scanSha256: scan.sha256,
  });
  return done({ ...row, scan_sha256: scan.sha256, scan_at: work.at, scan_by: account });
}
