import { z } from "zod";
import { formSchema } from "../read.ts";
import { endpoint } from "./endpoint.ts";
import { MEDIA_TYPES } from "./media.ts";
import { identity, instant, pageOf, pageQuery, wholeNumber } from "./paging.ts";

const region = z
  .string()
  .regex(/^[0-9a-z-]{1,24}$/)
  .describe("地区代号");
const year = wholeNumber(2000, 2100);

/** A published form in a list. */
export const publishedFormSchema = z.object({
  id: z.string(),
  year: z.int(),
  project: z.string(),
  projectId: z.string().describe("项目的标识，各年不变"),
  department: z.string(),
  unit: z.string(),
  grade: z.string().nullable(),
  totalScore: z.string().nullable(),
  expenditure: z.string().nullable().describe("元"),
  publishedAt: instant,
});

/** What anyone may see of a region: the forms it published. */
export const listPublished = endpoint({
  id: "listPublished",
  method: "GET",
  path: "/public/{region}/forms",
  title: "已公开的自评表",
  feature: "publication",
  access: "public",
  params: z.strictObject({ region }),
  query: z.strictObject({
    year: year.optional(),
    department: identity.optional(),
    project: identity.optional().describe("同一项目的各年"),
    grade: z.enum(["优", "良", "中", "差"]).optional(),
    q: z.string().trim().min(1).max(60).optional().describe("项目名称或拼音首字母"),
    ...pageQuery,
  }),
  answer: { kind: "json", status: 200, schema: pageOf(publishedFormSchema) },
  refusals: ["not-found"],
});

/** One published form, as it was approved, with how its marks come about. */
export const getPublished = endpoint({
  id: "getPublished",
  method: "GET",
  path: "/public/{region}/forms/{id}",
  title: "一张已公开的自评表：内容和得分由来",
  feature: "publication",
  access: "public",
  params: z.strictObject({ region, id: identity }),
  answer: {
    kind: "json",
    status: 200,
    schema: publishedFormSchema.extend({
      sha256: z.string().describe("公开时表格内容的摘要，可与盖章版本核对"),
      policy: z.string(),
      policyTitle: z.string(),
      form: formSchema,
      masked: z.array(z.string()).describe("因个人信息未公开或部分遮盖的栏目"),
      marks: z.array(z.object({ at: z.string(), says: z.string(), basis: z.array(z.string()) })),
    }),
  },
  refusals: ["not-found", "withheld"],
});

/** One published form as a file. */
export const downloadPublished = endpoint({
  id: "downloadPublished",
  method: "GET",
  path: "/public/{region}/forms/{id}/files/{format}",
  title: "下载一张已公开的自评表",
  feature: "publication",
  access: "public",
  params: z.strictObject({
    region,
    id: identity,
    format: z.enum(["pdf", "docx", "xlsx", "html", "json", "csv"]),
  }),
  answer: {
    kind: "file",
    media: [
      MEDIA_TYPES.pdf,
      MEDIA_TYPES.docx,
      MEDIA_TYPES.xlsx,
      MEDIA_TYPES.html,
      MEDIA_TYPES.json,
      MEDIA_TYPES.csv,
    ],
  },
  refusals: ["not-found", "withheld", "not-made"],
});

/** What is not published and why. */
export const listWithheld = endpoint({
  id: "listWithheld",
  method: "GET",
  path: "/public/{region}/withheld",
  title: "不予公开的自评表及其理由",
  feature: "publication",
  access: "public",
  params: z.strictObject({ region }),
  query: z.strictObject({ year, ...pageQuery }),
  answer: {
    kind: "json",
    status: 200,
    schema: pageOf(
      z.object({
        department: z.string(),
        project: z.string().nullable().describe("涉密项目不写名称，为 null"),
        reason: z.string(),
      }),
    ),
  },
  refusals: ["not-found"],
});

/** A region's publication at a glance. */
export const getPublicOverview = endpoint({
  id: "getPublicOverview",
  method: "GET",
  path: "/public/{region}",
  title: "公开情况：各年各部门公开的表数、资金和等级",
  feature: "publication",
  access: "public",
  params: z.strictObject({ region }),
  answer: {
    kind: "json",
    status: 200,
    schema: z.object({
      region: z.string(),
      name: z.string(),
      years: z.array(
        z.object({
          year: z.int(),
          forms: z.int(),
          withheld: z.int(),
          expenditure: z.string().describe("元；没有金额的表不计入"),
          grades: z.array(z.object({ grade: z.string().nullable(), forms: z.int() })),
        }),
      ),
      departments: z.array(z.object({ id: z.string(), name: z.string(), forms: z.int() })),
    }),
  },
  refusals: ["not-found"],
});
