import { showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { gradeOf } from "@jiheng/scoring";
import { exampleForm, withRows } from "../../example-form.ts";
import { bandWords, sameGrade } from "../../facts/grades.ts";
import { marksOf, sumWords } from "../../facts/marks.ts";
import { lostInReading } from "../../facts/reading-doubts.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = {
  addition: string;
  total: string;
  grade: string;
  printed: string;
  printedTotal: string;
  bands: string;
};

/** By the scores the form itself prints, the grade would be another. */
export const recomputedGradeDiffers: Rule = formRule<Figures>({
  id: "recomputed-grade-differs",
  code: "AR-153",
  title: "按表上得分重算的等级与印出的等级不同",
  explains:
    "把各行填报得分和重算的预算执行得分相加，再定等级，与表上的等级比较。印出的等级与印出的总分本来就不符的，由等级检查报告；得分没有填全、口径不分等级的不作判断。",
  kind: "auto",
  basis: [cite("form", "总分等级"), cite("mof-2020-10", "等级")],
  force: "pack",
  needs: ["grade", "scores"],
  check: (dossier) => {
    const { form, facts, policy, entered } = dossier;
    const marks = marksOf(dossier);
    const { totalScore: total } = entered;
    if (!form.grade || !policy.grades) return notApplicable("所用口径不分等级");
    if (!total || !entered.parts.rows) return notApplicable("得分没有填全，总分不能重算");
    if (lostInReading(form, "score")) return notApplicable("读取时有缺失，总分不能重算");
    const right = gradeOf(total, policy);
    const same = right === null ? null : sameGrade(form.grade, right, policy);
    if (right === null || same === null) return notApplicable("表上等级不是所用口径的等级");
    const ofPrinted = facts.totalScore ? gradeOf(facts.totalScore, policy) : null;
    const contradictsItself = ofPrinted !== null && sameGrade(form.grade, ofPrinted, policy) === false;
    if (same || contradictsItself) return outcomeOf<Figures>([]);
    const found: Found<Figures> = {
      at: ["grade", "totalScore"],
      figures: {
        addition: sumWords(marks.rows.length, entered.parts.rows, entered.parts.execution, total),
        total: showDecimal(total),
        grade: right,
        printed: form.grade,
        printedTotal: facts.totalScore ? showDecimal(facts.totalScore) : "",
        bands: bandWords(policy),
      },
    };
    return outcomeOf([found]);
  },
  message: ({ addition, total, grade, printed, printedTotal, bands }) =>
    `得分重算：${addition}，${total}分按等级界限（${bands}）为“${grade}”，表上${
      printedTotal ? `总分印为${printedTotal}分、` : ""
    }等级印为“${printed}”。`,
  remedy: ({ total, grade }) => `先查清总分；总分确为${total}分的，评分等级改为“${grade}”。`,
  examples: {
    fails: [
      {
        says: "各项得分合计84.50分，总分印99.50分、优",
        given: exampleForm({ rows: withRows({}).filter((_, index) => index !== 4) }),
      },
    ],
    passes: [
      { says: "等级相符", given: exampleForm() },
      {
        says: "总分有误，等级不受影响",
        given: exampleForm({ totalScore: "98.00" }),
      },
    ],
  },
});
