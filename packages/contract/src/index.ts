/** The interchange format as schemas: what the command line prints and, later, what the HTTP interface answers. */
export { type AuditAnswer, auditSchema } from "./audit.ts";
export { jsonSchemas } from "./json-schemas.ts";
export { formSchema, type ReadAnswer, readSchema } from "./read.ts";
export {
  type DerivationAnswer,
  type ExplainRollUpAnswer,
  explainRollUpSchema,
  type RollUpAnswer,
  type RollUpRefusedAnswer,
  rollUpRefusedSchema,
  rollUpSchema,
} from "./rollup.ts";
export {
  type CompareAnswer,
  compareSchema,
  type ExplainAnswer,
  explainSchema,
  type MarkAnswer,
  type ScoreAnswer,
  type StepAnswer,
  scoreSchema,
} from "./score.ts";
