/**
 * How a fact is known: `primary` (official page, or an official form as published), `secondary` (reprint, digest,
 * observed practice), `unread` (from memory). Nothing is enforced (`must`) on `unread` words alone.
 */
export type Standing = "primary" | "secondary" | "unread";

/** What kind of source it is: a legal text, a published official form, or observed practice. */
export type SourceKind = "instrument" | "published-form" | "practice";

/** One clause of a source, by topic, and how far it was read. */
export interface Clause {
  /** What the clause says, in our words. */
  readonly says: string;
  readonly standing: Standing;
  /** Set where the content is generally known but the text was not re-read: no `must` may rest on it alone. */
  readonly notReread?: true;
}

/** A source: a document of the state, a published form, or observed practice, with its clauses by topic. */
export interface Instrument {
  readonly kind: SourceKind;
  /** 文号 or short name. */
  readonly number: string;
  readonly title: string;
  /** ISO date or year, null where it is not known. */
  readonly date: string | null;
  readonly governs: string;
  /** How far number and title were read, and the date where `dateStanding` says nothing else. */
  readonly standing: Standing;
  readonly dateStanding?: Standing;
  readonly clauses: Readonly<Record<string, Clause>>;
}

/** Keeps literal keys, so that `cite` knows every clause by name at compile time. */
export function instruments<const T extends Record<string, Instrument>>(table: T): T {
  return table;
}

/** A clause read on an official page or an official form. */
export function primary(says: string): Clause {
  return { says, standing: "primary" };
}

/** A clause known from a reprint, a digest or observed practice. */
export function secondary(says: string): Clause {
  return { says, standing: "secondary" };
}

/** Generally known content of a named document whose text was not re-read: secondary, and never alone enough for a `must`. */
export function generallyKnown(says: string): Clause {
  return { says, standing: "secondary", notReread: true };
}

/** A clause from memory. */
export function unread(says: string): Clause {
  return { says, standing: "unread" };
}
