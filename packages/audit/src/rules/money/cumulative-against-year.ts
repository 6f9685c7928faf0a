import { divideIntegers, equals, place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { type Doubt, type Found, formRule, outcomeOf, type Rule } from "../../rule.ts";
import { type Quantity, storiesOf } from "../../text/index.ts";

const CUMULATIVE_LABEL = /累计|总投资|投资总额|概算|项目总额|[三四五]年(?:合计|总额)|历年|开工以来/;
const CUMULATIVE_LEAD =
  /(?:累计|总投资|投资总额|概算(?:总)?投资|总概算|项目总资金|开工以来|自立项以来|(?:[二三四五六七八2-8]年|建设期|实施期|规划期)(?:内|期)?(?:总预算|预算总额|总资金|资金总额|合计|共需?|总计)|(?:19|20)[0-9]{2}年?(?:度)?[-—~至到](?:19|20)[0-9]{2}年(?:度)?)[^,，;；。]{0,14}$/;
const OF_THE_YEAR = /(?:本年度?|当年|全年|今年|[0-9]{4}年度?(?:1月)?(?:至|-)12月)[^,，;；。]{0,6}累计/;
const SEVERAL_YEARS =
  /[0-9]{4}年?[-—~至到][0-9]{4}年|[二三四五六七八2-8]年(?:内|期|总|预算|合计|共)|建设期|实施期|规划期|跨年|多年|一期|二期|总投资|概算/;
const YUAN_PER_WAN = 10_000n;

type Figures = { what: string; amount: string; column: string };

function inUnit(amount: Quantity, unit: string | null): { units: bigint; scale: number } | null {
  if (unit === "元") return amount.value;
  if (unit !== "万元") return null;
  const { units, scale } = amount.value;
  return units % YUAN_PER_WAN === 0n
    ? { units: divideIntegers(units, YUAN_PER_WAN, "truncate"), scale }
    : { units, scale: scale + 4 };
}

/** The yearly columns hold an amount of several years. */
export const cumulativeAgainstYear: Rule = formRule<Figures>({
  id: "cumulative-against-year",
  code: "AR-29",
  title: "年度栏填了多年累计的金额",
  explains:
    "资金表计分行是累计、总投资、概算等多年口径，或文字写明的累计金额恰等于表内全年预算数、全年执行数的，年度与累计混在一起，执行率没有意义。“全年累计”是本年度的数，不提示；表内另列总投资行而不计分的，列为待人工判断。",
  kind: "auto",
  basis: [cite("checkers", "累计与年度"), cite("checkers", "资金总额口径")],
  force: "should",
  needs: ["funds"],
  check: ({ form, facts }) => {
    const found: Found<Figures>[] = [];
    const unclear: Doubt[] = [];
    for (const fund of facts.funds) {
      if (!CUMULATIVE_LABEL.test(fund.row.label)) continue;
      const at = [place.fund(fund.index, "label")];
      if (fund === facts.scoredFund && fund.adjustedBudget)
        found.push({
          at,
          figures: { what: fund.row.label, amount: showDecimal(fund.adjustedBudget), column: "计分行" },
        });
      else if (fund.expenditure && fund.executionRate)
        unclear.push({ at, why: `“${fund.row.label}”是多年口径，列在年度资金表内，不能判断是否只作说明` });
    }
    const whole = facts.totalFund ?? facts.scoredFund;
    if (whole && found.length === 0)
      for (const story of storiesOf(form)) {
        for (const amount of story.quantities) {
          if (amount.kind !== "money" || amount.per.length > 0) continue;
          const value = inUnit(amount, form.moneyUnit);
          if (!value) continue;
          const column =
            whole.expenditure && equals(value, whole.expenditure)
              ? (["expenditure", "全年执行数"] as const)
              : whole.adjustedBudget && equals(value, whole.adjustedBudget)
                ? (["adjustedBudget", "全年预算数"] as const)
                : null;
          if (!column) continue;
          const before = story.normal.slice(Math.max(0, amount.start - 40), amount.start);
          if (!CUMULATIVE_LEAD.test(before) || OF_THE_YEAR.test(before)) continue;
          // A project of one year has spent in all what it spent in the year.
          if (!SEVERAL_YEARS.test(story.normal)) continue;
          found.push({
            at: [place.fund(whole.index, column[0]), story.at],
            figures: {
              what: `${story.name}中的累计金额“${amount.raw}”`,
              amount: showDecimal(value),
              column: column[1],
            },
          });
        }
      }
    return outcomeOf(found.slice(0, 1), unclear);
  },
  message: ({ what, amount, column }) =>
    column === "计分行"
      ? `资金表计分行“${what}”（${amount}）是多年口径，与年度预算、年度执行不可比。`
      : `${what}与表内${column}${amount}相等，年度栏填的是多年累计数。`,
  remedy: () => "区分年度数与累计数：资金表只填本年度的预算和执行，累计数写在说明里。",
  examples: {
    fails: [
      {
        says: "计分行是项目总投资",
        given: exampleForm({
          fundRows: [["total", "项目总投资", "980.00", "980.00", "931.00", "10", "95.00", "9.50"]],
        }),
      },
      {
        says: "2021至2024年累计支出恰等于全年执行数",
        given: exampleForm({
          achieved: "2021至2024年累计支出93.10万元，完成供水管道维护126公里，8630名农村居民受益。",
        }),
      },
    ],
    passes: [
      { says: "年度口径", given: exampleForm() },
      {
        says: "全年累计支出是本年度的数",
        given: exampleForm({ achieved: "2024年全年累计支出93.10万元，维护供水管道126公里。" }),
      },
    ],
  },
});
