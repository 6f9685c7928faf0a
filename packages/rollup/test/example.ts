import { type Form, type Indicator, NO_MEASURE, parseMeasure } from "@jiheng/domain";
import type { RolledUp, RollUpOptions } from "../src/index.ts";
import { rollUp, sourceOf } from "../src/index.ts";

/** level 2, name, target, actual, points, score, reason. */
export type Row = readonly [string, string, string | null, string | null, string?, string?, string?];

const LEVEL1: Readonly<Record<string, string>> = {
  经济成本指标: "成本指标",
  数量指标: "产出指标",
  数量: "产出",
  质量指标: "产出指标",
  时效指标: "产出指标",
  社会效益指标: "效益指标",
  服务对象满意度指标: "满意度指标",
};

function rowOf([level2, name, target, actual, points, score, deviation]: Row, index: number): Indicator {
  return {
    id: `r${index + 1}`,
    parent: null,
    goal: 0,
    core: null,
    level1: LEVEL1[level2] ?? level2,
    level2,
    groupPoints: null,
    name,
    target: target === null ? NO_MEASURE : parseMeasure(target).measure,
    initialTarget: null,
    actual: actual === null ? NO_MEASURE : parseMeasure(actual).measure,
    points: points ?? "10",
    score: score ?? points ?? "10",
    coefficient: null,
    reviewScore: null,
    criteria: null,
    evidence: null,
    deviation: deviation ?? null,
  };
}

/** A small project: its name, initial budget, adjusted budget, expenditure and rows. */
export function project(
  name: string,
  money: readonly [string | null, string | null, string | null],
  rows: readonly Row[],
  change: Partial<Form> = {},
): Form {
  const goal = {
    name: null,
    expected: `${name}的目标`,
    adjusted: null,
    achieved: `${name}的结果`,
    points: null,
    score: null,
  };
  return {
    id: name,
    kind: "project-self-evaluation",
    template: "national",
    title: "项目支出绩效自评表",
    formNumber: null,
    year: 2024,
    project: name,
    projectCode: null,
    department: "云溪区民政局",
    departmentCode: null,
    unit: "云溪区民政局",
    unitCode: null,
    jurisdiction: null,
    moneyUnit: "万元",
    funds: [
      {
        source: "total",
        label: "年度资金总额",
        initialBudget: money[0],
        adjustedBudget: money[1],
        expenditure: money[2],
        points: "10",
        executionRate: "0",
        score: null,
        deviation: null,
      },
    ],
    goal: { expected: goal.expected, achieved: goal.achieved },
    goals: [goal],
    indicators: rows.map(rowOf),
    totalPoints: "100",
    totalScore: null,
    grade: null,
    deviation: null,
    fields: [],
    notes: [],
    origins: {},
    ...change,
  };
}

/** Rolls forms up and insists that it is done; what stood against it is the message. */
export function rolled(forms: readonly Form[], options: RollUpOptions = {}): RolledUp {
  const result = rollUp(
    forms.map((form) => sourceOf(form)),
    options,
  );
  if (result.kind === "refused") throw new Error(result.conflicts.map((each) => each.says).join("\n"));
  return result;
}

/** Why forms are refused; a roll-up that is not refused is a failure. */
export function conflicts(forms: readonly Form[], options: RollUpOptions = {}) {
  const result = rollUp(
    forms.map((form) => sourceOf(form)),
    options,
  );
  if (result.kind === "rolled") throw new Error("rolled up, though it should be refused");
  return result.conflicts;
}

/** The row of a name. */
export function row(result: RolledUp, name: string): Indicator {
  const found = result.form.indicators.find((each) => each.name === name);
  if (!found)
    throw new Error(`no row ${name}: ${result.form.indicators.map((each) => each.name).join("、")}`);
  return found;
}

/** How a cell of the row of a name came about. */
export function traceOf(result: RolledUp, name: string, field: keyof Indicator) {
  const index = result.form.indicators.findIndex((each) => each.name === name);
  return result.traces[`indicators[${index}].${field}`];
}
