import { remembered } from "./remembered.ts";

/**
 * An exact decimal: `units / 10^scale`. Money, points and rates are kept in it; no binary float ever holds one of them.
 * The scale remembers how many places were written ("8.00" has scale 2), so a figure can be printed as it was typed.
 */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** How a figure is cut to a number of places. `up` rounds away from zero on any remainder. */
export type Rounding = "half-up" | "truncate" | "up";

const PLAIN = /^([+-]?)(\d{1,40})(?:\.(\d{1,40}))?$/;

/** 10^n as an integer; n is a number of decimal places and stays small. */
export function powerOfTen(n: number): bigint {
  return POWERS[n] ?? 10n ** BigInt(n);
}

const POWERS: readonly bigint[] = Array.from({ length: 41 }, (_, n) => 10n ** BigInt(n));

/** Reads a plain decimal string ("8.59", "-3", "100"); anything else, a blank included, is null and never 0. */
export function parseDecimal(text: string | null | undefined): Decimal | null {
  return text === null || text === undefined ? null : parsed(text);
}

const parsed = remembered(readDecimal, { longest: 20 });

function readDecimal(text: string): Decimal | null {
  const match = PLAIN.exec(text.trim());
  if (!match) return null;
  const fraction = match[3] ?? "";
  const units = BigInt((match[2] ?? "") + fraction);
  return { units: match[1] === "-" ? -units : units, scale: fraction.length };
}

/** A decimal written in the source of a rule or pack; throws on a malformed literal, which is a bug of ours. */
export function decimal(literal: string | number | bigint): Decimal {
  const value = parseDecimal(String(literal));
  if (!value) throw new Error(`not a decimal literal: ${literal}`);
  return value;
}

export const ZERO: Decimal = { units: 0n, scale: 0 };
export const HUNDRED: Decimal = { units: 100n, scale: 0 };

/** The decimal string, with at least `places` places ("8.5" with 2 is "8.50"); never loses a digit. */
export function formatDecimal(value: Decimal, places = 0): string {
  if (value.scale === 0 && places <= 0) return value.units.toString();
  const scale = Math.max(value.scale, places);
  const units = value.units * powerOfTen(scale - value.scale);
  const sign = units < 0n ? "-" : "";
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** The same number without trailing zeros ("8.50" is 8.5, "100.00" is 100): for messages. */
export function trimDecimal(value: Decimal): Decimal {
  if (value.scale === 0) return value;
  let { units, scale } = value;
  while (scale > 0 && units % 10n === 0n) {
    units /= 10n;
    scale -= 1;
  }
  return { units, scale };
}

/** For messages to people: no trailing zeros, thousands left alone. */
export function showDecimal(value: Decimal): string {
  return formatDecimal(trimDecimal(value));
}

function aligned(a: Decimal, b: Decimal): [bigint, bigint, number] {
  if (a.scale === b.scale) return [a.units, b.units, a.scale];
  if (a.scale > b.scale) return [a.units, b.units * powerOfTen(a.scale - b.scale), a.scale];
  return [a.units * powerOfTen(b.scale - a.scale), b.units, b.scale];
}

/** The exact sum. */
export function add(a: Decimal, b: Decimal): Decimal {
  if (a.scale === b.scale) return { units: a.units + b.units, scale: a.scale };
  const [x, y, scale] = aligned(a, b);
  return { units: x + y, scale };
}

/** The exact difference a − b. */
export function subtract(a: Decimal, b: Decimal): Decimal {
  const [x, y, scale] = aligned(a, b);
  return { units: x - y, scale };
}

/** The exact product. */
export function multiply(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

/** Exact sum; the sum of nothing is 0, so ask first whether there was anything to add. */
export function sum(values: Iterable<Decimal>): Decimal {
  let total = ZERO;
  for (const value of values) total = add(total, value);
  return total;
}

/** Negative, zero or positive as a is below, equal to or above b; 8.0 equals 8. */
export function compare(a: Decimal, b: Decimal): number {
  if (a.scale === b.scale) return a.units < b.units ? -1 : a.units > b.units ? 1 : 0;
  const [x, y] = aligned(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

export function equals(a: Decimal, b: Decimal): boolean {
  return compare(a, b) === 0;
}

/** Whether it is 0, however it was written (0, 0.00). */
export function isZero(a: Decimal): boolean {
  return a.units === 0n;
}

export function negate(a: Decimal): Decimal {
  return { units: -a.units, scale: a.scale };
}

export function absolute(a: Decimal): Decimal {
  return a.units < 0n ? negate(a) : a;
}

export function smaller(a: Decimal, b: Decimal): Decimal {
  return compare(a, b) <= 0 ? a : b;
}

export function larger(a: Decimal, b: Decimal): Decimal {
  return compare(a, b) >= 0 ? a : b;
}

/** |a − b| ≤ tolerance. */
export function within(a: Decimal, b: Decimal, tolerance: Decimal): boolean {
  return compare(absolute(subtract(a, b)), tolerance) <= 0;
}

/** Integer division of `numerator / denominator` with the wanted rounding; the denominator must not be 0. */
export function divideIntegers(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  let quotient = n / d;
  const remainder = n % d;
  if (rounding === "half-up" ? remainder * 2n >= d : rounding === "up" && remainder > 0n) quotient += 1n;
  return negative ? -quotient : quotient;
}

/** Cut to `places` decimal places, by half-up (away from zero), truncation or rounding up. */
export function round(value: Decimal, places: number, rounding: Rounding): Decimal {
  if (value.scale <= places) return { units: value.units * powerOfTen(places - value.scale), scale: places };
  return { units: divideIntegers(value.units, powerOfTen(value.scale - places), rounding), scale: places };
}
