import { add, decimal, type Form, formatDecimal, parseDecimal } from "@jiheng/domain";

/** What a review sheet comes to: the marks of the reviewed rows and those for budget execution, which nobody reviews by hand. */
export function reviewedTotal(form: Form): string | null {
  let sum = decimal(0);
  const scored = form.indicators.filter(({ score, points }) => score !== null || points !== null);
  if (scored.length === 0) return null;
  for (const { reviewScore } of scored) {
    const mark = parseDecimal(reviewScore);
    // A row without a reviewed mark is not reviewed yet, and no total says otherwise.
    if (!mark) return null;
    sum = add(sum, mark);
  }
  for (const { score } of form.funds) sum = add(sum, parseDecimal(score) ?? decimal(0));
  return formatDecimal(sum);
}
