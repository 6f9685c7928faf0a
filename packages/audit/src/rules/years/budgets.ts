import { type Decimal, equals, multiply, yuanPer } from "@jiheng/domain";
import type { FormDossier } from "../../rule.ts";

/** The whole budget of one project in two years, in one unit of money. */
export interface BudgetPair {
  readonly last: Decimal;
  readonly now: Decimal;
  readonly unit: string;
}

function budgetOfYear({ facts }: FormDossier): Decimal | null {
  const fund = facts.totalFund ?? facts.scoredFund;
  return fund?.adjustedBudget ?? fund?.initialBudget ?? null;
}

/** The budgets of both years, null where one is not printed, is 0, or the units of money cannot be told. */
export function budgetsOf(earlier: FormDossier, later: FormDossier): BudgetPair | null {
  const [last, now] = [budgetOfYear(earlier), budgetOfYear(later)];
  if (!last || !now || last.units <= 0n || now.units <= 0n) return null;
  const [from, to] = [earlier.form.moneyUnit ?? "万元", later.form.moneyUnit ?? "万元"];
  const [a, b] = [yuanPer(from), yuanPer(to)];
  if (!a || !b) return null;
  if (equals(a, b)) return { last, now, unit: to };
  return { last: multiply(last, a), now: multiply(now, b), unit: "元" };
}
