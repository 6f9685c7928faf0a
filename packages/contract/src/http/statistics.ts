import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { identity, wholeNumber } from "./paging.ts";

const yuan = z.string().describe("元，两位小数的十进制字符串");
const year = wholeNumber(2000, 2100);

const moneySchema = z.object({ initialBudget: yuan, adjustedBudget: yuan, expenditure: yuan });

const countsSchema = z.object({
  kind: z.string(),
  state: z.string(),
  forms: z.int(),
});

const gradeSchema = z.object({ grade: z.string().nullable(), forms: z.int(), expenditure: yuan });

/** One body beneath the one that was asked about, or that one's own forms. */
const bodySchema = z.object({
  organisation: z.string(),
  name: z.string(),
  projects: z.int(),
  placeholders: z.int(),
  forms: z.array(countsSchema),
  grades: z.array(gradeSchema),
  money: moneySchema.describe("自评表资金合计；表上没有金额的不计入"),
  formsWithoutMoney: z.int().describe("没有金额的自评表数，合计中没有它们"),
  must: z.int(),
  should: z.int(),
});

/** Where a body stands in a year: coverage, states, money, grades, scores, and the rules most often broken. */
export const overviewSchema = z.object({
  year: z.int(),
  organisation: z.object({ id: z.string(), name: z.string(), kind: z.string() }),
  totals: bodySchema.omit({ organisation: true, name: true }),
  bodies: z.array(bodySchema),
  scores: z
    .array(z.object({ from: z.int(), forms: z.int() }))
    .describe("自评总分分布：每 5 分一档，from 为下限；没有总分的不在其中"),
  formsWithoutScore: z.int(),
  rules: z.array(
    z.object({ code: z.string(), rule: z.string(), force: z.string(), forms: z.int(), findings: z.int() }),
  ),
  rectifications: z.array(z.object({ state: z.string(), count: z.int() })),
});

/** Where a body stands in a year, with each body beneath it. */
export const getOverview = endpoint({
  id: "getOverview",
  method: "GET",
  path: "/statistics/overview",
  title: "单位或部门某年的总体情况：覆盖、进度、资金、等级、得分、常见问题",
  feature: "statistics",
  access: "read",
  query: z.strictObject({ year, organisation: identity }),
  answer: { kind: "json", status: 200, schema: overviewSchema },
  refusals: ["not-found", "not-allowed"],
});

/** How the indicators of one name and unit are used in a year. */
export const usageSchema = z.object({
  name: z.string(),
  level1: z.string().nullable(),
  level2: z.string().nullable(),
  unit: z.string().nullable(),
  rows: z.int().describe("这个名称当年共有多少行"),
  measured: z.int().describe("以下各项根据其中多少行得出，每个名称最多 1000 行"),
  projects: z.int(),
  comparisons: z.array(z.object({ comparison: z.string().nullable(), rows: z.int() })),
  targets: z
    .object({
      low: z.string(),
      quarter: z.string(),
      middle: z.string(),
      threeQuarters: z.string(),
      high: z.string(),
    })
    .nullable()
    .describe("目标值的分位数；没有数值目标即为 null"),
  actuals: z
    .object({
      low: z.string(),
      quarter: z.string(),
      middle: z.string(),
      threeQuarters: z.string(),
      high: z.string(),
    })
    .nullable(),
  scored: z.int().describe("有分值和得分的行数"),
  missed: z.int().describe("得分低于分值的行数"),
  exact: z.int().describe("实际完成值恰等于目标值的行数"),
});

/** How indicators of a name are used: typical targets and actuals, how often missed, how often hit exactly. */
export const searchIndicators = endpoint({
  id: "searchIndicators",
  method: "GET",
  path: "/statistics/indicators",
  title: "指标库：按名称或拼音首字母查找指标，看常用目标值、完成值和质量",
  feature: "statistics",
  access: "read",
  query: z.strictObject({
    q: z.string().trim().min(1).max(60),
    year: year.optional().describe("不给则取最近一年"),
    limit: wholeNumber(1, 50).default(20),
  }),
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({ year: z.int().nullable(), indicators: z.array(usageSchema) }),
  },
  refusals: ["not-allowed"],
});
