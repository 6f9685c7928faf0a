import { type Decimal, powerOfTen, sum } from "@jiheng/domain";

/**
 * Divides an amount in hundredths among rows by their weights so that the parts add up exactly: the largest remainder gets
 * what is left. Ties go by key, so the order of the rows does not matter. Null where the weights come to nothing.
 */
export function allot(
  hundredths: bigint,
  rows: readonly { readonly key: string; readonly weight: Decimal }[],
): readonly bigint[] | null {
  const total = sum(rows.map((row) => row.weight));
  if (rows.length === 0 || total.units <= 0n || rows.some((row) => row.weight.units < 0n)) return null;
  const whole = (value: Decimal): bigint => value.units * powerOfTen(total.scale - value.scale);
  const parts = rows.map(({ key, weight }, index) => {
    const exact = hundredths * whole(weight);
    return { index, key, share: exact / total.units, rest: exact % total.units };
  });
  let left = hundredths - parts.reduce((given, part) => given + part.share, 0n);
  const shares = parts.map((part) => part.share);
  for (const part of parts.toSorted((a, b) =>
    a.rest === b.rest
      ? a.key < b.key
        ? -1
        : a.key > b.key
          ? 1
          : a.index - b.index
      : a.rest > b.rest
        ? -1
        : 1,
  )) {
    if (left === 0n) break;
    shares[part.index] = part.share + 1n;
    left -= 1n;
  }
  return shares;
}
