import { decimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { based, type PolicyPack } from "../policy-pack.ts";
import { DEFAULTS, EXECUTION } from "./defaults.ts";

/** The Sichuan provincial form of 2023 (510000_0013zp) with its printed instructions. */
export const sichuan2023: PolicyPack = {
  ...DEFAULTS,
  id: "sichuan-2023",
  title: "四川省口径（2023年度项目支出绩效自评表）",
  places: ["四川"],
  period: { from: 2023, to: 2024 },
  templates: ["sichuan-0013zp"],
  execution: {
    ...EXECUTION,
    points: based(decimal(10), cite("form-sichuan-2023", "分值分布")),
    denominator: based("adjusted", cite("form-sichuan-2023", "执行率说明")),
  },
  qualitative: based(DEFAULTS.qualitative.value, cite("form-zhongjiang-2022", "定性三档")),
  reasonCompulsory: [
    based({ kind: "score-below-points" }, cite("form", "失分原因")),
    based({ kind: "rate-below", percent: decimal(90) }, cite("form-sichuan-2023", "执行率说明")),
    based({ kind: "budget-changed" }, cite("form-sichuan-2023", "调整说明")),
  ],
  textLimits: [
    based({ field: "目标完成情况", characters: 100 }, cite("form-sichuan-2023", "字数")),
    based({ field: "执行率原因说明", characters: 100 }, cite("form-sichuan-2023", "字数")),
    based({ field: "评价结论", characters: 200 }, cite("form-sichuan-2023", "字数")),
    based({ field: "存在问题", characters: 200 }, cite("form-sichuan-2023", "字数")),
    based({ field: "改进措施", characters: 200 }, cite("form-sichuan-2023", "字数")),
  ],
  duties: [
    { code: "AR-06", basis: cite("form-sichuan-2023", "字数") },
    { code: "AR-07", basis: cite("form-sichuan-2023", "签字") },
    { code: "AR-25", basis: cite("form-sichuan-2023", "执行率说明") },
    { code: "AR-26", basis: cite("form-sichuan-2023", "调整说明") },
    { code: "AR-65", basis: cite("form-zhongjiang-2022", "定性三档") },
  ],
  remarks: [
    based("项目负责人、财务负责人签字。", cite("form-sichuan-2023", "签字")),
    based("各行计分方法表上未印，按全国口径计分。", cite("form-sichuan-2023", "栏目")),
  ],
  examples: [
    {
      kind: "row",
      says: "未完成按比例",
      row: { comparison: "≥", target: "100", actual: "96.5", unit: "%", points: "60" },
      gives: "57.9",
    },
    {
      kind: "row",
      says: "完成值空白，不作零分",
      row: { comparison: "=", target: "100", actual: null, unit: "%", points: "30" },
      gives: "缺",
    },
    {
      kind: "execution",
      says: "以调整后预算为分母",
      initialBudget: "238.93",
      adjustedBudget: "251.89",
      expenditure: "200",
      points: "10",
      gives: "7.94",
    },
    { kind: "total", says: "79.99分为中", total: "79.99", gives: "中" },
  ],
};
