import { compare, showDecimal } from "@jiheng/domain";
import { full, metInFull } from "../awards.ts";
import type { Mechanism } from "../mechanism.ts";
import { proportionate } from "./proportion.ts";

/** =: marked as ≥ is; an actual above the target keeps all points and the difference is said. */
export const equalAsAtLeast: Mechanism<{ readonly kind: "equal-as-at-least" }> = {
  kind: "equal-as-at-least",
  title: "等号按不低于计分",
  explanation: "“=”指标的完成值不低于指标值得满分，差异予以提示；低于指标值的，得分=分值×完成值÷指标值。",
  divides: "when-missed",
  fullWhenMet: true,
  apply: (row) => {
    if (row.met) return metInFull(row);
    if (compare(row.actual, row.target) > 0)
      return full(
        row,
        () =>
          `${showDecimal(row.actual)}与指标值${showDecimal(row.target)}不等而高于指标值，按不低于计并提示差异`,
      );
    return proportionate(row);
  },
  examples: [
    {
      row: { comparison: "=", target: "100", actual: "98", points: "10" },
      parameters: { kind: "equal-as-at-least" },
      gives: "9.80",
    },
    {
      row: { comparison: "=", target: "12", actual: "15", points: "5" },
      parameters: { kind: "equal-as-at-least" },
      gives: "5.00",
    },
  ],
};
