import {
  compare,
  type Decimal,
  decimal,
  type Fund,
  formatDecimal,
  gradeWord,
  multiply,
  parseDecimal,
  percentOf,
  place,
  ratio,
  trimDecimal,
  yuanPer,
} from "@jiheng/domain";
import { convertMoney, wholeFund } from "../money.ts";
import type { ReportForm } from "./report-input.ts";

/** What one form states, in the units of the report. Null where the form does not state it: never 0. */
export interface FormFigures {
  readonly index: number;
  readonly source: ReportForm;
  /** Project, else unit, else that the name is not filled. */
  readonly name: string;
  readonly department: string | null;
  readonly unit: string | null;
  /** Index of the row of the funds table that stands for the whole form; null where none does. */
  readonly fund: number | null;
  /** 万元. */
  readonly initialBudget: Decimal | null;
  readonly adjustedBudget: Decimal | null;
  readonly expenditure: Decimal | null;
  /** expenditure ÷ adjusted budget in percent to two places. */
  readonly rate: Decimal | null;
  readonly score: Decimal | null;
  readonly recomputedScore: Decimal | null;
  readonly grade: string | null;
  readonly recomputedGrade: string | null;
  /**
   * Why the money is not stated in 万元 for sure: no unit printed (taken as 万元), one that is not known, or amounts so far apart that
   * one of them must be in another unit (both left out: one such form would drown every sum).
   */
  readonly moneyDoubt: "no-unit" | "unknown-unit" | "mixed-units" | null;
}

/**
 * A body's name without the code before it, without white space and without the mark that its figures are summed (汇总); null
 * where it is blank.
 */
function bodyName(text: string | null): string | null {
  const bare =
    text
      ?.replace(/\s+/g, "")
      .replace(/^[\d\-—_.]+/, "")
      .replace(/[(（]汇总[)）]$/, "") ?? "";
  return bare === "" ? null : bare;
}

const REPORT_UNIT = "万元";

function moneyDoubtOf(unit: string | null): FormFigures["moneyDoubt"] {
  if (unit === null) return "no-unit";
  return yuanPer(unit) ? null : "unknown-unit";
}

/** Nobody spends a hundred times a budget. Ours. */
const SPENT_APART = decimal(100);
/** A small first budget may grow much in a year; a slip between 元 and 万元 is ten thousandfold. Ours. */
const GROWN_APART = decimal(5_000);

function isMixed({ initialBudget, adjustedBudget, expenditure }: Fund): boolean {
  const [initial, adjusted, spent] = [initialBudget, adjustedBudget, expenditure].map((text) =>
    parseDecimal(text),
  );
  const isApart = (
    of: Decimal | null | undefined,
    from: Decimal | null | undefined,
    times: Decimal,
  ): boolean => !!of && !!from && from.units > 0n && compare(of, multiply(from, times)) >= 0;
  return isApart(spent, adjusted, SPENT_APART) || isApart(adjusted, initial, GROWN_APART);
}

/** Whether a doubt about its unit keeps the money of a form out of every sum. */
export function isLeftOut(doubt: FormFigures["moneyDoubt"]): boolean {
  return doubt === "unknown-unit" || doubt === "mixed-units";
}

/** The figures of one form; `index` is its place in the input. */
export function figuresOfForm(source: ReportForm, index: number): FormFigures {
  const { form, entered } = source;
  const fund = wholeFund(form);
  const row: Fund | undefined = fund === null ? undefined : form.funds[fund];
  const unit = form.moneyUnit?.trim() || null;
  const doubt = row && isMixed(row) ? "mixed-units" : moneyDoubtOf(unit);
  const money = (text: string | null | undefined): Decimal | null => {
    const value = parseDecimal(text);
    return value && !isLeftOut(doubt) ? convertMoney(value, unit, REPORT_UNIT) : null;
  };
  const adjustedBudget = money(row?.adjustedBudget);
  const expenditure = money(row?.expenditure);
  const exact =
    adjustedBudget && expenditure && adjustedBudget.units > 0n ? ratio(expenditure, adjustedBudget) : null;
  return {
    index,
    source,
    name: form.project?.replace(/\s+/g, "") || bodyName(form.unit) || "（未填项目名称）",
    department: bodyName(form.department),
    unit: bodyName(form.unit),
    fund,
    initialBudget: money(row?.initialBudget),
    adjustedBudget,
    expenditure,
    rate: exact ? percentOf(exact, 2, "half-up") : null,
    score: parseDecimal(form.totalScore),
    recomputedScore: entered.totalScore,
    grade: form.grade?.replace(/\s+/g, "") || null,
    recomputedGrade: entered.grade,
    moneyDoubt: row ? doubt : null,
  };
}

/** Money of the report: exact, at least two places. */
export function moneyText(value: Decimal): string {
  return formatDecimal(trimDecimal(value), 2);
}

/** Scores and rates of the report: two places, more only where more were printed. */
export function twoPlaces(value: Decimal): string {
  return formatDecimal(trimDecimal(value), 2);
}

/** The cell of the form that a figure of the whole fund row comes from. */
export function fundPlace(
  figures: FormFigures,
  field: "initialBudget" | "adjustedBudget" | "expenditure" | "executionRate",
) {
  return figures.fund === null ? "funds" : place.fund(figures.fund, field);
}

/** Printed and recomputed total differ; false where one of them is missing. */
export function totalsDiffer({ score, recomputedScore }: FormFigures): boolean {
  return score !== null && recomputedScore !== null && compare(score, recomputedScore) !== 0;
}

/** Printed and recomputed grade differ; false where one of them is missing. */
export function gradesDiffer({ grade, recomputedGrade }: FormFigures): boolean {
  return grade !== null && recomputedGrade !== null && gradeWord(grade) !== gradeWord(recomputedGrade);
}
