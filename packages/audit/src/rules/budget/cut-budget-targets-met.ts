import { compareRatio, decimal, formatDecimal, place, showDecimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { exampleForm } from "../../example-form.ts";
import { budgetCut } from "../../facts/budget-cut.ts";
import { isFull } from "../../facts/marks.ts";
import { type Found, formRule, notApplicable, outcomeOf, type Rule } from "../../rule.ts";

/** Regulations, AR-165: more than half. */
const HALF = decimal("0.5");

type Figures = { initial: string; adjusted: string; unit: string; percent: string; rows: string };

/** More than half of the budget was withdrawn, and every target was met all the same. */
export const cutBudgetTargetsMet: Rule = formRule<Figures>({
  id: "cut-budget-targets-met",
  code: "AR-165",
  title: "预算调减过半而指标全部达成",
  explains:
    "预算减去一半以上，各项指标却全部满分（没有给分的表看是否全部达到）：年初预算编大了，或指标值随预算调低而表上没有写，或完成值没有依据。年初、调整两套指标值都印在表上的不提示。",
  kind: "auto",
  basis: [cite("reading", "调减后全达成")],
  force: "should",
  needs: ["funds", "indicators"],
  check: (dossier) => {
    const { facts, form } = dossier;
    const cut = budgetCut(dossier);
    if (!cut) return notApplicable("年初预算数或全年预算数没有填列");
    if (compareRatio(cut.share, HALF) <= 0) return outcomeOf<Figures>([]);
    if (form.indicators.some((row) => row.initialTarget?.text)) return outcomeOf<Figures>([]);
    const judged = facts.hasScores
      ? facts.rows.filter(({ points, score }) => points !== null && score !== null)
      : facts.rows.filter(({ met }) => met !== null);
    if (judged.length === 0) return notApplicable("没有可以判断是否达成的指标");
    const allMet = judged.every((row) => (facts.hasScores ? isFull(row) : row.met === true));
    if (!allMet) return outcomeOf<Figures>([]);
    const found: Found<Figures> = {
      at: ["indicators", place.fund(cut.fund.index, "adjustedBudget")],
      figures: {
        initial: showDecimal(cut.initial),
        adjusted: showDecimal(cut.adjusted),
        unit: form.moneyUnit ?? "",
        percent: formatDecimal(cut.percent),
        rows: String(judged.length),
      },
    };
    return outcomeOf([found]);
  },
  message: ({ initial, adjusted, unit, percent, rows }) =>
    `预算由${initial}${unit}调减为${adjusted}${unit}（-${percent}%），${rows}项指标却全部达成。`,
  remedy: () =>
    "说明预算减少而任务照样完成的原因：指标值已随预算调整的写明调整前后的值，年初预算编大的据实改进。",
  examples: {
    fails: [
      {
        says: "预算减去六成，全部满分",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "245.00", "98.00", "93.10", "10", "95.00", "9.50"]],
        }),
      },
    ],
    passes: [
      { says: "没有调减", given: exampleForm() },
      {
        says: "调减四成",
        given: exampleForm({
          fundRows: [["total", "年度资金总额", "163.30", "98.00", "93.10", "10", "95.00", "9.50"]],
        }),
      },
    ],
  },
});
