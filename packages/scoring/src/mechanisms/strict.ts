import { showDecimal } from "@jiheng/domain";
import { metInFull, nothing } from "../awards.ts";
import type { Mechanism } from "../mechanism.ts";

/** All points where the comparison holds, none where it does not. */
export const strict: Mechanism<{ readonly kind: "strict" }> = {
  kind: "strict",
  title: "符合得满分，否则不得分",
  explanation: "完成值符合比较号得满分，不符合不得分，不按比例计分。",
  divides: "never",
  fullWhenMet: true,
  apply: (row) =>
    row.met
      ? metInFull(row)
      : nothing(() => `${showDecimal(row.actual)}不符合指标值${showDecimal(row.target)}`),
  examples: [
    {
      row: { comparison: "=", target: "3", actual: "4", points: "5" },
      parameters: { kind: "strict" },
      gives: "0.00",
    },
    {
      row: { comparison: "=", target: "3", actual: "3", points: "5" },
      parameters: { kind: "strict" },
      gives: "5.00",
    },
  ],
};
