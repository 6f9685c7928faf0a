import { add, compare, type Decimal, parseDecimal, place, subtract, sum } from "@jiheng/domain";
import { markedRows } from "@jiheng/scoring";
import { level1Key } from "../lexicon/levels.ts";
import type { FormFigures } from "./form-figures.ts";
import { cellOf, type FigureMaker } from "./make-figure.ts";
import type { FigureSource, ReportFigure } from "./report-figure.ts";

/** Points lost in one level-1 group, or in the execution of the budget. */
export interface LossGroup {
  readonly name: ReportFigure;
  readonly points: ReportFigure;
  readonly lost: ReportFigure;
  readonly rows: ReportFigure;
  /** Share of all lost points, in percent; null where none were lost. */
  readonly share: ReportFigure | null;
}

/** A row that lost points, quoted. */
export interface LossRow {
  readonly form: FormFigures;
  readonly name: ReportFigure;
  readonly points: ReportFigure;
  readonly score: ReportFigure;
  readonly lost: ReportFigure;
}

/** Where points were lost, from printed points and scores. */
export interface LossFigures {
  readonly total: ReportFigure;
  readonly rows: ReportFigure;
  /** Rows that print both points and score. */
  readonly marked: ReportFigure;
  readonly groups: readonly LossGroup[];
  readonly top: readonly LossRow[];
  /** Rows with points and without a score. */
  readonly unscored: ReportFigure;
}

const TOP = 10;
const EXECUTION = "预算执行";
const NO_LEVEL = "（未填一级指标）";

interface Mark {
  readonly form: FormFigures;
  readonly level: string;
  readonly name: string;
  readonly at: string;
  readonly points: Decimal;
  readonly score: Decimal | null;
}

function marksOf(form: FormFigures): Mark[] {
  const { funds, indicators } = form.source.form;
  const { counted } = markedRows(form.source.form);
  const marks: Mark[] = [];
  const total = funds.findIndex((fund) => fund.source === "total" && parseDecimal(fund.points) !== null);
  for (const [index, fund] of funds.entries()) {
    const points = parseDecimal(fund.points);
    if (!points || (total >= 0 && index !== total)) continue;
    marks.push({
      form,
      level: EXECUTION,
      name: EXECUTION,
      at: place.fund(index),
      points,
      score: parseDecimal(fund.score),
    });
  }
  for (const [index, row] of indicators.entries()) {
    const points = parseDecimal(row.points);
    if (!points || !counted.has(index)) continue;
    const level = level1Key(row.level1, row.level2) || NO_LEVEL;
    marks.push({
      form,
      level,
      name: row.name?.replace(/\s+/g, "") || "（未填）",
      at: place.indicator(index),
      points,
      score: parseDecimal(row.score),
    });
  }
  return marks;
}

const lostOf = ({ points, score }: Mark): Decimal | null => (score ? subtract(points, score) : null);

/** Figures of lost points; a row scored above its points lost nothing and is left to the review. */
export function lossFigures(forms: readonly FormFigures[], make: FigureMaker): LossFigures {
  const marks = forms.flatMap(marksOf);
  const losing = marks.filter((mark) => (lostOf(mark)?.units ?? 0n) > 0n);
  const at = (list: readonly Mark[], part: "points" | "score"): FigureSource[] =>
    list.map((mark) => cellOf(mark.form, `${mark.at}.${part}`));
  const lostSum = (list: readonly Mark[]): Decimal => sum(list.flatMap((mark) => lostOf(mark) ?? []));
  const all = lostSum(losing);
  const levels = [...new Set(marks.map(({ level }) => level))];
  const order = (level: string): number => (level === EXECUTION ? -1 : levels.indexOf(level));
  const groups = levels.sort((a, b) => order(a) - order(b));
  const top = [...losing]
    .sort((a, b) => compare(lostOf(b) as Decimal, lostOf(a) as Decimal) || a.form.index - b.form.index)
    .slice(0, TOP);
  const unscored = marks.filter((mark) => mark.score === null);
  return {
    total: make.number("loss.total", all, "各行分值减得分之和", at(losing, "score")),
    rows: make.count("loss.rows", losing.length, "得分低于分值的行数", at(losing, "score")),
    marked: make.count(
      "loss.marked",
      marks.length - unscored.length,
      "同时填有分值和得分的行数",
      at(
        marks.filter((mark) => mark.score !== null),
        "score",
      ),
    ),
    groups: groups.map((level, nth) => {
      const within = marks.filter((mark) => mark.level === level);
      const lost = losing.filter((mark) => mark.level === level);
      const id = `loss.group[${nth}]`;
      const value = lostSum(lost);
      return {
        name: make.quote(`${id}.name`, level, "一级指标名称，预算执行另列", at(within.slice(0, 1), "points")),
        points: make.number(
          `${id}.points`,
          within.reduce((total, mark) => add(total, mark.points), sum([])),
          `${level}的分值合计`,
          at(within, "points"),
        ),
        lost: make.number(`${id}.lost`, value, `${level}的失分合计`, at(lost, "score")),
        rows: make.count(`${id}.rows`, lost.length, `${level}失分的行数`, at(lost, "score")),
        share: make.percent(
          `${id}.share`,
          value,
          all,
          `${level}失分占全部失分的比重（%）`,
          at(lost, "score"),
        ),
      };
    }),
    top: top.map((mark, nth) => {
      const id = `loss.top[${nth}]`;
      const source = (part: string) => [cellOf(mark.form, `${mark.at}.${part}`)];
      return {
        form: mark.form,
        name: make.quote(`${id}.name`, mark.name, "指标名称", source("name")),
        points: make.number(`${id}.points`, mark.points, "分值", source("points")),
        score: make.number(`${id}.score`, mark.score as Decimal, "得分", source("score")),
        lost: make.number(`${id}.lost`, lostOf(mark) as Decimal, "分值－得分", [
          ...source("points"),
          ...source("score"),
        ]),
      };
    }),
    unscored: make.count("loss.unscored", unscored.length, "有分值而未填得分的行数", at(unscored, "score")),
  };
}
