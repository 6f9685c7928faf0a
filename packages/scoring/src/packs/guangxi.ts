import { decimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { based, type PolicyPack } from "../policy-pack.ts";
import { provincialCommon } from "./provincial-common.ts";

const REASON = cite("provincial", "超额说明·广西");

/** The system of Guangxi: computed score less a deduction by hand, a reason from 130 %. */
export const guangxi: PolicyPack = {
  ...provincialCommon,
  id: "guangxi",
  title: "广西系统口径",
  places: ["广西"],
  scope: "place",
  handDeduction: based(true, cite("provincial", "人工扣分·广西")),
  overfulfilment: [
    {
      comparisons: ["≥", ">", "=", "none"],
      when: based({ kind: "from", completion: decimal("1.3"), whenTargetZero: decimal(30) }, REASON),
      action: based({ kind: "reason" }, REASON),
    },
  ],
  reasonCompulsory: [
    based({ kind: "score-below-points" }, cite("provincial", "失分说明")),
    based({ kind: "completion-above", percent: decimal(130), inclusive: true }, REASON),
  ],
  duties: [
    { code: "AR-61", basis: cite("provincial", "分值为正") },
    { code: "AR-65", basis: cite("provincial", "定性三档") },
    { code: "AR-81", basis: REASON },
  ],
  remarks: [
    based("得分为自动得分减人工扣分，低于自动得分的填报视为人工扣分。", cite("provincial", "人工扣分·广西")),
  ],
  examples: [
    {
      kind: "row",
      says: "自动得分10分，人工扣1.5分",
      row: { comparison: "≥", target: "100", actual: "100", unit: "人", points: "10", entered: "8.5" },
      gives: "8.5",
    },
    {
      kind: "row",
      says: "填报高于自动得分的不采",
      row: { comparison: "≥", target: "100", actual: "50", unit: "人", points: "10", entered: "9" },
      gives: "5",
    },
    {
      kind: "execution",
      says: "执行得分",
      adjustedBudget: "80",
      expenditure: "60",
      points: "10",
      gives: "7.5",
    },
    { kind: "total", says: "59.99分为差", total: "59.99", gives: "差" },
  ],
};
