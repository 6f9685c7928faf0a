import { showDecimal } from "@jiheng/domain";
import { full, judgement, nothing } from "../awards.ts";
import type { Mechanism } from "../mechanism.ts";
import type { TargetZeroMechanism } from "../policy-pack.ts";

/** A target of 0 where the row's own mechanism would divide by it. */
export const targetZero: Mechanism<TargetZeroMechanism> = {
  kind: "target-zero",
  title: "指标值为零",
  explanation: "指标值为0的，完成值不大于0得满分；大于0的，按口径不得分或由人判断，不作除法。",
  divides: "never",
  fullWhenMet: false,
  apply: (row, { kind }) => {
    if (row.actual.units <= 0n) return full(row, () => `指标值为0，完成值${showDecimal(row.actual)}不大于0`);
    if (kind === "judgement")
      return judgement(row, `指标值为0，完成值${showDecimal(row.actual)}，不能按比例计算，由人判断`);
    return nothing(() => `指标值为0，完成值${showDecimal(row.actual)}大于0`);
  },
  examples: [
    {
      row: { comparison: "=", target: "0", actual: "0", points: "5" },
      parameters: { kind: "full-only-if-zero" },
      gives: "5.00",
    },
    {
      row: { comparison: "=", target: "0", actual: "2", points: "5" },
      parameters: { kind: "full-only-if-zero" },
      gives: "0.00",
    },
    {
      row: { comparison: "=", target: "0", actual: "2", points: "5" },
      parameters: { kind: "judgement" },
      gives: "0～5",
    },
  ],
};
