import type { Theme, ThemeRow } from "./themes.ts";

/** Amounts of a year in hundredths of 万元, so that every column adds up. */
export interface CourseMoney {
  readonly initial: number;
  readonly budget: number;
  readonly spent: number;
}

/** A row that was counted; a missed one has its reason. `share`: of its points in percent, where the policy has no formula for the miss. */
export interface CountedCourse {
  readonly kind: "counted";
  readonly target: number;
  readonly actual: number;
  readonly reason: string | null;
  readonly share?: number;
}

/** A row whose target is words; without a name of its own it speaks of what the field has an effect on. */
export interface WordedCourse {
  readonly kind: "words";
  readonly name: string | null;
  readonly target: string;
  readonly actual: string;
  readonly reason: string | null;
  /** Of its points in percent. */
  readonly share: number;
}

/** What became of a row. */
export type RowCourse = CountedCourse | WordedCourse;

/** How the year of a project went: a varied specimen that is given one tells it, instead of a year in which nearly all is met. */
export interface Course {
  readonly money: CourseMoney;
  /** What the form says of its money: why the budget changed, why it was not spent. Whole sentences or none. */
  readonly moneyStory: string;
  /** What came of it, where that is not what the field usually achieves. No full stop. */
  readonly result: string | null;
  /** `index`: of the row in its field. */
  readonly row: (row: ThemeRow, index: number, theme: Theme) => RowCourse;
}
