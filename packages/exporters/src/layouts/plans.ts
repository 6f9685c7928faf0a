import type { LayoutPlan, PlannedColumn } from "./plan.ts";

const HEAD: LayoutPlan["head"] = [
  [["项目名称", "project"]],
  [
    ["主管部门", "department"],
    ["实施单位", "unit"],
  ],
];

const LEVELS: readonly PlannedColumn[] = [
  { key: "level1", heading: "一级指标", width: 8 },
  { key: "level2", heading: "二级指标", width: 10 },
  { key: "name", heading: "三级指标", width: 20 },
];

const DEVIATION: PlannedColumn = { key: "deviation", heading: "偏差原因分析及改进措施", width: 16 };

const NATIONAL: LayoutPlan = {
  id: "national",
  title: "项目支出绩效自评表",
  formNumber: null,
  head: HEAD,
  funds: {
    side: "项目资金（万元）",
    columns: [
      ["initialBudget", "年初预算数"],
      ["adjustedBudget", "全年预算数"],
      ["expenditure", "全年执行数"],
      ["points", "分值"],
      ["executionRate", "执行率"],
      ["score", "得分"],
    ],
    dash: "—",
    percentSign: true,
  },
  goal: { side: "年度总体目标", expected: "预期目标", achieved: "实际完成情况" },
  side: "绩效指标",
  columns: [
    ...LEVELS,
    { key: "target", heading: "年度指标值", width: 10 },
    { key: "actual", heading: "实际完成值", width: 10 },
    { key: "points", heading: "分值", width: 6 },
    { key: "score", heading: "得分", width: 6 },
    DEVIATION,
  ],
  levelPoints: false,
  total: "总分",
  grade: "line",
  formDeviation: null,
  foot: [],
};

/** The official layouts, by template id; each is how forms of that place are printed. */
export const LAYOUTS: readonly LayoutPlan[] = [
  NATIONAL,
  {
    ...NATIONAL,
    id: "shanghai-bureau-a",
    title: "财政项目支出绩效自评表",
    funds: {
      ...NATIONAL.funds,
      columns: NATIONAL.funds.columns.map(
        ([key, heading]) =>
          [key, key === "points" ? "分数" : key === "executionRate" ? "执行率(%)" : heading] as const,
      ),
      dash: "-",
      percentSign: false,
    },
    side: null,
  },
  { ...NATIONAL, id: "anhui", levelPoints: true, grade: null },
  {
    ...NATIONAL,
    id: "yunnan",
    columns: [
      ...LEVELS,
      { key: "sign", heading: "指标性质", width: 6, group: "年度指标值" },
      { key: "value", heading: "指标值", width: 7, group: "年度指标值" },
      { key: "unit", heading: "度量单位", width: 6, group: "年度指标值" },
      { key: "actual", heading: "实际完成值", width: 9 },
      { key: "points", heading: "分值", width: 5 },
      { key: "score", heading: "得分", width: 5 },
      DEVIATION,
    ],
    grade: "total",
  },
  {
    ...NATIONAL,
    id: "sichuan-0013zp",
    title: "部门预算项目支出绩效自评表",
    formNumber: "报表编号：510000_0013zp",
    funds: {
      side: "年度预算数（万元）",
      columns: [
        ["initialBudget", "年初预算"],
        ["adjustedBudget", "调整后预算数"],
        ["expenditure", "预算执行数"],
        ["executionRate", "预算执行率"],
        ["points", "权重"],
        ["score", "得分"],
        ["deviation", "原因"],
      ],
      dash: "/",
      percentSign: true,
    },
    goal: { side: "项目年度目标完成情况", expected: "项目年度目标", achieved: "年度目标完成情况" },
    side: "绩效指标（90分）",
    columns: [
      ...LEVELS,
      { key: "sign", heading: "指标性质", width: 6 },
      { key: "value", heading: "指标值", width: 7 },
      { key: "unit", heading: "度量单位", width: 6 },
      { key: "actual", heading: "完成值", width: 8 },
      { key: "points", heading: "权重", width: 5 },
      { key: "score", heading: "得分", width: 5 },
      { key: "deviation", heading: "未完成原因分析", width: 14 },
    ],
    total: "合计",
    grade: null,
  },
  {
    ...NATIONAL,
    id: "hubei",
    title: "项目自评表",
    funds: {
      side: "预算执行情况（万元）（20分）",
      columns: [
        ["adjustedBudget", "预算数（A）"],
        ["expenditure", "执行数（B）"],
        ["executionRate", "执行率（B/A）"],
        ["score", "得分（20分*执行率）"],
      ],
      dash: "",
      percentSign: true,
    },
    goal: { side: "年度绩效目标（80分）", expected: "年度目标", achieved: "实际完成情况" },
    side: null,
    columns: [
      ...LEVELS,
      { key: "target", heading: "年初目标值（A）", width: 10 },
      { key: "actual", heading: "实际完成值（B）", width: 10 },
      { key: "score", heading: "得分", width: 6 },
    ],
    total: "总分",
    grade: null,
    formDeviation: "偏差大或目标未完成原因分析",
  },
  {
    ...NATIONAL,
    id: "rural-revitalisation",
    title: "衔接推进乡村振兴补助资金项目绩效自评表",
    funds: {
      ...NATIONAL.funds,
      columns: [
        ["adjustedBudget", "全年预算数（A）"],
        ["expenditure", "全年执行数（B）"],
        ["points", "分值"],
        ["executionRate", "执行率（B/A）"],
        ["score", "得分"],
      ],
    },
    goal: { side: "年度总体目标", expected: "年初设定目标", achieved: "年度总体目标完成情况综述" },
    columns: [
      ...LEVELS,
      { key: "points", heading: "分值", width: 6 },
      { key: "target", heading: "年度指标值", width: 10 },
      { key: "actual", heading: "全年实际值", width: 10 },
      { key: "score", heading: "得分", width: 6 },
      { key: "deviation", heading: "未完成原因及拟采取的改进措施", width: 14 },
    ],
    levelPoints: true,
    grade: null,
  },
  {
    ...NATIONAL,
    id: "transfer-payment",
    title: "中央对地方转移支付绩效自评表",
    funds: {
      ...NATIONAL.funds,
      columns: [
        ["adjustedBudget", "全年预算数（A）"],
        ["expenditure", "全年执行数（B）"],
        ["executionRate", "执行率（B/A）"],
      ],
    },
    goal: { side: "总体目标", expected: "年初设定目标", achieved: "全年实际完成情况" },
    columns: [
      ...LEVELS,
      { key: "target", heading: "年度指标值", width: 10 },
      { key: "actual", heading: "全年完成值", width: 10 },
      { key: "deviation", heading: "未完成原因和改进措施", width: 16 },
    ],
    total: null,
    grade: null,
  },
  {
    ...NATIONAL,
    id: "department-hunan",
    title: "部门整体支出绩效自评表",
    head: [[["预算单位名称", "unit"]]],
    levelPoints: true,
    grade: null,
  },
];

/** The layout of a template id, or undefined where there is none. */
export function layoutOf(id: string): LayoutPlan | undefined {
  return LAYOUTS.find((plan) => plan.id === id);
}
