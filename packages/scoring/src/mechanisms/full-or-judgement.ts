import { showDecimal } from "@jiheng/domain";
import { judgement, metInFull } from "../awards.ts";
import type { Mechanism } from "../mechanism.ts";

/** All points where the comparison holds; a miss is left to a person between 0 and the points. */
export const fullOrJudgement: Mechanism<{ readonly kind: "full-or-judgement" }> = {
  kind: "full-or-judgement",
  title: "达到得满分，未达到由人判断",
  explanation: "完成值符合比较号得满分；不符合的，没有可循的算式，在0分与分值之间由人判断。",
  divides: "never",
  fullWhenMet: true,
  apply: (row) =>
    row.met
      ? metInFull(row)
      : judgement(
          row,
          `${showDecimal(row.actual)}不符合指标值${row.comparison === "none" ? "" : row.comparison}${showDecimal(row.target)}，本口径没有可循的算式，由人判断`,
        ),
  examples: [
    {
      row: { comparison: "≤", target: "30", actual: "90", points: "4" },
      parameters: { kind: "full-or-judgement" },
      gives: "0～4",
    },
    {
      row: { comparison: "=", target: "60", actual: "60", points: "4" },
      parameters: { kind: "full-or-judgement" },
      gives: "4.00",
    },
  ],
};
