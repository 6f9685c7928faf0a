import {
  compare,
  decimal,
  formatDecimal,
  multiply,
  percentOf,
  place,
  ratio,
  showDecimal,
  subtract,
} from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { atLeast, rateWords, wholeExecution } from "../../facts/execution.ts";
import { marksOf } from "../../facts/marks.ts";
import { moneyReasonsOf } from "../../facts/money-reasons.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** Provincial systems: asked about where the rows are ahead of the money by more than 5 % of themselves, or over 20 % is unspent. */
const AHEAD = decimal("0.05");
const UNSPENT = decimal("0.2");
/** From here on no rule asks where the rest of the money is (AR-25): finishing the work with less is saving. */
const AS_GOOD_AS_SPENT = decimal("0.9");

type Figures = { earned: string; share: string; arithmetic: string; why: string };

/** The rows earned a larger share of their points than was spent of the money. */
export const rowsAheadOfMoney: Rule = formRule<Figures>({
  id: "rows-ahead-of-money",
  code: "AR-34",
  title: "指标得分率高于执行率",
  explains:
    "r＝各项指标得分÷各项指标分值，（r－执行率）÷r大于5%，或未支出超过20%。执行率达到90%的，以较少的钱办完多是节约，不提示；已说明资金原因的、已由执行率检查报告的不重复提示。预算为零的由另一项检查报告。",
  kind: "auto",
  basis: [cite("provincial", "进度与资金")],
  force: "hint",
  needs: ["funds", "indicators", "points", "scores"],
  check: (dossier) => {
    const whole = wholeExecution(dossier);
    const { rowPoints, rowScores } = marksOf(dossier);
    if (!whole) return notApplicable("执行率不能计算");
    if (!rowPoints || !rowScores || rowPoints.units <= 0n || rowScores.units <= 0n)
      return notApplicable("分值或得分没有填全");
    if (moneyReasonsOf(dossier).lowExecution) return outcomeOf<Figures>([]);
    if (atLeast(whole.spent, whole.budget, AS_GOOD_AS_SPENT)) return outcomeOf<Figures>([]);
    // (s/p − b/a) ÷ (s/p) > 5 %  ⇔  s·a − b·p > 5 %·s·a
    const left = multiply(rowScores, whole.budget);
    const right = multiply(whole.spent, rowPoints);
    const ahead = compare(subtract(left, right), multiply(left, AHEAD)) > 0;
    const unspent = compare(subtract(whole.budget, whole.spent), multiply(whole.budget, UNSPENT)) > 0;
    if (!ahead && !unspent) return outcomeOf<Figures>([]);
    const share = ratio(rowScores, rowPoints);
    const found: Found<Figures> = {
      at: [place.fund(whole.fund.index, "executionRate"), "indicators"],
      figures: {
        earned: `${showDecimal(rowScores)}÷${showDecimal(rowPoints)}`,
        share: share ? formatDecimal(percentOf(share, 2, "half-up")) : "",
        arithmetic: rateWords(whole, dossier.policy),
        why: ahead ? "得分率高出执行率的部分超过得分率的5%" : "未支出的超过预算的20%",
      },
    };
    return outcomeOf([found]);
  },
  message: ({ earned, share, arithmetic, why }) =>
    `指标得分率${earned}=${share}%，${arithmetic}，指标走在资金前面：${why}。`,
  remedy: () => "核对指标完成值和支出进度，说明未支出资金的去向。",
  examples: {
    fails: [
      {
        says: "指标全满分，执行率86%",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "84.28", "10", "86.00", "8.60"]],
          totalScore: "98.60",
        }),
      },
    ],
    passes: [
      { says: "正好相差5%", given: exampleForm() },
      {
        says: "指标全满分，执行率93%",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "91.14", "10", "93.00", "9.30"]],
          totalScore: "99.30",
        }),
      },
      {
        says: "说明了资金结余",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "84.28", "10", "86.00", "8.60"]],
          totalScore: "98.60",
          achieved: "2024年维护供水管道126公里，招标节约资金13.72万元。",
        }),
      },
    ],
  },
});
