import type { Note } from "@jiheng/domain";

/** Kinds that are filled in by units, and so may come from a file. */
export type ImportedKind = "target-declaration" | "monitoring" | "self-evaluation";

/** A project as it is offered to choose from. */
export interface Candidate {
  readonly project: string;
  readonly code: string | null;
  readonly name: string;
  readonly unit: string;
}

/** What became of a form. */
export type FormOutcome =
  | { readonly kind: "imported"; readonly submission: string; readonly revision: number }
  | {
      readonly kind: "unsettled";
      readonly code: string;
      readonly says: string;
      readonly candidates: readonly Candidate[];
    }
  | { readonly kind: "skipped"; readonly reason: string };

/** What a person said about a note, or about a place without one. */
export interface NoteAnswer {
  readonly note: number | null;
  readonly place: string | null;
  readonly kind: "accepted" | "corrected";
  readonly to: string | null;
  readonly byName: string;
  readonly at: string;
}

/** What the engine found in a form by itself, in figures. */
export interface Checked {
  readonly must: number;
  readonly should: number;
  readonly hint: number;
  readonly unclear: number;
  readonly totalScore: string | null;
  readonly recomputed: readonly [string | null, string | null];
}

/** The year of a form that a person chose instead of that of the import. */
export interface UnderYear {
  readonly year: number;
  readonly byName: string;
  readonly at: string;
}

/** A form of a file. Its content is not kept here: the file is, and is read again where it is needed. */
export interface FormReport {
  readonly index: number;
  readonly kind: ImportedKind | null;
  readonly project: string | null;
  readonly projectCode: string | null;
  readonly unit: string | null;
  readonly year: number | null;
  readonly rows: number;
  /** What the form prints as its department; absent in reports of before it was held against the project's. */
  readonly department?: string | null;
  /** The year a person said it is taken under, where that is not the year of the import. */
  readonly under?: UnderYear | null;
  readonly notes: readonly Note[];
  /** Absent in reports that were written before forms were answered for. */
  readonly answers?: readonly NoteAnswer[];
  readonly checked?: Checked | null;
  /** Null while nothing was decided yet: the process may have ended in between. */
  readonly outcome: FormOutcome | null;
}

/** A file: why it could not be read, or its forms. */
export interface FileReport {
  readonly says: string | null;
  readonly notes: readonly Note[];
  readonly forms: readonly FormReport[];
}
