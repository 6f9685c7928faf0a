/** The HTTP interface as data: one endpoint per operation, one file per feature. */
export { type Access, type Answer, type Endpoint, endpoint, SCOPES, type Scope } from "./endpoint.ts";
export { openApiDocument, refusalsOf } from "./openapi.ts";
export { identity, instant, pageOf, pageQuery, wholeNumber } from "./paging.ts";
export { PROBLEMS, type Problem, type ProblemCode, problemSchema } from "./problem.ts";
export {
  downloadPublished,
  getPublicOverview,
  getPublished,
  listPublished,
  listWithheld,
  publishedFormSchema,
} from "./publication.ts";
export {
  answerRectification,
  DECISIONS,
  listRectifications,
  listUses,
  openRectification,
  RECTIFICATION_STATES,
  recordUse,
  rectificationSchema,
  verifyRectification,
} from "./results.ts";
export { changeRule, listPolicies, listRules, ruleSchema, ruleSettingSchema, shadowRun } from "./rules.ts";
export { getOverview, overviewSchema, searchIndicators, usageSchema } from "./statistics.ts";
export {
  approveSubmission,
  archiveSubmission,
  cancelReview,
  cellChangeSchema,
  changeDue,
  compareRevisions,
  decideInBulk,
  downloadScan,
  downloadVersion,
  editForm,
  editSchema,
  getForm,
  getHistory,
  getSubmission,
  issueSubmission,
  justificationSchema,
  justifyFinding,
  listJustifications,
  listSaves,
  listSubmissions,
  listVersions,
  openSubmission,
  publishSubmission,
  receiveSubmission,
  replaceForm,
  retractJustification,
  returnSubmission,
  sealVersion,
  startSubmission,
  storedReviewSchema,
  submissionSummarySchema,
  submitSubmission,
  unlockSubmission,
  versionSchema,
  withdrawSubmission,
  withholdSubmission,
} from "./submissions.ts";
