import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { rowMeanings } from "../../lexicon/row-meaning.ts";
import { formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { isPassedFar } from "./target-too-low.ts";

/** Ours: half of very few rows says nothing. */
const FEWEST = 5;

/** Most counted rows of the form passed their targets by more than a fifth. */
export const targetsMostlyTooLow: Rule = formRule<{ rows: string; all: string }>({
  id: "targets-mostly-too-low",
  code: "AR-41",
  title: "多数指标值偏低",
  explains: "五行以上的定量指标中，半数以上的完成值超过指标值的120%，说明整表目标定得偏低。",
  kind: "auto",
  basis: [cite("checkers", "目标过低")],
  force: "hint",
  needs: ["indicators"],
  check: ({ facts }) => {
    const counted = rowMeanings(facts).filter(({ facts: { completion } }) => completion !== null);
    if (counted.length < FEWEST) return notApplicable("定量指标少于五行");
    const far = counted.filter(isPassedFar);
    if (far.length * 2 <= counted.length) return outcomeOf<{ rows: string; all: string }>([]);
    return outcomeOf([
      {
        at: ["indicators", ...far.map(({ facts: { index } }) => place.indicator(index, "actual"))],
        figures: { rows: String(far.length), all: String(counted.length) },
      },
    ]);
  },
  message: ({ rows, all }) => `${all}行定量指标中有${rows}行的完成值超过指标值的120%，整表目标偏低。`,
  remedy: () => "下一年度按历史完成值和工作计划重新测算各项指标值。",
  examples: {
    fails: [
      {
        says: "五行中四行超过",
        given: exampleForm({
          rows: [
            ["数量指标", "体检人数", "≥1000人", "1600人", "20", "20"],
            ["数量指标", "义诊场次", "≥10场", "18场", "20", "20"],
            ["数量指标", "发放手册份数", "≥2000份", "5000份", "20", "20"],
            ["社会效益指标", "健康知识知晓率", "≥60%", "88%", "20", "20"],
            ["服务对象满意度指标", "居民满意度", "≥85%", "95%", "10", "10"],
          ],
        }),
      },
    ],
    passes: [{ says: "多数接近目标", given: exampleForm() }],
  },
});
