import { place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { readingDoubt, rowMarks } from "../../facts/row-marks.ts";
import { said } from "../../lexicon/row-meaning.ts";
import { type Doubt, type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { row: string; target: string; actual: string; points: string; awarded: string };

/** A missed target with all points. */
export const unmetYetFull: Rule = formRule<Figures>({
  id: "unmet-yet-full",
  code: "AR-69",
  title: "没有达到指标值却得满分",
  explains:
    "完成值按比较号没有达到年度指标值的，不应得满分。一位小数的舍入不提示；单位不同不能比较的、文字指标不作判断；超过“≤”或偏离“=”向上的由方向检查报告。",
  kind: "auto",
  basis: [cite("form-jiangxi-2017", "定量·正向"), cite("form-hubei-2020", "定量·正向")],
  force: "pack",
  needs: ["indicators", "points", "scores"],
  check: (dossier) => {
    const marks = rowMarks(dossier);
    if (marks.length === 0) return notApplicable("没有既填分值又填得分的行");
    const found: Found<Figures>[] = [];
    const unclear: Doubt[] = [];
    for (const mark of marks) {
      const { row, verdict, awarded, points, doubt } = mark;
      if (verdict !== "unmet-full") continue;
      if (doubt) {
        unclear.push(readingDoubt(mark));
        continue;
      }
      found.push({
        at: [place.indicator(row.index, "score"), place.indicator(row.index, "actual")],
        figures: {
          row: row.name || `第${row.index + 1}行`,
          target: said(row.row.target),
          actual: said(row.row.actual),
          points: showDecimal(points),
          awarded: awarded ? showDecimal(awarded) : "",
        },
      });
    }
    return outcomeOf(found, unclear);
  },
  message: ({ row, target, actual, points, awarded }) =>
    `「${row}」的年度指标值为“${target}”，实际完成值为“${actual}”，没有达到，却得满分${points}分${
      awarded ? `（按口径应得${awarded}分）` : ""
    }。`,
  remedy: ({ row, awarded }) =>
    `「${row}」的得分${awarded ? `（按口径为${awarded}分）` : ""}，补充偏差原因和改进措施，并重新计算总分；完成值填错的改正完成值。`,
  examples: {
    fails: [
      {
        says: "完成九成得满分",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥120公里", "108公里", "15", "15"] }),
        }),
      },
      {
        says: "没有比较号也按不低于看",
        given: exampleForm({
          rows: withRows({ 6: ["服务对象满意度指标", "用水户满意度", "95%", "90%", "10", "10"] }),
        }),
      },
      {
        says: "“=”没有达到",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "新建蓄水池", "=10座", "8座", "15", "15"] }),
        }),
      },
    ],
    passes: [
      { says: "都达到了", given: exampleForm() },
      {
        says: "没有比较号的成本低于指标值",
        given: exampleForm({
          rows: withRows({ 0: ["经济成本指标", "每公里管护成本", "42元", "39.8元", "10", "10"] }),
        }),
      },
      {
        says: "没有达到，按比例扣分",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "维护供水管道长度",
              "≥120公里",
              "108公里",
              "15",
              "13.5",
              "雨季停工，余下管段4月完工。",
            ],
          }),
        }),
      },
      {
        says: "不超过上限就是达到",
        given: exampleForm({
          rows: withRows({ 3: ["时效指标", "报修故障平均处理时间", "≤24小时", "12小时", "10", "10"] }),
        }),
      },
    ],
  },
});
