import { compare, type Form, type Indicator, parseDecimal, showDecimal, subtract } from "@jiheng/domain";

/** A row of the unit's form beside the reviewer's mark of it. */
export interface ReviewedRow {
  readonly key: string;
  readonly name: string;
  readonly target: string | null;
  readonly actual: string | null;
  readonly points: string | null;
  readonly self: string | null;
  readonly reviewed: string | null;
  /** What the reviewer took off (or gave, with a minus); null where one of the two is not there. */
  readonly taken: string | null;
  readonly why: string | null;
}

/** The rows of a review sheet, which carry the unit's score beside the reviewer's. */
export function reviewedRows(review: Form): readonly ReviewedRow[] {
  return review.indicators.map((row: Indicator) => {
    const [self, reviewed] = [parseDecimal(row.score), parseDecimal(row.reviewScore)];
    return {
      key: row.id,
      name: row.name ?? "",
      target: row.target.text,
      actual: row.actual.text,
      points: row.points,
      self: row.score,
      reviewed: row.reviewScore,
      taken: self && reviewed && compare(self, reviewed) !== 0 ? showDecimal(subtract(self, reviewed)) : null,
      why: row.deviation,
    };
  });
}
