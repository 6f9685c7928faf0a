import { describe, expect, test } from "vitest";
import { type ExampleRow, exampleForm, withRows } from "../src/example-form.ts";
import { openDossier, RULES, reviewForm } from "../src/index.ts";
import { TARGETS_RULES } from "../src/rules/targets/index.ts";

function codes(row: ExampleRow, only: RegExp): string[] {
  const { findings, errors } = reviewForm(
    openDossier(exampleForm({ rows: [row] })),
    RULES.filter(({ code }) => only.test(code)),
  );
  expect(errors).toEqual([]);
  return [...new Set(findings.map(({ code }) => code))];
}

const row = (
  level2: string,
  name: string,
  target: string,
  actual = target.replace(/^[≤≥=<>]/, ""),
): ExampleRow => [level2, name, target, actual, "10", "10"];

describe("cost that must be at least so much (AR-48)", () => {
  for (const one of [
    row("经济成本指标", "校舍维修总成本", "≥86万元"),
    row("成本指标", "工程造价", ">2600元/平方米"),
    row("成本指标", "会议费用", "≥3万元"),
  ])
    test(`${one[1]} ${one[2]}`, () => expect(codes(one, /^AR-48$/)).toEqual(["AR-48"]));
  for (const one of [
    row("经济成本指标", "采购资金节约率", "≥5%"),
    row("成本指标", "特困人员供养标准", "≥980元/月"),
    row("经济效益指标", "带动社会投资额", "≥3000万元"),
    row("成本指标", "项目总成本", "≤86万元"),
    row("社会成本指标", "减少群众跑动费用", "≥20元"),
    row("经济成本指标", "成本控制率", "≥95%"),
  ])
    test(`leaves ${one[1]} ${one[2]}`, () => expect(codes(one, /^AR-48$/)).toEqual([]));
});

describe("impossible values (AR-49)", () => {
  for (const one of [
    row("质量指标", "出厂产品合格率", "≥98%", "102%"),
    row("服务对象满意度指标", "旅客满意度", "≥90%", "120%"),
    row("社会效益指标", "农村自来水普及率", "≥110%", "90%"),
    row("数量指标", "安置残疾人人数", "≥30人", "30.5人"),
    row("数量指标", "查处案件数", "≥10件", "-2件"),
  ])
    test(`${one[1]} ${one[2]} ${one[3]}`, () => expect(codes(one, /^AR-49$/)).toEqual(["AR-49"]));
  for (const one of [
    row("社会效益指标", "高中阶段毛入学率", "≥95%", "101.2%"),
    row("数量指标", "计划任务完成率", "≥100%", "134%"),
    row("经济效益指标", "净利润增长率", "≥2%", "-3%"),
    row("质量指标", "病床使用率", "≥85%", "104%"),
    row("社会效益指标", "服务人口", "≥3.5万人", "3.62万人"),
    row("质量指标", "户均受训人数", "≥1.2人", "1.5人"),
    row("数量指标", "培训人次", "≥120.00(人次)", "126.00(人次)"),
  ])
    test(`leaves ${one[1]} ${one[2]} ${one[3]}`, () => expect(codes(one, /^AR-49$/)).toEqual([]));
});

describe("over-fulfilment (AR-41)", () => {
  const force = (one: ExampleRow): string[] =>
    reviewForm(
      openDossier(exampleForm({ rows: [one] })),
      TARGETS_RULES.filter(({ id }) => id === "target-too-low"),
    ).findings.map((finding) => finding.force);
  test("hint from 120 %, should above 130 %", () => {
    expect(force(row("数量指标", "种植面积", "≥100亩", "125亩"))).toEqual(["hint"]);
    expect(force(row("数量指标", "种植面积", "≥100亩", "131亩"))).toEqual(["should"]);
    expect(force(row("数量指标", "种植面积", "≥100亩", "120亩"))).toEqual([]);
  });
  test("a reason makes it a hint", () => {
    expect(
      force(["数量指标", "种植面积", "≥100亩", "260亩", "10", "10", "新增两个自愿参加的合作社。"]),
    ).toEqual(["hint"]);
  });
  test("万人 and 人 are compared at one scale", () => {
    expect(force(row("社会效益指标", "惠及群众", "≥1.2万人", "13100人"))).toEqual([]);
    expect(force(row("社会效益指标", "惠及群众", "≥1.2万人", "26000人"))).toEqual(["should"]);
  });
  test("units that cannot be compared give no completion", () => {
    expect(force(row("数量指标", "送戏下乡", "≥40场", "12600人"))).toEqual([]);
  });
});

describe("approved targets (AR-40)", () => {
  const approvedTargets = exampleForm();
  const codesOf = (form = exampleForm()): string[] =>
    reviewForm(
      openDossier(form, { context: { approvedTargets } }),
      TARGETS_RULES.filter(({ code }) => code === "AR-40"),
    ).findings.map(({ message }) => message);
  test("changed, missing and added rows are told apart", () => {
    const form = exampleForm({
      rows: [
        ...withRows({ 1: ["数量指标", "维护供水管道长度", "≥90公里", "126公里", "15", "15"] }).slice(0, 6),
        ["服务对象满意度指标", "村民满意度", "≥90%", "93%", "10", "10"],
      ],
    });
    const messages = codesOf(form).join();
    expect(messages).toContain("批复的是“≥120公里”");
    expect(messages).toContain("「村民满意度」（≥90%）不在批复");
    expect(messages).toContain("批复的指标「用水户满意度」");
  });
  test("a whole set of other indicators is one finding, near names in pairs", () => {
    const form = exampleForm({
      rows: [
        ["经济成本指标", "管护成本额", "≤95万元", "93.10万元", "10", "10"],
        ["数量指标", "维护农村供水管道长度", "≥90公里", "126公里", "15", "15"],
        ["质量指标", "验收合格率", "≥95%", "97%", "15", "15"],
        ["时效指标", "报修故障平均处理时间", "≤24小时", "19小时", "10", "10"],
        ["社会效益指标", "受益农村人口", "≥8000人", "8630人", "15", "15"],
        ["可持续影响指标", "水质监测频次", "≥12次", "12次", "15", "15"],
        ["服务对象满意度指标", "村民满意度", "≥90%", "93%", "10", "10"],
      ],
    });
    const { findings } = reviewForm(
      openDossier(form, { context: { approvedTargets } }),
      TARGETS_RULES.filter(({ code }) => code === "AR-40"),
    );
    expect(findings).toHaveLength(1);
    const [{ message = "", at = [] } = {}] = findings;
    expect(message).toContain("「受益农村人口」批复的是「受益农村人口数」（≥8000人），名称相近");
    expect(message).toContain(
      "「维护农村供水管道长度」（≥90公里）批复的是「维护供水管道长度」（≥120公里），名称相近而指标值不同",
    );
    expect(message).toMatch(/「水质监测频次」（≥12次）、?「?村民满意度?.*不在批复/);
    expect(message).toMatch(/批复的指标「管护责任落实村占比」（≥90%）、「用水户满意度」（≥90%）没有列入/);
    expect(at).toHaveLength(7);
  });
  test("without them the check is not run and is no pass", () => {
    const { counts, notChecked } = reviewForm(
      openDossier(exampleForm()),
      TARGETS_RULES.filter(({ code }) => code === "AR-40"),
    );
    expect(counts.notChecked).toBe(1);
    expect(notChecked[0]?.why).toMatch(/没有提供/);
  });
});

describe("satisfaction (AR-54) and vague words (AR-51)", () => {
  test("a complaint count under satisfaction is left to a person", () => {
    const form = exampleForm({
      rows: withRows({ 6: ["服务对象满意度指标", "有效投诉件数", "≤2件", "0件", "10", "10"] }),
    });
    const { findings, unclear } = reviewForm(
      openDossier(form),
      TARGETS_RULES.filter(({ code }) => code === "AR-54"),
    );
    expect(findings).toEqual([]);
    expect(unclear).toHaveLength(1);
  });
  test("a form without level-2 labels is not said to lack satisfaction", () => {
    const form = exampleForm({ patch: { 6: { level1: null, level2: null } } });
    const { findings } = reviewForm(
      openDossier(form),
      TARGETS_RULES.filter(({ code }) => code === "AR-54"),
    );
    expect(findings).toEqual([]);
  });
  test("a criterion or evidence makes a degree word a standard", () => {
    const rows = withRows({ 4: ["社会效益指标", "群众防灾意识", "明显提高", "达成指标", "15", "15"] });
    const run = (criteria: string | null): number =>
      reviewForm(
        openDossier(exampleForm({ rows, patch: { 4: { criteria } } })),
        TARGETS_RULES.filter(({ id }) => id === "vague-targets"),
      ).findings.length;
    expect(run(null)).toBe(1);
    expect(run("演练参与率由60%提高到80%以上得满分")).toBe(0);
  });
});
