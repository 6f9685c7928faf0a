import { decimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { based, type PolicyPack, type RowComparison } from "../policy-pack.ts";
import { DEFAULTS, EXECUTION, FULL_OR_JUDGEMENT, gradeBands, PROPORTION } from "./defaults.ts";
import { sichuan2025 } from "./sichuan-2025.ts";

const METHOD = cite("pidu-2026-11", "计分方式");
const DEVIATION = cite("pidu-2026-11", "偏离分析");
const UPWARD: readonly RowComparison[] = ["≥", ">", "=", "none"];

/** Pidu district of Chengdu, self-evaluation of 2025. */
export const pidu2025: PolicyPack = {
  ...DEFAULTS,
  id: "pidu-2025",
  title: "成都市郫都区口径（2025年度）",
  places: ["郫都区"],
  period: { from: 2025, to: null },
  templates: ["sichuan-0013zp"],
  execution: { ...EXECUTION, points: based(decimal(20), cite("pidu-2026-11", "分值")) },
  counted: {
    "≥": based(PROPORTION, METHOD),
    ">": based(PROPORTION, METHOD),
    "≤": based(FULL_OR_JUDGEMENT, METHOD),
    "<": based(FULL_OR_JUDGEMENT, METHOD),
    "=": based(FULL_OR_JUDGEMENT, METHOD),
    none: based(PROPORTION, METHOD),
  },
  targetZero: based({ kind: "judgement" }, METHOD),
  qualitative: based({ kind: "yes-no" }, METHOD),
  overfulfilment: [
    {
      comparisons: UPWARD,
      when: based({ kind: "above", completion: decimal("1.3") }, DEVIATION),
      action: based({ kind: "reason" }, DEVIATION),
    },
    {
      comparisons: UPWARD,
      only: { kind: "department-self-evaluation", level1: "职责" },
      when: based({ kind: "above", completion: decimal("1.3") }, cite("pidu-2026-11", "职责项超出")),
      action: based({ kind: "zero" }, cite("pidu-2026-11", "职责项超出")),
    },
  ],
  grades: based(gradeBands("70"), cite("pidu-2026-11", "等级")),
  reasonCompulsory: [
    based({ kind: "score-below-points" }, cite("form", "失分原因")),
    based({ kind: "rate-below", percent: decimal(90) }, cite("form-sichuan-2023", "执行率说明")),
    based({ kind: "completion-below", percent: decimal(70) }, DEVIATION),
    based({ kind: "completion-above", percent: decimal(130), inclusive: false }, DEVIATION),
  ],
  rescaleNotApplicable: based(true, cite("pidu-2026-11", "缺项折算")),
  textLimits: sichuan2025.textLimits,
  duties: [
    { code: "AR-03", basis: cite("pidu-2024-99", "必设二级指标") },
    { code: "AR-06", basis: cite("form-sichuan-2023", "字数") },
    { code: "AR-07", basis: cite("reviewers", "集体决策") },
    { code: "AR-08", basis: cite("pidu-2026-11", "自评期限") },
    { code: "AR-21", basis: cite("reviewers", "预算核对") },
    { code: "AR-25", basis: cite("form-sichuan-2023", "执行率说明") },
    { code: "AR-26", basis: cite("form-sichuan-2023", "调整说明") },
    { code: "AR-40", basis: cite("reviewers", "批复一致") },
    { code: "AR-81", basis: DEVIATION },
    { code: "AR-90", basis: cite("sichuan-2025-5", "禁止委托自评") },
    { code: "AR-91", basis: cite("sichuan-2025-5", "公开期限") },
    { code: "AR-153", basis: cite("pidu-2026-11", "等级") },
  ],
  remarks: [based("分级、缺项、数量等计分方式的分档未见，未达到的由人判断。", METHOD)],
  examples: [
    {
      kind: "row",
      says: "比率指标按比例",
      row: { comparison: "≥", target: "95", actual: "76", unit: "%", points: "10" },
      gives: "8",
    },
    {
      kind: "row",
      says: "是否类未完成不得分",
      row: { target: "完成验收", actual: "未完成", points: "10" },
      gives: "0",
    },
    {
      kind: "row",
      says: "不适用的从分母中扣除",
      row: { target: "及时", actual: "不适用", points: "10" },
      gives: "不计分",
    },
    {
      kind: "row",
      says: "完成率150%只须分析原因，不扣分",
      row: { comparison: "≥", target: "100", actual: "150", unit: "户", points: "10" },
      gives: "10",
    },
    {
      kind: "execution",
      says: "预算执行20分",
      adjustedBudget: "100",
      expenditure: "87.65",
      points: "20",
      gives: "17.53",
    },
    { kind: "total", says: "以70分为中的下限", total: "69.9", gives: "差" },
  ],
};
