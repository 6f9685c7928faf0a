import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

const COST_NAME =
  /(?:成本|费用|造价|单价|次均费用|开支|支出|控制额|投资额|总投资|经费|工程费|费)(?:额|数|金额|标准|总额|控制额|控制)?$/;
/** Saving, meeting a standard, and floors that a policy sets for those paid are rightly "at least". */
const RIGHTLY =
  /节约|节省|节支|降低|下降|减少|压减|控制率|达标|合规|核算|准确|保障|标准|收入|筹集|筹资|带动|撬动|引导|配套|免费|收缴|征收|追回|清退/;

type Figures = { row: string; target: string };

/** A cost that has to be at least so much. */
export const costAtLeast: Rule = formRule<Figures>({
  id: "cost-at-least",
  code: "AR-48",
  title: "成本指标用“≥”",
  explains:
    "成本、费用、单价用“≥”“>”表示花得越多越好，方向相反。成本节约率、降低额、补助标准、配套和带动投资等越多越好的不提示。",
  kind: "auto",
  basis: [cite("reviewers", "成本方向"), cite("checkers", "成本方向")],
  force: "should",
  needs: ["indicators"],
  check: ({ facts }) => {
    const rows = rowMeanings(facts).filter(
      ({ facts: { comparison } }) => comparison === "≥" || comparison === ">",
    );
    if (rows.length === 0) return notApplicable("没有设“≥”“>”的指标");
    const found: Found<Figures>[] = [];
    for (const { facts: row, name, category, unit, title } of rows) {
      if (RIGHTLY.test(name.bare) || name.isRate) continue;
      const money = unit === "money" || unit === "composite";
      const inCost = category === "cost" && (money || COST_NAME.test(name.bare));
      const byName =
        category !== "cost" && money && /(?:成本|造价|单价|次均费用)(?:额|金额)?$/.test(name.bare);
      if (!inCost && !byName) continue;
      found.push({
        at: [place.indicator(row.index, "target")],
        figures: { row: title, target: said(row.row.target) },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, target }) => `「${row}」是成本指标，年度指标值却为“${target}”，花得越多越算达到。`,
  remedy: ({ row }) => `将「${row}」的比较号改为“≤”，指标值按预算或支出标准确定。`,
  examples: {
    fails: [
      {
        says: "总成本不低于",
        given: exampleForm({
          rows: withRows({ 0: ["经济成本指标", "管护总成本", "≥95万元", "96万元", "10", "10"] }),
        }),
      },
      {
        says: "产出下的单位造价",
        given: exampleForm({
          rows: withRows({ 2: ["质量指标", "泵房单位造价", ">2000元/平方米", "2300元/平方米", "15", "15"] }),
        }),
      },
    ],
    passes: [
      { says: "成本设上限", given: exampleForm() },
      {
        says: "节约率与补助标准",
        given: exampleForm({
          rows: withRows({
            0: ["经济成本指标", "采购成本节约率", "≥3%", "4%", "10", "10"],
            2: ["成本指标", "孤儿基本生活补助标准", "≥1500元/月", "1500元/月", "15", "15"],
          }),
        }),
      },
    ],
  },
});
