/** The HTTP interface as data: one endpoint per operation, one file per feature. */

export {
  beginOidc,
  changePassword,
  confirmEnrolment,
  confirmSecondFactor,
  createToken,
  endOtherSessions,
  endSession,
  enrolSecondFactor,
  finishOidc,
  getInstallation,
  getProfile,
  getSession,
  grantSchema,
  linkOidc,
  listSessions,
  listTokens,
  logIn,
  logOut,
  removeSecondFactor,
  revokeToken,
  setUp,
} from "./accounts.ts";
export {
  BUDGET_NATURES,
  budgetEntrySchema,
  budgetReportSchema,
  importBudget,
  listBudget,
  prefillFunds,
  reconcileFunds,
  recordBudget,
} from "./budget.ts";
export {
  callSchema,
  changeCallDue,
  createCall,
  getCall,
  getWorkbench,
  listCalls,
  listReminders,
} from "./calls.ts";
export { type Access, type Answer, type Endpoint, endpoint, SCOPES, type Scope } from "./endpoint.ts";
export {
  attachEvidence,
  downloadEvidence,
  evidenceSchema,
  listEvidence,
  removeEvidence,
} from "./evidence.ts";
export {
  downloadForm,
  downloadOpinion,
  downloadOpinions,
  downloadReport,
  exportData,
  exportForms,
  exportRows,
} from "./exports.ts";
export {
  cancelImport,
  downloadAnnotated,
  downloadOriginal,
  getImport,
  importedFileSchema,
  importSchema,
  listImports,
  retryImport,
  settleImport,
  startImport,
  watchImport,
} from "./imports.ts";
export { eventSchema, exportLog, getSubjectHistory, listEvents, verifyChain } from "./log.ts";
export { MEDIA_TYPES } from "./media.ts";
export { getMonitoring, listMonitoring, litSchema, monitoringSchema } from "./monitoring.ts";
export { openApiDocument, refusalsOf } from "./openapi.ts";
export {
  accountSchema,
  changeAccount,
  changeOrganisation,
  closeOrganisation,
  createAccount,
  createOrganisation,
  disableAccount,
  enableAccount,
  getAccount,
  getOrganisation,
  giveGrant,
  listAccounts,
  listOrganisations,
  lockAccount,
  moveOrganisation,
  organisationSchema,
  recordRecusal,
  resetPassword,
  resetSecondFactor,
  revokeGrant,
  revokeTokenOf,
  unlockAccount,
} from "./organisations.ts";
export { identity, instant, pageOf, pageQuery, wholeNumber } from "./paging.ts";
export { showPresence } from "./presence.ts";
export { PROBLEMS, type Problem, type ProblemCode, problemSchema } from "./problem.ts";
export {
  carryOverProject,
  changeProject,
  createProject,
  getIndicatorTimeline,
  getProject,
  getProjectRows,
  listProjects,
  projectRowSchema,
  projectSchema,
  recordPlaceholder,
} from "./projects.ts";
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
export {
  explainRollUp,
  getRollUp,
  makeRollUp,
  previewRollUp,
  remakeRollUp,
  splitRollUp,
} from "./rollups.ts";
export { changeRule, listPolicies, listRules, ruleSchema, ruleSettingSchema, shadowRun } from "./rules.ts";
export {
  assignReview,
  beginReview,
  compareReviews,
  downloadPopulation,
  drawSample,
  getSample,
  listSamples,
  sampleSchema,
} from "./samples.ts";
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
export {
  createWebhook,
  listDeliveries,
  listWebhooks,
  redeliver,
  removeWebhook,
  rotateWebhook,
  switchWebhook,
  webhookSchema,
} from "./webhooks.ts";
