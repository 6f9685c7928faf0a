import { decimal, formatDecimal, percentOf, place, ratio, within } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { executionOf, rateWords } from "../../facts/execution.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

const TOLERANCE = decimal("0.01");

type Figures = { row: string; printed: string; arithmetic: string; rate: string; hint: string };

/** The printed rate was computed in another way, or not at all. */
export const rateMismatch: Rule = formRule<Figures>({
  id: "rate-mismatch",
  code: "AR-22",
  title: "执行率与重算的不符",
  explains:
    "全年执行数除以预算数，与印出的执行率比较；四舍五入、截断，以及0.01个百分点以内的差都算相符。只看计分行和有金额的行，0.00的行印0.00或空白都对。只差一两个数字的另作印错报告；恰为执行数除以年初预算数的，予以指出。",
  kind: "auto",
  basis: [cite("form", "执行率"), cite("form-tianchang-2022", "执行率")],
  force: "must",
  needs: ["funds"],
  check: (dossier) => {
    const rows = executionOf(dossier);
    if (!rows.some(({ verdict }) => verdict !== null)) return notApplicable("没有可以重算的执行率");
    const found: Found<Figures>[] = [];
    for (const row of rows) {
      if (row.verdict !== "wrong" || !row.fund.executionRate) continue;
      const { initialBudget, executionRate, adjustedBudget } = row.fund;
      const otherBudget =
        dossier.policy.execution.denominator.value === "initial" ? adjustedBudget : initialBudget;
      const other = otherBudget ? ratio(row.spent, otherBudget) : null;
      const fitsOther = other !== null && within(percentOf(other, 2, "half-up"), executionRate, TOLERANCE);
      found.push({
        at: [place.fund(row.fund.index, "executionRate")],
        figures: {
          row: row.fund.row.label || "预算执行",
          printed: formatDecimal(executionRate),
          arithmetic: rateWords(row, dossier.policy),
          rate: formatDecimal(row.percent),
          hint: fitsOther
            ? `；印出的数恰为全年执行数÷${dossier.policy.execution.denominator.value === "initial" ? "全年预算数" : "年初预算数"}`
            : "",
        },
      });
    }
    return outcomeOf(found);
  },
  message: ({ row, printed, arithmetic, hint }) =>
    `${row}的执行率印为${printed}%，重算${arithmetic}${hint}。`,
  remedy: ({ row, rate }) =>
    `${row}的执行率（按表内数为${rate}%），或核对预算数、执行数；得分和总分一并重算。`,
  examples: {
    fails: [
      {
        says: "执行八成，印100%",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "78.40", "10", "100.00", "10"]],
        }),
      },
      {
        says: "用年初预算数作了分母",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "120.00", "98.00", "93.10", "10", "77.58", "7.76"]],
        }),
      },
    ],
    passes: [
      { says: "95.00%相符", given: exampleForm() },
      {
        says: "截断到两位也相符",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "36.60", "36.60", "35.60", "10", "97.26", "9.73"]],
        }),
      },
      {
        says: "没有金额的来源印0.00",
        given: exampleForm({
          fundRows: [
            ["total", "年度资金总额", "98.00", "98.00", "93.10", "10", "95.00", "9.50"],
            ["carry-over", "上年结转资金", "0.00", "0.00", "0.00", null, "0.00", null],
          ],
        }),
      },
    ],
  },
});
