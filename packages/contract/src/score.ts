import { z } from "zod";
import { engineSchema } from "./read.ts";

/** One step of how a mark came about: sentence, mechanism, figures, places and the clauses it rests on. */
export const stepSchema = z.object({
  says: z.string(),
  mechanism: z.string(),
  figures: z.record(z.string(), z.string()),
  at: z.array(z.string()),
  basis: z.array(z.string()),
});

/** A mark under a policy. Only `scored` is a number. */
export const markSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("scored"), awarded: z.string(), of: z.string(), steps: z.array(stepSchema) }),
  z.object({
    kind: z.literal("missing"),
    what: z.string(),
    of: z.string().nullable(),
    steps: z.array(stepSchema),
  }),
  z.object({
    kind: z.literal("judgement"),
    between: z.tuple([z.string(), z.string()]),
    of: z.string(),
    why: z.string(),
    steps: z.array(stepSchema),
  }),
  z.object({ kind: z.literal("notApplicable"), why: z.string(), basis: z.array(z.string()) }),
]);

const policySchema = z.object({ id: z.string(), version: z.string() });

const totalSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("number"), value: z.string(), of: z.string() }),
  z.object({
    kind: z.literal("bounds"),
    between: z.tuple([z.string(), z.string()]).nullable(),
    of: z.string().nullable(),
    lacking: z.array(z.object({ at: z.string(), what: z.string() })),
  }),
  z.object({ kind: z.literal("notApplicable"), why: z.string() }),
]);

/** The whole answer of `jiheng score --json`. */
export const scoreSchema = z.object({
  engine: engineSchema,
  forms: z.array(
    z.object({
      file: z.string(),
      id: z.string(),
      project: z.string().nullable(),
      policy: policySchema.extend({ why: z.string().describe("为什么用这个政策包") }),
      execution: z.object({ at: z.string(), printed: z.string().nullable(), mark: markSchema }),
      indicators: z.array(
        z.object({
          at: z.string(),
          name: z.string().nullable(),
          points: z.string().nullable(),
          printed: z.string().nullable(),
          mark: markSchema,
        }),
      ),
      total: totalSchema,
      printed: z.object({ totalScore: z.string().nullable(), grade: z.string().nullable() }),
      grade: z.string().nullable(),
      possibleGrades: z.array(z.string()),
      steps: z.array(stepSchema),
    }),
  ),
});

export type ScoreAnswer = z.infer<typeof scoreSchema>;
export type MarkAnswer = z.infer<typeof markSchema>;
export type StepAnswer = z.infer<typeof stepSchema>;

/** The whole answer of `jiheng explain --json`. */
export const explainSchema = z.object({
  engine: engineSchema,
  file: z.string(),
  form: z.string(),
  project: z.string().nullable(),
  at: z.string(),
  policy: policySchema,
  title: z.string().nullable(),
  mark: z.string().nullable(),
  printed: z.object({ raw: z.string().nullable(), where: z.string().nullable() }),
  steps: z.array(stepSchema),
  findings: z.array(
    z.object({
      rule: z.string(),
      code: z.string(),
      force: z.enum(["must", "should", "hint"]),
      message: z.string(),
      remedy: z.string(),
      basis: z.array(z.string()),
    }),
  ),
});

export type ExplainAnswer = z.infer<typeof explainSchema>;

/** The whole answer of `jiheng compare --json`: the marks that change between two packs. */
export const compareSchema = z.object({
  engine: engineSchema,
  policies: z.tuple([policySchema, policySchema]),
  forms: z.array(
    z.object({
      file: z.string(),
      id: z.string(),
      project: z.string().nullable(),
      changes: z.array(
        z.object({
          at: z.string(),
          name: z.string(),
          before: z.string(),
          after: z.string(),
          why: z.object({ before: z.string(), after: z.string() }),
          basis: z.object({ before: z.array(z.string()), after: z.array(z.string()) }),
        }),
      ),
    }),
  ),
});

export type CompareAnswer = z.infer<typeof compareSchema>;
