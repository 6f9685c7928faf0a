import { compare, decimal, multiply, percentOf, place, ratio, showDecimal, sum } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rowMeanings } from "../../lexicon/row-meaning.ts";
import { bareWords, holdsFigure, onlySaysReached } from "../../lexicon/wording.ts";
import { formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** Ours: from half of the points of the indicators on. */
const HALF = decimal("0.5");

type Figures = { rows: string; all: string; points: string; total: string; percent: string };

/** Share of the points whose actual only repeats the target or says 达成. */
export const unmeasuredShare: Rule = formRule<Figures>({
  id: "unmeasured-share",
  code: "AR-140",
  title: "半数以上分值没有可衡量的完成值",
  explains:
    "完成值只写达成，或照抄指标值的文字，没有数字、日期或事实的行，合计分值占全部指标分值一半以上。只算文字指标，定量指标不计。",
  kind: "auto",
  basis: [cite("reading", "照抄目标值"), cite("form-bureau-2024", "定性用语")],
  force: "hint",
  needs: ["indicators", "points"],
  check: ({ facts }) => {
    const scored = rowMeanings(facts).filter(({ facts: { points } }) => points !== null);
    const total = sum(scored.flatMap(({ facts: { points } }) => (points ? [points] : [])));
    if (total.units <= 0n) return notApplicable("指标分值合计为0");
    const hollow = scored.filter(({ facts: { row, actual, target } }) => {
      if (actual || target || row.actual.text === null) return false;
      const words = bareWords(row.actual.text);
      return (
        onlySaysReached(row.actual.text) || (!holdsFigure(words) && words === bareWords(row.target.text))
      );
    });
    const points = sum(hollow.flatMap(({ facts: row }) => (row.points ? [row.points] : [])));
    const share = ratio(points, total);
    if (!share || compare(points, multiply(total, HALF)) < 0) return outcomeOf<Figures>([]);
    return outcomeOf<Figures>([
      {
        at: hollow.map(({ facts: { index } }) => place.indicator(index, "actual")),
        figures: {
          rows: String(hollow.length),
          all: String(facts.rows.length),
          points: showDecimal(points),
          total: showDecimal(total),
          percent: showDecimal(percentOf(share, 1, "half-up")),
        },
      },
    ]);
  },
  message: ({ rows, all, points, total, percent }) =>
    `${all}行指标中有${rows}行的完成值只写达成或照抄指标值，合计${points}分，占指标总分${total}分的${percent}%，没有可衡量的内容。`,
  remedy: () => "为这些指标补充数量、比率、日期或具体事实，使完成程度可以核对。",
  examples: {
    fails: [
      {
        says: "多数分值只写达成",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "教材编写任务", "按计划完成", "达成指标", "15", "15"],
            2: ["质量指标", "教材内容质量", "符合大纲", "符合大纲", "15", "15"],
            4: ["社会效益指标", "学生实践能力", "提升", "达成", "15", "15"],
          }),
        }),
      },
    ],
    passes: [
      { says: "都有数字", given: exampleForm() },
      {
        says: "文字完成值写出了事实",
        given: exampleForm({
          rows: withRows({
            4: ["社会效益指标", "学生实践能力", "提升", "省级技能赛获奖由2项增至5项", "15", "15"],
            5: ["可持续影响指标", "校企合作机制", "健全", "与三家企业续签合作协议", "15", "15"],
          }),
        }),
      },
    ],
  },
});
