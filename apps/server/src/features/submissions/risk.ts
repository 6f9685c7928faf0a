/** What the risk of a form is made from. Money in fen, marks in whole points; null where the form does not state them. */
export interface RiskFactors {
  readonly must: number;
  readonly should: number;
  readonly unclear: number;
  readonly adjustedBudget: bigint | null;
  readonly lostPoints: number | null;
  /** By how much the total on the form lies above or below what it is recomputed to, whole points rounded up; null where one is lacking. */
  readonly gapPoints: number | null;
}

/** 1 million, 10 million, 100 million yuan in fen. */
const LARGE: readonly bigint[] = [100_000_000n, 1_000_000_000n, 10_000_000_000n];

/**
 * How much a form asks to be looked at, from 0 to 300: at most 120 for findings that must be put right (30 each), 60 for those that
 * should be explained (12 each), 40 for a total off the recomputed one (8 a point), 20 for doubts (2 each), 30 for points lost (one
 * each), 30 for its money (10 for each of 1, 10, 100 million yuan reached; 5 where it is not stated): what is wrong with a form goes
 * before how large it is. It orders a list; it judges nothing.
 */
export function riskOf({
  must,
  should,
  unclear,
  adjustedBudget,
  lostPoints,
  gapPoints,
}: RiskFactors): number {
  const money =
    adjustedBudget === null ? 5 : 10 * LARGE.filter((threshold) => adjustedBudget >= threshold).length;
  return (
    Math.min(120, 30 * must) +
    Math.min(60, 12 * should) +
    Math.min(40, 8 * Math.max(0, gapPoints ?? 0)) +
    Math.min(20, 2 * unclear) +
    Math.min(30, Math.max(0, lostPoints ?? 0)) +
    money
  );
}
