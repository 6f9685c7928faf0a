import { compare, formatDecimal, percentOf, showDecimal } from "@jiheng/domain";
import { fraction, judgement, metInFull } from "../awards.ts";
import type { CountedRow, Mechanism, MechanismResult } from "../mechanism.ts";

/** points × actual ÷ target for a row below its target, with the arithmetic in words. */
export function proportionate(row: CountedRow): MechanismResult {
  return fraction(row, row.actual, row.target, () => {
    const completion = percentOf({ numerator: row.actual, denominator: row.target }, 2, "half-up");
    const b = showDecimal(row.actual);
    const a = showDecimal(row.target);
    return `${b}÷${a}=${formatDecimal(completion)}%，${showDecimal(row.points)}分×${b}÷${a}`;
  });
}

/** ≥ and >: all points once reached, else points × actual ÷ target, never below 0 or above the points. */
export const proportion: Mechanism<{ readonly kind: "proportion" }> = {
  kind: "proportion",
  title: "按完成比例计分",
  explanation: "达到指标值得满分；未达到的，得分=分值×完成值÷指标值，不低于0分、不超过分值。",
  divides: "when-missed",
  fullWhenMet: true,
  apply: (row) => {
    if (row.met) return metInFull(row);
    if (compare(row.actual, row.target) >= 0)
      return judgement(row, "完成值不低于指标值而不符合比较号，比例不能说明得分，由人判断");
    return proportionate(row);
  },
  examples: [
    {
      row: { comparison: "≥", target: "230", actual: "204", points: "2" },
      parameters: { kind: "proportion" },
      gives: "1.77",
    },
    {
      row: { comparison: "≥", target: "50", actual: "80", points: "6" },
      parameters: { kind: "proportion" },
      gives: "6.00",
    },
    {
      row: { comparison: "≥", target: "50", actual: "0", points: "6" },
      parameters: { kind: "proportion" },
      gives: "0.00",
    },
  ],
};
