import { decimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import {
  based,
  type OverfulfilmentCondition,
  type OverfulfilmentRule,
  type PolicyPack,
  type RowComparison,
} from "../policy-pack.ts";
import { FULL_OR_JUDGEMENT } from "./defaults.ts";
import { PROVINCIAL_ROWS, provincialCommon } from "./provincial-common.ts";

const FLAGGED = cite("provincial", "超额提示·津冀");

function editable(
  comparisons: readonly RowComparison[],
  condition: OverfulfilmentCondition,
): OverfulfilmentRule {
  return { comparisons, when: based(condition, FLAGGED), action: based({ kind: "manual" }, FLAGGED) };
}

/** Systems of Hebei and Tianjin: flagged rows may be changed by hand, all others are locked. */
export const hebeiTianjin: PolicyPack = {
  ...provincialCommon,
  id: "hebei-tianjin",
  title: "河北、天津系统口径",
  places: ["河北", "天津"],
  scope: "place",
  counted: {
    ...PROVINCIAL_ROWS,
    "≤": based(FULL_OR_JUDGEMENT, cite("provincial", "小于等于·津冀")),
    "<": based(FULL_OR_JUDGEMENT, cite("provincial", "小于等于·津冀")),
  },
  overfulfilment: [
    editable(["≥", ">", "none"], { kind: "from", completion: decimal("1.2"), whenTargetZero: null }),
    editable(["≤", "<"], { kind: "exceeds" }),
    editable(["="], { kind: "differs" }),
  ],
  remarks: [based("“≤”的本地算式未见，超过指标值的由人判断。", cite("provincial", "小于等于·津冀"))],
  examples: [
    {
      kind: "row",
      says: "“=”不相等且写明理由，保留人工改分",
      row: {
        comparison: "=",
        target: "12",
        actual: "15",
        unit: "次",
        points: "6",
        entered: "5",
        deviation: "上级临时增加三次抽检，来年按文件足额设定",
      },
      gives: "5",
    },
    {
      kind: "row",
      says: "“≤”超过，算式未见，由人判断",
      row: { comparison: "≤", target: "30", actual: "36", unit: "万元", points: "6" },
      gives: "0～6",
    },
    {
      kind: "row",
      says: "未触发标记的行按比例锁定",
      row: { comparison: "≥", target: "80", actual: "60", unit: "场", points: "8", entered: "8" },
      gives: "6",
    },
    {
      kind: "execution",
      says: "执行得分",
      adjustedBudget: "300",
      expenditure: "200",
      points: "10",
      gives: "6.67",
    },
  ],
};
