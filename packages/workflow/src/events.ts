import type { Edit } from "./editing/edit.ts";
import type { ReturnAnswer, ReturnOpinion } from "./lifecycle/return-opinions.ts";
import type { Desk, Kind, Role, State } from "./vocabulary.ts";

/** A cell's change as the history keeps it: its address, the text before and after; null for a blank. */
export interface CellChange {
  readonly at: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** Where a submission stands after an event. */
export interface Standing {
  readonly state: State;
  readonly desk: Desk | null;
}

/**
 * Everything that can happen, closed: what is not here is not written. `type` names it, the rest is what a later reader needs to
 * know; who, when and about what stands beside it in the log. Never a password, a secret or a file's content.
 */
export type DomainEvent =
  | ({
      readonly type: "submission.issued";
      readonly kind: Kind;
      readonly due: string | null;
      readonly call: string | null;
    } & Standing)
  | ({
      readonly type: "submission.started";
      readonly from: "blank" | "approved-targets" | "previous-year" | "file" | "members";
      readonly source: string | null;
    } & Standing)
  | ({
      readonly type: "submission.edited";
      readonly revision: number;
      readonly edits: readonly Edit[];
      readonly changes: readonly CellChange[];
    } & Standing)
  | ({
      readonly type: "submission.submitted";
      readonly revision: number;
      readonly sha256: string;
      readonly must: number;
      readonly justified: readonly string[];
    } & Standing)
  | ({ readonly type: "submission.withdrawn"; readonly reason: string | null } & Standing)
  | ({ readonly type: "submission.received" } & Standing)
  | ({
      readonly type: "submission.returned";
      readonly reason: string;
      readonly findings: readonly string[];
      /** Its points with the cells they are about; a return recorded without them is taken apart when it is read. */
      readonly opinions?: readonly ReturnOpinion[];
    } & Standing)
  | ({
      readonly type: "submission.approved";
      readonly revision: number;
      readonly sha256: string;
      readonly opinion: string | null;
    } & Standing)
  | ({ readonly type: "submission.review-cancelled"; readonly reason: string } & Standing)
  | ({ readonly type: "submission.unlocked"; readonly reason: string; readonly order: number } & Standing)
  | ({ readonly type: "submission.published"; readonly sha256: string } & Standing)
  | ({ readonly type: "submission.withheld"; readonly reason: string } & Standing)
  | ({ readonly type: "submission.archived" } & Standing)
  | { readonly type: "submission.due-changed"; readonly due: string | null; readonly reason: string }
  | {
      readonly type: "return.answered";
      /** Place of the return in the log, and of the point in it, from 1. */
      readonly returned: string;
      readonly opinion: number;
      readonly answer: ReturnAnswer;
      readonly words: string | null;
    }
  | {
      readonly type: "finding.justified";
      readonly fingerprint: string;
      readonly code: string;
      readonly reason: string;
      readonly figures: Readonly<Record<string, string>>;
    }
  | {
      readonly type: "finding.justification-retracted";
      readonly fingerprint: string;
      readonly why: "by-author" | "figures-changed";
    }
  | {
      readonly type: "evidence.added";
      readonly evidence: string;
      readonly indicator: string | null;
      readonly name: string;
      readonly sha256: string;
      readonly bytes: number;
    }
  | { readonly type: "evidence.removed"; readonly evidence: string; readonly reason: string }
  | {
      readonly type: "version.sealed";
      readonly version: string;
      readonly sha256: string;
      readonly scanSha256: string;
    }
  | {
      readonly type: "project.created";
      readonly code: string | null;
      readonly name: string;
      readonly unit: string;
    }
  | { readonly type: "project.changed"; readonly changes: readonly CellChange[] }
  | { readonly type: "project.carried-over"; readonly toYear: number; readonly reason: string | null }
  | { readonly type: "project.placeholder-recorded"; readonly reason: string }
  | {
      readonly type: "budget.imported";
      readonly import: string;
      readonly entries: number;
      readonly sha256: string;
    }
  | { readonly type: "funds.prefilled"; readonly revision: number; readonly changes: readonly CellChange[] }
  | {
      readonly type: "call.issued";
      readonly kind: Kind;
      readonly scope: string;
      readonly due: string;
      readonly submissions: number;
    }
  | { readonly type: "call.changed"; readonly due: string; readonly reason: string }
  | {
      readonly type: "sample.drawn";
      readonly method: string;
      readonly seed: string;
      readonly population: number;
      readonly populationSha256: string;
      readonly chosen: readonly string[];
      /** By what the population was narrowed, in words; left out where it was not. */
      readonly narrowedTo?: readonly string[];
    }
  | {
      readonly type: "sample.cancelled";
      readonly reason: string;
      readonly seed: string;
      readonly populationSha256: string;
      /** Review sheets that had marks already. */
      readonly marked: number;
    }
  | {
      readonly type: "rectification.opened";
      readonly submission: string;
      readonly finding: string | null;
      readonly problem: string;
      readonly owner: string;
      readonly due: string;
    }
  | {
      readonly type: "rectification.moved";
      readonly from: string;
      readonly to: string;
      readonly note: string | null;
      readonly proof: string | null;
    }
  | {
      readonly type: "rectification.extension-asked";
      readonly extension: string;
      readonly due: string;
      readonly asked: string;
      readonly reason: string;
    }
  | {
      readonly type: "rectification.extension-decided";
      readonly extension: string;
      readonly granted: boolean;
      readonly due: string;
      readonly note: string | null;
    }
  | {
      readonly type: "result.used";
      readonly project: string;
      readonly decision: string;
      readonly amount: string | null;
      readonly reason: string;
    }
  | { readonly type: "rollup.made"; readonly members: readonly string[] }
  | {
      readonly type: "organisation.created";
      readonly kind: string;
      readonly name: string;
      readonly parent: string | null;
    }
  | { readonly type: "organisation.changed"; readonly changes: readonly CellChange[] }
  | { readonly type: "account.created"; readonly login: string; readonly name: string }
  | { readonly type: "account.changed"; readonly changes: readonly CellChange[] }
  | {
      readonly type: "account.locked";
      readonly until: string;
      readonly why: "failed-logins" | "by-security-administrator";
    }
  | { readonly type: "account.unlocked" }
  | { readonly type: "account.password-changed"; readonly by: "self" | "security-administrator" }
  | { readonly type: "account.second-factor"; readonly enabled: boolean }
  | { readonly type: "login.succeeded"; readonly method: "password" | "oidc" }
  | {
      readonly type: "login.failed";
      readonly login: string;
      readonly why: "password" | "locked" | "disabled" | "second-factor" | "unknown";
    }
  | {
      readonly type: "grant.given";
      readonly account: string;
      readonly role: Role;
      readonly organisation: string;
      readonly until: string | null;
      readonly submissions: readonly string[] | null;
    }
  | {
      readonly type: "grant.revoked";
      readonly account: string;
      readonly role: Role;
      readonly organisation: string;
      readonly reason: string;
    }
  | {
      readonly type: "recusal.recorded";
      readonly account: string;
      readonly from: string;
      readonly reason: string;
    }
  | {
      readonly type: "token.created";
      readonly token: string;
      readonly name: string;
      readonly scopes: readonly string[];
      readonly expires: string;
    }
  | { readonly type: "token.revoked"; readonly token: string; readonly reason: string | null }
  | {
      readonly type: "rule.changed";
      readonly rule: string;
      readonly force: "must" | "should" | "hint" | "off";
      readonly reason: string;
      readonly from: string;
    }
  | {
      readonly type: "webhook.changed";
      readonly webhook: string;
      readonly change: "created" | "enabled" | "disabled" | "secret" | "removed";
      readonly url: string;
    }
  | {
      readonly type: "import.finished";
      readonly import: string;
      readonly purpose: "forms" | "budget";
      readonly done: number;
      readonly failed: number;
    }
  | { readonly type: "log.verified"; readonly events: number }
  | { readonly type: "backup.made"; readonly sha256: string; readonly rows: number }
  | { readonly type: "backup.restored"; readonly sha256: string; readonly rows: number };

/** The name of an event. */
export type EventType = DomainEvent["type"];
