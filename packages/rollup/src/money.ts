import { type Decimal, equals, type Form, multiply, trimDecimal, yuanPer } from "@jiheng/domain";

const WAN = "10000";

/** 万元 where any form uses it, else the smallest unit that is printed: the same whatever the order of the forms. */
export function commonMoneyUnit(printed: readonly (string | null)[]): string | null {
  const units = [...new Set(printed.filter((unit) => unit !== null))].sort();
  const [first, ...others] = units;
  if (first === undefined) return null;
  if (others.length === 0) return first;
  const size = (unit: string): bigint => yuanPer(unit)?.units ?? 0n;
  return (
    units.find((unit) => String(size(unit)) === WAN) ??
    units.toSorted((a, b) => (size(a) < size(b) ? -1 : size(a) > size(b) ? 1 : 0))[0] ??
    first
  );
}

/** A money figure in another unit, exactly: both are powers of ten of a yuan. Unknown units are left as they are. */
export function convertMoney(value: Decimal, from: string | null, to: string | null): Decimal {
  const [own, wanted] = [yuanPer(from), yuanPer(to)];
  if (!own || !wanted || equals(own, wanted)) return value;
  const raised = multiply(value, own);
  const shifted = trimDecimal({ units: raised.units, scale: raised.scale + String(wanted.units).length - 1 });
  return shifted.scale < 2 ? { units: shifted.units * 10n ** BigInt(2 - shifted.scale), scale: 2 } : shifted;
}

/** Index of the row of the funds table that stands for the whole form; null where none does. */
export function wholeFund(form: Form): number | null {
  const total = form.funds.findIndex((fund) => fund.source === "total");
  if (total >= 0) return total;
  return form.funds.length === 1 ? 0 : null;
}
