/** The life cycle: who may do what to a submission in which state, and how two people's edits go together. Pure. */
export { describeAddress, LONGEST, placeOf } from "./editing/address.ts";
export type { Applied, EditRefusal, EditRefusalCode } from "./editing/apply-edits.ts";
export { applyEdits, invertEdits } from "./editing/apply-edits.ts";
export { addressOf, addressOfField } from "./editing/cells.ts";
export type { FormChanges, RowChange } from "./editing/changes-between.ts";
export { changesBetween, editsBetween } from "./editing/changes-between.ts";
export { contradictedMeasures } from "./editing/contradicted-measures.ts";
export type { Edit, RowDraft } from "./editing/edit.ts";
export type { Conflict, Merged } from "./editing/merge.ts";
export { merge } from "./editing/merge.ts";
export * from "./events.ts";
export type { Accepted, Command, Decision, FundsDifference, Submission } from "./lifecycle/decide.ts";
export { decide } from "./lifecycle/decide.ts";
export type { BlockingFinding, Examined, Justification } from "./lifecycle/justifications.ts";
export { examineJustifications, sameFigures } from "./lifecycle/justifications.ts";
export { lifecycleDiagram, lifecyclePage } from "./lifecycle/lifecycle-page.ts";
export type { CitedFinding, ReturnAnswer, ReturnOpinion } from "./lifecycle/return-opinions.ts";
export { ANSWER_TITLES, ANSWERS, returnOpinions } from "./lifecycle/return-opinions.ts";
export type { CommandName, Transition } from "./lifecycle/transitions.ts";
export {
  AUTHOR_ROLES,
  COMMAND_TITLES,
  COMMANDS,
  DESK_ROLES,
  ROLLUP_ROLES,
  standingAfter,
  standingsOf,
  TRANSITIONS,
  transitionOf,
} from "./lifecycle/transitions.ts";
export type { ExecutionAlert } from "./monitoring/alerts.ts";
export { EXECUTION_ALERTS, executionAlert, GOAL_MONEY_GAP, isFarApart } from "./monitoring/alerts.ts";
export type { Lamp, Lit } from "./monitoring/lamps.ts";
export { goalLamp, indicatorLamp, LAMP_BOUNDS, LAMP_TITLES, moneyLamp } from "./monitoring/lamps.ts";
export type { ProjectedRow, Projection } from "./monitoring/projected-form.ts";
export { projectedForm } from "./monitoring/projected-form.ts";
export type { Action, Permission, PermissionName, PermissionRule } from "./permissions/actions.ts";
export { ACTIONS, actionTitle, isCommand, PERMISSIONS } from "./permissions/actions.ts";
export {
  ADMINISTRATORS,
  conflictingRoles,
  conflictRefusal,
  grantRefusal,
  ROLE_HOMES,
} from "./permissions/administrators.ts";
export type { Button } from "./permissions/buttons.ts";
export { buttons } from "./permissions/buttons.ts";
export type { Permitted } from "./permissions/may.ts";
export { may, rolesEver } from "./permissions/may.ts";
export type { Refusal, RefusalCode, RefusalDetail } from "./refusal.ts";
export { REFUSAL_CODES } from "./refusal.ts";
export type { Drawn, Sample, SampleMethod, SampleOrder, SampleUnit } from "./sampling/draw-sample.ts";
export { drawSample, populationText, SAMPLE_METHOD_TITLES } from "./sampling/draw-sample.ts";
export type { ReviewDeviation } from "./sampling/review-deviation.ts";
export { CORRECTION_FACTORS, reviewDeviation } from "./sampling/review-deviation.ts";
export { reviewedTotal } from "./sampling/reviewed-total.ts";
export type { Bound, SampleStatement } from "./sampling/sample-statement.ts";
export { sampleStatement } from "./sampling/sample-statement.ts";
export type { Carried, KnownIndicator } from "./starting/carry-identities.ts";
export { carryIdentities } from "./starting/carry-identities.ts";
export type { RowHistory, Start, Started } from "./starting/start-from.ts";
export { blankForm, startFrom } from "./starting/start-from.ts";
export * from "./titles.ts";
export * from "./vocabulary.ts";
