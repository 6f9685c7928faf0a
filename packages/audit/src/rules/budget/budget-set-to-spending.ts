import { compareRatio, decimal, equals, formatDecimal, place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { budgetCut } from "../../facts/budget-cut.ts";
import { shareOf } from "../../facts/execution.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** Small settlements down to the sum spent are ordinary; from a tenth of the budget on the rate says nothing. Ours. */
const TELLING = decimal("0.1");

type Figures = { initial: string; adjusted: string; unit: string; percent: string; ofInitial: string };

/** The budget was cut to exactly what was spent: the rate of 100 % says nothing. */
export const budgetSetToSpending: Rule = formRule<Figures>({
  id: "budget-set-to-spending",
  code: "AR-162",
  title: "全年预算数恰好调为实际支出数",
  explains:
    "预算调减后恰等于全年执行数，执行率成为100%，预算执行得满分，执行率已不能说明预算执行得好不好。年初预算调减10%以上的才提示；没有调整而用完的是正常的。",
  kind: "auto",
  basis: [cite("reading", "预算凑支出")],
  force: "hint",
  refines: ["AR-161"],
  needs: ["funds"],
  check: (dossier) => {
    const cut = budgetCut(dossier);
    const spent = cut?.fund.expenditure;
    if (!cut || !spent) return notApplicable("年初预算数、全年预算数或全年执行数没有填列");
    if (!equals(spent, cut.adjusted) || spent.units === 0n || compareRatio(cut.share, TELLING) <= 0)
      return outcomeOf<Figures>([]);
    const found: Found<Figures> = {
      at: [place.fund(cut.fund.index, "adjustedBudget"), place.fund(cut.fund.index, "expenditure")],
      figures: {
        initial: showDecimal(cut.initial),
        adjusted: showDecimal(cut.adjusted),
        unit: dossier.form.moneyUnit ?? "",
        percent: formatDecimal(cut.percent),
        ofInitial: formatDecimal(shareOf(spent, cut.initial) ?? cut.percent),
      },
    };
    return outcomeOf([found]);
  },
  message: ({ initial, adjusted, unit, percent, ofInitial }) =>
    `全年预算由${initial}${unit}调为${adjusted}${unit}（-${percent}%），恰等于全年执行数，执行率因此为100%；实际只用了年初预算的${ofInitial}%。`,
  remedy: () => "说明调整的时间和依据；按支出数调整预算的，不宜以执行率100%得满分。",
  examples: {
    fails: [
      {
        says: "预算调成支出数",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "160.00", "93.10", "93.10", "10", "100.00", "10"]],
          totalScore: "100",
        }),
      },
    ],
    passes: [
      { says: "没有调整", given: exampleForm() },
      {
        says: "预算没有调整，全部用完",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "93.10", "93.10", "93.10", "10", "100.00", "10"]],
          totalScore: "100",
        }),
      },
      {
        says: "按结算小额调整",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "95.00", "93.10", "93.10", "10", "100.00", "10"]],
          totalScore: "100",
        }),
      },
    ],
  },
});
