import { type Decimal, place } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { alikeIn, moneyOf, wholeCostRows, yuanOf } from "../../facts/whole-cost.ts";
import { bareName } from "../../lexicon/names.ts";
import { said } from "../../lexicon/row-meaning.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** Ours: beyond a fifth the limit and the money are not those of one whole. */
const APART = 20n;
const FUNDS_OF_PERIOD =
  /^(?:中期|项目|总)(?:资金|投资|预算)(?:总额|总金额|合计|总计)?$|^(?:中期|项目)?(?:资金)?总额$/;
const VALUE_OF_PERIOD = /^(?:中期|总体|实施期)(?:绩效)?(?:指标值|目标值|指标|值)[:：]\s*/;

type Figures = { row: string; limit: string; funds: string; which: string };

/** A declared limit of the whole cost that is not the money applied for. */
export const costLimitDiffersFromFunds: Rule = formRule<Figures>({
  id: "cost-limit-differs-from-funds",
  code: "AR-37",
  title: "总成本控制额与申请资金不符",
  explains:
    "申报表上总成本一类指标的中期指标值与中期资金总额、年度指标值与年度资金总额，说的是同一笔钱，相差两成以上的提示或应当说明。年度指标值与项目资金总额相符的不提示；单位成本和部分成本不比。",
  kind: "auto",
  basis: [cite("reading", "总成本与支出")],
  force: "should",
  needs: ["funds", "indicators"],
  check: ({ form, facts }) => {
    if (form.kind !== "target-declaration") return notApplicable("不是申报表");
    const rows = wholeCostRows(facts);
    if (rows.length === 0) return notApplicable("没有总成本指标");
    const unit = form.moneyUnit ?? "万元";
    const period: { at: string; text: string; amount: Decimal }[] = [];
    const values = new Map<string, { at: string; text: string; amount: Decimal }>();
    form.fields.forEach(({ label, text }, index) => {
      if (text === null) return;
      const at = `fields[${index}]`;
      const amount = yuanOf(text, unit);
      if (!amount) return;
      if (FUNDS_OF_PERIOD.test(bareName(label))) period.push({ at, text, amount });
      else if (VALUE_OF_PERIOD.test(label))
        values.set(label.replace(VALUE_OF_PERIOD, "").replace(/\s+/g, ""), { at, text, amount });
    });
    const fund = facts.totalFund ?? facts.scoredFund;
    const annual = moneyOf(form, fund?.adjustedBudget ?? fund?.initialBudget ?? null);
    const [whole] = period;
    const found: Found<Figures>[] = [];
    for (const { row, target } of rows) {
      const value = values.get(row.title) ?? values.get(row.name.bare);
      if (value && whole && !alikeIn(value.amount, whole.amount, APART))
        found.push({
          at: [value.at, whole.at],
          figures: { row: row.title, limit: value.text, funds: `${whole.text}${unit}`, which: "中期" },
        });
      const funds = fund?.row.adjustedBudget ?? fund?.row.initialBudget;
      if (
        target &&
        annual &&
        fund &&
        funds &&
        annual.units > 0n &&
        !alikeIn(target, annual, APART) &&
        !period.some(({ amount }) => alikeIn(target, amount, APART))
      )
        found.push({
          at: [place.indicator(row.facts.index, "target"), place.fund(fund.index)],
          figures: {
            row: row.title,
            limit: said(row.facts.row.target),
            funds: `${funds}${unit}`,
            which: "年度",
          },
          force: "hint",
        });
    }
    return outcomeOf(found);
  },
  message: ({ row, limit, funds, which }) =>
    `「${row}」的${which}指标值为“${limit}”，而${which}资金总额为${funds}，两处不符。`,
  remedy: ({ row, which }) => `按${which}资金总额核定「${row}」的指标值；只是部分成本的，在名称里写明。`,
  examples: {
    fails: [
      {
        says: "中期成本只有年度的数",
        given: exampleForm({
          kind: "target-declaration",
          rows: withRows({ 0: ["经济成本指标", "项目总成本控制额", "≤98万元", null, null, null] }),
          fields: [
            { label: "中期资金总额", text: "392.00" },
            { label: "中期指标值：项目总成本控制额", text: "≤98万元" },
          ],
        }),
      },
      {
        says: "年度总成本远低于申请的资金",
        given: exampleForm({
          kind: "target-declaration",
          rows: withRows({ 0: ["经济成本指标", "项目总成本控制额", "≤42万元", null, null, null] }),
        }),
      },
    ],
    passes: [
      {
        says: "各与各的资金相符",
        given: exampleForm({
          kind: "target-declaration",
          rows: withRows({ 0: ["经济成本指标", "项目总成本控制额", "≤98万元", null, null, null] }),
          fields: [
            { label: "中期资金总额", text: "392.00" },
            { label: "中期指标值：项目总成本控制额", text: "≤392万元" },
          ],
        }),
      },
      {
        says: "指标写的是项目全部年度的总成本",
        given: exampleForm({
          kind: "target-declaration",
          rows: withRows({ 0: ["经济成本指标", "项目总成本控制额", "≤390万元", null, null, null] }),
          fields: [{ label: "项目资金总额", text: "392.00" }],
        }),
      },
    ],
  },
});
