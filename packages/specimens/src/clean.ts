import {
  add,
  compare,
  type Decimal,
  decimal,
  type Form,
  type Fund,
  formatDecimal,
  type Goal,
  type Indicator,
  multiply,
  parseMeasure,
  percentOf,
  ratio,
  round,
  roundRatio,
} from "@jiheng/domain";
import { type Random, randomFrom } from "./random.ts";
import { PLACES, THEMES, type Theme, type ThemeRow } from "./themes.ts";

const LEVEL1: Readonly<Record<string, string>> = {
  经济成本指标: "成本指标",
  数量指标: "产出指标",
  质量指标: "产出指标",
  时效指标: "产出指标",
  经济效益指标: "效益指标",
  社会效益指标: "效益指标",
  生态效益指标: "效益指标",
  可持续影响指标: "效益指标",
  服务对象满意度指标: "满意度指标",
};

/** Points a level 1 carries; together with the 10 of the execution they make 100. */
const LEVEL_POINTS: Readonly<Record<string, number>> = {
  成本指标: 10,
  产出指标: 40,
  效益指标: 30,
  满意度指标: 10,
};

/** What a specimen is made from: the same options give the same form. */
export interface SpecimenOptions {
  readonly seed: number;
  /** Template id the form is meant for; stays a label until it is laid out. */
  readonly template?: string;
  readonly year?: number;
  /** Rows beyond those of the theme: the same work in as many townships, for large forms. */
  readonly rows?: number;
}

/** Splits points over rows: equal parts of five, the rest to the first rows; every row gets at least one. */
function share(points: number, count: number): number[] {
  const base = Math.floor(points / count);
  return Array.from({ length: count }, (_, index) => base + (index < points - base * count ? 1 : 0));
}

function figures(row: ThemeRow, random: Random, missed: boolean): { target: number; actual: number } {
  const target = random.between(row.low, row.high);
  const step = Math.max(1, Math.floor(target * 0.08));
  if (row.sign === "≤")
    return { target, actual: target - random.between(1, Math.max(1, Math.min(step, target - 1))) };
  if (missed) return { target, actual: target - random.between(1, Math.max(1, Math.floor(target * 0.2))) };
  const ceiling = row.unit === "%" && row.low > 50 ? Math.max(1, 99 - target) : step;
  return { target, actual: target + random.between(1, Math.max(1, Math.min(step, ceiling))) };
}

function indicatorOf(
  row: ThemeRow,
  index: number,
  points: number,
  target: string,
  actual: string,
  score: Decimal,
  reason: string | null,
): Indicator {
  return {
    id: `r${index + 1}`,
    parent: null,
    goal: 0,
    core: null,
    level1: LEVEL1[row.level2] ?? row.level2,
    level2: row.level2,
    groupPoints: null,
    name: row.name,
    target: parseMeasure(`${row.sign}${target}${row.unit}`).measure,
    initialTarget: null,
    actual: parseMeasure(`${actual}${row.unit}`).measure,
    points: String(points),
    score: formatDecimal(score),
    coefficient: null,
    reviewScore: null,
    criteria: null,
    evidence: null,
    deviation: reason,
  };
}

const TOWNSHIPS = "东河 西岭 南坪 北庄 上湾 下坝 大垌 小溪 前山 后港 新圩 老街 长岗 石塘 竹林 柳铺".split(
  " ",
);

/** The rows of a theme, and where more are wanted the counted ones again for one township after another. */
function rowsOf(theme: Theme, wanted: number): ThemeRow[] {
  const rows = [...theme.rows];
  const counted = theme.rows.filter((row) => row.level2 === "数量指标");
  for (let n = 0; rows.length < wanted; n++) {
    const base = counted[n % counted.length];
    if (!base) break;
    const round = Math.floor(n / counted.length);
    const township = `${TOWNSHIPS[round % TOWNSHIPS.length]}${round >= TOWNSHIPS.length ? `第${Math.floor(round / TOWNSHIPS.length) + 1}片区` : "乡"}`;
    const { plan: _plan, done: _done, ...bare } = base;
    rows.push({ ...bare, name: `${township}${base.name}` });
  }
  return rows.sort((a, b) => Object.keys(LEVEL1).indexOf(a.level2) - Object.keys(LEVEL1).indexOf(b.level2));
}

function fund(
  source: string,
  label: string,
  amounts: readonly [string, string, string],
  rate: string,
  scored: { points: string; score: string } | null,
): Fund {
  return {
    source,
    label,
    initialBudget: amounts[0],
    adjustedBudget: amounts[1],
    expenditure: amounts[2],
    points: scored?.points ?? null,
    executionRate: rate,
    score: scored?.score ?? null,
    deviation: null,
  };
}

/**
 * A form on which nothing of force must or should is to be found: sums fit, text and rows agree, the one row that may
 * have been missed is marked in proportion and explained with cause and measure.
 */
export function cleanForm(options: SpecimenOptions): Form {
  const random = randomFrom(options.seed);
  const theme = random.pick(THEMES);
  const place = random.pick(PLACES);
  const year = options.year ?? 2024;
  const rows = rowsOf(theme, options.rows ?? 0);
  const missedRow = random.chance(35)
    ? rows.findIndex((row) => row.level2 === "数量指标" && row.plan !== undefined)
    : -1;

  const budget = decimal(`${random.between(80, 900)}.${random.between(10, 99)}`);
  const spent = round(multiply(budget, decimal(`0.9${random.between(30, 89)}`)), 2, "half-up");
  const execution = ratio(spent, budget);
  if (!execution) throw new Error("a specimen has a budget");
  const rate = formatDecimal(percentOf(execution, 2, "half-up"), 2);
  const executionScore = roundRatio(
    { numerator: multiply(spent, decimal(10)), denominator: budget },
    2,
    "half-up",
  );

  const counts = new Map<string, number>();
  for (const row of rows)
    counts.set(LEVEL1[row.level2] ?? "", (counts.get(LEVEL1[row.level2] ?? "") ?? 0) + 1);
  const shares = new Map(
    [...counts].map(([level, count]) => [level, share(LEVEL_POINTS[level] ?? 0, count)]),
  );

  const plans: string[] = [];
  const reports: string[] = [];
  let total = executionScore;
  const indicators = rows.map((row, index) => {
    const points = shares.get(LEVEL1[row.level2] ?? "")?.shift() ?? 0;
    const isCost = row.level2 === "经济成本指标";
    const missed = index === missedRow;
    const { target, actual } = figures(row, random, missed);
    const score = missed
      ? roundRatio({ numerator: decimal(points * actual), denominator: decimal(target) }, 2, "half-up")
      : decimal(points);
    total = add(total, score);
    if (row.plan) plans.push(row.plan.replace("{v}", String(target)));
    if (row.done) reports.push(row.done.replace("{v}", String(actual)));
    const reason = missed ? `偏差原因：${theme.cause}。改进措施：${theme.measure}。` : null;
    return isCost
      ? indicatorOf(row, index, points, formatDecimal(budget), formatDecimal(spent), score, null)
      : indicatorOf(row, index, points, String(target), String(actual), score, reason);
  });

  const goal: Goal = {
    name: null,
    expected: `${theme.aim}。${year}年计划${plans.join("，")}。`,
    adjusted: null,
    achieved: `${year}年${place}${reports.join("，")}。${theme.result}。`,
    points: null,
    score: null,
  };
  const amounts = [formatDecimal(budget, 2), formatDecimal(budget, 2), formatDecimal(spent, 2)] as const;
  const none = ["0.00", "0.00", "0.00"] as const;
  return {
    id: `specimen-${options.seed}`,
    kind: "project-self-evaluation",
    template: options.template ?? "national",
    title: "项目支出绩效自评表",
    formNumber: null,
    year,
    project: theme.project,
    projectCode: null,
    department: `${place}${theme.department}`,
    departmentCode: null,
    unit: `${place}${theme.unit}`,
    unitCode: null,
    jurisdiction: null,
    moneyUnit: "万元",
    funds: [
      fund("total", "年度资金总额", amounts, rate, { points: "10", score: formatDecimal(executionScore, 2) }),
      fund("current-appropriation", "其中：当年财政拨款", amounts, rate, null),
      fund("carry-over", "上年结转资金", none, "0.00", null),
      fund("other", "其他资金", none, "0.00", null),
    ],
    goal: { expected: goal.expected, achieved: goal.achieved },
    goals: [goal],
    indicators,
    totalPoints: "100",
    totalScore: formatDecimal(total, 2),
    grade:
      compare(total, decimal(90)) >= 0
        ? "优"
        : compare(total, decimal(80)) >= 0
          ? "良"
          : compare(total, decimal(60)) >= 0
            ? "中"
            : "差",
    deviation: null,
    fields: [],
    notes: [],
    origins: {},
  };
}
