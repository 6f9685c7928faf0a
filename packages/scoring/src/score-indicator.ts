import {
  decimal,
  type FormKind,
  type Indicator,
  multiply,
  type Place,
  parseDecimal,
  type Score,
  showDecimal,
  ZERO,
} from "@jiheng/domain";
import { rowValues } from "./comparable.ts";
import { missing, roundAward, rowPlaces, step } from "./marks.ts";
import type { PolicyPack } from "./policy-pack.ts";
import { scoreCounted } from "./score-counted.ts";
import { scoreQualitative } from "./score-qualitative.ts";

const HUNDRED = decimal(100);

/**
 * What one indicator row earns under a policy, with its steps. `at` is the row's place. Printed points are kept;
 * blanks are `missing`, never 0; a sub-row or a form without points is decided by the caller.
 */
export function scoreIndicator(
  indicator: Indicator,
  at: Place,
  policy: PolicyPack,
  kind: FormKind = "project-self-evaluation",
): Score {
  const rowBasis = policy.counted.none.basis;
  const points = parseDecimal(indicator.points);
  if (points === null) return missing("分值未填", null, "points", rowBasis, [`${at}.points`]);
  if (points.units < 0n) return missing("分值为负数，不能计算", null, "points", rowBasis, [`${at}.points`]);
  const places = rowPlaces(at);
  if (policy.coefficient) {
    const coefficient = parseDecimal(indicator.coefficient);
    if (coefficient === null)
      return missing("得分系数未填", points, "coefficient", policy.coefficient.basis, [`${at}.coefficient`]);
    const awarded = roundAward(
      { numerator: multiply(points, coefficient), denominator: HUNDRED },
      points,
      policy,
    );
    const basis = [policy.coefficient.basis];
    const figures = {
      points: showDecimal(points),
      coefficient: showDecimal(coefficient),
      awarded: showDecimal(awarded),
    };
    const says = `${figures.points}分×得分系数${figures.coefficient}%=${figures.awarded}分`;
    const steps = [step(says, "coefficient", basis, [`${at}.coefficient`, `${at}.points`], figures)];
    return { kind: "scored", awarded, of: points, steps };
  }
  const values = rowValues(indicator);
  switch (values.kind) {
    case "missing":
      return missing(values.what, points, "row", rowBasis, places);
    case "incomparable":
      return {
        kind: "judgement",
        between: [ZERO, points],
        of: points,
        why: `${values.why}，由人判断`,
        steps: [step(`${values.why}，由人判断`, "row", [rowBasis], places)],
      };
    case "words":
      return scoreQualitative(indicator, values, points, at, policy);
    case "comparable":
      return scoreCounted(indicator, values, points, at, policy, kind);
  }
}
