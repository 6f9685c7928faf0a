/** What other features ask of submissions: whatever changes one goes through these, in the transaction they bring. */
export { decideOn, type Moved, type StandingCommand } from "./decide-on.ts";
export {
  type LoadedSubmission,
  loadSubmission,
  loadSubmissions,
  organisationsOf,
  type Reads,
  subjectOf,
} from "./load-submission.ts";
export { type FormChange, reviewAgain, type Saved, saveForm } from "./save-form.ts";
export {
  importFormInto,
  issueSubmission,
  makeSubmission,
  type StartRequest,
  type SubmissionRequest,
  startSubmission,
} from "./start-submission.ts";
