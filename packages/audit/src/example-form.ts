import { type Form, type Fund, type Goal, type Indicator, NO_MEASURE, parseMeasure } from "@jiheng/domain";

/** A row in an example: level 2, name, target, actual, points, score, reason. Level 1 follows from level 2. */
export type ExampleRow = readonly [
  level2: string,
  name: string,
  target: string | null,
  actual: string | null,
  points: string | null,
  score: string | null,
  reason?: string | null,
];

/** A fund row in an example: source, label, initial budget, adjusted budget, expenditure, points, rate, score. */
export type ExampleFund = readonly [
  source: string,
  label: string,
  initialBudget: string | null,
  adjustedBudget: string | null,
  expenditure: string | null,
  points?: string | null,
  executionRate?: string | null,
  score?: string | null,
];

/** What an example changes of the example form. */
export interface ExampleParts extends Partial<Omit<Form, "indicators" | "funds" | "goal" | "goals">> {
  readonly rows?: readonly ExampleRow[];
  readonly fundRows?: readonly ExampleFund[];
  readonly expected?: string | null;
  readonly achieved?: string | null;
  /** Changes to single rows after they are built, by index. */
  readonly patch?: Readonly<Record<number, Partial<Indicator>>>;
}

const LEVEL1: Readonly<Record<string, string>> = {
  经济成本指标: "成本指标",
  社会成本指标: "成本指标",
  生态环境成本指标: "成本指标",
  数量指标: "产出指标",
  质量指标: "产出指标",
  时效指标: "产出指标",
  成本指标: "产出指标",
  经济效益指标: "效益指标",
  社会效益指标: "效益指标",
  生态效益指标: "效益指标",
  可持续影响指标: "效益指标",
  服务对象满意度指标: "满意度指标",
};

/** Rows on which nothing is to be found: the ground every example of a rule changes in one respect. */
export const CLEAN_ROWS: readonly ExampleRow[] = [
  ["经济成本指标", "管护成本控制额", "≤95万元", "93.10万元", "10", "10"],
  ["数量指标", "维护供水管道长度", "≥120公里", "126公里", "15", "15"],
  ["质量指标", "管道维护验收合格率", "≥95%", "97%", "15", "15"],
  ["时效指标", "报修故障平均处理时间", "≤24小时", "19小时", "10", "10"],
  ["社会效益指标", "受益农村人口数", "≥8000人", "8630人", "15", "15"],
  ["可持续影响指标", "管护责任落实村占比", "≥90%", "94%", "15", "15"],
  ["服务对象满意度指标", "用水户满意度", "≥90%", "93%", "10", "10"],
];

const CLEAN_FUNDS: readonly ExampleFund[] = [
  ["total", "年度资金总额", "98.00", "98.00", "93.10", "10", "95.00", "9.50"],
  ["current-appropriation", "其中：当年财政拨款", "98.00", "98.00", "93.10", null, "95.00", null],
  ["carry-over", "上年结转资金", "0.00", "0.00", "0.00", null, "0.00", null],
  ["other", "其他资金", "0.00", "0.00", "0.00", null, "0.00", null],
];

const CLEAN_EXPECTED =
  "2024年对云溪区6个乡镇的农村供水管道开展巡检和维护，全年维护管道120公里以上，报修24小时内处理，8000名以上农村居民用水得到保障，用水户满意度不低于90%。";
const CLEAN_ACHIEVED =
  "2024年完成6个乡镇供水管道维护126公里，报修平均19小时处理完毕，8630名农村居民受益，抽样回访用水户满意度93%。";

function fundOf([
  source,
  label,
  initialBudget,
  adjustedBudget,
  expenditure,
  points,
  executionRate,
  score,
]: ExampleFund): Fund {
  return {
    source,
    label,
    initialBudget,
    adjustedBudget,
    expenditure,
    points: points ?? null,
    executionRate: executionRate ?? null,
    score: score ?? null,
    deviation: null,
  };
}

function rowOf([level2, name, target, actual, points, score, reason]: ExampleRow, index: number): Indicator {
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
    points,
    score,
    coefficient: null,
    reviewScore: null,
    criteria: null,
    evidence: null,
    deviation: reason ?? null,
  };
}

/** A form for the examples of rules: clean as it stands, changed by what is given. */
export function exampleForm(parts: ExampleParts = {}): Form {
  const { rows, fundRows, expected, achieved, patch, ...head } = parts;
  const goal: Goal = {
    name: null,
    expected: expected === undefined ? CLEAN_EXPECTED : expected,
    adjusted: null,
    achieved: achieved === undefined ? CLEAN_ACHIEVED : achieved,
    points: null,
    score: null,
  };
  const indicators = (rows ?? CLEAN_ROWS).map(rowOf).map((row, index) => ({ ...row, ...patch?.[index] }));
  return {
    id: "example",
    kind: "project-self-evaluation",
    template: "national",
    title: "项目支出绩效自评表",
    formNumber: null,
    year: 2024,
    project: "农村供水管网管护",
    projectCode: null,
    department: "云溪区水务局",
    departmentCode: null,
    unit: "云溪区农村供水站",
    unitCode: null,
    jurisdiction: null,
    moneyUnit: "万元",
    funds: (fundRows ?? CLEAN_FUNDS).map(fundOf),
    goal: { expected: goal.expected, achieved: goal.achieved },
    goals: [goal],
    indicators,
    totalPoints: "100",
    totalScore: "99.50",
    grade: "优",
    deviation: null,
    fields: [],
    notes: [],
    origins: {},
    ...head,
  };
}

/** The clean rows with some replaced by index: the shortest way to write an example. */
export function withRows(changes: Readonly<Record<number, ExampleRow>>): readonly ExampleRow[] {
  return CLEAN_ROWS.map((row, index) => changes[index] ?? row);
}
