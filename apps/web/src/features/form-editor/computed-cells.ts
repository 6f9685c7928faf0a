import type { Form } from "@jiheng/domain";
import { layoutFor } from "@jiheng/exporters/layouts";
import { fillBlanks, findPolicy, selectPolicy, usualPoints } from "@jiheng/scoring";
import { addressOf } from "@jiheng/workflow";
import { type Typed, viewOf } from "./sheet-view.ts";

/** What can be filled into blank cells, and what is left to a person with why; `refused` where nothing can be filled in. */
export interface Computed {
  readonly typed: readonly Typed[];
  readonly left: readonly { readonly at: string; readonly why: string }[];
  readonly refused: string | null;
}

const policyOf = (form: Form, id: string | null) =>
  (id === null ? null : findPolicy(id)) ?? selectPolicy(form).policy;

/** The figures that follow for the blank cells this layout has. Loaded when somebody asks: the engine beside the sheet stays as fast as it is. */
export function computedCells(form: Form, policy: string | null): Computed {
  const { spotOf } = viewOf(form);
  const { cells, left } = fillBlanks(form, policyOf(form, policy));
  const typed = cells
    .map(({ at, text }) => ({ at: addressOf(form, at), text }))
    // A line for the grade appears once there is one, in layouts that know one.
    .filter(({ at }) => spotOf.has(at) || (at === "grade" && layoutFor(form.template).grade !== null));
  return { typed, left: left.map(({ at, why }) => ({ at: addressOf(form, at), why })), refused: null };
}

/** Points by the usual shares of the method, for a form whose rows have none. */
export function usualCells(form: Form, policy: string | null): Computed {
  const usual = usualPoints(form, policyOf(form, policy));
  if (usual.kind === "cannot") return { typed: [], left: [], refused: usual.why };
  return {
    typed: usual.cells.map(({ at, text }) => ({ at: addressOf(form, at), text })),
    left: [],
    refused: null,
  };
}
