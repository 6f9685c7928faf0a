/** Every way a command or a permission is refused, closed. The HTTP interface sends them under the same names. */
export const REFUSAL_CODES = [
  "not-allowed",
  "out-of-scope",
  "grant-expired",
  "recused",
  "own-work",
  "conflicting-roles",
  "wrong-state",
  "past-due",
  "reason-missing",
  "blocked-by-findings",
  "stale-justification",
  "funds-differ",
  "classified",
] as const;

/** One of the codes. */
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** One thing a refusal is about: its place, what is wrong with it, and for a finding what identifies it. */
export interface RefusalDetail {
  readonly at: string;
  readonly says: string;
  readonly fingerprint?: string;
  readonly code?: string;
  readonly figures?: Readonly<Record<string, string>>;
}

/** It was not done, and nothing changed. `says` is Chinese: which thing, what is wrong, what to do. */
export interface Refusal {
  readonly kind: "refused";
  readonly code: RefusalCode;
  readonly says: string;
  readonly details: readonly RefusalDetail[];
}

/** A refusal in words. */
export function refusal(code: RefusalCode, says: string, details: readonly RefusalDetail[] = []): Refusal {
  return { kind: "refused", code, says, details };
}
