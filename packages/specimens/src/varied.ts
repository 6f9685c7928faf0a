import {
  type Decimal,
  decimal,
  type Form,
  type Fund,
  formatDecimal,
  type Goal,
  type Indicator,
  type Measure,
  NO_MEASURE,
  roundRatio,
  showDecimal,
} from "@jiheng/domain";
import type { Course, CourseMoney, RowCourse } from "./course.ts";
import { plain, points, refund, typed, words } from "./edit.ts";
import { materialOf } from "./material.ts";
import { MORE_THEMES } from "./more-themes.ts";
import { type Random, randomFrom } from "./random.ts";
import { type Shape, shapeOf } from "./shapes.ts";
import { PLACES, THEMES, type Theme, type ThemeRow } from "./themes.ts";
import { traps } from "./traps.ts";

/** All fields a varied specimen may come from. */
const FIELDS: readonly Theme[] = [...THEMES, ...MORE_THEMES];

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

/** What a varied specimen is made from: the same options give the same form. */
export interface VariedOptions {
  readonly seed: number;
  /** Layout the form is meant for: what that one has no column for stays blank. */
  readonly template: string;
  readonly year?: number;
  /** Which field, by number; drawn where absent. */
  readonly field?: number;
  readonly place?: string;
  /** True for a form without right sums, products and other traps in its texts. */
  readonly bare?: boolean;
  /** How the year went; drawn where absent, as a year in which nearly all is met. */
  readonly course?: Course;
}

/** How many fields there are to draw from. */
export const FIELD_COUNT = FIELDS.length;

interface DraftRow {
  readonly level2: string;
  readonly name: string;
  readonly target: Measure;
  readonly actual: Measure;
  /** Share of the points earned: actual and target of a missed row, or null where all are. */
  readonly missed: { readonly actual: number; readonly target: number } | null;
  readonly reason: string | null;
}

/** A row as its course tells it. */
function courseRow(form: Form, row: ThemeRow, course: RowCourse): DraftRow {
  const { level2 } = row;
  const { reason } = course;
  if (course.kind === "words") {
    const effect = materialOf(form)?.effect;
    return {
      level2,
      name: course.name ?? effect ?? row.name,
      target: words(course.target),
      actual: words(course.actual),
      missed: course.share < 100 ? { actual: course.share, target: 100 } : null,
      reason,
    };
  }
  const { target, actual, share } = course;
  const isMissed = row.sign === "≤" ? actual > target : actual < target;
  return {
    level2,
    name: row.name,
    target: typed(form, row.sign, String(target), row.unit),
    actual: typed(form, "", String(actual), row.unit),
    missed: !isMissed ? null : share === undefined ? { actual, target } : { actual: share, target: 100 },
    reason,
  };
}

function share(total: number, count: number): number[] {
  const base = Math.floor(total / count);
  return Array.from({ length: count }, (_, index) => base + (index < total - base * count ? 1 : 0));
}

function typedRow(
  form: Form,
  row: ThemeRow,
  random: Random,
  missed: boolean,
  theme: Theme,
): { draft: DraftRow; target: number; actual: number } {
  const target = random.between(row.low, row.high);
  const step = Math.max(1, Math.floor(target * 0.08));
  let actual: number;
  if (missed) actual = target - random.between(1, Math.max(1, Math.floor(target * 0.2)));
  else if (row.sign === "≤") actual = target - random.between(1, Math.max(1, Math.min(step, target - 1)));
  else if (target < 8) actual = target;
  else {
    const ceiling = row.unit === "%" && row.low > 50 ? Math.max(1, 99 - target) : step;
    actual = target + random.between(1, Math.max(1, Math.min(step, ceiling)));
  }
  const cause = random.pick([
    `偏差原因：${theme.cause}。改进措施：${theme.measure}。`,
    `${theme.cause}。下一步${theme.measure}。`,
    `原因：${theme.cause}；措施：${theme.measure}。`,
  ]);
  return {
    draft: {
      level2: row.level2,
      name: row.name,
      target: typed(form, row.sign, String(target), row.unit),
      actual: typed(form, "", String(actual), row.unit),
      missed: missed ? { actual, target } : null,
      reason: missed ? cause : null,
    },
    target,
    actual,
  };
}

/** The row that says by when all of it was done. */
const DONE_BY = "年度任务完成时间";

/** Rows of kinds the fields themselves do not have: words, zero events, dates. Each is met. */
function furtherRows(form: Form, theme: Theme, random: Random, shape: Shape): DraftRow[] {
  const rows: DraftRow[] = [];
  const met = (level2: string, name: string, target: Measure, actual: Measure): void => {
    rows.push({ level2, name, target, actual, missed: null, reason: null });
  };
  if (random.chance(30)) {
    const [name, target, actual] = random.pick([
      ["项目档案完整性", "完整", "完整"],
      ["管护制度建立情况", "建立", "已建立"],
      ["验收资料归档情况", "齐全", "齐全"],
    ] as const);
    met("质量指标", name, words(target), words(shape.bracketed ? "达成指标" : actual));
  }
  if (random.chance(30)) {
    const [month, day] = [random.between(9, 11), random.between(3, 24)];
    const target = random.pick([`${month}月底前`, `${month}月底`, `${form.year}年${month}月底前`]);
    met("时效指标", DONE_BY, words(target), words(`${month}月${day}日`));
  }
  if (random.chance(30)) {
    const [name, unit] = random.pick([
      ["安全责任事故起数", "起"],
      ["有效投诉件数", "件"],
      ["违规使用资金问题数", "个"],
    ] as const);
    const bound = random.pick(["=0", "≤0", "≤1", "≤2"]);
    met("社会效益指标", name, typed(form, bound.charAt(0), bound.slice(1), unit), typed(form, "", "0", unit));
  }
  const material = materialOf({ ...form, project: theme.project });
  if (material && random.chance(20))
    met("社会效益指标", material.effect, words("较上年提高"), words("抽样调查得分较上年提高3分"));
  return rows;
}

function fundRow(source: string, label: string, amounts: readonly [string, string, string]): Fund {
  return {
    source,
    label,
    initialBudget: amounts[0],
    adjustedBudget: amounts[1],
    expenditure: amounts[2],
    points: null,
    executionRate: null,
    score: null,
    deviation: null,
  };
}

function yuan(fen: number): string {
  return formatDecimal({ units: BigInt(fen), scale: 2 }, 2);
}

interface Money {
  readonly funds: readonly Fund[];
  readonly budget: number;
  readonly spent: number;
  /** The change of the budget and why, for the result text; empty where there was none. */
  readonly story: string;
}

/** Amounts in hundredths of 万元: sums of whole hundredths, so that every column adds up. */
function money(random: Random, shape: Shape, told: CourseMoney | null): Money {
  const [low, high] = random.pick([
    [8_000, 90_000],
    [1_200, 6_000],
    [120_000, 900_000],
  ] as const);
  const drawn = random.between(low, high);
  const budget = told?.budget ?? drawn;
  const spent = told?.spent ?? Math.floor((budget * random.between(9300, 9890)) / 10000);
  const changed = told === null && shape.initialBudget && shape.resultLimit === null && random.chance(25);
  const delta = changed ? Math.max(1, Math.floor((budget * random.between(20, 70)) / 1000)) : 0;
  const more = random.chance(50);
  const initial = told?.initial ?? (more ? budget - delta : budget + delta);
  const split = random.chance(35);
  const over = split ? Math.floor((budget * random.between(80, 200)) / 1000) : 0;
  const otherPart = !split && random.chance(25) ? Math.floor((budget * random.between(100, 300)) / 1000) : 0;
  const own = budget - over - otherPart;
  // What is carried over is spent first, as the rules of the treasury ask.
  const spentOther = Math.floor((otherPart * spent) / budget);
  const rows: [string, string, number, number, number][] = [
    ["total", "年度资金总额", initial, budget, spent],
    [
      "current-appropriation",
      "其中：当年财政拨款",
      initial - over - otherPart,
      own,
      spent - over - spentOther,
    ],
    ["carry-over", "上年结转资金", over, over, over],
    ["other", "其他资金", otherPart, otherPart, spentOther],
  ];
  const why = random.pick(["上级追加任务", "政府采购节约资金收回", "任务量核定后调整"]);
  const story = changed
    ? `因${more ? "上级追加任务" : why === "上级追加任务" ? "任务量核定后减少" : why}，年中按程序${more ? "追加" : "核减"}预算${yuan(delta)}万元，全年预算数由年初的${yuan(initial)}万元调整为${yuan(budget)}万元。`
    : "";
  return {
    funds: rows.map(([source, label, a, b, c]) => ({
      ...fundRow(source, label, [yuan(a), yuan(b), yuan(c)]),
      initialBudget: shape.initialBudget ? yuan(a) : null,
    })),
    budget,
    spent,
    story,
  };
}

function goalText(
  theme: Theme,
  year: number,
  plans: readonly string[],
  random: Random,
  time: string,
): string {
  const listed = plans.map((plan, index) => `${index + 1}.${plan}`).join("；");
  return random.pick([
    `${theme.aim}。${year}年计划${plans.join("，")}${time}。`,
    `通过项目实施，${theme.aim}。年度目标为：${plans.join("，")}${time}。`,
    `${theme.aim}。全年任务：${listed}${time}。`,
    `${year}年，${plans.join("，")}${time}，${theme.aim}。`,
  ]);
}

function resultText(
  theme: Theme,
  year: number,
  place: string,
  reports: readonly string[],
  random: Random,
): string {
  const listed = reports.map((report, index) => `${index + 1}.${report}`).join("；");
  return random.pick([
    `${year}年${place}${reports.join("，")}。${theme.result}。`,
    `截至${year}年12月底，${reports.join("，")}。${theme.result}。`,
    `全年任务完成情况：${listed}。${theme.result}。`,
    `${theme.result}。全年${reports.join("，")}。`,
  ]);
}

/**
 * A form of one of many fields on which nothing of force must or should is to be found, made for a layout: other
 * amounts, phrasings, kinds of rows and sources with every seed, and texts full of figures that are right.
 */
export function variedForm(options: VariedOptions): Form {
  const random = randomFrom(options.seed * 7919 + 13);
  const shape = shapeOf(options.template);
  const drawn = random.between(0, FIELDS.length - 1);
  const theme = FIELDS[(options.field ?? drawn) % FIELDS.length] as Theme;
  const drawnPlace = random.pick(PLACES);
  const place = options.place ?? drawnPlace;
  const year = options.year ?? random.pick([2022, 2023, 2024]);
  const { course } = options;
  const { funds, budget, spent, story } = money(random, shape, course?.money ?? null);

  const form: Form = {
    id: `specimen-${options.seed}`,
    kind: shape.scores ? "project-self-evaluation" : "transfer-self-evaluation",
    template: options.template,
    title: null,
    formNumber: null,
    year,
    project: theme.project,
    projectCode: null,
    department: shape.department ? `${place}${theme.department}` : null,
    departmentCode: null,
    unit: `${place}${theme.unit}`,
    unitCode: null,
    jurisdiction: null,
    moneyUnit: "万元",
    funds,
    goal: { expected: null, achieved: null },
    goals: [],
    indicators: [],
    totalPoints: shape.points ? "100" : null,
    totalScore: shape.scores ? "0" : null,
    grade: shape.grade ? "优" : null,
    deviation: null,
    fields: [],
    notes: [],
    origins: {},
  };

  const missedRow =
    !course && random.chance(30)
      ? theme.rows.findIndex((row) => row.level2 === "数量指标" && row.plan !== undefined)
      : -1;
  const plans: string[] = [];
  const reports: string[] = [];
  const drafts: DraftRow[] = theme.rows.map((row, index) => {
    if (row.level2 === "经济成本指标")
      return {
        level2: row.level2,
        name: random.pick(["项目总成本控制额", "项目成本控制数", "总成本"]),
        target: typed(form, "≤", yuan(budget), "万元"),
        actual: typed(form, "", yuan(spent), "万元"),
        missed: null,
        reason: null,
      };
    const told = course?.row(row, index, theme);
    if (told) {
      if (told.kind === "counted") {
        if (row.plan) plans.push(row.plan.replace("{v}", String(told.target)));
        if (row.done) reports.push(row.done.replace("{v}", String(told.actual)));
      }
      return courseRow(form, row, told);
    }
    const { draft, target, actual } = typedRow(form, row, random, index === missedRow, theme);
    if (row.plan) plans.push(row.plan.replace("{v}", String(target)));
    if (row.done) reports.push(row.done.replace("{v}", String(actual)));
    return draft;
  });
  const isBehind = course !== undefined && drafts.some(({ missed }) => missed);
  for (const row of furtherRows(form, theme, random, shape)) {
    // Work that is left for the next year was not done on a day of this one.
    const isContrary = isBehind && row.name === DONE_BY;
    if (!isContrary && !drafts.some(({ name }) => name === row.name)) drafts.push(row);
  }
  const order = Object.keys(LEVEL1);
  drafts.sort((a, b) => order.indexOf(a.level2) - order.indexOf(b.level2));

  const shares = new Map<string, number[]>();
  for (const [level, total] of Object.entries(shape.levels))
    shares.set(level, share(total, drafts.filter((row) => LEVEL1[row.level2] === level).length || 1));
  const indicators: Indicator[] = drafts.map((draft, index) => {
    const of = decimal(shares.get(LEVEL1[draft.level2] ?? "")?.shift() ?? 0);
    const earned: Decimal = draft.missed
      ? roundRatio(
          {
            numerator: decimal(String(Number(showDecimal(of)) * draft.missed.actual)),
            denominator: decimal(draft.missed.target),
          },
          2,
          "half-up",
        )
      : of;
    return {
      id: `r${index + 1}`,
      parent: null,
      goal: 0,
      core: null,
      level1: LEVEL1[draft.level2] ?? draft.level2,
      level2: draft.level2,
      groupPoints: null,
      name: draft.name,
      target: draft.target,
      initialTarget: null,
      actual: draft.actual ?? NO_MEASURE,
      points: shape.points ? points(form, of) : null,
      score: shape.scores ? points(form, earned) : null,
      coefficient: null,
      reviewScore: null,
      criteria: null,
      evidence: null,
      deviation: shape.formReason ? null : draft.reason,
    };
  });

  const time = indicators.find((row) => row.name === DONE_BY);
  const expected = goalText(theme, year, plans, random, time ? `，全部任务于${plain(time.target)}完成` : "");
  const result = course?.result ?? theme.result;
  const achieved = resultText({ ...theme, result }, year, place, reports, random);
  const goal: Goal = { name: null, expected, adjusted: null, achieved, points: null, score: null };
  const reasons = drafts.flatMap(({ name, reason }) => (reason ? [`${name}：${reason}`] : []));
  const missed = course ? drafts.find((draft) => draft.missed) : theme.rows[missedRow];
  // What a short result has no room for stands where the form asks for problems.
  const moneyStory = course?.moneyStory ?? "";
  const told = shape.resultLimit === null ? `${achieved}${story}${moneyStory}` : achieved;
  const problems = shape.asksProblems && (missed || moneyStory !== "");
  const base: Form = {
    ...form,
    fields: problems
      ? [
          {
            label: "存在问题",
            text: `${missed ? `${theme.cause}，“${missed.name}”没有完成年度指标值。` : ""}${moneyStory}`,
          },
          { label: "改进措施", text: `${theme.measure}。` },
        ]
      : [],
    goal: { expected, achieved: told },
    goals: [{ ...goal, achieved: told }],
    indicators,
    deviation: shape.formReason && reasons.length > 0 ? reasons.join("") : null,
    funds: funds.map((fund, index) =>
      index === 0
        ? {
            ...fund,
            points: shape.points ? points(form, shape.execution) : null,
            score: shape.scores ? points(form, shape.execution) : null,
          }
        : fund,
    ),
    ...(shape.points ? { totalPoints: points(form, 100) } : {}),
  };
  const scored = refund(base);
  return options.bare || shape.resultLimit !== null ? scored : traps(scored, random);
}

/**
 * The forms a department hands in for one year: different projects under one body that runs all fields, as the
 * committees of development zones do, in one layout.
 */
export function variedBatch(options: {
  readonly seed: number;
  readonly template: string;
  readonly count: number;
  readonly year?: number;
}): Form[] {
  const random = randomFrom(options.seed * 104_729 + 7);
  const place = random.pick(PLACES);
  const body = random.pick(["经济开发区管理委员会", "高新技术产业园区管理委员会", "新城管理委员会"]);
  const fields = random.shuffle(Array.from({ length: FIELD_COUNT }, (_, index) => index));
  return fields.slice(0, options.count).map((field, index) => {
    const form = variedForm({
      seed: options.seed * 1000 + index,
      template: options.template,
      year: options.year ?? 2024,
      field,
      place,
    });
    return {
      ...form,
      department: form.department === null ? null : `${place}${body}`,
      unit: `${place}${body.replace("管理委员会", "社会事业局")}`,
    };
  });
}
