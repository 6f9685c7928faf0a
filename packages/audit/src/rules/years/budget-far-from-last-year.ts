import {
  compare,
  type Decimal,
  decimal,
  formatDecimal,
  multiply,
  ratio,
  roundRatio,
  showDecimal,
} from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { moneyReasonsOf } from "../../facts/money-reasons.ts";
import { rowMeanings } from "../../lexicon/row-meaning.ts";
import { isCounting } from "../../lexicon/units.ts";
import {
  type BatchPlace,
  batchRule,
  type FormDossier,
  type Found,
  notApplicable,
  outcomeOf,
  type Rule,
} from "../../rule.ts";
import { budgetsOf } from "./budgets.ts";
import { yearPairs } from "./year-pairs.ts";

/** Ours: up to three times, or a third, is a change of the work. */
const TIMES = decimal(3);
/** Ours: where some count grew or fell half as much, the work changed with the money. */
const HALF = decimal("0.5");
const EXPLAINED =
  /新增|扩大|扩面|提标|一次性|首次|首年|启动|全面铺开|整合|合并|划转|上级(?:追加|下达)|专项债|续建|收尾|缩减|压减/;

type Figures = { project: string; year: string; last: string; now: string; times: string; more: string };

/** Whether a count of both years moved in the direction of the money by at least half as much. */
function workMovedToo(
  earlier: FormDossier,
  later: FormDossier,
  factor: (a: Decimal, b: Decimal) => boolean,
): boolean {
  const before = new Map<string, Decimal>();
  for (const { name, unit, facts } of rowMeanings(earlier.facts)) {
    const value = facts.actual ?? facts.target;
    if (value && value.units > 0n && isCounting(unit) && name.bare !== "") before.set(name.bare, value);
  }
  return rowMeanings(later.facts).some(({ name, facts: { target } }) => {
    const last = before.get(name.bare);
    return last !== undefined && target !== null && target.units > 0n && factor(target, last);
  });
}

/** The budget is a multiple or a fraction of last year's, and nothing says why. */
export const budgetFarFromLastYear: Rule = batchRule<Figures>({
  id: "budget-far-from-last-year",
  code: "AR-192",
  level: "cross-year",
  title: "预算比上年成倍增减",
  explains:
    "同一项目本年预算是上年的三倍以上，或不到三分之一，而文字没有说明（新增、扩面、一次性、续建等），数量指标也没有相应增减。也可能是金额单位写错，或把几年的钱填在一年。",
  kind: "auto",
  basis: [cite("reading", "预算突变")],
  force: "hint",
  needs: ["previousYear"],
  check: (batch) => {
    const pairs = yearPairs(batch);
    if (pairs.length === 0) return notApplicable("没有同一项目连续两年的表");
    const found: Found<Figures, BatchPlace>[] = [];
    for (const { earlier, later, earlierForm, laterForm } of pairs) {
      const money = budgetsOf(earlier, later);
      const fund = later.facts.totalFund ?? later.facts.scoredFund;
      if (!money || !fund) continue;
      const more = compare(money.now, multiply(money.last, TIMES)) >= 0;
      const less = compare(multiply(money.now, TIMES), money.last) <= 0;
      if (!more && !less) continue;
      const words = [
        later.facts.expected,
        later.facts.achieved,
        later.form.deviation ?? "",
        ...later.form.fields.map(({ text }) => text ?? ""),
      ].join("。");
      if (EXPLAINED.test(words) || moneyReasonsOf(later).change) continue;
      // target ÷ last ≥ half of now ÷ last of the money, without dividing.
      const moved = workMovedToo(earlier, later, (target, last) =>
        more
          ? compare(multiply(target, money.last), multiply(multiply(last, money.now), HALF)) >= 0
          : compare(multiply(last, money.now), multiply(multiply(target, money.last), HALF)) >= 0,
      );
      if (moved) continue;
      const times = more ? ratio(money.now, money.last) : ratio(money.last, money.now);
      if (!times) continue;
      found.push({
        at: [
          { form: laterForm, at: `funds[${fund.index}]` },
          {
            form: earlierForm,
            at: `funds[${(earlier.facts.totalFund ?? earlier.facts.scoredFund)?.index ?? 0}]`,
          },
        ],
        figures: {
          project: later.form.project?.trim() ?? "",
          year: String(earlier.form.year),
          last: `${showDecimal(money.last)}${money.unit}`,
          now: `${showDecimal(money.now)}${money.unit}`,
          times: formatDecimal(roundRatio(times, 1, "half-up")),
          more: more ? "yes" : "",
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ project, year, last, now, times, more }) =>
    more
      ? `“${project}”本年预算${now}，是${year}年度${last}的${times}倍，没有说明。`
      : `“${project}”本年预算${now}，${year}年度${last}是它的${times}倍，没有说明。`,
  remedy: () => "核对金额和单位；确有这样的增减，在目标里说明原因，并相应调整数量指标。",
  examples: {
    fails: [
      {
        says: "预算是上年的17倍，工作量没有变",
        given: [
          exampleForm({
            year: 2023,
            fundRows: [["total", "年度资金总额", "98.00", "98.00", "96.00", "10", "97.96", "9.80"]],
          }),
          exampleForm({
            fundRows: [["total", "年度资金总额", "1666.00", "1666.00", "1600.00", "10", "96.04", "9.60"]],
          }),
        ],
      },
    ],
    passes: [
      {
        says: "预算翻番",
        given: [
          exampleForm({ year: 2023 }),
          exampleForm({
            fundRows: [["total", "年度资金总额", "196.00", "196.00", "190.00", "10", "96.94", "9.69"]],
          }),
        ],
      },
      {
        says: "工作量也增加了",
        given: [
          exampleForm({ year: 2023 }),
          exampleForm({
            fundRows: [["total", "年度资金总额", "490.00", "490.00", "480.00", "10", "97.96", "9.80"]],
            rows: withRows({ 1: ["数量指标", "维护供水管道长度", "≥560公里", "580公里", "15", "15"] }),
          }),
        ],
      },
      {
        says: "说明了新增任务",
        given: [
          exampleForm({ year: 2023 }),
          exampleForm({
            expected: "新增两座水厂的建设，维护管道120公里以上。",
            fundRows: [["total", "年度资金总额", "990.00", "990.00", "980.00", "10", "98.99", "9.90"]],
          }),
        ],
      },
    ],
  },
});
