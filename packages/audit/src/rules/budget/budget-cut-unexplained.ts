import {
  compare,
  compareRatio,
  decimal,
  formatDecimal,
  place,
  ratio,
  showDecimal,
  subtract,
} from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { budgetCut } from "../../facts/budget-cut.ts";
import { shareOf } from "../../facts/execution.ts";
import { moneyReasonsOf } from "../../facts/money-reasons.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** Regulations, AR-160. */
const CUT = decimal("0.3");

type Figures = {
  initial: string;
  adjusted: string;
  unit: string;
  cut: string;
  percent: string;
  spentOfInitial: string;
  printed: string;
};

/** The budget was cut by more than 30 % and the form does not say why. */
export const budgetCutUnexplained: Rule = formRule<Figures>({
  id: "budget-cut-unexplained",
  code: "AR-160",
  title: "预算调减超过30%而没有说明",
  explains:
    "全年预算数比年初预算数少30%以上，资金行旁、原因栏、其他说明栏和完成情况都没有交代。调减之后执行率看起来很高，按年初预算算却很低的，一并指出。",
  kind: "auto",
  basis: [cite("reading", "预算调减"), cite("form-sichuan-2023", "调整说明")],
  force: "should",
  refines: ["AR-26", "AR-161"],
  needs: ["funds"],
  check: (dossier) => {
    const cut = budgetCut(dossier);
    if (!cut) return notApplicable("年初预算数或全年预算数没有填列");
    if (compareRatio(cut.share, CUT) <= 0 || moneyReasonsOf(dossier).change) return outcomeOf<Figures>([]);
    const { fund, initial, adjusted } = cut;
    const spent = fund.expenditure;
    const ofInitial = spent ? ratio(spent, initial) : null;
    const printed = fund.executionRate;
    const found: Found<Figures> = {
      at: [place.fund(fund.index, "adjustedBudget"), place.fund(fund.index, "initialBudget")],
      figures: {
        initial: showDecimal(initial),
        adjusted: showDecimal(adjusted),
        unit: dossier.form.moneyUnit ?? "",
        cut: showDecimal(subtract(initial, adjusted)),
        percent: formatDecimal(cut.percent),
        spentOfInitial: spent && ofInitial ? formatDecimal(shareOf(spent, initial) ?? spent) : "",
        printed: printed && compare(printed, decimal(0)) > 0 ? formatDecimal(printed) : "",
      },
    };
    return outcomeOf([found]);
  },
  message: ({ initial, adjusted, unit, cut, percent, spentOfInitial, printed }) =>
    `年初预算${initial}${unit}，全年预算${adjusted}${unit}，调减${cut}${unit}（-${percent}%），表内没有说明${
      spentOfInitial
        ? `；全年执行数只占年初预算的${spentOfInitial}%${printed ? `，表上执行率为${printed}%` : ""}`
        : ""
    }。`,
  remedy: ({ percent }) => `说明预算调减${percent}%的原因和批准文件，以及绩效目标是否同步调整。`,
  examples: {
    fails: [
      {
        says: "调减五成没有说明",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "196.00", "98.00", "93.10", "10", "95.00", "9.50"]],
        }),
      },
    ],
    passes: [
      { says: "没有调整", given: exampleForm() },
      {
        says: "调减四成，完成情况说明了压减",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "163.30", "98.00", "93.10", "10", "95.00", "9.50"]],
          achieved: "2024年维护供水管道126公里；年中按区财政要求压减项目预算65.30万元，相应取消二期改造。",
        }),
      },
    ],
  },
});
