import {
  absolute,
  compare,
  type Decimal,
  decimal,
  type Form,
  formatDecimal,
  HUNDRED,
  multiply,
  parseDecimal,
  percentOf,
  ratio,
  subtract,
} from "@jiheng/domain";
import { type Citation, cite } from "@jiheng/law";
import { isMonth, totalOf } from "./lamps.ts";

/** Rates of execution in percent below which an alert is given at the end of a month, where a place has such. */
export const EXECUTION_ALERTS: Readonly<
  Record<
    string,
    {
      readonly steps: readonly { readonly month: number; readonly below: string }[];
      /** Working days to answer an alert; two where the sources differ and neither is confirmed. */
      readonly answerWithin: readonly number[];
      readonly basis: readonly Citation[];
    }
  >
> = {
  sichuan: {
    steps: [
      { month: 4, below: "25" },
      { month: 6, below: "40" },
      { month: 8, below: "60" },
      { month: 10, below: "80" },
    ],
    answerWithin: [10, 5],
    basis: [cite("sichuan-2025-10", "执行预警"), cite("sichuan-2025-10", "答复期限")],
  },
};

/** Whether spending is below what a place wants by this month; before its first step there is nothing to want. */
export type ExecutionAlert =
  | {
      readonly kind: "alert" | "in-order";
      readonly rate: string;
      readonly below: string;
      readonly month: number;
      readonly says: string;
      readonly basis: readonly Citation[];
    }
  | { readonly kind: "unjudged"; readonly why: string };

/** The alert on spending of a form after this many months, by the steps of a place (`sichuan`). */
export function executionAlert(form: Form, month: number, place: string): ExecutionAlert {
  const rules = EXECUTION_ALERTS[place];
  if (!rules) return { kind: "unjudged", why: "所在地区没有执行率预警规定。" };
  if (!isMonth(month)) return { kind: "unjudged", why: `月份应为1至12，现在是${month}。` };
  const step = rules.steps.findLast((one) => one.month <= month);
  if (!step) return { kind: "unjudged", why: `${rules.steps[0]?.month}月底前没有执行率要求。` };
  const fund = totalOf(form);
  const budget = parseDecimal(fund?.adjustedBudget) ?? parseDecimal(fund?.initialBudget);
  const spent = parseDecimal(fund?.expenditure);
  if (budget === null || spent === null || budget.units <= 0n)
    return { kind: "unjudged", why: "预算数或执行数未填或为零，不能计算执行率。" };
  const rate = ratio(spent, budget);
  if (rate === null) return { kind: "unjudged", why: "预算数为零，不能计算执行率。" };
  const isBelow = compare(multiply(spent, HUNDRED), multiply(budget, decimal(step.below))) < 0;
  const shown = formatDecimal(percentOf(rate, 2, "half-up"));
  return {
    kind: isBelow ? "alert" : "in-order",
    rate: shown,
    below: step.below,
    month: step.month,
    says: isBelow
      ? `执行率${shown}%，低于${step.month}月底应达的${step.below}%，应当预警，说明原因和改进措施。`
      : `执行率${shown}%，不低于${step.month}月底应达的${step.below}%。`,
    basis: rules.basis,
  };
}

/** By how many percentage points results and money may be apart before an alert is given. */
export const GOAL_MONEY_GAP = { points: "10", basis: cite("sichuan-2025-10", "目标偏差预警") } as const;

/** Whether the progress of results and that of money, both in percent, are further apart than that. */
export function isFarApart(results: Decimal, money: Decimal): boolean {
  return compare(absolute(subtract(results, money)), decimal(GOAL_MONEY_GAP.points)) > 0;
}
