import { compareRatio, decimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type BatchPlace, batchRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** Ours: four good projects may all be good. */
const FEWEST = 5;
/** reading: below this execution a top grade needs an explanation (AR-154). */
const LOW = decimal("0.6");
const TOP = /^(?:优|优秀)$/;

type Figures = { forms: string; grade: string; low: string };

/** Every form of a batch is in the top grade. */
export const allTopGrade: Rule = batchRule<Figures>({
  id: "all-top-grade",
  code: "AR-155",
  title: "整批全部评为优",
  explains: "五张以上的表全部评为最高等级，没有区分度；其中有预算执行率低于60%的一并指出。",
  kind: "auto",
  basis: [cite("reading", "全优")],
  force: "hint",
  needs: ["grade"],
  check: ({ forms }) => {
    const graded = forms.flatMap(({ form, facts }, index) =>
      form.grade ? [{ index, grade: form.grade.trim(), facts }] : [],
    );
    if (graded.length < FEWEST) return notApplicable("填有等级的表不足五张");
    if (!graded.every(({ grade }) => TOP.test(grade))) return outcomeOf<Figures, BatchPlace>([]);
    const low = graded.filter(
      ({ facts: { scoredFund } }) =>
        scoredFund?.computedRate && compareRatio(scoredFund.computedRate, LOW) < 0,
    );
    return outcomeOf<Figures, BatchPlace>([
      {
        at: graded.map(({ index }) => ({ form: index, at: "grade" })),
        figures: {
          forms: String(graded.length),
          grade: graded[0]?.grade ?? "",
          low: low.length > 0 ? low.map(({ index }) => `第${index + 1}张`).join("、") : "",
        },
      },
    ]);
  },
  message: ({ forms, grade, low }) =>
    `${forms}张表全部评为“${grade}”${low ? `，其中${low}的预算执行率低于60%` : ""}，没有区分度。`,
  remedy: () => "对照各项目的执行率和完成情况复核等级。",
  examples: {
    fails: [
      {
        says: "五张全优",
        given: ["一", "二", "三", "四", "五"].map((n) => exampleForm({ project: `项目${n}` })),
      },
    ],
    passes: [
      {
        says: "有一张为良",
        given: ["一", "二", "三", "四", "五"].map((n) =>
          exampleForm({ project: `项目${n}`, grade: n === "五" ? "良" : "优" }),
        ),
      },
    ],
  },
});
