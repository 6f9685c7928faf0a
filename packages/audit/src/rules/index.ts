import type { Rule } from "../rule.ts";
import { BATCH_RULES } from "./batch/index.ts";
import { BUDGET_RULES } from "./budget/index.ts";
import { COMPLETENESS_RULES } from "./completeness/index.ts";
import { DIRECTION_RULES } from "./direction/index.ts";
import { GOAL_RULES } from "./goal/index.ts";
import { MONEY_RULES } from "./money/index.ts";
import { NARRATIVE_RULES } from "./narrative/index.ts";
import { NOTATION_RULES } from "./notation/index.ts";
import { POINTS_RULES } from "./points/index.ts";
import { REASONS_RULES } from "./reasons/index.ts";
import { ROWS_RULES } from "./rows/index.ts";
import { SCORES_RULES } from "./scores/index.ts";
import { TARGETS_RULES } from "./targets/index.ts";
import { YEARS_RULES } from "./years/index.ts";

/** Every rule of the engine: one file per rule, one folder per section of the catalogue of checks. */
export const RULES: readonly Rule[] = [
  ...COMPLETENESS_RULES,
  ...MONEY_RULES,
  ...TARGETS_RULES,
  ...POINTS_RULES,
  ...REASONS_RULES,
  ...NARRATIVE_RULES,
  ...GOAL_RULES,
  ...DIRECTION_RULES,
  ...ROWS_RULES,
  ...SCORES_RULES,
  ...BUDGET_RULES,
  ...BATCH_RULES,
  ...YEARS_RULES,
  ...NOTATION_RULES,
];
