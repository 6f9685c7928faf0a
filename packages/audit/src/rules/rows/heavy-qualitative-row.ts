import { compare, decimal, place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { said } from "../../lexicon/row-meaning.ts";
import { holdsFigure, namesDate } from "../../lexicon/wording.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

/** From so many points of 100 on (reviewers' reading). */
const HEAVY = decimal(20);

type Figures = { row: string; points: string; target: string; actual: string };

/** One row without any figure that carries very many points. */
export const heavyQualitativeRow: Rule = formRule<Figures>({
  id: "heavy-qualitative-row",
  code: "AR-141",
  title: "一行定性指标占分过多",
  explains:
    "指标值和完成值都没有数字、日期的一行，分值达到20分。达成与否全凭判断，却决定了五分之一以上的总分。",
  kind: "auto",
  basis: [cite("reading", "单行过重")],
  force: "should",
  refines: ["AR-62"],
  needs: ["indicators", "points"],
  check: ({ facts }) => {
    const found: Found<Figures>[] = [];
    for (const { index, row, points, name, target, actual } of facts.rows) {
      if (!points || target || actual || row.target.text === null) continue;
      if (compare(points, HEAVY) < 0) continue;
      if ([row.target.text, row.actual.text].some((text) => holdsFigure(text) || namesDate(text))) continue;
      found.push({
        at: [place.indicator(index, "points")],
        figures: {
          row: name || `第${index + 1}行`,
          points: showDecimal(points),
          target: said(row.target),
          actual: said(row.actual),
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, points, target, actual }) =>
    `「${row}」一行占${points}分，年度指标值“${target}”、完成值“${actual}”都没有可衡量的内容。`,
  remedy: ({ row }) => `把「${row}」拆成几个可衡量的指标，或说明分值的理由和判断标准。`,
  examples: {
    fails: [
      {
        says: "一行文字占30分",
        given: exampleForm({
          rows: [
            ["数量指标", "放映公益电影场次", "≥240场", "252场", "30", "30"],
            ["时效指标", "全年放映完成时间", "12月20日前", "12月12日", "20", "20"],
            ["社会效益指标", "丰富群众文化生活", "生活更加丰富", "达成指标", "30", "30"],
            ["服务对象满意度指标", "观众满意度", "≥85%", "92%", "10", "10"],
          ],
        }),
      },
    ],
    passes: [
      { says: "没有一行过重的文字指标", given: exampleForm() },
      {
        says: "占分多的是定量指标",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥120公里", "126公里", "30", "30"] }),
        }),
      },
    ],
  },
});
