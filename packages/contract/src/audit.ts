import { z } from "zod";
import { noteSchema, originSchema } from "./read.ts";

const force = z.enum(["must", "should", "hint"]);
const batchPlace = z.object({ form: z.int().describe("forms 数组的下标，从 0 起"), at: z.string() });
const notChecked = z.object({ rule: z.string(), code: z.string(), why: z.string() });
const ruleError = z.object({ rule: z.string(), what: z.string() });

const findingSchema = z.object({
  rule: z.string(),
  code: z.string().regex(/^AR-\d+$/),
  force,
  fingerprint: z.string(),
  at: z.array(z.string()),
  cells: z.array(originSchema),
  message: z.string(),
  remedy: z.string(),
  basis: z.array(z.string()),
  figures: z.record(z.string(), z.string()),
});

const recomputedSchema = z.object({
  fromEntered: z
    .object({ totalScore: z.string().nullable(), grade: z.string().nullable() })
    .describe("表上各行得分加重新计算的预算执行得分"),
  underPolicy: z
    .object({
      totalScore: z.string().nullable(),
      grade: z.string().nullable(),
      between: z.tuple([z.string(), z.string()]).nullable(),
      lacking: z.array(z.string()),
    })
    .describe("按政策包对每一行重新计分；缺数或须人工判断时为区间"),
});

/** The whole answer of `jiheng audit --json`. */
export const auditSchema = z.object({
  engine: z.object({
    name: z.literal("jiheng"),
    version: z.string(),
    rules: z.string(),
    policy: z.object({ id: z.string(), version: z.string() }),
  }),
  forms: z.array(
    z.object({
      file: z.string(),
      id: z.string(),
      project: z.string().nullable(),
      policy: z.object({ id: z.string(), version: z.string() }),
      findings: z.array(findingSchema),
      unclear: z.array(
        z.object({ rule: z.string(), code: z.string(), at: z.array(z.string()), why: z.string() }),
      ),
      notChecked: z.array(notChecked),
      errors: z.array(ruleError),
      notes: z.array(noteSchema),
      counts: z.object({
        pass: z.int(),
        fail: z.int(),
        unclear: z.int(),
        notApplicable: z.int(),
        notChecked: z.int(),
        error: z.int(),
      }),
      recomputed: recomputedSchema,
    }),
  ),
  batch: z.object({
    findings: z.array(
      findingSchema.omit({ at: true, cells: true }).extend({
        at: z.array(batchPlace),
        cells: z.array(z.object({ form: z.int(), at: originSchema })),
      }),
    ),
    unclear: z.array(
      z.object({ rule: z.string(), code: z.string(), at: z.array(batchPlace), why: z.string() }),
    ),
    notChecked: z.array(notChecked),
    errors: z.array(ruleError),
  }),
});

export type AuditAnswer = z.infer<typeof auditSchema>;
