import type { Origin, Place, Trace } from "./origin.ts";
import type { Note } from "./reading.ts";

/** A figure as printed: a plain decimal string without thousands separators and percent sign; null where none is printed. */
export type Figure = string | null;

/** How an actual is held against its target. */
export type Comparison = "=" | "≥" | ">" | "≤" | "<";

/** Which official form it is, by its title and structure. */
export type FormKind =
  | "project-self-evaluation"
  | "department-self-evaluation"
  | "transfer-self-evaluation"
  | "regional-self-evaluation"
  | "target-declaration"
  | "monitoring"
  | "review"
  | "unknown";

/** Known sources of money. The list is open: the printed label decides, an unknown one is `"unnamed"`. */
export type FundSource =
  | "total"
  | "current-appropriation"
  | "carry-over"
  | "other"
  | "central"
  | "province"
  | "city"
  | "county"
  | "superior"
  | "local"
  | "special-account"
  | "unit"
  | "government-fund"
  | "basic-expenditure"
  | "project-expenditure"
  | "unnamed"
  | (string & {});

/** One row of the funds table. Money is in the form's `moneyUnit`; rates are in percent. */
export interface Fund {
  readonly source: FundSource;
  readonly label: string;
  readonly initialBudget: Figure;
  readonly adjustedBudget: Figure;
  readonly expenditure: Figure;
  readonly points: Figure;
  readonly executionRate: Figure;
  readonly score: Figure;
  readonly deviation: string | null;
}

/** A typed target or actual: the printed text and, where it is one, comparison, number and unit. */
export interface Measure {
  readonly text: string | null;
  readonly comparison: Comparison | null;
  readonly value: Figure;
  readonly unit: string | null;
}

/** A goal of the year in words, and what was reached; some forms print several, with points. */
export interface Goal {
  readonly name: string | null;
  readonly expected: string | null;
  readonly adjusted: string | null;
  readonly achieved: string | null;
  readonly points: Figure;
  readonly score: Figure;
}

/** One row of the table of indicators. */
export interface Indicator {
  readonly id: string;
  /** id of the row this one is a sub-row (其中) of. */
  readonly parent: string | null;
  /** Index into `goals`. */
  readonly goal: number;
  readonly core: boolean | null;
  readonly level1: string | null;
  readonly level2: string | null;
  /** Points printed for the whole level-1 or level-2 group in its label cell: 产出指标（50分）. */
  readonly groupPoints: Figure;
  readonly name: string | null;
  readonly target: Measure;
  readonly initialTarget: Measure | null;
  readonly actual: Measure;
  readonly points: Figure;
  readonly score: Figure;
  readonly coefficient: Figure;
  readonly reviewScore: Figure;
  readonly criteria: string | null;
  readonly evidence: string | null;
  readonly deviation: string | null;
}

/** Whatever else a form prints: contacts, tick boxes, conclusions, problems, measures, remarks. */
export interface Field {
  readonly label: string;
  readonly text: string | null;
}

/** One form in the shape of the interchange format. Every key is present; null or an empty list where nothing is printed. */
export interface Form {
  readonly id: string;
  readonly kind: FormKind;
  readonly template: string;
  readonly title: string | null;
  readonly formNumber: string | null;
  readonly year: number | null;
  readonly project: string | null;
  readonly projectCode: string | null;
  readonly department: string | null;
  readonly departmentCode: string | null;
  readonly unit: string | null;
  readonly unitCode: string | null;
  readonly jurisdiction: string | null;
  readonly moneyUnit: string | null;
  readonly funds: readonly Fund[];
  readonly goal: { readonly expected: string | null; readonly achieved: string | null };
  readonly goals: readonly Goal[];
  readonly indicators: readonly Indicator[];
  readonly totalPoints: Figure;
  readonly totalScore: Figure;
  readonly grade: string | null;
  readonly deviation: string | null;
  readonly fields: readonly Field[];
  readonly notes: readonly Note[];
  /** Place in the form → raw text and place in the file. */
  readonly origins: Readonly<Record<Place, Trace>>;
}

/** One file as read: its forms in order, and notes that concern the file itself. */
export interface Document {
  readonly file: string;
  readonly sha256: string;
  readonly notes: readonly Note[];
  readonly forms: readonly Form[];
}

/** A cell that holds nothing. */
export const NO_MEASURE: Measure = { text: null, comparison: null, value: null, unit: null };

/** Places of the form's cells that rules and writers speak of, built in one spelling only. */
export const place = {
  fund: (index: number, field?: keyof Fund): Place =>
    field ? `funds[${index}].${field}` : `funds[${index}]`,
  indicator: (index: number, field?: keyof Indicator): Place =>
    field ? `indicators[${index}].${field}` : `indicators[${index}]`,
  goal: (index: number, field: "expected" | "achieved"): Place =>
    index === 0 ? `goal.${field}` : `goals[${index}].${field}`,
};

/** The cell of the user's file behind a place: the place itself, or for a whole row its first traced cell. */
export function originOf(form: Form, at: Place): Origin | null {
  const exact = form.origins[at];
  if (exact) return exact.at;
  for (const suffix of [".name", ".label", ".target", ".actual", ".expected"]) {
    const trace = form.origins[at + suffix];
    if (trace) return trace.at;
  }
  return null;
}
