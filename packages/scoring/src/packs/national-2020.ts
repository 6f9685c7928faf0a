import { decimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { based, type PolicyPack, type RowComparison } from "../policy-pack.ts";
import { DEFAULTS } from "./defaults.ts";

const UPWARD: readonly RowComparison[] = ["≥", ">", "=", "none"];

/** The national method of 2020: the pack of every form whose place has no rules of its own that were read. */
export const national2020: PolicyPack = {
  ...DEFAULTS,
  id: "national-2020",
  title: "全国通行口径（财预〔2020〕10号）",
  scope: "national",
  period: { from: null, to: null },
  templates: ["national", "national-2020", "anhui", "yunnan"],
  level1Points: based(
    { 产出指标: decimal(50), 效益指标: decimal(30), 满意度指标: decimal(10) },
    cite("mof-2020-10", "权重"),
  ),
  overfulfilment: [
    {
      comparisons: UPWARD,
      when: based({ kind: "above", completion: decimal("1.3") }, cite("pidu-2026-11", "偏离分析")),
      action: based({ kind: "reason" }, cite("pidu-2026-11", "偏离分析")),
    },
    {
      comparisons: UPWARD,
      when: based(
        { kind: "from", completion: decimal("1.2"), whenTargetZero: null },
        cite("provincial", "超额提示"),
      ),
      action: based({ kind: "manual" }, cite("mof-2020-10", "定量·超出较多")),
    },
  ],
  duties: [{ code: "AR-09", basis: cite("mof-notice", "自评范围") }],
  remarks: [
    based(
      "完成值高出指标值较多而调减得分的，原文未见数值界线；本口径只提示，由人写明理由后调减。",
      cite("mof-2020-10", "定量·超出较多"),
    ),
  ],
  examples: [
    {
      kind: "row",
      says: "未完成按比例",
      row: { comparison: "≥", target: "230", actual: "204", unit: "家", points: "2" },
      gives: "1.77",
    },
    {
      kind: "row",
      says: "超过上限没有算式，由人判断",
      row: { comparison: "≤", target: "24", actual: "50", unit: "天", points: "5" },
      gives: "0～5",
    },
    {
      kind: "row",
      says: "高出指标值较多，写明理由的保留人工调减",
      row: {
        comparison: "=",
        target: "100",
        actual: "300",
        unit: "人",
        points: "10",
        entered: "8",
        deviation: "年初按上年人数设定，当年新增两批，今后按需求预测设定",
      },
      gives: "8",
    },
    {
      kind: "row",
      says: "定性达成，填报得分在档内",
      row: { target: "及时", actual: "达成年度指标", points: "10", entered: "9" },
      gives: "9",
    },
    {
      kind: "execution",
      says: "执行得分按比例",
      adjustedBudget: "24.88",
      expenditure: "21.38",
      points: "10",
      gives: "8.59",
    },
    {
      kind: "execution",
      says: "预算为零不能计算",
      adjustedBudget: "0",
      expenditure: "0",
      points: "10",
      gives: "缺",
    },
    { kind: "total", says: "半开区间，89.5分为良", total: "89.5", gives: "良" },
    { kind: "total", says: "90分为优", total: "90", gives: "优" },
  ],
};
