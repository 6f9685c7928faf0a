import { place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { bareWords } from "../../lexicon/wording.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

const NOT_APPLICABLE =
  /^(?:本年度?|当年|本项目?|本单位|该项目?|此项|该指标)?(?:不适用|不涉及|未涉及|无此项|无此内容|无此类(?:事项|情况|业务))(?:于?(?:该|此|本)(?:项目?|指标|事项|内容))?$/;

type Figures = { row: string; actual: string; points: string; score: string; rescale: string };

/** A row that does not apply still counts in what the total is out of. */
export const notApplicableCounted: Rule = formRule<Figures>({
  id: "not-applicable-counted",
  code: "AR-68",
  title: "不适用的指标仍计入总分",
  explains:
    "完成值写明不适用、不涉及的行，分值仍计入100分的分母，不论给了满分还是零分，总分都不能反映真实情况。应从分母中扣除后折算。没有分值的行、总分已经折算的不提示。",
  kind: "auto",
  basis: [cite("reviewers", "缺项分母"), cite("pidu-2026-11", "缺项折算")],
  force: "should",
  refines: ["AR-64", "AR-65"],
  needs: ["indicators", "points"],
  check: ({ facts, policy, score }) => {
    const found: Found<Figures>[] = [];
    const rescaled =
      policy.rescaleNotApplicable !== null &&
      score.total.kind === "number" &&
      facts.totalScore !== null &&
      showDecimal(score.total.value) === showDecimal(facts.totalScore);
    let seen = 0;
    for (const { index, name, row, points, score: entered } of facts.rows) {
      if (!points || points.units <= 0n || !row.actual.text) continue;
      seen += 1;
      if (rescaled || !NOT_APPLICABLE.test(bareWords(row.actual.text))) continue;
      found.push({
        at: [place.indicator(index, "points"), place.indicator(index, "actual")],
        figures: {
          row: name || `第${index + 1}行`,
          actual: row.actual.text.trim(),
          points: showDecimal(points),
          score: entered ? showDecimal(entered) : "",
          rescale: policy.rescaleNotApplicable ? "是" : "",
        },
      });
    }
    return seen === 0 ? notApplicable("没有填分值的行") : outcomeOf(found);
  },
  message: ({ row, actual, points, score }) =>
    `「${row}」的完成值为“${actual}”，${points}分仍计入总分${score ? `（得${score}分）` : ""}。`,
  remedy: ({ row, points, rescale }) =>
    `「${row}」不适用的，从分母中扣除${points}分${rescale ? "，按得分÷（100-不适用分值）×100折算总分" : "，分值调整到其他指标"}，并说明理由。`,
  examples: {
    fails: [
      {
        says: "不适用却得满分",
        given: exampleForm({
          rows: withRows({ 3: ["时效指标", "汛期抢险到场时间", "≤2小时", "不适用", "10", "10"] }),
        }),
      },
      {
        says: "本年度不涉及，得零分",
        given: exampleForm({
          rows: withRows({ 3: ["时效指标", "汛期抢险到场时间", "≤2小时", "本年度不涉及", "10", "0"] }),
          totalScore: "89.50",
          grade: "良",
        }),
      },
    ],
    passes: [{ says: "都适用", given: exampleForm() }],
  },
});
