import type { Form } from "@jiheng/domain";
import { describe, expect, test } from "vitest";
import { type ExampleParts, type ExampleRow, exampleForm } from "../src/example-form.ts";
import { type FormReview, openDossier, reviewForm } from "../src/index.ts";
import { NARRATIVE_RULES } from "../src/rules/narrative/index.ts";

function reviewOf(parts: ExampleParts): FormReview {
  return reviewForm(openDossier(exampleForm(parts)), NARRATIVE_RULES);
}

/** Codes found, unclear ones with a question mark; each once, in order. */
function codesOf(parts: ExampleParts): string[] {
  const { findings, unclear, errors } = reviewOf(parts);
  expect(errors).toEqual([]);
  return [...new Set([...findings.map(({ code }) => code), ...unclear.map(({ code }) => `${code}?`)])].sort();
}

const school: readonly ExampleRow[] = [
  ["经济成本指标", "印刷成本控制情况", "不超预算", "达成指标", "10", "10"],
  ["数量指标", "乡村教师培训人数", "≥300人", "318人", "20", "20"],
  ["数量指标", "教学点补助数量", "=12个", "12个", "20", "20"],
  ["质量指标", "培训结业率", "≥95%", "97.48%", "20", "20"],
  ["服务对象满意度指标", "参训教师满意度", "≥90%", "95%", "10", "10"],
];

describe("figures of the text against each other", () => {
  test("a finding names the items, the arithmetic and the difference", () => {
    const { findings } = reviewOf({
      rows: school,
      expected: "乡村教师培训费86000元（课酬36000元，食宿40000元，教材20000元）。",
    });
    const [sum] = findings.filter(({ code }) => code === "AR-100");
    expect(sum?.force).toBe("must");
    expect(sum?.message).toContain("36000+40000+20000=96000元，相差10000元");
    expect(sum?.at).toEqual(["goal.expected"]);
  });

  test("the slip inside a list, the list and the price per head are three views of one figure", () => {
    const { findings } = reviewOf({
      rows: school,
      expected:
        "送教经费49200元，其中：(1)北片送教费3200元（80人，食宿9600元，交通3600元）；(2)南片送教费23100元（140人）；(3)东片送教费12900元（按照78人计）。",
    });
    expect(findings.filter(({ code }) => code === "AR-100").length).toBeGreaterThan(0);
    const list = findings.find(({ message }) => message.includes("改后各项合计正好"));
    expect(list?.message).toContain("(1)按它自己的明细应为13200元");
  });

  test("right sums, products and shares of other trades stay silent", () => {
    for (const achieved of [
      "救治白内障患者460例，其中城区180例、乡镇280例，合格率100%。",
      "处理垃圾3.6万吨，每吨补贴85元，共计306万元。",
      "抽检药品280批次，合格277批次，合格率98.93%。",
      "栽植苗木（香樟1200株、桂花800株），合计2000株。",
      "道路隐患整治投入540万元，分别用于护栏220万元、标线120万元、警示灯200万元。",
    ]) {
      const { findings } = reviewOf({ achieved });
      expect(
        findings.filter(({ force }) => force !== "hint"),
        achieved,
      ).toEqual([]);
    }
  });

  test("wrong ones of other trades do not", () => {
    for (const [achieved, code] of [
      ["救治白内障患者460例（城区180例、乡镇260例）。", "AR-100"],
      ["处理垃圾3.6万吨，每吨补贴85元，共计360万元。", "AR-101"],
      ["抽检药品280批次，合格277批次，合格率99.93%。", "AR-109"],
      ["栽植香樟1200株、桂花800株，合计2200株。", "AR-100"],
      ["道路隐患整治投入540万元，分别用于护栏220万元、标线120万元、警示灯100万元。", "AR-100"],
    ] as const) {
      expect(codesOf({ achieved }), achieved).toContain(code);
    }
  });

  test("a price per head is read from a count before the amount too, and parts of the same sentence count first", () => {
    expect(
      codesOf({
        achieved:
          "（一）首期培训88人，培训费11440元；（二）二期培训174人，培训费22620元；（三）三期培训81人，培训费530元。",
      }),
    ).toContain("AR-102");
    expect(codesOf({ achieved: "发布病虫情报14期。举办交流会5次、现场观摩4次，全年共计31次。" })).toContain(
      "AR-103",
    );
  });

  test("figures that stand beside each other in a cell of sources are no sum", () => {
    const sources =
      "其中: 一般公共预算:2318.40万元其中:基本支出:1605.20万元 政府性基金拨款: 项目支出:3127.8万元 其他资金:1450万元";
    expect(codesOf({ rows: school, fields: [{ label: "资金构成", text: sources }] })).toEqual(
      codesOf({ rows: school }),
    );
  });

  test("reasons and other fields are read as well", () => {
    const { findings } = reviewOf({
      fields: [{ label: "评价结论", text: "支出21万元（设备9万元，软件8万元，培训5万元），完成全部任务。" }],
    });
    expect(findings.map(({ code, at }) => `${code} ${at[0]}`)).toContain("AR-100 fields[0]");
  });
});

describe("figures of the text against the indicators", () => {
  test("the same noun and unit with another number is found", () => {
    expect(codesOf({ rows: school, achieved: "全年培训乡村教师358人，补助教学点12个。" })).toContain(
      "AR-105",
    );
    expect(codesOf({ rows: school, achieved: "全年培训乡村教师318人，补助教学点12个。" })).not.toContain(
      "AR-105",
    );
  });

  test("a narrower group is only asked about", () => {
    expect(codesOf({ rows: school, achieved: "其中培训乡村骨干教师58名，补助教学点12个。" })).toContain(
      "AR-105?",
    );
    expect(codesOf({ rows: school, achieved: "其中培训乡村骨干教师58名，补助教学点12个。" })).not.toContain(
      "AR-105",
    );
  });

  test("plans, norms, limits and approximations are no results", () => {
    for (const achieved of [
      "计划培训乡村教师400人，实际培训乡村教师318人，补助教学点12个。",
      "培训乡村教师318人，每校乡村教师不少于20人，补助教学点12个。",
      "培训乡村教师318人，近500名教师观摩，补助教学点12个。",
    ]) {
      expect(codesOf({ rows: school, achieved }), achieved).not.toContain("AR-105");
    }
  });

  test("a goal that promises another number than the target is found", () => {
    expect(codesOf({ rows: school, expected: "年内培训乡村教师260人，补助教学点12个。" })).toContain(
      "AR-105",
    );
    expect(codesOf({ rows: school, expected: "年内培训乡村教师300人以上，补助教学点12个。" })).not.toContain(
      "AR-105",
    );
  });

  test("a share proved by two numbers of the text ties them to the count of the same work", () => {
    const rows: readonly ExampleRow[] = [
      ["数量指标", "招生人数", "≥50人", "44人", "20", "20"],
      ["数量指标", "招生完成率", "≥80%", "92.31%", "20", "20"],
    ];
    const { findings } = reviewOf({
      rows,
      achieved: "中职学校计划录取260人，实际录取240人，另招收进修学员75人。",
    });
    const found = findings.find(({ code }) => code === "AR-105");
    expect(found?.message).toContain("240÷260");
    expect(found?.message).toContain("44人");
  });

  test("numbers in 万 and with another spelling of the unit are the same number", () => {
    const rows: readonly ExampleRow[] = [["社会效益指标", "受益群众人数", "≥2万人", "23600人", "20", "20"]];
    const { findings } = reviewOf({ rows, achieved: "惠及群众2.36万名。" });
    expect(findings).toEqual([]);
  });

  test("the overrun of a priced item needs the same unit and the same thing", () => {
    const rows = (unit: string, name: string): readonly ExampleRow[] => [
      ["经济成本指标", "费用控制情况", "不超预算", "达成指标", "10", "10"],
      ["数量指标", name, `≥40${unit}`, `130${unit}`, "20", "20"],
    ];
    const expected = "制作交通安全展板费用14000元，每块350元，制作40块，共计14000元。";
    expect(codesOf({ rows: rows("块", "交通安全展板制作数量"), expected })).toContain("AR-104");
    expect(codesOf({ rows: rows("次", "交通安全展板巡展次数"), expected })).not.toContain("AR-104");
  });

  test("a thousand rows and a long text are read in one pass each", () => {
    const rows = Array.from(
      { length: 1000 },
      (_, i): ExampleRow => ["数量指标", `第${i}号泵站检修数量`, "≥2座", `${i + 2}座`, "1", "1"],
    );
    const achieved = Array.from({ length: 300 }, (_, i) => `检修${i + 2}座泵站`).join("，");
    expect(reviewOf({ rows, achieved }).errors).toEqual([]);
  });
});

test("targets follow the goal as adjusted in the year, not the one of its start", () => {
  const form = exampleForm({
    rows: school,
    achieved: "乡村教师培训318人，补助12个教学点。",
  });
  const codes = (given: typeof form): string[] =>
    reviewForm(openDossier(given), NARRATIVE_RULES).findings.map(({ code }) => code);
  const [goal] = form.goals;
  if (!goal) throw new Error("no goal");
  const expected = "乡村教师培训400人，补助12个教学点。";
  const first = { ...form, goals: [{ ...goal, expected }] };
  expect(codes(first)).toContain("AR-105");
  const adjusted = {
    ...first,
    goals: [{ ...goal, expected, adjusted: "乡村教师培训300人，补助12个教学点。" }],
  };
  expect(codes(adjusted)).not.toContain("AR-105");
});

describe("numbers of the result that are no outputs (AR-106)", () => {
  const numbers = (achieved: string): string =>
    reviewOf({ achieved: `维护管道126公里，8630名居民受益。${achieved}` })
      .findings.filter(({ code }) => code === "AR-106")
      .map(({ message }) => message)
      .join();
  test.each([
    "管护里程较上年增加4公里。",
    "收运量比2023年增加9吨。",
    "比计划多完成6处。",
    "投诉同比减少投诉件12件。",
    "发放巡线劳务费10人。",
    "支付10人劳务费。",
    "群众投工投劳和社会捐资安装净水器35台，不计入本项目。",
    "另建蓄水池3座（使用其他项目资金）。",
    "验收资料一式3份，项目实施前公示5个工作日。",
    "成立由1名分管领导、3名业务骨干组成的工作组。",
  ])("%s", (text) => {
    expect(numbers(text)).toBe("");
  });
  test.each([
    ["举办护水宣传37场。", "37场"],
    ["增加公共饮水点23处。", "23处"],
    ["管护里程增加到131公里。", "131公里"],
    ["为137人发放节水补贴。", "137人"],
    ["改造泵站7座，社会捐资安装净水器35台，不计入本项目。", "7座"],
  ])("%s is still asked about", (text, number) => {
    expect(numbers(text)).toContain(number);
  });
});

describe("counts of a goal against targets without an actual (AR-105)", () => {
  const declared = (expected: string, goals?: Form["goals"]): string[] => {
    const form = exampleForm({
      kind: "target-declaration",
      expected,
      achieved: null,
      rows: [
        ["数量指标", "改造学校食堂数", "≥32个", null, null, null],
        ["社会效益指标", "受益学生人数", "≥8900人", null, null, null],
      ],
      totalScore: null,
      grade: null,
    });
    const { findings } = reviewForm(openDossier(goals ? { ...form, goals } : form), NARRATIVE_RULES);
    return findings.map(({ code }) => code);
  };
  test("the text promises another number", () => {
    expect(declared("全年改造学校食堂32个，受益学生5613人以上。")).toContain("AR-105");
    expect(declared("全年改造学校食堂32个，受益学生8900人以上。")).not.toContain("AR-105");
  });
  test("the goal of the whole period counts several years", () => {
    const goal = { adjusted: null, achieved: null, points: null, score: null };
    const goals = [
      { name: null, expected: "改造学校食堂32个。", ...goal },
      { name: "中期目标", expected: "改造学校食堂96个，受益学生26700人。", ...goal },
    ];
    expect(declared("改造学校食堂32个。", goals)).not.toContain("AR-105");
  });
});
