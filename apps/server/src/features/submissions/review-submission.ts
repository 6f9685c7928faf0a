import {
  openDossier,
  type ReviewContext,
  RULES,
  RULES_VERSION,
  type Rule,
  reviewBatch,
  reviewForm,
} from "@jiheng/audit";
import type { storedReviewSchema } from "@jiheng/contract/http";
import { type Finding, type Form, place } from "@jiheng/domain";
import { presentFormScore, presentReview } from "@jiheng/exporters";
import type { PolicyPack } from "@jiheng/scoring";
import { addressOf, type FundsDifference, type Kind } from "@jiheng/workflow";
import type { z } from "zod";
import { ENGINE_VERSION } from "../../platform/engine-version.ts";
import { type RuleSetting, rulesInForce } from "../rules/index.ts";
import { fundsDifferences, type LedgerLine } from "./funds-differences.ts";
import { type PeerAdvice, type PeerTargets, peerAdvice } from "./peers.ts";

/** The review of a form as it is kept and answered. */
export type StoredReview = z.infer<typeof storedReviewSchema>;

/** Everything a review rests on beside the form. */
export interface ReviewMatter {
  readonly kind: Kind;
  readonly policy: PolicyPack;
  readonly policyWhy: string;
  readonly settings: readonly RuleSetting[];
  /** Approved targets in force, for what reports on them. */
  readonly approvedTargets: Form | null;
  /** Last year's self-evaluation of the project. */
  readonly lastYear: Form | null;
  /** Days, YYYY-MM-DD; handed in is null while it is still written. */
  readonly handedIn: string | null;
  readonly due: string | null;
  /** Identities of rows that have evidence; null where the year keeps none for the form. */
  readonly evidence: readonly string[] | null;
  readonly ledger: readonly LedgerLine[];
  readonly peers: readonly PeerTargets[];
}

/** What the engine says of a form, with what the rest of the server needs of it. */
export interface Reviewed {
  readonly review: StoredReview;
  readonly findings: readonly Finding[];
  readonly fundsDiffer: readonly FundsDifference[];
}

/** What the rules of one form are told beside it. */
export function contextOf(
  form: Form,
  {
    approvedTargets,
    handedIn,
    due,
    evidence,
  }: Pick<ReviewMatter, "approvedTargets" | "handedIn" | "due" | "evidence">,
): ReviewContext {
  return {
    ...(approvedTargets ? { approvedTargets } : {}),
    ...(handedIn ? { handedIn } : {}),
    ...(due ? { due } : {}),
    ...(evidence
      ? {
          evidence: form.indicators.flatMap(({ id }, index) =>
            evidence.includes(id) ? [place.indicator(index)] : [],
          ),
        }
      : {}),
  };
}

/**
 * Scores and reviews a form with the engine the command line uses: the rules of one form, and those across years where last year's form
 * is known; its kind is lent to last year's form, so that targets are held against what was reached. Pure.
 */
export function reviewSubmission(form: Form, revision: number, matter: ReviewMatter): Reviewed {
  const { policy, lastYear, settings } = matter;
  const { rules, off } = rulesInForce(settings);
  const dossier = openDossier(form, { policy, context: contextOf(form, matter) });
  const ofForm = reviewForm(dossier, rules);
  const acrossYears = rules.filter((rule) => rule.level === "cross-year" && rule.kind !== "human");
  const before = lastYear ? [openDossier(asYearBefore(lastYear, form), { policy })] : [];
  const batch = reviewBatch({ forms: [dossier, ...before] }, acrossYears);
  const answer = presentReview({ forms: [ofForm], batch }, [form.id], ENGINE_VERSION);
  const [reviewed] = answer.forms;
  if (!reviewed) throw new Error("one form in, none out");
  // Of a finding across years this form's places count; where the other form is concerned is said by the message.
  const own = (at: readonly { readonly form: number; readonly at: string }[]): string[] =>
    at.filter((each) => each.form === 0).map((each) => each.at);
  const findings = [
    ...reviewed.findings,
    ...answer.batch.findings.map((finding) => ({ ...finding, at: own(finding.at), cells: [] })),
  ];
  const unclear = [
    ...reviewed.unclear,
    ...answer.batch.unclear.map((doubt) => ({ ...doubt, at: own(doubt.at) })),
  ];
  const fundsDiffer = fundsDifferences(matter.kind, form, matter.ledger);
  return {
    findings,
    fundsDiffer,
    review: {
      revision,
      engine: ENGINE_VERSION,
      rules: RULES_VERSION,
      policy: { id: policy.id, version: policy.version, title: policy.title, why: matter.policyWhy },
      findings: findings.map((finding) => ({ ...finding, addresses: addressesOf(form, finding.at) })),
      unclear: unclear.map((doubt) => ({ ...doubt, addresses: addressesOf(form, doubt.at) })),
      notChecked: [
        ...off,
        ...reviewed.notChecked.filter(({ rule }) => !isHuman(rule)),
        ...answer.batch.notChecked,
      ],
      errors: [...reviewed.errors, ...answer.batch.errors],
      counts: reviewed.counts,
      recomputed: reviewed.recomputed,
      marks: presentFormScore(form.id, form, dossier.score, matter.policyWhy),
      changedRules: changedRules(settings),
      peers: peerAdvice(form, matter.peers).map((advice: PeerAdvice) => ({
        ...advice,
        address: addressOf(form, advice.at),
      })),
      funds: { compared: matter.ledger.length > 0, differences: fundsDiffer.map((each) => ({ ...each })) },
    },
  };
}

/** Last year's form under the head of this year's: the library knows that it is one project, whatever it was called then. */
function asYearBefore(lastYear: Form, form: Form): Form {
  const { kind, project, projectCode, unit, department } = form;
  const year = form.year === null ? lastYear.year : form.year - 1;
  return { ...lastYear, kind, project, projectCode, unit, department, year };
}

function addressesOf(form: Form, at: readonly string[]): string[] {
  return at.map((each) => addressOf(form, each));
}

const HUMAN = new Set(RULES.filter((rule) => rule.kind === "human").map(({ id }) => id));

/** What only people can check is the same for every form and stands in the catalogue. */
function isHuman(rule: string): boolean {
  return HUMAN.has(rule);
}

function changedRules(settings: readonly RuleSetting[]): StoredReview["changedRules"] {
  const known = new Map<string, Rule>(RULES.map((rule) => [rule.id, rule]));
  return settings.flatMap(({ rule, force, from, reason }) => {
    const published = known.get(rule);
    return published && published.force !== force
      ? [{ rule, code: published.code, title: published.title, was: published.force, force, from, reason }]
      : [];
  });
}
