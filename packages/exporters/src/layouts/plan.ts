import type { Fund } from "@jiheng/domain";

/** What a column of the indicator table shows. `sign`, `value` and `unit` are the parts of the target where a form splits it. */
export type IndicatorColumn =
  | "level1"
  | "level2"
  | "name"
  | "target"
  | "sign"
  | "value"
  | "unit"
  | "initialTarget"
  | "actual"
  | "points"
  | "score"
  | "coefficient"
  | "core"
  | "deviation";

/** A column of the table of indicators as the form prints it; `width` in characters. */
export interface PlannedColumn {
  readonly key: IndicatorColumn;
  readonly heading: string;
  readonly width: number;
  /** Heading above this one and its neighbours of the same group, where the form has a heading of two rows. */
  readonly group?: string;
}

/** What a column of the funds table shows. */
export type FundColumn = Exclude<keyof Fund, "source" | "label">;

/** The head fields a form may print. */
export type HeadField = "project" | "department" | "unit" | "projectCode";

/**
 * An official layout as data: which columns in which order under which headings. A new template is a new plan,
 * never new code. Ids are those of the importers' templates.
 */
export interface LayoutPlan {
  readonly id: string;
  readonly title: string;
  readonly formNumber: string | null;
  /** Rows of the head: pairs of label and field. */
  readonly head: readonly (readonly (readonly [label: string, field: HeadField])[])[];
  readonly funds: {
    readonly side: string;
    readonly columns: readonly (readonly [key: FundColumn, heading: string])[];
    /** What an empty points or score cell of an unscored row shows. */
    readonly dash: string;
    readonly percentSign: boolean;
  };
  readonly goal: { readonly side: string; readonly expected: string; readonly achieved: string };
  /** Vertical label left of the indicators, or null. */
  readonly side: string | null;
  readonly columns: readonly PlannedColumn[];
  /** Points of a level 1 in its label: 产出指标（50分）. */
  readonly levelPoints: boolean;
  readonly total: string | null;
  readonly grade: "line" | "total" | null;
  /** Label of one explanation for the whole form, where the form has one instead of one a row. */
  readonly formDeviation: string | null;
  readonly foot: readonly string[];
}
