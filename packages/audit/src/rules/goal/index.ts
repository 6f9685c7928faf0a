import type { Rule } from "../../rule.ts";
import { goalWithoutSpecifics } from "./goal-without-specifics.ts";
import { higherLevelFigures } from "./higher-level-figures.ts";
import { promiseNotReported } from "./promise-not-reported.ts";
import { resultCopiesGoal } from "./result-copies-goal.ts";
import { resultOfAnotherPolicy } from "./result-of-another-policy.ts";
import { rowsUnsupportedByResult } from "./rows-unsupported-by-result.ts";
import { sentenceRepeated } from "./sentence-repeated.ts";
import { textOfAnotherYear } from "./text-of-another-year.ts";

/** Rules of this section, in the order of their codes. */
export const GOAL_RULES: readonly Rule[] = [
  promiseNotReported,
  resultCopiesGoal,
  resultOfAnotherPolicy,
  goalWithoutSpecifics,
  higherLevelFigures,
  textOfAnotherYear,
  sentenceRepeated,
  rowsUnsupportedByResult,
];
