import { compare, compareRatio, decimal, formatDecimal, place, showDecimal, subtract } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm, withRows } from "../../example-form.ts";
import { rateWords, wholeExecution } from "../../facts/execution.ts";
import { isFull } from "../../facts/marks.ts";
import { moneyReasonsOf } from "../../facts/money-reasons.ts";
import { rowMeanings } from "../../lexicon/row-meaning.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** form-sichuan-2023, 执行率说明: below 90 % a reason is compulsory. */
const LOW = decimal("0.9");

type Figures = { rate: string; arithmetic: string; unspent: string; unit: string; outputs: string };

/** Less than 90 % of the budget was spent and nothing in the form says why. */
export const lowExecutionUnexplained: Rule = formRule<Figures>({
  id: "low-execution-unexplained",
  code: "AR-25",
  title: "执行率低于90%而没有说明原因",
  explains:
    "执行率低于90%的，应在资金行旁、偏差原因、其他说明栏或实际完成情况中说明为什么没有用完。预期目标是年初写的，不算说明。产出指标却全部满分的，一并指出。",
  kind: "auto",
  basis: [cite("form-sichuan-2023", "执行率说明"), cite("reading", "执行率偏低")],
  force: "pack",
  refines: ["AR-33", "AR-34"],
  needs: ["funds"],
  check: (dossier) => {
    const whole = wholeExecution(dossier);
    if (!whole) return notApplicable("执行率不能计算");
    if (compareRatio(whole.rate, LOW) >= 0 || moneyReasonsOf(dossier).lowExecution)
      return outcomeOf<Figures>([]);
    const outputs = rowMeanings(dossier.facts).filter(
      ({ group, facts }) => group === "output" && facts.score !== null,
    );
    const allFull = outputs.length > 0 && outputs.every(({ facts }) => isFull(facts));
    const found: Found<Figures> = {
      at: [place.fund(whole.fund.index, "executionRate"), place.fund(whole.fund.index, "deviation")],
      figures: {
        rate: formatDecimal(whole.percent),
        arithmetic: rateWords(whole, dossier.policy),
        unspent:
          compare(whole.budget, whole.spent) > 0 ? showDecimal(subtract(whole.budget, whole.spent)) : "",
        unit: dossier.form.moneyUnit ?? "",
        outputs: allFull ? String(outputs.length) : "",
      },
    };
    return outcomeOf([found]);
  },
  message: ({ arithmetic, unspent, unit, outputs }) =>
    `${arithmetic}，低于90%，${unspent}${unit}没有支出，表内没有说明原因${
      outputs ? `；而${outputs}项产出指标全部得满分` : ""
    }。`,
  remedy: ({ rate }) =>
    `在资金行的原因栏（没有这一栏的，在实际完成情况里）说明执行率只有${rate}%的原因（如结余、未到付款节点、预算编大、任务未完成）和改进措施。`,
  examples: {
    fails: [
      {
        says: "只执行了四成，没有说明",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "39.20", "10", "40.00", "4.00"]],
          totalScore: "94.00",
        }),
      },
      {
        says: "收回的是问卷，不是资金，算不上说明",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "39.20", "10", "40.00", "4.00"]],
          totalScore: "94.00",
          achieved:
            "2024年完成6个乡镇供水管道维护126公里，报修平均19小时处理完毕，8630名农村居民受益。满意度调查发放问卷200份，收回189份，用水户满意度93%。",
        }),
      },
    ],
    passes: [
      { says: "执行95%", given: exampleForm() },
      {
        says: "在完成情况中说明了尾款未付",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "68.60", "10", "70.00", "7.00"]],
          totalScore: "97.00",
          achieved:
            "2024年完成6个乡镇供水管道维护126公里，工程尾款29.40万元未到付款时间，将于2025年3月支付。",
        }),
      },
      {
        says: "在某一行的原因里说明了资金结余",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "78.40", "10", "80.00", "8.00"]],
          totalScore: "98.00",
          rows: withRows({
            0: [
              "经济成本指标",
              "管护成本控制额",
              "≤95万元",
              "78.4万元",
              "10",
              "10",
              "公开招标中标价低于预算，资金结余19.60万元。",
            ],
          }),
        }),
      },
    ],
  },
});
