import { type Decimal, decimal, type Indicator, multiply } from "@jiheng/domain";
import { looselyAlike, sameUnit, scaleOf } from "./units.ts";

const SCALES: Readonly<Record<string, Decimal>> = {
  "": decimal(1),
  百: decimal(100),
  千: decimal(1000),
  万: decimal(10_000),
  十万: decimal(100_000),
  百万: decimal(1_000_000),
  千万: decimal(10_000_000),
  亿: decimal(100_000_000),
};

/**
 * Target and actual of a row brought to one scale (1.2万人 and 13100人 are 12000 and 13100), or null where their units
 * cannot be compared. Units that are not printed, or alike, leave the figures as they are.
 */
export function onOneScale(
  row: Indicator,
  target: Decimal,
  actual: Decimal,
): { readonly target: Decimal; readonly actual: Decimal } | null {
  const [unit, actualUnit] = [row.target.unit, row.actual.unit];
  if (unit === null || actualUnit === null || sameUnit(unit, actualUnit)) return { target, actual };
  const [from, to] = [scaleOf(unit), scaleOf(actualUnit)];
  const [first, second] = [SCALES[from], SCALES[to]];
  if (from !== to && first && second && sameUnit(unit.slice(from.length), actualUnit.slice(to.length)))
    return { target: multiply(target, first), actual: multiply(actual, second) };
  return looselyAlike(unit, actualUnit) ? { target, actual } : null;
}
