import type { Figure, Indicator, Measure } from "@jiheng/domain";

/** A row as it is typed: everything of an indicator but its identity. */
export type RowDraft = Omit<Indicator, "id">;

/**
 * One change of a form. Rows are addressed by their identity, never by position, so that two people's edits do not slide over
 * each other: `indicators[<id>].score`; funds and goals by index, the rest by key: `funds[0].expenditure`, `goal.achieved`,
 * `fields[联系人]` (the second of that label: `fields[联系人#2]`), a row's cell in a column without a key `indicators[<id>].fields[备注]`.
 */
export type Edit =
  | { readonly op: "set"; readonly at: string; readonly to: Figure | Measure | boolean | number }
  | {
      readonly op: "insert-row";
      readonly row: string;
      readonly after: string | null;
      readonly values: RowDraft;
    }
  | { readonly op: "remove-row"; readonly row: string }
  | { readonly op: "move-row"; readonly row: string; readonly after: string | null };
