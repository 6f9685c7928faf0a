import { compare, place, showDecimal, subtract } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { row: string; spent: string; budget: string; excess: string; unit: string };

/** More was spent than the adjusted budget holds. */
export const spentAboveBudget: Rule = formRule<Figures>({
  id: "spent-above-budget",
  code: "AR-27",
  title: "全年执行数大于全年预算数",
  explains:
    "全年预算数含年中追加和上年结转，执行数一般不应超过它。总额和来源同时超出的只报告一次；预算为零或空白的由另一项检查报告。",
  kind: "auto",
  basis: [cite("provincial", "执行超预算")],
  force: "should",
  needs: ["funds"],
  check: ({ facts, form }) => {
    const over = facts.funds.filter(
      ({ adjustedBudget, expenditure }) =>
        adjustedBudget &&
        expenditure &&
        adjustedBudget.units > 0n &&
        compare(expenditure, adjustedBudget) > 0,
    );
    const first = over.find((fund) => fund === facts.totalFund) ?? over[0];
    if (!first?.adjustedBudget || !first.expenditure) return outcomeOf<Figures>([]);
    const found: Found<Figures> = {
      at: [first, ...over.filter((fund) => fund !== first)].map((fund) =>
        place.fund(fund.index, "expenditure"),
      ),
      figures: {
        row: first.row.label || "预算执行",
        spent: showDecimal(first.expenditure),
        budget: showDecimal(first.adjustedBudget),
        excess: showDecimal(subtract(first.expenditure, first.adjustedBudget)),
        unit: form.moneyUnit ?? "",
      },
    };
    return outcomeOf([found]);
  },
  message: ({ row, spent, budget, excess, unit }) =>
    `${row}全年执行数${spent}${unit}，大于全年预算数${budget}${unit}，超出${excess}${unit}。`,
  remedy: ({ row }) => `${row}的预算数和执行数：有追加或结转的计入全年预算数，无预算支出的说明资金来源。`,
  examples: {
    fails: [
      {
        says: "执行数超出预算6万元",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "104.00", "10", "106.12", "10"]],
          totalScore: "100",
        }),
      },
    ],
    passes: [{ says: "没有超出", given: exampleForm() }],
  },
});
