import {
  compare,
  type Decimal,
  divideIntegers,
  HUNDRED,
  isZero,
  multiply,
  powerOfTen,
  type Rounding,
} from "./decimal.ts";

/** An exact quotient kept as a pair; it is cut to decimals once, at the end, where a policy says how. */
export interface Ratio {
  readonly numerator: Decimal;
  readonly denominator: Decimal;
}

/** numerator ÷ denominator, or null where the denominator is 0: then the figure cannot be computed. */
export function ratio(numerator: Decimal, denominator: Decimal): Ratio | null {
  return isZero(denominator) ? null : { numerator, denominator };
}

/** The ratio as a decimal of `places` places. */
export function roundRatio(value: Ratio, places: number, rounding: Rounding): Decimal {
  const { numerator: n, denominator: d } = value;
  const shift = places + d.scale - n.scale;
  const top = shift >= 0 ? n.units * powerOfTen(shift) : n.units;
  const bottom = shift >= 0 ? d.units : d.units * powerOfTen(-shift);
  return { units: divideIntegers(top, bottom, rounding), scale: places };
}

/** The ratio in percent, as a decimal of `places` places: 21.38 ÷ 24.88 is 85.93. */
export function percentOf(value: Ratio, places: number, rounding: Rounding): Decimal {
  return roundRatio(
    { numerator: multiply(value.numerator, HUNDRED), denominator: value.denominator },
    places,
    rounding,
  );
}

/** factor × ratio, still exact. */
export function scaleRatio(value: Ratio, factor: Decimal): Ratio {
  return { numerator: multiply(value.numerator, factor), denominator: value.denominator };
}

/** Compares the ratio with a plain decimal (1.2, 0.9), exactly and for any signs. */
export function compareRatio(value: Ratio, limit: Decimal): number {
  const order = compare(value.numerator, multiply(value.denominator, limit));
  return value.denominator.units < 0n ? -order : order;
}
