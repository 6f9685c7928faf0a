import { place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import type { FundFacts } from "../../facts/form-facts.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

const FISCAL: ReadonlySet<string> = new Set([
  "current-appropriation",
  "carry-over",
  "central",
  "province",
  "city",
  "county",
  "superior",
  "local",
  "government-fund",
  "special-account",
]);

type Figures = { row: string; other: string; amount: string; unit: string };

function money(fund: FundFacts): readonly bigint[] {
  return [fund.initialBudget, fund.adjustedBudget, fund.expenditure]
    .filter((value) => value !== null)
    .map(({ units }) => units);
}

/** A form of fiscal spending whose money is all from other sources. */
export const noAppropriation: Rule = formRule<Figures>({
  id: "no-appropriation",
  code: "AR-163",
  title: "财政项目表上没有财政拨款",
  explains:
    "财政拨款、上年结转和各级补助各列都印为0，资金全部来自其他来源。提示核对来源是否填错行，或项目是否应当填财政项目自评表。财政拨款行空白的不作判断。",
  kind: "auto",
  basis: [cite("reading", "无财政拨款")],
  force: "hint",
  needs: ["funds"],
  check: ({ facts, form }) => {
    const fiscal = facts.funds.filter(({ row }) => FISCAL.has(row.source));
    const first = fiscal.find(({ row }) => row.source === "current-appropriation") ?? fiscal[0];
    const other = facts.funds.find(
      (fund) =>
        !FISCAL.has(fund.row.source) &&
        fund.row.source !== "total" &&
        money(fund).some((units) => units > 0n),
    );
    if (!first || money(first).length === 0) return notApplicable("没有填列财政拨款行");
    if (!other || fiscal.some((fund) => money(fund).some((units) => units !== 0n)))
      return outcomeOf<Figures>([]);
    const amount = other.adjustedBudget ?? other.expenditure;
    const found: Found<Figures> = {
      at: [place.fund(first.index), place.fund(other.index)],
      figures: {
        row: first.row.label.replace(/^其中[:：]?/, ""),
        other: other.row.label.replace(/^其中[:：]?/, ""),
        amount: amount ? showDecimal(amount) : "",
        unit: form.moneyUnit ?? "",
      },
    };
    return outcomeOf([found]);
  },
  message: ({ row, other, amount, unit }) =>
    `“${row}”各列都是0，资金全部列在“${other}”${amount ? `（全年预算${amount}${unit}）` : ""}。`,
  remedy: ({ other }) => `核对“${other}”的资金性质：属于财政拨款的改列，不属于的说明来源。`,
  examples: {
    fails: [
      {
        says: "资金全部是其他资金",
        given: exampleForm({
          fundRows: [
            ["total", "年度资金总额", "98.00", "98.00", "93.10", "10", "95.00", "9.50"],
            ["current-appropriation", "其中：当年财政拨款", "0.00", "0.00", "0.00"],
            ["other", "其他资金", "98.00", "98.00", "93.10"],
          ],
        }),
      },
    ],
    passes: [
      { says: "有财政拨款", given: exampleForm() },
      {
        says: "财政拨款行空白",
        given: exampleForm({
          fundRows: [
            ["total", "年度资金总额", "98.00", "98.00", "93.10", "10", "95.00", "9.50"],
            ["current-appropriation", "其中：当年财政拨款", null, null, null],
            ["other", "其他资金", "98.00", "98.00", "93.10"],
          ],
        }),
      },
    ],
  },
});
