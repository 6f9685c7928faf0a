import { compareRatio, decimal, formatDecimal, place, showDecimal, sum } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { rateWords, wholeExecution } from "../../facts/execution.ts";
import { isFull } from "../../facts/marks.ts";
import { rowMeanings } from "../../lexicon/row-meaning.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** "Very low" for a whole year; the reviewers' papers give no figure, the line is ours (as for the top grade, AR-154). */
const VERY_LOW = decimal("0.6");

type Figures = { rate: string; arithmetic: string; rows: string; points: string };

/** Very little spent, every output met in full. */
export const outputsFullMoneyUnspent: Rule = formRule<Figures>({
  id: "outputs-full-money-unspent",
  code: "AR-33",
  title: "执行率很低而产出全部满分",
  explains:
    "执行率低于60%，产出指标却全部得满分：或者预算编大了，或者任务没有做完，或者款项未付。执行率没有说明的由执行率检查一并报告；已说明原因的，仍需说明产出为何不受影响。没有给分的表不作判断。",
  kind: "auto",
  basis: [cite("reviewers", "执行与产出")],
  force: "should",
  refines: ["AR-34"],
  needs: ["funds", "indicators", "scores"],
  check: (dossier) => {
    const whole = wholeExecution(dossier);
    if (!whole) return notApplicable("执行率不能计算");
    const outputs = rowMeanings(dossier.facts).filter(
      ({ group, facts }) => group === "output" && facts.points !== null,
    );
    if (outputs.length === 0) return notApplicable("没有填分值的产出指标");
    if (compareRatio(whole.rate, VERY_LOW) >= 0 || !outputs.every(({ facts }) => isFull(facts)))
      return outcomeOf<Figures>([]);
    const points = outputs.map(({ facts }) => facts.points).filter((value) => value !== null);
    const found: Found<Figures> = {
      at: [
        place.fund(whole.fund.index, "executionRate"),
        ...outputs.slice(0, 20).map(({ facts }) => place.indicator(facts.index, "score")),
      ],
      figures: {
        rate: formatDecimal(whole.percent),
        arithmetic: rateWords(whole, dossier.policy),
        rows: String(outputs.length),
        points: showDecimal(sum(points)),
      },
    };
    return outcomeOf([found]);
  },
  message: ({ arithmetic, rows, points }) =>
    `${arithmetic}，${rows}项产出指标却全部得满分（共${points}分）。`,
  remedy: ({ rate }) =>
    `说明资金只执行${rate}%而产出全部完成的原因，核对产出的实际完成值；预算编大的，下年度据实编制。`,
  examples: {
    fails: [
      {
        says: "执行四成，产出全满分，原因说了尾款未付",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "98.00", "98.00", "39.20", "10", "40.00", "4.00"]],
          totalScore: "94.00",
          achieved: "2024年维护供水管道126公里，工程尾款58.80万元未支付。",
        }),
      },
    ],
    passes: [{ says: "执行95%", given: exampleForm() }],
  },
});
