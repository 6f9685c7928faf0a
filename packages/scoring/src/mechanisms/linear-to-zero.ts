import { add, compare, formatDecimal, percentOf, showDecimal, subtract } from "@jiheng/domain";
import { fraction, metInFull, nothing } from "../awards.ts";
import type { Mechanism } from "../mechanism.ts";

/** ≤ and <: all points within the target, then points × (1 − (B − A) ÷ A), nothing from 2A on. */
export const linearToZero: Mechanism<{ readonly kind: "linear-to-zero" }> = {
  kind: "linear-to-zero",
  title: "按超出比例递减",
  explanation: "未超过指标值得满分；超过的，得分=分值×[1-（完成值-指标值）÷指标值]，达到指标值两倍时为0分。",
  divides: "when-missed",
  fullWhenMet: true,
  apply: (row) => {
    if (row.met) return metInFull(row);
    const twice = add(row.target, row.target);
    if (compare(row.actual, twice) >= 0)
      return nothing(() => `${showDecimal(row.actual)}达到指标值${showDecimal(row.target)}的两倍以上`);
    return fraction(row, subtract(twice, row.actual), row.target, () => {
      const a = showDecimal(row.target);
      const b = showDecimal(row.actual);
      const over = { numerator: subtract(row.actual, row.target), denominator: row.target };
      const percent = formatDecimal(percentOf(over, 2, "half-up"));
      return `（${b}-${a}）÷${a}=${percent}%，${showDecimal(row.points)}分×[1-（${b}-${a}）÷${a}]`;
    });
  },
  examples: [
    {
      row: { comparison: "≤", target: "40", actual: "50", points: "8" },
      parameters: { kind: "linear-to-zero" },
      gives: "6.00",
    },
    {
      row: { comparison: "≤", target: "40", actual: "80", points: "8" },
      parameters: { kind: "linear-to-zero" },
      gives: "0.00",
    },
    {
      row: { comparison: "≤", target: "40", actual: "40", points: "8" },
      parameters: { kind: "linear-to-zero" },
      gives: "8.00",
    },
  ],
};
