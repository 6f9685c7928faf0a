import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { identity, instant, pageQuery, wholeNumber } from "./paging.ts";

const force = z.enum(["must", "should", "hint", "off"]);
const day = z.iso
  .date()
  .regex(/^20\d\d-/)
  .describe("日期，YYYY-MM-DD");
const ruleId = z.string().regex(/^[a-z0-9-]{1,60}$/);

/** One change of a rule by a region: its force from a day on, and who wanted it why. */
export const ruleSettingSchema = z.object({
  force,
  from: day,
  reason: z.string(),
  by: z.string().describe("经办人账号"),
  at: instant,
});

/** A rule of the catalogue as it holds in the region. */
export const ruleSchema = z.object({
  id: z.string(),
  code: z.string(),
  title: z.string(),
  explains: z.string(),
  kind: z.enum(["auto", "assist", "human"]),
  level: z.enum(["form", "batch", "cross-year"]),
  force: z.enum(["must", "should", "hint", "pack"]).describe("规则本身的力度；pack 随政策包"),
  basis: z.array(z.string()),
  inForce: force.nullable().describe("本地区今天的调整；没有调整即为 null"),
  settings: z.array(ruleSettingSchema).describe("本地区的全部调整，新的在前"),
});

/** The catalogue as it holds in the caller's region. */
export const listRules = endpoint({
  id: "listRules",
  method: "GET",
  path: "/rules",
  title: "审核规则目录和本地区的调整",
  feature: "rules",
  access: "read",
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({ version: z.string(), rules: z.array(ruleSchema) }),
  },
});

/** Switches or re-grades a rule for the region from a day on. */
export const changeRule = endpoint({
  id: "changeRule",
  method: "POST",
  path: "/rules/{rule}/settings",
  title: "停用、启用或调整一条审核规则的力度",
  feature: "rules",
  access: "administer",
  params: z.strictObject({ rule: ruleId }),
  body: z.strictObject({ force, from: day, reason: z.string().trim().min(4).max(500) }),
  answer: { kind: "json", status: 201, schema: ruleSchema },
  refusals: ["not-found", "not-allowed", "reason-missing", "wrong-state"],
});

/** The policy packs. */
export const listPolicies = endpoint({
  id: "listPolicies",
  method: "GET",
  path: "/policies",
  title: "评分办法",
  feature: "rules",
  access: "read",
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      policies: z.array(
        z.object({
          id: z.string(),
          version: z.string(),
          title: z.string(),
          draft: z.boolean(),
          scope: z.string(),
          places: z.array(z.string()),
        }),
      ),
    }),
  },
});

/** The forms of a year under another pack: what would change. Writes nothing. */
export const shadowRun = endpoint({
  id: "shadowRun",
  method: "GET",
  path: "/policies/{policy}/shadow-run",
  title: "用一套评分办法试算某年的自评表：哪些得分和等级会变",
  feature: "rules",
  access: "read",
  params: z.strictObject({ policy: z.string().regex(/^[a-z0-9-]{1,60}$/) }),
  query: z.strictObject({ year: wholeNumber(2000, 2100), organisation: identity, ...pageQuery }),
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      items: z.array(
        z.object({
          submission: z.string(),
          project: z.string(),
          under: z.string().nullable().describe("原来的评分办法"),
          changes: z.array(
            z.object({
              at: z.string(),
              name: z.string(),
              before: z.string(),
              after: z.string(),
              why: z.object({ before: z.string(), after: z.string() }),
            }),
          ),
        }),
      ),
      all: z.int().describe("这个机构这一年的自评表共有几张，各页相同"),
      unchanged: z.int().describe("本页中没有变化的表数，不列出"),
      next: z.string().nullable(),
    }),
  },
  refusals: ["not-found", "not-allowed", "policy-unknown"],
});

/** How often a rule found something in the self-evaluations of a body and year as they stand, and in which. */
export const getRuleFindings = endpoint({
  id: "getRuleFindings",
  method: "GET",
  path: "/rules/{rule}/findings",
  title: "一条审核规则提出过多少处、在哪些自评表上",
  feature: "rules",
  access: "read",
  params: z.strictObject({ rule: ruleId }),
  query: z.strictObject({ year: wholeNumber(2000, 2100), organisation: identity, ...pageQuery }),
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      organisation: z.object({ id: identity, name: z.string() }),
      examined: z.int().describe("这个机构这一年的自评表共有几张"),
      forms: z.int().describe("其中几张提出过"),
      findings: z.int().describe("共提出几处"),
      items: z
        .array(
          z.object({
            submission: identity,
            project: z.string(),
            unit: z.string(),
            findings: z.int(),
          }),
        )
        .describe("提出得最多的表在前"),
      next: z.string().nullable(),
    }),
  },
  refusals: ["not-found", "not-allowed"],
});
