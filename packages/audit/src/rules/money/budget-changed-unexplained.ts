import {
  absolute,
  add,
  compare,
  decimal,
  equals,
  multiply,
  place,
  showDecimal,
  subtract,
} from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { shareOf } from "../../facts/execution.ts";
import { moneyReasonsOf } from "../../facts/money-reasons.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** Outside places that make the explanation compulsory, a change up to this share is small. Ours. */
const SMALL = decimal("0.1");

type Figures = {
  initial: string;
  adjusted: string;
  unit: string;
  direction: string;
  change: string;
  percent: string;
  ofInitial: string;
};

/** The budget changed during the year and nothing in the form says why. */
export const budgetChangedUnexplained: Rule = formRule<Figures>({
  id: "budget-changed-unexplained",
  code: "AR-26",
  title: "年初预算与全年预算不同而没有说明",
  explains:
    "全年预算数与年初预算数不同，资金行旁、原因栏、其他说明栏和完成情况都没有交代追加或调减。恰等于上年结转的增加不提示；没有列为义务的地方，10%以内的变动只作建议。年初预算空白的不能比较。",
  kind: "auto",
  basis: [cite("form-sichuan-2023", "调整说明")],
  force: "pack",
  refines: ["AR-161"],
  needs: ["funds"],
  check: (dossier) => {
    const { facts, form, policy } = dossier;
    const fund = facts.totalFund ?? facts.scoredFund;
    const { initialBudget: initial, adjustedBudget: adjusted } = fund ?? {
      initialBudget: null,
      adjustedBudget: null,
    };
    if (!fund || !initial || !adjusted) return notApplicable("年初预算数或全年预算数没有填列");
    if (equals(initial, adjusted) || moneyReasonsOf(dossier).change) return outcomeOf<Figures>([]);
    const carried = facts.funds.find(({ row }) => row.source === "carry-over")?.adjustedBudget;
    if (carried && carried.units > 0n && equals(add(initial, carried), adjusted))
      return outcomeOf<Figures>([]);
    const change = absolute(subtract(adjusted, initial));
    const duty = policy.duties.some(({ code }) => code === "AR-26");
    const small = initial.units > 0n && compare(change, multiply(initial, SMALL)) <= 0;
    const cut = initial.units > 0n && compare(adjusted, initial) < 0 && !small;
    const found: Found<Figures> = {
      at: [place.fund(fund.index, "adjustedBudget"), place.fund(fund.index, "initialBudget")],
      figures: {
        initial: showDecimal(initial),
        adjusted: showDecimal(adjusted),
        unit: form.moneyUnit ?? "",
        direction: compare(adjusted, initial) < 0 ? "调减" : "追加",
        change: showDecimal(change),
        percent: initial.units > 0n ? showDecimal(shareOf(change, initial) ?? change) : "",
        ofInitial: cut && fund.expenditure ? showDecimal(shareOf(fund.expenditure, initial) ?? change) : "",
      },
      ...(small && !duty ? { force: "hint" as const } : {}),
    };
    return outcomeOf([found]);
  },
  message: ({ initial, adjusted, unit, direction, change, percent, ofInitial }) =>
    `年初预算${initial}${unit}，全年预算${adjusted}${unit}，${direction}${change}${unit}${percent ? `（${percent}%）` : ""}，表内没有说明${ofInitial ? `；全年执行数占年初预算的${ofInitial}%` : ""}。`,
  remedy: ({ direction }) => `说明预算${direction}的原因和调整文件，绩效目标随之调整的一并写明。`,
  examples: {
    fails: [
      {
        says: "调减两成没有说明",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "122.50", "98.00", "93.10", "10", "95.00", "9.50"]],
        }),
      },
    ],
    passes: [
      { says: "没有调整", given: exampleForm() },
      {
        says: "增加的恰是上年结转",
        given: exampleForm({
          fundRows: [
            ["total", "年度资金总额", "80.00", "98.00", "93.10", "10", "95.00", "9.50"],
            ["current-appropriation", "其中：当年财政拨款", "80.00", "80.00", "75.10"],
            ["carry-over", "上年结转资金", "0.00", "18.00", "18.00"],
          ],
        }),
      },
      {
        says: "完成情况说明了年中追加",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "70.00", "98.00", "93.10", "10", "95.00", "9.50"]],
          achieved: "2024年完成6个乡镇供水管道维护126公里，7月追加抗旱应急资金28万元。",
        }),
      },
    ],
  },
});
