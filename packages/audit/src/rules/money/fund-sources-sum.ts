import {
  absolute,
  compare,
  type Decimal,
  decimal,
  equals,
  type Place,
  place,
  showDecimal,
  subtract,
  sum,
  yuanPer,
} from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import type { FundFacts } from "../../facts/form-facts.ts";
import { type Doubt, type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** Regulations, AR-20: 0.1 in forms that count ten thousands; a form that prints single yuan is exact but for rounding. */
const TOLERANCE = decimal("0.1");
const TOLERANCE_IN_YUAN = decimal(1);
const ONE_YUAN = decimal(1);

/** A level of government pays a part of the appropriation: such rows stand beside it or under it. */
const LEVELS: ReadonlySet<string> = new Set(["central", "province", "city", "county", "superior", "local"]);
/** The same total split once more by kind of spending. */
const SPENDING: ReadonlySet<string> = new Set(["basic-expenditure", "project-expenditure"]);

const COLUMNS = [
  ["initialBudget", "年初预算数"],
  ["adjustedBudget", "全年预算数"],
  ["expenditure", "全年执行数"],
] as const;

type Figures = { columns: string; sums: string };

/** The ways the rows of a table may make up its total: all of them, without the levels below an appropriation, or one split alone. */
function splitsOf(rows: readonly FundFacts[]): (readonly FundFacts[])[] {
  const spending = rows.filter(({ row }) => SPENDING.has(row.source));
  const sources = rows.filter(({ row }) => !SPENDING.has(row.source));
  const levels = sources.filter(({ row }) => LEVELS.has(row.source));
  const named = sources.filter(({ row }) => !LEVELS.has(row.source));
  const outside = named.filter(({ row }) => row.source !== "current-appropriation");
  const splits: (readonly FundFacts[])[] = [
    levels.length > 0 && named.some(({ row }) => row.source === "current-appropriation") ? named : sources,
  ];
  for (const each of [sources, named, [...levels, ...outside], levels, spending, rows])
    if (each.length > 0 && !splits.includes(each)) splits.push(each);
  return splits.filter((split) => split.length > 0);
}

/** Sources of money do not add up to the total. */
export const fundSourcesSum: Rule = formRule<Figures>({
  id: "fund-sources-sum",
  code: "AR-20",
  title: "资金总额不等于各来源之和",
  explains:
    "年初预算数、全年预算数、全年执行数各列中，资金总额应等于各来源之和（万元表容许0.1万元的舍入，元表容许1元）。中央、省、市、县各级资金可以是财政拨款的其中数，也可以与它并列，两种理解都不符才算不符。有来源是空白的，空白不当作0：填了的已经超过总额才算不符，不足的列为待人工判断。",
  kind: "auto",
  basis: [cite("form", "资金合计")],
  force: "must",
  needs: ["funds"],
  check: ({ form, facts }) => {
    const total = facts.totalFund;
    const rows = facts.funds.filter((fund) => fund !== total && fund.row.source !== "total");
    if (!total || rows.length === 0) return notApplicable("资金表没有总额行或来源行");
    const unit = yuanPer(form.moneyUnit);
    const tolerance = unit && equals(unit, ONE_YUAN) ? TOLERANCE_IN_YUAN : TOLERANCE;
    const splits = splitsOf(rows);
    const unnamed = rows.some(({ row }) => row.source === "unnamed");
    const wrong: { readonly at: Place[]; readonly says: string; readonly title: string }[] = [];
    const unclear: Doubt[] = [];
    for (const [column, title] of COLUMNS) {
      const wanted = total[column];
      if (!wanted) continue;
      let best: {
        readonly split: readonly FundFacts[];
        readonly value: Decimal;
        readonly blank: boolean;
      } | null = null;
      let fits = false;
      let open = false;
      for (const split of splits) {
        const printed = split.map((fund) => fund[column]).filter((value) => value !== null);
        if (printed.length === 0) continue;
        const value = sum(printed);
        const blank = printed.length < split.length;
        const off = subtract(value, wanted);
        if (compare(absolute(off), tolerance) <= 0) fits = true;
        else if (blank && off.units < 0n) open = true;
        best ??= { split, value, blank };
      }
      if (fits || !best) continue;
      const { split, value } = best;
      const difference = absolute(subtract(value, wanted));
      if (open || unnamed) {
        unclear.push({
          at: [place.fund(total.index, column)],
          why: `${title}：总额${showDecimal(wanted)}，所列来源共${showDecimal(value)}，相差${showDecimal(difference)}；${
            open ? "有来源没有填列，空白不能当作0" : "有来源行的性质看不出来"
          }`,
        });
        continue;
      }
      const parts = split.map((fund) => fund[column]).filter((each) => each !== null);
      wrong.push({
        at: [place.fund(total.index, column), ...split.map((fund) => place.fund(fund.index, column))],
        says: `${title}一列，各来源${parts.length > 1 ? `${parts.map(showDecimal).join("+")}=` : "共"}${showDecimal(value)}，资金总额印为${showDecimal(wanted)}，相差${showDecimal(difference)}`,
        title,
      });
    }
    const found: Found<Figures>[] =
      wrong.length === 0
        ? []
        : [
            {
              at: wrong.flatMap(({ at }) => at),
              figures: {
                columns: wrong.map((each) => each.title).join("、"),
                sums: wrong.map((each) => each.says).join("；"),
              },
            },
          ];
    return outcomeOf(found, unclear);
  },
  message: ({ sums }) => `${sums}。`,
  remedy: ({ columns }) => `${columns}：核对各来源和资金总额，使总额等于各来源之和。`,
  examples: {
    fails: [
      {
        says: "全年执行数的来源之和多出5万元",
        given: exampleForm({
          fundRows: [
            ["total", "年度资金总额", "98.00", "98.00", "93.10", "10", "95.00", "9.50"],
            ["current-appropriation", "其中：当年财政拨款", "90.00", "90.00", "88.10", null, "97.89", null],
            ["other", "其他资金", "8.00", "8.00", "10.00", null, "125.00", null],
          ],
        }),
      },
      {
        says: "有来源空白，填了的已经超过总额",
        given: exampleForm({
          fundRows: [
            ["total", "年度资金总额", "98.00", "98.00", "93.10", "10", "95.00", "9.50"],
            ["current-appropriation", "其中：当年财政拨款", "108.00", "98.00", "93.10", null, "95.00", null],
            ["carry-over", "上年结转资金", null, null, null],
          ],
        }),
      },
    ],
    passes: [
      { says: "各列都相符", given: exampleForm() },
      {
        says: "其他来源空白，拨款等于总额",
        given: exampleForm({
          fundRows: [
            ["total", "年度资金总额", null, "98.00", "93.10", "10", "95.00", "9.50"],
            ["current-appropriation", "其中：当年财政拨款", null, "98.00", "93.10", null, "95.00", null],
            ["carry-over", "上年结转资金", null, null, null],
            ["other", "其他资金", null, null, null],
          ],
        }),
      },
      {
        says: "中央、省级资金是财政拨款的其中数",
        given: exampleForm({
          fundRows: [
            ["total", "年度资金总额", "98.00", "98.00", "93.10", "10", "95.00", "9.50"],
            ["current-appropriation", "财政拨款", "90.00", "90.00", "86.00"],
            ["central", "其中：中央补助", "60.00", "60.00", "58.00"],
            ["province", "省级资金", "30.00", "30.00", "28.00"],
            ["other", "其他资金", "8.00", "8.00", "7.10"],
          ],
        }),
      },
      {
        says: "来源空白，填了的不足总额，不能判断",
        given: exampleForm({
          fundRows: [
            ["total", "年度资金总额", "98.00", "98.00", "93.10", "10", "95.00", "9.50"],
            ["current-appropriation", "其中：当年财政拨款", "90.00", "90.00", "88.10", null, "97.89", null],
            ["other", "其他资金", null, null, null],
          ],
        }),
      },
    ],
  },
});
