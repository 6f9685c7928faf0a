import { decimal, parseDecimal, place, showDecimal, within } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** Rounding between two documents that count ten thousands (AR-20). */
const TOLERANCE = decimal("0.1");

type Figures = { row: string; printed: string; approved: string };

/** The initial budget is not the approved one. */
export const budgetNotAsApproved: Rule = formRule<Figures>({
  id: "budget-not-as-approved",
  code: "AR-21",
  title: "年初预算数与批复的不一致",
  explains:
    "提供了随预算批复的绩效目标时，逐个来源比较年初预算数。调整有无文件、支出与账是否一致，要查阅文件和账簿，不在本项检查之内。金额单位不同的不作比较。",
  kind: "auto",
  basis: [cite("reviewers", "预算核对")],
  force: "pack",
  needs: ["funds", "approvedTargets"],
  check: ({ form, facts, context }) => {
    const approved = context.approvedTargets;
    if (!approved) return notApplicable("没有提供随预算批复的绩效目标");
    if (approved.moneyUnit !== form.moneyUnit) return notApplicable("批复与自评表的金额单位不同");
    const bySource = new Map(approved.funds.map((fund) => [fund.source, fund]));
    const found: Found<Figures>[] = [];
    let compared = 0;
    for (const fund of facts.funds) {
      const other = bySource.get(fund.row.source);
      const wanted = other ? (parseDecimal(other.initialBudget) ?? parseDecimal(other.adjustedBudget)) : null;
      if (!wanted || !fund.initialBudget) continue;
      compared += 1;
      if (within(wanted, fund.initialBudget, TOLERANCE)) continue;
      found.push({
        at: [place.fund(fund.index, "initialBudget")],
        figures: {
          row: fund.row.label,
          printed: showDecimal(fund.initialBudget),
          approved: showDecimal(wanted),
        },
      });
    }
    return compared === 0 ? notApplicable("两处都没有可以比较的年初预算数") : outcomeOf(found);
  },
  message: ({ row, printed, approved }) => `${row}的年初预算数填为${printed}，批复的是${approved}。`,
  remedy: ({ row, approved }) =>
    `${row}的年初预算数按批复填${approved}；年中有调整的填在全年预算数，并附调整文件。`,
  examples: {
    fails: [
      {
        says: "批复108万元，填98万元",
        given: exampleForm(),
        context: {
          approvedTargets: exampleForm({
            fundRows: [["total", "年度资金总额", "108.00", "108.00", null]],
          }),
        },
      },
    ],
    passes: [{ says: "与批复一致", given: exampleForm(), context: { approvedTargets: exampleForm() } }],
  },
});
