import { z } from "zod";
import { auditSchema } from "./audit.ts";
import { readSchema } from "./read.ts";
import { explainRollUpSchema, rollUpRefusedSchema, rollUpSchema } from "./rollup.ts";
import { compareSchema, explainSchema, scoreSchema } from "./score.ts";

/** Every answer of the command line as a JSON Schema document, by file name: generated, committed and compared by a gate. */
export function jsonSchemas(): Readonly<Record<string, unknown>> {
  return {
    "read.schema.json": z.toJSONSchema(readSchema),
    "score.schema.json": z.toJSONSchema(scoreSchema),
    "audit.schema.json": z.toJSONSchema(auditSchema),
    "explain.schema.json": z.toJSONSchema(explainSchema),
    "compare.schema.json": z.toJSONSchema(compareSchema),
    "rollup.schema.json": z.toJSONSchema(z.union([rollUpSchema, rollUpRefusedSchema])),
    "explain-rollup.schema.json": z.toJSONSchema(explainRollUpSchema),
  };
}
