import type { Origin } from "@jiheng/domain";

/** One comment to be put into a file: what it says, and the cells it may stand at, the best first. */
export interface CellComment {
  /** The cell it belongs to, or null where it concerns the whole form. */
  readonly at: Origin | null;
  /** Where it stands when that cell cannot take it: the title of the form, its first cell. */
  readonly otherwise: readonly Origin[];
  /** First line, printed bold: force, place and code. */
  readonly lead: string;
  readonly lines: readonly string[];
}

/** A copy with comments, or why there is none. Indexes are those of the comments given. */
export type Annotation =
  | {
      readonly kind: "annotated";
      readonly bytes: Uint8Array;
      /** Comments that stand elsewhere than at their own cell: at the title or the first cell of the form. */
      readonly moved: readonly number[];
      /** Comments that found no place at all, with the reason. */
      readonly unplaced: readonly { readonly index: number; readonly why: string }[];
      /** What the person should know of the copy: macros it still holds, … */
      readonly warnings: readonly string[];
    }
  | { readonly kind: "refused"; readonly what: string; readonly remedy: string };

/** Whom every comment names as its author. */
export const AUTHOR = "绩衡审核";

/** Thrown inside to leave from any depth; never leaves this folder. */
export class NotAnnotated extends Error {
  readonly what: string;
  readonly remedy: string;

  constructor(what: string, remedy: string) {
    super(what);
    this.what = what;
    this.remedy = remedy;
  }
}

/** Runs an annotation and turns what it throws on a refused file into its refusal. */
export function refusing(run: () => Annotation): Annotation {
  try {
    return run();
  } catch (error) {
    if (error instanceof NotAnnotated) return { kind: "refused", what: error.what, remedy: error.remedy };
    throw error;
  }
}
