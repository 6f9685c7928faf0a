import { compare, place, showDecimal, ZERO } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { marksOf } from "../../facts/marks.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { row: string; points: string };

/** A scored row worth nothing. */
export const rowWithoutPoints: Rule = formRule<Figures>({
  id: "row-without-points",
  code: "AR-61",
  title: "计分行的分值为零或负数",
  explains:
    "参与计分的指标行分值应大于零，否则完成与否不影响得分。分值空白由必填栏检查处理；其中项不另计分的不提示。",
  kind: "auto",
  basis: [cite("provincial", "分值为正")],
  force: "pack",
  needs: ["indicators", "points"],
  check: (dossier) => {
    const found: Found<Figures>[] = [];
    for (const { index, name, points } of marksOf(dossier).rows) {
      if (!points || compare(points, ZERO) > 0) continue;
      found.push({
        at: [place.indicator(index, "points")],
        figures: { row: name || `第${index + 1}行`, points: showDecimal(points) },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, points }) => `「${row}」的分值为${points}分，完成与否都不影响得分。`,
  remedy: ({ row }) => `为「${row}」设定大于零的分值，或不列为计分指标。`,
  examples: {
    fails: [
      {
        says: "一行分值为0",
        given: exampleForm({
          rows: withRows({
            2: ["质量指标", "管道维护验收合格率", "≥95%", "97%", "0", "0"],
            1: ["数量指标", "维护供水管道长度", "≥120公里", "126公里", "30", "30"],
          }),
        }),
      },
    ],
    passes: [{ says: "每行都有分值", given: exampleForm() }],
  },
});
