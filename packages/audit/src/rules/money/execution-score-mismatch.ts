import { equals, formatDecimal, place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { acceptedExecutionScores } from "@jiheng/scoring";
import { exampleForm } from "../../example-form.ts";
import { executionOf } from "../../facts/execution.ts";
import { marksOf } from "../../facts/marks.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = {
  row: string;
  score: string;
  points: string;
  arithmetic: string;
  right: string;
  rounded: string;
  follows: string;
};

/** The execution score is not points times rate. */
export const executionScoreMismatch: Rule = formRule<Figures>({
  id: "execution-score-mismatch",
  code: "AR-23",
  title: "预算执行得分与重算的不符",
  explains:
    "按比例计分的口径，预算执行得分等于分值乘执行率，不超过分值；以准确执行率或印出的执行率为基数、四舍五入或截断都算相符，只保留一位小数也可以。取整而相符的请说明。得分跟着印错的执行率走的，另作报告。",
  kind: "auto",
  basis: [cite("form-hubei-2020", "执行得分"), cite("form-suiyang", "执行得分"), cite("form", "执行得分")],
  force: "pack",
  needs: ["funds"],
  check: (dossier) => {
    if (dossier.policy.execution.mechanism.value.kind !== "proportion")
      return notApplicable("所用口径的预算执行得分不按比例计算");
    const rows = executionOf(dossier).filter(({ score }) => score !== null);
    if (rows.length === 0) return notApplicable("没有可以重算的预算执行得分");
    const found: Found<Figures>[] = [];
    for (const row of rows) {
      const { points, score } = row.fund;
      if (!points || !score || (row.score !== "wrong" && row.score !== "coarse")) continue;
      const right = acceptedExecutionScores(row.spent, row.budget, points, dossier.policy)[0];
      if (!right) continue;
      const { scores } = marksOf(dossier);
      const { totalScore } = dossier.facts;
      found.push({
        at: [place.fund(row.fund.index, "score")],
        figures: {
          row: row.fund.row.label || "预算执行",
          score: showDecimal(score),
          points: showDecimal(points),
          arithmetic: `${showDecimal(points)}分×${showDecimal(row.spent)}÷${showDecimal(row.budget)}（${formatDecimal(row.percent)}%）`,
          right: showDecimal(right),
          rounded: row.score === "coarse" ? "是" : "",
          follows: scores && totalScore && equals(scores, totalScore) ? showDecimal(totalScore) : "",
        },
        ...(row.score === "coarse" ? { force: "should" as const } : {}),
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, score, arithmetic, right, rounded, follows }) =>
    `${row}的预算执行得分为${score}分，重算${arithmetic}=${right}分${rounded ? "，印出的是取整后的数" : ""}${
      follows ? `；总分${follows}分也用了这个得分` : ""
    }。`,
  remedy: ({ right, follows }) => `预算执行得分（按表内数为${right}分）${follows ? "，并重算总分" : ""}。`,
  examples: {
    fails: [
      {
        says: "执行率95%得满分",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "93.10", "10", "95.00", "10.00"]],
          totalScore: "100",
        }),
      },
    ],
    passes: [
      { says: "9.50分相符", given: exampleForm() },
      {
        says: "执行率印97.26%，得9.73分",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "36.60", "36.60", "35.60", "10", "97.26", "9.73"]],
          totalScore: "99.73",
        }),
      },
      {
        says: "执行率超过100%，得满分",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "99.00", "10", "101.02", "10"]],
          totalScore: "100",
        }),
      },
    ],
  },
});
