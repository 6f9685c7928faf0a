import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rowMeanings } from "../../lexicon/row-meaning.ts";
import { holdsFigure, namesDate } from "../../lexicon/wording.ts";
import { formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { worded: string; all: string };

/** No output row of the form holds a figure or date. */
export const outputsNotCounted: Rule = formRule<Figures>({
  id: "outputs-not-counted",
  code: "AR-43",
  title: "产出指标没有量化",
  explains:
    "产出下的数量、质量、时效指标都只有文字，没有一行有数字或日期。有一部分量化的不提示，质量和时效可以用文字说明。",
  kind: "auto",
  basis: [cite("reviewers", "产出量化")],
  force: "should",
  needs: ["indicators"],
  check: ({ facts }) => {
    const outputs = rowMeanings(facts).filter(
      ({ group, category, facts: { row } }) =>
        group === "output" && category !== "cost" && row.target.text !== null,
    );
    if (outputs.length < 2) return notApplicable("产出指标少于两行");
    const counted = outputs.some(
      ({ facts: { target, row } }) =>
        target !== null || holdsFigure(row.target.text) || namesDate(row.target.text),
    );
    return outcomeOf<Figures>(
      counted
        ? []
        : [
            {
              at: outputs.map(({ facts: { index } }) => place.indicator(index, "target")),
              figures: { worded: String(outputs.length), all: String(outputs.length) },
            },
          ],
    );
  },
  message: ({ all }) => `${all}行产出指标的年度指标值都是文字，没有一个数字或日期，完成多少无法衡量。`,
  remedy: () => "为产出指标设定数量、比率和完成日期。",
  examples: {
    fails: [
      {
        says: "产出全是文字",
        given: exampleForm({
          rows: withRows({
            1: ["数量指标", "组织文化活动", "按计划开展", "达成指标", "15", "15"],
            2: ["质量指标", "活动质量", "达标", "达成指标", "15", "15"],
            3: ["时效指标", "活动开展及时性", "及时", "达成指标", "10", "10"],
          }),
        }),
      },
    ],
    passes: [
      { says: "都有数字", given: exampleForm() },
      {
        says: "质量、时效用文字，数量有数字",
        given: exampleForm({
          rows: withRows({
            2: ["质量指标", "养护质量", "达标", "达标", "15", "15"],
            3: ["时效指标", "养护及时性", "及时", "及时", "10", "10"],
          }),
        }),
      },
    ],
  },
});
