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

/** One part of the risk: what it comes from, how much of that there is, the points it makes and at most makes. */
export interface RiskPart {
  readonly of: "must" | "should" | "gap" | "unclear" | "lost" | "money";
  /** Findings, doubts or whole points; of money, how many thresholds were reached. Null where the form does not state it. */
  readonly count: number | null;
  readonly points: number;
  readonly most: number;
}

/**
 * How much a form asks to be looked at, from 0 to 300, part by part: at most 120 for findings that must be put right (30 each), 60 for
 * those that should be explained (12 each), 40 for a total off the recomputed one (8 a point), 20 for doubts (2 each), 30 for points
 * lost (one each), 30 for its money (10 for each of 1, 10, 100 million yuan reached; 5 where it is not stated): what is wrong with a
 * form goes before how large it is. It orders a list; it judges nothing.
 */
export function riskParts({
  must,
  should,
  unclear,
  adjustedBudget,
  lostPoints,
  gapPoints,
}: RiskFactors): readonly RiskPart[] {
  const part = (of: RiskPart["of"], count: number | null, each: number, most: number): RiskPart => ({
    ...{ of, count, most },
    points: Math.min(most, each * Math.max(0, count ?? 0)),
  });
  const reached =
    adjustedBudget === null ? null : LARGE.filter((threshold) => adjustedBudget >= threshold).length;
  return [
    part("must", must, 30, 120),
    part("should", should, 12, 60),
    part("gap", gapPoints, 8, 40),
    part("unclear", unclear, 2, 20),
    part("lost", lostPoints, 1, 30),
    { ...part("money", reached, 10, 30), ...(reached === null ? { points: 5 } : {}) },
  ];
}

/** The parts together. */
export function riskOf(factors: RiskFactors): number {
  return riskParts(factors).reduce((sum, { points }) => sum + points, 0);
}
