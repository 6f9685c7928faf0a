/** What the risk of a form is made from. Money in fen, marks in whole points; null where the form does not state them. */
export interface RiskFactors {
  readonly must: number;
  readonly should: number;
  readonly unclear: number;
  readonly adjustedBudget: bigint | null;
  readonly lostPoints: number | null;
}

/** 1 million, 10 million, 100 million yuan in fen. */
const LARGE: readonly bigint[] = [100_000_000n, 1_000_000_000n, 10_000_000_000n];

/**
 * How much a form asks to be looked at, from 0 to 300: at most 120 for findings that must be put right (30 each), 60 for those that
 * should be explained (6 each), 20 for doubts (2 each), 60 for its money (20 for each of 1, 10, 100 million yuan reached; 10 where it is
 * not stated), 40 for points lost (one each). It orders a list; it judges nothing.
 */
export function riskOf({ must, should, unclear, adjustedBudget, lostPoints }: RiskFactors): number {
  const money =
    adjustedBudget === null ? 10 : 20 * LARGE.filter((threshold) => adjustedBudget >= threshold).length;
  return (
    Math.min(120, 30 * must) +
    Math.min(60, 6 * should) +
    Math.min(20, 2 * unclear) +
    money +
    Math.min(40, Math.max(0, lostPoints ?? 0))
  );
}
