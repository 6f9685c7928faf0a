import type { Form, Fund, Indicator, Measure } from "@jiheng/domain";
import { NO_MEASURE } from "@jiheng/domain";

/** "≥230 家" or "及时" as a measure. */
function measure(text: string | null): Measure {
  if (text === null) return NO_MEASURE;
  const match = /^([≥>≤<=]?)(-?\d+(?:\.\d+)?)\s*(\D*)$/.exec(text);
  if (!match) return { ...NO_MEASURE, text };
  const comparison = (match[1] || null) as Measure["comparison"];
  return { text, comparison, value: match[2] ?? null, unit: match[3] || null };
}

type RowParts = Partial<Omit<Indicator, "target" | "actual">> & {
  target?: string | null;
  actual?: string | null;
};

export function row(parts: RowParts = {}): Indicator {
  const { target = "≥100 人", actual = "100 人", ...rest } = parts;
  return {
    id: `row-${rest.name ?? ""}`,
    parent: null,
    goal: 0,
    core: null,
    level1: "产出指标",
    level2: "数量指标",
    groupPoints: null,
    name: "走访户数",
    initialTarget: null,
    points: "10",
    score: "10",
    coefficient: null,
    reviewScore: null,
    criteria: null,
    evidence: null,
    deviation: null,
    ...rest,
    target: measure(target),
    actual: measure(actual),
  };
}

export function fund(parts: Partial<Fund> = {}): Fund {
  return {
    source: "total",
    label: "年度资金总额",
    initialBudget: "100.00",
    adjustedBudget: "80.00",
    expenditure: "60.00",
    points: "10",
    executionRate: "75.00",
    score: "7.50",
    deviation: null,
    ...parts,
  };
}

export function form(parts: Partial<Form> = {}): Form {
  return {
    id: "form",
    kind: "project-self-evaluation",
    template: "national",
    title: "项目支出绩效自评表",
    formNumber: null,
    year: 2024,
    project: "村道养护",
    projectCode: null,
    department: "某县交通运输局",
    departmentCode: null,
    unit: null,
    unitCode: null,
    jurisdiction: null,
    moneyUnit: "万元",
    funds: [fund()],
    goal: { expected: null, achieved: null },
    goals: [],
    indicators: [
      row({ points: "50", score: "50" }),
      row({
        name: "群众知晓率",
        level1: "效益指标",
        target: "≥90%",
        actual: "81%",
        points: "30",
        score: "27",
      }),
      row({
        name: "村民满意度",
        level1: "满意度指标",
        target: "≥95%",
        actual: "96%",
        points: "10",
        score: "10",
      }),
    ],
    totalPoints: "100",
    totalScore: "94.50",
    grade: "优",
    deviation: null,
    fields: [],
    notes: [],
    origins: {},
    ...parts,
  };
}
