/** The interchange format: what the command line and the interface print, as schemas, and the one place that makes it. */
export { type AuditAnswer, auditSchema } from "./audit.ts";
export { jsonSchemas } from "./json-schemas.ts";
export { presentReview } from "./present-review.ts";
export { presentFormScore, presentMark, presentStep } from "./present-score.ts";
export { formSchema, type ReadAnswer, readSchema } from "./read.ts";
export {
  type CompareAnswer,
  compareSchema,
  type ExplainAnswer,
  explainSchema,
  type ScoreAnswer,
  scoreSchema,
} from "./score.ts";
