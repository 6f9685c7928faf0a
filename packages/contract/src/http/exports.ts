import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { MEDIA_TYPES } from "./media.ts";
import { identity, wholeNumber } from "./paging.ts";

const year = wholeNumber(2000, 2100);
const kind = z.enum(["target-declaration", "adjustment", "monitoring", "self-evaluation", "review"]);
const template = z.string().min(1).max(60).optional().describe("表样；不指定时用表自己的表样");

const { docx, xlsx, pdf, html, json, csv, jsonl, zip } = MEDIA_TYPES;

/** One form in its official layout, or as data. */
export const downloadForm = endpoint({
  id: "downloadForm",
  method: "GET",
  path: "/submissions/{submission}/files/{format}",
  title: "下载一张表：正式表样或数据",
  feature: "exports",
  access: "read",
  params: z.strictObject({
    submission: identity,
    format: z.enum(["docx", "xlsx", "pdf", "html", "json", "csv"]),
  }),
  query: z.strictObject({ template }),
  answer: { kind: "file", media: [docx, xlsx, pdf, html, json, csv] },
  refusals: ["not-found", "not-allowed", "wrong-state", "not-made"],
});

/** What the review says of one form, as a letter that can be sent. */
export const downloadOpinion = endpoint({
  id: "downloadOpinion",
  method: "GET",
  path: "/submissions/{submission}/opinion/{format}",
  title: "下载一张表的审核意见",
  feature: "exports",
  access: "read",
  params: z.strictObject({ submission: identity, format: z.enum(["docx", "xlsx", "html"]) }),
  answer: { kind: "file", media: [docx, xlsx, html] },
  refusals: ["not-found", "not-allowed", "wrong-state", "not-made"],
});

const ofBody = z.strictObject({ organisation: identity, year });

/** The review of all self-evaluations of a body, each by itself and across one another. */
export const downloadOpinions = endpoint({
  id: "downloadOpinions",
  method: "GET",
  path: "/exports/opinion/{format}",
  title: "下载一个机构全年自评表的审核意见",
  feature: "exports",
  access: "read",
  params: z.strictObject({ format: z.enum(["docx", "xlsx", "html"]) }),
  query: ofBody,
  answer: { kind: "file", media: [docx, xlsx, html] },
  refusals: ["not-found", "not-allowed", "too-large", "not-made"],
});

/** The department's report on its self-evaluations; last year's forms give the comparison. */
export const downloadReport = endpoint({
  id: "downloadReport",
  method: "GET",
  path: "/exports/report/{format}",
  title: "下载部门绩效自评情况报告",
  feature: "exports",
  access: "read",
  params: z.strictObject({ format: z.enum(["docx", "pdf", "html"]) }),
  query: ofBody.extend({
    only: z
      .enum(["approved", "begun"])
      .default("begun")
      .describe("只用已审核的，或用全部已开始填写的；含未审核的标为草稿"),
  }),
  answer: { kind: "file", media: [docx, pdf, html] },
  refusals: ["not-found", "not-allowed", "too-large", "not-made"],
});

/** The problems of a body's self-evaluations by kind, as its report tells them: how many, in how many forms, and which for example. */
export const listProblems = endpoint({
  id: "listProblems",
  method: "GET",
  path: "/exports/problems",
  title: "一个机构全年自评表的审核问题，按种类",
  feature: "exports",
  access: "read",
  query: ofBody.extend({ only: z.enum(["approved", "begun"]).default("begun") }),
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      forms: z.int().describe("看了多少张表，汇总表不在其中"),
      clean: z.int().describe("没有必须更正和应当说明的问题的表"),
      problems: z.array(
        z.object({
          rule: z.string(),
          code: z.string(),
          title: z.string(),
          force: z.enum(["must", "should", "hint"]),
          findings: z.int(),
          forms: z.int(),
          examples: z
            .array(
              z.object({ submission: identity, project: z.string(), unit: z.string(), message: z.string() }),
            )
            .describe("至多五张，每张一处"),
        }),
      ),
    }),
  },
  refusals: ["not-found", "not-allowed"],
});

const selection = { organisation: identity, year, kind: kind.default("self-evaluation") };

/** All forms of a body, a file each in one archive, streamed. */
export const exportForms = endpoint({
  id: "exportForms",
  method: "GET",
  path: "/exports/forms.zip",
  title: "打包下载一个机构全年的表，一张表一个文件",
  feature: "exports",
  access: "read",
  query: z.strictObject({
    ...selection,
    format: z.enum(["docx", "xlsx", "pdf", "html", "json", "csv"]).default("docx"),
    template,
  }),
  answer: { kind: "file", media: [zip] },
  refusals: ["not-found", "too-large"],
});

/** All forms of a body as lines of JSON, streamed. */
export const exportData = endpoint({
  id: "exportData",
  method: "GET",
  path: "/exports/forms.jsonl",
  title: "导出一个机构全年的表，每行一张表的 JSON",
  feature: "exports",
  access: "read",
  query: z.strictObject(selection),
  answer: { kind: "file", media: [jsonl] },
  refusals: ["not-found"],
});

/** All rows of indicators of a body as a table, streamed. */
export const exportRows = endpoint({
  id: "exportRows",
  method: "GET",
  path: "/exports/rows.csv",
  title: "导出一个机构全年的指标行，CSV",
  feature: "exports",
  access: "read",
  query: z.strictObject(selection),
  answer: { kind: "file", media: [csv] },
  refusals: ["not-found"],
});
