import type { Rule } from "../../rule.ts";
import { budgetCellsBlank } from "./budget-cells-blank.ts";
import { budgetCutUnexplained } from "./budget-cut-unexplained.ts";
import { budgetSetToSpending } from "./budget-set-to-spending.ts";
import { cutBudgetTargetsMet } from "./cut-budget-targets-met.ts";
import { executionAgainstInitial } from "./execution-against-initial.ts";
import { noAppropriation } from "./no-appropriation.ts";

/** Rules of this section, in the order of their codes. */
export const BUDGET_RULES: readonly Rule[] = [
  budgetCutUnexplained,
  executionAgainstInitial,
  budgetSetToSpending,
  noAppropriation,
  budgetCellsBlank,
  cutBudgetTargetsMet,
];
