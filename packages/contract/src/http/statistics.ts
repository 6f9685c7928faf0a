import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { identity, pageOf, pageQuery, wholeNumber } from "./paging.ts";

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
  boilerplate: z.int().describe("完成情况照抄目标或只写“已完成”之类、没有测量的行数"),
});

/**
 * How indicators are used: typical targets and actuals, how often missed, how often hit exactly. Those of a name, or those that are
 * used most.
 */
export const searchIndicators = endpoint({
  id: "searchIndicators",
  method: "GET",
  path: "/statistics/indicators",
  title: "指标库：按名称、拼音首字母或类别查找指标，看常用目标值、完成值和质量",
  feature: "statistics",
  access: "read",
  query: z.strictObject({
    q: z.string().trim().min(1).max(60).optional().describe("不给则取用得最多的"),
    year: year.optional().describe("不给则取最近一年"),
    category: z.string().max(20).optional().describe("有行归在这一类的；other 为其他指标"),
    limit: wholeNumber(1, 50).default(20),
  }),
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      year: z.int().nullable(),
      categories: z
        .array(z.object({ category: z.string(), title: z.string(), rows: z.int() }))
        .describe("当年各类各有多少行"),
      indicators: z.array(usageSchema),
    }),
  },
  refusals: ["not-allowed"],
});

const mark = z.string().describe("分，十进制字符串");
const percent = z.string().describe("百分数，两位小数，四舍五入");
const standing = z
  .enum(["filled", "handed-in", "decided"])
  .default("filled")
  .describe("filled 已开始填写的，handed-in 已送审及以后的，decided 已审核及以后的");
const analysed = { year, organisation: identity, standing };
const covered = {
  forms: z.int().describe("计入的自评表"),
  rollups: z.int().describe("没有计入的汇总表：其项目已分别计入"),
};
const ofBody = { organisation: z.string(), name: z.string() };
const category = z.string().nullable().describe("二级指标的规范类别；不属于任何一类即为 null");

const scorePointSchema = z.object({
  submission: z.string(),
  project: z.string(),
  unit: z.string(),
  adjustedBudget: yuan,
  expenditure: yuan,
  rate: percent,
  score: mark,
  grade: z.string().nullable(),
});

/** Scores of a body's forms, and how they stand to the money that was spent. */
const scoreStatisticsSchema = z.object({
  ...covered,
  bands: z
    .array(z.object({ from: z.int(), forms: z.int() }))
    .describe("自评总分：每 1 分一档，from 为下限；0 以下归 0，100 以上归 100"),
  formsWithoutScore: z.int(),
  median: mark.nullable(),
  mean: mark.nullable().describe("平均分，两位小数，四舍五入"),
  grades: z.array(gradeSchema.extend({ formsWithoutMoney: z.int() })),
  plane: z.object({
    forms: z.int().describe("有总分、执行数和不为零的全年预算数的"),
    points: z
      .array(scorePointSchema)
      .describe("至多 1500 张，只含调用者可以查看的：高分低执行的在前，其余按全年预算数"),
    left: z.int().describe("缺其中一项或金额悬殊、不能比较的"),
    high: z.int(),
    low: z.int(),
    highScoreLowRate: z.int().describe("总分不低于 high、执行率低于 low 的表数"),
  }),
});

/** Scores and grades, and scores against execution. */
export const getScoreStatistics = endpoint({
  id: "getScoreStatistics",
  method: "GET",
  path: "/statistics/scores",
  title: "得分分布、等级、得分与预算执行率的关系",
  feature: "statistics",
  access: "read",
  query: z.strictObject({
    ...analysed,
    high: wholeNumber(0, 100).default(90),
    low: wholeNumber(0, 100).default(80),
  }),
  answer: { kind: "json", status: 200, schema: scoreStatisticsSchema },
  refusals: ["not-found", "not-allowed"],
});

/** What became of the money: initial + increased − decreased = adjusted; adjusted − unspent + overspent = expenditure. */
export const moneyFlowSchema = z.object({
  forms: z.int().describe("三项金额齐全、没有悬殊的表数，合计只含它们"),
  incomplete: z.int().describe("缺一项以上金额、没有计入的表数"),
  negative: z.int().describe("有一项金额是负数、没有计入的表数"),
  suspect: z
    .int()
    .describe("金额悬殊（执行数达到全年预算数或后者达到年初预算数的 100 倍）、像是单位填错而没有计入的表数"),
  initialBudget: yuan,
  increased: yuan,
  decreased: yuan,
  adjustedBudget: yuan,
  unspent: yuan,
  overspent: yuan,
  expenditure: yuan,
  formsZero: z.int().describe("计入的表中三项金额都是 0 的"),
  formsIncreased: z.int().describe("计入的表中全年预算数多于年初预算数的"),
  formsDecreased: z.int(),
  formsUnspent: z.int().describe("计入的表中执行数少于全年预算数的"),
  formsOverspent: z.int(),
});

/** The way of the money from the initial budget to what was spent. */
export const getMoneyStatistics = endpoint({
  id: "getMoneyStatistics",
  method: "GET",
  path: "/statistics/money",
  title: "资金从年初预算、调整到执行的去向",
  feature: "statistics",
  access: "read",
  query: z.strictObject(analysed),
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      ...covered,
      totals: moneyFlowSchema,
      bodies: z.array(moneyFlowSchema.extend(ofBody)),
    }),
  },
  refusals: ["not-found", "not-allowed"],
});

const losingForms = z.int().describe("其中有失分的行的表数；同一张表只数一次");
const lostSchema = z.object({
  rows: z.int().describe("分值和得分都有的行"),
  points: mark,
  lost: mark.describe("分值减得分；得分高于分值的行按 0 计"),
});

const cause = z
  .enum(["missed", "over", "met", "words", "boilerplate", "blank", "incomparable", "unknown"])
  .describe("over：达到指标值的 130% 以上；met：达到指标值但仍扣分；unknown：保存时还没有归类");

/** Where points were lost and why. */
const pointStatisticsSchema = z.object({
  ...covered,
  totals: lostSchema.extend({
    lacking: z.int().describe("缺分值或得分、没有计入的行"),
    above: z.int().describe("得分高于分值的行"),
  }),
  execution: z.object({
    forms: z.int(),
    lacking: z.int().describe("预算执行的分值或得分没有填、没有计入的表"),
    points: mark,
    lost: mark,
    losingForms: z.int().describe("得分低于分值的表"),
  }),
  categories: z.array(
    lostSchema.extend({
      category,
      title: z.string(),
      losingForms,
      causes: z.array(
        z.object({
          cause,
          explained: z.boolean().describe("是否填有偏差原因"),
          rows: z.int(),
          lost: mark,
        }),
      ),
    }),
  ),
  causes: z.array(z.object({ cause, losingForms })).describe("每种原因有几张表；一张表可以有几种"),
  bodies: z.array(
    lostSchema.extend({
      ...ofBody,
      losingForms,
      cells: z.array(lostSchema.extend({ category, title: z.string(), losingForms })),
    }),
  ),
});

/** Points lost by category, cause and body. */
export const getPointStatistics = endpoint({
  id: "getPointStatistics",
  method: "GET",
  path: "/statistics/points",
  title: "失分：按指标类别、原因和单位",
  feature: "statistics",
  access: "read",
  query: z.strictObject(analysed),
  answer: { kind: "json", status: 200, schema: pointStatisticsSchema },
  refusals: ["not-found", "not-allowed"],
});

/** Indicators whose actual is far above a target that asks for at least so much. */
export const getOverfulfilment = endpoint({
  id: "getOverfulfilment",
  method: "GET",
  path: "/statistics/overfulfilment",
  title: "超额完成：完成值达到指标值一定比例以上的指标",
  feature: "statistics",
  access: "read",
  query: z.strictObject({ ...analysed, from: wholeNumber(101, 1000).default(130) }),
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      ...covered,
      from: z.int(),
      rows: z.int(),
      compared: z.int().describe("指标值为正数、要求不低于它、完成值可比的行"),
      left: z.int().describe("文字、上限、为零或单位不同，不能这样比较的行"),
      over: z.int(),
      bands: z
        .array(z.object({ from: z.int(), rows: z.int(), forms: z.int().describe("这些行在几张表上") }))
        .describe("完成值占指标值的百分比：每 10 个百分点一档，from 为下限，0 以下归首档，200 及以上归末档"),
      names: z.int().describe("有超额完成的指标名称数"),
      indicators: z
        .array(
          z.object({
            name: z.string(),
            unit: z.string().nullable(),
            compared: z.int(),
            over: z.int(),
            forms: z.int().describe("超额的行在几张表上"),
            median: percent,
            highest: percent,
          }),
        )
        .describe("至多 30 个，超额的行多的在前"),
    }),
  },
  refusals: ["not-found", "not-allowed"],
});

/** What speaks for scores that are higher than the work: each figure with what it is a share of. */
const inflationSchema = z.object({
  points: mark.describe("有分值的指标行的分值合计"),
  unmeasured: mark.describe("其中指标值不是数字的行的分值"),
  rows: z.int().describe("已归类的指标行"),
  boilerplate: z.int().describe("其中完成值只写达成，或照抄指标值文字的行"),
  counted: z.int().describe("数量类指标行：比率、满意度、成本和为零的不计"),
  exact: z.int().describe("其中完成值恰好等于指标值的行"),
  recomputed: z.int().describe("有总分、并能重算出总分的表"),
  above: z.int().describe("其中填写的总分高于重算总分（上限）的表"),
  aboveBy: mark.describe("这些表共高出的分数"),
  formsUnmeasured: z.int().describe("有没有量化的分值的表"),
  formsBoilerplate: z.int().describe("有套话完成值的表"),
  formsExact: z.int().describe("有分毫不差的数量指标的表"),
});

/** A body's forms beside those of others. */
export const bodyStatisticsSchema = z.object({
  ...covered,
  scored: z.int(),
  median: mark.nullable(),
  mean: mark.nullable(),
  lowest: mark.nullable(),
  highest: mark.nullable(),
  grades: z.array(z.object({ grade: z.string().nullable(), forms: z.int() })),
  priced: z.int().describe("有全年预算数和执行数、没有悬殊的表"),
  adjustedBudget: yuan,
  expenditure: yuan,
  rate: percent.nullable().describe("执行数合计除以全年预算数合计"),
  must: z.int(),
  formsWithMust: z.int(),
  inflation: inflationSchema,
});

/** Bodies compared, with what speaks for inflated scores. */
export const getBodyStatistics = endpoint({
  id: "getBodyStatistics",
  method: "GET",
  path: "/statistics/bodies",
  title: "各部门（单位）比较，以及评分虚高的迹象",
  feature: "statistics",
  access: "read",
  query: z.strictObject(analysed),
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      totals: bodyStatisticsSchema,
      bodies: z.array(bodyStatisticsSchema.extend(ofBody)),
    }),
  },
  refusals: ["not-found", "not-allowed"],
});

/** A body over the years. */
export const getYearStatistics = endpoint({
  id: "getYearStatistics",
  method: "GET",
  path: "/statistics/years",
  title: "历年：得分、等级、资金和执行率",
  feature: "statistics",
  access: "read",
  query: z.strictObject({ ...analysed, count: wholeNumber(2, 10).default(3).describe("到 year 为止几年") }),
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      years: z.array(
        bodyStatisticsSchema.omit({ inflation: true }).extend({ year: z.int(), money: moneyFlowSchema }),
      ),
    }),
  },
  refusals: ["not-found", "not-allowed"],
});

const underPolicySchema = z.object({
  low: mark.nullable().describe("总分，或其下限；不能计算即为 null"),
  high: mark.nullable(),
  grades: z.array(z.string()).describe("可能的等级"),
});

/** The totals of forms under the policy they were written for and under another. Writes nothing. */
export const comparePolicyTotals = endpoint({
  id: "comparePolicyTotals",
  method: "GET",
  path: "/statistics/policies/{policy}",
  title: "换一套评分办法，总分和等级会怎样",
  feature: "statistics",
  access: "read",
  params: z.strictObject({ policy: z.string().regex(/^[a-z0-9-]{1,60}$/) }),
  query: z.strictObject({ ...analysed, ...pageQuery }),
  answer: {
    kind: "json",
    status: 200,
    schema: pageOf(
      z.object({
        submission: z.string(),
        project: z.string(),
        under: z.string().describe("原来的评分办法"),
        totalScore: mark.nullable().describe("填写的总分"),
        grade: z.string().nullable(),
        before: underPolicySchema.describe("按原来的评分办法重算"),
        after: underPolicySchema,
      }),
    ),
  },
  refusals: ["not-found", "not-allowed", "policy-unknown", "invalid-input"],
});

/** What tells the forms behind a figure from the others. */
const behind = {
  from: wholeNumber(0, 100).optional().describe("总分不低于"),
  below: wholeNumber(1, 101).optional().describe("总分低于；101 为不限"),
  grade: z.string().max(20).optional(),
  without: z.enum(["score", "grade", "money"]).optional(),
  suspect: z.literal("yes").optional().describe("三项金额齐全但悬殊的"),
  money: z
    .enum(["counted", "negative", "zero", "increased", "decreased", "unspent", "overspent"])
    .optional()
    .describe("counted：计入资金合计的；negative：有负数、没有计入的；zero：三项都是 0 的"),
  corner: z.literal("high-score-low-rate").optional(),
  high: wholeNumber(0, 100).default(90),
  low: wholeNumber(0, 100).default(80),
  category: z
    .string()
    .max(20)
    .optional()
    .describe("在这一类指标上失分的；other 为其他指标，execution 为预算执行，any 为任何一类指标"),
  cause: cause.optional(),
  indicator: z.string().max(500).optional(),
  unit: z.string().max(60).optional().describe("空的为没有计量单位的"),
  over: wholeNumber(101, 1000).optional().describe("有完成值达到指标值这个百分比的行"),
  completion: wholeNumber(0, 200)
    .optional()
    .describe("有完成值占指标值的百分比在这一档的行：档的下限，与超额完成的 bands 相同"),
  sign: z.enum(["boilerplate", "exact", "unmeasured", "above"]).optional(),
};

/** The forms behind a figure of the analysis, those with the largest budgets first unless asked otherwise; blanks come last. */
export const listFormsBehind = endpoint({
  id: "listFormsBehind",
  method: "GET",
  path: "/statistics/forms",
  title: "一个统计数字背后的自评表",
  feature: "statistics",
  access: "read",
  query: z.strictObject({
    ...analysed,
    ...behind,
    sort: z.enum(["budget", "expenditure", "rate", "score", "recomputed"]).default("budget"),
    order: z.enum(["desc", "asc"]).default("desc").describe("没有数的总在最后"),
    ...pageQuery,
  }),
  answer: {
    kind: "json",
    status: 200,
    schema: pageOf(
      z.object({
        submission: z.string(),
        project: z.string(),
        unit: z.string(),
        state: z.string(),
        totalScore: mark.nullable(),
        recomputed: mark.nullable().describe("重算的总分（上限）"),
        grade: z.string().nullable(),
        adjustedBudget: yuan.nullable(),
        expenditure: yuan.nullable(),
        rate: percent.nullable(),
      }),
    ).extend({
      organisation: z.string().describe("哪个部门（单位）的"),
      category: z.string().nullable().describe("按哪一类指标筛选的名称；不按类别筛选即为 null"),
      forms: z.int().describe("共有多少张"),
      hidden: z.int().describe("其中调用者不能查看、没有列出的"),
    }),
  },
  refusals: ["not-found", "not-allowed", "invalid-input"],
});
