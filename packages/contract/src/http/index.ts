/** The HTTP interface as data: one endpoint per operation, one file per feature. */
export { type Answer, type Endpoint, endpoint, SCOPES, type Scope } from "./endpoint.ts";
export { PROBLEMS, type Problem, type ProblemCode, problemSchema } from "./problem.ts";
