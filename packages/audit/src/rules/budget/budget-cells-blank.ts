import { add, type Decimal, equals, type Place, place, ZERO } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import type { FundFacts } from "../../facts/form-facts.ts";
import { type Doubt, type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

type Figures = { initial: string; rows: string; whole: string };

const COLUMNS = ["adjustedBudget", "expenditure"] as const;

/** Whether the printed sources already make up the total: then a blank one can only be nothing. */
function complete(total: FundFacts, sources: readonly FundFacts[]): boolean {
  return COLUMNS.every((column) => {
    const wanted = total[column];
    if (!wanted) return false;
    const given = sources.reduce(
      (value: Decimal, fund) => (fund[column] ? add(value, fund[column]) : value),
      ZERO,
    );
    return equals(given, wanted);
  });
}

/** The initial budget or a source of money is left blank. */
export const budgetCellsBlank: Rule = formRule<Figures>({
  id: "budget-cells-blank",
  code: "AR-164",
  title: "年初预算数或资金来源行空白",
  explains:
    "有全年预算数而年初预算数空白，或来源行整行空白。空白不等于0：没有的应填0。填了的来源已等于总额、或整表都没有填年初预算的，只作建议；没有读到年初预算一栏的（表式可能没有），列为待人工判断。",
  kind: "auto",
  basis: [cite("form", "预算空白"), cite("form", "资金来源")],
  force: "should",
  needs: ["funds"],
  check: ({ form, facts }) => {
    const total = facts.totalFund ?? facts.scoredFund;
    if (!total || (!total.adjustedBudget && !total.expenditure)) return notApplicable("资金表没有填金额");
    // A label of no known source may be no source at all.
    const sources = facts.funds.filter((fund) => fund !== total && fund.row.source !== "unnamed");
    const blankRows = sources.filter(
      ({ initialBudget, adjustedBudget, expenditure }) => !initialBudget && !adjustedBudget && !expenditure,
    );
    const anyInitial = facts.funds.some(({ initialBudget }) => initialBudget !== null);
    // A column that was never read may be absent from the layout.
    const columnSeen =
      anyInitial ||
      Object.keys(form.origins).length === 0 ||
      facts.funds.some(({ index }) => place.fund(index, "initialBudget") in form.origins);
    const lacksInitial = facts.funds.filter(
      (fund) => columnSeen && !fund.initialBudget && fund.adjustedBudget && fund.adjustedBudget.units !== 0n,
    );
    const at: Place[] = [
      ...lacksInitial.map((fund) => place.fund(fund.index, "initialBudget")),
      ...blankRows.map((fund) => place.fund(fund.index)),
    ];
    const unclear: Doubt[] = columnSeen
      ? []
      : [
          {
            at: [place.fund(total.index, "initialBudget")],
            why: "没有读到年初预算数，不能判断是没有填还是表式没有此栏",
          },
        ];
    if (at.length === 0) return outcomeOf<Figures>([], unclear);
    const initialDoubtful = lacksInitial.length > 0 && anyInitial;
    const rowsDoubtful = blankRows.length > 0 && !complete(total, sources);
    const found: Found<Figures> = {
      at,
      figures: {
        initial: lacksInitial.map(({ row }) => `“${row.label.replace(/^其中[:：]?/, "")}”`).join("、"),
        rows: blankRows.map(({ row }) => `“${row.label.replace(/^其中[:：]?/, "")}”`).join("、"),
        whole: anyInitial ? "" : "是",
      },
      ...(initialDoubtful || rowsDoubtful ? {} : { force: "hint" as const }),
    };
    return outcomeOf([found], unclear);
  },
  message: ({ initial, rows, whole }) =>
    `${[
      initial ? (whole ? "全表没有填年初预算数" : `${initial}没有填年初预算数`) : "",
      rows ? `${rows}各列空白` : "",
    ]
      .filter((part) => part !== "")
      .join("；")}，空白不能当作0。`,
  remedy: ({ rows }) => `补填年初预算数${rows ? "；没有的资金来源各列填0.00" : ""}。`,
  examples: {
    fails: [
      {
        says: "年初预算数和两个来源空白",
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
        says: "来源不足总额，另一来源空白",
        given: exampleForm({
          fundRows: [
            ["total", "年度资金总额", "98.00", "98.00", "93.10", "10", "95.00", "9.50"],
            ["current-appropriation", "其中：当年财政拨款", "90.00", "90.00", "88.10", null, "97.89", null],
            ["other", "其他资金", null, null, null],
          ],
        }),
      },
    ],
    passes: [{ says: "都填了，没有的填0.00", given: exampleForm() }],
  },
});
