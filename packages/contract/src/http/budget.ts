import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { identity, instant, pageOf, pageQuery, wholeNumber } from "./paging.ts";

/** What an entry is: approved budget, an adjustment of it (either sign), a payment (negative where it was returned). */
export const BUDGET_NATURES = ["approved", "adjustment", "payment"] as const;

const nature = z.enum(BUDGET_NATURES);
const yuan = z
  .string()
  .regex(/^-?\d{1,13}(\.\d{1,2})?$/)
  .describe("元，至多两位小数");
const year = z.int().min(2000).max(2100);
const source = z
  .string()
  .regex(/^[a-z-]{1,40}$/)
  .default("current-appropriation")
  .describe("资金来源，与表中资金行的来源同一套");

/** What became of an import: every row was taken, was there already, or says why not. */
export const budgetReportSchema = z.object({
  import: identity,
  accepted: z.int(),
  repeated: z.int().describe("已经有的，未重复记"),
  rejected: z.array(z.object({ at: z.string().describe("文件中的位置"), says: z.string() })),
  notes: z.array(z.string()).describe("是怎样理解的"),
});

/** Reads a table of the finance system. */
export const importBudget = endpoint({
  id: "importBudget",
  method: "POST",
  path: "/budget/imports",
  title: "导入财政系统的预算、调整和支付表（xlsx、xls、et、ods、csv）",
  feature: "budget",
  access: "budget",
  uploads: "one",
  body: z.strictObject({
    year,
    moneyUnit: z.enum(["元", "千元", "万元", "亿元"]).nullable().default(null).describe("表上没有注明时用"),
    nature: nature.nullable().default(null).describe("只有“金额”一列而没有类型列时，说明是哪一种"),
  }),
  answer: { kind: "json", status: 201, schema: budgetReportSchema },
  refusals: ["not-allowed", "already-exists"],
});

/** A row as it would be booked. */
const budgetLineSchema = z.object({
  at: z.string(),
  project: identity,
  projectName: z.string(),
  ...{ nature, source: z.string() },
  amount: z.string().describe("元"),
  date: z.string().nullable(),
  document: z.string().nullable().describe("表上是累计数、没有凭证的为 null"),
  repeated: z.boolean().describe("原来就有，不重复记"),
});

/** What an import of a table would do; nothing is kept. */
export const previewBudget = endpoint({
  ...importBudget,
  id: "previewBudget",
  path: "/budget/previews",
  title: "试读财政系统的表：将怎样记，哪些行不能记，什么都不保存",
  answer: {
    kind: "json",
    status: 200,
    schema: budgetReportSchema.extend({
      lines: z.array(budgetLineSchema).describe("至多列 500 行"),
      lineCount: z.int(),
    }),
  },
});

/** Takes entries from a program; all of them or, where one is wrong, none. */
export const recordBudget = endpoint({
  id: "recordBudget",
  method: "POST",
  path: "/budget/entries",
  title: "接口推送预算、调整和支付数据",
  feature: "budget",
  access: "budget",
  body: z.strictObject({
    year,
    entries: z
      .array(
        z.strictObject({
          project: z.string().trim().min(1).max(60).describe("项目编码，或项目标识"),
          nature,
          source,
          amount: yuan,
          date: z.iso.date().nullable().default(null),
          document: z.string().trim().min(1).max(120).describe("凭证号或文号，同一凭证只记一次"),
        }),
      )
      .min(1)
      .max(5_000),
  }),
  answer: { kind: "json", status: 201, schema: budgetReportSchema },
  refusals: ["not-allowed"],
});

/** One entry of the ledger. */
export const budgetEntrySchema = z.object({
  id: identity,
  project: identity,
  projectName: z.string(),
  nature,
  source: z.string(),
  amount: z.string().describe("元"),
  date: z.string().nullable(),
  document: z.string(),
  importedAt: instant,
  importedBy: z.string(),
});

/** The ledger of a project or of all projects of a body. */
export const listBudget = endpoint({
  id: "listBudget",
  method: "GET",
  path: "/budget/entries",
  title: "预算和支付台账",
  feature: "budget",
  access: "read",
  query: z.strictObject({
    year: wholeNumber(2000, 2100),
    organisation: identity,
    project: identity.optional(),
    ...pageQuery,
  }),
  answer: { kind: "json", status: 200, schema: pageOf(budgetEntrySchema) },
  refusals: ["not-found", "not-allowed"],
});

const cell = z.object({
  at: z.string(),
  label: z.string(),
  form: z.string().nullable(),
  ledger: z.string().describe("按表的金额单位"),
  agrees: z.boolean(),
  difference: z.string().nullable().describe("表上的减财政的，元；表上没有数字时为 null"),
});

/** The funds of all forms of a year held against the finance system, as both are now. */
export const listReconciliations = endpoint({
  id: "listReconciliations",
  method: "GET",
  path: "/budget/reconciliations",
  title: "各表资金与财政数据对账",
  feature: "budget",
  access: "read",
  query: z.strictObject({
    year: wholeNumber(2000, 2100),
    organisation: identity,
    only: z.enum(["all", "differing", "unknown"]).default("all"),
    ...pageQuery,
  }),
  answer: {
    kind: "json",
    status: 200,
    schema: pageOf(
      z.object({
        submission: identity,
        project: identity,
        projectName: z.string(),
        unitName: z.string(),
        kind: z.string(),
        standing: z.string(),
        moneyUnit: z.string().nullable(),
        known: z.boolean().describe("财政数据里有没有这个项目本年的记录"),
        cells: z.array(cell),
      }),
    ),
  },
  refusals: ["not-found", "not-allowed"],
});

/** A form's funds held against the finance system, cell by cell, as both are now. */
export const reconcileFunds = endpoint({
  id: "reconcileFunds",
  method: "GET",
  path: "/submissions/{submission}/funds",
  title: "资金与财政数据对账",
  feature: "budget",
  access: "read",
  params: z.strictObject({ submission: identity }),
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      known: z.boolean().describe("财政数据里有没有这个项目本年的记录"),
      cells: z.array(cell),
    }),
  },
  refusals: ["not-found", "not-allowed", "wrong-state"],
});

/** Fills the blank cells of a form's funds from the finance system; what somebody typed stays. */
export const prefillFunds = endpoint({
  id: "prefillFunds",
  method: "POST",
  path: "/submissions/{submission}/funds/prefill",
  title: "从财政数据带入资金（只填空白格）",
  feature: "budget",
  access: "write",
  params: z.strictObject({ submission: identity }),
  body: z.strictObject({}),
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      revision: z.int(),
      filled: z.array(z.object({ at: z.string(), to: z.string().nullable() })),
    }),
  },
  refusals: [
    "not-found",
    "not-allowed",
    "out-of-scope",
    "recused",
    "wrong-state",
    "classified",
    "policy-unknown",
  ],
});
