import type { Decimal, Ratio } from "@jiheng/domain";
import type { RowComparison } from "./policy-pack.ts";

/** A row whose target and actual are comparable numbers in one unit. */
export interface CountedRow {
  readonly comparison: RowComparison;
  readonly target: Decimal;
  readonly actual: Decimal;
  readonly points: Decimal;
  /** Whether the actual satisfies the target by its comparison. */
  readonly met: boolean;
  /** Whether both figures are percentages. */
  readonly percent: boolean;
}

/** An exact award before rounding, with the sentence that leads up to the figure of the award, made only when someone asks; or a range that a person decides. */
export type MechanismResult =
  | { readonly kind: "award"; readonly exact: Ratio; readonly arithmetic: () => string }
  | { readonly kind: "judgement"; readonly between: readonly [Decimal, Decimal]; readonly why: string };

/** A row with its parameters and what the mechanism gives for it: run as a test, printed in the catalogue. */
export interface MechanismExample<P> {
  readonly row: {
    readonly comparison: RowComparison;
    readonly target: string;
    readonly actual: string;
    readonly points: string;
  };
  readonly parameters: P;
  /** The award rounded half-up to two places, or "0～5" for a judgement. */
  readonly gives: string;
}

/** A way to mark a counted row: pure, total, explained, with examples that are its tests. */
export interface Mechanism<P> {
  readonly kind: string;
  /** Chinese title. */
  readonly title: string;
  /** Chinese explanation with the formula. */
  readonly explanation: string;
  /** Whether it divides by the target, so that a target of 0 or below needs a rule of its own. */
  readonly divides: "never" | "when-missed" | "always";
  /** Whether a row that meets its target always earns all points: then the pack's clause on reached targets is cited. */
  readonly fullWhenMet: boolean;
  readonly apply: (row: CountedRow, parameters: P) => MechanismResult;
  readonly examples: readonly MechanismExample<P>[];
}
