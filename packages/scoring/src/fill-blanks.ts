import {
  add,
  compare,
  compareRatio,
  type Decimal,
  decimal,
  equals,
  type Form,
  type Fund,
  formatDecimal,
  type Indicator,
  type Level1,
  level1Of,
  type Place,
  parseDecimal,
  percentOf,
  place,
  type Score,
  showDecimal,
  sum,
  ZERO,
} from "@jiheng/domain";
import type { PolicyPack } from "./policy-pack.ts";
import { executionRatio, rateRounding, scoreExecution } from "./score-execution.ts";
import { gradeOf, markedRows, scoreForm } from "./score-form.ts";

const HUNDRED = decimal(100);

/** A blank cell and the figure that follows for it. */
export interface FilledCell {
  readonly at: Place;
  readonly text: string;
}

/** What follows for the blank cells of a form, and the blank marks that do not follow, each with why. */
export interface Filling {
  readonly cells: readonly FilledCell[];
  readonly left: readonly { readonly at: Place; readonly why: string }[];
}

/**
 * The blank figures of a self-evaluation that follow from what is filled in: points, rate and score of the execution, marks that
 * need no judgement, the sums and the grade. A cell that holds anything is never in the answer; nothing is changed here.
 */
export function fillBlanks(form: Form, policy: PolicyPack): Filling {
  const cells: FilledCell[] = [];
  const left: { readonly at: Place; readonly why: string }[] = [];
  const put = (at: Place, text: string): string => {
    cells.push({ at, text });
    return text;
  };
  const slipped = new Set(form.funds.flatMap((fund, index) => (isInTwoUnits(fund, policy) ? index : [])));
  for (const index of slipped) {
    const fund = form.funds[index];
    const lacksScore = fund?.points !== null && fund?.score === null;
    if (fund?.executionRate === null || lacksScore)
      left.push({
        at: place.fund(index, fund?.executionRate === null ? "executionRate" : "score"),
        why: "执行数与预算数像是一个按元、一个按万元填的，请先核对金额",
      });
  }
  const rates = form.funds.map((fund, index) =>
    slipped.has(index) ? fund : withRate(fund, index, form, policy, put),
  );
  const funds = withExecutionPoints({ ...form, funds: rates }, policy, put);
  const scored = scoreForm({ ...form, funds }, policy);
  const given = (score: Score, at: Place): string | null => {
    if (score.kind === "scored") return put(at, showDecimal(score.awarded));
    if (score.kind !== "notApplicable")
      left.push({ at, why: score.kind === "missing" ? score.what : score.why });
    return null;
  };
  const marked: Form = {
    ...form,
    funds: funds.map((fund, index) => {
      const row = scored.executionRows.find((each) => each.fund === index);
      return row && fund.score === null && !slipped.has(index)
        ? { ...fund, score: given(row.score, place.fund(index, "score")) }
        : fund;
    }),
    indicators: form.indicators.map((row, index) => {
      const score = scored.indicators[index];
      return score && row.score === null
        ? { ...row, score: given(score, place.indicator(index, "score")) }
        : row;
    }),
  };
  fillTotalPoints(marked, policy, put);
  if (left.length === 0) fillTotal(marked, policy, put);
  return { cells, left };
}

/**
 * How many times the budget is more than anybody spends: what is that far from it is in another unit of money. Ours; ten thousandfold
 * it is an execution between a fifth and twice the budget.
 */
export const BEYOND_BUDGET = decimal(2_000);

function isInTwoUnits(fund: Fund, policy: PolicyPack): boolean {
  const found = executionRatio(fund, policy);
  return found.kind === "rate" && compareRatio(found.rate, BEYOND_BUDGET) >= 0;
}

function withRate(
  fund: Fund,
  index: number,
  form: Form,
  policy: PolicyPack,
  put: (at: Place, text: string) => string,
): Fund {
  const found = fund.executionRate === null ? executionRatio(fund, policy) : null;
  if (found?.kind !== "rate") return fund;
  const { value: places } = policy.execution.ratePlaces;
  const percent = percentOf(found.rate, places, rateRounding(form.template, policy));
  return { ...fund, executionRate: put(place.fund(index, "executionRate"), formatDecimal(percent, places)) };
}

/** The points of the execution where they and those of the rows make up the full total, and no row of the funds has any. */
function withExecutionPoints(
  form: Form,
  policy: PolicyPack,
  put: (at: Place, text: string) => string,
): readonly Fund[] {
  const { points: rows } = markedRows(form);
  const { value } = policy.execution.points;
  const hasPoints = form.funds.some((fund) => fund.points !== null);
  const total = form.funds.findIndex((fund) => fund.source === "total");
  if (rows === null || hasPoints || total < 0 || !equals(add(rows, value), HUNDRED)) return form.funds;
  return form.funds.map((fund, index) =>
    index === total ? { ...fund, points: put(place.fund(index, "points"), showDecimal(value)) } : fund,
  );
}

function fillTotalPoints(form: Form, policy: PolicyPack, put: (at: Place, text: string) => string): void {
  const { points: rows, counted } = markedRows(form);
  const isComplete = [...counted].every((index) => parseDecimal(form.indicators[index]?.points) !== null);
  if (form.totalPoints !== null || rows === null || !isComplete) return;
  const { score } = scoreExecution(form, policy, rows);
  const execution = score.kind === "notApplicable" ? ZERO : score.of;
  if (execution) put("totalPoints", showDecimal(add(rows, execution)));
}

/** Total and grade of a form whose marks are all there. */
function fillTotal(form: Form, policy: PolicyPack, put: (at: Place, text: string) => string): void {
  const entered = parseDecimal(form.totalScore);
  // Under a cap or a rescaling the sum of the marks is not the total: there only a form marked by the pack has one that follows.
  const isSum = policy.totalCap === null && policy.rescaleNotApplicable === null;
  const total = entered ?? (isSum ? sumOfScores(form, policy) : totalUnderPack(form, policy));
  if (total === null) return;
  if (form.totalScore === null) put("totalScore", showDecimal(total));
  const grade = form.grade === null ? gradeOf(total, policy) : null;
  if (grade !== null) put("grade", grade);
}

/** The scores as they stand on the form, added up; null where one is not there. */
function sumOfScores(form: Form, policy: PolicyPack): Decimal | null {
  const { points, counted } = markedRows(form);
  const execution = scoreExecution(form, policy, points).rows.map(({ fund }) => form.funds[fund]?.score);
  const scores = [...[...counted].map((index) => form.indicators[index]?.score), ...execution].map((score) =>
    parseDecimal(score ?? null),
  );
  const known = scores.filter((score) => score !== null);
  return counted.size > 0 && known.length === scores.length ? sum(known) : null;
}

function totalUnderPack(form: Form, policy: PolicyPack): Decimal | null {
  const scored = scoreForm(form, policy);
  const isOwn = scored.indicators.every((score, index) => {
    const printed = parseDecimal(form.indicators[index]?.score);
    return score.kind !== "scored" || (printed !== null && equals(printed, score.awarded));
  });
  return isOwn && scored.total.kind === "number" ? scored.total.value : null;
}

/**
 * Points for a form of which no row has any: those the pack names for each level 1, spread evenly over its rows in whole points. Cost
 * counts as output where the pack has none of its own; without a row of satisfaction its points go to benefit.
 */
export function usualPoints(
  form: Form,
  policy: PolicyPack,
):
  | { readonly kind: "points"; readonly cells: readonly FilledCell[] }
  | { readonly kind: "cannot"; readonly why: string } {
  const usual = policy.level1Points?.value;
  if (!usual) return { kind: "cannot", why: "所用口径没有规定一级指标分值" };
  if (form.indicators.length === 0) return { kind: "cannot", why: "表上没有指标行" };
  if (form.indicators.some((row) => row.points !== null)) return { kind: "cannot", why: "已有指标填了分值" };
  const { counted } = markedRows(form);
  const groups = new Map<string, number[]>();
  for (const index of counted) {
    const level1 = levelOf(form.indicators[index]);
    if (level1 === null) return { kind: "cannot", why: `第${index + 1}行没有通行的一级指标` };
    const key = level1 === "成本指标" && !usual[level1] ? "产出指标" : level1;
    groups.set(key, [...(groups.get(key) ?? []), index]);
  }
  const toSpread = new Map(Object.entries(usual));
  const satisfaction = toSpread.get("满意度指标");
  const benefit = toSpread.get("效益指标");
  if (satisfaction && benefit && !groups.has("满意度指标")) {
    toSpread.delete("满意度指标");
    toSpread.set("效益指标", add(benefit, satisfaction));
  }
  const cells: FilledCell[] = [];
  for (const [level1, points] of toSpread) {
    const rows = groups.get(level1) ?? [];
    if (rows.length === 0) return { kind: "cannot", why: `表上没有${level1}` };
    const whole = Number(showDecimal(points));
    if (whole < rows.length) return { kind: "cannot", why: `${level1}有${rows.length}行，不够每行1分` };
    const each = Math.floor(whole / rows.length);
    const more = whole - each * rows.length;
    rows.forEach((index, nth) => {
      cells.push({ at: place.indicator(index, "points"), text: String(nth < more ? each + 1 : each) });
    });
  }
  const execution = policy.execution.points.value;
  const rowPoints = sum([...toSpread.values()]);
  if (compare(add(rowPoints, execution), HUNDRED) !== 0)
    return { kind: "cannot", why: `口径的一级指标分值共${showDecimal(rowPoints)}分，加预算执行不是100分` };
  return { kind: "points", cells };
}

function levelOf(row: Indicator | undefined): Level1 | null {
  return row?.level1 ? level1Of(row.level1) : null;
}
