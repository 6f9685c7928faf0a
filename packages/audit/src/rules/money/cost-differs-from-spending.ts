import { compare, type Decimal, decimal, multiply, place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { moneyReasonsOf } from "../../facts/money-reasons.ts";
import { alikeIn, moneyOf, wholeCostRows } from "../../facts/whole-cost.ts";
import { said } from "../../lexicon/row-meaning.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** Ours: a bound this near to the budget is that of the same whole. */
const SAME_WHOLE = 25n;
/** Ours: retentions and bills on their way make a cost differ from the money by no more. */
const NEAR = decimal("1.1");
const ABOVE_BUDGET = decimal("1.02");
const BELOW_SPENT = decimal("1.05");
/** Ours: far more than was spent so far, and nearly all of the year's bound. */
const FULL_YEAR = decimal("1.3");
const NEARLY_ALL = decimal("0.85");

type Figures = { row: string; actual: string; spent: string; why: string; until: string };

function over(a: Decimal, b: Decimal, factor: Decimal): boolean {
  return compare(a, multiply(b, factor)) > 0;
}

/** The cost of the whole project is another amount than what was spent on it. */
export const costDiffersFromSpending: Rule = formRule<Figures>({
  id: "cost-differs-from-spending",
  code: "AR-36",
  title: "总成本的完成值与执行数不符",
  explains:
    "总成本、项目总投资一类指标的完成值应与资金表的执行数相符：超过全年预算数且比执行数多一成以上的，应当说明；比执行数多一成以上而没有说明尾款、结转等的，或者比执行数少的，提示。监控表上全年执行数还是部分月份的数，总成本却已填近全年的，提示填写截至本期的数。单位成本、部分成本、累计和中期的数不比；指标值与预算相差四分之一以上的，不是同一个总数，不比。",
  kind: "auto",
  basis: [cite("reading", "总成本与支出")],
  force: "should",
  needs: ["funds", "indicators"],
  check: (dossier) => {
    const { form, facts } = dossier;
    if (!form.kind.endsWith("self-evaluation") && form.kind !== "monitoring" && form.kind !== "unknown")
      return notApplicable("还没有支出");
    const fund = facts.totalFund ?? facts.scoredFund;
    const budget = moneyOf(form, fund?.adjustedBudget ?? fund?.initialBudget ?? null);
    const initial = moneyOf(form, fund?.initialBudget ?? null);
    const spent = moneyOf(form, fund?.expenditure ?? null);
    if (!fund || !budget || !spent || budget.units <= 0n || spent.units <= 0n)
      return notApplicable("预算数或执行数没有填列");
    const rows = wholeCostRows(facts);
    if (rows.length === 0) return notApplicable("没有总成本指标");
    const found: Found<Figures>[] = [];
    for (const { row, target, actual } of rows) {
      if (!actual || !target) continue;
      if (!alikeIn(target, budget, SAME_WHOLE) && !(initial && alikeIn(target, initial, SAME_WHOLE)))
        continue;
      const unit = form.moneyUnit ?? "万元";
      const amount = `${showDecimal(fund.expenditure ?? spent)}${unit}`;
      const tell = (why: string, force: "should" | "hint"): void => {
        found.push({
          at: [place.indicator(row.facts.index, "actual"), place.fund(fund.index, "expenditure")],
          figures: {
            row: row.title,
            actual: said(row.facts.row.actual),
            spent: amount,
            why,
            until: form.kind === "monitoring" ? "yes" : "",
          },
          force,
        });
      };
      if (form.kind === "monitoring") {
        if (over(actual, spent, FULL_YEAR) && over(actual, target, NEARLY_ALL))
          tell("填的是近全年的成本", "hint");
      } else if (over(actual, budget, ABOVE_BUDGET) && over(actual, spent, NEAR))
        tell(
          `也超过全年预算数${showDecimal(fund.adjustedBudget ?? fund.initialBudget ?? budget)}${unit}`,
          "should",
        );
      else if (over(spent, actual, BELOW_SPENT)) tell("支出多于成本", "hint");
      else if (over(actual, spent, NEAR) && !moneyReasonsOf(dossier).lowExecution)
        tell("多出的部分没有交代由哪里支付", "hint");
    }
    return outcomeOf(found);
  },
  message: ({ row, actual, spent, why, until }) =>
    until
      ? `「${row}」已填${actual}，而资金到本期只支出${spent}，${why}。`
      : `「${row}」的完成值为${actual}，资金表的执行数为${spent}，两处不符，${why}。`,
  remedy: ({ row, until }) =>
    until
      ? `「${row}」填写截至本期的实际成本。`
      : `核对「${row}」的口径：是同一笔资金的改为一致，包括其他年度或其他来源资金的写明各是多少。`,
  examples: {
    fails: [
      {
        says: "总成本高出执行数和预算",
        given: exampleForm({
          rows: withRows({
            0: ["经济成本指标", "项目总成本", "≤98万元", "126.40万元", "10", "6", "管材涨价。"],
          }),
        }),
      },
      {
        says: "监控表按全年填",
        given: exampleForm({
          kind: "monitoring",
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "48.00", null, "48.98", null]],
          rows: withRows({ 0: ["经济成本指标", "项目总成本控制额", "≤98万元", "97万元", null, null] }),
        }),
      },
    ],
    passes: [
      {
        says: "与执行数相符",
        given: exampleForm({
          rows: withRows({ 0: ["经济成本指标", "项目总成本", "≤98万元", "93.10万元", "10", "10"] }),
        }),
      },
      {
        says: "部分成本、单位成本、另一个总数",
        given: exampleForm({
          rows: withRows({
            0: ["经济成本指标", "设备采购总成本", "≤30万元", "28万元", "4", "4"],
            3: ["成本指标", "每公里养护成本", "≤7000元", "6900元", "10", "10"],
            4: ["成本指标", "项目总投资", "≤560万元", "548万元", "15", "15"],
          }),
        }),
      },
    ],
  },
});
