/** What a person may be, in an organisation and all beneath it. The three administrators (三员) are never held by one account. */
export const ROLES = [
  "clerk",
  "unit-head",
  "department-reviewer",
  "finance-officer",
  "third-party",
  "publication-officer",
  "auditor",
  "administrator",
  "security-administrator",
] as const;

/** One of the roles. */
export type Role = (typeof ROLES)[number];

/** What a unit hands in over a year; a roll-up is a self-evaluation that has members. */
export const KINDS = ["target-declaration", "adjustment", "monitoring", "self-evaluation", "review"] as const;

/** Kind of a submission. */
export type Kind = (typeof KINDS)[number];

/** Where a submission stands, in the words of the life cycle: 未下达 已下达 暂存 已送审 审核中 已审核 被退回 已公开 取消送审 取消审核 归档. */
export const STATES = [
  "not-issued",
  "issued",
  "draft",
  "submitted",
  "under-review",
  "approved",
  "returned",
  "published",
  "withdrawn",
  "review-cancelled",
  "archived",
] as const;

/** One of the states. */
export type State = (typeof STATES)[number];

/** Whose desk a submission lies on while it is submitted or under review: the unit's head, the department, the finance bureau. */
export const DESKS = ["unit", "department", "finance"] as const;

/** One of the desks. */
export type Desk = (typeof DESKS)[number];

/** The desks a submission of a kind passes, in order; past the last one it is approved. */
export const CHAINS: Readonly<Record<Kind, readonly [Desk, ...Desk[]]>> = {
  "target-declaration": ["unit", "department", "finance"],
  adjustment: ["unit", "department", "finance"],
  monitoring: ["unit", "department"],
  "self-evaluation": ["unit", "department"],
  review: ["finance"],
};

/** A level of the tree of organisations. */
export type OrganisationKind = "region" | "department" | "unit";

/** A role given to an account for an organisation and all beneath it. */
export interface Grant {
  readonly role: Role;
  readonly organisation: string;
  /** Only these submissions: the scope of a third-party reviewer. Null for all. */
  readonly submissions: readonly string[] | null;
  /** ISO instant after which the grant is void; null for no end. */
  readonly until: string | null;
}

/** Who asks. `recused` are organisations and projects the person may not decide on. */
export interface Actor {
  readonly account: string;
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly recused: readonly string[];
}

/** What is asked about: where it hangs in the tree (region, department, unit: as far as it goes) and what it is. */
export interface Subject {
  readonly organisations: readonly string[];
  readonly kind: Kind | null;
  readonly state: State | null;
  readonly desk: Desk | null;
  readonly submission: string | null;
  readonly project: string | null;
  /** Whether it is made from others: then whoever may roll up makes it, too. */
  readonly isRollup?: boolean;
  /** Accounts that entered its figures: they may not approve it. */
  readonly authors: readonly string[];
}
