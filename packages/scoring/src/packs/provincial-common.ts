import { decimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { based, type OverfulfilmentRule, type PolicyPack } from "../policy-pack.ts";
import {
  DEFAULTS,
  EQUAL_AS_AT_LEAST,
  EXECUTION,
  gradeBands,
  LINEAR_TO_ZERO,
  NATIONAL_TIERS,
  PROPORTION,
} from "./defaults.ts";

/** Rows of provincial systems: ≥ in proportion, ≤ falling to 0 at twice the target, = as ≥. */
export const PROVINCIAL_ROWS: PolicyPack["counted"] = {
  "≥": based(PROPORTION, cite("provincial", "计分·大于等于")),
  ">": based(PROPORTION, cite("provincial", "计分·大于等于")),
  "≤": based(LINEAR_TO_ZERO, cite("provincial", "计分·小于等于")),
  "<": based(LINEAR_TO_ZERO, cite("provincial", "计分·小于等于")),
  "=": based(EQUAL_AS_AT_LEAST, cite("provincial", "计分·等于")),
  none: based(PROPORTION, cite("provincial", "计分·大于等于")),
};

const FROM_120: OverfulfilmentRule["when"] = based(
  { kind: "from", completion: decimal("1.2"), whenTargetZero: null },
  cite("provincial", "超额提示"),
);

/** What provincial budget performance systems have in common. Chosen by hand only. */
export const provincialCommon: PolicyPack = {
  ...DEFAULTS,
  id: "provincial-common",
  title: "省级系统通行口径",
  scope: "general",
  execution: EXECUTION,
  scoreRounding: based({ places: 2, rounding: "half-up" }, cite("provincial", "计分·大于等于")),
  reached: based(true, cite("provincial", "计分·大于等于")),
  counted: PROVINCIAL_ROWS,
  targetZero: based({ kind: "full-only-if-zero" }, cite("provincial", "计分·等于")),
  qualitative: based({ kind: "tiers", tiers: NATIONAL_TIERS }, cite("provincial", "定性三档")),
  overfulfilment: [
    {
      comparisons: ["≥", ">", "=", "none"],
      when: FROM_120,
      action: based({ kind: "manual" }, cite("provincial", "超额提示")),
    },
  ],
  grades: based(gradeBands("60"), cite("provincial", "等级")),
  reasonCompulsory: [based({ kind: "score-below-points" }, cite("provincial", "失分说明"))],
  duties: [
    { code: "AR-61", basis: cite("provincial", "分值为正") },
    { code: "AR-64", basis: cite("provincial", "计分·大于等于") },
    { code: "AR-65", basis: cite("provincial", "定性三档") },
    { code: "AR-69", basis: cite("provincial", "计分·大于等于") },
  ],
  remarks: [based("较早的系统以80、70、60分为界划分等级。", cite("provincial", "旧等级"))],
  examples: [
    {
      kind: "row",
      says: "≤超出四分之一，扣四分之一",
      row: { comparison: "≤", target: "40", actual: "50", unit: "万元", points: "8" },
      gives: "6",
    },
    {
      kind: "row",
      says: "≤达到两倍为零",
      row: { comparison: "≤", target: "24", actual: "500", unit: "天", points: "5" },
      gives: "0",
    },
    {
      kind: "row",
      says: "=0而有发生，不得分",
      row: { comparison: "=", target: "0", actual: "1", unit: "起", points: "5" },
      gives: "0",
    },
    {
      kind: "row",
      says: "超额没有写明理由却低填，由人判断",
      row: { comparison: "≥", target: "100", actual: "150", unit: "人", points: "10", entered: "7" },
      gives: "0～10",
    },
    {
      kind: "execution",
      says: "超预算封顶",
      adjustedBudget: "100",
      expenditure: "120",
      points: "10",
      gives: "10",
    },
    { kind: "total", says: "60分为中", total: "60", gives: "中" },
  ],
};
