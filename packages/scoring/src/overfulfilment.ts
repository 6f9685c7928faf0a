import { compare, type Decimal, type FormKind, type Indicator, multiply } from "@jiheng/domain";
import type { ComparableValues } from "./comparable.ts";
import type { OverfulfilmentCondition, OverfulfilmentRule, PolicyPack } from "./policy-pack.ts";

function holds(condition: OverfulfilmentCondition, actual: Decimal, target: Decimal): boolean {
  switch (condition.kind) {
    case "from":
      if (target.units === 0n)
        return condition.whenTargetZero !== null && compare(actual, condition.whenTargetZero) >= 0;
      return target.units > 0n && compare(actual, multiply(target, condition.completion)) >= 0;
    case "above":
      return target.units > 0n && compare(actual, multiply(target, condition.completion)) > 0;
    case "exceeds":
      return compare(actual, target) > 0;
    case "differs":
      return compare(actual, target) !== 0;
  }
}

function concerns({ only }: OverfulfilmentRule, indicator: Indicator, kind: FormKind): boolean {
  return !only || (only.kind === kind && (indicator.level1?.includes(only.level1) ?? false));
}

/** The over-fulfilment rules of a pack that a row with comparable values meets, in the pack's order. */
export function overfulfilmentOf(
  indicator: Indicator,
  values: ComparableValues,
  kind: FormKind,
  policy: PolicyPack,
): readonly OverfulfilmentRule[] {
  if (policy.overfulfilment.length === 0) return policy.overfulfilment;
  return policy.overfulfilment.filter(
    (rule) =>
      concerns(rule, indicator, kind) &&
      rule.comparisons.includes(values.comparison) &&
      holds(rule.when.value, values.actual, values.target),
  );
}
