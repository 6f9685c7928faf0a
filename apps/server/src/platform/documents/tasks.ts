import type { ReviewContext } from "@jiheng/audit";
import type { Force, Form, NotChecked } from "@jiheng/domain";
import type { DocumentResult, GridResult, Original, Refusal } from "@jiheng/importers";

/** What a form can be written as: an official layout, or the interchange format. */
export type FileFormat = "docx" | "xlsx" | "pdf" | "html" | "csv" | "json";

/** A file that was made; `says` is what the reader should know (parts a layout has no place for, letters no font has). */
export interface Written {
  readonly kind: "written";
  readonly bytes: Uint8Array;
  readonly says: readonly string[];
}

/** It was not made, and why, in Chinese. */
export interface NotWritten {
  readonly kind: "refused";
  readonly says: string;
  /** Why the same task may go another time; absent where it never will. */
  readonly passing?: "busy" | "stopping" | "given-up";
}

/** What a region changed about the rules, as plain data: those switched off with the reason, and the force of others by their identity. */
export interface RuleChanges {
  readonly off: readonly NotChecked[];
  readonly force: Readonly<Record<string, Force>>;
}

/** A form to be reviewed: under the pack it was scored by, with what is known beside it. */
export interface FormToReview {
  readonly form: Form;
  readonly policy: string | null;
  readonly context?: ReviewContext;
}

/** What a thread is asked for. Everything is plain data: it crosses between threads as a copy. */
export type Task =
  | { readonly type: "read"; readonly name: string; readonly bytes: Uint8Array; readonly sha256: string }
  | {
      readonly type: "original";
      readonly name: string;
      readonly bytes: Uint8Array;
      readonly sha256: string;
      /** Which form of the file. */
      readonly form: number;
    }
  | { readonly type: "table"; readonly name: string; readonly bytes: Uint8Array }
  | {
      readonly type: "forms";
      readonly forms: readonly Form[];
      readonly format: FileFormat;
      /** A layout for all of them; each form's own where none is named. */
      readonly template: string | null;
    }
  | {
      readonly type: "opinion";
      readonly forms: readonly (FormToReview & { readonly name: string })[];
      readonly rules: RuleChanges;
      readonly format: "docx" | "xlsx" | "html";
    }
  | {
      readonly type: "report";
      readonly forms: readonly FormToReview[];
      readonly rules: RuleChanges;
      readonly format: "docx" | "pdf" | "html";
      readonly name: string | null;
      /** Forms of the year that are not approved yet. */
      readonly unapproved: number;
    }
  | { readonly type: "annotate"; readonly name: string; readonly bytes: Uint8Array; readonly sha256: string };

/** A form with the part of the file it was read from; both null where the file has no such form. */
export interface OriginalRead {
  readonly kind: "original";
  readonly form: Form | null;
  readonly original: Original | null;
}

/** What a task brings. */
export type TaskResult<T extends Task["type"]> = T extends "read"
  ? DocumentResult
  : T extends "table"
    ? GridResult
    : T extends "original"
      ? OriginalRead | Refusal
      : Written | NotWritten;
