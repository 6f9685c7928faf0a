import { type Decimal, decimal, multiply, parseDecimal, round, showDecimal } from "@jiheng/domain";

/** Yuan in one of a unit of money. */
const UNITS: Readonly<Record<string, Decimal>> = {
  元: decimal(1),
  千元: decimal(1_000),
  万元: decimal(10_000),
  百万元: decimal(1_000_000),
  千万元: decimal(10_000_000),
  亿元: decimal(100_000_000),
};
const FEN_OF_YUAN = decimal(100);
const LARGEST = 2n ** 63n - 1n;

/** Fen in one of the form's unit of money; a form without one is in 万元, as the official layouts are. Null for an unknown unit. */
export function fenPerUnit(unit: string | null): Decimal | null {
  const yuan = unit === null || unit.trim() === "" ? UNITS.万元 : UNITS[unit.trim()];
  return yuan ? multiply(yuan, FEN_OF_YUAN) : null;
}

/** A figure of the form in fen; null for a blank, for what is no figure, and for what no bigint column holds. */
export function fenOf(figure: string | null, unit: string | null): bigint | null {
  const [value, per] = [parseDecimal(figure), fenPerUnit(unit)];
  if (!value || !per) return null;
  const fen = round(multiply(value, per), 0, "half-up").units;
  return fen > LARGEST || fen < -LARGEST ? null : fen;
}

/** Fen in the form's unit, exact, for people. */
export function inFormUnit(fen: bigint, unit: string | null): Decimal | null {
  const per = fenPerUnit(unit);
  // Every unit is a power of ten of fen.
  return per ? { units: fen, scale: per.units.toString().length - 1 - per.scale } : null;
}

/**
 * Whether a figure of the form states this amount: equal, or the amount rounded or cut to the places that are printed, at least two
 * of them where the unit is more than a yuan.
 */
export function statesAmount(figure: string | null, unit: string | null, fen: bigint): boolean {
  const [value, amount] = [parseDecimal(figure), inFormUnit(fen, unit)];
  if (!value || !amount) return false;
  const places = Math.max(2, value.scale);
  return [round(amount, places, "half-up"), round(amount, places, "truncate")].some(
    (printed) => showDecimal(printed) === showDecimal(value),
  );
}
