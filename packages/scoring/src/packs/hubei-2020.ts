import { decimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { based, type PolicyPack } from "../policy-pack.ts";
import {
  DEFAULTS,
  EQUAL_AS_AT_LEAST,
  EXECUTION,
  FIFTY_TIERS,
  INVERSE_RATIO,
  PROPORTION,
} from "./defaults.ts";

/** The Hubei form of 2020 with the notes printed under it. */
export const hubei2020: PolicyPack = {
  ...DEFAULTS,
  id: "hubei-2020",
  title: "湖北省口径（2020年度项目自评表）",
  places: ["湖北", "武汉"],
  period: { from: 2020, to: null },
  templates: ["hubei"],
  level1Points: based({ 产出指标: decimal(40), 效益指标: decimal(40) }, cite("form-hubei-2020", "分值分布")),
  execution: {
    ...EXECUTION,
    points: based(decimal(20), cite("form-hubei-2020", "分值分布")),
    denominator: based("adjusted", cite("form-hubei-2020", "预算口径")),
    mechanism: based({ kind: "proportion" }, cite("form-hubei-2020", "执行得分")),
  },
  counted: {
    "≥": based(PROPORTION, cite("form-hubei-2020", "定量·正向")),
    ">": based(PROPORTION, cite("form-hubei-2020", "定量·正向")),
    "≤": based(INVERSE_RATIO, cite("form-hubei-2020", "定量·反向")),
    "<": based(INVERSE_RATIO, cite("form-hubei-2020", "定量·反向")),
    "=": based(EQUAL_AS_AT_LEAST, cite("provincial", "计分·等于")),
    none: based(PROPORTION, cite("form-hubei-2020", "定量·正向")),
  },
  qualitative: based({ kind: "tiers", tiers: FIFTY_TIERS }, cite("form-hubei-2020", "定性三档")),
  grades: null,
  reasonCompulsory: [based({ kind: "large-deviation" }, cite("form-hubei-2020", "偏差说明"))],
  duties: [
    { code: "AR-07", basis: cite("form-hubei-2020", "签字") },
    { code: "AR-09", basis: cite("wuhan-2022", "自评覆盖") },
    { code: "AR-23", basis: cite("form-hubei-2020", "执行得分") },
    { code: "AR-64", basis: cite("form-hubei-2020", "定量·正向") },
    { code: "AR-65", basis: cite("form-hubei-2020", "定性三档") },
    { code: "AR-69", basis: cite("form-hubei-2020", "定量·正向") },
  ],
  remarks: [
    based("执行数为使用单位实际支出的资金。", cite("form-hubei-2020", "执行口径")),
    based("没有加分，也不评等级。", cite("form-hubei-2020", "不评等级")),
    based("两个目标的，各占40分。", cite("form-hubei-2020", "分值分布")),
  ],
  examples: [
    {
      kind: "row",
      says: "反向指标按指标值除以完成值",
      row: { comparison: "≤", target: "24", actual: "500", unit: "课时", points: "5" },
      gives: "0.24",
    },
    {
      kind: "row",
      says: "正向指标按比例，不超过权重",
      row: { comparison: "≥", target: "60", actual: "45", unit: "艘", points: "20" },
      gives: "15",
    },
    {
      kind: "row",
      says: "部分达成在50%至80%之间保留",
      row: { target: "显著提升", actual: "部分达成年度目标", points: "10", entered: "5.5" },
      gives: "5.5",
    },
    {
      kind: "execution",
      says: "预算执行20分",
      adjustedBudget: "1.56",
      expenditure: "1.17",
      points: "20",
      gives: "15",
    },
    { kind: "total", says: "不评等级", total: "95", gives: "不评等级" },
  ],
};
