import { describe, expect, test } from "vitest";
import { categoryOf, groupOf } from "../src/lexicon/categories.ts";
import { type NameKind, nameMeaning } from "../src/lexicon/names.ts";
import { looselyAlike, sameUnit, scaleOf, unitClassOf } from "../src/lexicon/units.ts";
import { meansZero, namesDate, onlySaysReached, vagueWord } from "../src/lexicon/wording.ts";

describe("what a name promises, by its head", () => {
  const kinds: readonly (readonly [string, NameKind])[] = [
    ["义务教育巩固率", "rate"],
    ["高技能人才占比", "rate"],
    ["养老服务覆盖率(%)", "rate"],
    ["受训教师人次", "count"],
    ["新建口袋公园数", "count"],
    ["改造供热管网长度", "count"],
    ["达标村卫生室数量", "count"],
    ["按时完成检修台数", "count"],
    ["救灾物资调拨及时率", "timeliness"],
    ["工程完工时间", "timeliness"],
    ["建设工期", "timeliness"],
    ["平均通关时长", "time"],
    ["检测报告准确率", "quality"],
    ["资料完整性", "quality"],
    ["用水户满意度", "satisfaction"],
    ["满意度调查问卷份数", "count"],
    ["湖长制长效机制健全程度", "mechanism"],
    ["专项资金预算执行率", "execution"],
    ["省级补助资金及时到位率", "arrival"],
    ["设备到位率", "rate"],
    ["亩均施肥成本", "cost"],
    ["运行天数", "time"],
    ["工作效率", "other"],
    ["价格指数", "other"],
  ];
  for (const [name, kind] of kinds)
    test(`${name} → ${kind}`, () => expect(nameMeaning(name).kind).toBe(kind));

  test("rates of change and of speed are no shares", () => {
    expect(nameMeaning("工作效率").isRate).toBe(false);
    expect(nameMeaning("贷款利率").isRate).toBe(false);
    expect(nameMeaning("税收增长率")).toMatchObject({ isRate: true, isChange: true });
  });
});

describe("whether less is better", () => {
  const small = [
    "群众投诉件数",
    "生产安全事故起数",
    "失业人数",
    "次均费用",
    "碳排放量",
    "差错率",
    "班额",
    "平均等候时间",
    "贫困人口数量",
  ];
  const large = [
    "投诉处理件数",
    "失业人员培训人数",
    "地质灾害治理处数",
    "贫困学生资助人数",
    "欠薪案件办结件数",
    "受益户数",
    "污水处理量",
  ];
  for (const name of small) test(`less: ${name}`, () => expect(nameMeaning(name).smallIsGood).toBe(true));
  for (const name of large)
    test(`more: ${name}`, () =>
      expect(nameMeaning(name)).toMatchObject({ smallIsGood: false, isHelpOrOutput: true }));
});

describe("units", () => {
  test("classes, scales and spellings", () => {
    expect(unitClassOf("万人次")).toBe("visits");
    expect(unitClassOf("（平方米）")).toBe("area");
    expect(unitClassOf("元/人·天")).toBe("composite");
    expect(unitClassOf("前三")).toBe("rank");
    expect(unitClassOf("盒装")).toBeNull();
    expect(scaleOf("万亩")).toBe("万");
    expect(sameUnit("名", "人")).toBe(true);
    expect(sameUnit("万人", "人")).toBe(false);
    expect(sameUnit("㎡", "平方米")).toBe(true);
  });
  test("个 stands for many things, but not for a length", () => {
    expect(looselyAlike("个", "家")).toBe(true);
    expect(looselyAlike("期", "场")).toBe(true);
    expect(looselyAlike("个", "公里")).toBe(false);
    expect(looselyAlike("人", "场")).toBe(false);
  });
});

describe("labels and words", () => {
  test("labels with points, blanks and other names", () => {
    expect(categoryOf("数 量\n指标")).toBe("quantity");
    expect(categoryOf("社会公众满意度指标")).toBe("satisfaction");
    expect(categoryOf("生态环境成本指标")).toBe("cost");
    expect(categoryOf("可持续发展指标")).toBe("sustainability");
    expect(categoryOf("其他")).toBeNull();
    expect(groupOf("产出指标（50分）")).toBe("output");
    expect(groupOf("履职效能")).toBe("output");
  });
  test("hollow answers", () => {
    for (const text of ["达成指标", "已完成", "达成预期指标", "全部完成。", "达到预期目标"])
      expect(onlySaysReached(text), text).toBe(true);
    for (const text of ["完成3场", "达成三项共识", "基本满意", "未达成"])
      expect(onlySaysReached(text), text).toBe(false);
  });
  test("dates, zeros and degrees", () => {
    expect(namesDate("当年度11月底前")).toBe(true);
    expect(namesDate("2024年12月31日")).toBe(true);
    expect(namesDate("及时")).toBe(false);
    expect(meansZero("零事故")).toBe(true);
    expect(vagueWord("显著提升")).toBe("显著");
    expect(vagueWord("提升")).toBeNull();
  });
});
