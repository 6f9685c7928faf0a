import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { identity, instant } from "./paging.ts";

const ofSubmission = z.strictObject({ submission: identity });
const ofEvidence = z.strictObject({ submission: identity, evidence: identity });

/** A file that proves what a row, or the form as a whole, says (佐证材料). */
export const evidenceSchema = z.object({
  id: identity,
  indicator: identity.nullable().describe("所证明的指标行；null 为整张表"),
  name: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  at: instant,
  byName: z.string(),
  removedAt: instant.nullable(),
});

/** The evidence of a form, that which was removed included. */
export const listEvidence = endpoint({
  id: "listEvidence",
  method: "GET",
  path: "/submissions/{submission}/evidence",
  title: "一张表的佐证材料",
  feature: "evidence",
  access: "read",
  params: ofSubmission,
  answer: { kind: "json", status: 200, schema: z.object({ items: z.array(evidenceSchema) }) },
  refusals: ["not-found", "not-allowed"],
});

/** Attaches a file to a row, or to the whole form. */
export const attachEvidence = endpoint({
  id: "attachEvidence",
  method: "POST",
  path: "/submissions/{submission}/evidence",
  title: "上传佐证材料",
  feature: "evidence",
  access: "write",
  params: ofSubmission,
  uploads: "one",
  body: z.strictObject({ indicator: identity.nullable().default(null) }),
  answer: { kind: "json", status: 201, schema: evidenceSchema },
  refusals: ["not-found", "not-allowed", "recused", "wrong-state", "already-exists", "too-large"],
});

/** The file, always as an attachment of no type a browser would open. */
export const downloadEvidence = endpoint({
  id: "downloadEvidence",
  method: "GET",
  path: "/submissions/{submission}/evidence/{evidence}",
  title: "下载佐证材料",
  feature: "evidence",
  access: "read",
  params: ofEvidence,
  answer: { kind: "file", media: ["application/octet-stream"] },
  refusals: ["not-found", "not-allowed"],
});

/** Takes a file off the form; that it was there, and its bytes, are kept. */
export const removeEvidence = endpoint({
  id: "removeEvidence",
  method: "POST",
  path: "/submissions/{submission}/evidence/{evidence}/remove",
  title: "移除佐证材料",
  feature: "evidence",
  access: "write",
  params: ofEvidence,
  body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
  answer: { kind: "json", status: 200, schema: evidenceSchema },
  refusals: ["not-found", "not-allowed", "recused", "wrong-state"],
});
