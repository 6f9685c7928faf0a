import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { identity, instant, pageOf, pageQuery, wholeNumber } from "./paging.ts";

const year = wholeNumber(2000, 2100);
const day = z.iso
  .date()
  .regex(/^20\d\d-/)
  .describe("日期，YYYY-MM-DD");
const says = z.string().trim().min(4).max(2000);
const ofYear = z.strictObject({ year, id: identity });

/** States of an entry of the rectification ledger: 待整改 已反馈 已验收 退回再改. */
export const RECTIFICATION_STATES = ["open", "answered", "verified", "reopened"] as const;

/** One entry of the rectification ledger (整改台账). */
export const rectificationSchema = z.object({
  id: z.string(),
  year: z.int(),
  submission: z.string(),
  project: z.object({ id: z.string(), name: z.string() }),
  department: z.string(),
  unit: z.string(),
  finding: z.string().nullable().describe("来自哪个审核问题（指纹）；人工提出的为 null"),
  problem: z.string().describe("下达整改时写的问题或要求"),
  found: z.string().nullable().describe("审核问题的原文；现在的表里已没有这个问题或不是来自审核的为 null"),
  place: z.string().nullable().describe("审核问题在表上的位置"),
  measure: z.string().nullable(),
  owner: z.string().describe("责任单位"),
  due: day,
  overdue: z.boolean(),
  extensions: z
    .array(
      z.object({
        id: z.string(),
        from: day.describe("申请时的期限"),
        to: day.describe("申请延到"),
        reason: z.string(),
        askedBy: z.string(),
        askedAt: instant,
        granted: z.boolean().nullable().describe("还没有审批为 null"),
        note: z.string().nullable(),
        decidedBy: z.string().nullable().describe("审批人"),
        decidedAt: instant.nullable(),
      }),
    )
    .describe("延期，先申请的在前"),
  state: z.enum(RECTIFICATION_STATES),
  proof: z.string().nullable().describe("佐证材料"),
  nextYear: z
    .enum(["gone", "again", "not-yet"])
    .nullable()
    .describe("下一年度的表还有没有同一规则的问题；不是来自审核问题的为 null"),
});

/** The ledger of a body. */
export const listRectifications = endpoint({
  id: "listRectifications",
  method: "GET",
  path: "/rectifications",
  title: "整改台账",
  feature: "results",
  access: "read",
  query: z.strictObject({
    organisation: identity,
    year: year.optional(),
    state: z.enum(RECTIFICATION_STATES).optional(),
    ...pageQuery,
  }),
  answer: { kind: "json", status: 200, schema: pageOf(rectificationSchema) },
  refusals: ["not-found", "not-allowed"],
});

/** Puts a problem of a form into the ledger, with its owner and deadline. */
export const openRectification = endpoint({
  id: "openRectification",
  method: "POST",
  path: "/rectifications",
  title: "下达整改",
  feature: "results",
  access: "review",
  body: z.strictObject({
    submission: identity,
    finding: z.string().min(1).max(80).nullable().default(null),
    problem: says,
    due: day,
  }),
  answer: { kind: "json", status: 201, schema: rectificationSchema },
  refusals: ["not-found", "not-allowed", "already-exists", "wrong-state"],
});

/** The owner says what was done, with proof. */
export const answerRectification = endpoint({
  id: "answerRectification",
  method: "POST",
  path: "/rectifications/{year}/{id}/answer",
  title: "反馈整改情况",
  feature: "results",
  access: "write",
  params: ofYear,
  body: z.strictObject({ measure: says, proof: identity.nullable().default(null) }),
  answer: { kind: "json", status: 200, schema: rectificationSchema },
  refusals: ["not-found", "not-allowed", "wrong-state"],
});

/** Whoever asked for it accepts the answer or sends it back. */
export const verifyRectification = endpoint({
  id: "verifyRectification",
  method: "POST",
  path: "/rectifications/{year}/{id}/verify",
  title: "验收整改或退回再改",
  feature: "results",
  access: "review",
  params: ofYear,
  body: z.strictObject({ accepted: z.boolean(), note: says }),
  answer: { kind: "json", status: 200, schema: rectificationSchema },
  refusals: ["not-found", "not-allowed", "wrong-state"],
});

/** The owner asks for a later deadline; a reviewer puts it off at once. */
export const extendRectification = endpoint({
  id: "extendRectification",
  method: "POST",
  path: "/rectifications/{year}/{id}/extensions",
  title: "申请整改延期；有验收权限的人直接延期",
  feature: "results",
  access: "write",
  params: ofYear,
  body: z.strictObject({ due: day, reason: says }),
  answer: { kind: "json", status: 200, schema: rectificationSchema },
  refusals: ["not-found", "not-allowed", "wrong-state", "already-exists"],
});

/** Grants or refuses a later deadline that was asked for. */
export const decideExtension = endpoint({
  id: "decideExtension",
  method: "POST",
  path: "/rectifications/{year}/{id}/extensions/{extension}",
  title: "审批整改延期：同意，或不同意并说明",
  feature: "results",
  access: "review",
  params: ofYear.extend({ extension: identity }),
  body: z.strictObject({ granted: z.boolean(), note: says.nullable().default(null) }),
  answer: { kind: "json", status: 200, schema: rectificationSchema },
  refusals: ["not-found", "not-allowed", "wrong-state", "reason-missing"],
});

/** What a grade does to the next budget: 优先保障 保持 压减 取消 其他. */
export const DECISIONS = ["priority", "keep", "cut", "cancel", "other"] as const;

const useSchema = z.object({
  id: z.string(),
  year: z.int(),
  project: z.object({ id: z.string(), name: z.string() }),
  submission: z.string(),
  grade: z.string().nullable(),
  decision: z.enum(DECISIONS),
  amount: z.string().nullable().describe("对下年预算的影响，元；不涉及金额为 null"),
  reason: z.string(),
  at: instant,
});

/** How results were used, and for the approved forms without a decision what is proposed, and from what. */
export const listUses = endpoint({
  id: "listUses",
  method: "GET",
  path: "/results/uses",
  title: "结果应用：已登记的和建议的",
  feature: "results",
  access: "read",
  query: z.strictObject({ organisation: identity, year }),
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      decided: z.array(useSchema),
      suggested: z
        .array(
          z.object({
            submission: z.string(),
            project: z.object({ id: z.string(), name: z.string() }),
            grade: z.string().nullable(),
            reviewScore: z.string().nullable().describe("复核得分；未经复核为 null"),
            decision: z.enum(DECISIONS).nullable().describe("没有等级的不作建议"),
            says: z.string().describe("依据：自评、复核、整改、执行率、监控灯，以及由此得出的建议"),
          }),
        )
        .describe("最多 500 条"),
    }),
  },
  refusals: ["not-found", "not-allowed"],
});

/** Records what a result does to the next budget. */
export const recordUse = endpoint({
  id: "recordUse",
  method: "POST",
  path: "/results/uses",
  title: "登记结果应用",
  feature: "results",
  access: "review",
  body: z.strictObject({
    submission: identity,
    decision: z.enum(DECISIONS),
    amount: z
      .string()
      .regex(/^-?\d{1,13}(\.\d{1,2})?$/)
      .nullable()
      .default(null)
      .describe("元"),
    reason: says,
  }),
  answer: { kind: "json", status: 201, schema: useSchema },
  refusals: ["not-found", "not-allowed", "wrong-state"],
});
