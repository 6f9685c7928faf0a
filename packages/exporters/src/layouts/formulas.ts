import {
  add,
  compareRatio,
  type Decimal,
  decimal,
  equals,
  type Figure,
  type Form,
  isZero,
  multiply,
  parseDecimal,
  percentOf,
  place,
  ratio,
  roundRatio,
} from "@jiheng/domain";
import type { CellFormula } from "../model.ts";

/** Cells whose sum is exactly `total`, or undefined where they do not give it. */
function sumOf(
  total: Figure,
  parts: readonly (readonly [at: string, figure: Figure])[],
): CellFormula | undefined {
  const wanted = parseDecimal(total);
  let sum: Decimal | null = null;
  const of: string[] = [];
  for (const [at, figure] of parts) {
    const value = parseDecimal(figure);
    if (!value) continue;
    sum = sum ? add(sum, value) : value;
    of.push(at);
  }
  return wanted && sum && of.length > 1 && equals(wanted, sum) ? { kind: "sum", of } : undefined;
}

/** The total of the money as the sum of its sources, where they give it exactly. */
export function sumOfSources(
  form: Form,
  index: number,
  key: "initialBudget" | "adjustedBudget" | "expenditure" = "initialBudget",
): CellFormula | undefined {
  const fund = form.funds[index];
  if (fund?.source !== "total" || form.funds.filter((each) => each.source === "total").length > 1)
    return undefined;
  return sumOf(
    fund[key],
    form.funds.flatMap((each, at) => (at === index ? [] : [[place.fund(at, key), each[key]] as const])),
  );
}

/** The derivation of a cell of the funds, where it gives exactly what is typed; `columns` are those the layout prints. */
export function fundFormula(
  form: Form,
  index: number,
  key: string,
  columns: ReadonlySet<string>,
): CellFormula | undefined {
  const fund = form.funds[index];
  if (!fund) return undefined;
  if (key === "initialBudget" || key === "adjustedBudget" || key === "expenditure")
    return sumOfSources(form, index, key);
  const base =
    columns.has("adjustedBudget") && fund.adjustedBudget !== null ? "adjustedBudget" : "initialBudget";
  const budget = parseDecimal(fund[base]);
  const spent = parseDecimal(fund.expenditure);
  if (!columns.has(base) || !columns.has("expenditure") || !budget || !spent) return undefined;
  const share = ratio(spent, budget);
  if (!share || isZero(budget)) return undefined;
  const part = place.fund(index, "expenditure");
  const whole = place.fund(index, base);
  if (key === "executionRate") {
    const typed = parseDecimal(fund.executionRate);
    if (!typed) return undefined;
    for (const rounding of ["half-up", "truncate"] as const)
      if (equals(percentOf(share, typed.scale, rounding), typed))
        return { kind: "rate", part, whole, decimals: typed.scale, rounding };
  }
  if (key === "score") {
    const typed = parseDecimal(fund.score);
    const points = parseDecimal(fund.points);
    if (!typed || !points || !columns.has("points")) return undefined;
    const due =
      compareRatio(share, decimal(1)) >= 0
        ? points
        : roundRatio({ numerator: multiply(points, spent), denominator: budget }, typed.scale, "half-up");
    if (equals(due, typed))
      return {
        kind: "execution-score",
        points: place.fund(index, "points"),
        part,
        whole,
        decimals: typed.scale,
      };
  }
  return undefined;
}

/** The derivation of a total from the rows and the scored row of the funds, where it gives exactly what is typed. */
export function totalFormula(
  form: Form,
  key: "points" | "score",
  fundsShown: boolean,
): CellFormula | undefined {
  const total = key === "points" ? form.totalPoints : form.totalScore;
  const funds = fundsShown
    ? form.funds.map((fund, index) => [place.fund(index, key), fund[key]] as const)
    : [];
  const rows = (all: boolean): (readonly [string, Figure])[] =>
    form.indicators.flatMap((row, index) =>
      all || row.parent === null ? [[place.indicator(index, key), row[key]] as const] : [],
    );
  return sumOf(total, [...funds, ...rows(true)]) ?? sumOf(total, [...funds, ...rows(false)]);
}
