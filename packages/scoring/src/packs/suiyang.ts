import { decimal } from "@jiheng/domain";
import { cite } from "@jiheng/law";
import { based, type PolicyPack } from "../policy-pack.ts";
import { DEFAULTS, EXECUTION, FULL_OR_JUDGEMENT } from "./defaults.ts";

const ROW = cite("form-suiyang", "逐行评分");

/** A department-wide form of a town in Suiyang county, Guizhou: rate on the initial budget, scoring printed row by row. */
export const suiyang: PolicyPack = {
  ...DEFAULTS,
  id: "suiyang",
  title: "贵州省绥阳县口径（部门整体支出绩效自评表，年度未印）",
  places: ["绥阳县"],
  templates: ["department-guizhou"],
  kinds: ["department-self-evaluation"],
  execution: {
    ...EXECUTION,
    points: based(decimal(10), cite("form-suiyang", "执行得分")),
    denominator: based("initial", cite("form-suiyang", "执行率口径")),
    mechanism: based({ kind: "proportion" }, cite("form-suiyang", "执行得分")),
  },
  counted: {
    "≥": based(FULL_OR_JUDGEMENT, ROW),
    ">": based(FULL_OR_JUDGEMENT, ROW),
    "≤": based(FULL_OR_JUDGEMENT, ROW),
    "<": based(FULL_OR_JUDGEMENT, ROW),
    "=": based(FULL_OR_JUDGEMENT, ROW),
    none: based(FULL_OR_JUDGEMENT, ROW),
  },
  duties: [{ code: "AR-23", basis: cite("form-suiyang", "执行得分") }],
  remarks: [based("每行的得分计算方法印在表内；未达到的按表内方法由人计分。", ROW)],
  examples: [
    {
      kind: "execution",
      says: "以年初预算为分母",
      initialBudget: "500",
      adjustedBudget: "400",
      expenditure: "380",
      points: "10",
      gives: "7.6",
    },
    {
      kind: "execution",
      says: "超过年初预算的封顶",
      initialBudget: "300",
      adjustedBudget: "400",
      expenditure: "380",
      points: "10",
      gives: "10",
    },
    {
      kind: "row",
      says: "未达到的按表内方法由人计分",
      row: { comparison: "≥", target: "10", actual: "9", unit: "次", points: "5" },
      gives: "0～5",
    },
    {
      kind: "row",
      says: "达到得满分",
      row: { comparison: "≥", target: "10", actual: "10", unit: "次", points: "5" },
      gives: "5",
    },
  ],
};
