import { decimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { based, type PolicyPack } from "../policy-pack.ts";
import { DEFAULTS, EXECUTION, FULL_OR_JUDGEMENT } from "./defaults.ts";

/** What the published forms of a Shanghai district bureau show for 2024, in both templates. */
export const shanghaiBureau2024: PolicyPack = {
  ...DEFAULTS,
  id: "shanghai-bureau-2024",
  title: "上海区级部门口径（2024年度公开自评表）",
  places: ["上海"],
  period: { from: 2024, to: null },
  templates: ["shanghai-bureau-a", "shanghai-bureau-b"],
  onlyTemplates: true,
  execution: {
    ...EXECUTION,
    points: based(decimal(10), cite("form-bureau-2024", "分值分布")),
    mechanism: based({ kind: "proportion" }, cite("form-bureau-2024", "执行得分")),
    rateRounding: based("half-up", cite("form-bureau-2024", "执行率·版式乙四舍五入")),
    rateRoundingByTemplate: [
      {
        template: "shanghai-bureau-a",
        rounding: based("truncate", cite("form-bureau-2024", "执行率·版式甲截断")),
      },
      {
        template: "shanghai-bureau-b",
        rounding: based("half-up", cite("form-bureau-2024", "执行率·版式乙四舍五入")),
      },
    ],
  },
  scoreRounding: based({ places: 2, rounding: "half-up" }, cite("form-bureau-2024", "执行得分")),
  counted: {
    ...DEFAULTS.counted,
    "≤": based(FULL_OR_JUDGEMENT, cite("form-bureau-2024", "超出·扣分")),
    "<": based(FULL_OR_JUDGEMENT, cite("form-bureau-2024", "超出·扣分")),
    "=": based(FULL_OR_JUDGEMENT, cite("form-bureau-2024", "超出·扣分")),
  },
  targetZero: based({ kind: "judgement" }, cite("form-bureau-2024", "超出·扣分")),
  overfulfilment: [
    {
      comparisons: ["≥", ">", "none"],
      when: based(
        { kind: "from", completion: decimal("1.2"), whenTargetZero: null },
        cite("provincial", "超额提示"),
      ),
      action: based({ kind: "flag" }, cite("form-bureau-2024", "超出·未扣分")),
    },
  ],
  moneyUnit: based("万元", cite("form-bureau-2024", "金额单位")),
  duties: [{ code: "AR-23", basis: cite("form-bureau-2024", "执行得分") }],
  remarks: [
    based(
      "超过“≤”、偏离“=”按比较号是未达到；表中的说明把它当作超额完成，本口径不采。",
      cite("form-bureau-2024", "偏离读法"),
    ),
    based(
      "五个扣分都等于分值的20%进位取整，没有明文，本口径不作计分规则。",
      cite("form-bureau-2024", "扣分做法"),
    ),
  ],
  examples: [
    {
      kind: "row",
      says: "“≥”未达到，按比例",
      row: { comparison: "≥", target: "230", actual: "204", unit: "家", points: "2", entered: "1" },
      gives: "1.77",
    },
    {
      kind: "row",
      says: "“=”不相等，由人判断",
      row: { comparison: "=", target: "120", actual: "736", unit: "人", points: "10", entered: "8" },
      gives: "0～10",
    },
    {
      kind: "row",
      says: "“≥”超过一倍，得满分",
      row: { comparison: "≥", target: "500", actual: "1000", unit: "家", points: "20", entered: "20" },
      gives: "20",
    },
    {
      kind: "execution",
      says: "执行得分四舍五入",
      adjustedBudget: "36.60",
      expenditure: "35.60",
      points: "10",
      gives: "9.73",
    },
    { kind: "total", says: "84.09分为良", total: "84.09", gives: "良" },
  ],
};
