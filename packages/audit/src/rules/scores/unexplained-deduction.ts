import { compare, place, showDecimal, subtract } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { readingDoubt, rowMarks } from "../../facts/row-marks.ts";
import { said } from "../../lexicon/row-meaning.ts";
import { type Doubt, type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

const ABOUT_THE_MARK = /扣|减分|计分|评分|打分|得分|复核|抽查|核减|酌情|标准分/;

type Figures = {
  row: string;
  target: string;
  actual: string;
  entered: string;
  points: string;
  awarded: string;
  lost: string;
  says: string;
  met: string;
};

/** More points taken off than any mechanism of the policy takes. */
export const unexplainedDeduction: Rule = formRule<Figures>({
  id: "unexplained-deduction",
  code: "AR-150",
  title: "扣分没有计分规则可循，也没有说明",
  explains:
    "填报得分低于按口径算出的得分，原因里也没有说明为什么这样扣分。未达到指标值的，原因说明了未完成的缘由并不等于说明了扣分的多少；达到指标值而有原因说明的不提示。口径没有算式的（超过“≤”、偏离“=”，文字看不出档次），列为待人工判断。",
  kind: "auto",
  basis: [cite("form-bureau-2024", "未达标"), cite("reading", "得分无据")],
  force: "should",
  needs: ["indicators", "points", "scores"],
  check: (dossier) => {
    const marks = rowMarks(dossier);
    if (marks.length === 0) return notApplicable("没有既填分值又填得分的行");
    // Where the policy makes the mark of each row a duty, the check against the policy reports it.
    const duty = dossier.policy.duties.some(({ code }) => code === "AR-64");
    const found: Found<Figures>[] = [];
    const unclear: Doubt[] = [];
    for (const mark of marks) {
      const { row, verdict, entered, awarded, points, doubt, says } = mark;
      const name = row.name || `第${row.index + 1}行`;
      if (
        verdict === "open" &&
        compare(entered, points) < 0 &&
        !(row.reason && ABOUT_THE_MARK.test(row.reason))
      )
        unclear.push({
          at: [place.indicator(row.index, "score")],
          why: `「${name}」满分${showDecimal(points)}分，填报${showDecimal(entered)}分，扣${showDecimal(subtract(points, entered))}分的依据没有写明；口径没有算式（${says()}）`,
        });
      if (verdict !== "below" || !awarded || duty) continue;
      const met = row.met === true || compare(awarded, points) >= 0;
      if (row.reason && (met || ABOUT_THE_MARK.test(row.reason))) continue;
      if (doubt) {
        unclear.push(readingDoubt(mark));
        continue;
      }
      found.push({
        at: [place.indicator(row.index, "score")],
        figures: {
          row: name,
          target: said(row.row.target),
          actual: said(row.row.actual),
          entered: showDecimal(entered),
          points: showDecimal(points),
          awarded: showDecimal(awarded),
          lost: showDecimal(subtract(points, entered)),
          says: says(),
          met: met ? "是" : "",
        },
      });
    }
    return outcomeOf(found, unclear);
  },
  message: ({ row, target, actual, entered, points, awarded, lost, says, met }) =>
    met
      ? `「${row}」的年度指标值为“${target}”，实际完成值为“${actual}”，已经达到，却扣${lost}分（满分${points}分，填报${entered}分），没有说明。`
      : `「${row}」满分${points}分，填报${entered}分，扣${lost}分；按口径应得${awarded}分（${says}），多扣的没有说明。`,
  remedy: ({ row, awarded }) => `「${row}」扣分的依据，没有依据的按口径改为${awarded}分，并重新计算总分。`,
  examples: {
    fails: [
      {
        says: "完成九成只得一半分，只说了没完成的缘由",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "维护供水管道长度",
              "≥120公里",
              "108公里",
              "15",
              "7.5",
              "雨季停工，余下管段4月完工。",
            ],
          }),
        }),
      },
      {
        says: "达到了还扣分，没有说明",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥120公里", "126公里", "15", "12"] }),
        }),
      },
      {
        says: "超过上限没有算式，列为待人工判断",
        given: exampleForm({
          rows: withRows({
            3: [
              "时效指标",
              "报修故障平均处理时间",
              "≤24小时",
              "31小时",
              "10",
              "6",
              "抢修班组不足，已增派两组。",
            ],
          }),
        }),
      },
    ],
    passes: [
      { says: "没有扣分", given: exampleForm() },
      {
        says: "按比例扣分",
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
        says: "写明了扣分的依据",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "维护供水管道长度",
              "≥120公里",
              "108公里",
              "15",
              "10",
              "区水务局复核发现6公里记录不全，按复核意见扣5分。",
            ],
          }),
        }),
      },
    ],
  },
});
