import { compare, decimal, place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { atLeast, shareOf } from "../../facts/execution.ts";
import { marksOf } from "../../facts/marks.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** From half of all row points one row decides the result by itself. Seen in published forms (60 of 90); the line is ours. */
const MOST = decimal("0.5");

type Figures = { row: string; points: string; total: string; share: string };

/** One row carries almost all points. */
export const oneRowCarriesMost: Rule = formRule<Figures>({
  id: "one-row-carries-most",
  code: "AR-62",
  title: "一行指标占了大半分值",
  explains:
    "一行的分值达到各项指标分值之和的一半时，自评得分几乎由它一项决定。分值集中到什么程度没有明文，以一半为提示线；只有一行指标的也提示。",
  kind: "auto",
  basis: [cite("form-sichuan-2023", "分值分布"), cite("reading", "单行过重")],
  force: "should",
  needs: ["indicators", "points"],
  check: (dossier) => {
    const { rows, rowPoints } = marksOf(dossier);
    if (!rowPoints || rowPoints.units <= 0n) return notApplicable("各行分值没有填全，不能比较");
    const found: Found<Figures>[] = [];
    for (const { index, name, points } of rows) {
      if (!points || !atLeast(points, rowPoints, MOST) || compare(points, decimal(0)) <= 0) continue;
      found.push({
        at: [place.indicator(index, "points")],
        figures: {
          row: name || `第${index + 1}行`,
          points: showDecimal(points),
          total: showDecimal(rowPoints),
          share: showDecimal(shareOf(points, rowPoints) ?? points),
        },
      });
    }
    // Two halves of one form are one remark.
    return outcomeOf(found.slice(0, 1));
  },
  message: ({ row, points, total, share }) =>
    `「${row}」一行占${points}分，为各项指标分值合计${total}分的${share}%，自评结果几乎由这一行决定。`,
  remedy: ({ row }) => `「${row}」分值过重的理由，或把它分解为若干指标、将分值分摊到其他指标。`,
  examples: {
    fails: [
      {
        says: "90分中一行占60分",
        given: exampleForm({
          rows: [
            ["数量指标", "津贴发放覆盖率", "=100%", "100%", "60", "60"],
            ["社会效益指标", "受助家庭户数", "≥300户", "316户", "30", "30"],
          ],
        }),
      },
    ],
    passes: [{ says: "最重的一行15分", given: exampleForm() }],
  },
});
