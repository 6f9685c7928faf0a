import { place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { row: string; target: string };

/** A quantity row that only counts money paid out. */
export const paymentAsQuantity: Rule = formRule<Figures>({
  id: "payment-as-quantity",
  code: "AR-45",
  title: "数量指标只数付出去的钱",
  explains:
    "数量指标下名称为资金支付、拨付、支出金额的行，付钱不是产出。以金额计的产值、营业额、贷款发放额等是业务量，不提示。",
  kind: "auto",
  basis: [cite("reviewers", "资金支付指标")],
  force: "should",
  refines: ["AR-46"],
  needs: ["indicators"],
  check: ({ facts }) => {
    const found: Found<Figures>[] = [];
    for (const { facts: row, name, category, unit, title } of rowMeanings(facts)) {
      if (category !== "quantity" || !name.isPayment || name.kind === "execution") continue;
      if (unit !== null && unit !== "money" && unit !== "percent") continue;
      found.push({
        at: [place.indicator(row.index, "name")],
        figures: { row: title, target: said(row.row.target) },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, target }) => `「${row}」（${target}）列为数量指标，数的只是付出去的钱，不是做成的事。`,
  remedy: ({ row }) => `将「${row}」改为资金所办的事，如补助的人数、建成的数量。`,
  examples: {
    fails: [
      {
        says: "拨付金额当作产出",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "项目资金拨付金额", "≥90万元", "93.1万元", "15", "15"] }),
        }),
      },
    ],
    passes: [
      { says: "数的是管道长度", given: exampleForm() },
      {
        says: "贷款发放额是业务量",
        given: exampleForm({
          rows: withRows({ 1: ["数量指标", "发放创业担保贷款额", "≥3000万元", "3200万元", "15", "15"] }),
        }),
      },
    ],
  },
});
