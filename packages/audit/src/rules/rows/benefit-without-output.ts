import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rowMeanings, storyPairs } from "../../lexicon/row-meaning.ts";
import { bigramsOf, objectOf } from "../../lexicon/wording.ts";
import { type Doubt, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** Ours: with fewer outputs or a shorter object the comparison of words says nothing. */
const FEWEST_OUTPUTS = 4;
const SHORTEST_OBJECT = 4;
const SHORTEST_TEXT = 60;
/** What nearly every output brings, in whatever words. */
const ANY_OUTPUT = /政策|群众|人口|居民|生活|收入|产值|就业|经济|社会|负担|环境|安全|知晓|影响|问题|违规/;

/** A benefit row whose object no output, project name or result speaks of. */
export const benefitWithoutOutput: Rule = formRule({
  id: "benefit-without-output",
  code: "AR-147",
  title: "效益指标没有与之对应的产出",
  explains:
    "效益指标所说的对象在产出指标、项目名称和实际完成情况中都没有出现，列为待人工判断。用词不同而实为同一对象的由人排除。",
  kind: "assist",
  basis: [cite("reading", "效益无产出")],
  force: "hint",
  needs: ["indicators"],
  check: ({ form, facts }) => {
    const rows = rowMeanings(facts);
    const outputs = rows.filter(({ group }) => group === "output");
    if (outputs.length < FEWEST_OUTPUTS) return notApplicable("产出指标太少，无从对应");
    if (facts.expected.length + facts.achieved.length < SHORTEST_TEXT)
      return notApplicable("目标和完成情况的文字太短，无从对应");
    /** Put together only where a row is left to be held against it. */
    const knownPairs = (): Set<string> => {
      const pairs = new Set(bigramsOf(form.project ?? ""));
      for (const { name } of outputs) for (const pair of bigramsOf(name.bare)) pairs.add(pair);
      return pairs;
    };
    let known: Set<string> | null = null;
    const story = storyPairs(facts);
    const unclear: Doubt[] = [];
    for (const { facts: row, name, group, category, title } of rows) {
      if (
        group !== "benefit" ||
        name.kind === "mechanism" ||
        category === "sustainability" ||
        category === "ecological" ||
        ANY_OUTPUT.test(name.bare)
      )
        continue;
      const object = objectOf(name.bare);
      if (object.length < SHORTEST_OBJECT) continue;
      known ??= knownPairs();
      const spoken = known;
      if (bigramsOf(object).some((pair) => spoken.has(pair) || story.has(pair))) continue;
      unclear.push({
        at: [place.indicator(row.index, "name")],
        why: `「${title}」所说的对象在产出指标和实际完成情况中没有出现，需人工判断由哪项产出带来。`,
      });
    }
    return outcomeOf([], unclear);
  },
  message: () => "效益指标没有与之对应的产出。",
  remedy: () => "补充带来这一效益的产出指标，或删去这一效益指标。",
  examples: {
    fails: [
      {
        says: "供水项目里出现非遗传承人的效益",
        given: exampleForm({
          rows: [
            ["数量指标", "维护供水管道长度", "≥120公里", "126公里", "15", "15"],
            ["数量指标", "更换阀门个数", "≥60个", "64个", "15", "15"],
            ["质量指标", "管道维护验收合格率", "≥95%", "97%", "10", "10"],
            ["时效指标", "报修平均处理时间", "≤24小时", "19小时", "10", "10"],
            ["社会效益指标", "非遗传承人技艺水平", "提升", "提升", "30", "30"],
            ["服务对象满意度指标", "用水户满意度", "≥90%", "93%", "10", "10"],
          ],
        }),
      },
    ],
    passes: [
      { says: "效益说的是用水的人", given: exampleForm() },
      {
        says: "对象在产出里出现过",
        given: exampleForm({
          rows: withRows({ 4: ["社会效益指标", "管道漏损改善程度", "改善", "改善", "15", "15"] }),
        }),
      },
    ],
  },
});
