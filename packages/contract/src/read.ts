import { z } from "zod";

const figure = z
  .string()
  .nullable()
  .describe("十进制字符串，去掉千分位和百分号，保留末尾的零；表上没有即为 null");
const text = z.string().nullable();

/** A place in the user's file: one of four shapes, by format. */
export const originSchema = z.union([
  z.object({ table: z.int(), row: z.int(), column: z.int() }),
  z.object({ sheet: z.string(), ref: z.string() }),
  z.object({ page: z.int(), box: z.tuple([z.number(), z.number(), z.number(), z.number()]) }),
  z.object({ line: z.int(), column: z.int() }),
]);

/** A remark of reading: guessed, lost or normalised, with its place. */
export const noteSchema = z.object({
  level: z.enum(["lost", "guessed", "normalised"]),
  code: z.string(),
  says: z.string(),
  place: z.string().nullable(),
  at: originSchema.nullable(),
});

const measureSchema = z.object({
  text,
  comparison: z.enum(["=", "≥", ">", "≤", "<"]).nullable(),
  value: figure,
  unit: text,
});

const fundSchema = z.object({
  source: z.string(),
  label: z.string(),
  initialBudget: figure,
  adjustedBudget: figure,
  expenditure: figure,
  points: figure,
  executionRate: figure.describe("百分数：85.93 即 85.93%"),
  score: figure,
  deviation: text,
});

const goalSchema = z.object({
  name: text,
  expected: text,
  adjusted: text,
  achieved: text,
  points: figure,
  score: figure,
});

const indicatorSchema = z.object({
  id: z.string(),
  parent: z.string().nullable(),
  goal: z.int(),
  core: z.boolean().nullable(),
  level1: text,
  level2: text,
  groupPoints: figure,
  name: text,
  target: measureSchema,
  initialTarget: measureSchema.nullable(),
  actual: measureSchema,
  points: figure,
  score: figure,
  coefficient: figure,
  reviewScore: figure,
  criteria: text,
  evidence: text,
  deviation: text,
});

/** One form as `jiheng read --json` prints it. Every key is always present. */
export const formSchema = z.object({
  id: z.string(),
  kind: z.enum([
    "project-self-evaluation",
    "department-self-evaluation",
    "transfer-self-evaluation",
    "regional-self-evaluation",
    "target-declaration",
    "monitoring",
    "review",
    "unknown",
  ]),
  template: z.string(),
  title: text,
  formNumber: text,
  year: z.int().nullable(),
  project: text,
  projectCode: text,
  department: text,
  departmentCode: text,
  unit: text,
  unitCode: text,
  jurisdiction: text,
  moneyUnit: text,
  funds: z.array(fundSchema),
  goal: z.object({ expected: text, achieved: text }),
  goals: z.array(goalSchema),
  indicators: z.array(indicatorSchema),
  totalPoints: figure,
  totalScore: figure,
  grade: text,
  deviation: text,
  fields: z.array(z.object({ label: z.string(), text })),
  notes: z.array(noteSchema),
  origins: z.record(z.string(), z.object({ raw: z.string(), at: originSchema })),
});

/** Name and version of the engine, at the head of every answer. */
export const engineSchema = z.object({ name: z.literal("jiheng"), version: z.string() });

/** The whole answer of `jiheng read --json`. */
export const readSchema = z.object({
  engine: engineSchema,
  documents: z.array(
    z.object({
      file: z.string(),
      sha256: z.string().nullable().describe("所读文件的 SHA-256；不是从文件读出的（如汇总而成的表）为 null"),
      notes: z.array(noteSchema),
      forms: z.array(formSchema),
    }),
  ),
});

export type ReadAnswer = z.infer<typeof readSchema>;
