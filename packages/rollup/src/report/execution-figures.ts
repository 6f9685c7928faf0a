import { compare, type Decimal, decimal, sum } from "@jiheng/domain";
import { type FormFigures, fundPlace } from "./form-figures.ts";
import { cellOf, type FigureMaker, type Stated } from "./make-figure.ts";
import type { ReportFigure } from "./report-figure.ts";

/** Money and rate of a set of forms. */
export interface MoneyFigures {
  readonly initialBudget: Stated;
  readonly adjustedBudget: Stated;
  readonly expenditure: Stated;
  /** Sum of expenditure ÷ sum of adjusted budgets of the forms that state both; never a mean of rates. */
  readonly rate: ReportFigure | null;
  readonly rateForms: ReportFigure;
}

/** Execution of the budget. */
export interface ExecutionFigures extends MoneyFigures {
  readonly bands: readonly { readonly name: string; readonly forms: ReportFigure }[];
  /** The rate, in percent, below which forms are listed. */
  readonly threshold: ReportFigure;
  readonly below: ReportFigure;
  /** Lowest rate first. */
  readonly belowForms: readonly FormFigures[];
  readonly withoutRate: ReportFigure;
  readonly withoutRateForms: readonly FormFigures[];
  /** Forms that spent more than their adjusted budget. */
  readonly over: ReportFigure;
  readonly overForms: readonly FormFigures[];
  /** Forms that print no unit of money and are taken as 万元; forms whose unit is not known and are left out. */
  readonly noUnit: ReportFigure;
  readonly unknownUnit: ReportFigure;
  /** Forms whose amounts lie so far apart that one must be in another unit; none of them is counted. */
  readonly mixedUnits: ReportFigure;
  /** Their names, one after the other. */
  readonly mixedNames: ReportFigure;
}

/** Provincial systems ask for a reason below 90 %; the same figure is used to list projects. */
const THRESHOLD = decimal(90);
const BANDS: readonly { readonly name: string; readonly from: Decimal | null }[] = [
  { name: "100%及以上", from: decimal(100) },
  { name: "90%～100%", from: decimal(90) },
  { name: "80%～90%", from: decimal(80) },
  { name: "60%～80%", from: decimal(60) },
  { name: "60%以下", from: null },
];

/** Which band a rate lies in. */
export function rateBandOf(rate: Decimal): number {
  return BANDS.findIndex(({ from }) => from === null || compare(rate, from) >= 0);
}

/** Whether a form states budget and expenditure, so that it can be part of a rate. */
function hasRate(form: FormFigures): boolean {
  return form.rate !== null;
}

/** Money of a set of forms; `id` begins the names of its figures. */
export function moneyFigures(id: string, forms: readonly FormFigures[], make: FigureMaker): MoneyFigures {
  const rated = forms.filter(hasRate);
  const sources = rated.flatMap((form) => [
    cellOf(form, fundPlace(form, "expenditure")),
    cellOf(form, fundPlace(form, "adjustedBudget")),
  ]);
  return {
    initialBudget: make.money(`${id}.initialBudget`, "年初预算数", forms, "initialBudget"),
    adjustedBudget: make.money(`${id}.adjustedBudget`, "全年预算数", forms, "adjustedBudget"),
    expenditure: make.money(`${id}.expenditure`, "全年执行数", forms, "expenditure"),
    rate: make.percent(
      `${id}.executionRate`,
      sum(rated.flatMap((form) => (form.expenditure ? [form.expenditure] : []))),
      sum(rated.flatMap((form) => (form.adjustedBudget ? [form.adjustedBudget] : []))),
      "全年执行数合计÷全年预算数合计（两项均已填的表）",
      sources,
    ),
    rateForms: make.count(`${id}.rated`, rated.length, "能计算预算执行率的表数", sources),
  };
}

/** Figures of execution over all forms. */
export function executionFigures(forms: readonly FormFigures[], make: FigureMaker): ExecutionFigures {
  const at = (list: readonly FormFigures[]) =>
    list.map((form) => cellOf(form, fundPlace(form, "expenditure")));
  const rated = forms.filter(hasRate);
  const below = rated
    .filter((form) => form.rate && compare(form.rate, THRESHOLD) < 0)
    .sort((a, b) => compare(a.rate as Decimal, b.rate as Decimal) || a.index - b.index);
  const without = forms.filter((form) => !hasRate(form));
  const over = rated.filter(
    (form) => compare(form.expenditure as Decimal, form.adjustedBudget as Decimal) > 0,
  );
  const noUnit = forms.filter((form) => form.moneyDoubt === "no-unit");
  const mixed = forms.filter((form) => form.moneyDoubt === "mixed-units");
  const unknown = forms.filter((form) => form.moneyDoubt === "unknown-unit");
  return {
    ...moneyFigures("funds", forms, make),
    bands: BANDS.map(({ name }, index) => {
      const within = rated.filter((form) => form.rate && rateBandOf(form.rate) === index);
      return {
        name,
        forms: make.count(`rates.band[${index}]`, within.length, `预算执行率在${name}的表数`, at(within)),
      };
    }),
    threshold: make.book.put({
      id: "rates.threshold",
      text: "90",
      value: THRESHOLD,
      how: "列示执行率偏低项目的界线（%）",
      sources: [{ basis: "列示参数：各地自评表式要求说明原因的常见界线" }],
    }),
    below: make.count("rates.below", below.length, "预算执行率低于界线的表数", at(below)),
    belowForms: below,
    withoutRate: make.count("rates.none", without.length, "不能计算预算执行率的表数", at(without)),
    withoutRateForms: without,
    over: make.count("rates.over", over.length, "全年执行数大于全年预算数的表数", at(over)),
    overForms: over,
    noUnit: make.count(
      "funds.noUnit",
      noUnit.length,
      "未印金额单位、按万元计入的表数",
      noUnit.map((form) => cellOf(form, "moneyUnit")),
    ),
    unknownUnit: make.count(
      "funds.unknownUnit",
      unknown.length,
      "金额单位不能识别、金额未计入的表数",
      unknown.map((form) => cellOf(form, "moneyUnit")),
    ),
    mixedUnits: make.count("funds.mixedUnits", mixed.length, "疑似混用金额单位、金额未计入的表数", at(mixed)),
    mixedNames: make.quote(
      "funds.mixedUnits.names",
      mixed.map(({ name }) => `“${name}”`).join("、"),
      "疑似混用金额单位的项目",
      mixed.map((form) => cellOf(form, "project")),
    ),
  };
}
