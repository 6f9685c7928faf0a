import type { Form, Fund, Indicator } from "./form.ts";
import type { Place } from "./origin.ts";

const FUND_WORDS: Readonly<Partial<Record<keyof Fund, string>>> = {
  label: "名称",
  initialBudget: "年初预算数",
  adjustedBudget: "全年预算数",
  expenditure: "全年执行数",
  points: "分值",
  executionRate: "执行率",
  score: "得分",
  deviation: "原因",
};

const ROW_WORDS: Readonly<Partial<Record<keyof Indicator, string>>> = {
  level1: "一级指标",
  level2: "二级指标",
  groupPoints: "一级指标分值",
  name: "名称",
  target: "年度指标值",
  initialTarget: "年初指标值",
  actual: "实际完成值",
  points: "分值",
  score: "得分",
  coefficient: "得分系数",
  reviewScore: "复核得分",
  criteria: "评分标准",
  evidence: "佐证",
  deviation: "偏差原因",
};

const HEAD_WORDS: Readonly<Record<string, string>> = {
  funds: "资金表",
  indicators: "绩效指标表",
  goals: "年度总体目标",
  goal: "年度总体目标",
  "goal.expected": "预期目标",
  "goal.achieved": "实际完成情况",
  totalPoints: "总分（分值）",
  totalScore: "总分",
  grade: "评分等级",
  project: "项目名称",
  department: "主管部门",
  unit: "实施单位",
  year: "年度",
  title: "表名",
  moneyUnit: "金额单位",
  template: "版式",
  deviation: "偏差原因分析",
};

const INDEXED = /^(funds|indicators|goals)\[(\d+)\](?:\.(\w+))?/;

/** A place of the form in the words printed on it: `indicators[3].score` is 「培训课时」得分. Unknown places stay as they are. */
export function describePlace(form: Form, at: Place): string {
  const match = INDEXED.exec(at);
  if (!match) return HEAD_WORDS[at] ?? at;
  const index = Number(match[2]);
  const field = match[3];
  if (match[1] === "goals") {
    const side = field === "expected" ? "预期目标" : field === "achieved" ? "实际完成情况" : "目标";
    return `第${index + 1}个${side}`;
  }
  if (match[1] === "funds") {
    const label = form.funds[index]?.label ?? `第${index + 1}行资金`;
    return label + (field ? (FUND_WORDS[field as keyof Fund] ?? field) : "");
  }
  const name = form.indicators[index]?.name?.replace(/\s+/g, "");
  return `「${name || `第${index + 1}行指标`}」${field ? (ROW_WORDS[field as keyof Indicator] ?? field) : ""}`;
}
