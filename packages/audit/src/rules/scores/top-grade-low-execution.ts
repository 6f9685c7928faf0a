import { compareRatio, decimal, formatDecimal, place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { rateWords, wholeExecution } from "../../facts/execution.ts";
import { isTopGrade } from "../../facts/grades.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** Regulations, AR-154. */
const LOW = decimal("0.6");

type Figures = { grade: string; total: string; rate: string; arithmetic: string };

/** The best grade although well over a third of the money was not spent. */
export const topGradeLowExecution: Rule = formRule<Figures>({
  id: "top-grade-low-execution",
  code: "AR-154",
  title: "执行率低于60%而评为优",
  explains:
    "预算执行只占少数分值，执行率再低也可能评为最高等级。执行率低于60%而评为优的，提示核对指标值是否偏低、完成值是否有据。多数口径没有以执行率封顶的规定，只作建议。",
  kind: "auto",
  basis: [cite("reading", "等级偏高")],
  force: "hint",
  needs: ["funds", "grade"],
  check: (dossier) => {
    const { form, facts, policy } = dossier;
    const whole = wholeExecution(dossier);
    if (!whole || !form.grade) return notApplicable("执行率不能计算");
    if (compareRatio(whole.rate, LOW) >= 0 || !isTopGrade(form.grade, policy)) return outcomeOf<Figures>([]);
    const found: Found<Figures> = {
      at: ["grade", place.fund(whole.fund.index, "executionRate")],
      figures: {
        grade: form.grade,
        total: facts.totalScore ? showDecimal(facts.totalScore) : "",
        rate: formatDecimal(whole.percent),
        arithmetic: rateWords(whole, policy),
      },
    };
    return outcomeOf([found]);
  },
  message: ({ grade, total, arithmetic }) =>
    `${arithmetic}，低于60%，仍评为“${grade}”${total ? `（总分${total}分）` : ""}。`,
  remedy: () => "核对各项指标值是否偏低、完成值是否有佐证，再确认等级。",
  examples: {
    fails: [
      {
        says: "执行四成评为优",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "39.20", "10", "40.00", "4.00"]],
          totalScore: "94.00",
        }),
      },
    ],
    passes: [
      { says: "执行95%", given: exampleForm() },
      {
        says: "执行四成评为良",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "39.20", "10", "40.00", "4.00"]],
          totalScore: "88.00",
          grade: "良",
        }),
      },
    ],
  },
});
