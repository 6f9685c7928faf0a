import {
  add,
  compare,
  compareRatio,
  type Decimal,
  decimal,
  equals,
  type Form,
  multiply,
  type Place,
  parseDecimal,
  place,
  type Ratio,
  roundRatio,
  type Score,
  type Step,
  showDecimal,
  smaller,
  subtract,
  sum,
  ZERO,
} from "@jiheng/domain";
import type { Citation } from "@jiheng/law";
import { roundScore } from "./marks.ts";
import type { PolicyPack } from "./policy-pack.ts";
import { type ExecutionRow, executionRatio, scoreExecution } from "./score-execution.ts";
import { scoreIndicator } from "./score-indicator.ts";

const HUNDRED = decimal(100);

/** A part of a sum that is not a number, with its place and what is lacking. */
export interface Lacking {
  readonly at: Place;
  readonly what: string;
}

/** A total: a number, or bounds with what is lacking (`between` is null where not even bounds are known), or none at all. */
export type TotalScore =
  | { readonly kind: "number"; readonly value: Decimal; readonly of: Decimal }
  | {
      readonly kind: "bounds";
      readonly between: readonly [Decimal, Decimal] | null;
      readonly of: Decimal | null;
      readonly lacking: readonly Lacking[];
    }
  | { readonly kind: "notApplicable"; readonly why: string };

/** A form scored under one version of one policy. `indicators` runs parallel to the form's rows. */
export interface FormScore {
  readonly policy: { readonly id: string; readonly version: string };
  readonly execution: Score;
  readonly executionRows: readonly ExecutionRow[];
  readonly indicators: readonly Score[];
  readonly total: TotalScore;
  /** The grade of a total that is a number; null where there is none or the pack has no grades. */
  readonly grade: string | null;
  /** The grades that the bounds leave open, best first; one or none where the grade is known or not given. */
  readonly possibleGrades: readonly string[];
  /** Steps of the total and the grade. */
  readonly steps: readonly Step[];
}

/** The recomputation from what the form enters: its printed row scores and the recomputed execution score. */
export interface EnteredTotal {
  readonly totalScore: Decimal | null;
  readonly grade: string | null;
  readonly parts: { readonly execution: Decimal | null; readonly rows: Decimal | null };
  readonly lacking: readonly Lacking[];
  readonly steps: readonly Step[];
}

/** Which rows of a form carry marks of their own: indexes, and why the others do not. */
export interface MarkedRows {
  readonly counted: ReadonlySet<number>;
  readonly points: Decimal | null;
}

/**
 * The rows whose points make up the total. A sub-row (其中) without points carries none; where both a row and its sub-rows
 * print points, the sums decide: they count together unless only the upper rows reach the full total.
 */
export function markedRows(form: Form): MarkedRows {
  const counted = new Set<number>();
  const subRows: number[] = [];
  const all: Decimal[] = [];
  const upper: Decimal[] = [];
  const byId = new Map<string, number>();
  for (const [index, row] of form.indicators.entries()) byId.set(row.id, index);
  for (const [index, row] of form.indicators.entries()) {
    const points = parseDecimal(row.points);
    if (row.parent !== null && points === null && parseDecimal(row.score) === null) continue;
    counted.add(index);
    if (points === null) continue;
    all.push(points);
    const parent = row.parent === null ? undefined : byId.get(row.parent);
    const parentRow = parent === undefined ? undefined : form.indicators[parent];
    if (parentRow && parseDecimal(parentRow.points) !== null) subRows.push(index);
    else upper.push(points);
  }
  if (subRows.length > 0) {
    const fund = parseDecimal(form.funds.find((each) => parseDecimal(each.points) !== null)?.points);
    const wanted = parseDecimal(form.totalPoints) ?? HUNDRED;
    const reaches = (points: readonly Decimal[]): boolean => {
      const total = sum(points);
      return equals(total, wanted) || (fund !== null && equals(add(total, fund), wanted));
    };
    if (!reaches(all) && reaches(upper)) {
      for (const index of subRows) counted.delete(index);
      return { counted, points: sum(upper) };
    }
  }
  return { counted, points: all.length === 0 ? null : sum(all) };
}

/** The grade of a total under a pack, null where the pack has no grades or the total lies below every band. */
export function gradeOf(total: Decimal, policy: PolicyPack): string | null {
  for (const band of policy.grades?.value ?? []) {
    if (compare(total, band.from) >= 0) return band.grade;
  }
  return null;
}

function gradesBetween(low: Decimal, high: Decimal, policy: PolicyPack): readonly string[] {
  const found: string[] = [];
  let above: Decimal | null = null;
  for (const band of policy.grades?.value ?? []) {
    if (compare(high, band.from) >= 0 && (above === null || compare(low, above) < 0)) found.push(band.grade);
    above = band.from;
  }
  return found;
}

function capFor(
  form: Form,
  execution: readonly ExecutionRow[],
  policy: PolicyPack,
): { readonly atMost: Decimal; readonly basis: Citation; readonly says: string } | null {
  const cap = policy.totalCap;
  const [row] = execution;
  const fund = row ? form.funds[row.fund] : undefined;
  if (!cap || !fund) return null;
  const found = executionRatio(fund, policy);
  if (found.kind === "cannot") return null;
  const percent: Ratio = {
    numerator: multiply(found.rate.numerator, HUNDRED),
    denominator: found.rate.denominator,
  };
  for (const each of cap.value) {
    if (compareRatio(percent, each.below) < 0)
      return {
        atMost: each.atMost,
        basis: cap.basis,
        says: `执行率低于${showDecimal(each.below)}%，总分不超过${showDecimal(each.atMost)}分`,
      };
  }
  return null;
}

/** The rows' scores; sub-rows and forms that set no points carry no mark. */
function scoreRows(form: Form, rows: MarkedRows, policy: PolicyPack): readonly Score[] {
  const basis = [policy.counted.none.basis];
  const unscored = rows.points === null && form.indicators.every((row) => parseDecimal(row.score) === null);
  return form.indicators.map((row, index): Score => {
    if (unscored) return { kind: "notApplicable", why: "本表不设分值和得分", basis };
    if (!rows.counted.has(index)) return { kind: "notApplicable", why: "其中项，不另计分", basis };
    return scoreIndicator(row, place.indicator(index), policy, form.kind);
  });
}

function step(says: string, mechanism: string, basis: readonly Citation[], at: readonly Place[]): Step {
  return { says, mechanism, figures: {}, basis, at };
}

/** Scores a form under a policy. Pure and total: whatever the form holds, every mark is a number with steps or says what it lacks. */
export function scoreForm(form: Form, policy: PolicyPack): FormScore {
  const rows = markedRows(form);
  const { score: execution, rows: executionRows } = scoreExecution(form, policy, rows.points);
  const indicators = scoreRows(form, rows, policy);
  const lacking: Lacking[] = [];
  let low = ZERO;
  let high = ZERO;
  let of = ZERO;
  let bounded = true;
  let marks = 0;
  let dropped = ZERO;
  const take = (score: Score, at: Place): void => {
    if (score.kind === "notApplicable") return;
    marks += 1;
    if (score.of === null) bounded = false;
    else of = add(of, score.of);
    if (score.kind === "scored") {
      low = add(low, score.awarded);
      high = add(high, score.awarded);
    } else if (score.kind === "judgement") {
      lacking.push({ at, what: score.why });
      low = add(low, score.between[0]);
      high = add(high, score.between[1]);
    } else {
      lacking.push({ at, what: score.what });
      if (score.of) high = add(high, score.of);
    }
  };
  const executionAt = executionRows[0]?.fund ?? 0;
  take(execution, place.fund(executionAt, "score"));
  for (const [index, score] of indicators.entries()) {
    take(score, place.indicator(index, "score"));
    if (score.kind === "notApplicable" && policy.rescaleNotApplicable && rows.counted.has(index)) {
      const points = parseDecimal(form.indicators[index]?.points);
      if (points) dropped = add(dropped, points);
    }
  }
  const base = { policy: { id: policy.id, version: policy.version }, execution, executionRows, indicators };
  const marked = indicators.some((score) => score.kind !== "notApplicable");
  if (marks === 0 || !marked) {
    const why = form.indicators.length === 0 ? "表上没有指标行" : "本表不设分值和得分，没有总分";
    return { ...base, total: { kind: "notApplicable", why }, grade: null, possibleGrades: [], steps: [] };
  }
  const steps: Step[] = [];
  const totalBasis = [policy.execution.mechanism.basis, policy.counted.none.basis];
  if (dropped.units > 0n && policy.rescaleNotApplicable) {
    const left = subtract(HUNDRED, dropped);
    if (left.units > 0n) {
      const scaled = (value: Decimal): Decimal => {
        const { places, rounding } = policy.scoreRounding.value;
        return roundRatio({ numerator: multiply(value, HUNDRED), denominator: left }, places, rounding);
      };
      steps.push(
        step(
          `不适用${showDecimal(dropped)}分，得分÷（100-${showDecimal(dropped)}）×100`,
          "not-applicable",
          [policy.rescaleNotApplicable.basis],
          ["totalScore"],
        ),
      );
      low = scaled(low);
      high = scaled(high);
      of = scaled(of);
    }
  }
  if (bounded && !equals(of, HUNDRED))
    steps.push(
      step(`参与计分的分值合计${showDecimal(of)}分，不是100分`, "points-total", totalBasis, ["totalPoints"]),
    );
  const cap = capFor(form, executionRows, policy);
  if (cap) {
    steps.push(step(cap.says, "total-cap", [cap.basis], ["totalScore"]));
    low = smaller(low, cap.atMost);
    high = smaller(high, cap.atMost);
  }
  const gradeBasis = policy.grades ? [policy.grades.basis] : [];
  if (lacking.length === 0) {
    const value = roundScore(low, policy);
    const grade = gradeOf(value, policy);
    steps.unshift(step(sumWords(form, execution, indicators, value), "total", totalBasis, ["totalScore"]));
    if (grade !== null)
      steps.push(step(`总分${showDecimal(value)}分，评为${grade}`, "grade", gradeBasis, ["grade"]));
    const possibleGrades = grade === null ? [] : [grade];
    return { ...base, total: { kind: "number", value, of }, grade, possibleGrades, steps };
  }
  const between = bounded ? ([roundScore(low, policy), roundScore(high, policy)] as const) : null;
  const possibleGrades = between ? gradesBetween(between[0], between[1], policy) : [];
  const said = between ? `在${showDecimal(between[0])}分与${showDecimal(between[1])}分之间，` : "";
  const what = `总分不能确定，${said}尚缺${lacking.length}项`;
  steps.unshift(step(what, "total", totalBasis, ["totalScore", ...lacking.map((each) => each.at)]));
  const [onlyGrade] = possibleGrades;
  const grade = possibleGrades.length === 1 && onlyGrade ? onlyGrade : null;
  if (possibleGrades.length > 0)
    steps.push(step(`等级可能为${possibleGrades.join("、")}`, "grade", gradeBasis, ["grade"]));
  return {
    ...base,
    total: { kind: "bounds", between, of: bounded ? of : null, lacking },
    grade,
    possibleGrades,
    steps,
  };
}

function sumWords(form: Form, execution: Score, indicators: readonly Score[], total: Decimal): string {
  let rows = ZERO;
  let count = 0;
  for (const score of indicators) {
    if (score.kind !== "scored") continue;
    rows = add(rows, score.awarded);
    count += 1;
  }
  const head = `${count}项指标得分合计${showDecimal(rows)}分`;
  const plus = execution.kind === "scored" ? `，加预算执行${showDecimal(execution.awarded)}分` : "";
  const printed = parseDecimal(form.totalScore);
  const against = printed && !equals(printed, total) ? `（表上印${showDecimal(printed)}分）` : "";
  return `${head}${plus}，总分${showDecimal(total)}分${against}`;
}

/**
 * The plain recomputation from the entered marks: printed row scores plus the recomputed execution score; what total and
 * grade are checked against. A row without a printed score, or an execution that cannot be computed, is lacking and leaves no total.
 */
export function recomputeEntered(form: Form, policy: PolicyPack): EnteredTotal {
  const marked = markedRows(form);
  const { score: execution, rows: executionRows } = scoreExecution(form, policy, marked.points);
  const lacking: Lacking[] = [];
  const scores: Decimal[] = [];
  for (const index of marked.counted) {
    const row = form.indicators[index];
    if (!row) continue;
    const entered = parseDecimal(row.score);
    if (entered !== null) scores.push(entered);
    else if (parseDecimal(row.points) !== null)
      lacking.push({ at: place.indicator(index, "score"), what: `“${row.name ?? "未命名指标"}”得分未填` });
  }
  let executed: Decimal | null = null;
  if (execution.kind === "scored") executed = execution.awarded;
  else if (execution.kind !== "notApplicable") {
    const what = execution.kind === "missing" ? execution.what : execution.why;
    lacking.push({ at: place.fund(executionRows[0]?.fund ?? 0, "score"), what });
  }
  const basis = [policy.execution.mechanism.basis];
  const complete = scores.length > 0 && lacking.every((each) => !each.at.startsWith("indicators"));
  const rows = complete ? sum(scores) : null;
  if (scores.length === 0 && lacking.length === 0)
    lacking.push({ at: "indicators", what: "表上没有填报得分" });
  const parts = { execution: executed, rows };
  if (rows === null || lacking.length > 0)
    return { totalScore: null, grade: null, parts, lacking, steps: [] };
  const totalScore = executed === null ? rows : add(rows, executed);
  const grade = gradeOf(totalScore, policy);
  const plus = executed === null ? "" : `，加预算执行${showDecimal(executed)}分`;
  const says = `填报的${scores.length}项得分合计${showDecimal(rows)}分${plus}，总分${showDecimal(totalScore)}分`;
  const steps: Step[] = [step(says, "from-entered", basis, ["totalScore"])];
  if (grade !== null && policy.grades)
    steps.push(
      step(`总分${showDecimal(totalScore)}分，评为${grade}`, "grade", [policy.grades.basis], ["grade"]),
    );
  return { totalScore, grade, parts, lacking, steps };
}
