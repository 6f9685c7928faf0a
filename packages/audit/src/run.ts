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
const LEAD: Record<Force, string> = { must: "请更正：", should: "请说明或更正：", hint: "可以考虑：" };

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

type Answer<P> = Outcome<Figures, P> | { readonly kind: "error"; readonly what: string };

function answer<P>(check: () => Outcome<Figures, P>): Answer<P> {
  try {
    return check();
  } catch (error) {
    return { kind: "error", what: error instanceof Error ? error.message : String(error) };
  }
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
    remedy: LEAD[force] + rule.remedy(found.figures),
    basis: basisOf(rule),
    figures: found.figures,
  };
}

/** Reviews one form by every form rule given. A rule that throws is an error of that rule; the run goes on. */
export function reviewForm(dossier: FormDossier, rules: readonly Rule[]): FormReview {
  const { form, policy } = dossier;
  const findings: Finding[] = [];
  const unclear: Unclear[] = [];
  const notChecked: NotChecked[] = [];
  const errors: RuleError[] = [];
  const counts = { pass: 0, fail: 0, unclear: 0, notApplicable: 0, notChecked: 0, error: 0 };
  const byId = new Map<string, FormRule>();
  const occurrences = new Map<string, number>();

  for (const rule of rules) {
    if (rule.level !== "form") continue;
    if (rule.kind === "human") {
      notChecked.push({ rule: rule.id, code: rule.code, why: (rule as HumanRule).why });
      counts.notChecked += 1;
      continue;
    }
    const checked = rule as FormRule;
    byId.set(rule.id, checked);
    const missing = missingPart(checked.needs, (need) => lacking(need, dossier));
    const said: Answer<Place> = missing
      ? { kind: "notChecked", why: missing }
      : answer(() => checked.check(dossier));
    counts[said.kind] += 1;
    if (said.kind === "notChecked") notChecked.push({ rule: rule.id, code: rule.code, why: said.why });
    else if (said.kind === "error") errors.push({ rule: rule.id, what: said.what });
    if (said.kind === "fail") {
      for (const found of said.found) {
        const places = found.at.map((at) => ({ form, at }));
        const key = fingerprint(rule.id, places, 0);
        const occurrence = occurrences.get(key) ?? 0;
        occurrences.set(key, occurrence + 1);
        findings.push({
          rule: rule.id,
          code: rule.code,
          fingerprint: occurrence === 0 ? key : fingerprint(rule.id, places, occurrence),
          at: found.at,
          cells: found.at.map((at) => originOf(form, at)).filter((at) => at !== null),
          ...words(checked, found, policy),
        });
      }
    }
    if (said.kind === "fail" || said.kind === "unclear") {
      for (const doubt of said.unclear ?? []) unclear.push({ rule: rule.id, code: rule.code, ...doubt });
    }
  }
  return {
    dossier,
    findings: dropRefined(findings, byId, (finding) => finding.at.map(rowOf)).sort(byCodeThenPlace),
    unclear: unclear.sort(byCodeThenPlace),
    notChecked: notChecked.sort((a, b) => codeNumber(a.code) - codeNumber(b.code)),
    errors,
    notes: form.notes,
    counts,
  };
}

/** Reviews all forms of a run together, by every batch and cross-year rule given. */
export function reviewBatch(batch: BatchDossier, rules: readonly Rule[]): BatchReview {
  const findings: BatchFinding[] = [];
  const unclear: BatchReview["unclear"][number][] = [];
  const notChecked: NotChecked[] = [];
  const errors: RuleError[] = [];
  const byId = new Map<string, BatchRule>();
  const occurrences = new Map<string, number>();
  const formAt = (index: number): Form => {
    const dossier = batch.forms[index];
    if (!dossier) throw new Error(`no form ${index} in the batch`);
    return dossier.form;
  };
  for (const rule of rules) {
    if (rule.level === "form") continue;
    if (rule.kind === "human") {
      notChecked.push({ rule: rule.id, code: rule.code, why: (rule as HumanRule).why });
      continue;
    }
    const checked = rule as BatchRule;
    byId.set(rule.id, checked);
    const missing = missingPart(checked.needs, (need) => lackingInBatch(need, batch));
    const said: Answer<BatchPlace> = missing
      ? { kind: "notChecked", why: missing }
      : answer(() => checked.check(batch));
    if (said.kind === "notChecked") notChecked.push({ rule: rule.id, code: rule.code, why: said.why });
    else if (said.kind === "error") errors.push({ rule: rule.id, what: said.what });
    if (said.kind === "fail") {
      for (const found of said.found) {
        const places = found.at.map(({ form, at }) => ({ form: formAt(form), at }));
        const policy = batch.forms[found.at[0]?.form ?? 0]?.policy;
        if (!policy) continue;
        const key = fingerprint(rule.id, places, 0);
        const occurrence = occurrences.get(key) ?? 0;
        occurrences.set(key, occurrence + 1);
        findings.push({
          rule: rule.id,
          code: rule.code,
          fingerprint: occurrence === 0 ? key : fingerprint(rule.id, places, occurrence),
          at: found.at,
          cells: found.at.flatMap(({ form, at }) => {
            const origin = originOf(formAt(form), at);
            return origin ? [{ form, at: origin }] : [];
          }),
          ...words(checked, found, policy),
        });
      }
    }
    if (said.kind === "fail" || said.kind === "unclear") {
      for (const doubt of said.unclear ?? []) unclear.push({ rule: rule.id, code: rule.code, ...doubt });
    }
  }
  const order = (
    a: { code: string; at: readonly BatchPlace[] },
    b: { code: string; at: readonly BatchPlace[] },
  ): number =>
    codeNumber(a.code) - codeNumber(b.code) ||
    (a.at[0]?.form ?? 0) - (b.at[0]?.form ?? 0) ||
    placeOrder(a.at[0]?.at ?? "") - placeOrder(b.at[0]?.at ?? "");
  return {
    findings: dropRefined(findings, byId, (finding) =>
      finding.at.map(({ form, at }) => `${form}:${rowOf(at)}`),
    ).sort(order),
    unclear: unclear.sort(order),
    notChecked: notChecked.sort((a, b) => codeNumber(a.code) - codeNumber(b.code)),
    errors,
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
