import type { Decimal, Force, Form, Place } from "@jiheng/domain";
import type { Citation } from "@jiheng/law";
import type { EnteredTotal, FormScore, PolicyPack } from "@jiheng/scoring";
import type { FormFacts } from "./facts/form-facts.ts";

/** auto: decidable from data; assist: finds what is sure, the rest is `unclear`; human: papers or a visit, never run. */
export type RuleKind = "auto" | "assist" | "human";

/**
 * Parts of the dossier a rule cannot do without. A missing part makes the rule `notChecked`, with the reason.
 * The parts after `notes` come from outside the form and are absent unless a caller supplies them.
 */
export type Need =
  | "funds"
  | "indicators"
  | "points"
  | "scores"
  | "totalScore"
  | "grade"
  | "goal"
  | "achieved"
  | "year"
  | "notes"
  | "approvedTargets"
  | "calendar"
  | "evidence"
  | "departmentReport"
  | "projectList"
  | "previousYear"
  | "person";

/** What a caller may know beyond the form itself. */
export interface ReviewContext {
  /** The targets approved with the budget, as a form. */
  readonly approvedTargets?: Form;
  /** ISO dates. */
  readonly handedIn?: string;
  readonly due?: string;
  /** Places of the form that have evidence attached. */
  readonly evidence?: readonly Place[];
  /** Whether the form was made from other forms (汇总): it shares text, figures and names with them by nature. */
  readonly isRollup?: boolean;
}

/** Everything a form rule may look at; all derived values are computed once for all rules. */
export interface FormDossier {
  readonly form: Form;
  readonly policy: PolicyPack;
  readonly facts: FormFacts;
  /** What the form earns under the policy. */
  readonly score: FormScore;
  /** Printed row scores plus the recomputed execution score. */
  readonly entered: EnteredTotal;
  readonly context: ReviewContext;
}

/** All forms of one run, in order. */
export interface BatchDossier {
  readonly forms: readonly FormDossier[];
  readonly departmentReport?: { readonly projects?: number; readonly expenditure?: Decimal };
  readonly projectList?: readonly string[];
}

/** A place in one of the forms of a run, by its index. */
export interface BatchPlace {
  readonly form: number;
  readonly at: Place;
}

/** Words and figures of one defect: names of rows and decimal strings; message and remedy are made from nothing else. */
export type Figures = Readonly<Record<string, string>>;

/** One defect: where, and the figures and names its message is made from. */
export interface Found<F extends Figures = Figures, P = Place> {
  /** The place to look at first comes first. */
  readonly at: readonly P[];
  readonly figures: F;
  /** Only where this defect deserves another force than the rule's own; never above it. */
  readonly force?: Force;
}

/** What a person has to decide: where, and why the rule cannot. */
export interface Doubt<P = Place> {
  readonly at: readonly P[];
  readonly why: string;
}

/** What a check says. A check never answers `pass` for what it could not see. */
export type Outcome<F extends Figures = Figures, P = Place> =
  | { readonly kind: "pass" }
  | { readonly kind: "fail"; readonly found: readonly Found<F, P>[]; readonly unclear?: readonly Doubt<P>[] }
  | { readonly kind: "unclear"; readonly unclear: readonly Doubt<P>[] }
  | { readonly kind: "notApplicable"; readonly why: string }
  | { readonly kind: "notChecked"; readonly why: string };

/** An example of a rule: a form (or several) on which it must, or must not, find something. They run as tests. */
export interface Example<T> {
  readonly says: string;
  readonly given: T;
  /** What the caller knows beyond the form, for rules that need it. */
  readonly context?: ReviewContext;
  /** What the caller knows beyond the forms of a batch. */
  readonly outside?: Omit<BatchDossier, "forms">;
}

interface RuleBase<F extends Figures> {
  /** File name; names the defect. */
  readonly id: string;
  readonly code: string;
  /** Chinese, short: what is wrong. */
  readonly title: string;
  /** Chinese: what is looked at, what is left alone, and why. For the catalogue. */
  readonly explains: string;
  readonly kind: RuleKind;
  readonly basis: readonly [Citation, ...Citation[]];
  /** `pack`: must where the policy lists the code among its duties, should elsewhere. */
  readonly force: Force | "pack";
  /** Codes this rule refines: where both find the same place, only this one's finding stays. */
  readonly refines?: readonly string[];
  readonly needs: readonly Need[];
  /** Names row, figures and arithmetic; Chinese; no advice. */
  readonly message: (figures: F) => string;
  /** What to do, without the opening word that follows the force. */
  readonly remedy: (figures: F) => string;
}

/** A check of one form. */
export interface FormRule<F extends Figures = Figures> extends RuleBase<F> {
  readonly level: "form";
  readonly check: (dossier: FormDossier) => Outcome<F>;
  readonly examples: { readonly fails: readonly Example<Form>[]; readonly passes: readonly Example<Form>[] };
}

/** A check across the forms of a run: across forms of one year, or across years of one project. */
export interface BatchRule<F extends Figures = Figures> extends RuleBase<F> {
  readonly level: "batch" | "cross-year";
  readonly check: (batch: BatchDossier) => Outcome<F, BatchPlace>;
  readonly examples: {
    readonly fails: readonly Example<readonly Form[]>[];
    readonly passes: readonly Example<readonly Form[]>[];
  };
}

/** A check that only a person can make: listed as not checked, with what the person has to look at. */
export interface HumanRule {
  readonly level: "form" | "batch" | "cross-year";
  readonly kind: "human";
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly explains: string;
  readonly basis: readonly [Citation, ...Citation[]];
  readonly force: Force | "pack";
  /** Why the engine cannot: what has to be looked at, by whom. */
  readonly why: string;
}

/** Any check of the catalogue. */
export type Rule = FormRule | BatchRule | HumanRule;

/** Fixes the shape of a form rule while keeping the type of its figures for `message` and `remedy`. */
export function formRule<F extends Figures>(rule: Omit<FormRule<F>, "level">): FormRule {
  return { level: "form", ...rule } as unknown as FormRule;
}

/** The same for a rule across forms. */
export function batchRule<F extends Figures>(
  rule: Omit<BatchRule<F>, "level"> & { level?: "batch" | "cross-year" },
): BatchRule {
  return { level: "batch", ...rule } as unknown as BatchRule;
}

/** The same for a check that only a person can make. */
export function humanRule(
  rule: Omit<HumanRule, "kind" | "level"> & { level?: HumanRule["level"] },
): HumanRule {
  return { level: "form", kind: "human", ...rule };
}

export const PASS = { kind: "pass" } as const;

/** An input that the rule does not speak about (no row of the kind it looks at). */
export function notApplicable(why: string): { kind: "notApplicable"; why: string } {
  return { kind: "notApplicable", why };
}

/** The outcome of a list of defects and doubts: fail, unclear or pass. */
export function outcomeOf<F extends Figures, P = Place>(
  found: readonly Found<F, P>[],
  unclear: readonly Doubt<P>[] = [],
): Outcome<F, P> {
  if (found.length > 0)
    return unclear.length > 0 ? { kind: "fail", found, unclear } : { kind: "fail", found };
  return unclear.length > 0 ? { kind: "unclear", unclear } : PASS;
}
