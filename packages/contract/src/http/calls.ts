import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { identity, instant, pageOf, pageQuery, wholeNumber } from "./paging.ts";
import { submissionSummarySchema } from "./submissions.ts";

const kind = z.enum(["target-declaration", "monitoring", "self-evaluation"]);
const callParams = z.strictObject({ call: identity });
const reason = z.string().trim().min(1).max(2000);

/** A call for work: one kind of form from every project of a body, until a deadline. */
export const callSchema = z.object({
  id: identity,
  year: z.int(),
  kind: z.string(),
  title: z.string(),
  scope: identity,
  scopeName: z.string(),
  issuer: identity,
  due: instant,
  lateAllowed: z.boolean(),
  opensAt: instant,
  closedAt: instant.nullable(),
});

const json = <S extends z.ZodType>(schema: S) => ({ kind: "json", status: 200, schema }) as const;

/** Calls for work: issues a form for every project of the scope. */
export const createCall = endpoint({
  id: "createCall",
  method: "POST",
  path: "/calls",
  title: "布置工作：向范围内的每个项目下达一张表",
  feature: "calls",
  access: "review",
  body: z.strictObject({
    year: z.int().min(2000).max(2100),
    kind,
    month: z.int().min(1).max(12).nullable().default(null).describe("监控的截止月份"),
    scope: identity.describe("地区、主管部门或单位"),
    title: z.string().trim().min(2).max(200),
    due: instant,
    lateAllowed: z.boolean().default(false),
  }),
  answer: {
    kind: "json",
    status: 201,
    schema: z.object({
      call: callSchema,
      issued: z.int().describe("下达的表数"),
      existing: z.int().describe("已有本年该表、未再下达的项目数"),
      placeholders: z.int().describe("涉密占位，只计入覆盖面"),
    }),
  },
  refusals: ["not-found", "not-allowed", "out-of-scope", "past-due", "invalid-input"],
});

/** What a call would do, before anybody is called: nothing is written. */
export const previewCall = endpoint({
  id: "previewCall",
  method: "GET",
  path: "/calls/preview",
  title: "布置之前看会下达多少张表",
  feature: "calls",
  access: "review",
  query: z.strictObject({
    year: wholeNumber(2000, 2100),
    kind,
    month: wholeNumber(1, 12).optional(),
    scope: identity.describe("地区、主管部门或单位"),
  }),
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      issued: z.int().describe("会下达的表数"),
      departments: z.int(),
      units: z.int(),
      existing: z.int().describe("已有本年该表的项目数"),
      placeholders: z.int().describe("涉密占位，只计入覆盖面"),
      rollups: z.int().describe("汇总用的项目，不下达"),
      unfinished: z.int().describe("同一范围上一环节（目标申报）还没有审核通过的表数；申报本身为0"),
    }),
  },
  refusals: ["not-found", "not-allowed", "out-of-scope"],
});

/** The calls that concern the caller. */
export const listCalls = endpoint({
  id: "listCalls",
  method: "GET",
  path: "/calls",
  title: "布置的工作",
  feature: "calls",
  access: "read",
  query: z.strictObject({ year: wholeNumber(2000, 2100).optional(), ...pageQuery }),
  answer: json(
    pageOf(
      callSchema.extend({
        forms: z.int().describe("范围内您看得到的表数"),
        handedIn: z.int().describe("其中已送审及以后的"),
      }),
    ),
  ),
  refusals: ["not-allowed"],
});

const standingCounts = z.array(z.object({ state: z.string(), desk: z.string().nullable(), forms: z.int() }));

/** A call with how far each unit is. */
export const getCall = endpoint({
  id: "getCall",
  method: "GET",
  path: "/calls/{call}",
  title: "一项工作的进度：各单位各状态的表数",
  feature: "calls",
  access: "read",
  params: callParams,
  answer: json(
    z.object({
      call: callSchema,
      totals: standingCounts,
      units: z.array(
        z.object({
          unit: identity,
          name: z.string(),
          department: identity,
          departmentName: z.string(),
          forms: z.int(),
          handedIn: z.int().describe("已送审及以后的"),
          approved: z.int(),
          overdue: z.int(),
          states: standingCounts,
        }),
      ),
    }),
  ),
  refusals: ["not-found", "not-allowed"],
});

/** Changes the deadline of a call and of its forms that are not handed in. */
export const changeCallDue = endpoint({
  id: "changeCallDue",
  method: "POST",
  path: "/calls/{call}/due",
  title: "调整一项工作的截止时间",
  feature: "calls",
  access: "review",
  params: callParams,
  body: z.strictObject({ due: instant, lateAllowed: z.boolean().optional(), reason }),
  answer: json(z.object({ call: callSchema, changed: z.int().describe("随之调整的表数") })),
  refusals: ["not-found", "not-allowed", "out-of-scope"],
});

/** What waits for the caller. */
export const getWorkbench = endpoint({
  id: "getWorkbench",
  method: "GET",
  path: "/workbench",
  title: "待办：等我填报、审核、公开的表",
  feature: "calls",
  access: "read",
  query: z.strictObject({ year: wholeNumber(2000, 2100).optional(), ...pageQuery }),
  answer: json(
    pageOf(submissionSummarySchema).extend({
      counts: z.array(
        z.object({
          year: z.int(),
          kind: z.string(),
          state: z.string(),
          desk: z.string().nullable(),
          forms: z.int(),
        }),
      ),
    }),
  ),
});

/** What is due soon or overdue, of what the caller may see. */
export const listReminders = endpoint({
  id: "listReminders",
  method: "GET",
  path: "/reminders",
  title: "催办：即将到期和已经逾期、尚未送审的表",
  feature: "calls",
  access: "read",
  query: z.strictObject({ days: wholeNumber(0, 60).default(7), ...pageQuery }),
  answer: json(
    pageOf(submissionSummarySchema.extend({ overdue: z.boolean(), daysLeft: z.int(), unitName: z.string() })),
  ),
});
