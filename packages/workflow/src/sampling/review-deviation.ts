import {
  compare,
  decimal,
  type Figure,
  formatDecimal,
  parseDecimal,
  percentOf,
  ratio,
  subtract,
} from "@jiheng/domain";
import { type Citation, cite } from "@jiheng/law";

/** How far a review is from the unit's own score, in percent of it; above 0 where the unit gave itself more. */
export type ReviewDeviation =
  | { readonly kind: "computed"; readonly percent: string; readonly basis: Citation }
  | { readonly kind: "lacking"; readonly why: string };

/** (self − review) ÷ self of a whole project, never of a row. */
export function reviewDeviation(self: Figure, review: Figure): ReviewDeviation {
  const [own, other] = [parseDecimal(self), parseDecimal(review)];
  if (own === null) return { kind: "lacking", why: "自评总分未填或不是数字，不能计算偏差率。" };
  if (other === null) return { kind: "lacking", why: "复核总分未填或不是数字，不能计算偏差率。" };
  const deviation = compare(own, decimal(0)) > 0 ? ratio(subtract(own, other), own) : null;
  if (deviation === null) return { kind: "lacking", why: "自评总分不大于零，不能计算偏差率。" };
  const percent = formatDecimal(percentOf(deviation, 2, "half-up"));
  return { kind: "computed", percent, basis: cite("reviewers", "复核偏差") };
}

/**
 * What Sichuan multiplies a final score with where the finance evaluation is so many grades below the self-evaluation. Data for whoever
 * decides; no score is changed by it here.
 */
export const CORRECTION_FACTORS: {
  readonly byGradesLower: Readonly<Record<1 | 2 | 3, string>>;
  readonly basis: Citation;
} = { byGradesLower: { 1: "0.9", 2: "0.8", 3: "0.7" }, basis: cite("sichuan-2025-5", "等级扣减") };
