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
import { rateWords, wholeExecution } from "../../facts/execution.ts";
import { marksOf } from "../../facts/marks.ts";
import { moneyReasonsOf } from "../../facts/money-reasons.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** Provincial systems: red where the rows are ahead of the money by more than 5 % of themselves, yellow where over 20 % is unspent. */
const RED = decimal("0.05");
const YELLOW = decimal("0.2");

type Figures = { earned: string; share: string; arithmetic: string; lamp: string };

/** The rows earned a larger share of their points than was spent of the money. */
export const rowsAheadOfMoney: Rule = formRule<Figures>({
  id: "rows-ahead-of-money",
  code: "AR-34",
  title: "指标得分率高于执行率",
  explains:
    "r＝各项指标得分÷各项指标分值，（r－执行率）÷r大于5%的亮红灯；未支出超过20%的亮黄灯。已说明资金原因的、已由执行率检查报告的不重复提示。预算为零的由另一项检查报告。",
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
    // (s/p − b/a) ÷ (s/p) > 5 %  ⇔  s·a − b·p > 5 %·s·a
    const left = multiply(rowScores, whole.budget);
    const right = multiply(whole.spent, rowPoints);
    const red = compare(subtract(left, right), multiply(left, RED)) > 0;
    const yellow = compare(subtract(whole.budget, whole.spent), multiply(whole.budget, YELLOW)) > 0;
    if (!red && !yellow) return outcomeOf<Figures>([]);
    const share = ratio(rowScores, rowPoints);
    const found: Found<Figures> = {
      at: [place.fund(whole.fund.index, "executionRate"), "indicators"],
      figures: {
        earned: `${showDecimal(rowScores)}÷${showDecimal(rowPoints)}`,
        share: share ? formatDecimal(percentOf(share, 2, "half-up")) : "",
        arithmetic: rateWords(whole, dossier.policy),
        lamp: red ? "红灯（高出5%以上）" : "黄灯（未支出超过20%）",
      },
    };
    return outcomeOf([found]);
  },
  message: ({ earned, share, arithmetic, lamp }) =>
    `指标得分率${earned}=${share}%，${arithmetic}，指标走在资金前面，${lamp}。`,
  remedy: () => "核对指标完成值和支出进度，说明未支出资金的去向。",
  examples: {
    fails: [
      {
        says: "指标全满分，执行率92%",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "90.16", "10", "92.00", "9.20"]],
          totalScore: "99.20",
        }),
      },
    ],
    passes: [
      { says: "正好相差5%", given: exampleForm() },
      {
        says: "说明了资金结余",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "90.16", "10", "92.00", "9.20"]],
          totalScore: "99.20",
          achieved: "2024年维护供水管道126公里，招标节约资金7.84万元。",
        }),
      },
    ],
  },
});
