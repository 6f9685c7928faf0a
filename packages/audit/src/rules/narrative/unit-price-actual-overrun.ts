import { compare, equals, multiply, place, subtract } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import type { RowFacts } from "../../facts/form-facts.ts";
import { type Found, formRule, notApplicable, outcomeOf } from "../../rule.ts";
import { amountLike, contentPairs, productClaimsOf, quoteOf, sharedPairs } from "../../text/index.ts";
import { countRowsOf, goalsOf } from "./count-joins.ts";

function isCost(row: RowFacts): boolean {
  return /成本/.test(row.row.level1 ?? "") || /成本/.test(row.row.level2 ?? "");
}

/** A cost row that says all is well: nothing lost, and words or a bound that is kept. */
function reportsNoOverrun(row: RowFacts): boolean {
  return row.lostPoints !== true && (row.kind === "worded" || row.met === true);
}

type Said = {
  row: string;
  price: string;
  planned: string;
  actual: string;
  calculation: string;
  over: string;
  cost: string;
};

/** AR-104: the unit price of the goal times the actual count exceeds the stated amount, while the cost rows report no overrun. */
export const unitPriceActualOverrun = formRule<Said>({
  id: "unit-price-actual-overrun",
  code: "AR-104",
  title: "按文字单价和完成数量计算已超出所述金额，成本指标却未反映",
  explains:
    "目标写明单价、数量和金额，而对应指标（单位相同，且指标值等于该数量或名称相符）的完成数量更多：单价乘完成数量与所述金额比较；成本指标均填写未超的，请其说明多出的部分由何处列支。",
  kind: "auto",
  basis: [cite("form", "成本与金额")],
  force: "should",
  needs: ["indicators", "goal"],
  check({ form, facts }) {
    const cost = facts.rows.filter(isCost);
    if (cost.length === 0) return notApplicable("没有成本指标");
    const found: Found<Said>[] = [];
    const byFamily = Map.groupBy(countRowsOf(facts), ({ family }) => family);
    let seen = 0;
    for (const narrative of goalsOf(form)) {
      for (const claim of productClaimsOf(narrative)) {
        const price = claim.factors.find((factor) => factor.per.length === 1);
        const count = claim.factors.find((factor) => factor !== price);
        if (claim.factors.length !== 2 || !price || price.kind !== "money" || !count) continue;
        seen += 1;
        const words = contentPairs(
          narrative.normal.slice(Math.max(0, claim.total.start - 40), Math.max(price.end, claim.total.end)),
        );
        for (const { row, family, value, target } of byFamily.get(count.family) ?? []) {
          if (compare(value, count.value) <= 0) continue;
          const related = sharedPairs(words, contentPairs(row.name)) >= 2;
          if (
            !related &&
            !(target && equals(target, count.value) && count.value.units > 1n && family !== "人")
          )
            continue;
          const amount = multiply(price.value, value);
          if (compare(amount, claim.total.value) <= 0 || !cost.every(reportsNoOverrun)) continue;
          found.push({
            at: [
              place.indicator(row.index, "actual"),
              narrative.at,
              ...cost.map(({ index }) => place.indicator(index, "actual")),
            ],
            figures: {
              row: row.row.name ?? "",
              price: quoteOf(price),
              planned: `${price.raw}×${count.raw}=${claim.total.raw}`,
              actual: row.row.actual.text ?? "",
              calculation: `${price.raw}×${amountLike(value, count)}=${amountLike(amount, claim.total)}`,
              over: amountLike(subtract(amount, claim.total.value), claim.total),
              cost: [...new Set(cost.map(({ row: one }) => `「${one.name ?? ""}」${one.actual.text ?? ""}`))]
                .slice(0, 3)
                .join("、"),
            },
          });
        }
      }
    }
    return seen === 0 ? notApplicable("目标没有写明单价和数量") : outcomeOf(found);
  },
  message: ({ row, planned, actual, calculation, over, cost }) =>
    `目标按${planned}安排，「${row}」实际完成${actual}，按同一单价为${calculation}，多${over}，而成本指标${cost}，未反映超支。`,
  remedy: ({ row, over }) => `「${row}」多出部分的单价和资金来源（${over}），并据实填列成本指标。`,
  examples: {
    fails: [
      {
        says: "完成册数是计划的三倍，成本指标仍写未超",
        given: exampleForm({
          rows: withRows({
            0: ["经济成本指标", "成本控制情况", "不超预算", "达成指标", "10", "10"],
            1: ["数量指标", "印制节水宣传册数量", "≥500册", "1600册", "15", "15"],
          }),
          expected: "开展节水宣传，印制宣传册费用6000元（每册12元，印制500册，共计6000元）。",
        }),
      },
    ],
    passes: [
      {
        says: "完成数量没有超过",
        given: exampleForm({
          rows: withRows({
            0: ["经济成本指标", "成本控制情况", "不超预算", "达成指标", "10", "10"],
            1: ["数量指标", "印制节水宣传册数量", "≥500册", "500册", "15", "15"],
          }),
          expected: "开展节水宣传，印制宣传册费用6000元（每册12元，印制500册，共计6000元）。",
        }),
      },
      {
        says: "数量相同但计的是别的东西",
        given: exampleForm({
          rows: withRows({
            0: ["经济成本指标", "成本控制情况", "不超预算", "达成指标", "10", "10"],
            1: ["数量指标", "检修闸阀数量", "≥300册", "1600册", "15", "15"],
          }),
          expected: "开展节水宣传，印制宣传册费用6000元（每册12元，印制500册，共计6000元）。",
        }),
      },
    ],
  },
});
