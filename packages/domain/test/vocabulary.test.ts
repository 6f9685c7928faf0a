import { describe, expect, it } from "vitest";
import {
  fundSourceOf,
  gradeOf,
  headingsOf,
  headLabelOf,
  isGradeLabel,
  isPlaceholder,
  isSideLabel,
  isTotalLabel,
  isWeakHeadLabel,
  level1Of,
  level2HomeOf,
  provinceOf,
  splitGroupPoints,
} from "../src/index.ts";

describe("headingsOf", () => {
  it.each([
    ["分 值", "points"],
    ["分数", "points"],
    ["指标权重（%）", "points"],
    ["得分\n（20分*执行率）", "score"],
    ["自评得分", "score"],
    ["年初目标值(A)", "target"],
    ["年度\n指标值", "target"],
    ["指标性质", "sign"],
    ["计量单位", "unit"],
    ["全年实际值（B）", "actual"],
    ["全年（调整）预算数", "adjustedBudget"],
    ["调整后预算数", "adjustedBudget"],
    ["全年执行数（B）", "expenditure"],
    ["执行率（B/A）", "executionRate"],
    ["未完成原因及拟采取的改进措施", "deviation"],
    ["如有偏差，原因说明及措施", "deviation"],
    ["是否核心指标", "core"],
    ["得分系数（%）", "coefficient"],
    ["调整指标值", "adjustedTarget"],
    ["年初设定目标", "goalExpected"],
    ["年度总体目标完成情况综述", "goalAchieved"],
  ])("%s", (text, heading) => {
    expect(headingsOf(text)).toContain(heading);
  });

  it.each([
    "清淤长度",
    "100.00",
    "",
    "及时",
    "该项目全年预算数与年初预算数一致，执行率较高，未发现偏差，特此说明。",
  ])("%s is no heading", (text) => {
    expect(headingsOf(text)).toEqual([]);
  });
});

describe("levels", () => {
  it.each([
    ["产出", "产出指标"],
    ["产出指标（50分）", "产出指标"],
    ["效 益\n指 标", "效益指标"],
    ["满意度", "满意度指标"],
    ["质量指标", null],
    ["履职效能", null],
  ])("level 1: %s", (text, name) => {
    expect(level1Of(text)).toBe(name);
  });

  it.each([
    ["数量指标", "产出指标"],
    ["时效\n指标", "产出指标"],
    ["生态环境成本指标", "成本指标"],
    ["可持续影响指标", "效益指标"],
    ["经济效\n益指标", "效益指标"],
    ["服务对象满意度指标等", "满意度指标"],
    ["服务对象满意度", "满意度指标"],
    ["产出指标", null],
    ["培训人数", null],
  ])("level 2: %s belongs under %s", (text, home) => {
    expect(level2HomeOf(text)).toBe(home);
  });

  it("takes the points of a group off its label, also where a bracket was lost", () => {
    expect(splitGroupPoints("产出指标（50分）")).toEqual({ label: "产出指标", points: "50" });
    expect(splitGroupPoints("产出指标\n(50)")).toEqual({ label: "产出指标", points: "50" });
    expect(splitGroupPoints("效益指标30分) ")).toEqual({ label: "效益指标", points: "30" });
    expect(splitGroupPoints("质量指标")).toEqual({ label: "质量指标", points: null });
  });
});

describe("rows and labels", () => {
  it.each([
    ["年度资金总额：", "total"],
    ["其中：当年财政拨款", "current-appropriation"],
    ["其中:本年财政\n拨款", "current-appropriation"],
    ["上年结转资金", "carry-over"],
    ["其他资金", "other"],
    ["财政专户管理资金", "special-account"],
    ["单位资金", "unit"],
    ["其中：中央补助", "central"],
    ["其中：中央、省、市补助", "superior"],
    ["地方资金", "local"],
    ["某种说不清的钱", "unnamed"],
  ])("fund row %s", (label, source) => {
    expect(fundSourceOf(label)).toBe(source);
  });

  it("knows heads, and which of them yield", () => {
    expect(headLabelOf("实施单位\n（盖章）")).toBe("unit");
    expect(headLabelOf("专项资金名称")).toBe("project");
    expect(headLabelOf("县级主管部门：")).toBe("department");
    expect(headLabelOf("河道清淤")).toBeNull();
    expect(isWeakHeadLabel("单位名称")).toBe(true);
    expect(isWeakHeadLabel("实施单位")).toBe(false);
  });

  it("knows sums, grades, margins and empty rows", () => {
    expect(["总分", "合 计", "自评总分"].every(isTotalLabel)).toBe(true);
    expect(isTotalLabel("总分馆建设数")).toBe(false);
    expect(["评分等级", "自评等级", "评价等次"].every(isGradeLabel)).toBe(true);
    expect(
      ["项目资金（万元）", "绩效指标（90分）", "年度总体目标", "当年整体绩效目标"].every(isSideLabel),
    ).toBe(true);
    expect(isSideLabel("年度资金总额")).toBe(false);
    expect(["指标2：", "……", "...", "指标1", ""].every(isPlaceholder)).toBe(true);
    expect(isPlaceholder("指标体系建设数")).toBe(false);
  });

  it.each([
    ["优", "优"],
    ["优√ 良□ 中□ 差□", "优"],
    ["□优 ☑良 □中 □差", "良"],
    ["优（ ）良（√）中（ ）差（ ）", "良"],
    ["优□ 良□ 中□ 差□", null],
    ["优化流程", null],
  ])("grade %s", (text, grade) => {
    expect(gradeOf(text)).toBe(grade);
  });

  it("names a province only where one is printed", () => {
    expect(provinceOf("上海市某区某局")).toBe("上海");
    expect(provinceOf("四川省某厅")).toBe("四川");
    expect(provinceOf("上海路小学")).toBeNull();
  });
});
