import type { RowOutcome } from "@jiheng/audit";
import {
  absolute,
  compare,
  type Decimal,
  decimal,
  formatDecimal,
  parseDecimal,
  percentOf,
  type Ratio,
  ratio,
  subtract,
  sum,
  ZERO,
} from "@jiheng/domain";
import type { ReviewedRow } from "./compare.ts";

/** How a row missed its target, or did not: rows of one kind deserve the same share of their points. */
export const KINDS_OF_MISS = [
  "missed-by-60",
  "missed-by-30",
  "missed-by-10",
  "missed-by-less",
  "missed",
  "blank",
  "boilerplate",
  "words",
  "incomparable",
  "over",
  "met",
] as const;
/** One of them. */
export type KindOfMiss = (typeof KINDS_OF_MISS)[number];

/** Shares of the target in percent, the largest first: by how much it was missed at least. */
const BY: readonly (readonly [number, KindOfMiss])[] = [
  [60, "missed-by-60"],
  [30, "missed-by-30"],
  [10, "missed-by-10"],
];
const PLACES = 2;
/** From here on a result is over-fulfilled, as the analysis counts it. */
const OVER = decimal(130);

/** By how much of its target a row was missed, whichever way it had to go; null where that cannot be said. */
function gapOf({ outcome, target, actual }: RowOutcome): Ratio | null {
  if (outcome !== "missed" || !target || !actual || compare(target, ZERO) <= 0) return null;
  return ratio(absolute(subtract(target, actual)), target);
}

/** The same in percent. */
export function shortOf(row: RowOutcome): Decimal | null {
  const gap = gapOf(row);
  return gap && percentOf(gap, PLACES, "half-up");
}

/** Of which kind a row is, by what the rules read of its target and actual. */
export function kindOfMiss(row: RowOutcome): KindOfMiss {
  const { outcome, target, actual } = row;
  if (outcome !== "missed" && outcome !== "met") return outcome;
  if (outcome === "met") {
    const reached = target && actual && compare(target, ZERO) > 0 ? ratio(actual, target) : null;
    return reached && compare(percentOf(reached, 2, "half-up"), OVER) >= 0 ? "over" : "met";
  }
  const gap = gapOf(row);
  if (!gap) return "missed";
  const by = percentOf(gap, 4, "truncate");
  return BY.find(([from]) => compare(by, decimal(from)) >= 0)?.[1] ?? "missed-by-less";
}

/** A reviewed row with how it missed. */
export interface JudgedRow extends ReviewedRow {
  readonly kind: KindOfMiss;
  /** By how much of the target it was missed, in percent; null where that cannot be said. */
  readonly short: Decimal | null;
}

/** A row with the share of its points that it finally did not get, in percent. */
export interface WeighedRow extends JudgedRow {
  readonly off: Decimal;
  /** How much more of its points it lost than it missed of its target, in percentage points; less with a minus. */
  readonly beyond: Decimal | null;
}

/** What rows lost at least, at most and together, of their points. */
export interface Spread {
  readonly rows: number;
  readonly lowest: string;
  readonly highest: string;
  /** All points lost as a share of all points. */
  readonly together: string;
}

/** One kind of miss: how unlike its rows were marked, by whom, and the rows themselves, those furthest from their own proportion first. */
export interface MissMarked extends Spread {
  readonly kind: KindOfMiss;
  /**
   * How unlike they were marked, in percentage points: how far the highest share lies from the lowest, or, where that is less, how far they
   * lie from each other beside what each missed. Marks that follow one share or one proportion are alike.
   */
  readonly apart: string;
  readonly reviewers: readonly (Spread & { readonly account: string })[];
  readonly examples: readonly WeighedRow[];
}

function weigh(row: JudgedRow): WeighedRow | null {
  const points = parseDecimal(row.points);
  if (!points || compare(points, ZERO) <= 0) return null;
  const share = ratio(subtract(points, row.reviewed), points);
  if (!share) return null;
  const off = percentOf(share, PLACES, "half-up");
  return { ...row, off, beyond: row.short && subtract(off, row.short) };
}

/** From the least to the most. */
function width(values: readonly Decimal[]): Decimal {
  const sorted = values.toSorted(compare);
  return subtract(sorted.at(-1) ?? ZERO, sorted[0] ?? ZERO);
}

function spreadOf(rows: readonly WeighedRow[]): Spread {
  const offs = rows.map(({ off }) => off).toSorted(compare);
  const points = sum(rows.map((row) => parseDecimal(row.points) ?? ZERO));
  const lost = subtract(points, sum(rows.map(({ reviewed }) => reviewed)));
  const together = ratio(lost, points);
  return {
    rows: rows.length,
    lowest: formatDecimal(offs[0] ?? ZERO, PLACES),
    highest: formatDecimal(offs.at(-1) ?? ZERO, PLACES),
    together: formatDecimal(together ? percentOf(together, PLACES, "half-up") : ZERO, PLACES),
  };
}

/** Reviewed rows by how they missed, the kinds that were marked most unlike first; `left` are rows without points, which have no share. */
export function missesOf(rows: readonly JudgedRow[]): {
  readonly misses: MissMarked[];
  readonly left: number;
} {
  const weighed = rows.map(weigh).filter((row) => row !== null);
  const misses = [...Map.groupBy(weighed, ({ kind }) => kind)].map(([kind, same]): MissMarked => {
    const examples = same.toSorted(
      (a, b) => compare(absolute(b.beyond ?? ZERO), absolute(a.beyond ?? ZERO)) || compare(b.off, a.off),
    );
    const beyond = same.map((row) => row.beyond).filter((each) => each !== null);
    const spreads = [
      width(same.map(({ off }) => off)),
      ...(beyond.length === same.length ? [width(beyond)] : []),
    ];
    return {
      kind,
      ...spreadOf(same),
      apart: formatDecimal(spreads.toSorted(compare)[0] ?? ZERO, PLACES),
      reviewers: [...Map.groupBy(same, ({ reviewer }) => reviewer)].map(([account, own]) => ({
        account,
        ...spreadOf(own),
      })),
      examples,
    };
  });
  const order = (kind: KindOfMiss) => KINDS_OF_MISS.indexOf(kind);
  return {
    misses: misses.toSorted(
      (a, b) =>
        compare(parseDecimal(b.apart) ?? ZERO, parseDecimal(a.apart) ?? ZERO) ||
        order(a.kind) - order(b.kind),
    ),
    left: rows.length - weighed.length,
  };
}
