import type { Origin, Place } from "./origin.ts";

/** must: the form contradicts itself or a duty; should: needs an explanation; hint: style or design. */
export type Force = "must" | "should" | "hint";

/** A defect that a rule found, as the interchange format prints it. */
export interface Finding {
  /** Id of the rule (its file name), which names the defect. */
  readonly rule: string;
  /** AR code, printed in letters, never reused. */
  readonly code: string;
  readonly force: Force;
  /** Stays the same while the defect does. */
  readonly fingerprint: string;
  readonly at: readonly Place[];
  readonly cells: readonly Origin[];
  /** Chinese: names the row, the figures and the arithmetic. */
  readonly message: string;
  readonly remedy: string;
  readonly basis: readonly string[];
  readonly figures: Readonly<Record<string, string>>;
}

/** A place where the rule cannot decide and a person has to look. */
export interface Unclear {
  readonly rule: string;
  readonly code: string;
  readonly at: readonly Place[];
  readonly why: string;
}

/** A check that could not run, with the reason: never a pass. */
export interface NotChecked {
  readonly rule: string;
  readonly code: string;
  readonly why: string;
}
