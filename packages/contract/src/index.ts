/** The interchange format: what the command line and the interface print, as schemas, and the one place that makes it. */
export { type AuditAnswer, auditSchema } from "./audit.ts";
export { presentReview } from "./present-review.ts";
export { engineSchema, formSchema, noteSchema, originSchema, type ReadAnswer, readSchema } from "./read.ts";
