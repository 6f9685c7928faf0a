import type { Rule } from "../../rule.ts";
import { actualWithoutEvidence } from "./actual-without-evidence.ts";
import { largeDeviationWithoutReason } from "./large-deviation-without-reason.ts";
import { lostPointsWithoutReason } from "./lost-points-without-reason.ts";
import { problemsAgainstDeductions } from "./problems-against-deductions.ts";
import { reasonContradictsRow } from "./reason-contradicts-row.ts";
import { reasonWithoutMeasure } from "./reason-without-measure.ts";
import { satisfactionWithoutSurvey } from "./satisfaction-without-survey.ts";
import { selfEvaluationByThirdParty } from "./self-evaluation-by-third-party.ts";
import { taskPartlyDone } from "./task-partly-done.ts";

/** Rules of this section, in the order of their codes. */
export const REASONS_RULES: readonly Rule[] = [
  lostPointsWithoutReason,
  largeDeviationWithoutReason,
  reasonContradictsRow,
  reasonWithoutMeasure,
  problemsAgainstDeductions,
  actualWithoutEvidence,
  satisfactionWithoutSurvey,
  taskPartlyDone,
  selfEvaluationByThirdParty,
];
