import {
  type Form,
  formatDecimal,
  type Place,
  percentOf,
  place,
  type Score,
  type Step,
  showDecimal,
} from "@jiheng/domain";
import type { PolicyPack } from "./policy-pack.ts";
import { executionRatio, rateRounding } from "./score-execution.ts";
import { type EnteredTotal, type FormScore, recomputeEntered, scoreForm } from "./score-form.ts";
import { scoreWords, totalWords } from "./score-words.ts";

/** How one mark of a form came about under a policy. */
export interface Explanation {
  readonly at: Place;
  /** What is explained, in Chinese: 指标“…”得分, 预算执行得分, 总分, 等级. */
  readonly title: string;
  /** What the form prints there, null where it is blank. */
  readonly printed: string | null;
  /** The mark under the policy in words. */
  readonly mark: string;
  readonly steps: readonly Step[];
}

const INDEXED = /^(funds|indicators)\[(\d+)\](?:\.(score|points|executionRate|target|actual|name))?$/;

function stepsOf(score: Score): readonly Step[] {
  if (score.kind !== "notApplicable") return score.steps;
  return [{ says: score.why, mechanism: "not-applicable", figures: {}, basis: score.basis, at: [] }];
}

function explainRate(form: Form, policy: PolicyPack, index: number): Explanation | null {
  const fund = form.funds[index];
  if (!fund) return null;
  const at = place.fund(index, "executionRate");
  const title = `${fund.label}执行率`;
  const { denominator, ratePlaces, acceptedRateRoundings } = policy.execution;
  const found = executionRatio(fund, policy);
  const basis = [denominator.basis, acceptedRateRoundings.basis];
  const places = [place.fund(index, "adjustedBudget"), place.fund(index, "expenditure")];
  if (found.kind === "cannot") {
    const steps: Step[] = [{ says: found.why, mechanism: "execution-rate", figures: {}, basis, at: places }];
    return { at, title, printed: fund.executionRate, mark: found.why, steps };
  }
  const { rate } = found;
  const roundings = acceptedRateRoundings.value.map((rounding) => {
    const value = formatDecimal(percentOf(rate, ratePlaces.value, rounding));
    return `${rounding === "truncate" ? "截断" : rounding === "up" ? "进位" : "四舍五入"}为${value}%`;
  });
  const own = formatDecimal(percentOf(rate, ratePlaces.value, rateRounding(form.template, policy)));
  const says = `${showDecimal(rate.numerator)}÷${showDecimal(rate.denominator)}，${roundings.join("，")}`;
  const steps: Step[] = [
    { says, mechanism: "execution-rate", figures: { executionRate: own }, basis, at: places },
  ];
  return { at, title, printed: fund.executionRate, mark: `${own}%`, steps };
}

/**
 * How the mark at a place came about: an execution score or rate (`funds[i]…`), an indicator's score (`indicators[i]…`),
 * `totalScore` or `grade`. Null for a place that holds no mark. A caller that has them passes the form's results in.
 */
export function explainScore(
  form: Form,
  policy: PolicyPack,
  at: Place,
  known?: { readonly score: FormScore; readonly entered: EnteredTotal },
): Explanation | null {
  const indexed = INDEXED.exec(at);
  if (indexed) {
    const index = Number(indexed[2]);
    if (indexed[1] === "funds" && indexed[3] === "executionRate") return explainRate(form, policy, index);
    const score = known?.score ?? scoreForm(form, policy);
    if (indexed[1] === "funds") {
      const fund = form.funds[index];
      const row = score.executionRows.find((each) => each.fund === index);
      if (!fund || !row) return null;
      return {
        at: place.fund(index, "score"),
        title: `${fund.label}预算执行得分`,
        printed: fund.score,
        mark: scoreWords(row.score),
        steps: stepsOf(row.score),
      };
    }
    const indicator = form.indicators[index];
    const mark = score.indicators[index];
    if (!indicator || !mark) return null;
    return {
      at: place.indicator(index, "score"),
      title: `指标“${indicator.name ?? "未命名"}”得分`,
      printed: indicator.score,
      mark: scoreWords(mark),
      steps: stepsOf(mark),
    };
  }
  if (at !== "totalScore" && at !== "grade") return null;
  const score = known?.score ?? scoreForm(form, policy);
  const entered = known?.entered ?? recomputeEntered(form, policy);
  const lacking = score.total.kind === "bounds" ? score.total.lacking : [];
  const open = lacking.map(
    (each): Step => ({ says: each.what, mechanism: "lacking", figures: {}, basis: [], at: [each.at] }),
  );
  const wanted = at === "grade" ? ["from-entered", "grade", "total"] : null;
  const kept = (step: Step): boolean => wanted === null || wanted.includes(step.mechanism);
  const under = (prefix: string, steps: readonly Step[]): Step[] =>
    steps.map((step) => ({ ...step, says: `${prefix}：${step.says}` }));
  const steps = [
    ...under("按填报的得分", entered.steps),
    ...under("按政策包重算", score.steps),
    ...(at === "totalScore" ? open : []),
  ].filter(kept);
  if (at === "totalScore") {
    const again = entered.totalScore ? `按填报重算${showDecimal(entered.totalScore)}分；` : "";
    const mark = `${again}按${policy.title}${totalWords(score.total)}`;
    return { at, title: "总分", printed: form.totalScore, mark, steps };
  }
  const again = entered.grade ? `按填报重算为${entered.grade}；` : "";
  const possible = score.possibleGrades.length > 0 ? score.possibleGrades.join("或") : "不评等级";
  return { at, title: "等级", printed: form.grade, mark: `${again}按${policy.title}为${possible}`, steps };
}
