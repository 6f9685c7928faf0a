import { decimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { based, type CountedMechanism, type PolicyPack, type ValueBand } from "../policy-pack.ts";
import { DEFAULTS, EXECUTION, FULL_OR_JUDGEMENT, NATIONAL_TIERS } from "./defaults.ts";

const THRESHOLD: CountedMechanism = { kind: "pass-threshold", threshold: decimal("0.6") };
const SHARE = cite("mof-2021-101", "完成比例赋分");

function outOfTen(from: string, award: string): ValueBand {
  return { from: decimal(from), share: { award: decimal(award), of: decimal(10) } };
}

/** The guide to core indicators of 2021, from memory: a draft that is never chosen by itself. */
export const national2021Core: PolicyPack = {
  ...DEFAULTS,
  id: "national-2021-core",
  title: "核心绩效指标口径（财预〔2021〕101号，未核原文）",
  scope: "national",
  period: { from: 2021, to: null },
  draft: true,
  level1Points: based(
    { 成本指标: decimal(20), 产出指标: decimal(40), 效益指标: decimal(20), 满意度指标: decimal(10) },
    cite("mof-2021-101", "权重"),
  ),
  execution: {
    ...EXECUTION,
    points: based(decimal(10), cite("mof-2021-101", "权重")),
    mechanism: based(
      {
        kind: "banded",
        bands: [outOfTen("80", "7"), outOfTen("60", "5")],
        finishedEarnsAll: true,
      },
      cite("mof-2021-101", "预算执行率赋分"),
    ),
  },
  counted: {
    "≥": based(THRESHOLD, SHARE),
    ">": based(THRESHOLD, SHARE),
    "≤": based(FULL_OR_JUDGEMENT, SHARE),
    "<": based(FULL_OR_JUDGEMENT, SHARE),
    "=": based(THRESHOLD, SHARE),
    none: based(THRESHOLD, SHARE),
  },
  categories: [
    {
      category: "satisfaction",
      mechanism: based(
        { kind: "value-bands", bands: [outOfTen("90", "10"), outOfTen("80", "8"), outOfTen("60", "5")] },
        cite("mof-2021-101", "满意度赋分"),
      ),
    },
  ],
  qualitative: based({ kind: "tiers", tiers: NATIONAL_TIERS }, cite("mof-2021-101", "评判等级赋分")),
  duties: [],
  remarks: [
    based("全部数值凭记忆，未核原文，只供试算比较，不作硬性要求。", cite("mof-2021-101", "权重")),
    based(
      "是否类指标达成记满分、未达成不得分；表上未标明是否类，按定性三档处理。",
      cite("mof-2021-101", "直接赋分"),
    ),
  ],
  examples: [
    {
      kind: "row",
      says: "完成80%，及格线以上按比例",
      row: { comparison: "≥", target: "100", actual: "80", unit: "户", points: "10" },
      gives: "5",
    },
    {
      kind: "row",
      says: "完成率不足60%不得分",
      row: { comparison: "≥", target: "100", actual: "59", unit: "户", points: "10" },
      gives: "0",
    },
    {
      kind: "row",
      says: "满意度85%落在80%一档",
      row: {
        level1: "满意度指标",
        level2: "服务对象满意度指标",
        comparison: "≥",
        target: "95",
        actual: "85",
        unit: "%",
        points: "10",
      },
      gives: "8",
    },
    {
      kind: "execution",
      says: "执行率85%，是否完成由人判断",
      adjustedBudget: "100",
      expenditure: "85",
      points: "10",
      gives: "7～10",
    },
    {
      kind: "execution",
      says: "执行率100%",
      adjustedBudget: "100",
      expenditure: "100",
      points: "10",
      gives: "10",
    },
    { kind: "total", says: "80分为良", total: "80", gives: "良" },
  ],
};
