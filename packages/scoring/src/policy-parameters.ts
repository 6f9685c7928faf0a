import { type Decimal, decimal, formatDecimal, multiply, showDecimal, trimDecimal } from "@jiheng/domain";
import type { Citation } from "@jiheng/law";
import { COUNTED_MECHANISMS } from "./mechanisms/index.ts";
import type {
  CountedMechanism,
  ExecutionMechanism,
  OverfulfilmentAction,
  OverfulfilmentCondition,
  PolicyPack,
  QualitativeMechanism,
  ReasonCondition,
  RowComparison,
} from "./policy-pack.ts";

/** One parameter of a pack for people: its name and value in Chinese, and the clause it rests on. */
export interface PolicyParameter {
  readonly name: string;
  readonly value: string;
  readonly basis: Citation;
}

const HUNDRED = decimal(100);
const ROUNDING_WORDS = { "half-up": "四舍五入", truncate: "截断", up: "进位" } as const;
const SIGNS: readonly RowComparison[] = ["≥", ">", "≤", "<", "=", "none"];

function percent(value: Decimal): string {
  return `${formatDecimal(trimDecimal(multiply(value, HUNDRED)))}%`;
}

function countedWords(rule: CountedMechanism): string {
  const title = COUNTED_MECHANISMS[rule.kind].title;
  switch (rule.kind) {
    case "pass-threshold":
      return `${title}（及格线${percent(rule.threshold)}）`;
    case "deviation-bands": {
      const bands = rule.bands.map(
        (each) =>
          `±${percent(each.within)}以内${showDecimal(each.share.award)}/${showDecimal(each.share.of)}`,
      );
      return `${title}（${bands.join("，")}，超出不得分）`;
    }
    case "value-bands":
      return `${title}（${bandWords(rule.bands)}）`;
    case "step-down":
      return `${title}（${showDecimal(rule.fullFrom)}%以上满分，每低${showDecimal(rule.step)}个百分点扣${showDecimal(rule.deduction)}分）`;
    default:
      return title;
  }
}

function bandWords(
  bands: readonly {
    readonly from: Decimal;
    readonly share: { readonly award: Decimal; readonly of: Decimal };
  }[],
): string {
  const words = bands.map(
    (each) => `${showDecimal(each.from)}%以上${showDecimal(each.share.award)}/${showDecimal(each.share.of)}`,
  );
  return `${words.join("，")}，其下不得分`;
}

function executionWords(rule: ExecutionMechanism): string {
  if (rule.kind === "proportion") return "分值×执行率，不超过分值";
  const finished = rule.finishedEarnsAll ? "预算内完成的得满分；未完成的" : "";
  return `分档：${finished}${bandWords(rule.bands)}`;
}

function qualitativeWords(rule: QualitativeMechanism): string {
  switch (rule.kind) {
    case "tiers":
      return rule.tiers.map((tier) => `${tier.title}${percent(tier.from)}至${percent(tier.to)}`).join("；");
    case "yes-no":
      return "达成得满分，未达成不得分，其余由人判断";
    case "graded":
      return rule.grades
        .map((grade) => `${grade.word}${showDecimal(grade.share.award)}/${showDecimal(grade.share.of)}`)
        .join("，");
  }
}

function conditionWords(condition: OverfulfilmentCondition): string {
  switch (condition.kind) {
    case "from": {
      const zero = condition.whenTargetZero
        ? `（指标值为0的，完成值达到${showDecimal(condition.whenTargetZero)}）`
        : "";
      return `完成率达到${percent(condition.completion)}${zero}`;
    }
    case "above":
      return `完成率高于${percent(condition.completion)}`;
    case "exceeds":
      return "完成值大于指标值";
    case "differs":
      return "完成值不等于指标值";
  }
}

function actionWords(action: OverfulfilmentAction): string {
  switch (action.kind) {
    case "flag":
      return "提示，不自动扣分";
    case "reason":
      return "须填写原因";
    case "manual":
      return "可由人写明理由后改分";
    case "zero":
      return "不得分";
    case "deduct":
      return `扣${showDecimal(action.points)}分`;
  }
}

function reasonWords(condition: ReasonCondition): string {
  switch (condition.kind) {
    case "score-below-points":
      return "得分低于分值";
    case "rate-below":
      return `执行率低于${showDecimal(condition.percent)}%`;
    case "completion-below":
      return `完成率低于${showDecimal(condition.percent)}%`;
    case "completion-above":
      return `完成率${condition.inclusive ? "达到" : "高于"}${showDecimal(condition.percent)}%`;
    case "budget-changed":
      return "年中追加或调减预算";
    case "large-deviation":
      return "偏差大或目标未完成";
  }
}

/** Every parameter of a pack in words, each with the clause it rests on, in a fixed order. */
export function policyParameters(policy: PolicyPack): readonly PolicyParameter[] {
  const rows: PolicyParameter[] = [];
  const put = (name: string, words: string, basis: Citation): void => {
    rows.push({ name, value: words, basis });
  };
  const { execution } = policy;
  put("预算执行分值（表上未印时）", `${showDecimal(execution.points.value)}分`, execution.points.basis);
  put(
    "执行率分母",
    execution.denominator.value === "initial" ? "年初预算数" : "全年（调整后）预算数",
    execution.denominator.basis,
  );
  put("执行得分", executionWords(execution.mechanism.value), execution.mechanism.basis);
  put("执行率小数位", `${execution.ratePlaces.value}位`, execution.ratePlaces.basis);
  put("执行率舍入", ROUNDING_WORDS[execution.rateRounding.value], execution.rateRounding.basis);
  for (const own of execution.rateRoundingByTemplate)
    put(`执行率舍入（表式${own.template}）`, ROUNDING_WORDS[own.rounding.value], own.rounding.basis);
  const accepted = execution.acceptedRateRoundings;
  put("打印执行率认可", accepted.value.map((each) => ROUNDING_WORDS[each]).join("、"), accepted.basis);
  const { places, rounding } = policy.scoreRounding.value;
  put("得分舍入", `${places}位，${ROUNDING_WORDS[rounding]}`, policy.scoreRounding.basis);
  if (policy.level1Points) {
    const words = Object.entries(policy.level1Points.value).map(
      ([name, value]) => `${name}${showDecimal(value)}分`,
    );
    put("一级指标分值", words.join("，"), policy.level1Points.basis);
  }
  if (policy.coefficient) put("计分方式", "分值×得分系数（%），不超过分值", policy.coefficient.basis);
  else {
    put("达到指标值", "得满分", policy.reached.basis);
    for (const sign of SIGNS) {
      const rule = policy.counted[sign];
      put(sign === "none" ? "未印比较号" : `“${sign}”`, countedWords(rule.value), rule.basis);
    }
    for (const special of policy.categories)
      put(
        special.category === "cost" ? "成本指标" : "满意度指标",
        countedWords(special.mechanism.value),
        special.mechanism.basis,
      );
    const zero = policy.targetZero;
    put(
      "指标值为零",
      zero.value.kind === "judgement" ? "由人判断" : "完成值不大于0得满分，否则不得分",
      zero.basis,
    );
    put("定性指标", qualitativeWords(policy.qualitative.value), policy.qualitative.basis);
  }
  for (const rule of policy.overfulfilment) {
    const signs = rule.comparisons.map((sign) => (sign === "none" ? "未印比较号" : sign)).join(" ");
    const only = rule.only ? `，限部门整体的${rule.only.level1}指标` : "";
    put(`超额（${signs}${only}）界线`, conditionWords(rule.when.value), rule.when.basis);
    put(`超额（${signs}${only}）处理`, actionWords(rule.action.value), rule.action.basis);
  }
  if (policy.handDeduction) put("人工扣分", "自动得分减人工扣分，最低为零", policy.handDeduction.basis);
  if (policy.grades) {
    const words = policy.grades.value.map((band) => `${band.grade}≥${showDecimal(band.from)}`);
    put("等级（半开区间）", words.join("，"), policy.grades.basis);
  }
  for (const reason of policy.reasonCompulsory) put("必须说明", reasonWords(reason.value), reason.basis);
  if (policy.totalCap) {
    const words = policy.totalCap.value.map(
      (each) => `执行率低于${showDecimal(each.below)}%不超过${showDecimal(each.atMost)}分`,
    );
    put("总分封顶", words.join("，"), policy.totalCap.basis);
  }
  if (policy.rescaleNotApplicable)
    put("不适用项", "得分÷（100-不适用分值）×100", policy.rescaleNotApplicable.basis);
  if (policy.moneyUnit) put("金额单位", policy.moneyUnit.value, policy.moneyUnit.basis);
  for (const limit of policy.textLimits)
    put("字数", `${limit.value.field}不超过${limit.value.characters}字`, limit.basis);
  for (const duty of policy.duties) put("硬性检查", duty.code, duty.basis);
  for (const remark of policy.remarks) put("说明", remark.value, remark.basis);
  return rows;
}
