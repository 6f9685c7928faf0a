import type { Decimal, Force, Form, Place } from "@jiheng/domain";
import type { EnteredTotal, PolicyPack } from "@jiheng/scoring";
import type { FigureSource } from "./report-figure.ts";

/** A finding of the review of one form, as the report counts and quotes it. */
export interface ReportFinding {
  readonly rule: string;
  readonly code: string;
  /** Chinese title of the rule. */
  readonly title: string;
  readonly force: Force;
  readonly at: readonly Place[];
  readonly message: string;
  readonly remedy: string;
}

/** A finding across forms: it concerns every form it names a cell of, and counts once. */
export interface AcrossFinding extends Omit<ReportFinding, "at" | "remedy"> {
  /** Cells of the forms of the report, counted as its sources are. */
  readonly at: readonly FigureSource[];
}

/** A form with what was made of it; `entered` is the recomputation from the marks it enters. */
export interface ReportForm {
  readonly form: Form;
  readonly policy: PolicyPack;
  readonly entered: EnteredTotal;
  readonly findings: readonly ReportFinding[];
}

/** What a report is made from. The first forms are those of the report's year; the others are last year's. */
export interface ReportInput {
  readonly forms: readonly ReportForm[];
  readonly lastYear: readonly ReportForm[];
  /** What the review found across the forms. */
  readonly across: readonly AcrossFinding[];
  /** The department's whole project budget in 万元, where the caller knows it: only then a share is stated. */
  readonly departmentBudget: Decimal | null;
}

/** Forms that are no self-evaluations: they have no score to report. */
const NOT_EVALUATED = new Set(["target-declaration", "monitoring", "review"]);

/**
 * Splits forms into those of the newest year, those of the year before, and those that belong to neither (an older year, another kind).
 * A form without a year counts to the newest.
 */
export function splitByYear(forms: readonly ReportForm[]): {
  readonly year: number | null;
  readonly forms: readonly ReportForm[];
  readonly lastYear: readonly ReportForm[];
  readonly leftOut: readonly { readonly form: ReportForm; readonly why: string }[];
} {
  const evaluated = forms.filter(({ form }) => !NOT_EVALUATED.has(form.kind));
  const years = evaluated.flatMap(({ form }) => (form.year === null ? [] : [form.year]));
  const year = years.length === 0 ? null : years.reduce((a, b) => Math.max(a, b));
  const leftOut: { form: ReportForm; why: string }[] = [];
  const now: ReportForm[] = [];
  const before: ReportForm[] = [];
  for (const each of forms) {
    if (NOT_EVALUATED.has(each.form.kind)) leftOut.push({ form: each, why: "不是绩效自评表" });
    else if (each.form.year === null || each.form.year === year) now.push(each);
    else if (year !== null && each.form.year === year - 1) before.push(each);
    else leftOut.push({ form: each, why: "不是本年度或上年度的表" });
  }
  return { year, forms: now, lastYear: before, leftOut };
}
