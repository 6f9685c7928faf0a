import type { Rule } from "../../rule.ts";
import { lostRow } from "./lost-row.ts";
import { recomputedGradeDiffers } from "./recomputed-grade-differs.ts";
import { unexplainedDeduction } from "./unexplained-deduction.ts";

/** Rules of this section, in the order of their codes. */
export const SCORES_RULES: readonly Rule[] = [unexplainedDeduction, lostRow, recomputedGradeDiffers];
