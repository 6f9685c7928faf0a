import { compare, type Decimal, decimal, GRADES, gradeWord } from "@jiheng/domain";
import { type FormFigures, gradesDiffer, totalsDiffer } from "./form-figures.ts";
import { cellOf, type FigureMaker } from "./make-figure.ts";
import type { ReportFigure } from "./report-figure.ts";

/** One band of scores with how many forms lie in it, as printed and as recomputed. */
export interface ScoreBand {
  /** As the axis and the table print it. */
  readonly name: string;
  /** The same, to be quoted in a sentence. */
  readonly label: ReportFigure;
  readonly printed: ReportFigure;
  readonly recomputed: ReportFigure;
}

/** One grade with its counts. */
export interface GradeCount {
  readonly name: ReportFigure;
  readonly printed: ReportFigure;
  readonly recomputed: ReportFigure;
}

/** Distribution of scores and grades as printed and as recomputed from the marks the forms enter. */
export interface ScoreFigures {
  readonly printed: ReportFigure;
  readonly blank: ReportFigure;
  readonly blankForms: readonly FormFigures[];
  readonly recomputed: ReportFigure;
  /** Forms that have a printed and a recomputed total, so that the two can be compared. */
  readonly compared: ReportFigure;
  readonly mean: ReportFigure | null;
  readonly highest: ReportFigure | null;
  readonly lowest: ReportFigure | null;
  readonly bands: readonly ScoreBand[];
  readonly grades: readonly GradeCount[];
  readonly ungraded: ReportFigure;
  readonly totalsDiffer: ReportFigure;
  readonly totalsDifferForms: readonly FormFigures[];
  readonly gradesDiffer: ReportFigure;
  readonly gradesDifferForms: readonly FormFigures[];
}

/** Lower ends, inclusive; a score belongs to the first band it reaches. 90, 80 and 60 are the ends of the usual grades. */
const BANDS: readonly { readonly name: string; readonly from: Decimal | null }[] = [
  { name: "100分", from: decimal(100) },
  { name: "98～100分", from: decimal(98) },
  { name: "95～98分", from: decimal(95) },
  { name: "90～95分", from: decimal(90) },
  { name: "80～90分", from: decimal(80) },
  { name: "60～80分", from: decimal(60) },
  { name: "60分以下", from: null },
];

/** Which band a score lies in. */
export function scoreBandOf(score: Decimal): number {
  return BANDS.findIndex(({ from }) => from === null || compare(score, from) >= 0);
}

/** Figures of scores and grades. */
export function scoreFigures(forms: readonly FormFigures[], make: FigureMaker): ScoreFigures {
  const scored = forms.filter((form) => form.score !== null);
  const blankForms = forms.filter((form) => form.score === null);
  const again = forms.filter((form) => form.recomputedScore !== null);
  const both = scored.filter((form) => form.recomputedScore !== null);
  const at = (list: readonly FormFigures[], place: string) => list.map((form) => cellOf(form, place));
  const sorted = [...scored].sort((a, b) => compare(a.score as Decimal, b.score as Decimal));
  const [lowest, highest] = [sorted[0], sorted[sorted.length - 1]];
  const gradeNames = [
    ...GRADES,
    ...new Set(
      forms.flatMap((form) => (form.grade && !GRADES.includes(gradeWord(form.grade)) ? [form.grade] : [])),
    ),
  ];
  const unlike = forms.filter(totalsDiffer);
  const unlikeGrades = forms.filter(gradesDiffer);
  const ungraded = forms.filter((form) => form.grade === null);
  return {
    printed: make.count("scores.printed", scored.length, "填有总分的表数", at(scored, "totalScore")),
    blank: make.count("scores.blank", blankForms.length, "未填总分的表数", at(blankForms, "totalScore")),
    blankForms,
    recomputed: make.count(
      "scores.recomputed",
      again.length,
      "能按表内得分重算总分的表数",
      at(again, "totalScore"),
    ),
    compared: make.count(
      "scores.compared",
      both.length,
      "表列总分和重算总分都有的表数",
      at(both, "totalScore"),
    ),
    mean: make.mean(
      "scores.mean",
      scored.flatMap((form) => (form.score ? [form.score] : [])),
      "表列总分的算术平均",
      at(scored, "totalScore"),
    ),
    highest: highest?.score
      ? make.number("scores.highest", highest.score, "最高的表列总分", at([highest], "totalScore"))
      : null,
    lowest: lowest?.score
      ? make.number("scores.lowest", lowest.score, "最低的表列总分", at([lowest], "totalScore"))
      : null,
    bands: BANDS.map(({ name }, index) => {
      const printed = scored.filter((form) => form.score && scoreBandOf(form.score) === index);
      const recomputed = again.filter(
        (form) => form.recomputedScore && scoreBandOf(form.recomputedScore) === index,
      );
      const id = `scores.band[${index}]`;
      return {
        name,
        label: make.quote(`${id}.label`, name, "得分区间，含下限、不含上限", [
          { basis: "列示参数：等级分界和其间的分段" },
        ]),
        printed: make.count(
          `${id}.printed`,
          printed.length,
          `表列总分在${name}的表数`,
          at(printed, "totalScore"),
        ),
        recomputed: make.count(
          `${id}.recomputed`,
          recomputed.length,
          `重算总分在${name}的表数`,
          at(recomputed, "totalScore"),
        ),
      };
    }),
    grades: gradeNames.map((grade) => {
      const printed = forms.filter(
        (form) => form.grade !== null && gradeWord(form.grade) === gradeWord(grade),
      );
      const recomputed = forms.filter(
        (form) => form.recomputedGrade !== null && gradeWord(form.recomputedGrade) === gradeWord(grade),
      );
      return {
        name: make.quote(`grades.${grade}`, grade, "评分等级", at(printed.slice(0, 1), "grade")),
        printed: make.count(
          `grades.${grade}.printed`,
          printed.length,
          `表列等级为${grade}的表数`,
          at(printed, "grade"),
        ),
        recomputed: make.count(
          `grades.${grade}.recomputed`,
          recomputed.length,
          `重算等级为${grade}的表数`,
          at(recomputed, "grade"),
        ),
      };
    }),
    ungraded: make.count("grades.blank", ungraded.length, "未填评分等级的表数", at(ungraded, "grade")),
    totalsDiffer: make.count(
      "scores.differ",
      unlike.length,
      "表列总分与重算总分不一致的表数",
      at(unlike, "totalScore"),
    ),
    totalsDifferForms: unlike,
    gradesDiffer: make.count(
      "grades.differ",
      unlikeGrades.length,
      "表列等级与重算等级不一致的表数",
      at(unlikeGrades, "grade"),
    ),
    gradesDifferForms: unlikeGrades,
  };
}
