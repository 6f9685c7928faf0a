import type { Rule } from "../../rule.ts";
import { budgetChangedUnexplained } from "./budget-changed-unexplained.ts";
import { budgetNotAsApproved } from "./budget-not-as-approved.ts";
import { costDiffersFromSpending } from "./cost-differs-from-spending.ts";
import { cumulativeAgainstYear } from "./cumulative-against-year.ts";
import { executionScoreMismatch } from "./execution-score-mismatch.ts";
import { fundSourcesSum } from "./fund-sources-sum.ts";
import { lowExecutionUnexplained } from "./low-execution-unexplained.ts";
import { moneyUnitMissing } from "./money-unit-missing.ts";
import { moneyUnitSlip } from "./money-unit-slip.ts";
import { onlyCumulativeAmounts } from "./only-cumulative-amounts.ts";
import { outputsFullMoneyUnspent } from "./outputs-full-money-unspent.ts";
import { rateMismatch } from "./rate-mismatch.ts";
import { rateWithoutBudget } from "./rate-without-budget.ts";
import { rowsAheadOfMoney } from "./rows-ahead-of-money.ts";
import { spentAboveBudget } from "./spent-above-budget.ts";
import { textAmountDiffers } from "./text-amount-differs.ts";

/** Rules of this section, in the order of their codes. */
export const MONEY_RULES: readonly Rule[] = [
  fundSourcesSum,
  budgetNotAsApproved,
  rateMismatch,
  executionScoreMismatch,
  rateWithoutBudget,
  lowExecutionUnexplained,
  budgetChangedUnexplained,
  spentAboveBudget,
  moneyUnitMissing,
  moneyUnitSlip,
  cumulativeAgainstYear,
  textAmountDiffers,
  onlyCumulativeAmounts,
  outputsFullMoneyUnspent,
  rowsAheadOfMoney,
  costDiffersFromSpending,
];
