import {
  compare,
  compareRatio,
  decimal,
  formatDecimal,
  multiply,
  percentOf,
  showDecimal,
  subtract,
} from "@jiheng/domain";
import { fraction, judgement, metInFull, nothing } from "../awards.ts";
import type { Mechanism } from "../mechanism.ts";

const ONE = decimal(1);
const SIXTY = decimal("0.6");

/** Nothing below the pass mark p; from it on points × (completion − p) ÷ (1 − p). `threshold` is p as a ratio. */
export const passThreshold: Mechanism<{ readonly kind: "pass-threshold"; readonly threshold: typeof ONE }> = {
  kind: "pass-threshold",
  title: "及格线以上按比例计分",
  explanation: "完成率低于及格线的不得分；不低于的，得分=分值×（完成率-及格线）÷（1-及格线）。",
  divides: "when-missed",
  fullWhenMet: true,
  apply: (row, { threshold }) => {
    if (row.met) return metInFull(row);
    if (compare(row.actual, row.target) >= 0)
      return judgement(row, "完成值不低于指标值而不符合比较号，比例不能说明得分，由人判断");
    const completion = { numerator: row.actual, denominator: row.target };
    const percent = (): string => formatDecimal(percentOf(completion, 2, "half-up"));
    const line = `${showDecimal(multiply(threshold, decimal(100)))}%`;
    const said = (): string => `${showDecimal(row.actual)}÷${showDecimal(row.target)}=${percent()}%`;
    if (compareRatio(completion, threshold) < 0) return nothing(() => `${said()}，低于${line}`);
    return fraction(
      row,
      subtract(row.actual, multiply(row.target, threshold)),
      multiply(row.target, subtract(ONE, threshold)),
      () => `${said()}，${showDecimal(row.points)}分×（${percent()}%-${line}）÷（1-${line}）`,
    );
  },
  examples: [
    {
      row: { comparison: "≥", target: "100", actual: "80", points: "10" },
      parameters: { kind: "pass-threshold", threshold: SIXTY },
      gives: "5.00",
    },
    {
      row: { comparison: "≥", target: "100", actual: "59", points: "10" },
      parameters: { kind: "pass-threshold", threshold: SIXTY },
      gives: "0.00",
    },
  ],
};
