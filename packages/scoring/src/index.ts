/** Mechanisms and policy packs; a score with its steps. Pure. */
export type { Attainment } from "./attainment.ts";
export { attainmentOf } from "./attainment.ts";
export type { ComparableValues, RowValues } from "./comparable.ts";
export { completionOf, isMet, rowValues } from "./comparable.ts";
export type { PolicyChange, PolicyComparison } from "./compare-policies.ts";
export { comparePolicies } from "./compare-policies.ts";
export type { Explanation } from "./explain-score.ts";
export { explainScore } from "./explain-score.ts";
export type { FilledCell, Filling } from "./fill-blanks.ts";
export { BEYOND_BUDGET, fillBlanks, usualPoints } from "./fill-blanks.ts";
export type { CountedRow, Mechanism, MechanismExample, MechanismResult } from "./mechanism.ts";
export { COUNTED_MECHANISMS } from "./mechanisms/index.ts";
export { overfulfilmentOf } from "./overfulfilment.ts";
export type { ExampleRow, PackExample } from "./pack-example.ts";
export { findPolicy, POLICIES } from "./policies.ts";
export { policyCatalogue } from "./policy-catalogue.ts";
export type {
  Based,
  CountedMechanism,
  Duty,
  GradeBand,
  OverfulfilmentAction,
  OverfulfilmentRule,
  PolicyPack,
  QualitativeMechanism,
  ReasonCondition,
  RowComparison,
  Tier,
} from "./policy-pack.ts";
export type { PolicyParameter } from "./policy-parameters.ts";
export { policyParameters } from "./policy-parameters.ts";
export { runExample } from "./run-example.ts";
export { isCategory } from "./score-counted.ts";
export type { ExecutionRow, ExecutionScore } from "./score-execution.ts";
export {
  acceptedExecutionScores,
  acceptedRates,
  budgetOf,
  executionRatio,
  rateRounding,
  scoreExecution,
} from "./score-execution.ts";
export type { EnteredTotal, FormScore, Lacking, MarkedRows, TotalScore } from "./score-form.ts";
export { gradeOf, markedRows, recomputeEntered, scoreForm } from "./score-form.ts";
export { scoreIndicator } from "./score-indicator.ts";
export { sameScore, sameTotal, scoreWords, totalWords } from "./score-words.ts";
export type { PolicyChoice } from "./select-policy.ts";
export { selectPolicy } from "./select-policy.ts";
