import { decimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { based, type PolicyPack } from "../policy-pack.ts";
import { DEFAULTS, EXECUTION } from "./defaults.ts";

/** What a published form of Shanghai's Putuo district shows for 2022. */
export const shanghaiPutuo2022: PolicyPack = {
  ...DEFAULTS,
  id: "shanghai-putuo-2022",
  title: "上海市普陀区口径（2022年度公开自评表）",
  places: ["上海市普陀区"],
  period: { from: 2022, to: null },
  templates: ["national"],
  level1Points: based(
    { 产出指标: decimal(50), 效益指标: decimal(30), 满意度指标: decimal(10) },
    cite("form-putuo-2022", "分值分布"),
  ),
  execution: {
    ...EXECUTION,
    points: based(decimal(10), cite("form-putuo-2022", "分值分布")),
    rateRounding: based("half-up", cite("form-putuo-2022", "打印执行率")),
  },
  scoreRounding: based({ places: 2, rounding: "half-up" }, cite("form-putuo-2022", "两位小数")),
  reached: based(true, cite("form-putuo-2022", "达成满分")),
  grades: null,
  moneyUnit: based("元", cite("form-putuo-2022", "金额单位")),
  duties: [{ code: "AR-23", basis: cite("form-putuo-2022", "两位小数") }],
  remarks: [
    based(
      "达到指标值得满分，超过的不扣分；未达到的表上未见，按全国口径比例计分。",
      cite("form-putuo-2022", "达成满分"),
    ),
    based("定性指标以及时等词语填写。", cite("form-putuo-2022", "定性用语")),
    based("表上不印评分等级。", cite("form-putuo-2022", "无等级")),
  ],
  examples: [
    {
      kind: "row",
      says: "≥90%完成100%得满分",
      row: { comparison: "≥", target: "90", actual: "100", unit: "%", points: "10", entered: "10" },
      gives: "10",
    },
    {
      kind: "row",
      says: "照抄指标值的定性指标",
      row: { target: "及时", actual: "及时", points: "8", entered: "8" },
      gives: "8",
    },
    {
      kind: "execution",
      says: "以元计的执行得分",
      adjustedBudget: "1200000",
      expenditure: "1178345.67",
      points: "10",
      gives: "9.82",
    },
    { kind: "total", says: "不评等级", total: "98.2", gives: "不评等级" },
  ],
};
