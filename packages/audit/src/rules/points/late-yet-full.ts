import { place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { deadlineIn, timeIn } from "../../facts/deadlines.ts";
import { isFull } from "../../facts/marks.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { row: string; target: string; actual: string; points: string };

/** A later day that was agreed to is no miss of the row's own. */
const AGREED =
  /(?:批准|批复|同意|核准|经.{0,8}审批)[^。；;]{0,12}(?:延期|延后|顺延|调整|变更|推迟)|(?:延期|调整|变更)[^。；;]{0,8}(?:已|经)(?:获)?(?:批准|批复|同意)/;

/** A day after the deadline with all points. */
export const lateYetFull: Rule = formRule<Figures>({
  id: "late-yet-full",
  code: "AR-69",
  title: "晚于指标值的时限却得满分",
  explains:
    "指标值写明时限（某月某日前、某月底、某季度），完成值写明的时间在时限之后，却得满分。没有写年份的按本年度看；只写到月、旬的，整段都在时限之后才指出；早于时限的、写不清时间的、说明经批准延期的不提示。",
  kind: "auto",
  basis: [cite("mof-2020-10", "定量·未完成")],
  force: "should",
  needs: ["indicators", "points", "scores"],
  check: ({ form, facts }) => {
    const rows = rowMeanings(facts).filter(({ facts: row }) => isFull(row));
    if (rows.length === 0) return notApplicable("没有得满分的行");
    const found: Found<Figures>[] = [];
    for (const { facts: row, title } of rows) {
      const target = row.row.target.text;
      const deadline = deadlineIn(target, form.year);
      if (!deadline) continue;
      const year = deadline.hasYear ? Math.floor(deadline.to / 10_000) : form.year;
      const reached = timeIn(row.row.actual.text, year);
      if (!reached || reached.from <= deadline.to) continue;
      if (AGREED.test(`${row.row.actual.text ?? ""}。${row.reason ?? ""}`)) continue;
      found.push({
        at: [place.indicator(row.index, "score"), place.indicator(row.index, "actual")],
        figures: {
          row: title,
          target: said(row.row.target),
          actual: said(row.row.actual),
          points: row.points ? showDecimal(row.points) : "",
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, target, actual, points }) =>
    `「${row}」要求“${target}”，实际为“${actual}”，晚于时限，却得满分${points}分。`,
  remedy: ({ row }) => `「${row}」的得分，补充延误的原因和改进措施，并重新计算总分；时间填错的改正完成值。`,
  examples: {
    fails: [
      {
        says: "8月底前完工，10月15日才完工",
        given: exampleForm({
          rows: withRows({ 3: ["时效指标", "工程完工时间", "2024年8月底前", "2024年10月15日", "10", "10"] }),
        }),
      },
      {
        says: "没有写年份，第三季度变成11月中旬",
        given: exampleForm({
          rows: withRows({ 3: ["时效指标", "补助发放时间", "第三季度", "11月中旬", "10", "10"] }),
        }),
      },
    ],
    passes: [
      {
        says: "提前完工",
        given: exampleForm({
          rows: withRows({ 3: ["时效指标", "工程完工时间", "2024年10月底前", "2024年8月15日", "10", "10"] }),
        }),
      },
      {
        says: "同一个月，没有写日",
        given: exampleForm({
          rows: withRows({ 3: ["时效指标", "工程完工时间", "2024年8月20日前", "2024年8月", "10", "10"] }),
        }),
      },
      {
        says: "晚了，已扣分",
        given: exampleForm({
          rows: withRows({
            3: ["时效指标", "工程完工时间", "8月底前", "10月15日", "10", "8", "汛期停工，已调整施工计划。"],
          }),
          totalScore: "97.50",
        }),
      },
    ],
  },
});
