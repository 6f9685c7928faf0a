import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { holdsFigure } from "../../lexicon/wording.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

const COUNTED_IN_WORDS =
  /[零一二两三四五六七八九十百千万]+(?:个|次|场|家|人|名|户|份|项|件|套|台|期|批|篇|座|处|所|本|辆|支|条|间|亩|公里)|全覆盖/;

type Figures = { row: string; target: string };

/** A row of 数量指标 whose target is words. */
export const quantityInWords: Rule = formRule<Figures>({
  id: "quantity-in-words",
  code: "AR-44",
  title: "数量指标用文字",
  explains:
    "列在数量指标下而指标值没有数字的行。“一套”“全覆盖”等写明了量的不提示；确系项目特点的可以保留并说明。",
  kind: "assist",
  basis: [cite("reviewers", "产出量化")],
  force: "hint",
  refines: ["AR-46"],
  needs: ["indicators"],
  check: ({ facts }) => {
    const quantities = rowMeanings(facts).filter(
      ({ category, facts: { row } }) => category === "quantity" && row.target.text !== null,
    );
    if (quantities.length === 0) return notApplicable("没有填列数量指标");
    const found: Found<Figures>[] = [];
    for (const { facts: row, title } of quantities) {
      const { text } = row.row.target;
      if (row.target || holdsFigure(text) || COUNTED_IN_WORDS.test(text ?? "")) continue;
      found.push({
        at: [place.indicator(row.index, "target")],
        figures: { row: title, target: said(row.row.target) },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, target }) => `「${row}」列在数量指标下，年度指标值却是文字“${target}”，没有数量。`,
  remedy: ({ row }) => `为「${row}」设定数量和单位，或移到合适的类别。`,
  examples: {
    fails: [
      {
        says: "数量指标写按需",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "应急物资储备", "按需储备", "已储备", "15", "15"] }),
        }),
      },
    ],
    passes: [
      { says: "有数字", given: exampleForm() },
      {
        says: "文字写明了量",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "编制防洪预案", "一套", "一套", "15", "15"] }),
        }),
      },
    ],
  },
});
