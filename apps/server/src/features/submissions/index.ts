/** What other features ask of submissions: whatever changes one goes through these, in the transaction they bring. */
export { decideOn } from "./decide-on.ts";
export { fundsCells, prefilled } from "./funds-differences.ts";
export { justifyFindingOf } from "./justify.ts";
export {
  type LoadedSubmission,
  loadSubmission,
  organisationsOf,
  subjectOf,
} from "./load-submission.ts";
export { fenOf, fenPerUnit, inFormUnit, statesAmount } from "./money.ts";
export { presentSummary } from "./present.ts";
export { reviewAlone } from "./review-alone.ts";
export { reviewContextOf } from "./review-context.ts";
export { keyOf, reviewAgain, type Saved, saveForm, subjectOfEvent } from "./save-form.ts";
export {
  importFormInto,
  issueSubmission,
  makeSubmission,
  startSubmission,
} from "./start-submission.ts";
export {
  blobOf,
  indicatorsOf,
  keepBlob,
  ledgerOf,
  rootOf,
  SUBMISSION_COLUMNS,
  type SubmissionRow,
} from "./store.ts";
export { submitLoaded } from "./submit-submission.ts";
export { isVisibleTo, reachedSubmission, seenSubmission } from "./visibility.ts";
