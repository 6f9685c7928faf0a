import type { Review, Rule } from "@jiheng/audit";
import type { Decimal } from "@jiheng/domain";
import { type AcrossFinding, type ReportForm, reportFigures, splitByYear } from "@jiheng/rollup";
import { composeReport, type Report, type ReportCircumstances } from "./compose-report.ts";

/** What a report is made from: the review of all forms (its dossiers hold the forms), the catalogue that gives rules their titles. */
export interface DepartmentReportSource {
  readonly review: Review;
  readonly rules: readonly Rule[];
  /** The department's name for the title, where the caller gives one; else the one all forms print. */
  readonly name: string | null;
  readonly versions: readonly string[];
  readonly unread: ReportCircumstances["unread"];
  readonly unapproved?: ReportCircumstances["unapproved"];
  /** The department's whole project budget in 万元, where it is known. */
  readonly departmentBudget: Decimal | null;
}

/** The report of a department (or of several) from the review of its forms; forms of the year before give the comparison. */
export function departmentReport(source: DepartmentReportSource): Report {
  const titles = new Map(source.rules.map(({ id, title }) => [id, title]));
  const forms = source.review.forms.map(
    ({ dossier, findings }): ReportForm => ({
      form: dossier.form,
      policy: dossier.policy,
      entered: dossier.entered,
      findings: findings.map(({ rule, code, force, at, message, remedy }) => ({
        rule,
        code,
        force,
        at,
        message,
        remedy,
        title: titles.get(rule) ?? code,
      })),
    }),
  );
  const split = splitByYear(forms);
  const order = [...split.forms, ...split.lastYear].map((form) => forms.indexOf(form));
  const place = new Map(order.map((form, index) => [form, index]));
  const across = source.review.batch.findings.flatMap(
    ({ rule, code, force, at, message }): AcrossFinding[] => {
      const cells = at.flatMap(({ form, at: cell }) => {
        const index = place.get(form);
        return index === undefined ? [] : [{ form: index, at: cell }];
      });
      // What concerns only forms that are not reported on, or only last year's, is no matter of this report.
      const isOfTheYear = cells.some(({ form }) => form < split.forms.length);
      return isOfTheYear ? [{ rule, code, force, at: cells, message, title: titles.get(rule) ?? code }] : [];
    },
  );
  const figures = reportFigures({
    forms: split.forms,
    lastYear: split.lastYear,
    across,
    departmentBudget: source.departmentBudget,
  });
  return composeReport(figures, {
    name: source.name,
    versions: source.versions,
    unread: source.unread,
    unapproved: source.unapproved ?? null,
    order,
    leftOut: split.leftOut.map(({ form, why }) => ({
      name: form.form.project ?? form.form.title ?? "（未填项目名称）",
      why,
    })),
  });
}
