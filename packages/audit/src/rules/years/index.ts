import type { Rule } from "../../rule.ts";
import { budgetFarFromLastYear } from "./budget-far-from-last-year.ts";
import { problemStillThere } from "./problem-still-there.ts";
import { targetBelowLastActual } from "./target-below-last-actual.ts";
import { textAlikeToLastYear } from "./text-alike-to-last-year.ts";

/** Rules of this section, in the order of their codes. */
export const YEARS_RULES: readonly Rule[] = [
  problemStillThere,
  textAlikeToLastYear,
  targetBelowLastActual,
  budgetFarFromLastYear,
];
