import {
  type Finding,
  type Force,
  type Form,
  type NotChecked,
  type Note,
  type Origin,
  originOf,
  type Place,
  type Unclear,
} from "@jiheng/domain";
import { showCitation } from "@jiheng/law";
import { type PolicyPack, recomputeEntered, scoreForm, selectPolicy } from "@jiheng/scoring";
import { factsOf } from "./facts/form-facts.ts";
import { fingerprint } from "./fingerprint.ts";
import { lacking, lackingInBatch } from "./needs.ts";
import type {
  BatchDossier,
  BatchPlace,
  BatchRule,
  Figures,
  FormDossier,
  FormRule,
  Found,
  HumanRule,
  Need,
  Outcome,
  ReviewContext,
  Rule,
} from "./rule.ts";

/** A rule that threw: an error of that rule, never of the form. */
export interface RuleError {
  readonly rule: string;
  readonly what: string;
}

/** How many rules ended in each outcome. */
export interface Counts {
  readonly pass: number;
  readonly fail: number;
  readonly unclear: number;
  readonly notApplicable: number;
  readonly notChecked: number;
  readonly error: number;
}

/** The review of one form. `dossier` is what it rests on, for whoever explains it. */
export interface FormReview {
  readonly dossier: FormDossier;
  readonly findings: readonly Finding[];
  readonly unclear: readonly Unclear[];
  readonly notChecked: readonly NotChecked[];
  readonly errors: readonly RuleError[];
  readonly notes: readonly Note[];
  readonly counts: Counts;
}

/** A finding across forms: as a finding of one form, but its places name the form. */
export interface BatchFinding extends Omit<Finding, "at" | "cells"> {
  readonly at: readonly BatchPlace[];
  readonly cells: readonly { readonly form: number; readonly at: Origin }[];
}

/** What the rules across forms say. */
export interface BatchReview {
  readonly findings: readonly BatchFinding[];
  readonly unclear: readonly (Omit<Unclear, "at"> & { readonly at: readonly BatchPlace[] })[];
  readonly notChecked: readonly NotChecked[];
  readonly errors: readonly RuleError[];
}

/** The review of a run: every form, then all of them together. */
export interface Review {
  readonly forms: readonly FormReview[];
  readonly batch: BatchReview;
}

/** What a review may be told beside the forms. */
export interface ReviewOptions {
  /** The policy all forms are reviewed under; without it each form's own is chosen. */
  readonly policy?: PolicyPack;
  readonly context?: (form: Form, index: number) => ReviewContext;
  readonly departmentReport?: BatchDossier["departmentReport"];
  readonly projectList?: readonly string[];
}

const RANK: Record<Force, number> = { must: 2, should: 1, hint: 0 };
/** The words every remedy begins with, by the force of its finding. */
export const REMEDY_LEADS: Readonly<Record<Force, string>> = {
  must: "请更正：",
  should: "请说明或更正：",
  hint: "可以考虑：",
};

/** The number in AR-60, by which everything is ordered. */
export function codeNumber(code: string): number {
  return Number(code.replace(/\D+/g, ""));
}

/** The force of a rule under a policy: `pack` is must where the policy lists the code among its duties. */
export function forceUnder(rule: { code: string; force: Force | "pack" }, policy: PolicyPack): Force {
  if (rule.force !== "pack") return rule.force;
  return policy.duties.some((duty) => duty.code === rule.code) ? "must" : "should";
}

function weaker(a: Force, b: Force | undefined): Force {
  return b !== undefined && RANK[b] < RANK[a] ? b : a;
}

/** Places in the order of the form: head, funds, goals, indicators by row, foot. */
export function placeOrder(at: Place): number {
  const row = /^(\w+)\[(\d+)\]/.exec(at);
  const section = row?.[1] ?? at.split(".")[0] ?? "";
  const base: Record<string, number> = {
    funds: 1,
    goal: 2,
    goals: 2,
    indicators: 3,
    totalPoints: 4,
    totalScore: 5,
    grade: 6,
  };
  return (base[section] ?? 0) * 1_000_000 + (row ? Number(row[2]) : 0);
}

function byCodeThenPlace(a: Finding | Unclear, b: Finding | Unclear): number {
  return (
    codeNumber(a.code) - codeNumber(b.code) ||
    placeOrder(a.at[0] ?? "") - placeOrder(b.at[0] ?? "") ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
  );
}

/** Builds the dossier of a form: facts, policy, score and plain recomputation, each computed once. */
export function openDossier(
  form: Form,
  options: { policy?: PolicyPack; context?: ReviewContext } = {},
): FormDossier {
  const policy = options.policy ?? selectPolicy(form).policy;
  return {
    form,
    policy,
    facts: factsOf(form),
    score: scoreForm(form, policy),
    entered: recomputeEntered(form, policy),
    context: options.context ?? {},
  };
}

/** Why the first of the parts a rule needs is missing, or null where it has all. */
function missingPart(needs: readonly Need[], lacks: (need: Need) => string | null): string | null {
  for (const need of needs) {
    const why = lacks(need);
    if (why !== null) return why;
  }
  return null;
}

/** The row a place belongs to, where it has one: by it a refined finding is matched with the finer one. */
function rowOf(at: string): string {
  return /^\w+\[\d+\]/.exec(at)?.[0] ?? at;
}

/**
 * Drops what a finer rule says better: a finding whose first place lies in a row (or cell outside rows) where a rule
 * refining its code found something too, of at least the same force. One defect gives one finding.
 */
function dropRefined<T extends { code: string; rule: string; force: Force }>(
  findings: readonly T[],
  rules: ReadonlyMap<string, FormRule | BatchRule>,
  keyOf: (finding: T) => readonly string[],
): T[] {
  const finer = new Map<string, Map<string, number>>();
  for (const finding of findings) {
    for (const code of rules.get(finding.rule)?.refines ?? []) {
      const keys = finer.get(code) ?? new Map<string, number>();
      for (const key of keyOf(finding)) keys.set(key, Math.max(keys.get(key) ?? -1, RANK[finding.force]));
      finer.set(code, keys);
    }
  }
  return findings.filter((finding) => {
    const first = keyOf(finding)[0];
    const strength = first === undefined ? undefined : finer.get(finding.code)?.get(first);
    return strength === undefined || strength < RANK[finding.force];
  });
}

const basisWords = new WeakMap<object, readonly string[]>();

/** The clauses of a rule in words, put together once. */
function basisOf(rule: FormRule | BatchRule): readonly string[] {
  const known = basisWords.get(rule) ?? rule.basis.map(showCitation);
  basisWords.set(rule, known);
  return known;
}

function words(rule: FormRule | BatchRule, found: Found<Figures, unknown>, policy: PolicyPack) {
  const force = weaker(forceUnder(rule, policy), found.force);
  return {
    force,
    message: rule.message(found.figures),
    remedy: REMEDY_LEADS[force] + rule.remedy(found.figures),
    basis: basisOf(rule),
    figures: found.figures,
  };
}

/** A place together with the form it lies in. */
interface Spot {
  readonly form: Form;
  readonly at: Place;
}

/** What rules are run on: one form or a batch. `P` is how its places are written. */
interface Subject<P, R extends FormRule | BatchRule> {
  readonly lacks: (need: Need) => string | null;
  readonly check: (rule: R) => Outcome<Figures, P>;
  readonly spot: (place: P) => Spot;
  readonly policyFor: (found: Found<Figures, P>) => PolicyPack;
}

interface RunResult<P, R> {
  readonly findings: (Omit<Finding, "at" | "cells"> & { readonly at: readonly P[] })[];
  readonly unclear: {
    readonly rule: string;
    readonly code: string;
    readonly at: readonly P[];
    readonly why: string;
  }[];
  readonly notChecked: NotChecked[];
  readonly errors: RuleError[];
  readonly counts: Counts;
  readonly byId: ReadonlyMap<string, R>;
}

/** Runs rules one by one. One that throws, in its check or in its wording, is an error of that rule; the run goes on. */
function runRules<P, R extends FormRule | BatchRule>(
  rules: readonly (R | HumanRule)[],
  subject: Subject<P, R>,
): RunResult<P, R> {
  const counts = { pass: 0, fail: 0, unclear: 0, notApplicable: 0, notChecked: 0, error: 0 };
  const byId = new Map<string, R>();
  const result: RunResult<P, R> = { findings: [], unclear: [], notChecked: [], errors: [], counts, byId };
  const occurrences = new Map<string, number>();
  const told = (rule: R, found: Found<Figures, P>): RunResult<P, R>["findings"][number] => {
    const spots = found.at.map(subject.spot);
    const key = fingerprint(rule.id, spots, 0);
    const occurrence = occurrences.get(key) ?? 0;
    occurrences.set(key, occurrence + 1);
    return {
      rule: rule.id,
      code: rule.code,
      fingerprint: occurrence === 0 ? key : fingerprint(rule.id, spots, occurrence),
      at: found.at,
      ...words(rule, found, subject.policyFor(found)),
    };
  };
  for (const each of rules) {
    const { id, code } = each;
    if ("why" in each) {
      result.notChecked.push({ rule: id, code, why: each.why });
      counts.notChecked += 1;
      continue;
    }
    byId.set(id, each);
    const missing = missingPart(each.needs, subject.lacks);
    if (missing !== null) {
      result.notChecked.push({ rule: id, code, why: missing });
      counts.notChecked += 1;
      continue;
    }
    try {
      const said = subject.check(each);
      if (said.kind === "notChecked") result.notChecked.push({ rule: id, code, why: said.why });
      if (said.kind === "fail") result.findings.push(...said.found.map((found) => told(each, found)));
      if (said.kind === "fail" || said.kind === "unclear")
        for (const { at, why } of said.unclear ?? []) result.unclear.push({ rule: id, code, at, why });
      counts[said.kind] += 1;
    } catch (error) {
      result.errors.push({ rule: id, what: error instanceof Error ? error.message : String(error) });
      counts.error += 1;
    }
  }
  result.notChecked.sort((a, b) => codeNumber(a.code) - codeNumber(b.code));
  return result;
}

/** Reviews one form by every form rule given. */
export function reviewForm(dossier: FormDossier, rules: readonly Rule[]): FormReview {
  const { form, policy } = dossier;
  const ofForms = rules.filter(
    (rule): rule is FormRule | (HumanRule & { level: "form" }) => rule.level === "form",
  );
  const run = runRules<Place, FormRule>(ofForms, {
    lacks: (need) => lacking(need, dossier),
    check: (rule) => rule.check(dossier),
    spot: (at) => ({ form, at }),
    policyFor: () => policy,
  });
  const findings = run.findings.map((finding) => ({
    ...finding,
    cells: finding.at.map((at) => originOf(form, at)).filter((at) => at !== null),
  }));
  return {
    dossier,
    findings: dropRefined(findings, run.byId, (finding) => finding.at.map(rowOf)).sort(byCodeThenPlace),
    unclear: run.unclear.sort(byCodeThenPlace),
    notChecked: run.notChecked,
    errors: run.errors,
    notes: form.notes,
    counts: run.counts,
  };
}

function byCodeThenForm(
  a: { code: string; at: readonly BatchPlace[] },
  b: { code: string; at: readonly BatchPlace[] },
): number {
  return (
    codeNumber(a.code) - codeNumber(b.code) ||
    (a.at[0]?.form ?? 0) - (b.at[0]?.form ?? 0) ||
    placeOrder(a.at[0]?.at ?? "") - placeOrder(b.at[0]?.at ?? "")
  );
}

/** Reviews all forms of a run together, by every batch and cross-year rule given. */
export function reviewBatch(batch: BatchDossier, rules: readonly Rule[]): BatchReview {
  const dossierAt = (index: number): FormDossier => {
    const dossier = batch.forms[index];
    if (!dossier) throw new Error(`no form ${index} in the batch`);
    return dossier;
  };
  const ofBatches = rules.filter((rule): rule is BatchRule | HumanRule => rule.level !== "form");
  const run = runRules<BatchPlace, BatchRule>(ofBatches, {
    lacks: (need) => lackingInBatch(need, batch),
    check: (rule) => rule.check(batch),
    spot: ({ form, at }) => ({ form: dossierAt(form).form, at }),
    policyFor: ({ at }) => dossierAt(at[0]?.form ?? 0).policy,
  });
  const findings = run.findings.map((finding) => ({
    ...finding,
    cells: finding.at.flatMap(({ form, at }) => {
      const origin = originOf(dossierAt(form).form, at);
      return origin ? [{ form, at: origin }] : [];
    }),
  }));
  const keysOf = (finding: BatchFinding): string[] =>
    finding.at.map(({ form, at }) => `${form}:${rowOf(at)}`);
  return {
    findings: dropRefined(findings, run.byId, keysOf).sort(byCodeThenForm),
    unclear: run.unclear.sort(byCodeThenForm),
    notChecked: run.notChecked,
    errors: run.errors,
  };
}

/** Reviews forms one by one and all together. Same forms, rules and policies: same answer. */
export function review(forms: readonly Form[], rules: readonly Rule[], options: ReviewOptions = {}): Review {
  const dossiers = forms.map((form, index) => {
    const context = options.context?.(form, index);
    return openDossier(form, {
      ...(options.policy ? { policy: options.policy } : {}),
      ...(context ? { context } : {}),
    });
  });
  return {
    forms: dossiers.map((dossier) => reviewForm(dossier, rules)),
    batch: reviewBatch(
      {
        forms: dossiers,
        ...(options.departmentReport ? { departmentReport: options.departmentReport } : {}),
        ...(options.projectList ? { projectList: options.projectList } : {}),
      },
      rules,
    ),
  };
}
