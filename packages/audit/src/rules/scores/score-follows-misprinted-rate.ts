import { add, equals, formatDecimal, place, showDecimal, subtract } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { acceptedExecutionScores } from "@jiheng/scoring";
import { exampleForm } from "../../example-form.ts";
import { executionOf } from "../../facts/execution.ts";
import { marksOf } from "../../facts/marks.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = {
  row: string;
  points: string;
  rate: string;
  score: string;
  rightRate: string;
  right: string;
  total: string;
  rightTotal: string;
};

/** Score and total were computed from a misprinted rate. */
export const scoreFollowsMisprintedRate: Rule = formRule<Figures>({
  id: "score-follows-misprinted-rate",
  code: "AR-157",
  title: "得分和总分跟着印错的执行率走",
  explains:
    "执行率印错，预算执行得分恰是分值乘这个印错的率，总分又用了这个得分：三处一错俱错。执行率印错而得分是对的，不在此列。",
  kind: "auto",
  basis: [cite("form", "错误执行率传递")],
  force: "must",
  refines: ["AR-23", "AR-66"],
  needs: ["funds"],
  check: (dossier) => {
    const rows = executionOf(dossier).filter(({ score }) => score !== null);
    if (rows.length === 0) return notApplicable("没有可以重算的预算执行得分");
    const found: Found<Figures>[] = [];
    for (const row of rows) {
      const { points, score, executionRate } = row.fund;
      if (row.score !== "follows" || !points || !score || !executionRate) continue;
      const right = acceptedExecutionScores(row.spent, row.budget, points, dossier.policy)[0];
      if (!right) continue;
      const { scores } = marksOf(dossier);
      const { totalScore } = dossier.facts;
      const followed = scores !== null && totalScore !== null && equals(scores, totalScore);
      found.push({
        at: [place.fund(row.fund.index, "score"), ...(followed ? ["totalScore"] : [])],
        figures: {
          row: row.fund.row.label || "预算执行",
          points: showDecimal(points),
          rate: formatDecimal(executionRate, 2),
          score: showDecimal(score),
          rightRate: formatDecimal(row.percent),
          right: showDecimal(right),
          total: followed ? showDecimal(totalScore) : "",
          rightTotal: followed ? showDecimal(add(subtract(totalScore, score), right)) : "",
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, points, rate, score, rightRate, right, total, rightTotal }) =>
    `${row}的预算执行得分${score}分是按印错的执行率算的（${points}分×${rate}%），按${rightRate}%应为${right}分${
      total ? `；总分${total}分随之有误，应为${rightTotal}分` : ""
    }。`,
  remedy: ({ right, rightTotal }) =>
    `执行率改正后，预算执行得分改为${right}分${rightTotal ? `，总分改为${rightTotal}分` : ""}。`,
  examples: {
    fails: [
      {
        says: "95.00印成95.40，得分9.54、总分99.54",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "93.10", "10", "95.40", "9.54"]],
          totalScore: "99.54",
        }),
      },
    ],
    passes: [
      { says: "执行率和得分都对", given: exampleForm() },
      {
        says: "执行率印错，得分是对的",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "93.10", "10", "95.40", "9.50"]],
        }),
      },
    ],
  },
});
