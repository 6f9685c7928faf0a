import { z } from "zod";
import { engineSchema, formSchema, noteSchema } from "./read.ts";
import { explainSchema, stepSchema } from "./score.ts";

const termSchema = z.object({
  form: z.string().describe("来源表的 id"),
  file: z.string().nullable(),
  project: z.string(),
  at: z.string().describe("来源表中的位置"),
  text: z.string().nullable().describe("来源表上的原文"),
  figure: z.string().nullable().describe("参与计算的数，已换算到汇总表的单位"),
  weight: z.string().nullable().describe("权重；不加权的为 null"),
});

const derived = {
  says: z.string().describe("怎么得来的，带数字和算式"),
  basis: z.array(z.string()),
};
const terms = z.array(termSchema);
const value = z.string();

/** How one figure of a roll-up came about, with every source figure. */
export const derivationSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("sum"), ...derived, value, terms, left: terms }),
  z.object({
    kind: z.literal("weighted"),
    ...derived,
    value,
    by: z.string(),
    numerator: z.string(),
    denominator: z.string(),
    terms,
  }),
  z.object({
    kind: z.literal("fromParts"),
    ...derived,
    value,
    numerator: z.string(),
    denominator: z.string(),
    terms,
  }),
  z.object({
    kind: z.literal("byMoney"),
    ...derived,
    value: value.nullable(),
    share: z.string().nullable(),
    terms,
  }),
  z.object({ kind: z.literal("strictest"), ...derived, value, terms }),
  z.object({ kind: z.literal("same"), ...derived, value, terms }),
  z.object({ kind: z.literal("joined"), ...derived, terms }),
  z.object({
    kind: z.literal("recomputed"),
    ...derived,
    value: value.nullable(),
    steps: z.array(stepSchema),
  }),
  z.object({ kind: z.literal("allotted"), ...derived, value, by: z.string(), terms }),
  z.object({ kind: z.literal("given"), ...derived, value }),
  z.object({ kind: z.literal("unavailable"), ...derived, terms }),
]);

const pair = z.tuple([z.string(), z.string()]);

/** What a person chose when rolling up: how points are allotted, which names mean the same, what is weighted by what. */
export const choicesSchema = z.object({
  points: z.enum(["equal", "money", "weights"]),
  weights: z.record(z.string(), z.string()),
  merges: z.array(pair),
  apart: z.array(z.string()),
  denominators: z.array(pair),
  once: z.array(z.string()),
  strictest: z.array(z.string()),
});

/** A form that was rolled up, with its own sources where it is a roll-up itself. */
export const rollUpSourceSchema = z.object({
  file: z.string().nullable(),
  form: formSchema,
  choices: choicesSchema.nullable().describe("该来源本身是汇总表时，汇总它时的选择"),
  get parts() {
    return z.array(rollUpSourceSchema).describe("该来源本身是汇总表时，它的来源");
  },
});

/** What a rolled-up form keeps beside itself: sources, derivations, choices, offers. */
export const rollUpPartSchema = z.object({
  policy: z.object({ id: z.string(), version: z.string() }),
  choices: choicesSchema,
  traces: z.record(z.string(), derivationSchema),
  offers: z.array(
    z.object({
      kind: z.enum(["merge", "weight", "once"]),
      at: z.array(z.string()),
      says: z.string(),
      accept: pair,
    }),
  ),
  sources: z.array(rollUpSourceSchema),
});

/** The whole answer of `jiheng rollup --json` and of `-o OUT.json`: a reading of one form, and where each figure of it comes from. */
export const rollUpSchema = z.object({
  engine: engineSchema,
  documents: z.array(
    z.object({
      file: z.string(),
      sha256: z.string().nullable().describe("汇总而成的表不是从文件读出的：null"),
      notes: z.array(noteSchema),
      forms: z.array(formSchema),
    }),
  ),
  rollUp: rollUpPartSchema,
});

/** The answer of a roll-up that was refused: every conflict at once. */
export const rollUpRefusedSchema = z.object({
  engine: engineSchema,
  conflicts: z.array(
    z.object({ code: z.string(), says: z.string(), remedy: z.string(), terms: z.array(termSchema) }),
  ),
});

/** The answer of `jiheng explain --json` on a roll-up: besides the rest, how each figure at the place came about. */
export const explainRollUpSchema = explainSchema.extend({
  derivations: z.record(z.string(), derivationSchema),
});

export type ExplainRollUpAnswer = z.infer<typeof explainRollUpSchema>;
export type RollUpAnswer = z.infer<typeof rollUpSchema>;
export type RollUpRefusedAnswer = z.infer<typeof rollUpRefusedSchema>;
export type DerivationAnswer = z.infer<typeof derivationSchema>;
