import {
  compare,
  type Decimal,
  decimal,
  type FormKind,
  formatDecimal,
  type Indicator,
  isZero,
  multiply,
  type Place,
  parseDecimal,
  percentOf,
  type Score,
  type Step,
  showDecimal,
  subtract,
  ZERO,
} from "@jiheng/domain";
import type { Citation } from "@jiheng/law";
import type { ComparableValues } from "./comparable.ts";
import { roundAward, rowPlaces, step } from "./marks.ts";
import type { CountedRow, MechanismResult } from "./mechanism.ts";
import { mechanismOf } from "./mechanisms/index.ts";
import { targetZero } from "./mechanisms/target-zero.ts";
import { overfulfilmentOf } from "./overfulfilment.ts";
import type {
  Based,
  CountedMechanism,
  OverfulfilmentCondition,
  OverfulfilmentRule,
  PolicyPack,
} from "./policy-pack.ts";

const HUNDRED = decimal(100);

/** Whether a level-1 or level-2 label names the category. */
export function isCategory(indicator: Indicator, category: "cost" | "satisfaction"): boolean {
  const word = category === "cost" ? "成本" : "满意度";
  return (indicator.level1?.includes(word) ?? false) || (indicator.level2?.includes(word) ?? false);
}

function mechanismFor(
  indicator: Indicator,
  values: ComparableValues,
  policy: PolicyPack,
): Based<CountedMechanism> {
  for (const special of policy.categories) {
    if (isCategory(indicator, special.category)) return special.mechanism;
  }
  return policy.counted[values.comparison];
}

const LESS_IS_BETTER =
  /成本|费用|支出|投资|造价|单价|经费|投诉|事故|差错|误差|失误|返工|逾期|超期|时限|耗时|用时|变质|损失|能耗|发生率|死亡/;

/** Whether a figure without a sign may just as well be an upper bound: then only an exact hit is sure to be met. */
function directionUnsure(indicator: Indicator, values: ComparableValues): boolean {
  if (values.comparison !== "none" || compare(values.actual, values.target) === 0) return false;
  return isCategory(indicator, "cost") || LESS_IS_BETTER.test(indicator.name ?? "");
}

function unsureDirection(row: CountedRow): MechanismResult {
  const why = `指标值${showDecimal(row.target)}未印比较号，这类指标多为上限，不能判断完成值${showDecimal(row.actual)}是否达到，由人判断`;
  return { kind: "judgement", between: [ZERO, row.points], why };
}

/** The reason written beside a row, null where the cell is blank or only a stroke. */
function reasonOf(indicator: Indicator): string | null {
  const text = indicator.deviation?.trim() ?? "";
  return /^[-—–/\\无]*$/.test(text) ? null : text;
}

/** How far a target is passed: "300÷100=300.00%，达到120%". */
function passedWords(condition: OverfulfilmentCondition, row: CountedRow): string {
  const b = showDecimal(row.actual);
  const a = showDecimal(row.target);
  if (condition.kind === "exceeds") return `完成值${b}大于指标值${a}`;
  if (condition.kind === "differs") return `完成值${b}不等于指标值${a}`;
  if (isZero(row.target)) return `指标值为0而完成值为${b}`;
  const completion = formatDecimal(
    percentOf({ numerator: row.actual, denominator: row.target }, 2, "half-up"),
  );
  const line = showDecimal(multiply(condition.completion, HUNDRED));
  return `${b}÷${a}=${completion}%，${condition.kind === "from" ? "达到" : "高于"}${line}%`;
}

function rowFigures(row: CountedRow): Record<string, string> {
  return {
    target: showDecimal(row.target),
    actual: showDecimal(row.actual),
    points: showDecimal(row.points),
  };
}

/** The mechanism's result, or the pack's own rule where the mechanism would divide by a target of 0 or below. */
function resultOf(
  row: CountedRow,
  chosen: Based<CountedMechanism>,
  policy: PolicyPack,
): { readonly result: MechanismResult; readonly name: string; readonly basis: Citation } {
  const mechanism = mechanismOf(chosen.value);
  const always = mechanism.divides === "always";
  if (row.target.units <= 0n && (always || mechanism.divides === "when-missed")) {
    if (isZero(row.target) && (always || !row.met || row.comparison === "=")) {
      const result = targetZero.apply(row, policy.targetZero.value);
      return { result, name: targetZero.kind, basis: policy.targetZero.basis };
    }
    if (row.target.units < 0n && (always || !row.met)) {
      const why = `指标值${showDecimal(row.target)}为负数，不能按比例计算，由人判断`;
      return {
        result: { kind: "judgement", between: [ZERO, row.points], why },
        name: mechanism.kind,
        basis: chosen.basis,
      };
    }
  }
  const basis = row.met && mechanism.fullWhenMet ? policy.reached.basis : chosen.basis;
  return { result: mechanism.apply(row, chosen.value), name: mechanism.kind, basis };
}

/** What one over-fulfilment rule makes of an award. */
type Overfulfilled =
  | { readonly kind: "awarded"; readonly awarded: Decimal; readonly says: string }
  | { readonly kind: "open"; readonly says: string };

function applyOverfulfilment(
  rule: OverfulfilmentRule,
  row: CountedRow,
  awarded: Decimal,
  entered: Decimal | null,
  reason: string | null,
): Overfulfilled {
  const passed = passedWords(rule.when.value, row);
  const action = rule.action.value;
  switch (action.kind) {
    case "flag":
      return { kind: "awarded", awarded, says: `${passed}，予以提示，不自动扣分` };
    case "reason":
      return { kind: "awarded", awarded, says: `${passed}，须填写原因` };
    case "zero":
      return { kind: "awarded", awarded: ZERO, says: `${passed}，按规定不得分` };
    case "deduct": {
      const left = subtract(awarded, action.points);
      const rest = left.units < 0n ? ZERO : left;
      const says = `${passed}，扣${showDecimal(action.points)}分，得${showDecimal(rest)}分`;
      return { kind: "awarded", awarded: rest, says };
    }
    case "manual": {
      if (entered === null || compare(entered, awarded) >= 0)
        return { kind: "awarded", awarded, says: `${passed}，可由人写明理由后调减，本行未调减` };
      const kept = showDecimal(entered);
      if (reason === null) {
        const says = `${passed}，填报${kept}分低于计算的${showDecimal(awarded)}分而没有写明理由，由人判断`;
        return { kind: "open", says };
      }
      return {
        kind: "awarded",
        awarded: entered,
        says: `${passed}，已写明理由，保留人工调减后的${kept}分`,
      };
    }
  }
}

/** What a row with comparable numbers earns: mechanism, over-fulfilment, deduction by hand, in this order. */
export function scoreCounted(
  indicator: Indicator,
  values: ComparableValues,
  points: Decimal,
  at: Place,
  policy: PolicyPack,
  kind: FormKind,
): Score {
  const { comparison, target, actual, met, percent } = values;
  const row: CountedRow = { comparison, target, actual, points, met, percent };
  const chosen = mechanismFor(indicator, values, policy);
  const { result, name, basis } =
    directionUnsure(indicator, values) && chosen === policy.counted.none
      ? { result: unsureDirection(row), name: "row", basis: chosen.basis }
      : resultOf(row, chosen, policy);
  if (result.kind === "judgement") {
    const steps = [step(result.why, name, [basis], rowPlaces(at), rowFigures(row))];
    return { kind: "judgement", between: result.between, of: points, why: result.why, steps };
  }
  const places = rowPlaces(at);
  const computed = roundAward(result.exact, points, policy);
  const figures = { ...rowFigures(row), awarded: showDecimal(computed) };
  const steps: Step[] = [step(`${result.arithmetic()}${figures.awarded}分`, name, [basis], places, figures)];
  let awarded = computed;
  const typed = parseDecimal(indicator.score);
  const entered = typed !== null && typed.units >= 0n && compare(typed, points) <= 0 ? typed : null;
  for (const rule of overfulfilmentOf(indicator, values, kind, policy)) {
    const rests = [rule.when.basis, rule.action.basis];
    const applied = `over-fulfilment-${rule.action.value.kind}`;
    const outcome = applyOverfulfilment(rule, row, awarded, entered, reasonOf(indicator));
    steps.push(step(outcome.says, applied, rests, places));
    if (outcome.kind === "open")
      return { kind: "judgement", between: [ZERO, awarded], of: points, why: outcome.says, steps };
    awarded = outcome.awarded;
  }
  if (policy.handDeduction && entered !== null && compare(entered, awarded) < 0) {
    const says = `自动得分减人工扣分${showDecimal(subtract(awarded, entered))}分=${showDecimal(entered)}分`;
    steps.push(step(says, "hand-deduction", [policy.handDeduction.basis], places));
    awarded = entered;
  }
  return { kind: "scored", awarded, of: points, steps };
}
