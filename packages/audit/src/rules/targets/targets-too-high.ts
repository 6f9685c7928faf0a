import { compareRatio, decimal, place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** checkers: every row below 60 %. */
const LOW = decimal("0.6");
/** Ours: two rows may both fail by chance. */
const FEWEST = 3;

type Figures = { rows: string };

/** Every counted row stays below 60 %: the targets were out of reach. */
export const targetsTooHigh: Rule = formRule<Figures>({
  id: "targets-too-high",
  code: "AR-42",
  title: "全部指标完成率低于60%，目标偏高",
  explains: "三行以上越多越好的定量指标，完成率全部低于60%，目标可能脱离实际，也可能项目没有实施。",
  kind: "auto",
  basis: [cite("checkers", "目标过高")],
  force: "hint",
  needs: ["indicators"],
  check: ({ facts }) => {
    const rows = facts.rows.filter(
      ({ completion, comparison, target }) =>
        completion !== null &&
        target !== null &&
        target.units > 0n &&
        comparison !== "≤" &&
        comparison !== "<",
    );
    if (rows.length < FEWEST) return notApplicable("越多越好的定量指标少于三行");
    const low = rows.every(({ completion }) => completion !== null && compareRatio(completion, LOW) < 0);
    return outcomeOf<Figures>(
      low
        ? [
            {
              at: rows.map(({ index }) => place.indicator(index, "actual")),
              figures: { rows: String(rows.length) },
            },
          ]
        : [],
    );
  },
  message: ({ rows }) => `${rows}行定量指标的完成率全部低于60%，目标偏高或项目没有按计划实施。`,
  remedy: () => "说明全部未完成的原因，按实际能力和工作计划重新测算指标值。",
  examples: {
    fails: [
      {
        says: "四行都不到六成",
        given: exampleForm({
          rows: [
            ["数量指标", "新建充电桩数", "≥200个", "60个", "30", "9"],
            ["质量指标", "验收合格率", "≥95%", "50%", "20", "10.53"],
            ["社会效益指标", "受益车主人数", "≥3000人", "800人", "30", "8"],
            ["服务对象满意度指标", "车主满意度", "≥90%", "51%", "10", "5.67"],
          ],
        }),
      },
    ],
    passes: [
      { says: "全部完成", given: exampleForm() },
      {
        says: "只有一行没有完成",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥120公里", "40公里", "15", "5"] }),
        }),
      },
    ],
  },
});
