import { compare, formatDecimal, percentOf, showDecimal } from "@jiheng/domain";
import { fraction, judgement, metInFull } from "../awards.ts";
import type { Mechanism } from "../mechanism.ts";

/** ≤ and <: all points within the target, else points × target ÷ actual. */
export const inverseRatio: Mechanism<{ readonly kind: "inverse-ratio" }> = {
  kind: "inverse-ratio",
  title: "按指标值与完成值之比计分",
  explanation: "反向指标未超过指标值得满分；超过的，得分=分值×指标值÷完成值。",
  divides: "when-missed",
  fullWhenMet: true,
  apply: (row) => {
    if (row.met) return metInFull(row);
    if (compare(row.actual, row.target) <= 0)
      return judgement(row, "完成值恰好等于指标值，而比较号要求小于指标值，由人判断");
    return fraction(row, row.target, row.actual, () => {
      const a = showDecimal(row.target);
      const b = showDecimal(row.actual);
      const share = percentOf({ numerator: row.target, denominator: row.actual }, 2, "half-up");
      return `${a}÷${b}=${formatDecimal(share)}%，${showDecimal(row.points)}分×${a}÷${b}`;
    });
  },
  examples: [
    {
      row: { comparison: "≤", target: "40", actual: "50", points: "10" },
      parameters: { kind: "inverse-ratio" },
      gives: "8.00",
    },
    {
      row: { comparison: "≤", target: "3", actual: "9", points: "10" },
      parameters: { kind: "inverse-ratio" },
      gives: "3.33",
    },
  ],
};
