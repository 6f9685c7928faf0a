import type { Force } from "@jiheng/domain";
import type { FormFigures } from "./form-figures.ts";
import { cellOf, type FigureMaker } from "./make-figure.ts";
import type { FigureSource, ReportFigure } from "./report-figure.ts";
import type { AcrossFinding, ReportFinding } from "./report-input.ts";

/** One example of a problem: the finding's own words, with the form they belong to. */
export interface ProblemExample {
  readonly form: FormFigures;
  readonly message: ReportFigure;
}

/** All findings of one rule over the forms of the report. */
export interface Problem {
  readonly code: string;
  readonly rule: string;
  readonly title: ReportFigure;
  readonly codeText: ReportFigure;
  readonly force: Force;
  readonly findings: ReportFigure;
  readonly forms: ReportFigure;
  readonly examples: readonly ProblemExample[];
  /** The rule's own remedy, of its first finding. */
  readonly remedy: ReportFigure;
}

/** All findings of one rule across forms: they belong to none of them alone. */
export type AcrossProblem = Pick<Problem, "title" | "codeText" | "force" | "findings" | "forms">;

/** What the review found, by rule: must before should before hint, then by the number of forms. */
export interface ProblemFigures {
  readonly must: ReportFigure;
  readonly should: ReportFigure;
  readonly hint: ReportFigure;
  readonly mustForms: ReportFigure;
  readonly cleanForms: ReportFigure;
  readonly problems: readonly Problem[];
  /** How many findings there are across forms; they are no part of the other counts. */
  readonly across: ReportFigure;
  readonly acrossProblems: readonly AcrossProblem[];
}

const EXAMPLES = 2;
const RANK: Readonly<Record<Force, number>> = { must: 0, should: 1, hint: 2 };

interface Found {
  readonly form: FormFigures;
  readonly finding: ReportFinding;
}

const sourceOf = ({ form, finding }: Found): FigureSource => cellOf(form, finding.at[0] ?? "");

/** Figures of the findings. Examples come from different forms where there are several. */
export function problemFigures(
  forms: readonly FormFigures[],
  across: readonly AcrossFinding[],
  make: FigureMaker,
): ProblemFigures {
  const all = forms.flatMap((form) => form.source.findings.map((finding): Found => ({ form, finding })));
  const byRule = new Map<string, Found[]>();
  for (const found of all) {
    const key = `${found.finding.force} ${found.finding.rule}`;
    const list = byRule.get(key);
    if (list) list.push(found);
    else byRule.set(key, [found]);
  }
  const formsOf = (list: readonly Found[]): number => new Set(list.map(({ form }) => form.index)).size;
  const of = (force: Force): Found[] => all.filter(({ finding }) => finding.force === force);
  const count = (id: string, force: Force, words: string) =>
    make.count(`problems.${id}`, of(force).length, `审核发现${words}的问题数`, of(force).map(sourceOf));
  const ordered = [...byRule.values()].sort((a, b) => {
    const [x, y] = [a[0]?.finding, b[0]?.finding];
    if (!x || !y) return 0;
    return (
      RANK[x.force] - RANK[y.force] ||
      formsOf(b) - formsOf(a) ||
      b.length - a.length ||
      (x.code < y.code ? -1 : x.code > y.code ? 1 : 0)
    );
  });
  const bad = new Set(of("must").map(({ form }) => form.index));
  const touched = new Set(
    all.filter(({ finding }) => finding.force !== "hint").map(({ form }) => form.index),
  );
  const clean = forms.filter((form) => !touched.has(form.index));
  const whole = (list: readonly FormFigures[]) => list.map((form) => cellOf(form, "project"));
  return {
    must: count("must", "must", "必须更正"),
    should: count("should", "should", "应当说明"),
    hint: count("hint", "hint", "可以改进"),
    mustForms: make.count(
      "problems.mustForms",
      bad.size,
      "有必须更正问题的表数",
      whole(forms.filter((form) => bad.has(form.index))),
    ),
    cleanForms: make.count(
      "problems.cleanForms",
      clean.length,
      "没有必须更正和应当说明问题的表数",
      whole(clean),
    ),
    across: make.count(
      "problems.across",
      across.length,
      "各表之间的问题数",
      across.flatMap(({ at }) => at),
    ),
    acrossProblems: acrossProblems(across, forms.length, make),
    problems: ordered.flatMap((list): Problem[] => {
      const [first] = list;
      if (!first) return [];
      const { rule, code, title, force, remedy } = first.finding;
      const id = `problem.${rule}.${force}`;
      const forms = new Set<number>();
      const words = new Set<string>();
      const examples = list.filter(({ form, finding }) => {
        const said = `${form.name} ${finding.message}`;
        if (forms.has(form.index) || words.has(said) || forms.size >= EXAMPLES) return false;
        forms.add(form.index);
        words.add(said);
        return true;
      });
      const sources = list.map(sourceOf);
      return [
        {
          code,
          rule,
          force,
          title: make.quote(`${id}.title`, title, "审核规则名称", [{ basis: code }]),
          codeText: make.quote(`${id}.code`, code, "审核规则编号", [{ basis: code }]),
          findings: make.count(`${id}.findings`, list.length, "该规则发现的问题数", sources),
          forms: make.count(`${id}.forms`, formsOf(list), "该规则发现问题的表数", sources),
          examples: examples.map((found, nth) => ({
            form: found.form,
            message: make.quote(`${id}.example[${nth}]`, found.finding.message, "审核发现原文", [
              sourceOf(found),
            ]),
          })),
          remedy: make.quote(`${id}.remedy`, remedy, "审核规则的处理意见", [sourceOf(first)]),
        },
      ];
    }),
  };
}

function acrossProblems(
  across: readonly AcrossFinding[],
  formsOfYear: number,
  make: FigureMaker,
): readonly AcrossProblem[] {
  const byRule = new Map<string, AcrossFinding[]>();
  for (const finding of across) {
    const key = `${RANK[finding.force]} ${finding.code}`;
    byRule.set(key, [...(byRule.get(key) ?? []), finding]);
  }
  return [...byRule]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .flatMap(([, list]): AcrossProblem[] => {
      const [first] = list;
      if (!first) return [];
      const { rule, code, title, force } = first;
      const id = `across.${rule}.${force}`;
      const cells = list.flatMap(({ at }) => at);
      // Last year's forms are compared with and not counted.
      const forms = new Set(
        cells.flatMap((cell) => ("form" in cell && cell.form < formsOfYear ? [cell.form] : [])),
      );
      return [
        {
          force,
          title: make.quote(`${id}.title`, title, "审核规则名称", [{ basis: code }]),
          codeText: make.quote(`${id}.code`, code, "审核规则编号", [{ basis: code }]),
          findings: make.count(`${id}.findings`, list.length, "该规则在各表之间发现的问题数", cells),
          forms: make.count(`${id}.forms`, forms.size, "该规则在各表之间涉及的本年度表数", cells),
        },
      ];
    });
}
