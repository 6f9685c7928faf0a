import { compare, type Decimal, subtract } from "@jiheng/domain";
import { type MoneyFigures, moneyFigures } from "./execution-figures.ts";
import type { FormFigures } from "./form-figures.ts";
import { cellOf, type FigureMaker } from "./make-figure.ts";
import type { ReportFigure } from "./report-figure.ts";

/** One project in both years. */
export interface ProjectPair {
  readonly now: FormFigures;
  readonly before: FormFigures;
}

/** This year beside the last: all forms, and the projects found in both. */
export interface YearComparison {
  readonly year: ReportFigure;
  readonly forms: ReportFigure;
  readonly money: MoneyFigures;
  readonly meanScore: ReportFigure | null;
  readonly matched: ReportFigure;
  readonly added: ReportFigure;
  readonly ended: ReportFigure;
  readonly better: ReportFigure;
  readonly worse: ReportFigure;
  readonly pairs: readonly ProjectPair[];
}

function keysOf({ source, name, unit, department }: FormFigures): string[] {
  const code = source.form.projectCode?.replace(/\s+/g, "");
  // The year in a project's name changes every year; the project does not.
  const bare = name.replace(/(?:19|20)\d\d年度?/g, "").replace(/[()（）\-—_"“”]/g, "");
  const named = source.form.project ? [`${unit ?? department ?? ""}|${bare}`] : [];
  return code ? [`code ${code}`, ...named] : named;
}

/** Projects of both years, by code, else by name within the unit; a name that stands twice in one year matches nothing. */
function pairsOf(now: readonly FormFigures[], before: readonly FormFigures[]): ProjectPair[] {
  const index = (forms: readonly FormFigures[]): Map<string, FormFigures | null> => {
    const found = new Map<string, FormFigures | null>();
    for (const form of forms) for (const key of keysOf(form)) found.set(key, found.has(key) ? null : form);
    return found;
  };
  const [here, there] = [index(now), index(before)];
  const used = new Set<FormFigures>();
  return now.flatMap((form) => {
    for (const key of keysOf(form)) {
      const other = there.get(key);
      if (!other || here.get(key) !== form || used.has(other)) continue;
      used.add(other);
      return [{ now: form, before: other }];
    }
    return [];
  });
}

/** Figures of the comparison with the year before; `before` continues the numbering of the input. */
export function yearComparison(
  now: readonly FormFigures[],
  before: readonly FormFigures[],
  make: FigureMaker,
): YearComparison | null {
  const [first] = before;
  if (!first) return null;
  const pairs = pairsOf(now, before);
  const here = new Set(pairs.map((pair) => pair.now));
  const there = new Set(pairs.map((pair) => pair.before));
  const change = ({ now: a, before: b }: ProjectPair): number =>
    a.score && b.score ? compare(subtract(a.score, b.score), { units: 0n, scale: 0 }) : 0;
  const names = (list: readonly FormFigures[]) => list.map((form) => cellOf(form, "project"));
  const totals = (list: readonly ProjectPair[]) =>
    list.flatMap((pair) => [cellOf(pair.now, "totalScore"), cellOf(pair.before, "totalScore")]);
  const better = pairs.filter((pair) => change(pair) > 0);
  const worse = pairs.filter((pair) => change(pair) < 0);
  const scores = before.flatMap((form): Decimal[] => (form.score ? [form.score] : []));
  return {
    year: make.quote("lastYear.year", String(first.source.form.year), "上年度表上所印年度", [
      cellOf(first, "year"),
    ]),
    forms: make.count("lastYear.forms", before.length, "上年度的表数", names(before)),
    money: moneyFigures("lastYear.funds", before, make),
    meanScore: make.mean(
      "lastYear.scores.mean",
      scores,
      "上年度表列总分的算术平均",
      before.filter((form) => form.score).map((form) => cellOf(form, "totalScore")),
    ),
    matched: make.count("lastYear.matched", pairs.length, "两个年度都有的项目数", names([...here])),
    added: make.count(
      "lastYear.added",
      now.length - pairs.length,
      "上年度没有找到的项目数",
      names(now.filter((form) => !here.has(form))),
    ),
    ended: make.count(
      "lastYear.ended",
      before.length - pairs.length,
      "本年度没有找到的项目数",
      names(before.filter((form) => !there.has(form))),
    ),
    better: make.count("lastYear.better", better.length, "总分高于上年度的项目数", totals(better)),
    worse: make.count("lastYear.worse", worse.length, "总分低于上年度的项目数", totals(worse)),
    pairs,
  };
}
