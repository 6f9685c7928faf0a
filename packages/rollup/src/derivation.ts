import type { Figure, Form, Note, Place, Step } from "@jiheng/domain";
import type { Citation } from "@jiheng/law";

/** One figure or text of a second-level project that went into a figure of the roll-up. */
export interface Term {
  /** Id of the source form. */
  readonly form: string;
  readonly file: string | null;
  readonly project: string;
  readonly at: Place;
  /** As printed in the source. */
  readonly text: string | null;
  /** The number that was used, in the unit of the result; null where the source has none. */
  readonly figure: Figure;
  /** What it was weighted with, null where nothing was weighted. */
  readonly weight: Figure;
}

interface Derived {
  /** Chinese: the arithmetic in words, with its figures. */
  readonly says: string;
  readonly basis: readonly Citation[];
}

/** How one figure of a roll-up came about, with everything it rests on. Closed: every figure has exactly one of these. */
export type Derivation = Derived &
  (
    | {
        readonly kind: "sum";
        readonly value: string;
        readonly terms: readonly Term[];
        readonly left: readonly Term[];
      }
    | {
        readonly kind: "weighted";
        readonly value: string;
        /** What the weights are, in Chinese. */
        readonly by: string;
        readonly numerator: string;
        readonly denominator: string;
        readonly terms: readonly Term[];
      }
    | {
        /** A rate from the summed numerators and denominators; a term's weight is its denominator. */
        readonly kind: "fromParts";
        readonly value: string;
        readonly numerator: string;
        readonly denominator: string;
        readonly terms: readonly Term[];
      }
    | {
        readonly kind: "byMoney";
        readonly value: string | null;
        readonly share: Figure;
        readonly terms: readonly Term[];
      }
    | { readonly kind: "strictest"; readonly value: string; readonly terms: readonly Term[] }
    | { readonly kind: "same"; readonly value: string; readonly terms: readonly Term[] }
    | { readonly kind: "joined"; readonly terms: readonly Term[] }
    | { readonly kind: "recomputed"; readonly value: string | null; readonly steps: readonly Step[] }
    | {
        readonly kind: "allotted";
        readonly value: string;
        readonly by: string;
        readonly terms: readonly Term[];
      }
    | { readonly kind: "given"; readonly value: string }
    | { readonly kind: "unavailable"; readonly terms: readonly Term[] }
  );

/** Why forms cannot be rolled up: codes are stable, the words name the projects, places and values. */
export type ConflictCode =
  | "nothing"
  | "same-form-twice"
  | "kind"
  | "template"
  | "year"
  | "money-unit"
  | "comparison"
  | "unit"
  | "measure"
  | "time-limit"
  | "points";

/** One reason of a refusal, with what to do about it. */
export interface Conflict {
  readonly code: ConflictCode;
  readonly says: string;
  readonly remedy: string;
  /** The row it is about, as choices name it; absent where no choice about one row settles it. */
  readonly row?: string;
  readonly terms: readonly Term[];
}

/** Something a person may wish, never done by itself: rows to merge, a better weight, objects that may have been counted twice. */
export interface Offer {
  readonly kind: "merge" | "weight" | "once";
  /** Places in the rolled-up form. */
  readonly at: readonly Place[];
  readonly says: string;
  /** The option that accepts it, as `RollUpOptions` takes it: names of rows. */
  readonly accept: readonly [string, string];
}

/** One form handed in, with the file it came from; `parts` where it is itself a roll-up. */
export interface RollUpSource {
  readonly form: Form;
  readonly file: string | null;
  readonly parts: readonly RollUpSource[];
  /** The choices under which `parts` were rolled up; null for a form that is no roll-up. */
  readonly choices: RollUpChoices | null;
}

/** How the points of the form are allotted to the rows of one level. */
export type PointsBy = "equal" | "money" | "weights";

/** The choices of a roll-up that a person made; kept with the result so that it can be made again. Rows are named by their printed names. */
export interface RollUpChoices {
  readonly points: PointsBy;
  /** With `points: "weights"`: name of a row → its weight. */
  readonly weights: Readonly<Record<string, string>>;
  /** Pairs of names that mean the same: the second is joined to the first. */
  readonly merges: readonly (readonly [string, string])[];
  /** Names of rows that are never joined. */
  readonly apart: readonly string[];
  /** Rate → the counted row of the same project whose actual is its denominator. */
  readonly denominators: readonly (readonly [string, string])[];
  /** Names of counted rows that speak of the same objects in every project and are not added. */
  readonly once: readonly string[];
  /** Names of rows with differing time limits for which the strictest is taken. */
  readonly strictest: readonly string[];
}

/** A roll-up: the form, where each of its figures comes from, and the forms it was made of. */
export interface RolledUp {
  readonly kind: "rolled";
  readonly form: Form;
  readonly policy: { readonly id: string; readonly version: string };
  readonly choices: RollUpChoices;
  readonly sources: readonly RollUpSource[];
  readonly traces: Readonly<Record<Place, Derivation>>;
  readonly offers: readonly Offer[];
  /** Also in `form.notes`. */
  readonly notes: readonly Note[];
}

/** What rolling up gives: a form with its sources, or every reason against it at once. */
export type RollUp = RolledUp | { readonly kind: "refused"; readonly conflicts: readonly Conflict[] };
