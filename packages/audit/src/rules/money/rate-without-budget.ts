import { place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { budgetOf } from "@jiheng/scoring";
import { exampleForm } from "../../example-form.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { row: string; budget: string; what: string; expenditure: string };

/** A rate or score of execution where no budget is printed. */
export const rateWithoutBudget: Rule = formRule<Figures>({
  id: "rate-without-budget",
  code: "AR-24",
  title: "预算数为零或空白，却填了执行率或得分",
  explains:
    "预算数为零或空白时，执行率和预算执行得分都不能计算，既不是0分，也不是满分。只看计分行和有执行数的行；没有金额的来源印0.00或空白都对。",
  kind: "auto",
  basis: [cite("form", "预算为零"), cite("checkers", "不能计算")],
  force: "must",
  needs: ["funds"],
  check: ({ facts, policy }) => {
    const found: Found<Figures>[] = [];
    for (const fund of facts.funds) {
      const budget = budgetOf(fund.row, policy);
      if (budget && budget.units !== 0n) continue;
      // With a budget of the start of the year alone, the blank beside it is the matter of another check.
      if (!budget && fund.initialBudget && fund.initialBudget.units !== 0n) continue;
      const scored = fund === facts.scoredFund;
      const spent = fund.expenditure !== null && fund.expenditure.units !== 0n;
      if (!scored && !spent) continue;
      const what: string[] = [];
      if (fund.executionRate) what.push(`执行率${showDecimal(fund.executionRate)}%`);
      if (fund.score) what.push(`得分${showDecimal(fund.score)}分`);
      if (what.length === 0) continue;
      found.push({
        at: [
          place.fund(fund.index, fund.score ? "score" : "executionRate"),
          place.fund(fund.index, "adjustedBudget"),
        ],
        figures: {
          row: fund.row.label || "预算执行",
          budget: budget ? "为0" : "空白",
          what: what.join("、"),
          expenditure: fund.expenditure ? showDecimal(fund.expenditure) : "",
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, budget, what, expenditure }) =>
    `${row}的预算数${budget}${expenditure ? `、执行数${expenditure}` : ""}，执行率不能计算，表上却填${what}。`,
  remedy: ({ row }) => `${row}的预算数；确实没有预算的，执行率和得分写明不能计算，不填0分，也不填满分。`,
  examples: {
    fails: [
      {
        says: "预算为0得满分",
        given: exampleForm({ fundRows: [["total", "年度资金总额", "0", "0", "0", "10", "100", "10"]] }),
      },
      {
        says: "预算空白，有执行数和执行率",
        given: exampleForm({
          fundRows: [
            ["total", "年度资金总额", "98.00", "98.00", "93.10", "10", "95.00", "9.50"],
            ["other", "其他资金", null, null, "3.00", null, "100", null],
          ],
        }),
      },
    ],
    passes: [
      { says: "没有金额的来源印0.00", given: exampleForm() },
      {
        says: "只印年初预算数",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", null, "93.10", "10", "95.00", "9.50"]],
        }),
      },
      {
        says: "来源全部空白",
        given: exampleForm({
          fundRows: [
            ["total", "年度资金总额", "98.00", "98.00", "93.10", "10", "95.00", "9.50"],
            ["carry-over", "上年结转资金", null, null, null],
          ],
        }),
      },
    ],
  },
});
