import {
  compare,
  decimal,
  type Field,
  type Figure,
  type Form,
  type Fund,
  formatDecimal,
  type Goal,
  type Indicator,
  type Measure,
  multiply,
  NO_MEASURE,
  parseDecimal,
  parseMeasure,
  percentOf,
  ratio,
  round,
  roundRatio,
  rowFieldLabels,
  sum,
  trimDecimal,
} from "@jiheng/domain";
import { type Random, randomFrom } from "./random.ts";
import { COST } from "./themes.ts";
import { variedForm } from "./varied.ts";

/** What a specimen of another kind is made from: the same options give the same form. */
export interface KindOptions {
  readonly seed: number;
  readonly year?: number;
  /** The self-evaluation it belongs to: same project, rows and money. Drawn from the seed where absent. */
  readonly of?: Form;
  /** For a form of monitoring: at most so many hundredths of what the year brought were there by then. */
  readonly soFar?: number;
  /** And so many hundredths of the target in the row that lags; a fifth where absent. */
  readonly lagging?: number;
}

/** Share of the figure in hundredths, to as many places as it needs; a count stays whole and is typed as before. */
function shareOf(figure: Figure, hundredths: number): Figure {
  const value = parseDecimal(figure);
  if (!value) return null;
  const part = roundRatio(
    { numerator: multiply(value, decimal(hundredths)), denominator: decimal(100) },
    trimDecimal(value).scale,
    "half-up",
  );
  return formatDecimal(part, value.scale);
}

/** Hundredths of what the year brought that were there by the end of July at most: a year that went badly lagged then already. */
const SO_FAR = 80;
/** Hundredths of the target that the row that lags has reached by then. */
const LAGGING = 20;

function smallerOf(one: Figure, other: Figure): Figure {
  const [a, b] = [parseDecimal(one), parseDecimal(other)];
  return a && b && compare(b, a) < 0 ? other : one;
}

function rateOf(part: Figure, whole: Figure): Figure {
  const a = parseDecimal(part);
  const b = parseDecimal(whole);
  const share = a && b ? ratio(a, b) : null;
  return share ? formatDecimal(percentOf(share, 2, "half-up"), 2) : null;
}

function fundWith(fund: Fund, change: Partial<Fund>): Fund {
  return {
    ...fund,
    initialBudget: null,
    adjustedBudget: null,
    expenditure: null,
    points: null,
    executionRate: null,
    score: null,
    ...change,
  };
}

function column(
  heading: string,
  rows: readonly (string | null)[],
  texts: readonly (string | null)[],
): Field[] {
  return rowFieldLabels(heading, rows).flatMap((label, index) => {
    const text = texts[index] ?? null;
    return text === null ? [] : [{ label, text }];
  });
}

function base(
  options: KindOptions,
  template: string,
): { form: Form; random: Random; names: (string | null)[] } {
  const form = options.of
    ? { ...options.of, id: `specimen-${options.seed}`, template }
    : variedForm({ seed: options.seed, template, year: options.year ?? 2024, bare: true });
  return { form, random: randomFrom(options.seed * 51 + 3), names: form.indicators.map((row) => row.name) };
}

function unmarked(row: Indicator): Indicator {
  return { ...row, points: null, score: null, deviation: null };
}

/** The row that bounds what the whole project costs: it follows the money. */
function isWholeCost({ target }: Indicator): boolean {
  return target.value !== null && target.comparison === "≤" && target.unit === COST.unit;
}

const NO_TOTALS = { totalPoints: null, totalScore: null, grade: null, deviation: null } as const;

/** Progress at the end of July: money, rows, what the year is expected to bring, ticked causes and likelihood. */
export function monitoringForm(options: KindOptions): Form {
  const { form, random, names } = base(options, "monitoring");
  const done = random.between(48, 62);
  const soFar = options.soFar ?? SO_FAR;
  const lagging = options.lagging ?? LAGGING;
  const late = random.between(0, form.indicators.length - 1);
  const funds = form.funds.map((fund): Fund => {
    const expenditure = smallerOf(shareOf(fund.adjustedBudget, done), shareOf(fund.expenditure, soFar));
    return fundWith(fund, {
      initialBudget: declaredOf(fund, options),
      expenditure,
      executionRate: rateOf(expenditure, fund.adjustedBudget),
    });
  });
  const indicators = form.indicators.map((row, index): Indicator => {
    const counted = row.target.value !== null;
    // Shares and bounds hold at any time of the year; counts and the cost of the whole grow with it.
    const grows = row.level2 === "数量指标" && row.target.comparison !== "≤";
    const value = isWholeCost(row)
      ? (funds[0]?.expenditure ?? row.actual.value)
      : grows
        ? smallerOf(
            shareOf(row.target.value, index === late ? lagging : done),
            shareOf(row.actual.value, soFar),
          )
        : row.actual.value;
    return {
      ...unmarked(row),
      actual: parseMeasure(counted && value !== null ? `${value}${row.target.unit ?? ""}` : "正在实施")
        .measure,
      deviation: index === late ? "上半年雨日偏多，外业工期后移，八月起增派两个班组赶工。" : null,
    };
  });
  const expected = form.indicators.map((row) => row.actual.text);
  const ticks = (those: (index: number) => boolean): (string | null)[] =>
    names.map((_, index) => (those(index) ? "√" : null));
  const goal: Goal = {
    name: null,
    expected: form.goal.expected,
    adjusted: null,
    achieved: null,
    points: null,
    score: null,
  };
  return {
    ...form,
    ...NO_TOTALS,
    kind: "monitoring",
    title: "项目支出绩效运行监控表",
    funds,
    goal: { expected: goal.expected, achieved: null },
    goals: [goal],
    indicators,
    fields: [
      ...column(
        "全年预计执行数",
        funds.map((fund) => fund.label),
        form.funds.map((fund) => fund.expenditure),
      ),
      ...column("全年预计完成情况", names, expected),
      ...column(
        "偏差原因分析（人员保障）",
        names,
        ticks((index) => index === late),
      ),
      ...column(
        "完成目标可能性（确定能）",
        names,
        ticks((index) => index !== late),
      ),
      ...column(
        "完成目标可能性（有可能）",
        names,
        ticks((index) => index === late),
      ),
    ],
  };
}

/** What was asked for with the budget: of a given self-evaluation its initial budget, which was approved as declared. */
function declaredOf(fund: Fund, { of }: KindOptions): Figure {
  return of === undefined ? fund.adjustedBudget : (fund.initialBudget ?? fund.adjustedBudget);
}

function planned(rows: readonly Indicator[]): Indicator[] {
  return rows.map((row) => ({ ...unmarked(row), actual: NO_MEASURE }));
}

function goalsOf(form: Form, midTerm: string, years: number): Goal[] {
  const none = { adjusted: null, achieved: null, points: null, score: null };
  return [
    { name: null, expected: form.goal.expected, ...none },
    {
      name: midTerm,
      expected: `用${years}年时间分批完成${form.project ?? "项目"}，建成后由所在乡镇接续管护，群众日常使用不间断。`,
      ...none,
    },
  ];
}

/** Targets declared with the budget: money, goal and values of the whole period beside those of the year. */
export function declarationForm(options: KindOptions): Form {
  const { form, random, names } = base(options, "target-declaration");
  const times = random.between(3, 5);
  const goals = goalsOf(form, "中期目标", times);
  const funds = form.funds
    .filter((fund) => options.of !== undefined || fund.source !== "carry-over")
    .map((fund) =>
      fundWith(fund, {
        label: fund.source === "total" ? "年度资金总额" : fund.label.replace("当年", ""),
        initialBudget: declaredOf(fund, options),
      }),
    );
  const period = funds.map((fund) =>
    formatDecimal(multiply(decimal(fund.initialBudget ?? "0"), decimal(times)), 2),
  );
  const [, ...sources] = funds;
  const whole = form.indicators.map((row): string | null => {
    const { target } = row;
    if (isWholeCost(row) && period[0]) return `≤${period[0]}${target.unit ?? ""}`;
    return target.value !== null && target.unit !== "%" && target.comparison === "≥"
      ? `≥${formatDecimal(multiply(decimal(target.value), decimal(times)))}${target.unit ?? ""}`
      : target.text;
  });
  return {
    ...form,
    ...NO_TOTALS,
    kind: "target-declaration",
    title: "项目支出绩效目标申报表",
    funds,
    goal: { expected: goals[0]?.expected ?? null, achieved: null },
    goals,
    indicators: planned(form.indicators),
    fields: [
      { label: "项目属性", text: random.pick(["延续性项目", "新增项目"]) },
      { label: "项目期", text: `${times}年` },
      { label: "中期资金总额", text: period[0] ?? null },
      ...column(
        "中期资金",
        sources.map((fund) => fund.label),
        period.slice(1),
      ),
      ...column("中期指标值", names, whole),
    ],
  };
}

/** A declaration as Shanghai prints it: the period's total and the amount of the year by source, goals in rows. */
export function shanghaiDeclarationForm(options: KindOptions): Form {
  const { form, random } = base(options, "target-declaration-shanghai");
  const years = random.between(3, 5);
  const goals = goalsOf(form, "项目总目标", years);
  const [total, ...sources] = form.funds;
  if (!total) throw new Error("a specimen has a total");
  return {
    ...form,
    ...NO_TOTALS,
    kind: "target-declaration",
    title: "财政项目支出绩效目标申报表",
    funds: [
      fundWith(total, { label: "年度资金申请总额", initialBudget: declaredOf(total, options) }),
      ...sources.map((fund) => fundWith(fund, { initialBudget: declaredOf(fund, options) })),
    ],
    goal: { expected: goals[0]?.expected ?? null, achieved: null },
    goals,
    indicators: planned(form.indicators),
    fields: [
      {
        label: "项目资金总额",
        text: formatDecimal(multiply(decimal(total.adjustedBudget ?? "0"), decimal(years)), 2),
      },
      { label: "项目性质", text: "经常性项目" },
      { label: "项目类别", text: "部门专业类" },
      { label: "计划开始日期", text: `${form.year}-01-01` },
      { label: "计划完成日期", text: `${(form.year ?? 2024) + years - 1}-12-31` },
    ],
  };
}

/** A self-evaluation re-examined: one row's points are cut by the review, with what was found. */
export function reviewSheetForm(options: KindOptions): Form {
  const { form, random, names } = base(options, "review");
  const cut = random.between(1, form.indicators.length - 1);
  const indicators = form.indicators.map(
    (row, index): Indicator => ({
      ...row,
      deviation: null,
      target:
        row.target.value === null
          ? row.target
          : parseMeasure(`${row.target.comparison ?? ""}${row.target.value}${row.target.unit ?? ""}`).measure,
      reviewScore: index === cut ? "2" : row.score,
      evidence: index === cut ? "台账缺两个月" : "台账、验收单",
    }),
  );
  return {
    ...form,
    kind: "review",
    title: "项目支出绩效自评复核表",
    indicators,
    fields: [
      ...column(
        "复核完成值",
        names,
        indicators.map((row) => row.actual.text),
      ),
      ...column(
        "复核说明",
        names,
        names.map((_, index) => (index === cut ? "佐证材料不全，按已核实部分计分" : null)),
      ),
      { label: "复核结论", text: "自评数据基本真实，个别指标佐证不足，已按核实情况调整得分。" },
      { label: "复核人", text: "程某" },
      { label: "复核日期", text: `${(form.year ?? 2024) + 1}年3月20日` },
    ],
  };
}

const STATEMENTS: readonly (readonly [string, string])[] = [
  ["分配科学性", "按受益人口和上年任务完成量分配，分配表经集体研究后公示。"],
  ["下达及时性", "收到指标文件后二十日内分解下达到县。"],
  ["拨付合规性", "全部通过国库集中支付，按合同节点拨付。"],
  ["使用规范性", "单独核算，未发现挤占和改变用途。"],
  ["执行准确性", "按下达的支出方向执行，年中没有调整。"],
  ["预算绩效管理情况", "目标随预算下达，八月开展监控，年末逐县收集佐证。"],
  ["支出责任履行情况", "县级配套资金按比例足额安排。"],
];

/** A transfer as a region reports it: no points, and words on how the money was managed. */
export function regionalForm(options: KindOptions): Form {
  const { form } = base(options, "transfer-payment");
  return {
    ...form,
    kind: "regional-self-evaluation",
    template: "regional",
    title: "中央对地方专项转移支付区域绩效自评表",
    fields: [
      { label: "中央主管部门", text: "财政部" },
      ...STATEMENTS.map(([label, text]) => ({ label, text })),
      { label: "存在问题和改进措施：下达及时性", text: "有一个县分解晚了四天，已约谈并列入下年通知。" },
    ],
  };
}

/** A department's flat rows with weights, coefficients and core marks. */
export function flatDepartmentForm(options: KindOptions): Form {
  const { form, random } = base(options, "department-chongqing");
  const core = random.between(0, 2);
  const indicators = form.indicators.map((row, index): Indicator => {
    const target = parseMeasure(
      `${row.target.comparison ?? ""}${row.target.value ?? row.target.text ?? ""}${row.target.unit ?? ""}`,
    ).measure;
    const points = parseDecimal(row.points);
    const score = parseDecimal(row.score);
    const share = points && score ? ratio(score, points) : null;
    return {
      ...row,
      level1: null,
      level2: null,
      target,
      initialTarget: target,
      core: index === core,
      coefficient: share ? formatDecimal(round(percentOf(share, 2, "half-up"), 2, "half-up")) : null,
      deviation: null,
    };
  });
  const { goal } = form;
  const goals: Goal[] = [
    {
      name: null,
      expected: goal.expected,
      adjusted: goal.expected,
      achieved: goal.achieved,
      points: null,
      score: null,
    },
  ];
  const scores = [form.funds[0]?.score ?? null, ...indicators.map((row) => row.score)].flatMap((score) => {
    const value: Measure["value"] = score;
    const read = parseDecimal(value);
    return read ? [read] : [];
  });
  return {
    ...form,
    kind: "department-self-evaluation",
    title: "部门整体支出绩效自评表",
    project: null,
    department: form.unit,
    goals,
    indicators,
    totalScore: formatDecimal(sum(scores), 2),
    grade: null,
    fields: [
      { label: "联系人", text: "冯某" },
      { label: "联系电话", text: "0000-6543210" },
      { label: "说明", text: "各处室汇总后填报。" },
    ],
  };
}
