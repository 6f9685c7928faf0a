import {
  compare,
  type Decimal,
  type Place,
  type Ratio,
  round,
  roundRatio,
  type Score,
  type Step,
} from "@jiheng/domain";
import type { Citation } from "@jiheng/law";
import type { PolicyPack } from "./policy-pack.ts";

/** A step of a mark. */
export function step(
  says: string,
  mechanism: string,
  basis: readonly Citation[],
  at: readonly Place[],
  figures: Readonly<Record<string, string>> = {},
): Step {
  return { says, mechanism, figures, basis, at };
}

/** A mark that lacks something, said once as its only step. */
export function missing(
  what: string,
  of: Decimal | null,
  mechanism: string,
  basis: Citation,
  at: readonly Place[],
): Score {
  return { kind: "missing", what, of, steps: [step(what, mechanism, [basis], at)] };
}

/** The award rounded as the pack says, never below 0 or above the points. */
export function roundAward(exact: Ratio, points: Decimal, policy: PolicyPack): Decimal {
  const { places, rounding } = policy.scoreRounding.value;
  const rounded = roundRatio(exact, places, rounding);
  if (rounded.units < 0n) return { units: 0n, scale: places };
  return compare(rounded, points) > 0 ? points : rounded;
}

/** The cells a row's mark comes from. */
export function rowPlaces(at: Place): readonly Place[] {
  return [`${at}.target`, `${at}.actual`, `${at}.points`];
}

/** Cut to the places of the pack's scores. */
export function roundScore(value: Decimal, policy: PolicyPack): Decimal {
  return round(value, policy.scoreRounding.value.places, policy.scoreRounding.value.rounding);
}
