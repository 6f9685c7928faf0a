import type { Form } from "@jiheng/domain";
import { applyEdits, type Edit, editsBetween, placeOf } from "@jiheng/workflow";

/** A form while somebody writes it: what the server has, what was changed since, and the way back and forth. */
export interface Draft {
  /** The form of the server's revision. */
  readonly base: Form;
  readonly revision: number;
  readonly form: Form;
  /** Changes the server does not have yet, in order. */
  readonly edits: readonly Edit[];
  /** Forms to go back to and to come again, the nearest last. */
  readonly past: readonly Form[];
  readonly future: readonly Form[];
}

/** A change was taken, or why not: then nothing changed. */
export type Changed =
  | { readonly kind: "changed"; readonly draft: Draft }
  | { readonly kind: "refused"; readonly says: string };

const STEPS_KEPT = 200;

/** A draft of what the server has, with edits that were typed before and never arrived. Those that no longer fit are left out and counted. */
export function openDraft(
  base: Form,
  revision: number,
  waiting: readonly Edit[] = [],
): { readonly draft: Draft; readonly lost: number } {
  let draft: Draft = { base, revision, form: base, edits: [], past: [], future: [] };
  let lost = 0;
  for (const edit of waiting) {
    const next = change(draft, [edit]);
    if (next.kind === "changed") draft = next.draft;
    else lost += 1;
  }
  return { draft, lost };
}

/** Applies edits as one step that can be undone. */
export function change(draft: Draft, edits: readonly Edit[]): Changed {
  const applied = applyEdits(draft.form, edits);
  if (applied.kind === "refused") return { kind: "refused", says: applied.says };
  if (applied.changes.length === 0 && edits.every(({ op }) => op === "set"))
    return { kind: "changed", draft };
  return {
    kind: "changed",
    draft: {
      ...draft,
      form: applied.form,
      edits: [...draft.edits, ...edits],
      past: [...draft.past.slice(-STEPS_KEPT), draft.form],
      future: [],
    },
  };
}

/** Applies, as one step, every edit that can be applied; of the others, why not. */
export function changeWhatCan(
  draft: Draft,
  edits: readonly Edit[],
): { readonly draft: Draft; readonly refusals: readonly string[] } {
  const whole = change(draft, edits);
  if (whole.kind === "changed") return { draft: whole.draft, refusals: [] };
  const good: Edit[] = [];
  const refusals: string[] = [];
  let form = draft.form;
  for (const edit of edits) {
    const applied = applyEdits(form, [edit]);
    if (applied.kind === "refused") refusals.push(applied.says);
    else {
      form = applied.form;
      good.push(edit);
    }
  }
  const changed = good.length > 0 ? change(draft, good) : null;
  return { draft: changed?.kind === "changed" ? changed.draft : draft, refusals };
}

/** One step back; the server is told by an edit of its own, since it may have the step already. */
export function undo(draft: Draft): Draft {
  const form = draft.past.at(-1);
  if (!form) return draft;
  return {
    ...draft,
    form,
    edits: [...draft.edits, ...editsBetween(draft.form, form)],
    past: draft.past.slice(0, -1),
    future: [...draft.future, draft.form],
  };
}

/** One step forward again. */
export function redo(draft: Draft): Draft {
  const form = draft.future.at(-1);
  if (!form) return draft;
  return {
    ...draft,
    form,
    edits: [...draft.edits, ...editsBetween(draft.form, form)],
    past: [...draft.past, draft.form],
    future: draft.future.slice(0, -1),
  };
}

/** What the server made of the first `sent` edits: later ones are put on top of it; what fits no longer is said. */
export function rebase(
  draft: Draft,
  sent: number,
  form: Form,
  revision: number,
): { readonly draft: Draft; readonly lost: number } {
  const { draft: next, lost } = openDraft(form, revision, draft.edits.slice(sent));
  return { draft: { ...next, past: draft.past, future: draft.future }, lost };
}

/** What stands in a cell as text to be typed over: exact, as it was typed. */
export function textAt(form: Form, address: string): string {
  const place = placeOf(form, address);
  if (place === null) return "";
  let value: unknown = form;
  for (const step of place.split(/[.[\]]+/).filter(Boolean)) {
    if (value === null || typeof value !== "object") return "";
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  if (value !== null && typeof value === "object" && "text" in value) return String(value.text ?? "");
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
