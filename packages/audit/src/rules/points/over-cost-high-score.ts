import { compare, decimal, multiply, place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { isFull } from "../../facts/marks.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { onlySaysReached } from "../../lexicon/wording.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** "High" in the reviewers' clause has no figure; the upper tier of the qualitative scale (80 %) is taken. */
const HIGH = decimal("0.8");
/** An overrun up to here is slight: a proportional deduction leaves it above the high mark. Ours. */
const SLIGHT = decimal("1.05");
const WITHIN_BUDGET =
  /(?:不|未|没有|无)(?:超|突破|高于|超出|超过)|控制在[^，。；]{0,8}(?:预算|概算|限额)|节约|≤\s*预算|预算(?:以内|内)/;

type Figures = {
  row: string;
  target: string;
  actual: string;
  score: string;
  points: string;
  spent: string;
  budget: string;
};

/** Costs above their limit with a high cost score. */
export const overCostHighScore: Rule = formRule<Figures>({
  id: "over-cost-high-score",
  code: "AR-71",
  title: "超出成本上限或预算，成本指标却得高分",
  explains:
    "成本指标的完成值超过上限而得分在分值的八成以上；或全年执行数超过全年预算数，“不超预算”一类成本指标却得满分。按口径按比例扣分而仍有八成的，是轻微超支，不提示（超支在5%以内）。超过上限5%以上还得满分的必须更正，其余应当说明。",
  kind: "auto",
  basis: [cite("form-jiangxi-2017", "定量·反向"), cite("reviewers", "成本得分")],
  force: "must",
  refines: ["AR-64", "AR-69", "AR-121"],
  needs: ["indicators", "points", "scores"],
  check: ({ facts }) => {
    const rows = rowMeanings(facts).filter(
      ({ category, group, facts: { points, score } }) =>
        (category === "cost" || group === "cost") && points !== null && score !== null,
    );
    if (rows.length === 0) return notApplicable("没有计分的成本指标");
    const fund = facts.totalFund ?? facts.scoredFund;
    const overspent =
      fund?.adjustedBudget && fund.expenditure && fund.adjustedBudget.units > 0n
        ? compare(fund.expenditure, fund.adjustedBudget) > 0
        : false;
    const found: Found<Figures>[] = [];
    for (const { facts: row, title } of rows) {
      const { target, actual, points, score, comparison } = row;
      if (!points || !score) continue;
      const base = {
        row: title,
        target: said(row.row.target),
        actual: said(row.row.actual),
        score: showDecimal(score),
        points: showDecimal(points),
      };
      const at = [place.indicator(row.index, "score"), place.indicator(row.index, "actual")];
      if (target && actual && (comparison === "≤" || comparison === "<")) {
        if (row.met !== false || row.row.target.unit !== (row.row.actual.unit ?? row.row.target.unit))
          continue;
        const slight = compare(actual, multiply(target, SLIGHT)) <= 0;
        if (isFull(row) || (!slight && compare(score, multiply(points, HIGH)) >= 0))
          found.push({
            at,
            figures: { ...base, spent: "", budget: "" },
            force: isFull(row) && !slight ? "must" : "should",
          });
      } else if (
        overspent &&
        !target &&
        isFull(row) &&
        fund?.expenditure &&
        fund.adjustedBudget &&
        WITHIN_BUDGET.test(`${title}${row.row.target.text ?? ""}`) &&
        (onlySaysReached(row.row.actual.text) || WITHIN_BUDGET.test(row.row.actual.text ?? ""))
      )
        found.push({
          at: [...at, place.fund(fund.index, "expenditure")],
          figures: {
            ...base,
            spent: showDecimal(fund.expenditure),
            budget: showDecimal(fund.adjustedBudget),
          },
          force: "should",
        });
    }
    return outcomeOf(found);
  },
  message: ({ row, target, actual, score, points, spent, budget }) =>
    spent
      ? `全年执行数${spent}超过全年预算数${budget}，「${row}」（指标值“${target}”，完成值“${actual}”）却得满分${points}分。`
      : `「${row}」的指标值为“${target}”，完成值为“${actual}”，超过上限，却得${score}分（满分${points}分）。`,
  remedy: ({ row }) => `「${row}」的得分，超支的按口径扣分，并说明超支原因和资金来源。`,
  examples: {
    fails: [
      {
        says: "超过上限得满分",
        given: exampleForm({
          rows: withRows({ 0: ["经济成本指标", "管护成本控制额", "≤80万元", "93.1万元", "10", "10"] }),
        }),
      },
      {
        says: "超支两成仍得九成",
        given: exampleForm({
          rows: withRows({
            0: ["经济成本指标", "每公里维护成本", "≤7000元", "8600元", "10", "9", "管材涨价，明年集中采购。"],
          }),
        }),
      },
      {
        says: "资金超出预算，“未超预算”得满分",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "104.00", "10", "106.12", "10"]],
          rows: withRows({ 0: ["经济成本指标", "成本控制情况", "不超预算", "达成指标", "10", "10"] }),
          totalScore: "100",
        }),
      },
    ],
    passes: [
      { says: "没有超过上限", given: exampleForm() },
      {
        says: "超支并已扣分",
        given: exampleForm({
          rows: withRows({
            0: [
              "经济成本指标",
              "管护成本控制额",
              "≤80万元",
              "93.1万元",
              "10",
              "4",
              "管材涨价，明年集中采购。",
            ],
          }),
        }),
      },
    ],
  },
});
