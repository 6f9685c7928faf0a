import type { Origin, Place } from "./origin.ts";

/**
 * What happened to a figure or label on the way in.
 * `lost`: it is there or should be and could not be read (the value is then absent, never 0);
 * `guessed`: a choice was made, a person should look; `normalised`: only the notation changed.
 */
export type NoteLevel = "lost" | "guessed" | "normalised";

/** A remark of reading, for people (`says`, Chinese) and for rules (`code`, kebab-case; never reused for another meaning). */
export interface Note {
  readonly level: NoteLevel;
  readonly code: string;
  readonly says: string;
  /** Place in the form, or null where it concerns the whole file or form. */
  readonly place: Place | null;
  readonly at: Origin | null;
}

/** A value together with everything that was guessed, lost or changed in notation while it was read. */
export interface Reading<T> {
  readonly value: T;
  readonly notes: readonly Note[];
}
