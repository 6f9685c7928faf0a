import { compare, equals, larger, place, showDecimal, smaller, subtract, ZERO } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { FULL_TOTAL, marksOf } from "../../facts/marks.ts";
import { hasCell } from "../../facts/printed-cells.ts";
import { lostInReading } from "../../facts/reading-doubts.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = {
  rows: string;
  rowScores: string;
  execution: string;
  scores: string;
  totalScore: string;
  scoreShort: string;
  points: string;
  wanted: string;
  pointsShort: string;
};

/** Points and scores both fall short of the printed totals by what one row is worth: a row was lost. */
export const lostRow: Rule = formRule<Figures>({
  id: "lost-row",
  code: "AR-152",
  title: "表上可能丢了一行指标",
  explains:
    "各行分值合计短少，各行得分合计也比印出的总分短少，而且短少的数与一行的分值相当（不小于最小的、不大于最大的一行），说明表上有一行没有印出来（分页、合并单元格时常见）。只有分值短少而总分相符的，是分值分配问题，由分值合计检查报告；只有得分短少的，由总分检查报告。",
  kind: "auto",
  basis: [cite("form", "缺行")],
  force: "must",
  refines: ["AR-66"],
  needs: ["indicators", "points", "scores", "totalScore"],
  check: (dossier) => {
    const { points, scores, rows, rowScores, fundScores } = marksOf(dossier);
    const { totalPoints, totalScore, scoredFund } = dossier.facts;
    if (!points || !scores || !rowScores || !totalScore) return notApplicable("分值或得分没有填全，不能比较");
    if (scoredFund && !scoredFund.points && hasCell(dossier.form, place.fund(scoredFund.index, "points")))
      return notApplicable("预算执行的分值没有填，由必填栏检查处理");
    const lost = lostInReading(dossier.form, "points") ?? lostInReading(dossier.form, "score");
    if (lost) return notApplicable("读取时有缺失，由总分检查列为待人工判断");
    const wanted = totalPoints && compare(totalPoints, points) > 0 ? totalPoints : FULL_TOTAL;
    const pointsShort = subtract(wanted, points);
    const scoreShort = subtract(totalScore, scores);
    const worth = rows.map((row) => row.points).filter((value) => value !== null);
    const most = worth.reduce(larger, ZERO);
    const least = worth.reduce(smaller, most);
    const isRow =
      compare(pointsShort, ZERO) > 0 &&
      compare(scoreShort, ZERO) > 0 &&
      compare(scoreShort, pointsShort) <= 0 &&
      compare(pointsShort, most) <= 0 &&
      compare(pointsShort, least) >= 0;
    if (!isRow) return outcomeOf<Figures>([]);
    const found: Found<Figures> = {
      at: ["totalScore", "totalPoints"],
      figures: {
        rows: String(rows.length),
        rowScores: showDecimal(rowScores),
        execution: fundScores ? showDecimal(fundScores) : "",
        scores: showDecimal(scores),
        totalScore: showDecimal(totalScore),
        scoreShort: showDecimal(scoreShort),
        points: showDecimal(points),
        wanted: showDecimal(wanted),
        pointsShort: equals(pointsShort, scoreShort) ? "" : showDecimal(pointsShort),
      },
    };
    return outcomeOf([found]);
  },
  message: ({ rows, rowScores, execution, scores, totalScore, scoreShort, points, wanted, pointsShort }) =>
    `${rows}项指标得分共${rowScores}分${execution ? `，加预算执行${execution}分，合计${scores}分` : ""}，表上总分印为${totalScore}分，短少${scoreShort}分；分值合计${points}分，应为${wanted}分，${
      pointsShort ? `短少${pointsShort}分` : `同样短少${scoreShort}分`
    }，恰为一行的分值，可能漏印了一行指标。`,
  remedy: ({ scores, points }) =>
    `缺漏的指标行：对照报送系统或原始表补齐；没有缺行的，总分改为${scores}分，分值合计改为${points}分并重新分配，同时核对等级。`,
  examples: {
    fails: [
      {
        says: "丢了一行15分的指标",
        given: exampleForm({ rows: withRows({}).filter((_, index) => index !== 4) }),
      },
    ],
    passes: [
      { says: "没有缺行", given: exampleForm() },
      {
        says: "分值短少，总分与得分相符",
        given: exampleForm({ rows: withRows({}).filter((_, index) => index !== 4), totalScore: "84.50" }),
      },
    ],
  },
});
