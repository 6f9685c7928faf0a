import {
  compare,
  type Decimal,
  decimal,
  type Figure,
  type Form,
  type Fund,
  formatDecimal,
  type Indicator,
  larger,
  type Measure,
  multiply,
  parseDecimal,
  percentOf,
  ratio,
  roundRatio,
  smaller,
} from "@jiheng/domain";
import { isCumulative, isMonth } from "./lamps.ts";

/** How the year-end figure of a row was come by, or why there is none. */
export interface ProjectedRow {
  readonly row: string;
  readonly how: "in-proportion" | "as-it-is" | "unknown";
  readonly low: Figure;
  readonly expected: Figure;
  readonly high: Figure;
  /** What is assumed, or what is lacking. */
  readonly says: string;
}

/** The form at the end of the year, if things go on as they did: to be scored by the caller, once for each bound. */
export type Projection =
  | {
      readonly kind: "projected";
      readonly expected: Form;
      /** The bound for the lower score: nothing more is reached, or what must not grow grows on. */
      readonly low: Form;
      /** The bound for the higher score: what is behind is made up for. */
      readonly high: Form;
      readonly rows: readonly ProjectedRow[];
      readonly assumptions: readonly string[];
    }
  | { readonly kind: "unprojected"; readonly why: string };

const TWELVE = decimal(12);

/**
 * Projects a monitoring form of the first months to the end of the year, in proportion to the time gone, row by row. A row without a
 * figure stays blank and is scored as lacking; nothing is invented for it.
 */
export function projectedForm(form: Form, month: number): Projection {
  if (!isMonth(month)) return { kind: "unprojected", why: `月份应为1至12，现在是${month}。` };
  const projected = form.indicators.map((row) => projectRow(row, month));
  const formAt = (bound: "low" | "expected" | "high"): Form => ({
    ...form,
    kind: "project-self-evaluation",
    template: "national",
    indicators: form.indicators.map((row, index) => withActual(row, projected[index]?.[bound] ?? null)),
    funds: form.funds.map((fund) => withSpending(fund, month, bound)),
    totalScore: null,
    grade: null,
    fields: [],
    notes: [],
    origins: {},
  });
  return {
    kind: "projected",
    expected: formAt("expected"),
    low: formAt("low"),
    high: formAt("high"),
    rows: projected,
    assumptions: assumptions(month),
  };
}

function assumptions(month: number): string[] {
  return [
    `按前${month}个月的进度等比推算全年（完成值÷${month}×12），不考虑季节和合同节点。`,
    "全年执行数不超过全年预算数；没有调整后预算数的，以年初预算数为准。",
    "比率、时效、满意度等不随时间累计的指标，按现值推算。",
    "下限假定此后不再有进展、有上限的支出按现有速度增加；上限假定落后的指标年底补足、资金全部支出。",
    "文字、日期和未填的指标不推算。",
  ];
}

function projectRow(row: Indicator, month: number): ProjectedRow {
  const [actual, target] = [parseDecimal(row.actual.value), parseDecimal(row.target.value)];
  const nothing = { row: row.id, low: null, expected: null, high: null, how: "unknown" as const };
  if (actual === null) {
    const blank = row.actual.text === null;
    return { ...nothing, says: blank ? "完成值未填，不推算。" : "完成值不是数字，按原文保留，不推算。" };
  }
  if (target === null) return { ...nothing, says: "指标值不是数字，按原文保留，不推算。" };
  const bounded = row.target.comparison === "≤" || row.target.comparison === "<";
  const now = formatDecimal(actual);
  if (!isCumulative(row)) {
    const made = bounded ? smaller(actual, target) : larger(actual, target);
    return {
      row: row.id,
      how: "as-it-is",
      low: now,
      expected: now,
      high: formatDecimal(made),
      says: "不随时间累计，按现值推算。",
    };
  }
  const linear = inProportion(actual, month, Math.max(actual.scale, target.scale));
  const expected = formatDecimal(linear);
  const says = `${now}÷${month}×12=${expected}`;
  return bounded
    ? { row: row.id, how: "in-proportion", low: expected, expected, high: now, says }
    : {
        row: row.id,
        how: "in-proportion",
        low: now,
        expected,
        high: formatDecimal(larger(linear, target)),
        says,
      };
}

/** value ÷ month × 12, cut and never rounded up: a projection does not reach a target by rounding. */
function inProportion(value: Decimal, month: number, places: number): Decimal {
  const whole = ratio(multiply(value, TWELVE), decimal(month));
  return whole === null ? value : roundRatio(whole, places, "truncate");
}

function withActual(row: Indicator, value: Figure): Indicator {
  const actual: Measure =
    value === null
      ? row.actual
      : {
          text: `${value}${row.actual.unit ?? ""}`,
          comparison: null,
          value,
          unit: row.actual.unit,
        };
  return { ...row, actual, score: null, deviation: null };
}

function withSpending(fund: Fund, month: number, bound: "low" | "expected" | "high"): Fund {
  const adjustedBudget = fund.adjustedBudget ?? fund.initialBudget;
  const [spent, budget] = [parseDecimal(fund.expenditure), parseDecimal(adjustedBudget)];
  if (spent === null) return { ...fund, adjustedBudget, executionRate: null, score: null };
  const linear = inProportion(spent, month, Math.max(spent.scale, 2));
  const capped = budget === null || compare(spent, budget) > 0 ? spent : smaller(linear, budget);
  const value =
    bound === "low" ? spent : bound === "high" ? (budget === null ? spent : larger(spent, budget)) : capped;
  const rate = budget === null || budget.units <= 0n ? null : ratio(value, budget);
  return {
    ...fund,
    adjustedBudget,
    expenditure: formatDecimal(value),
    executionRate: rate === null ? null : formatDecimal(percentOf(rate, 2, "half-up")),
    score: null,
  };
}
