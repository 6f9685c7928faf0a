import { rowOutcomes } from "@jiheng/audit";
import { compare, type Form, larger, parseDecimal, round, showDecimal, subtract, ZERO } from "@jiheng/domain";
import { markedRows } from "@jiheng/scoring";
import { fenOf } from "./money.ts";
import type { StoredReview } from "./review-submission.ts";
import { type RiskFactors, riskOf } from "./risk.ts";
import type { FindingRow, IndicatorRow, SubmissionChange } from "./store.ts";

/** The fund row that stands for the whole: the total, or the only one there is. */
function totalFund(form: Form): Form["funds"][number] | null {
  return (
    form.funds.find(({ source }) => source === "total") ??
    (form.funds.length === 1 ? (form.funds[0] ?? null) : null)
  );
}

/** The figure where it is one, else null: what is kept for queries is exact or absent. */
function plainFigure(figure: string | null): string | null {
  return parseDecimal(figure) === null || figure === null ? null : figure.trim();
}

/** What lists and sums know of a form: its money in fen, its marks as typed and as recomputed, and what its review found. */
export function summaryOf(form: Form, review: StoredReview): SubmissionChange {
  const fund = totalFund(form);
  const scored = form.funds.find(({ points, score }) => points !== null || score !== null) ?? fund;
  const money = (figure: string | null | undefined): bigint | null => fenOf(figure ?? null, form.moneyUnit);
  const adjusted_budget = money(fund?.adjustedBudget);
  const { total } = review.marks;
  const [low, high] =
    total.kind === "number"
      ? [total.value, total.value]
      : total.kind === "bounds"
        ? (total.between ?? [null, null])
        : [null, null];
  const counts = countForces(review);
  return {
    initial_budget: money(fund?.initialBudget),
    adjusted_budget,
    expenditure: money(fund?.expenditure),
    total_score: plainFigure(form.totalScore),
    grade: form.grade === null || form.grade.trim() === "" ? null : form.grade.trim(),
    execution_points: plainFigure(scored?.points ?? null),
    execution_score: plainFigure(scored?.score ?? null),
    recomputed_low: low,
    recomputed_high: high,
    rows: form.indicators.length,
    ...counts,
    risk: riskOf(riskFactors({ ...counts, adjusted_budget, totalScore: form.totalScore, low, high })),
  };
}

/** What the risk is made from, of what is kept of a form. */
export function riskFactors({
  must,
  should,
  unclear,
  adjusted_budget: adjustedBudget,
  totalScore,
  low,
  high,
}: {
  readonly must: number;
  readonly should: number;
  readonly unclear: number;
  readonly adjusted_budget: bigint | null;
  readonly totalScore: string | null;
  readonly low: string | null;
  readonly high: string | null;
}): RiskFactors {
  return {
    ...{ must, should, unclear, adjustedBudget },
    lostPoints: lostPoints(totalScore ?? low),
    gapPoints: gapPoints(totalScore, low, high),
  };
}

function countForces({ findings, unclear }: StoredReview) {
  const of = (force: string): number => findings.filter((finding) => finding.force === force).length;
  return { must: of("must"), should: of("should"), hint: of("hint"), unclear: unclear.length };
}

/** Whole points below 100. */
function lostPoints(total: string | null): number | null {
  const value = parseDecimal(total);
  if (!value) return null;
  const hundred = { units: 100n, scale: 0 };
  return compare(value, hundred) >= 0 ? 0 : Number(round(subtract(hundred, value), 0, "half-up").units);
}

/** By how many points, rounded up, a total lies outside of what it is recomputed to. */
function gapPoints(total: string | null, low: string | null, high: string | null): number | null {
  const [value, from, to] = [parseDecimal(total), parseDecimal(low), parseDecimal(high)];
  if (!value || !from || !to) return null;
  const off = compare(value, to) > 0 ? subtract(value, to) : subtract(from, value);
  return Number(round(larger(off, ZERO), 0, "up").units);
}

/** The rows of a form for queries. */
export function rowsOf(form: Form): IndicatorRow[] {
  const outcomes = rowOutcomes(form);
  const { counted } = markedRows(form);
  return form.indicators.map((row, position) => {
    const {
      category = null,
      outcome = "blank",
      target = null,
      actual = null,
      isExact = null,
    } = outcomes[position] ?? {};
    return {
      position,
      indicator: row.id,
      level1: row.level1,
      level2: row.level2,
      name: row.name,
      target_text: row.target.text,
      comparison: row.target.comparison,
      target_value: plainFigure(row.target.value),
      unit: row.target.unit,
      actual_text: row.actual.text,
      actual_value: plainFigure(row.actual.value),
      points: plainFigure(row.points),
      score: plainFigure(row.score),
      deviation: row.deviation !== null && row.deviation.trim() !== "",
      category,
      outcome,
      compared_target: target && showDecimal(target),
      compared_actual: actual && showDecimal(actual),
      exact: isExact,
      marked: counted.has(position),
    };
  });
}

/** The findings of a review for queries. */
export function findingsOf({ findings }: StoredReview): FindingRow[] {
  return findings.map(({ fingerprint, rule, code, force, at }, position) => ({
    position,
    fingerprint,
    rule,
    code,
    force,
    places: at,
  }));
}
