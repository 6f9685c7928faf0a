import { compare, decimal, formatDecimal, place, showDecimal, subtract } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { budgetCut } from "../../facts/budget-cut.ts";
import { shareOf } from "../../facts/execution.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** "Far below" in points of percent; ours. */
const FAR = decimal(20);

type Figures = { spent: string; initial: string; ofInitial: string; rate: string };

/** Measured by the initial budget far less was carried out than the printed rate says. */
export const executionAgainstInitial: Rule = formRule<Figures>({
  id: "execution-against-initial",
  code: "AR-161",
  title: "按年初预算算的执行率远低于印出的执行率",
  explains:
    "执行率以调整后的预算为分母。预算年中调减的，按年初预算算的执行率低20个百分点以上时提示，供判断年初预算是否编大。调减没有说明而已报告的不重复提示；以年初预算为分母的口径不适用。",
  kind: "auto",
  basis: [cite("reading", "年初执行率")],
  force: "hint",
  needs: ["funds"],
  check: (dossier) => {
    if (dossier.policy.execution.denominator.value === "initial")
      return notApplicable("所用口径以年初预算为分母");
    const cut = budgetCut(dossier);
    const spent = cut?.fund.expenditure;
    if (!cut || !spent) return notApplicable("年初预算数或全年执行数没有填列");
    const ofInitial = shareOf(spent, cut.initial);
    const rate = cut.fund.executionRate ?? shareOf(spent, cut.adjusted);
    if (!ofInitial || !rate || compare(subtract(rate, ofInitial), FAR) < 0) return outcomeOf<Figures>([]);
    const found: Found<Figures> = {
      at: [place.fund(cut.fund.index, "executionRate"), place.fund(cut.fund.index, "initialBudget")],
      figures: {
        spent: showDecimal(spent),
        initial: showDecimal(cut.initial),
        ofInitial: formatDecimal(ofInitial),
        rate: formatDecimal(rate),
      },
    };
    return outcomeOf([found]);
  },
  message: ({ spent, initial, ofInitial, rate }) =>
    `按年初预算算，执行率只有${spent}÷${initial}=${ofInitial}%，表上执行率为${rate}%。`,
  remedy: () => "说明年初预算与实际需要相差较大的原因，下年度据实编制。",
  examples: {
    fails: [
      {
        says: "年初预算的一半都没有用",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "196.00", "98.00", "93.10", "10", "95.00", "9.50"]],
        }),
      },
    ],
    passes: [{ says: "预算没有调整", given: exampleForm() }],
  },
});
