import { cite } from "@jiheng/law";
import { based, type PolicyPack } from "../policy-pack.ts";
import { sichuan2023 } from "./sichuan-2023.ts";

/** Sichuan from 2025: the same provincial form under the evaluation method of 2025. */
export const sichuan2025: PolicyPack = {
  ...sichuan2023,
  id: "sichuan-2025",
  title: "四川省口径（川财绩〔2025〕5号）",
  period: { from: 2025, to: null },
  duties: [
    ...sichuan2023.duties,
    { code: "AR-08", basis: cite("sichuan-2025-5", "自评期限") },
    { code: "AR-90", basis: cite("sichuan-2025-5", "禁止委托自评") },
    { code: "AR-91", basis: cite("sichuan-2025-5", "公开期限") },
  ],
  remarks: [
    ...sichuan2023.remarks,
    based("单位2月底前完成自评，主管部门3月15日前完成审核汇总。", cite("sichuan-2025-5", "自评期限")),
    based(
      "自评为优的全部复核，为良的抽查20%；财政评价等级低于自评的，最终得分按0.9、0.8、0.7折算。",
      cite("sichuan-2025-5", "等级扣减"),
    ),
  ],
  examples: [
    {
      kind: "row",
      says: "超过上限没有算式，由人判断",
      row: { comparison: "≤", target: "12", actual: "14", unit: "万元", points: "10" },
      gives: "0～10",
    },
    {
      kind: "row",
      says: "部分达成，填报在档内",
      row: { target: "持续改善", actual: "部分达成并具有一定效果", points: "10", entered: "7" },
      gives: "7",
    },
    {
      kind: "execution",
      says: "执行率超过100%封顶",
      adjustedBudget: "90",
      expenditure: "91",
      points: "10",
      gives: "10",
    },
    { kind: "total", says: "90分为优", total: "90.00", gives: "优" },
  ],
};
