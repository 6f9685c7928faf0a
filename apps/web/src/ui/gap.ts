import { compare, parseDecimal, showDecimal, subtract } from "@jiheng/domain";

/** How far a total or a mark lies above the upper bound, or below the lower with a minus; "0" within them, null where one is no number. */
export function gapOf(
  printed: string | null,
  [low, high]: readonly [string | null, string | null],
): string | null {
  const [own, from, to] = [parseDecimal(printed), parseDecimal(low), parseDecimal(high)];
  if (!own || !from || !to) return null;
  if (compare(own, to) > 0) return showDecimal(subtract(own, to));
  if (compare(own, from) < 0) return showDecimal(subtract(own, from));
  return "0";
}
