import fc from "fast-check";
import { expect, test } from "vitest";
import {
  add,
  compare,
  compareRatio,
  type Decimal,
  decimal,
  divideIntegers,
  equals,
  formatDecimal,
  multiply,
  parseDecimal,
  percentOf,
  ratio,
  round,
  roundRatio,
  subtract,
  trimDecimal,
  ZERO,
} from "../src/index.ts";

const anyDecimal = fc.record({
  units: fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }),
  scale: fc.nat({ max: 12 }),
});
const nonZero = anyDecimal.filter(({ units }) => units !== 0n);
const places = fc.nat({ max: 6 });

/** a/b = c/d, told by integers alone. */
const sameFraction = (a: bigint, b: bigint, c: bigint, d: bigint): boolean => a * d === c * b;
const power = (scale: number): bigint => 10n ** BigInt(scale);
const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

test.each(["8.00", "-3", "0", "0.50", "12345678901234567890.12"])("%s is kept as typed", (text) => {
  expect(formatDecimal(parseDecimal(text) ?? ZERO)).toBe(text);
});

test.each(["", "  ", "—", "1,000", "10%", "1e3", "Infinity", ".5", "5.", null, undefined])(
  "%j is no figure and never 0",
  (text) => expect(parseDecimal(text)).toBeNull(),
);

test("what binary numbers get wrong", () => {
  expect(formatDecimal(add(decimal("0.1"), decimal("0.2")))).toBe("0.3");
  expect(formatDecimal(round(decimal("1.005"), 2, "half-up"))).toBe("1.01");
  expect(formatDecimal(round(decimal("-1.005"), 2, "half-up"))).toBe("-1.01");
  expect(formatDecimal(multiply(decimal("1.1"), decimal("1.1")))).toBe("1.21");
});

test("a printed figure reads back as itself, and trimming changes no value", () => {
  fc.assert(
    fc.property(anyDecimal, (value) => {
      expect(parseDecimal(formatDecimal(value))).toEqual(value);
      expect(equals(trimDecimal(value), value)).toBe(true);
    }),
  );
});

test("sums, differences and products are exact", () => {
  fc.assert(
    fc.property(anyDecimal, anyDecimal, (a, b) => {
      const [p, q] = [power(a.scale), power(b.scale)];
      const is = (value: Decimal, top: bigint, bottom: bigint): boolean =>
        sameFraction(value.units, power(value.scale), top, bottom);
      expect(is(add(a, b), a.units * q + b.units * p, p * q)).toBe(true);
      expect(is(subtract(a, b), a.units * q - b.units * p, p * q)).toBe(true);
      expect(is(multiply(a, b), a.units * b.units, p * q)).toBe(true);
      expect(Math.sign(compare(a, b))).toBe(Math.sign(Number(a.units * q - b.units * p)));
    }),
  );
});

test("rounding is off by half a place at most, halves go away from zero, truncation goes towards it", () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt({ min: 1n }), (n, d) => {
      const half = divideIntegers(n, d, "half-up");
      expect(magnitude(half * d - n) * 2n <= d).toBe(true);
      if (magnitude(half * d - n) * 2n === d) expect(magnitude(half * d) > magnitude(n)).toBe(true);
      const cut = divideIntegers(n, d, "truncate");
      expect(magnitude(cut * d) <= magnitude(n) && magnitude(n - cut * d) < d).toBe(true);
      const up = divideIntegers(n, d, "up");
      expect(magnitude(up * d) >= magnitude(n) && magnitude(up * d - n) < d).toBe(true);
    }),
  );
});

test("a quotient is rounded once, and lies between its neighbours", () => {
  fc.assert(
    fc.property(anyDecimal, nonZero, places, (n, d, digits) => {
      const exact = ratio(n, d);
      if (exact === null) throw new Error("the denominator is not 0");
      const rounded = roundRatio(exact, digits, "half-up");
      expect(rounded.scale).toBe(digits);
      const half: Decimal = { units: 5n, scale: digits + 1 };
      expect(compareRatio(exact, subtract(rounded, half))).toBeGreaterThanOrEqual(0);
      expect(compareRatio(exact, add(rounded, half))).toBeLessThanOrEqual(0);
    }),
  );
});

test("a rate is computed from its figures, and not at all from a denominator of 0", () => {
  const rate = ratio(decimal("21.38"), decimal("24.88"));
  expect(rate && formatDecimal(percentOf(rate, 2, "half-up"))).toBe("85.93");
  expect(ratio(decimal("21.38"), decimal("0.00"))).toBeNull();
});
