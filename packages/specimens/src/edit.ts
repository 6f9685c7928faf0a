import {
  add,
  compare,
  type Decimal,
  decimal,
  type Form,
  type Fund,
  formatDecimal,
  type Indicator,
  type Measure,
  parseDecimal,
  parseMeasure,
  percentOf,
  ratio,
  roundRatio,
  scaleRatio,
  showDecimal,
  ZERO,
} from "@jiheng/domain";
import { shapeOf } from "./shapes.ts";

/** A form with one of its rows changed; with two patches given as one, both hold. */
export function withRow(form: Form, index: number, patch: Partial<Indicator>): Form {
  return {
    ...form,
    indicators: form.indicators.map((row, at) => (at === index ? { ...row, ...patch } : row)),
  };
}

/** A form with one of its fund rows changed. */
export function withFund(form: Form, index: number, patch: Partial<Fund>): Form {
  return { ...form, funds: form.funds.map((fund, at) => (at === index ? { ...fund, ...patch } : fund)) };
}

/** A form with another goal text, another result text or both. */
export function withGoal(form: Form, patch: { expected?: string | null; achieved?: string | null }): Form {
  const goal = { ...form.goal, ...patch };
  return { ...form, goal, goals: form.goals.map((each, at) => (at === 0 ? { ...each, ...patch } : each)) };
}

/** A form whose result goes on with a further sentence. */
export function tellResult(form: Form, sentence: string): Form {
  return withGoal(form, { achieved: `${form.goal.achieved ?? ""}${sentence}` });
}

/** A form whose goal goes on with a further sentence. */
export function tellGoal(form: Form, sentence: string): Form {
  return withGoal(form, { expected: `${form.goal.expected ?? ""}${sentence}` });
}

/** The bands every pack without its own follows. */
export function gradeFor(total: Decimal): string {
  if (compare(total, decimal(90)) >= 0) return "优";
  if (compare(total, decimal(80)) >= 0) return "良";
  return compare(total, decimal(60)) >= 0 ? "中" : "差";
}

/** The form with total and grade as they follow from the scores that stand in it. */
export function retotal(form: Form): Form {
  if (form.totalScore === null) return form;
  let total = parseDecimal(form.funds[0]?.score) ?? ZERO;
  for (const row of form.indicators) total = add(total, parseDecimal(row.score) ?? ZERO);
  return {
    ...form,
    totalScore: formatDecimal(total, 2),
    grade: form.grade === null ? null : gradeFor(total),
  };
}

/** A rate in percent as printed, or null where there is no budget. */
function rateOf(spent: string | null, budget: string | null): string | null {
  const a = parseDecimal(spent);
  const b = parseDecimal(budget);
  const rate = a && b ? ratio(a, b) : null;
  return rate ? formatDecimal(percentOf(rate, 2, "half-up"), 2) : null;
}

/** The form with rates and execution score as they follow from its money, and with the total that follows from them. */
export function refund(form: Form): Form {
  const full = shapeOf(form.template).execution;
  const funds = form.funds.map((fund, index) => {
    const rate = rateOf(fund.expenditure, fund.adjustedBudget) ?? "0.00";
    if (index > 0 || fund.score === null) return { ...fund, executionRate: rate };
    const spent = parseDecimal(fund.expenditure) ?? ZERO;
    const budget = parseDecimal(fund.adjustedBudget) ?? ZERO;
    const exact = ratio(spent, budget);
    const score = exact ? roundRatio(scaleRatio(exact, decimal(full)), 2, "half-up") : ZERO;
    const capped = compare(score, decimal(full)) > 0 ? decimal(full) : score;
    return { ...fund, executionRate: rate, score: formatDecimal(capped, 2) };
  });
  return retotal({ ...form, funds });
}

/** A typed figure in the manner of the form's layout: `≥120人`, `≥120.00(人)`. */
export function typed(form: Form, sign: string, value: string, unit: string): Measure {
  const text = shapeOf(form.template).bracketed
    ? `${sign}${formatDecimal(decimal(value), 2)}(${unit})`
    : `${sign}${value}${unit}`;
  return parseMeasure(text).measure;
}

/** A typed target or actual in words. */
export function words(text: string): Measure {
  return parseMeasure(text).measure;
}

/** Points or scores in the manner of the form's layout: `10`, `10.00`. */
export function points(form: Form, value: number | Decimal): string {
  const exact = typeof value === "number" ? decimal(value) : value;
  return shapeOf(form.template).bracketed ? formatDecimal(exact, 2) : showDecimal(exact);
}

/** The figure of a measure as a person writes it in a text: without trailing zeros. */
export function plain(measure: Measure): string {
  const value = parseDecimal(measure.value);
  return value ? showDecimal(value) : (measure.text ?? "");
}

/** The whole number of a measure; specimens type no others in counted rows. */
export function amount(measure: Measure): number {
  return Number(plain(measure));
}

/** Indexes of the rows that fulfil a condition. */
export function rowsWhere(form: Form, holds: (row: Indicator) => boolean): number[] {
  return form.indicators.flatMap((row, index) => (holds(row) ? [index] : []));
}

/** Counted rows with a lower bound whose target and actual are both numbers of things, not shares. */
export function isCount(row: Indicator): boolean {
  return (
    row.target.comparison === "≥" &&
    row.target.value !== null &&
    row.actual.value !== null &&
    row.target.unit !== "%" &&
    row.target.unit !== "万元"
  );
}

/** Whether the points of a row are printed and fully earned. */
export function isFull(row: Indicator): boolean {
  const of = parseDecimal(row.points);
  const earned = parseDecimal(row.score);
  return of !== null && earned !== null && compare(of, earned) === 0;
}

/** Another actual for a row, in the row and wherever the result text states it. */
export function restate(form: Form, index: number, value: number, patch: Partial<Indicator> = {}): Form {
  const row = form.indicators[index];
  if (!row) return form;
  const unit = row.actual.unit ?? row.target.unit ?? "";
  const before = `${plain(row.actual)}${unit}`;
  const changed = withRow(form, index, { actual: typed(form, "", String(value), unit), ...patch });
  return withGoal(changed, {
    achieved: form.goal.achieved?.replace(before, `${value}${unit}`) ?? null,
  });
}

/** The proportional score of a row for an actual, as printed to two decimals. */
export function proportional(row: Indicator, value: number): Decimal {
  const of = parseDecimal(row.points) ?? ZERO;
  return roundRatio(
    { numerator: decimal(String(Number(showDecimal(of)) * value)), denominator: decimal(amount(row.target)) },
    2,
    "half-up",
  );
}

/** Rows removed, their points given to the rows that stay in the same form, so that all still make 100. */
export function without(form: Form, gone: (row: Indicator) => boolean): Form {
  const stay = form.indicators.filter((row) => !gone(row));
  const freed = form.indicators
    .filter(gone)
    .reduce((sum, row) => add(sum, parseDecimal(row.points) ?? ZERO), ZERO);
  // Rows that lost points keep them: only a full row can take more and stay full.
  const heirs = stay.filter(isFull).slice(0, 4);
  const each = Number(showDecimal(freed));
  const indicators = stay.map((row) => {
    const at = heirs.indexOf(row);
    if (at < 0 || each === 0) return row;
    const share = Math.floor(each / heirs.length) + (at < each % heirs.length ? 1 : 0);
    const more = points(form, add(parseDecimal(row.points) ?? ZERO, decimal(share)));
    return { ...row, points: more, score: more };
  });
  return retotal({ ...form, indicators });
}

/** Points of a row set anew with full marks, the difference taken from or given to the rows named. */
export function movePoints(form: Form, from: number, to: number, count: number): Form {
  const giver = form.indicators[from];
  const taker = form.indicators[to];
  const a = parseDecimal(giver?.points);
  const b = parseDecimal(taker?.points);
  if (!giver || !taker || !a || !b || !isFull(giver) || !isFull(taker)) return form;
  const less = points(form, Number(showDecimal(a)) - count);
  const more = points(form, Number(showDecimal(b)) + count);
  return withRow(withRow(form, from, { points: less, score: less }), to, { points: more, score: more });
}

/** A row added behind another one, taking its points half and half, so that all still make 100. Null where it has too few. */
export function splitRow(form: Form, index: number, row: Partial<Indicator>): Form | null {
  const source = form.indicators[index];
  if (!source) return null;
  const of = parseDecimal(source.points);
  let first = source.points;
  let second = source.points;
  if (of) {
    const whole = Number(showDecimal(of));
    if (!isFull(source) || whole < 2) return null;
    first = points(form, whole - Math.floor(whole / 2));
    second = points(form, Math.floor(whole / 2));
  }
  const score = (value: string | null): string | null => (source.score === null ? null : value);
  const kept = { ...source, points: first, score: score(first) };
  const added = {
    ...source,
    id: `${source.id}b`,
    points: second,
    score: score(second),
    deviation: null,
    ...row,
  };
  const indicators = [...form.indicators];
  indicators.splice(index, 1, kept, added);
  if (source.points === null && source.score !== null) {
    // Where points are not printed, the scores alone are shared out.
    const whole = Number(showDecimal(parseDecimal(source.score) ?? ZERO));
    if (whole < 2) return null;
    indicators[index] = { ...kept, score: points(form, whole - Math.floor(whole / 2)) };
    indicators[index + 1] = { ...added, score: points(form, Math.floor(whole / 2)) };
  }
  return { ...form, indicators };
}
