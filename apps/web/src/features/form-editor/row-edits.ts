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

/** A blank row before another one, under its headings. */
export function aboveRow(form: Form, row: Indicator, id: string): Insertion {
  const before = form.indicators[form.indicators.indexOf(row) - 1];
  const { goal, level1, level2 } = row;
  const made = newRow(form, before?.id ?? null, id);
  return { ...made, values: { ...made.values, goal, level1, level2 } };
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

/** A row of another form to be taken into this one; `isApproved` of the approved targets, else of another year. */
export interface Taken {
  readonly row: Indicator;
  readonly isApproved: boolean;
}

/**
 * Rows of other forms put into this one, each after the last row of its headings, in their order. What was approved comes with its target;
 * of another year the target is to be set anew. What was reported stays behind.
 */
export function takenRows(form: Form, taken: readonly Taken[], makeId: () => string): Insertion[] {
  const lastMade = new Map<string | null, string>();
  return taken.map(({ row, isApproved }) => {
    const id = makeId();
    const alike =
      form.indicators.findLast(({ level1, level2 }) => level1 === row.level1 && level2 === row.level2) ??
      form.indicators.findLast(({ level1 }) => level1 === row.level1) ??
      form.indicators.at(-1);
    const after = alike?.id ?? null;
    const { values } = copiedRow(row, id);
    const made: Insertion = {
      op: "insert-row",
      row: id,
      after: lastMade.get(after) ?? after,
      values: {
        ...values,
        parent: null,
        goal: alike?.goal ?? 0,
        initialTarget: null,
        ...(isApproved ? {} : { target: NOTHING }),
      },
    };
    lastMade.set(after, id);
    return made;
  });
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
