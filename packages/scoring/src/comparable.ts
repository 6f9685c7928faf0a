import type { Comparison, Decimal, Indicator, Ratio } from "@jiheng/domain";
import { compare, decimal, multiply, parseDecimal, ratio, yuanPer } from "@jiheng/domain";
import type { RowComparison } from "./policy-pack.ts";

/** Target and actual of a row as two numbers in one unit. */
export interface ComparableValues {
  readonly kind: "comparable";
  readonly comparison: RowComparison;
  readonly target: Decimal;
  readonly actual: Decimal;
  readonly percent: boolean;
  readonly met: boolean;
}

/** Target and actual of a row as they can be held against each other; what is not a number is never taken for one. */
export type RowValues =
  | ComparableValues
  | { readonly kind: "words"; readonly target: string; readonly actual: string }
  | { readonly kind: "missing"; readonly what: string }
  | { readonly kind: "incomparable"; readonly why: string };

const ONE = decimal(1);
/** Words of one unit. 人 and 人次, 个 and 家 count different things and stay apart. */
const SAME_UNITS: Readonly<Record<string, string>> = {
  百分比: "%",
  百分之: "%",
  名: "人",
  位: "人",
  日: "天",
};

const PLAIN_UNIT = /^[\u4e00-\u9fff%]+$/;

function unitOf(unit: string | null): string | null {
  if (unit === null) return null;
  if (PLAIN_UNIT.test(unit)) return SAME_UNITS[unit] ?? unit;
  const bare = unit.normalize("NFKC").replace(/[\s()[\]（）]/g, "");
  if (bare === "") return null;
  return SAME_UNITS[bare] ?? bare;
}

/** Whether the comparison holds; a bare figure is read as "at least". */
export function isMet(comparison: RowComparison, actual: Decimal, target: Decimal): boolean {
  const order = compare(actual, target);
  switch (comparison) {
    case "≤":
      return order <= 0;
    case "<":
      return order < 0;
    case "=":
      return order === 0;
    case ">":
      return order > 0;
    default:
      return order >= 0;
  }
}

function boundDecides(target: RowComparison, actual: Comparison): boolean {
  const upward = target === "≥" || target === ">" || target === "none";
  const downward = target === "≤" || target === "<";
  return (upward && (actual === "≥" || actual === ">")) || (downward && (actual === "≤" || actual === "<"));
}

/** Reads target and actual of a row: numbers in one unit, words, something missing, or not comparable (with the reason). */
export function rowValues(indicator: Indicator): RowValues {
  const { target: wanted, actual: reached } = indicator;
  const target = parseDecimal(wanted.value);
  const reachedText = reached.text?.trim() ?? "";
  if (target === null) {
    const words = wanted.text?.trim() ?? "";
    if (words === "") return { kind: "missing", what: "年度指标值未填" };
    if (reachedText === "") return { kind: "missing", what: "实际完成值未填" };
    return { kind: "words", target: words, actual: reachedText };
  }
  const actual = parseDecimal(reached.value);
  if (actual === null) {
    if (reachedText === "") return { kind: "missing", what: "实际完成值未填" };
    return { kind: "missing", what: `实际完成值“${reachedText}”不是数字，不能计算` };
  }
  const comparison: RowComparison = wanted.comparison ?? "none";
  const a = unitOf(wanted.unit);
  const b = unitOf(reached.unit);
  let factorA = ONE;
  let factorB = ONE;
  if (a !== b && a !== null && b !== null) {
    const moneyA = yuanPer(a);
    const moneyB = yuanPer(b);
    if (!moneyA || !moneyB)
      return { kind: "incomparable", why: `指标值的单位“${a}”与完成值的单位“${b}”不同，不能直接比较` };
    factorA = moneyA;
    factorB = moneyB;
  }
  if (a === "%" && b === null && compare(actual, ONE) <= 0 && actual.units > 0n && compare(target, ONE) > 0)
    return { kind: "incomparable", why: `完成值${reachedText}没有单位，不能判断是百分数还是小数` };
  const scaledTarget = factorA === ONE ? target : multiply(target, factorA);
  const scaledActual = factorB === ONE ? actual : multiply(actual, factorB);
  const met = isMet(comparison, scaledActual, scaledTarget);
  const sign = reached.comparison;
  if (
    sign !== null &&
    sign !== "=" &&
    !(met && boundDecides(comparison, sign)) &&
    !(comparison === sign && met)
  )
    return { kind: "incomparable", why: `完成值“${reachedText}”是一个范围，不能判断是否达到指标值` };
  return {
    kind: "comparable",
    comparison,
    target: scaledTarget,
    actual: scaledActual,
    percent: a === "%" || (a === null && b === "%"),
    met,
  };
}

/** actual ÷ target of a row whose values are numbers in one unit and whose target is above 0; else null. */
export function completionOf(indicator: Indicator): Ratio | null {
  const values = rowValues(indicator);
  if (values.kind !== "comparable" || values.target.units <= 0n) return null;
  return ratio(values.actual, values.target);
}
