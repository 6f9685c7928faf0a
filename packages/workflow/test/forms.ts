import { type Form, type Fund, type Indicator, NO_MEASURE, parseMeasure } from "@jiheng/domain";

/** A row as an invented unit fills it in. */
export function row(id: string, more: Partial<Indicator> = {}): Indicator {
  return {
    id,
    parent: null,
    goal: 0,
    core: null,
    level1: "产出指标",
    level2: "数量指标",
    groupPoints: null,
    name: `指标${id}`,
    target: parseMeasure("≥100人次").measure,
    initialTarget: null,
    actual: NO_MEASURE,
    points: "10",
    score: null,
    coefficient: null,
    reviewScore: null,
    criteria: null,
    evidence: null,
    deviation: null,
    ...more,
  };
}

/** A row of money in 万元. */
export function fund(more: Partial<Fund> = {}): Fund {
  return {
    source: "total",
    label: "年度资金总额",
    initialBudget: "100.00",
    adjustedBudget: "120.00",
    expenditure: "90.00",
    points: "10",
    executionRate: "75.00",
    score: "7.50",
    deviation: null,
    ...more,
  };
}

/** A form of an invented project. */
export function form(more: Partial<Form> = {}): Form {
  const goal = { expected: "办好培训", achieved: null };
  return {
    id: "form",
    kind: "project-self-evaluation",
    template: "national",
    title: "项目支出绩效自评表",
    formNumber: null,
    year: 2024,
    project: "青岩县技能培训",
    projectCode: null,
    department: "青岩县人力局",
    departmentCode: null,
    unit: "青岩县培训中心",
    unitCode: null,
    jurisdiction: null,
    moneyUnit: "万元",
    funds: [fund()],
    goal,
    goals: [{ name: null, adjusted: null, points: null, score: null, ...goal }],
    indicators: [row("a"), row("b"), row("c")],
    totalPoints: "100",
    totalScore: null,
    grade: null,
    deviation: null,
    fields: [{ label: "联系人", text: "甲" }],
    notes: [],
    origins: {},
    ...more,
  };
}
