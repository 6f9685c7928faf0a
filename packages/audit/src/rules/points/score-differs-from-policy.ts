import { place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { readingDoubt, rowMarks } from "../../facts/row-marks.ts";
import { type Doubt, type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { row: string; entered: string; awarded: string; says: string; points: string };

/** The entered score is not what the policy gives. */
export const scoreDiffersFromPolicy: Rule = formRule<Figures>({
  id: "score-differs-from-policy",
  code: "AR-64",
  title: "得分与按口径计算的不符",
  explains:
    "定量指标的填报得分应与按所用口径算出的得分相等。只保留一位小数或取整而相符的不提示；口径只给出范围、要由人判断的不提示。未达到而得满分、多扣分，各由专门的检查报告；口径把逐行计分列为义务的地方，多扣分也在这里报告。",
  kind: "auto",
  basis: [cite("mof-2020-10", "定量·未完成"), cite("provincial", "计分·大于等于")],
  force: "pack",
  needs: ["indicators", "points", "scores"],
  check: (dossier) => {
    const marks = rowMarks(dossier);
    if (marks.length === 0) return notApplicable("没有既填分值又填得分的行");
    const duty = dossier.policy.duties.some(({ code }) => code === "AR-64");
    const found: Found<Figures>[] = [];
    const unclear: Doubt[] = [];
    for (const mark of marks) {
      const { row, verdict, entered, awarded, points, doubt, says } = mark;
      if (!awarded || !(verdict === "above" || (verdict === "below" && duty))) continue;
      if (doubt) {
        unclear.push(readingDoubt(mark));
        continue;
      }
      found.push({
        at: [place.indicator(row.index, "score")],
        figures: {
          row: row.name || `第${row.index + 1}行`,
          entered: showDecimal(entered),
          awarded: showDecimal(awarded),
          points: showDecimal(points),
          says: says(),
        },
      });
    }
    return outcomeOf(found, unclear);
  },
  message: ({ row, entered, awarded, says }) =>
    `「${row}」填报${entered}分，按口径应得${awarded}分（${says}）。`,
  remedy: ({ row, awarded }) =>
    `「${row}」的得分（按口径为${awarded}分），并重新计算总分；另有计分依据的请写明。`,
  examples: {
    fails: [
      {
        says: "完成80%的行得了九成的分",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "维护供水管道长度",
              "≥120公里",
              "96公里",
              "15",
              "13.5",
              "两段管道待迁改，明年6月前完成。",
            ],
          }),
        }),
      },
    ],
    passes: [
      { says: "都达到指标值，都得满分", given: exampleForm() },
      {
        says: "按比例得12分",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "维护供水管道长度",
              "≥120公里",
              "96公里",
              "15",
              "12",
              "两段管道待迁改，明年6月前完成。",
            ],
          }),
        }),
      },
      {
        says: "12.77分写作12.8分",
        given: exampleForm({
          rows: withRows({
            1: [
              "数量指标",
              "巡查水源地次数",
              "≥47次",
              "40次",
              "15",
              "12.8",
              "汛期道路中断，今年起增设巡查点。",
            ],
          }),
        }),
      },
    ],
  },
});
