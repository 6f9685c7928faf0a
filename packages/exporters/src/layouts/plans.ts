import { OTHER_LAYOUTS } from "./other-plans.ts";
import { type FundsPlan, type LayoutPlan, money, type PlannedColumn } from "./plan.ts";

const HEAD: LayoutPlan["head"] = [
  [{ label: "项目名称", value: "project" }],
  [
    { label: "主管部门", value: "department" },
    { label: "实施单位", value: "unit" },
  ],
];

const LEVELS: readonly PlannedColumn[] = [
  { key: "level1", heading: "一级指标", width: 6.2 },
  { key: "level2", heading: "二级指标", width: 5.6 },
  { key: "name", heading: "三级指标", width: 8 },
];
/** Levels of forms with many columns: the first one upright, as those forms print it. */
const NARROW_LEVELS: readonly PlannedColumn[] = [
  { key: "level1", heading: "一级指标", width: 2.2, vertical: true },
  { key: "level2", heading: "二级指标", width: 5.6 },
  { key: "name", heading: "三级指标", width: 8 },
];

const DEVIATION: PlannedColumn = { key: "deviation", heading: "偏差原因分析及改进措施", width: 6.8 };

const NATIONAL_FUNDS: FundsPlan & { kind: "table" } = {
  kind: "table",
  side: "项目资金",
  columns: [
    money("initialBudget", "年初预算数"),
    money("adjustedBudget", "全年预算数"),
    money("expenditure", "全年执行数"),
    money("points", "分值", 3.8),
    money("executionRate", "执行率", 5.8),
    money("score", "得分", 4.4),
  ],
  dash: "—",
  percentSign: true,
  pointsInSide: false,
};

const NATIONAL: LayoutPlan = {
  id: "national",
  kind: "project-self-evaluation",
  title: "项目支出绩效自评表",
  formNumber: null,
  orientation: "portrait",
  head: HEAD,
  headFields: [],
  funds: NATIONAL_FUNDS,
  statements: null,
  goal: {
    kind: "table",
    side: "年度总体目标",
    expected: "预期目标",
    achieved: "实际完成情况",
    adjusted: null,
    midTerm: null,
  },
  side: "绩效指标",
  columns: [
    ...LEVELS,
    { key: "target", heading: "年度指标值", width: 6.2 },
    { key: "actual", heading: "实际完成值", width: 6.2 },
    { key: "points", heading: "分值", width: 3.8 },
    { key: "score", heading: "得分", width: 4.4 },
    DEVIATION,
  ],
  levelPoints: false,
  total: "总分",
  grade: "line-if-any",
  formDeviation: null,
  fieldRows: [],
  signatures: [],
};

/** What forms without points have in common, those of transfers first. */
const UNSCORED: Pick<LayoutPlan, "funds" | "columns" | "total" | "grade" | "fieldRows"> = {
  funds: {
    ...NATIONAL_FUNDS,
    columns: [
      money("adjustedBudget", "全年预算数（A）", 8.2),
      money("expenditure", "全年执行数（B）", 8.2),
      money("executionRate", "执行率（B/A）", 8.2),
    ],
  },
  columns: [
    ...LEVELS,
    { key: "target", heading: "年度指标值", width: 7.2 },
    { key: "actual", heading: "全年完成值", width: 7.2 },
    { key: "deviation", heading: "未完成原因和改进措施", width: 10.6 },
  ],
  total: null,
  grade: null,
  fieldRows: ["说明"],
};

/** Layouts of self-evaluations of projects, departments and transfers. */
const SELF_EVALUATIONS: readonly LayoutPlan[] = [
  NATIONAL,
  {
    ...NATIONAL,
    id: "shanghai-bureau-a",
    title: "财政项目支出绩效自评表",
    funds: {
      ...NATIONAL_FUNDS,
      columns: NATIONAL_FUNDS.columns.map((column) =>
        column.key === "points"
          ? { ...column, heading: "分数" }
          : column.key === "executionRate"
            ? { ...column, heading: "执行率(%)" }
            : column,
      ),
      dash: "-",
      percentSign: false,
    },
    side: null,
    grade: "line",
  },
  {
    ...NATIONAL,
    id: "shanghai-bureau-b",
    title: "财政项目支出绩效自评表",
    grade: "line",
  },
  { ...NATIONAL, id: "anhui", levelPoints: true, grade: null },
  {
    ...NATIONAL,
    id: "yunnan",
    columns: [
      ...NARROW_LEVELS,
      { key: "sign", heading: "指标性质", width: 3.2, group: "年度指标值" },
      { key: "value", heading: "指标值", width: 4.6, group: "年度指标值" },
      { key: "unit", heading: "度量单位", width: 3.2, group: "年度指标值" },
      { key: "actual", heading: "实际完成值", width: 5.2 },
      { key: "points", heading: "分值", width: 3.8 },
      { key: "score", heading: "得分", width: 4.2 },
      { ...DEVIATION, width: 6 },
    ],
    fieldRows: ["其他需要说明的事项"],
    grade: "total",
  },
  {
    ...NATIONAL,
    id: "sichuan-0013zp",
    title: "部门预算项目支出绩效自评表",
    formNumber: "510000_0013zp",
    headFields: ["项目实施内容及过程概述"],
    funds: {
      kind: "table",
      side: "年度预算数",
      columns: [
        money("initialBudget", "年初预算", 5.6),
        money("adjustedBudget", "调整后预算数", 5.6),
        money("expenditure", "预算执行数", 5.6),
        money("executionRate", "预算执行率", 6.2),
        money("points", "权重", 3.8),
        money("score", "得分", 4.2),
        money("deviation", "原因", 6.2),
      ],
      dash: "/",
      percentSign: true,
      pointsInSide: false,
    },
    goal: {
      kind: "table",
      side: "项目年度目标完成情况",
      expected: "项目年度目标",
      achieved: "年度目标完成情况",
      adjusted: null,
      midTerm: null,
    },
    side: "绩效指标（90分）",
    columns: [
      ...NARROW_LEVELS,
      { key: "sign", heading: "指标性质", width: 3.2 },
      { key: "value", heading: "指标值", width: 4.6 },
      { key: "unit", heading: "度量单位", width: 3.2 },
      { key: "actual", heading: "完成值", width: 5.2 },
      { key: "points", heading: "权重", width: 3.8 },
      { key: "score", heading: "得分", width: 4.2 },
      { key: "deviation", heading: "未完成原因分析", width: 6.2 },
    ],
    total: "合计",
    grade: null,
    fieldRows: ["评价结论", "存在问题", "改进措施"],
    signatures: ["项目负责人", "财务负责人"],
  },
  {
    ...NATIONAL,
    id: "hubei",
    title: "项目自评表",
    headFields: ["项目类别", "项目属性", "项目类型"],
    funds: {
      kind: "table",
      side: "预算执行情况",
      columns: [
        money("adjustedBudget", "预算数（A）", 7),
        money("expenditure", "执行数（B）", 7),
        money("executionRate", "执行率（B/A）", 7.4),
        money("score", "得分（20分*执行率）", 7),
      ],
      dash: "",
      percentSign: true,
      pointsInSide: true,
    },
    goal: {
      kind: "table",
      side: "年度绩效目标（80分）",
      expected: "年度目标",
      achieved: "实际完成情况",
      adjusted: null,
      midTerm: null,
    },
    side: null,
    columns: [
      { key: "level1", heading: "一级指标", width: 6.2 },
      { key: "level2", heading: "二级指标", width: 7.4 },
      { key: "name", heading: "三级指标", width: 11 },
      { key: "target", heading: "年初目标值（A）", width: 8.2 },
      { key: "actual", heading: "实际完成值（B）", width: 8.2 },
      { key: "score", heading: "得分", width: 4.6 },
    ],
    grade: null,
    formDeviation: "偏差大或目标未完成原因分析",
    fieldRows: ["改进措施及结果应用方案"],
  },
  {
    ...NATIONAL,
    id: "rural-revitalisation",
    title: "衔接推进乡村振兴补助资金项目绩效自评表",
    funds: {
      ...NATIONAL_FUNDS,
      columns: [
        money("adjustedBudget", "全年预算数（A）", 6.6),
        money("expenditure", "全年执行数（B）", 6.6),
        money("points", "分值", 4.2),
        money("executionRate", "执行率（B/A）", 6.2),
        money("score", "得分", 4.2),
      ],
    },
    goal: {
      kind: "table",
      side: "年度总体目标",
      expected: "年初设定目标",
      achieved: "年度总体目标完成情况综述",
      adjusted: null,
      midTerm: null,
    },
    columns: [
      ...LEVELS,
      { key: "points", heading: "分值", width: 3.8 },
      { key: "target", heading: "年度指标值", width: 6.2 },
      { key: "actual", heading: "全年实际值", width: 6.2 },
      { key: "score", heading: "得分", width: 4.4 },
      { key: "deviation", heading: "未完成原因及拟采取的改进措施", width: 7.6 },
    ],
    levelPoints: true,
    grade: null,
  },
  {
    ...NATIONAL,
    ...UNSCORED,
    id: "county-unscored",
    title: "县级专项资金绩效目标自评表",
    head: [
      [
        { label: "专项资金名称", value: "project" },
        { label: "负责人及电话", value: "field" },
      ],
      [
        { label: "县级主管部门", value: "department" },
        { label: "实施单位", value: "unit" },
      ],
    ],
    goal: {
      kind: "table",
      side: "年度总体目标",
      expected: "年初设定目标",
      achieved: "全年实际完成情况",
      adjusted: null,
      midTerm: null,
    },
  },
  {
    ...NATIONAL,
    ...UNSCORED,
    id: "transfer-payment",
    kind: "transfer-self-evaluation",
    title: "中央对地方转移支付绩效自评表",
    head: [
      [{ label: "转移支付名称", value: "project" }],
      [
        { label: "地方主管部门", value: "department" },
        { label: "资金使用单位", value: "unit" },
      ],
    ],
    goal: {
      kind: "table",
      side: "总体目标",
      expected: "年初设定目标",
      achieved: "全年实际完成情况",
      adjusted: null,
      midTerm: null,
    },
  },
  {
    ...NATIONAL,
    id: "department-hunan",
    kind: "department-self-evaluation",
    title: "部门整体支出绩效自评表",
    head: [[{ label: "预算单位名称", value: "unit" }]],
    funds: {
      ...NATIONAL_FUNDS,
      side: "年度预算申请",
      parts: [
        {
          title: "按收入性质分",
          labels: ["一般公共预算", "政府性基金拨款", "纳入专户管理的非税收入拨款", "其他资金"],
        },
        { title: "按支出性质分", labels: ["基本支出", "项目支出"] },
      ],
    },
    levelPoints: true,
    grade: null,
    signatures: ["填表人", "填报日期", "联系电话", "单位负责人签字"],
  },
];

/** The official layouts, by template id; each is how forms of that place are printed. */
export const LAYOUTS: readonly LayoutPlan[] = [...SELF_EVALUATIONS, ...OTHER_LAYOUTS];

/** The titles official layouts print of themselves. */
export const LAYOUT_TITLES: ReadonlySet<string> = new Set(LAYOUTS.map((plan) => plan.title));

/** The layout of a template id, or undefined where there is none. */
export function layoutOf(id: string): LayoutPlan | undefined {
  return LAYOUTS.find((plan) => plan.id === id);
}

/** The layout that forms of a template are written in: their own, else the model form of the Ministry of Finance. */
export function layoutFor(template: string): LayoutPlan {
  const plan = layoutOf(template) ?? layoutOf("national");
  if (!plan) throw new Error("layouts: no national layout");
  return plan;
}
