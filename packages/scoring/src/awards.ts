import { type Decimal, type Ratio, showDecimal, ZERO } from "@jiheng/domain";
import type { CountedRow, MechanismResult } from "./mechanism.ts";
import type { Share } from "./policy-pack.ts";

const ONE: Decimal = { units: 1n, scale: 0 };

/** All points of the row. */
export function full(row: CountedRow, why: () => string): MechanismResult {
  return {
    kind: "award",
    exact: { numerator: row.points, denominator: ONE },
    arithmetic: () => `${why()}，得满分`,
  };
}

/** No points. */
export function nothing(why: () => string): MechanismResult {
  return { kind: "award", exact: { numerator: ZERO, denominator: ONE }, arithmetic: () => `${why()}，得` };
}

/** points × numerator ÷ denominator, exact. */
export function fraction(
  row: CountedRow,
  numerator: Decimal,
  denominator: Decimal,
  arithmetic: () => string,
): MechanismResult {
  return {
    kind: "award",
    exact: {
      numerator: { units: row.points.units * numerator.units, scale: row.points.scale + numerator.scale },
      denominator,
    } satisfies Ratio,
    arithmetic: () => `${arithmetic()}=`,
  };
}

/** The share of the points that a band gives. */
export function shareOf(row: CountedRow, share: Share, why: () => string): MechanismResult {
  const words = (): string =>
    `${why()}，${showDecimal(row.points)}分×${showDecimal(share.award)}÷${showDecimal(share.of)}`;
  return fraction(row, share.award, share.of, words);
}

/** Left to a person, anywhere between nothing and all points. */
export function judgement(row: CountedRow, why: string): MechanismResult {
  return { kind: "judgement", between: [ZERO, row.points], why };
}

/** "达到指标值，得满分10分" for a row that is met. */
export function metInFull(row: CountedRow): MechanismResult {
  return full(
    row,
    () => `${showDecimal(row.actual)}${SIGN_WORDS[row.comparison]}${showDecimal(row.target)}，达到指标值`,
  );
}

const SIGN_WORDS = { "≥": "≥", ">": ">", "≤": "≤", "<": "<", "=": "=", none: "不低于" } as const;
