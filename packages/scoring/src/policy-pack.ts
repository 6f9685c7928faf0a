import type { Comparison, Decimal, FormKind, Rounding } from "@jiheng/domain";
import type { Citation } from "@jiheng/law";
import type { PackExample } from "./pack-example.ts";

/** A figure or choice of a pack together with the clause it rests on. */
export interface Based<T> {
  readonly value: T;
  readonly basis: Citation;
}

/** The comparison of a target; `none` where the form prints no sign. */
export type RowComparison = Comparison | "none";

/** `award` out of `of`: 8 of 10 is four fifths of the row's points, whatever they are. */
export interface Share {
  readonly award: Decimal;
  readonly of: Decimal;
}

/** How a row with a number as its target is marked. Each kind is one file in `mechanisms/`. */
export type CountedMechanism =
  | { readonly kind: "proportion" }
  | { readonly kind: "equal-as-at-least" }
  | { readonly kind: "linear-to-zero" }
  | { readonly kind: "inverse-ratio" }
  | { readonly kind: "strict" }
  | { readonly kind: "full-or-judgement" }
  | { readonly kind: "pass-threshold"; readonly threshold: Decimal }
  | { readonly kind: "deviation-bands"; readonly bands: readonly DeviationBand[] }
  | { readonly kind: "value-bands"; readonly bands: readonly ValueBand[] }
  | {
      readonly kind: "step-down";
      readonly fullFrom: Decimal;
      readonly step: Decimal;
      readonly deduction: Decimal;
    };

/** Deviation |B − A| ÷ A up to and including `within` (0.10 is 10 %) earns the share; beyond the last band nothing. */
export interface DeviationBand {
  readonly within: Decimal;
  readonly share: Share;
}

/** A percentage from `from` on (inclusive) earns the share; below the last band nothing. Highest band first. */
export interface ValueBand {
  readonly from: Decimal;
  readonly share: Share;
}

/** What happens to a row whose target is 0 under a mechanism that would divide by it. */
export type TargetZeroMechanism = { readonly kind: "full-only-if-zero" } | { readonly kind: "judgement" };

/** A tier of qualitative results: shares of the points, upper end inclusive only in the first tier, lower end inclusive. */
export interface Tier {
  readonly attainment: "reached" | "partly" | "not-reached";
  readonly title: string;
  readonly from: Decimal;
  readonly to: Decimal;
}

/** How a row with words as its target is marked. */
export type QualitativeMechanism =
  | { readonly kind: "tiers"; readonly tiers: readonly Tier[] }
  | { readonly kind: "yes-no" }
  | { readonly kind: "graded"; readonly grades: readonly { readonly word: string; readonly share: Share }[] };

/** How the execution score comes from the rate. A banded score is sure only at 100 %: below it, whether the project is finished decides. */
export type ExecutionMechanism =
  | { readonly kind: "proportion" }
  | { readonly kind: "banded"; readonly bands: readonly ValueBand[]; readonly finishedEarnsAll: boolean };

/** What a pack does when a target is passed. `manual` opens the row to a reduction by a named person with a reason; it never cuts by itself. */
export type OverfulfilmentAction =
  | { readonly kind: "flag" }
  | { readonly kind: "reason" }
  | { readonly kind: "manual" }
  | { readonly kind: "zero" }
  | { readonly kind: "deduct"; readonly points: Decimal };

/** When a target counts as passed. Ratios are B ÷ A (1.2 is 120 %). */
export type OverfulfilmentCondition =
  | { readonly kind: "from"; readonly completion: Decimal; readonly whenTargetZero: Decimal | null }
  | { readonly kind: "above"; readonly completion: Decimal }
  | { readonly kind: "exceeds" }
  | { readonly kind: "differs" };

/** What happens to rows of some comparisons when their target is passed. */
export interface OverfulfilmentRule {
  readonly comparisons: readonly RowComparison[];
  /** Only rows of forms of this kind whose level-1 name holds these words; every row where absent. */
  readonly only?: { readonly kind: FormKind; readonly level1: string };
  readonly when: Based<OverfulfilmentCondition>;
  readonly action: Based<OverfulfilmentAction>;
}

/** A grade from a total (inclusive) up to the next better grade (exclusive). Best first. */
export interface GradeBand {
  readonly grade: string;
  readonly from: Decimal;
}

/** When a pack makes the reason for a deviation compulsory. Rates and completions in percent. */
export type ReasonCondition =
  | { readonly kind: "score-below-points" }
  | { readonly kind: "rate-below"; readonly percent: Decimal }
  | { readonly kind: "completion-below"; readonly percent: Decimal }
  | { readonly kind: "completion-above"; readonly percent: Decimal; readonly inclusive: boolean }
  | { readonly kind: "budget-changed" }
  | { readonly kind: "large-deviation" };

/** At most `atMost` points in total where the execution rate in percent is below `below`. Lowest first. */
export interface TotalCapStep {
  readonly below: Decimal;
  readonly atMost: Decimal;
}

/** A check of the review engine that is `must` in the place of this pack. */
export interface Duty {
  readonly code: `AR-${string}`;
  readonly basis: Citation;
}

/** The template ids of readers under which the printed rate is rounded in a way of its own. */
export interface TemplateRounding {
  readonly template: string;
  readonly rounding: Based<Rounding>;
}

/** Special rows that have a mechanism of their own. */
export interface CategoryMechanism {
  readonly category: "cost" | "satisfaction";
  readonly mechanism: Based<CountedMechanism>;
}

/** The local rules of one jurisdiction and period as data: every figure stands beside the clause it rests on. */
export interface PolicyPack {
  readonly id: string;
  readonly version: string;
  /** Chinese title for people. */
  readonly title: string;
  /** Chinese names of the places it holds for; empty for a national or general pack. */
  readonly places: readonly string[];
  readonly scope: "national" | "place" | "general";
  /** Years of the forms, inclusive; null is open. */
  readonly period: { readonly from: number | null; readonly to: number | null };
  /** True where the pack rests on words nobody re-read: never chosen by itself. */
  readonly draft: boolean;
  /** Template ids of readers that print forms of this pack. */
  readonly templates: readonly string[];
  /** True where the facts hold only for forms of those templates, not for every form of the place. */
  readonly onlyTemplates: boolean;
  /** Kinds of form the pack speaks of, null for any. */
  readonly kinds: readonly FormKind[] | null;
  readonly execution: {
    /** Used only where the form prints no points for execution. */
    readonly points: Based<Decimal>;
    readonly denominator: Based<"adjusted" | "initial">;
    readonly mechanism: Based<ExecutionMechanism>;
    readonly ratePlaces: Based<number>;
    readonly rateRounding: Based<Rounding>;
    readonly rateRoundingByTemplate: readonly TemplateRounding[];
    /** Printed rates rounded in any of these ways are right. */
    readonly acceptedRateRoundings: Based<readonly Rounding[]>;
  };
  readonly scoreRounding: Based<{ readonly places: number; readonly rounding: Rounding }>;
  /** Default points of the level-1 groups, null where the pack leaves them to the form. */
  readonly level1Points: Based<Readonly<Record<string, Decimal>>> | null;
  /** A target that is reached earns all points. */
  readonly reached: Based<true>;
  readonly counted: Readonly<Record<RowComparison, Based<CountedMechanism>>>;
  readonly categories: readonly CategoryMechanism[];
  readonly targetZero: Based<TargetZeroMechanism>;
  readonly qualitative: Based<QualitativeMechanism>;
  /** Rows are marked points × printed coefficient (percent) instead of by their values. */
  readonly coefficient: Based<true> | null;
  /** The entered score may stand below the computed one as a deduction by hand. */
  readonly handDeduction: Based<true> | null;
  readonly overfulfilment: readonly OverfulfilmentRule[];
  readonly grades: Based<readonly GradeBand[]> | null;
  readonly reasonCompulsory: readonly Based<ReasonCondition>[];
  readonly totalCap: Based<readonly TotalCapStep[]> | null;
  /** Rows that do not apply leave the denominator: score ÷ (100 − their points) × 100. */
  readonly rescaleNotApplicable: Based<true> | null;
  readonly moneyUnit: Based<string> | null;
  /** Longest text in characters, by column or heading. */
  readonly textLimits: readonly Based<{ readonly field: string; readonly characters: number }>[];
  readonly duties: readonly Duty[];
  /** What holds in this place and is no parameter, in Chinese. */
  readonly remarks: readonly Based<string>[];
  readonly examples: readonly PackExample[];
}

/** A value beside its basis. */
export function based<T>(value: T, basis: Citation): Based<T> {
  return { value, basis };
}
