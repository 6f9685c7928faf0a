import { type MoneyFigures, type ReportFigures, type ReportForm, reportFigures } from "@jiheng/rollup";
import type { SiteEntry } from "./entry.ts";

/** The figures of a set of forms, as the department's report computes them; findings are no part of what is published. */
export function figuresOf(entries: readonly SiteEntry[]): ReportFigures {
  const forms = entries.map(
    ({ form, policy, entered }): ReportForm => ({ form, policy, entered, findings: [] }),
  );
  return reportFigures({ forms, lastYear: [], across: [], departmentBudget: null });
}

/** A sum in 万元 with how many forms do not state it: "123.40（2张未填）"; null where none states it. */
export function sumWords({ total, blankForms }: MoneyFigures["expenditure"]): string | null {
  if (!total) return null;
  return `${total.text}${blankForms.length > 0 ? `（${blankForms.length}张未填）` : ""}`;
}
