import type { FormKind, Fund } from "@jiheng/domain";
import type { Orientation } from "../model.ts";

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
  | "initialValue"
  | "actual"
  | "points"
  | "score"
  | "coefficient"
  | "core"
  | "reviewScore"
  | "criteria"
  | "evidence"
  | "deviation";

/** A column of the table of indicators as the form prints it; `width` in characters of the body text. */
export interface PlannedColumn {
  /** `field`: the column has no key of its own; its cells are fields of the form, named by heading and row. */
  readonly key: IndicatorColumn | "field";
  readonly heading: string;
  readonly width: number;
  /** Heading above this one and its neighbours of the same group, where the form has a heading of two rows. */
  readonly group?: string;
  /** Labels of this column stand with their characters one below the other. */
  readonly vertical?: boolean;
}

/** What a column of the funds table shows. */
export type FundColumn = Exclude<keyof Fund, "source" | "label"> | "field";

/** A column of the funds table; `width` in characters. */
export interface PlannedFundColumn {
  readonly key: FundColumn;
  readonly heading: string;
  readonly width: number;
}

/** The head values a form may print. */
export type HeadField = "project" | "department" | "unit" | "projectCode";

/** A label of the head with its value: a key of the form, or the text of the field of that label. */
export interface HeadPair {
  readonly label: string;
  readonly value: HeadField | "field";
}

/** Money as a table with headings, or as pairs of label and amount (资金总额： | 120.00), as declarations print it. */
export type FundsPlan =
  | {
      readonly kind: "table";
      readonly side: string;
      readonly columns: readonly PlannedFundColumn[];
      /** What an empty points or score cell of an unscored row shows. */
      readonly dash: string;
      readonly percentSign: boolean;
      /** Points of the execution in the words of the side label (预算执行情况（20分）) instead of a column. */
      readonly pointsInSide: boolean;
      /** Parts of the total in words, a column of fields each under its title (按收入性质分：, 按支出性质分：). */
      readonly parts?: readonly { readonly title: string; readonly labels: readonly string[] }[];
    }
  | {
      readonly kind: "pairs";
      readonly side: string;
      /** Label of the amount of the whole period, which stands left of that of the year. */
      readonly period: string;
      /** Whether every source has an amount of the period left of it, or two sources stand side by side. */
      readonly periodBySource: boolean;
    };

/** The goals: side by side under headings, or each in a row beside its label. */
export type GoalPlan =
  | {
      readonly kind: "table";
      readonly side: string;
      readonly expected: string;
      readonly achieved: string | null;
      /** Heading of the goal as changed in the year, where the form has a column for it. */
      readonly adjusted: string | null;
      /** Heading of the goal of the whole period, where the form has one beside that of the year. */
      readonly midTerm: string | null;
    }
  | { readonly kind: "rows"; readonly expected: string; readonly midTerm: string | null };

/** A block of rows that ask for words: label, and one text a heading (资金管理情况 | 情况说明 | 存在问题和改进措施). */
export interface StatementPlan {
  readonly side: string;
  readonly headings: readonly string[];
  readonly rows: readonly string[];
}

/**
 * An official layout as data: which columns in which order under which headings. A new template is a new plan,
 * never new code. Ids are those of the importers' templates.
 */
export interface LayoutPlan {
  readonly id: string;
  readonly kind: FormKind;
  readonly title: string;
  readonly formNumber: string | null;
  readonly orientation: Orientation;
  /** Rows of the head. */
  readonly head: readonly (readonly HeadPair[])[];
  /** Labels of fields that stand in rows of their own under the head, where the form has them. */
  readonly headFields: readonly string[];
  readonly funds: FundsPlan | null;
  readonly statements: StatementPlan | null;
  readonly goal: GoalPlan | null;
  /** Label left of the indicators, or null. */
  readonly side: string | null;
  readonly columns: readonly PlannedColumn[];
  /** Points of a level 1 in its label: 产出指标（50分）. */
  readonly levelPoints: boolean;
  readonly total: string | null;
  /** `line`: a row of its own, also where it is blank; `line-if-any`: only where there is one; `total`: at the end of the total. */
  readonly grade: "line" | "line-if-any" | "total" | null;
  /** Label of one explanation for the whole form, where the form has one instead of one a row. */
  readonly formDeviation: string | null;
  /** Labels of rows of words at the foot, printed also where they are blank. */
  readonly fieldRows: readonly string[];
  /** Labels of the line of signatures under the table, printed also where they are blank. */
  readonly signatures: readonly string[];
}

/** A column of the funds; 6.2 is the width of most of them. */
export function money(key: PlannedFundColumn["key"], heading: string, width = 6.2): PlannedFundColumn {
  return { key, heading, width };
}
