import {
  decimal,
  type Form,
  type Indicator,
  type Measure,
  parseDecimal,
  type Score,
  showDecimal,
} from "@jiheng/domain";
import type { ExampleRow, PackExample } from "./pack-example.ts";
import type { PolicyPack } from "./policy-pack.ts";
import { scoreExecution } from "./score-execution.ts";
import { gradeOf } from "./score-form.ts";
import { scoreIndicator } from "./score-indicator.ts";

function measure(text: string | null, row: ExampleRow, withSign: boolean): Measure {
  const number = parseDecimal(text);
  if (number === null) return { text, comparison: null, value: null, unit: null };
  const comparison = withSign ? (row.comparison ?? null) : null;
  return {
    text: `${comparison ?? ""}${text}${row.unit ?? ""}`,
    comparison,
    value: text,
    unit: row.unit ?? null,
  };
}

function indicatorOf(row: ExampleRow): Indicator {
  return {
    id: "example",
    parent: null,
    goal: 0,
    core: null,
    level1: row.level1 ?? "产出指标",
    level2: row.level2 ?? "数量指标",
    groupPoints: null,
    name: row.name ?? "示例指标",
    target: measure(row.target, row, true),
    initialTarget: null,
    actual: measure(row.actual, row, false),
    points: row.points,
    score: row.entered ?? null,
    coefficient: row.coefficient ?? null,
    reviewScore: null,
    criteria: null,
    evidence: null,
    deviation: row.deviation ?? null,
  };
}

function formOf(example: Extract<PackExample, { kind: "execution" }>): Form {
  return {
    id: "example",
    kind: "project-self-evaluation",
    template: "example",
    title: null,
    formNumber: null,
    year: null,
    project: null,
    projectCode: null,
    department: null,
    departmentCode: null,
    unit: null,
    unitCode: null,
    jurisdiction: null,
    moneyUnit: null,
    funds: [
      {
        source: "total",
        label: "年度资金总额",
        initialBudget: example.initialBudget ?? null,
        adjustedBudget: example.adjustedBudget,
        expenditure: example.expenditure,
        points: example.points,
        executionRate: null,
        score: null,
        deviation: null,
      },
    ],
    goal: { expected: null, achieved: null },
    goals: [],
    indicators: [],
    totalPoints: null,
    totalScore: null,
    grade: null,
    deviation: null,
    fields: [],
    notes: [],
    origins: {},
  };
}

function said(score: Score): string {
  switch (score.kind) {
    case "scored":
      return showDecimal(score.awarded);
    case "judgement":
      return `${showDecimal(score.between[0])}～${showDecimal(score.between[1])}`;
    case "missing":
      return "缺";
    case "notApplicable":
      return "不计分";
  }
}

/** What a pack gives for one of its examples, in the spelling of `gives`. */
export function runExample(policy: PolicyPack, example: PackExample): string {
  switch (example.kind) {
    case "row":
      return said(scoreIndicator(indicatorOf(example.row), "indicators[0]", policy));
    case "execution":
      return said(scoreExecution(formOf(example), policy, null).score);
    case "total":
      return gradeOf(decimal(example.total), policy) ?? "不评等级";
  }
}
