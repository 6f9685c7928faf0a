import { describe, expect, test } from "vitest";
import { type ExampleParts, type ExampleRow, exampleForm } from "../src/example-form.ts";
import { type FormReview, openDossier, reviewForm } from "../src/index.ts";
import { GOAL_RULES } from "../src/rules/goal/index.ts";

function reviewOf(parts: ExampleParts): FormReview {
  return reviewForm(openDossier(exampleForm(parts)), GOAL_RULES);
}

function codesOf(parts: ExampleParts): string[] {
  const { findings, unclear, errors } = reviewOf(parts);
  expect(errors).toEqual([]);
  return [...new Set([...findings.map(({ code }) => code), ...unclear.map(({ code }) => `${code}?`)])].sort();
}

const LONG =
  "组织全县乡镇卫生院和村卫生室开展老年人健康体检、慢性病随访、孕产妇和儿童健康管理，建立健康档案并动态更新，落实家庭医生签约服务，按时完成国家基本公共卫生服务各项任务，不断提高居民健康素养。";

describe("copied results", () => {
  test("width, blanks and punctuation do not hide a copy", () => {
    const achieved = LONG.replaceAll("，", ", ").replaceAll("、", "，").replaceAll("。", " . ");
    expect(codesOf({ expected: LONG, achieved })).toContain("AR-111");
  });

  test("a long copy is found inside a longer result", () => {
    expect(codesOf({ expected: LONG, achieved: `2024年，${LONG}全年体检老年人12600人。` })).toContain(
      "AR-111",
    );
  });

  test("the same frame with real figures is a report", () => {
    const expected = "为全县65岁以上老年人免费体检12000人，高血压患者规范管理8000人，家庭医生签约3万人。";
    const achieved = "为全县65岁以上老年人免费体检12634人，高血压患者规范管理8120人，家庭医生签约3.2万人。";
    expect(codesOf({ expected, achieved })).not.toContain("AR-111");
    expect(codesOf({ expected, achieved: expected })).toContain("AR-111");
  });

  test("only the copied paragraph is named where several projects share a form", () => {
    const expected = "免费体检12000人。\n为偏远山村接通光纤网络，消除信号盲区。";
    const achieved = "免费体检12634名老年人，体检结果全部反馈。\n为偏远山村接通光纤网络，消除信号盲区。";
    const found = reviewOf({ expected, achieved }).findings.filter(({ code }) => code === "AR-111");
    expect(found.length).toBe(1);
    expect(found[0]?.message).toContain("为偏远山村接通光纤网络");
    expect(found[0]?.message).toContain("100%");
  });

  test("names of documents may be repeated", () => {
    const title =
      "《云溪区人民政府办公室关于印发云溪区基本公共卫生服务补助资金管理实施细则和绩效考核办法的通知》";
    expect(
      codesOf({ expected: `按照${title}体检老年人。`, achieved: `依据${title}完成12634名老年人体检。` }),
    ).not.toContain("AR-111");
  });
});

describe("years", () => {
  test.each([
    ["落实2023年度老旧小区改造任务，改造12个小区。", true],
    ["2022年完成12个小区改造。", true],
    ["2025年度计划改造12个小区。", true],
    ["2024年度改造12个小区。", false],
    ["根据2023年度审计意见完善台账，改造12个小区。", false],
    ["按照《云溪区2023年度老旧小区改造计划》改造12个小区。", false],
    ["依据云建〔2023〕8号文件改造12个小区。", false],
    ["改造2000年以前建成的小区12个。", false],
    ["改造小区12个，较2023年度增加4个。", false],
    ["支付2023年度工程质保金和尾款，改造12个小区。", false],
    ["落实2023-2025年三年行动计划，改造12个小区。", false],
    ["自2021年起连续实施，改造12个小区。", false],
    ["发放2023年度考核奖励，改造12个小区。", false],
    ["2023年，改造12个小区。", true],
    ["2023年云溪区改造12个小区。", true],
    ["2023年改造率为60%，2024年提高到80%。", false],
    ["2023年12月开工，改造12个小区。", false],
    ["“十四五”期间改造60个小区，本年改造12个。", false],
  ])("%s %s", (expected, other) => {
    expect(codesOf({ expected }).includes("AR-115")).toBe(other);
  });

  test("without a year on the form the check does not run", () => {
    const { notChecked } = reviewOf({ year: null });
    expect(notChecked.map(({ code }) => code)).toContain("AR-115");
  });
});

describe("promises", () => {
  const rows: readonly ExampleRow[] = [
    ["数量指标", "小区改造数量", "≥12个", "12个", "30", "30"],
    ["服务对象满意度指标", "居民满意度", "≥90%", "93%", "10", "10"],
  ];

  test("a paragraph with figures of which nothing is reported is found, a reported one is not", () => {
    const expected =
      "改造12个老旧小区。\n加装电梯26部，聘请监理单位驻场，安排设备采购款780万元，年底前通过特种设备检验。";
    expect(codesOf({ rows, expected, achieved: "完成12个老旧小区改造，雨污分流全部接通。" })).toContain(
      "AR-110",
    );
    expect(
      codesOf({ rows, expected, achieved: "完成12个老旧小区改造，加装电梯24部并通过特种设备检验。" }),
    ).not.toContain("AR-110");
  });

  test("what an indicator carries is at most asked about", () => {
    const withLift: readonly ExampleRow[] = [
      ...rows,
      ["数量指标", "加装电梯数量", "≥26部", "26部", "10", "10"],
    ];
    const expected =
      "改造12个老旧小区。\n加装电梯26部，聘请监理单位驻场，安排设备采购款780万元，年底前通过特种设备检验。";
    expect(
      codesOf({ rows: withLift, expected, achieved: "完成12个老旧小区改造，雨污分流全部接通。" }),
    ).not.toContain("AR-110");
  });
});

describe("what a text is about", () => {
  test("another policy is found, another wording of the same is not", () => {
    const expected = "修缮公共体育场馆，更换健身路径器材，培训社会体育指导员，让群众就近健身。";
    expect(
      codesOf({
        expected,
        achieved: "兑付屠宰企业无害化处理补贴，采集生猪血样送检，封堵活禽走私通道，排查养殖场疫病隐患。",
      }),
    ).toContain("AR-112");
    expect(
      codesOf({ expected, achieved: "更换健身路径器材46套，修缮体育场馆3座，社会体育指导员参训120人。" }),
    ).not.toContain("AR-112");
  });

  test("a single sentence with figures of another field is asked about, one of the project's own is not", () => {
    const own = "2024年维护管道120公里以上，8000名居民用水得到保障。";
    const achieved = "维护供水管道126公里，8630名居民受益。";
    expect(
      codesOf({ expected: `${own}孵化蜂箱640箱，养蜂合作社申报地理标志3个，蜜源植物连片扩种。`, achieved }),
    ).toContain("AR-114?");
    expect(
      codesOf({
        expected: `${own}巡查泵房64座，居民反映的水质水压问题3日内到场处置，管道漏损逐月下降。`,
        achieved,
      }),
    ).not.toContain("AR-114?");
    expect(codesOf({ expected: `${own}养蜂合作社申报地理标志，蜜源植物连片扩种。`, achieved })).not.toContain(
      "AR-114?",
    );
  });

  test("figures of a higher level are no target of the unit", () => {
    const at = (unit: string, expected: string): string[] => codesOf({ unit, department: unit, expected });
    expect(at("云溪县体育局", "全国新建体育公园1000个，本县新建2个。")).toContain("AR-114");
    expect(at("云溪县体育局", "全省新建体育公园60个，本县新建2个。")).toContain("AR-114");
    expect(at("云溪县体育局", "到2025年，全国建成示范街区5000个以上。")).toContain("AR-114");
    expect(at("云溪省体育局", "全省新建体育公园60个。")).not.toContain("AR-114");
    expect(at("云溪县体育局", "对标全国先进，本县新建体育公园2个。")).not.toContain("AR-114");
    expect(at("云溪县体育局", "获全国群众体育先进单位称号2个。")).not.toContain("AR-114");
  });

  test("numbers written in Chinese make a text specific", () => {
    expect(codesOf({ expected: "新建三座体育公园。" })).not.toContain("AR-113");
    expect(codesOf({ expected: "大力发展群众体育，切实增强人民体质。" })).toContain("AR-113");
  });

  test("a sentence written twice is found in any cell", () => {
    const text = "体育场馆全年免费开放。加强器材巡查维护。体育场馆全年免费开放！";
    expect(codesOf({ achieved: text })).toContain("AR-116");
    expect(codesOf({ achieved: "甲馆免费开放300天，乙馆免费开放280天，共计580天。" })).not.toContain(
      "AR-116",
    );
  });
});

test("each goal of a form is held against its own result", () => {
  const goal = (expected: string, achieved: string) => ({
    name: null,
    expected,
    adjusted: null,
    achieved,
    points: null,
    score: null,
  });
  const goals = [goal("新建体育公园2个。", "新建体育公园2座，已开放。"), goal(LONG, LONG)];
  const { findings } = reviewForm(openDossier({ ...exampleForm(), goals }), GOAL_RULES);
  expect(findings.filter(({ code }) => code === "AR-111").map(({ at }) => at[0])).toEqual([
    "goals[1].achieved",
  ]);
});

test("any text at all is read without breaking", () => {
  let seed = 11;
  const next = (n: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % n;
  };
  const bits = [
    "（",
    "）",
    "《",
    "》",
    "每人",
    "元",
    "12",
    "万",
    "3.5",
    "%",
    "，",
    "。",
    "其中",
    "共计",
    "一、",
    "(二)",
    "=",
    "×",
    "/",
    "2023年",
    "\n",
    "〔",
    "等",
    "：",
    "占",
    "的",
    ",",
    "１２",
  ];
  for (let round = 0; round < 400; round++) {
    const text = Array.from({ length: 1 + next(40) }, () => bits[next(bits.length)]).join("");
    expect(reviewOf({ expected: text, achieved: text.slice(3) }).errors, text).toEqual([]);
  }
});
