import type { Form, Indicator } from "@jiheng/domain";
import type { Edit, RowDraft } from "@jiheng/workflow";

const NOTHING = { text: null, comparison: null, value: null, unit: null };
type Insertion = Extract<Edit, { readonly op: "insert-row" }>;

/** A blank row after another one (null: as the first; one that is only being made: the last), under the same headings. */
export function newRow(form: Form, after: string | null, id: string): Insertion {
  const above =
    form.indicators.find((row) => row.id === after) ?? form.indicators.at(after === null ? 0 : -1);
  const values: RowDraft = {
    parent: null,
    goal: above?.goal ?? 0,
    core: null,
    level1: above?.level1 ?? null,
    level2: above?.level2 ?? null,
    groupPoints: null,
    name: null,
    target: NOTHING,
    initialTarget: null,
    actual: NOTHING,
    points: null,
    score: null,
    coefficient: null,
    reviewScore: null,
    criteria: null,
    evidence: null,
    deviation: null,
  };
  return { op: "insert-row", row: id, after, values };
}

/** The same row once more, with what was declared of it; what is reported (actual, score, cause) is blank. */
export function copiedRow(row: Indicator, id: string): Insertion {
  const { id: after, ...values } = row;
  return {
    op: "insert-row",
    row: id,
    after,
    values: {
      ...values,
      groupPoints: null,
      actual: NOTHING,
      score: null,
      coefficient: null,
      reviewScore: null,
      evidence: null,
      deviation: null,
    },
  };
}

/** Takes a row up or down by one; null at the edge. */
export function movedRow(form: Form, id: string, by: -1 | 1): Edit | null {
  const index = form.indicators.findIndex((row) => row.id === id);
  const other = index + by;
  if (index === -1 || other < 0 || other >= form.indicators.length) return null;
  const after = by === 1 ? form.indicators[other] : form.indicators[other - 1];
  return { op: "move-row", row: id, after: after?.id ?? null };
}

/** Puts a row under other headings: each heading is typed over where it is another one. */
export function releveled(row: Indicator, level1: string, level2: string): Edit[] {
  return (["level1", "level2"] as const).flatMap((key) => {
    const to = (key === "level1" ? level1 : level2).trim() || null;
    return to === row[key] ? [] : [{ op: "set", at: `indicators[${row.id}].${key}`, to } as const];
  });
}
