import type { Rule } from "../../rule.ts";
import { lostRow } from "./lost-row.ts";
import { misprintedRate } from "./misprinted-rate.ts";
import { reasonOnlyBlamesTarget } from "./reason-only-blames-target.ts";
import { recomputedGradeDiffers } from "./recomputed-grade-differs.ts";
import { roundingDiffersInForm } from "./rounding-differs-in-form.ts";
import { scoreFollowsMisprintedRate } from "./score-follows-misprinted-rate.ts";
import { topGradeLowExecution } from "./top-grade-low-execution.ts";
import { unexplainedDeduction } from "./unexplained-deduction.ts";

/** Rules of this section, in the order of their codes. */
export const SCORES_RULES: readonly Rule[] = [
  unexplainedDeduction,
  lostRow,
  recomputedGradeDiffers,
  topGradeLowExecution,
  misprintedRate,
  scoreFollowsMisprintedRate,
  roundingDiffersInForm,
  reasonOnlyBlamesTarget,
];
