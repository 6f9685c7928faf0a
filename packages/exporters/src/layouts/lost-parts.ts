import {
  type Form,
  type Fund,
  fundSourceOf,
  type Goal,
  type Indicator,
  place,
  provinceOf,
} from "@jiheng/domain";

const FUND_WORDS: readonly (readonly [keyof Fund, string])[] = [
  ["initialBudget", "年初预算数"],
  ["adjustedBudget", "全年预算数"],
  ["expenditure", "全年执行数"],
  ["points", "分值"],
  ["executionRate", "执行率"],
  ["score", "得分"],
  ["deviation", "原因"],
];
const ROW_WORDS: readonly (readonly [keyof Indicator, string])[] = [
  ["level1", "一级指标"],
  ["level2", "二级指标"],
  ["groupPoints", "一级指标分值"],
  ["name", "指标名称"],
  ["target", "年度指标值"],
  ["initialTarget", "年初指标值"],
  ["actual", "实际完成值"],
  ["points", "分值"],
  ["score", "得分"],
  ["coefficient", "得分系数"],
  ["core", "是否核心指标"],
  ["reviewScore", "复核得分"],
  ["criteria", "评分标准"],
  ["evidence", "佐证材料"],
  ["deviation", "偏差原因分析及改进措施"],
  ["parent", "其中行所属的指标"],
  ["goal", "所属的年度目标"],
];
const HEAD_WORDS: readonly (readonly [keyof Form, string])[] = [
  ["title", "表名"],
  ["project", "项目名称"],
  ["projectCode", "项目编码"],
  ["department", "主管部门"],
  ["departmentCode", "主管部门编码"],
  ["unit", "实施单位"],
  ["unitCode", "实施单位编码"],
  ["moneyUnit", "金额单位"],
  ["totalPoints", "总分的分值"],
  ["totalScore", "总分"],
  ["grade", "评分等级"],
  ["deviation", "全表的偏差原因"],
];
const GOAL_WORDS: readonly (readonly [keyof Goal, string])[] = [
  ["name", "目标名称"],
  ["expected", "预期目标"],
  ["adjusted", "调整后的目标"],
  ["achieved", "实际完成情况"],
  ["points", "目标分值"],
  ["score", "目标得分"],
];
/** Names of rows listed in one sentence. */
const LISTED = 5;

function says(what: string, of: readonly string[]): string {
  const listed = of
    .slice(0, LISTED)
    .map((name) => `“${name}”`)
    .join("、");
  return `本表样没有“${what}”的位置，未印出${of.length}处：${listed}${of.length > LISTED ? "等" : ""}`;
}

function isBlank(value: unknown): boolean {
  if (value === null || value === 0) return true;
  return typeof value === "object" && value !== null && "text" in value && value.text === null;
}

/** The parts of the form that are filled in and not among the shown places, in Chinese sentences. */
export function lostParts(form: Form, shown: ReadonlySet<string>): string[] {
  const lost: string[] = [];
  for (const [key, what] of HEAD_WORDS)
    if (form[key] !== null && !shown.has(key))
      lost.push(`本表样没有“${what}”的位置，未印出：${String(form[key])}`);
  for (const [key, what] of FUND_WORDS) {
    const rows = form.funds.filter((fund, index) => fund[key] !== null && !shown.has(place.fund(index, key)));
    if (rows.length > 0)
      lost.push(
        says(
          `资金表${what}`,
          rows.map((fund) => fund.label),
        ),
      );
  }
  const regrouped = form.funds.filter((fund) => fundSourceOf(fund.label) !== fund.source);
  if (regrouped.length > 0)
    lost.push(
      `资金来源的归类不印在表上，按名称会归为别类：${regrouped.map((fund) => `“${fund.label}”`).join("、")}`,
    );
  for (const [key, what] of GOAL_WORDS) {
    const goals = form.goals.flatMap((goal, index) => {
      const at =
        (key === "expected" || key === "achieved") && index === 0 ? `goal.${key}` : `goals[${index}].${key}`;
      return goal[key] !== null && !shown.has(at) ? [goal.name ?? `第${index + 1}个目标`] : [];
    });
    if (goals.length > 0) lost.push(says(what, goals));
  }
  for (const [key, what] of ROW_WORDS) {
    const rows = form.indicators.flatMap((row, index) =>
      isBlank(row[key]) || shown.has(place.indicator(index, key)) ? [] : [row.name ?? `第${index + 1}行`],
    );
    if (rows.length > 0) lost.push(says(what, rows));
  }
  const fields = form.fields.flatMap((field, index) =>
    field.text === null || shown.has(`fields[${index}]`) ? [] : [field.label],
  );
  if (fields.length > 0) lost.push(says("其他内容", fields));
  if (form.jurisdiction !== null) {
    const printed = [form.department, form.unit, form.title].some(
      (text) => text !== null && provinceOf(text) === form.jurisdiction,
    );
    const byNumber = form.formNumber !== null && /^510000/.test(form.formNumber);
    if (!printed && !byNumber) lost.push(`所属地区“${form.jurisdiction}”不印在表上`);
  }
  return lost;
}
