import { compare, type Decimal, type Place, parseDecimal, place, showDecimal, ZERO } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { row: string; score: string; points: string; kind: string };

/** A score below 0 or above the points of its row. */
export const scoreOutOfRange: Rule = formRule<Figures>({
  id: "score-out-of-range",
  code: "AR-63",
  title: "得分超过分值或为负数",
  explains: "每一行（包括预算执行）的得分和复核得分不小于零，不超过该行分值。完成得再多也只得满分。",
  kind: "auto",
  basis: [
    cite("form-zhongjiang-2022", "分值上限"),
    cite("form-jiangxi-2017", "分值上限"),
    cite("form", "得分上限"),
  ],
  force: "must",
  refines: ["AR-23", "AR-64", "AR-65"],
  needs: [],
  check: ({ facts }) => {
    const found: Found<Figures>[] = [];
    const look = (
      at: Place,
      row: string,
      score: Decimal | null,
      points: Decimal | null,
      kind: string,
    ): void => {
      if (!score) return;
      const negative = compare(score, ZERO) < 0;
      if (!negative && (!points || compare(score, points) <= 0)) return;
      found.push({
        at: [at],
        figures: {
          row,
          score: showDecimal(score),
          points: negative || !points ? "" : showDecimal(points),
          kind,
        },
      });
    };
    for (const fund of facts.funds)
      look(place.fund(fund.index, "score"), fund.row.label || "预算执行", fund.score, fund.points, "得分");
    for (const row of facts.rows) {
      const name = row.name || `第${row.index + 1}行`;
      look(place.indicator(row.index, "score"), name, row.score, row.points, "得分");
      if (row.row.reviewScore !== null)
        look(
          place.indicator(row.index, "reviewScore"),
          name,
          parseDecimal(row.row.reviewScore),
          row.points,
          "复核得分",
        );
    }
    return outcomeOf(found);
  },
  message: ({ row, score, points, kind }) =>
    points
      ? `「${row}」${kind}${score}分，超过该行分值${points}分。`
      : `「${row}」${kind}为${score}分，得分不能为负数。`,
  remedy: ({ row, points, kind }) =>
    points
      ? `「${row}」的${kind}，不超过${points}分，并重新计算总分。`
      : `「${row}」的${kind}，最低为零分，并重新计算总分。`,
  examples: {
    fails: [
      {
        says: "15分的行得了18分",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥120公里", "146公里", "15", "18"] }),
        }),
      },
      {
        says: "负分",
        given: exampleForm({
          rows: withRows({
            5: ["可持续影响指标", "管护责任落实村占比", "≥90%", "60%", "15", "-2", "三个村换届，明年补签。"],
          }),
        }),
      },
    ],
    passes: [{ says: "得分都在分值之内", given: exampleForm() }],
  },
});
