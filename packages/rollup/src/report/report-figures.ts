import { GRADES, gradeWord } from "@jiheng/domain";
import { type AttainmentFigures, attainmentFigures } from "./attainment-figures.ts";
import {
  type ExecutionFigures,
  executionFigures,
  type MoneyFigures,
  moneyFigures,
  rateBandOf,
} from "./execution-figures.ts";
import { type FormFigures, figuresOfForm, fundPlace, totalsDiffer } from "./form-figures.ts";
import { type LossFigures, lossFigures } from "./loss-figures.ts";
import { cellOf, type FigureMaker, figureMaker } from "./make-figure.ts";
import { type MeasureFigures, measureFigures } from "./measure-quotes.ts";
import { type ProblemFigures, problemFigures } from "./problem-figures.ts";
import { figureBook, type ReportFigure } from "./report-figure.ts";
import type { ReportInput } from "./report-input.ts";
import { type ScoreFigures, scoreBandOf, scoreFigures } from "./score-figures.ts";
import { type YearComparison, yearComparison } from "./year-comparison.ts";

/** One form in the list of all projects; null where the form does not state it. */
export interface FormLine {
  readonly form: FormFigures;
  readonly name: ReportFigure;
  readonly body: ReportFigure | null;
  readonly initialBudget: ReportFigure | null;
  readonly adjustedBudget: ReportFigure | null;
  readonly expenditure: ReportFigure | null;
  readonly rate: ReportFigure | null;
  readonly score: ReportFigure | null;
  readonly recomputedScore: ReportFigure | null;
  readonly grade: ReportFigure | null;
  readonly recomputedGrade: ReportFigure | null;
  readonly must: ReportFigure;
  readonly should: ReportFigure;
}

/** One department (of several) or unit (of one department). */
export interface BodyGroup {
  readonly name: ReportFigure;
  readonly forms: ReportFigure;
  readonly money: MoneyFigures;
  readonly meanScore: ReportFigure | null;
  readonly grades: readonly { readonly grade: string; readonly forms: ReportFigure }[];
  readonly differing: ReportFigure;
  readonly must: ReportFigure;
  readonly members: readonly FormFigures[];
}

/** Everything a department's report states, as named figures with their sources. */
export interface ReportFigures {
  readonly book: ReadonlyMap<string, ReportFigure>;
  /** Null where no form prints a year. */
  readonly year: ReportFigure | null;
  /** The only department named, or where none is named the only unit; else null. */
  readonly department: ReportFigure | null;
  readonly forms: ReportFigure;
  readonly departments: ReportFigure;
  readonly units: ReportFigure;
  /** Given budget of the department and the share covered; null where it is not given. */
  readonly departmentBudget: ReportFigure | null;
  readonly coveredShare: ReportFigure | null;
  readonly scores: ScoreFigures;
  readonly execution: ExecutionFigures;
  readonly attainment: AttainmentFigures;
  readonly loss: LossFigures;
  readonly problems: ProblemFigures;
  readonly measures: MeasureFigures;
  readonly lastYear: YearComparison | null;
  /** By department, else by unit; empty where there is only one of either. */
  readonly groups: readonly BodyGroup[];
  readonly groupedBy: "department" | "unit" | null;
  readonly lines: readonly FormLine[];
  /** Forms that state both a rate and a score. */
  readonly scatterPoints: ReportFigure;
  /** Forms below the threshold of execution whose printed grade is the best. */
  readonly lowRateTopGrade: ReportFigure;
  /** Counts by band of rate (rows) and band of printed score (columns). */
  readonly rateByScore: readonly { readonly name: string; readonly forms: readonly ReportFigure[] }[];
}

const NO_NAME = "（未填名称）";

function lineOf(form: FormFigures, make: FigureMaker): FormLine {
  const id = `form[${form.index}]`;
  const number = (part: string, value: FormFigures["score"], how: string, at: string) =>
    value ? make.number(`${id}.${part}`, value, how, [cellOf(form, at)]) : null;
  const quote = (part: string, text: string | null, how: string, at: string) =>
    text ? make.quote(`${id}.${part}`, text, how, [cellOf(form, at)]) : null;
  const { findings } = form.source;
  const count = (force: "must" | "should", how: string) => {
    const list = findings.filter((finding) => finding.force === force);
    return make.count(
      `${id}.${force}`,
      list.length,
      how,
      list.map(({ at }) => cellOf(form, at[0] ?? "")),
    );
  };
  return {
    form,
    name: make.quote(`${id}.name`, form.name, "项目名称", [cellOf(form, "project")]),
    body: quote("body", form.unit ?? form.department, "实施单位", form.unit ? "unit" : "department"),
    initialBudget: number(
      "initialBudget",
      form.initialBudget,
      "年初预算数（万元）",
      fundPlace(form, "initialBudget"),
    ),
    adjustedBudget: number(
      "adjustedBudget",
      form.adjustedBudget,
      "全年预算数（万元）",
      fundPlace(form, "adjustedBudget"),
    ),
    expenditure: number(
      "expenditure",
      form.expenditure,
      "全年执行数（万元）",
      fundPlace(form, "expenditure"),
    ),
    rate: form.rate
      ? make.number(`${id}.executionRate`, form.rate, "全年执行数÷全年预算数（%）", [
          cellOf(form, fundPlace(form, "expenditure")),
          cellOf(form, fundPlace(form, "adjustedBudget")),
        ])
      : null,
    score: number("score", form.score, "表列总分", "totalScore"),
    recomputedScore: form.recomputedScore
      ? make.number(`${id}.recomputedScore`, form.recomputedScore, "各行得分加重算的预算执行得分", [
          cellOf(form, "indicators"),
          cellOf(form, fundPlace(form, "expenditure")),
        ])
      : null,
    grade: quote("grade", form.grade, "表列评分等级", "grade"),
    recomputedGrade: quote("recomputedGrade", form.recomputedGrade, "按重算总分的等级", "totalScore"),
    must: count("must", "必须更正的问题数"),
    should: count("should", "应当说明的问题数"),
  };
}

function groupsOf(forms: readonly FormFigures[], by: "department" | "unit", make: FigureMaker): BodyGroup[] {
  const names = [...new Set(forms.map((form) => form[by] ?? NO_NAME))];
  const byName = new Map(names.map((name): [string, FormFigures[]] => [name, []]));
  for (const form of forms) byName.get(form[by] ?? NO_NAME)?.push(form);
  return names.map((name, nth) => {
    const members = byName.get(name) ?? [];
    const id = `group[${nth}]`;
    const at = (part: string, list: readonly FormFigures[] = members) =>
      list.map((form) => cellOf(form, part));
    const scored = members.filter((form) => form.score !== null);
    const differing = members.filter(totalsDiffer);
    const bad = members.filter((form) => form.source.findings.some(({ force }) => force === "must"));
    return {
      name: make.quote(`${id}.name`, name, "部门（单位）名称", at(by, members.slice(0, 1))),
      forms: make.count(`${id}.forms`, members.length, "表数", at("project")),
      money: moneyFigures(`${id}.funds`, members, make),
      meanScore: make.mean(
        `${id}.meanScore`,
        scored.flatMap((form) => (form.score ? [form.score] : [])),
        "表列总分的算术平均",
        at("totalScore", scored),
      ),
      grades: GRADES.map((grade) => {
        const list = members.filter((form) => form.grade !== null && gradeWord(form.grade) === grade);
        return {
          grade,
          forms: make.count(
            `${id}.grade.${grade}`,
            list.length,
            `表列等级为${grade}的表数`,
            at("grade", list),
          ),
        };
      }),
      differing: make.count(
        `${id}.differing`,
        differing.length,
        "表列与重算总分不一致的表数",
        at("totalScore", differing),
      ),
      must: make.count(`${id}.must`, bad.length, "有必须更正问题的表数", at("project", bad)),
      members,
    };
  });
}

/**
 * The figures of a report. Pure and total: the same input gives the same figures under the same names; a blank is counted as 未填
 * and named, never taken for 0; sums are exact, rates are made from sums.
 */
export function reportFigures(input: ReportInput): ReportFigures {
  const book = figureBook();
  const make = figureMaker(book);
  const forms = input.forms.map((form, index) => figuresOfForm(form, index));
  const before = input.lastYear.map((form, index) => figuresOfForm(form, input.forms.length + index));
  const names = (by: "department" | "unit") => new Set(forms.flatMap((form) => form[by] ?? []));
  const [departments, units] = [names("department"), names("unit")];
  const all = (at: string) => forms.map((form) => cellOf(form, at));
  const dated = forms.find(({ source }) => source.form.year !== null);
  const [onlyDepartment] = departments;
  const [onlyUnit] = units;
  const groupedBy = departments.size > 1 ? "department" : units.size > 1 ? "unit" : null;
  const execution = executionFigures(forms, make);
  const covered = execution.adjustedBudget.total;
  const departmentBudget = input.departmentBudget
    ? make.number("department.budget", input.departmentBudget, "部门项目支出预算（万元）", [
        { basis: "由编报人提供" },
      ])
    : null;
  const scores = scoreFigures(forms, make);
  const both = forms.filter((form) => form.rate !== null && form.score !== null);
  const topInSpite = execution.belowForms.filter(
    (form) => form.grade !== null && gradeWord(form.grade) === "优",
  );
  return {
    year: dated
      ? make.quote("year", String(dated.source.form.year), "表上所印年度", [cellOf(dated, "year")])
      : null,
    department:
      departments.size === 1 && onlyDepartment !== undefined
        ? make.quote("department", onlyDepartment, "主管部门", all("department"))
        : departments.size === 0 && units.size === 1 && onlyUnit !== undefined
          ? make.quote("department", onlyUnit, "实施单位", all("unit"))
          : null,
    forms: make.count("forms", forms.length, "本年度自评表数", all("project")),
    departments: make.count("departments", departments.size, "表上所印主管部门数", all("department")),
    units: make.count("units", units.size, "表上所印实施单位数", all("unit")),
    departmentBudget,
    coveredShare:
      covered?.value && input.departmentBudget
        ? make.percent(
            "department.covered",
            covered.value,
            input.departmentBudget,
            "自评项目全年预算数合计÷部门项目支出预算（%）",
            covered.sources,
          )
        : null,
    scores,
    execution,
    attainment: attainmentFigures(forms, make),
    loss: lossFigures(forms, make),
    problems: problemFigures(forms, input.across, make),
    measures: measureFigures(forms, make),
    lastYear: yearComparison(forms, before, make),
    groups: groupedBy === null ? [] : groupsOf(forms, groupedBy, make),
    groupedBy,
    lines: forms.map((form) => lineOf(form, make)),
    scatterPoints: make.count(
      "scatter.points",
      both.length,
      "执行率和总分都有的表数",
      both.map((form) => cellOf(form, "totalScore")),
    ),
    lowRateTopGrade: make.count(
      "rates.below.top",
      topInSpite.length,
      "执行率低于界线而表列等级为优的表数",
      topInSpite.map((form) => cellOf(form, "grade")),
    ),
    rateByScore: execution.bands.map(({ name }, row) => ({
      name,
      forms: scores.bands.map((band, column) => {
        const within = both.filter(
          ({ rate, score }) => rate && score && rateBandOf(rate) === row && scoreBandOf(score) === column,
        );
        return make.count(
          `scatter.cell[${row}][${column}]`,
          within.length,
          `执行率在${name}、表列总分在${band.name}的表数`,
          within.map((form) => cellOf(form, "totalScore")),
        );
      }),
    })),
    book: book.figures,
  };
}
