import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { identity, instant, pageOf, pageQuery, wholeNumber } from "./paging.ts";
import { submissionSummarySchema } from "./submissions.ts";

const name = z.string().trim().min(1).max(200);
const code = z
  .string()
  .trim()
  .regex(/^[\w.()（）-]{1,60}$/u)
  .describe("项目编码");
const projectParams = z.strictObject({ project: identity });

/** A project of the library; a placeholder stands for a classified one and says only why nothing more is here. */
export const projectSchema = z.object({
  id: identity,
  code: z.string().nullable(),
  name: z.string(),
  department: identity,
  departmentName: z.string(),
  unit: identity,
  unitName: z.string(),
  parent: identity.nullable().describe("一级项目"),
  placeholderReason: z.string().nullable().describe("涉密项目占位的理由；一般项目为 null"),
  createdAt: instant,
});

const json = <S extends z.ZodType>(schema: S) => ({ kind: "json", status: 200, schema }) as const;
const created = <S extends z.ZodType>(schema: S) => ({ kind: "json", status: 201, schema }) as const;

/** The library, searched by Chinese, pinyin initials or code. */
export const listProjects = endpoint({
  id: "listProjects",
  method: "GET",
  path: "/projects",
  title: "项目库：按名称、拼音首字母或编码查找",
  feature: "projects",
  access: "read",
  query: z.strictObject({
    q: z.string().trim().min(1).max(60).optional(),
    department: identity.optional(),
    unit: identity.optional(),
    only: z.enum(["ordinary", "placeholders"]).optional(),
    year: wholeNumber(2000, 2100).optional().describe("只列这一年有表的"),
    ...pageQuery,
  }),
  answer: json(pageOf(projectSchema)),
  refusals: ["not-allowed"],
});

/** Adds a project to the library. */
export const createProject = endpoint({
  id: "createProject",
  method: "POST",
  path: "/projects",
  title: "项目入库",
  feature: "projects",
  access: "write",
  body: z.strictObject({
    name,
    code: code.nullable().default(null),
    unit: identity,
    parent: identity.nullable().default(null),
  }),
  answer: created(projectSchema),
  refusals: ["not-found", "not-allowed", "out-of-scope", "already-exists"],
});

/** Records that a unit has a classified project; nothing of it ever enters. */
export const recordPlaceholder = endpoint({
  id: "recordPlaceholder",
  method: "POST",
  path: "/projects/placeholders",
  title: "登记涉密项目占位：只记有这样一个项目和理由",
  feature: "projects",
  access: "write",
  body: z.strictObject({ unit: identity, reason: z.string().trim().min(4).max(500) }),
  answer: created(projectSchema),
  refusals: ["not-found", "not-allowed", "out-of-scope"],
});

/** Changes a project. */
export const changeProject = endpoint({
  id: "changeProject",
  method: "PATCH",
  path: "/projects/{project}",
  title: "修改项目的名称、编码、所属单位、一级项目",
  feature: "projects",
  access: "write",
  params: projectParams,
  body: z.strictObject({
    name: name.optional(),
    code: code.nullable().optional(),
    unit: identity.optional(),
    parent: identity.nullable().optional(),
  }),
  answer: json(projectSchema),
  refusals: ["not-found", "not-allowed", "out-of-scope", "already-exists", "classified"],
});

const carryOverSchema = z.object({ toYear: z.int(), reason: z.string().nullable(), at: instant });

/** A project with its forms over the years. */
export const getProject = endpoint({
  id: "getProject",
  method: "GET",
  path: "/projects/{project}",
  title: "项目及其各年的表",
  feature: "projects",
  access: "read",
  params: projectParams,
  answer: json(
    z.object({
      project: projectSchema,
      submissions: z.array(submissionSummarySchema),
      inForce: z
        .array(
          z.object({
            year: z.int(),
            submission: identity,
            kind: z.enum(["target-declaration", "adjustment"]),
          }),
        )
        .describe("各年现行有效的绩效目标"),
      carriedOver: z.array(carryOverSchema),
    }),
  ),
  refusals: ["not-found", "not-allowed"],
});

/** Carries a project over into the next year. */
export const carryOverProject = endpoint({
  id: "carryOverProject",
  method: "POST",
  path: "/projects/{project}/carry-over",
  title: "登记项目结转到下一年度",
  feature: "projects",
  access: "write",
  params: projectParams,
  body: z.strictObject({
    toYear: z.int().min(2000).max(2100),
    reason: z.string().trim().min(1).max(500).nullable().default(null),
  }),
  answer: created(carryOverSchema),
  refusals: ["not-found", "not-allowed", "out-of-scope", "already-exists", "classified"],
});

/** A row of a project's form in some year. */
export const projectRowSchema = z.object({
  indicator: identity,
  position: z.int(),
  level1: z.string().nullable(),
  level2: z.string().nullable(),
  name: z.string().nullable(),
  target: z.string().nullable(),
  unit: z.string().nullable(),
  actual: z.string().nullable(),
  points: z.string().nullable(),
  score: z.string().nullable(),
});

/** The rows of a project in one year: last year's, say, beside this year's. */
export const getProjectRows = endpoint({
  id: "getProjectRows",
  method: "GET",
  path: "/projects/{project}/rows",
  title: "项目某年的指标行",
  feature: "projects",
  access: "read",
  params: projectParams,
  query: z.strictObject({
    year: wholeNumber(2000, 2100),
    kind: z
      .enum(["target-declaration", "adjustment", "monitoring", "self-evaluation"])
      .default("self-evaluation"),
  }),
  answer: json(z.object({ year: z.int(), submission: identity.nullable(), rows: z.array(projectRowSchema) })),
  refusals: ["not-found", "not-allowed"],
});

/** One indicator from its target to its publication, over the years. */
export const getIndicatorTimeline = endpoint({
  id: "getIndicatorTimeline",
  method: "GET",
  path: "/indicators/{indicator}/timeline",
  title: "一个指标的来龙去脉：申报、调整、监控、自评、复核、公开，跨年度",
  feature: "projects",
  access: "read",
  params: z.strictObject({ indicator: identity }),
  answer: json(
    z.object({
      indicator: identity,
      project: identity,
      name: z.string().nullable(),
      items: z.array(
        z.object({
          year: z.int(),
          stage: z.enum(["declared", "adjusted", "monitored", "reported", "reviewed", "published"]),
          title: z.string(),
          submission: identity,
          sequence: z.int(),
          month: z.int().nullable(),
          state: z.string(),
          name: z.string().nullable(),
          target: z.string().nullable(),
          comparison: z.string().nullable(),
          targetValue: z.string().nullable(),
          unit: z.string().nullable(),
          actual: z.string().nullable(),
          actualValue: z.string().nullable(),
          points: z.string().nullable(),
          score: z.string().nullable(),
          at: instant,
        }),
      ),
    }),
  ),
  refusals: ["not-found", "not-allowed"],
});
