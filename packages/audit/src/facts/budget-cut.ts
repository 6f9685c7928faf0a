import { compare, type Decimal, percentOf, type Ratio, ratio, subtract } from "@jiheng/domain";
import type { FormDossier } from "../rule.ts";
import type { FundFacts } from "./form-facts.ts";

/** The cut of the whole budget during the year; the share is 0 or below where it was not cut. */
export interface BudgetCut {
  readonly fund: FundFacts;
  readonly initial: Decimal;
  readonly adjusted: Decimal;
  readonly share: Ratio;
  /** Share in percent, two places. */
  readonly percent: Decimal;
}

/** Initial against adjusted budget of the whole form; null where one is not printed or the initial one is not above 0. */
export function budgetCut({ facts }: FormDossier): BudgetCut | null {
  const fund = facts.totalFund ?? facts.scoredFund;
  if (!fund?.initialBudget || !fund.adjustedBudget || fund.initialBudget.units <= 0n) return null;
  const share = ratio(subtract(fund.initialBudget, fund.adjustedBudget), fund.initialBudget);
  if (!share || compare(fund.adjustedBudget, { units: 0n, scale: 0 }) < 0) return null;
  return {
    fund,
    initial: fund.initialBudget,
    adjusted: fund.adjustedBudget,
    share,
    percent: percentOf(share, 2, "half-up"),
  };
}
