import { decimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { based, type PolicyPack } from "../policy-pack.ts";
import { DEFAULTS, EXECUTION } from "./defaults.ts";

/** Department-wide forms of Chongqing: each row prints its own coefficient. */
export const chongqing2021: PolicyPack = {
  ...DEFAULTS,
  id: "chongqing-2021",
  title: "重庆市口径（2021年度部门整体绩效自评表）",
  places: ["重庆"],
  period: { from: 2021, to: null },
  templates: ["department-chongqing"],
  kinds: ["department-self-evaluation"],
  execution: { ...EXECUTION, points: based(decimal(10), cite("form-chongqing-2021", "执行率权重")) },
  coefficient: based(true, cite("form-chongqing-2021", "得分系数")),
  duties: [{ code: "AR-64", basis: cite("form-chongqing-2021", "得分系数") }],
  remarks: [
    based("目标和指标值分列年初、调整后两列，以调整后的为准。", cite("form-chongqing-2021", "年初与调整")),
  ],
  examples: [
    {
      kind: "row",
      says: "权重乘得分系数",
      row: { comparison: "≥", target: "20", actual: "19", unit: "个", points: "12", coefficient: "95" },
      gives: "11.4",
    },
    {
      kind: "row",
      says: "得分系数空白，不作零分",
      row: { comparison: "≥", target: "20", actual: "20", unit: "个", points: "12" },
      gives: "缺",
    },
    {
      kind: "row",
      says: "系数超过100%不加分",
      row: { comparison: "≥", target: "20", actual: "30", unit: "个", points: "12", coefficient: "120" },
      gives: "12",
    },
    {
      kind: "execution",
      says: "执行得分",
      adjustedBudget: "2000",
      expenditure: "1850.5",
      points: "10",
      gives: "9.25",
    },
  ],
};
