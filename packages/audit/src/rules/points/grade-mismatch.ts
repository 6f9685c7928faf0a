import { showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { gradeOf } from "@jiheng/scoring";
import { exampleForm } from "../../example-form.ts";
import { bandWords, sameGrade } from "../../facts/grades.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { printed: string; grade: string; total: string; bands: string };

/** The printed grade is not the one of the printed total. */
export const gradeMismatch: Rule = formRule<Figures>({
  id: "grade-mismatch",
  code: "AR-66",
  title: "评分等级与总分不符",
  explains:
    "按所用口径的等级界限（通行为90、80、60，左闭右开），表上印的等级应与印的总分相符。口径不分等级、表上等级不属优良中差的不作判断。",
  kind: "auto",
  basis: [cite("form", "总分等级"), cite("mof-2020-10", "等级")],
  force: "pack",
  needs: ["totalScore", "grade"],
  check: ({ form, facts, policy }) => {
    const total = facts.totalScore;
    if (!total || !form.grade || !policy.grades) return notApplicable("所用口径不分等级");
    const right = gradeOf(total, policy);
    const same = right === null ? null : sameGrade(form.grade, right, policy);
    if (right === null || same === null) return notApplicable("表上等级不是所用口径的等级");
    if (same) return outcomeOf<Figures>([]);
    const found: Found<Figures> = {
      at: ["grade", "totalScore"],
      figures: { printed: form.grade, grade: right, total: showDecimal(total), bands: bandWords(policy) },
    };
    return outcomeOf([found]);
  },
  message: ({ printed, grade, total, bands }) =>
    `总分${total}分，按等级界限（${bands}）应为“${grade}”，表上评分等级印为“${printed}”。`,
  remedy: ({ grade, total }) => `评分等级：总分${total}分对应“${grade}”；总分有误的先核对总分。`,
  examples: {
    fails: [
      {
        says: "86.50分评为优",
        given: exampleForm({ totalScore: "86.50" }),
      },
      { says: "99.50分评为良", given: exampleForm({ grade: "良" }) },
    ],
    passes: [
      { says: "99.50分为优", given: exampleForm() },
      { says: "优秀即优", given: exampleForm({ grade: "优秀" }) },
    ],
  },
});
