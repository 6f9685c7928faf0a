import { compare, type Decimal, type Score, showDecimal } from "@jiheng/domain";
import type { TotalScore } from "./score-form.ts";

/** A mark in words: "1.77分", "0分至5分，由人判断", "缺：实际完成值未填", "不计分". */
export function scoreWords(score: Score): string {
  switch (score.kind) {
    case "scored":
      return `${showDecimal(score.awarded)}分`;
    case "judgement":
      return `${showDecimal(score.between[0])}分至${showDecimal(score.between[1])}分，由人判断`;
    case "missing":
      return `缺：${score.what}`;
    case "notApplicable":
      return `不计分：${score.why}`;
  }
}

/** A total in words: a number, bounds with the count of what is lacking, or why there is none. */
export function totalWords(total: TotalScore): string {
  switch (total.kind) {
    case "number":
      return `${showDecimal(total.value)}分`;
    case "bounds":
      return total.between
        ? `${showDecimal(total.between[0])}分至${showDecimal(total.between[1])}分，尚缺${total.lacking.length}项`
        : `不能确定，尚缺${total.lacking.length}项`;
    case "notApplicable":
      return total.why;
  }
}

function sameRange(a: readonly [Decimal, Decimal], b: readonly [Decimal, Decimal]): boolean {
  return compare(a[0], b[0]) === 0 && compare(a[1], b[1]) === 0;
}

/** Whether two marks are the same result, whatever led to them. */
export function sameScore(a: Score, b: Score): boolean {
  if (a.kind === "scored" && b.kind === "scored") return compare(a.awarded, b.awarded) === 0;
  if (a.kind === "judgement" && b.kind === "judgement") return sameRange(a.between, b.between);
  if (a.kind === "missing" && b.kind === "missing") return a.what === b.what;
  return a.kind === b.kind;
}

/** Whether two totals are the same result. */
export function sameTotal(a: TotalScore, b: TotalScore): boolean {
  if (a.kind === "number" && b.kind === "number") return compare(a.value, b.value) === 0;
  if (a.kind === "bounds" && b.kind === "bounds") {
    if (a.between === null || b.between === null) return a.between === b.between;
    return sameRange(a.between, b.between) && a.lacking.length === b.lacking.length;
  }
  return a.kind === b.kind;
}
