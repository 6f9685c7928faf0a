import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { identity, instant, pageOf, pageQuery, wholeNumber } from "./paging.ts";

const year = z.int().min(2000).max(2100);
const mark = z.string().nullable();
const ofSample = z.strictObject({ year: wholeNumber(2000, 2100), sample: identity });
const ofItem = ofSample.extend({ submission: identity });

const yuan = z.string().regex(/^\d{1,15}(?:\.\d{1,2})?$/);
const narrowing = {
  grade: z.string().trim().min(1).max(10).optional().describe("只要这一等级的"),
  moneyFrom: yuan.optional().describe("支出不少于，元"),
  moneyTo: yuan.optional().describe("支出不多于，元"),
};
const narrowingSchema = z.strictObject({
  departments: z.array(identity).min(1).max(500).optional().describe("只要这些主管部门的"),
  ...narrowing,
  riskFrom: z.int().min(1).max(300).optional().describe("风险不低于"),
});

const statementSchema = z.object({
  population: z.int(),
  sample: z.int(),
  moneyShare: z.string().nullable().describe("抽中项目的金额占比，百分数；金额均未填为 null"),
  moneyUnknown: z.int(),
  bounds: z
    .array(
      z.object({
        stratum: z.string().nullable(),
        population: z.int(),
        sample: z.int(),
        wrong: z.int(),
        atMost: z.int(),
        rate: z.string(),
      }),
    )
    .describe("95% 把握下有问题份数的上限；不能推断时为空"),
  says: z.array(z.string()),
});

/** A sample of the self-evaluations of a year for review (复核). */
export const sampleSchema = z.object({
  id: identity,
  year: z.int(),
  name: z.string(),
  organisation: identity,
  method: z.enum(["money", "risk", "random", "stratified"]),
  seed: z.string(),
  size: z.int(),
  population: z.int(),
  populationSha256: z.string().describe("总体清单的摘要；清单可下载，按同一种子可重新抽取核对"),
  at: instant,
  byName: z.string(),
  narrowedTo: z.array(z.string()).describe("总体按什么收窄；没有收窄为空"),
  cancelled: z
    .object({ at: instant, byName: z.string(), reason: z.string() })
    .nullable()
    .describe("作废的样本：种子和清单仍留存"),
});

const itemSchema = z.object({
  position: z.int(),
  submission: identity,
  project: z.string(),
  unit: z.string(),
  why: z.string().describe("为什么抽中"),
  selfScore: mark,
  selfGrade: z.string().nullable(),
  review: identity.nullable().describe("复核表；还没有安排复核为 null"),
  reviewState: z.string().nullable(),
  thirdParties: z
    .array(z.object({ account: identity, name: z.string(), until: instant }))
    .describe("可以填写这张复核表的第三方，各到何时为止；到期或收回的不在其中"),
  marked: z.int().describe("复核表上已填复核得分的行"),
  reviewScore: mark.describe("复核总分：各行复核得分加预算执行得分；没有复核完为 null"),
  reviewGrade: z.string().nullable(),
  deviation: z.string().nullable().describe("偏差率，百分数：（自评分－复核分）÷自评分"),
  says: z.string().nullable().describe("不能计算偏差率的原因"),
});

const detailSchema = sampleSchema.extend({ items: z.array(itemSchema), statement: statementSchema });

const group = z.object({ forms: z.int(), money: z.string().describe("支出合计，元"), moneyUnknown: z.int() });

/** What would be drawn from: how many forms and how much money, and which forms of the year are left out, with why. */
export const previewPopulation = endpoint({
  id: "previewPopulation",
  method: "GET",
  path: "/samples/population",
  title: "抽样之前看总体：多少份、多少钱，哪些不在其中、为什么",
  feature: "samples",
  access: "read",
  query: z.strictObject({
    year: wholeNumber(2000, 2100),
    organisation: identity,
    departments: z
      .string()
      .regex(/^[0-9a-f-]{36}(?:,[0-9a-f-]{36}){0,499}$/)
      .optional()
      .describe("主管部门的标识，用逗号隔开"),
    ...narrowing,
    riskFrom: wholeNumber(1, 300).optional(),
  }),
  answer: {
    kind: "json",
    status: 200,
    schema: group.extend({
      departments: z
        .array(group.extend({ id: identity, name: z.string() }))
        .describe("收窄之前可以抽取的，按主管部门"),
      grades: z.array(z.string()).describe("收窄之前可以抽取的有哪些等级"),
      excluded: z.array(group.extend({ why: z.string() })).describe("不在其中的，每份只计一个原因"),
    }),
  },
  refusals: ["not-found", "not-allowed", "out-of-scope"],
});

/** Withdraws a sample that was a mistake; seed, population and reason stay on record. */
export const cancelSample = endpoint({
  id: "cancelSample",
  method: "POST",
  path: "/samples/{year}/{sample}/cancel",
  title: "作废样本，说明理由",
  feature: "samples",
  access: "review",
  params: ofSample,
  body: z.strictObject({
    reason: z.string().trim().min(4).max(2000),
    evenMarked: z.boolean().default(false).describe("已有复核表填了复核得分，仍要作废"),
  }),
  answer: { kind: "json", status: 200, schema: detailSchema },
  refusals: ["not-found", "not-allowed", "out-of-scope", "wrong-state"],
});

/** Draws a sample; the same seed draws the same from the same population. */
export const drawSample = endpoint({
  id: "drawSample",
  method: "POST",
  path: "/samples",
  title: "抽取复核样本",
  feature: "samples",
  access: "review",
  body: z.strictObject({
    year,
    organisation: identity.describe("在哪个机构的自评表中抽取"),
    name: z.string().trim().min(2).max(100),
    method: z.enum(["money", "risk", "random", "stratified"]).describe("分层按主管部门"),
    size: z.int().min(1).max(5_000),
    narrowing: narrowingSchema.default({}),
    seed: z.string().trim().min(1).max(100).optional().describe("不填时由系统生成，一并公布"),
  }),
  answer: { kind: "json", status: 201, schema: detailSchema },
  refusals: ["not-found", "not-allowed", "out-of-scope", "wrong-state"],
});

/** The samples of a year. */
export const listSamples = endpoint({
  id: "listSamples",
  method: "GET",
  path: "/samples",
  title: "复核样本",
  feature: "samples",
  access: "read",
  query: z.strictObject({ year: wholeNumber(2000, 2100).optional(), organisation: identity, ...pageQuery }),
  answer: { kind: "json", status: 200, schema: pageOf(sampleSchema) },
  refusals: ["not-found", "not-allowed"],
});

/** The review sheets that wait for the caller: given to them, begun by them, or nobody's yet. */
export const listMyReviews = endpoint({
  id: "listMyReviews",
  method: "GET",
  path: "/samples/mine",
  title: "我的抽查任务：指派给我的、我正在写的和还没有人领的复核表",
  feature: "samples",
  access: "read",
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      items: z.array(
        z.object({
          review: identity,
          year: z.int(),
          sample: identity,
          sampleName: z.string(),
          project: z.string(),
          unit: z.string(),
          why: z.enum(["assigned", "begun", "open"]).describe("指派给我；我在写；还没有人领"),
          state: z.string(),
          due: instant.nullable(),
          until: instant.nullable().describe("我的权限到何时为止；没有限期为 null"),
          returnReason: z.string().nullable(),
          rows: z.int(),
          marked: z.int().describe("已填复核得分的行"),
        }),
      ),
    }),
  },
  refusals: [],
});

const tolerance = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,4})?$/)
  .default("0")
  .describe("偏差率超过多少（百分数，绝对值）算有问题");

/** A sample with both scores of every form and what may be concluded by now. */
export const getSample = endpoint({
  id: "getSample",
  method: "GET",
  path: "/samples/{year}/{sample}",
  title: "一个样本：自评与复核对照，和可以得出的结论",
  feature: "samples",
  access: "read",
  params: ofSample,
  query: z.strictObject({ tolerance }),
  answer: { kind: "json", status: 200, schema: detailSchema },
  refusals: ["not-found", "not-allowed"],
});

/** The population line by line, as its hash was taken. */
export const downloadPopulation = endpoint({
  id: "downloadPopulation",
  method: "GET",
  path: "/samples/{year}/{sample}/population",
  title: "下载总体清单，用于重新抽取核对",
  feature: "samples",
  access: "read",
  params: ofSample,
  answer: { kind: "file", media: ["application/x-ndjson"] },
  refusals: ["not-found", "not-allowed"],
});

/** Issues the review sheet of a drawn form, to the finance officers or to a third party for a time; adds a third party to one that is still being written. */
export const assignReview = endpoint({
  id: "assignReview",
  method: "POST",
  path: "/samples/{year}/{sample}/items/{submission}/assign",
  title: "安排复核：由财政人员，或在限期内由第三方；没有交出的复核表可以再加第三方",
  feature: "samples",
  access: "review",
  params: ofItem,
  body: z.strictObject({
    account: identity.nullable().default(null).describe("第三方的账号；null 为财政人员自己复核"),
    until: instant.nullable().default(null).describe("第三方权限的截止时间"),
    due: instant.nullable().default(null),
  }),
  answer: { kind: "json", status: 200, schema: itemSchema },
  refusals: ["not-found", "not-allowed", "out-of-scope", "recused", "wrong-state", "already-exists"],
});

/** Who may be given a review sheet: third parties in office, each until when. */
export const listReviewers = endpoint({
  id: "listReviewers",
  method: "GET",
  path: "/samples/{year}/{sample}/reviewers",
  title: "可以安排复核的第三方",
  feature: "samples",
  access: "review",
  params: ofSample,
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({ items: z.array(z.object({ account: identity, name: z.string(), until: instant })) }),
  },
  refusals: ["not-found", "not-allowed"],
});

/** Begins the review sheet: the unit's figures as handed in, the reviewer's columns empty. */
export const beginReview = endpoint({
  id: "beginReview",
  method: "POST",
  path: "/submissions/{submission}/begin-review",
  title: "开始填写复核表",
  feature: "samples",
  access: "write",
  params: z.strictObject({ submission: identity }),
  body: z.strictObject({}),
  answer: { kind: "json", status: 200, schema: z.object({ submission: identity, revision: z.int() }) },
  refusals: ["not-found", "not-allowed", "out-of-scope", "recused", "wrong-state", "grant-expired"],
});

const deductions = {
  rows: z.int().describe("复核过的行数"),
  deducted: z.int().describe("被扣分的行数"),
  points: z.string().describe("自评得分合计"),
  taken: z.string().describe("扣去的分合计"),
  rate: z.string().nullable().describe("扣分占自评得分，百分数"),
};

const spread = {
  rows: z.int(),
  lowest: z.string().describe("一行最少失去分值的百分之几"),
  highest: z.string().describe("一行最多失去分值的百分之几"),
  together: z.string().describe("这些行共失去分值的百分之几"),
};

/** How evenly marks were taken off: by kind of miss, by reviewer and by kind of indicator, and rows of one name that were treated differently. */
export const compareReviews = endpoint({
  id: "compareReviews",
  method: "GET",
  path: "/samples/{year}/{sample}/consistency",
  title: "各项目、各复核人扣分是否一致",
  feature: "samples",
  access: "read",
  params: ofSample,
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      misses: z
        .array(
          z.object({
            kind: z
              .enum([
                ...["missed-by-60", "missed-by-30", "missed-by-10", "missed-by-less", "missed"],
                ...["blank", "boilerplate", "words", "incomparable", "over", "met"],
              ] as const)
              .describe("missed-by-30：比指标值差 30% 以上、不到 60%；missed：差多少不能按比例算"),
            ...spread,
            apart: z.string().describe("相差几个百分点：最多与最少之间，或者各自比差的多扣的之间，取小的"),
            reviewers: z.array(z.object({ account: identity, name: z.string(), ...spread })),
            examples: z
              .array(
                z.object({
                  review: identity,
                  project: z.string(),
                  reviewer: z.string(),
                  name: z.string(),
                  target: z.string().nullable(),
                  actual: z.string().nullable(),
                  points: mark,
                  self: mark,
                  reviewed: mark,
                  off: z.string().describe("复核后失去分值的百分之几"),
                  short: z.string().nullable().describe("比指标值差百分之几；不能按比例算即为 null"),
                  beyond: z.string().nullable().describe("失去的比差的多几个百分点，少为负"),
                }),
              )
              .describe("至多 100 行，失去的与差的相去远的在前"),
          }),
        )
        .describe("同一种完成情况的行，扣分相差大的在前"),
      left: z.int().describe("没有分值、算不出比例的行"),
      reviewers: z.array(z.object({ account: identity, name: z.string(), forms: z.int(), ...deductions })),
      kinds: z.array(z.object({ level2: z.string(), ...deductions })),
      unlike: z
        .array(
          z.object({
            name: z.string(),
            rows: z.array(
              z.object({
                review: identity,
                project: z.string(),
                reviewer: z.string(),
                target: z.string().nullable(),
                actual: z.string().nullable(),
                points: mark,
                self: mark,
                reviewed: mark,
              }),
            ),
            says: z.string(),
          }),
        )
        .describe("同名、指标值和完成值相同而扣分比例不同的行"),
    }),
  },
  refusals: ["not-found", "not-allowed"],
});
