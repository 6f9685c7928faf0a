import { compare, equals, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import type { FormDossier } from "../../rule.ts";
import { formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { rows: string; total: string };

/** Whether every row and the execution of a form earn all their points. */
export function isFullMarks({ facts }: FormDossier): boolean {
  const scored = facts.rows.filter(({ points, score }) => points !== null && score !== null);
  if (scored.length === 0 || scored.length < facts.rows.length) return false;
  const rows = scored.every(
    ({ points, score }) => points !== null && score !== null && compare(score, points) >= 0,
  );
  const fund = facts.scoredFund;
  const execution = !fund?.points || !fund.score || compare(fund.score, fund.points) >= 0;
  const total = !facts.totalPoints || !facts.totalScore || equals(facts.totalPoints, facts.totalScore);
  return rows && execution && total;
}

/** A form without a single point lost. */
export const fullMarks: Rule = formRule<Figures>({
  id: "full-marks",
  code: "AR-67",
  title: "各项全部满分",
  explains: "每行指标和预算执行都是满分，没有一处扣分。自评满分不是错误，但应重点复核完成值的依据。",
  kind: "auto",
  basis: [cite("reviewers", "满分集中")],
  force: "hint",
  needs: ["indicators", "points", "scores"],
  check: (dossier) => {
    const { facts } = dossier;
    if (!facts.totalScore) return notApplicable("没有填列总分");
    return outcomeOf<Figures>(
      isFullMarks(dossier)
        ? [
            {
              at: ["totalScore"],
              figures: { rows: String(facts.rows.length), total: showDecimal(facts.totalScore) },
            },
          ]
        : [],
    );
  },
  message: ({ rows, total }) => `${rows}行指标和预算执行全部满分，总分${total}分。`,
  remedy: () => "复核各项完成值的依据，对存在的问题如实扣分。",
  examples: {
    fails: [
      {
        says: "满分100分",
        given: exampleForm({
          totalScore: "100",
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "98.00", "10", "100.00", "10"]],
        }),
      },
    ],
    passes: [{ says: "预算执行扣了分", given: exampleForm() }],
  },
});
