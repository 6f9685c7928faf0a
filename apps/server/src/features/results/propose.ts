import { compare, decimal, parseDecimal, percentOf, ratio, showDecimal } from "@jiheng/domain";
import { goalLamp, indicatorLamp, LAMP_TITLES, moneyLamp, reviewedTotal } from "@jiheng/workflow";
import { gradeOfScore } from "../samples/index.ts";
import type { UndecidedForm } from "./store.ts";

type Decision = "priority" | "keep" | "cut" | "cancel";

/** A proposal for the next budget, and every fact it comes from; the decision is null where there is no grade to begin with. */
export interface Proposal {
  readonly decision: Decision | null;
  readonly reviewScore: string | null;
  readonly says: string;
}

/** What a grade means for the next budget (regulations: 优先保障、保持、压减、取消). */
const BY_GRADE: Readonly<Record<string, Decision>> = { 优: "priority", 良: "keep", 中: "cut", 差: "cancel" };
const TITLES: Readonly<Record<Decision, string>> = {
  priority: "优先保障",
  keep: "保持",
  cut: "压减",
  cancel: "取消或重新论证",
};
const ORDER: readonly Decision[] = ["priority", "keep", "cut", "cancel"];
const SLOW = decimal(80);
const FAR_BEHIND = decimal(60);
const USUAL_MONTH = 7;

/** Proposes by the reviewed grade where there is one, and no better than problems, execution and lamps allow. */
export function propose(row: UndecidedForm): Proposal {
  const reviewScore = row.review_form ? reviewedTotal(row.review_form) : null;
  const reviewGrade = gradeOfScore(reviewScore, row.policy);
  const grade = reviewGrade ?? row.grade;
  const first = grade === null ? undefined : BY_GRADE[grade];
  const self =
    row.grade === null
      ? "自评没有等级"
      : `自评${row.total_score ?? ""}${row.total_score === null ? "" : "分"}（${row.grade}）`;
  const reviewed =
    reviewScore === null
      ? "未经复核"
      : `复核${reviewScore}分${reviewGrade === null ? "" : `（${reviewGrade}）`}`;
  const limits: { readonly most: Decision; readonly why: string }[] = [];
  if (reviewGrade === null && first === "priority")
    limits.push({ most: "keep", why: "等级只是自评、未经复核" });
  if (row.open_problems > 0)
    limits.push({ most: "keep", why: `下达整改的问题还有${row.open_problems}处没有验收` });
  const closed = row.problems - row.open_problems;
  const rate = rateOf(row);
  if (rate !== null && compare(rate, FAR_BEHIND) < 0)
    limits.push({ most: "cut", why: `预算执行率${showDecimal(rate)}%，低于60%` });
  else if (rate !== null && compare(rate, SLOW) < 0)
    limits.push({ most: "keep", why: `预算执行率${showDecimal(rate)}%，低于80%` });
  const lamps = lampsOf(row);
  if (lamps?.isRed) limits.push({ most: "keep", why: `年中监控${lamps.says}` });
  const facts = [
    self,
    reviewed,
    row.problems === 0
      ? "没有下达整改的问题"
      : `下达整改${row.problems}处${closed > 0 ? `（已验收${closed}处）` : ""}`,
    rate === null ? "执行率不能计算" : `执行率${showDecimal(rate)}%`,
    lamps === null ? "没有监控表" : `年中监控${lamps.says}`,
  ].join("，");
  if (first === undefined) return { decision: null, reviewScore, says: `${facts}。没有等级，不作建议。` };
  const decision = limits.reduce<Decision>(
    (worst, { most }) => (ORDER.indexOf(most) > ORDER.indexOf(worst) ? most : worst),
    first,
  );
  const lowered = limits.filter(({ most }) => ORDER.indexOf(most) > ORDER.indexOf(first));
  const why =
    lowered.length === 0
      ? `${reviewGrade === null ? "自评" : "复核"}等级为${grade}，建议${TITLES[decision]}。`
      : `等级为${grade}本可${TITLES[first]}，因${lowered.map((each) => each.why).join("、")}，建议${TITLES[decision]}。`;
  return { decision, reviewScore, says: `${facts}。${why}` };
}

function rateOf({ expenditure, adjusted_budget: budget }: UndecidedForm) {
  if (expenditure === null || budget === null) return null;
  const share = ratio(
    parseDecimal(expenditure.toString()) ?? decimal(0),
    parseDecimal(budget.toString()) ?? decimal(0),
  );
  return share === null ? null : percentOf(share, 2, "half-up");
}

function lampsOf({
  monitored,
  month,
}: UndecidedForm): { readonly isRed: boolean; readonly says: string } | null {
  if (monitored === null) return null;
  const upTo = month ?? USUAL_MONTH;
  const goal = goalLamp(monitored.indicators.map((each) => indicatorLamp(each, upTo))).lamp;
  const lit = moneyLamp(monitored, upTo);
  const money = lit.kind === "lit" ? lit.lamp : null;
  const word = (lamp: typeof goal) => (lamp === null ? "不能判断" : LAMP_TITLES[lamp]);
  return {
    isRed: goal === "red" || money === "red",
    says: `到${upTo}月目标${word(goal)}、资金${word(money)}`,
  };
}
