import { decimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { based, type DeviationBand, type PolicyPack } from "../policy-pack.ts";
import { DEFAULTS, EQUAL_AS_AT_LEAST, FIFTY_TIERS, INVERSE_RATIO, PROPORTION } from "./defaults.ts";

function band(within: string, award: string): DeviationBand {
  return { within: decimal(within), share: { award: decimal(award), of: decimal(5) } };
}

/** The form of a Jiangxi provincial body of 2017 with its notes; later years follow the national method. */
export const jiangxi2017: PolicyPack = {
  ...DEFAULTS,
  id: "jiangxi-2017",
  title: "江西省口径（2017年度省级项目自评表）",
  places: ["江西"],
  period: { from: 2017, to: 2019 },
  templates: ["jiangxi"],
  reached: based(true, cite("form-jiangxi-2017", "定量·完成")),
  counted: {
    "≥": based(PROPORTION, cite("form-jiangxi-2017", "定量·正向")),
    ">": based(PROPORTION, cite("form-jiangxi-2017", "定量·正向")),
    "≤": based(INVERSE_RATIO, cite("form-jiangxi-2017", "定量·反向")),
    "<": based(INVERSE_RATIO, cite("form-jiangxi-2017", "定量·反向")),
    "=": based(EQUAL_AS_AT_LEAST, cite("form-jiangxi-2017", "定量·完成")),
    none: based(PROPORTION, cite("form-jiangxi-2017", "定量·正向")),
  },
  categories: [
    {
      category: "cost",
      mechanism: based(
        { kind: "deviation-bands", bands: [band("0.1", "5"), band("0.15", "3"), band("0.2", "1")] },
        cite("form-jiangxi-2017", "成本分档"),
      ),
    },
    {
      category: "satisfaction",
      mechanism: based(
        { kind: "step-down", fullFrom: decimal(90), step: decimal(5), deduction: decimal(1) },
        cite("form-jiangxi-2017", "满意度分步"),
      ),
    },
  ],
  qualitative: based({ kind: "tiers", tiers: FIFTY_TIERS }, cite("form-jiangxi-2017", "定性三档")),
  duties: [
    { code: "AR-64", basis: cite("form-jiangxi-2017", "定量·正向") },
    { code: "AR-65", basis: cite("form-jiangxi-2017", "定性三档") },
    { code: "AR-69", basis: cite("form-jiangxi-2017", "定量·正向") },
  ],
  remarks: [
    based("分值和评分标准逐行印在表内，以表内所印为准。", cite("form-jiangxi-2017", "逐行评分")),
    based("成本分档按5分一行写明，其他分值按比例折算。", cite("form-jiangxi-2017", "成本分档")),
  ],
  examples: [
    {
      kind: "row",
      says: "成本偏差8%，在±10%以内",
      row: { level2: "成本指标", comparison: "≤", target: "100", actual: "108", unit: "万元", points: "5" },
      gives: "5",
    },
    {
      kind: "row",
      says: "成本节约17%，在±20%以内",
      row: { level2: "成本指标", comparison: "≤", target: "100", actual: "83", unit: "万元", points: "5" },
      gives: "1",
    },
    {
      kind: "row",
      says: "满意度84%，低6个百分点，扣1分",
      row: {
        level1: "满意度指标",
        level2: "满意度指标",
        comparison: "≥",
        target: "90",
        actual: "84",
        unit: "%",
        points: "10",
      },
      gives: "9",
    },
    {
      kind: "row",
      says: "反向指标",
      row: { comparison: "≤", target: "15", actual: "20", unit: "天", points: "8" },
      gives: "6",
    },
    {
      kind: "execution",
      says: "执行得分",
      adjustedBudget: "50",
      expenditure: "45",
      points: "10",
      gives: "9",
    },
  ],
};
