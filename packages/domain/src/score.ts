import type { Citation } from "@jiheng/law";
import type { Decimal } from "./decimal.ts";
import type { Place } from "./origin.ts";

/** One step of how a mark came about, in words and with its figures, resting on the cited clauses. */
export interface Step {
  /** Chinese sentence with the figures and the arithmetic in it. */
  readonly says: string;
  /** Name of the mechanism of the policy that was applied. */
  readonly mechanism: string;
  readonly figures: Readonly<Record<string, string>>;
  readonly basis: readonly Citation[];
  readonly at: readonly Place[];
}

/**
 * What a row earns under a policy. Only `scored` is a number: a blank is `missing`, a range that the law leaves to a
 * person is `judgement`, a row the policy does not mark is `notApplicable`. Nothing here ever stands for 0 by default.
 */
export type Score =
  | {
      readonly kind: "scored";
      readonly awarded: Decimal;
      readonly of: Decimal;
      readonly steps: readonly Step[];
    }
  | {
      readonly kind: "missing";
      readonly what: string;
      readonly of: Decimal | null;
      readonly steps: readonly Step[];
    }
  | {
      readonly kind: "judgement";
      readonly between: readonly [Decimal, Decimal];
      readonly of: Decimal;
      readonly why: string;
      readonly steps: readonly Step[];
    }
  | { readonly kind: "notApplicable"; readonly why: string; readonly basis: readonly Citation[] };
