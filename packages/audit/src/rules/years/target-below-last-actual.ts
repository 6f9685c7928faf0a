import { add, compare, type Decimal, decimal, multiply, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import type { RowFacts } from "../../facts/form-facts.ts";
import { type RowMeaning, rowMeanings, said } from "../../lexicon/row-meaning.ts";
import { sameUnit } from "../../lexicon/units.ts";
import { type BatchPlace, batchRule, type Found, notApplicable, outcomeOf, type Rule } from "../../rule.ts";
import { type BudgetPair, budgetsOf } from "./budgets.ts";
import { yearPairs } from "./year-pairs.ts";

/** Ours: a target that was lowered follows last year up to here: points of a share, the part of another figure. */
const POINTS = decimal(5);
const MARGIN = decimal("1.25");
/** Ours: one that was kept as it was is asked about only where it lies this far below what was reached. */
const KEPT_POINTS = decimal(8);
const KEPT_MARGIN = decimal("1.5");
/** Ours: next year's work is another amount; only more than a fifth less for no less money is a step back. */
const CLEARLY_LESS = decimal("1.25");
const FRACTION = decimal(2);
const WHOLE = decimal(100);

type Figures = { project: string; row: string; target: string; last: string; year: string; money: string };

const UNIT_COST = /单位|单价|每|平均|均|单(?:个|位|人|项|座|校|户|次)/;

/** Whether this year asks for less than last year reached; null where the row may differ from year to year. */
function stepsBack(
  { name, unit, category, facts }: RowMeaning,
  target: Decimal,
  { last, lastTarget }: { readonly last: Decimal; readonly lastTarget: Decimal | null },
  money: BudgetPair | null,
): "steady" | "amount" | null {
  const atMost = facts.comparison === "≤" || facts.comparison === "<";
  const kept = lastTarget !== null && compare(target, lastTarget) * (atMost ? -1 : 1) >= 0;
  const margin = kept ? KEPT_MARGIN : MARGIN;
  const isShare = unit === "percent" || (unit === null && name.isRate);
  if (atMost) {
    if (!name.smallIsGood || compare(target, multiply(last, margin)) <= 0) return null;
    // The whole cost follows the whole work; what one piece costs does not.
    if (unit === "money" || (unit === null && category === "cost")) {
      return UNIT_COST.test(name.bare) ? "steady" : null;
    }
    return "steady";
  }
  // 整治隐患处数 ≥22处: where the sign is printed it says which way is better.
  if (name.smallIsGood && facts.comparison === null) return null;
  if (isShare) {
    if (name.isChange || compare(last, WHOLE) > 0) return null;
    const order = compare(add(target, kept ? KEPT_POINTS : POINTS), last);
    return order < 0 || (kept && order === 0) ? "steady" : null;
  }
  if (name.kind === "satisfaction" || unit === "score")
    return compare(multiply(target, margin), last) < 0 ? "steady" : null;
  // Before the budget is known only a fraction of last year's work is asked about.
  if (!money) return compare(multiply(target, FRACTION), last) < 0 ? "amount" : null;
  if (compare(money.now, money.last) < 0) return null;
  return compare(multiply(target, CLEARLY_LESS), last) < 0 ? "amount" : null;
}

/** This year's target lies below what was reached last year. */
export const targetBelowLastActual: Rule = batchRule<Figures>({
  id: "target-below-last-actual",
  code: "AR-191",
  level: "cross-year",
  title: "指标值低于上年完成值",
  explains:
    "同一项目连续两年的同名定量指标：不应降低的（比率、满意度、质量、时效），本年调低后“≥”的指标值比上年完成值低5个百分点以上（不是百分数的低两成以上），越少越好的“≤”的指标值放宽后比上年完成值高四分之一以上；没有调低、只是照旧的，差8个百分点、高一半以上才提示；工作量每年可以不同，只有预算没有减少而指标值比上年完成值少两成以上的才提示（还没有填预算的，不到一半的才提示），总成本随工作量变，不比。写有原因的不提示；自评时指标值已经批复的，在申报时提示，不在自评时提示。",
  kind: "auto",
  basis: [cite("reading", "目标倒退"), cite("mof-2021-101", "指标值依据")],
  force: "hint",
  needs: ["previousYear"],
  check: (batch) => {
    const pairs = yearPairs(batch);
    if (pairs.length === 0) return notApplicable("没有同一项目连续两年的表");
    const found: Found<Figures, BatchPlace>[] = [];
    for (const { earlier, later, earlierForm, laterForm } of pairs) {
      // What was approved is no longer the unit's to set: it is asked about when it is declared.
      if (later.form.kind.endsWith("self-evaluation") && later.context.approvedTargets) continue;
      const money = budgetsOf(earlier, later);
      const before = new Map<string, RowFacts | null>();
      for (const { facts: row, name } of rowMeanings(earlier.facts))
        if (row.actual) before.set(name.bare, before.has(name.bare) ? null : row);
      for (const meaning of rowMeanings(later.facts)) {
        const { facts: row, name, title } = meaning;
        const last = name.bare === "" ? undefined : before.get(name.bare);
        if (!row.target || !last?.actual || row.reason !== null) continue;
        const [unit, lastUnit] = [row.row.target.unit, last.row.actual.unit ?? last.row.target.unit];
        if (unit !== null && lastUnit !== null && !sameUnit(unit, lastUnit)) continue;
        const back = stepsBack(meaning, row.target, { last: last.actual, lastTarget: last.target }, money);
        if (!back) continue;
        found.push({
          at: [
            { form: laterForm, at: `indicators[${row.index}].target` },
            { form: earlierForm, at: `indicators[${last.index}].actual` },
          ],
          figures: {
            project: later.form.project?.trim() ?? "",
            row: title,
            target: said(row.row.target),
            last: said(last.row.actual),
            year: String(earlier.form.year),
            money:
              back === "amount" && money
                ? `，而预算没有减少（上年${showDecimal(money.last)}${money.unit}，本年${showDecimal(money.now)}${money.unit}）`
                : "",
          },
        });
      }
    }
    return outcomeOf(found);
  },
  message: ({ project, row, target, last, year, money }) =>
    `“${project}”的「${row}」本年指标值“${target}”，不如${year}年度的完成值“${last}”${money}，没有说明。`,
  remedy: ({ row }) => `参照上年完成值测算「${row}」的指标值，或说明调低的原因。`,
  examples: {
    fails: [
      {
        says: "上年满意度96%，本年目标88%",
        given: [
          exampleForm({
            year: 2023,
            rows: withRows({ 6: ["服务对象满意度指标", "用水户满意度", "≥90%", "96%", "10", "10"] }),
          }),
          exampleForm({
            rows: withRows({ 6: ["服务对象满意度指标", "用水户满意度", "≥88%", "91%", "10", "10"] }),
          }),
        ],
      },
      {
        says: "预算没有减少，上年130公里，本年目标100公里",
        given: [
          exampleForm({
            year: 2023,
            rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥110公里", "130公里", "15", "15"] }),
          }),
          exampleForm({
            rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥100公里", "126公里", "15", "15"] }),
          }),
        ],
      },
    ],
    passes: [
      {
        says: "工作量少了，预算也少了",
        given: [
          exampleForm({
            year: 2023,
            fundRows: [["total", "年度资金总额", "140.00", "140.00", "139.00", "10", "99.29", "9.93"]],
            rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥160公里", "170公里", "15", "15"] }),
          }),
          exampleForm({
            rows: withRows({ 3: ["时效指标", "报修故障平均处理时间", "≤20小时", "19小时", "10", "10"] }),
          }),
        ],
      },
      {
        says: "目标高于上年完成值",
        given: [
          exampleForm({
            year: 2023,
            rows: [["数量指标", "维护供水管道长度", "≥100公里", "112公里", "15", "15"]],
          }),
          exampleForm(),
        ],
      },
    ],
  },
});
