import { type Form, parseMeasure } from "@jiheng/domain";
import { describe, expect, test } from "vitest";
import { conflicts, project, type Row, rolled, row, traceOf } from "./example.ts";

const MONEY = ["100.00", "100.00", "90.00"] as const;
const OTHER = ["50.00", "60.00", "30.00"] as const;
const UNSPENT = ["20.00", "20.00", "0.00"] as const;

function both(one: Row, other: Row, change: Partial<Form> = {}): readonly Form[] {
  return [project("甲", MONEY, [one], change), project("乙", OTHER, [other], change)];
}

function says(result: ReturnType<typeof rolled>, code: string): string {
  return result.notes
    .filter((note) => note.code === code)
    .map((note) => note.says)
    .join("\n");
}

describe("messages", () => {
  test("name places in the words of the form, never by the keys of the interchange format", () => {
    const refused = [
      ...conflicts(both(["数量指标", "巡查次数", "≥100人", "1人"], ["数量指标", "巡查次数", "≤5人", "1人"])),
      ...conflicts(both(["数量指标", "巡查次数", "≥100人", "1人"], ["数量指标", "巡查次数", "≥5户", "1户"])),
      ...conflicts(both(["质量指标", "合格率", "≥95%", "96%"], ["质量指标", "合格率", "≥0.95", "0.96"])),
      ...conflicts(both(["时效指标", "办结时间", "≤5天", "4天"], ["时效指标", "办结时间", "≤9天", "8天"])),
      ...conflicts(
        both(["时效指标", "完工时间", "11月底前", "10月"], ["时效指标", "完工时间", "9月底前", "8月"]),
      ),
    ];
    expect(refused).toHaveLength(5);
    for (const each of refused) {
      expect(each.says).toContain("年度指标值");
      expect(each.says).not.toMatch(/indicators|funds|\[\d/);
    }
  });

  test("shorten long lists of projects that say the same", () => {
    const many = Array.from({ length: 9 }, (_, at) =>
      project(`项目${at}`, MONEY, [["时效指标", "办结时间", at === 0 ? "≤5天" : "≤9天", "4天"]]),
    );
    expect(conflicts(many)[0]?.says).toContain("“项目1”、“项目2”、“项目3”等8个项目的年度指标值为“≤9天”");
  });

  test("a judgement says its bounds once", () => {
    const result = rolled(
      both(["社会效益指标", "面貌", "改善", "有一些变化"], ["社会效益指标", "面貌", "改善", "变化不大"]),
    );
    const said = says(result, "rollup-judgement").split("\n")[0] ?? "";
    expect(said.match(/之间/g)).toHaveLength(1);
  });

  test("a length of time is no limit, and its figure has its unit", () => {
    const rows = both(
      ["数量指标", "开放时间", "≥300天", "310天"],
      ["数量指标", "开放时间", "≥250天", "250天"],
    );
    expect(conflicts(rows)[0]?.says).toContain("「开放时间」的时长不同");
    const result = rolled(rows, { strictest: ["开放时间"] });
    expect(says(result, "rollup-strictest")).toContain("取各项目中最少的250天");
  });

  test("a blank is said to be blank, words are said to be no number", () => {
    const result = rolled(both(["数量指标", "次数", "≥1次", null], ["数量指标", "次数", "≥1次", "若干"]));
    expect(says(result, "rollup-unavailable")).toBe(
      "「次数」“甲”的实际完成值没有填，“乙”（若干）的实际完成值不是数字，实际完成值不能汇总",
    );
  });

  test("rows of one name that stay apart stand together and are told once", () => {
    const rows = (count: string): readonly Row[] => [
      ["数量指标", "加固长度", "≥2公里", "2公里"],
      ["数量指标", "清淤量", count, count],
    ];
    const result = rolled([project("甲", MONEY, rows("≥3吨")), project("乙", OTHER, rows("≥4吨"))], {
      apart: ["加固长度"],
    });
    expect(result.form.indicators.map((each) => each.name)).toEqual([
      "加固长度（甲）",
      "加固长度（乙）",
      "清淤量",
    ]);
    expect(result.notes.filter((note) => note.code === "rollup-renamed")).toHaveLength(1);
  });
});

describe("forms of one name", () => {
  const office = (id: string, count: string): Form =>
    project("工作经费", MONEY, [["数量指标", "巡查次数", "≥5次", count]], { id, unit: null });

  test("with other rows are two forms, and the likeness is told", () => {
    const result = rolled([office("a", "6次"), office("b", "9次")]);
    expect(row(result, "巡查次数").actual.value).toBe("15");
    expect(says(result, "rollup-alike")).toContain("请确认不是同一张表的两个版本");
  });

  test("with the same rows are one form read twice", () => {
    expect(conflicts([office("a", "6次"), office("b", "6次")]).map((each) => each.code)).toEqual([
      "same-form-twice",
    ]);
  });
});

describe("funds", () => {
  test("no rate stands beside money that is not known, whatever single projects print", () => {
    const state = (form: Form, spent: string | null, executionRate: string | null): Form => ({
      ...form,
      funds: [
        ...form.funds,
        { ...form.funds[0], source: "carry-over", label: "上年结转资金", expenditure: spent, executionRate },
      ] as Form["funds"],
    });
    const result = rolled([
      state(project("甲", MONEY, []), "90.00", "90.00"),
      state(project("乙", OTHER, []), null, null),
    ]);
    expect(result.form.funds[1]).toMatchObject({ expenditure: null, executionRate: null });
  });

  test("a column no form has is no loss", () => {
    const result = rolled([project("甲", [null, "10", "9"], []), project("乙", [null, "20", "18"], [])]);
    expect(says(result, "rollup-unavailable")).toBe("");
    expect(result.form.funds[0]).toMatchObject({
      initialBudget: null,
      adjustedBudget: "30",
      expenditure: "27",
    });
  });

  test("a form without a year among others is told", () => {
    const result = rolled([project("甲", MONEY, []), project("乙", OTHER, [], { year: null })]);
    expect(result.form.year).toBe(2024);
    expect(says(result, "rollup-year")).toContain("“乙”没有印年度");
  });
});

test("goals with points of their own are joined, and what is not taken over is told", () => {
  const base = project("甲", MONEY, []);
  const goals = [
    { name: "目标1", expected: "修缮三处", adjusted: null, achieved: "修缮三处", points: "40", score: "40" },
    { name: "目标2", expected: "普查一次", adjusted: null, achieved: "完成", points: "40", score: "38" },
  ];
  const result = rolled([{ ...base, goals }, project("乙", OTHER, [])]);
  expect(result.form.goal.expected).toContain("目标2：普查一次");
  expect(says(result, "rollup-goals")).toContain("“甲”分目标列示");
  expect(says(rolled([base, project("乙", OTHER, [])]), "rollup-goals")).toBe("");
});

describe("rates", () => {
  test("a project that spent nothing has no weight, and that is said", () => {
    const result = rolled([
      project("甲", MONEY, [["质量指标", "随访合格率", "≥85%", "88%"]]),
      project("乙", UNSPENT, [["质量指标", "随访合格率", "≥85%", "60%"]]),
    ]);
    expect(row(result, "随访合格率").actual.value).toBe("88.00");
    expect(says(result, "rollup-no-weight")).toBe(
      "「随访合格率」“乙”（60%）的全年执行数为0，加权后的实际完成值里没有它的份量",
    );
  });

  test("parts in brackets are no bracketed unit", () => {
    const result = rolled(
      both(
        ["质量指标", "利用率", "≥75%（150/200）", "80%（160/200）"],
        ["质量指标", "利用率", "≥85%（17/20）", "90%（18/20）"],
      ),
    );
    expect(row(result, "利用率").target.text).toBe("≥75.91%");
  });
});

describe("what is no quantity is never added", () => {
  test.each([
    ["带动农户年均增收", "≥1500元", "1620元", "≥2000元", "1800元"],
    ["生均经费", "≥600元", "620元", "≥900元", "910元"],
    ["人均可支配收入", "≥12000元", "12600元", "≥9000元", "9100元"],
    ["就餐伙食标准", "≥20元", "20元", "≥30元", "30元"],
    ["公益岗位月工资", "≥2200元", "2300元", "≥1800元", "1800元"],
    ["站点服务半径", "≤2公里", "1.5公里", "≤3公里", "2.8公里"],
    ["单个助餐点建设成本", "≤20万元", "22万元", "≤15万元", "14万元"],
    ["每小时服务补贴", "≤25元", "24元", "≤30元", "30元"],
    ["水稻亩产", "≥500公斤", "510公斤", "≥450公斤", "460公斤"],
    ["单次服务费", "≤500元", "480元", "≤300元", "300元"],
    ["单位面积造价", "≤3000元", "2900元", "≤2000元", "1900元"],
    ["坝高", "≥15米", "15米", "≥9米", "9米"],
    ["路面宽度", "≥4.5米", "4.5米", "≥3.5米", "3.6米"],
    ["混凝土抗压强度", "≥25兆帕", "26兆帕", "≥30兆帕", "31兆帕"],
  ])("%s", (name, target, actual, target2, actual2) => {
    const result = rolled(both(["数量指标", name, target, actual], ["数量指标", name, target2, actual2]));
    expect(traceOf(result, name, "target")).toMatchObject({ kind: "weighted", by: "全年执行数" });
    expect(says(result, "rollup-weighted")).toContain("不能相加");
  });

  test.each([
    ["制定行业标准", "≥3项", "3项"],
    ["义务教育均衡县创建数", "≥2个", "2个"],
    ["岗位均已落实人数", "≥40人", "41人"],
    ["广播节目播出时长", "≥500小时", "520小时"],
    ["路灯用电量", "≤20万度", "18万度"],
    ["亩产业基地建设数", "≥2个", "2个"],
    ["高标准农田面积", "≥500亩", "520亩"],
  ])("%s is one and is added", (name, target, actual) => {
    const result = rolled(both(["数量指标", name, target, actual], ["数量指标", name, target, actual]));
    expect(traceOf(result, name, "actual")).toMatchObject({ kind: "sum" });
  });
});

describe("levels", () => {
  test("of satisfaction are one, however they are spelled", () => {
    const result = rolled(
      both(["满意度指标", "群众满意度", "≥90%", "92%"], ["服务对象满意度指标", "群众满意度", "≥90%", "95%"]),
    );
    expect(result.form.indicators).toHaveLength(1);
  });

  test("that differ keep rows of one name apart, and that is told", () => {
    const result = rolled(
      both(["数量指标", "受益人数", "≥10人", "12人"], ["社会效益指标", "受益人数", "≥20人", "25人"]),
    );
    expect(result.form.indicators).toHaveLength(2);
    expect(says(result, "rollup-levels")).toBe(
      "「受益人数」“甲”列在产出指标—数量指标，“乙”列在效益指标—社会效益指标，没有合并；如是同一指标，请先统一指标类别",
    );
    const same = rolled(both(["数量指标", "人数", "≥10人", "12人"], ["数量指标", "人数", "≥20人", "25人"]));
    expect(says(same, "rollup-levels")).toBe("");
  });
});

test("rows without a weight are asked for in one go", () => {
  const forms = both(["数量指标", "场次", "≥1场", "1场"], ["质量指标", "合格率", "≥95%", "97%"]);
  const found = conflicts(forms, { points: "weights" });
  expect(found.map((each) => each.says)).toEqual(["没有给出「场次」、「合格率」的权重"]);
  expect(found[0]?.terms).toHaveLength(2);
  expect(
    rolled(forms, { points: "weights", weights: { 场次: "2", 合格率: "1" } }).form.indicators.map(
      (each) => each.points,
    ),
  ).toEqual(["60.00", "30.00"]);
});

test("points by money want money, and say that it lacks", () => {
  const none = ["0", "0", "0"] as const;
  const found = conflicts([project("甲", none, [["数量指标", "场次", "≥1场", "1场"]])], {
    points: "money",
  });
  expect(found[0]?.says).toContain("全年预算数合计不大于0，分值不能按资金分配");
});

test("a bare figure beside a scaled unit is told", () => {
  const result = rolled(
    both(["数量指标", "人次", "≥3万人次", "3.2"], ["数量指标", "人次", "≥2万人次", "2.1万人次"]),
  );
  expect(row(result, "人次").actual.text).toBe("5.3万人次");
  expect(says(result, "rollup-unit-missing")).toContain(
    "“甲”的实际完成值没有印单位，按年度指标值的单位“万人次”计",
  );
});

test("a negative expenditure weighs nothing, and is named as what it is", () => {
  const result = rolled([
    project("甲", MONEY, [["质量指标", "合格率", "≥95%", "97%"]]),
    project("乙", ["10", "10", "-1"], [["质量指标", "合格率", "≥95%", "92%"]]),
  ]);
  expect(row(result, "合格率").actual.value).toBeNull();
  expect(says(result, "rollup-unavailable")).toContain("“乙”的全年执行数是负数");
});

describe("signs", () => {
  test("all of it is all of it: =100% and ≥100% are no conflict, =100% and ≥98% are", () => {
    const result = rolled(
      both(["质量指标", "合格率", "=100%", "100%"], ["质量指标", "合格率", "≥100%", "99%"]),
    );
    expect(row(result, "合格率").target.text).toBe("=100%");
    for (const [one, other, actual] of [
      ["=100%", "≥98%", "99%"],
      ["=100人", "≥100人", "100人"],
    ] as const)
      expect(
        conflicts(both(["质量指标", "合格率", one, actual], ["质量指标", "合格率", other, actual]))[0]?.code,
      ).toBe("comparison");
  });

  test("are spelled as all the projects spell them", () => {
    const result = rolled(both(["数量指标", "场次", ">=10场", "10场"], ["数量指标", "场次", ">=5场", "5场"]));
    expect(row(result, "场次").target).toMatchObject({ text: ">=15场", comparison: "≥" });
    const mixed = rolled(both(["数量指标", "场次", ">=10场", "10场"], ["数量指标", "场次", "≥5场", "5场"]));
    expect(row(mixed, "场次").target.text).toBe("≥15场");
  });
});

describe("units", () => {
  test.each([
    ["≥2.4公里", "2.5公里", "≥800米", "760米", "≥3200米", "3260米"],
    ["≥2吨", "2吨", "≥500公斤", "450千克", "≥2500公斤", "2450公斤"],
    ["≥1.5公顷", "2公顷", "≥2000平方米", "2500㎡", "≥17000平方米", "22500平方米"],
    ["≤3‰", "1.8‰", "≤0.3%", "0.18%", "≤3‰", "1.8‰"],
    ["≥3千米", "3km", "≥2公里", "2公里", "≥5公里", "5公里"],
  ])("%s and %s of one measure are added", (target, actual, target2, actual2, wanted, reached) => {
    const result = rolled(
      both(["数量指标", "工程量", target, actual], ["数量指标", "工程量", target2, actual2]),
    );
    const found = row(result, "工程量");
    expect([found.target.text, found.actual.text]).toEqual([wanted, reached]);
    // What is printed reads back as the same figure and unit.
    expect(parseMeasure(found.target.text).measure).toEqual(found.target);
  });
});

test("approximate figures are added as written, and that is said", () => {
  const result = rolled(
    both(
      ["数量指标", "咨询人次", "≥1000人次", "约1200人次"],
      ["数量指标", "咨询人次", "≥500人次", "500余人次"],
    ),
  );
  expect(row(result, "咨询人次").actual.value).toBe("1700");
  expect(says(result, "rollup-approximate")).toBe(
    "「咨询人次」的实际完成值有约数，按所写的数计：“甲”（约1200人次）、“乙”（500余人次）",
  );
});

test("what could not be combined is told once, and not called blank where it was filled in", () => {
  const result = rolled([
    project("甲", UNSPENT, [["质量指标", "合格率", "≥95%", "97%"]]),
    project("乙", UNSPENT, [["质量指标", "合格率", "≥90%", "92%"]], { unit: "乙局" }),
  ]);
  expect(says(result, "rollup-unavailable").split("\n")).toHaveLength(1);
  const judged = result.notes.find((note) => note.place === "indicators[0].score");
  expect(judged?.says).toBe("「合格率」年度指标值和实际完成值没有汇总出来，得分由人确定");
});

describe("dates", () => {
  test.each([
    ["2024年12月底", "12月底前", "2024年12月底"],
    ["11月30日前", "11月底前", "11月30日前"],
    ["2024年底前", "12月31日前", "12月31日前"],
  ])("%s and %s are one day", (one, other, wanted) => {
    for (const forms of [
      both(["时效指标", "完工时间", one, "达成指标"], ["时效指标", "完工时间", other, "达成指标"]),
      both(["时效指标", "完工时间", other, "达成指标"], ["时效指标", "完工时间", one, "达成指标"]),
    ]) {
      const result = rolled(forms);
      expect(row(result, "完工时间").target.text).toBe(wanted);
      expect(traceOf(result, "完工时间", "target")).toMatchObject({ kind: "same" });
      expect(says(result, "rollup-date")).toContain("同一天");
    }
  });

  test("with and without their year are compared in the year of the form", () => {
    const forms = both(
      ["时效指标", "完工时间", "2024年9月底", "达成指标"],
      ["时效指标", "完工时间", "11月底前", "达成指标"],
    );
    expect(conflicts(forms)[0]?.code).toBe("time-limit");
    const result = rolled(forms, { strictest: ["完工时间"] });
    expect(row(result, "完工时间").target.text).toBe("2024年9月底");
  });
});

describe("deadlines met or missed", () => {
  test.each([
    ["11月20日", "10月", "达成指标"],
    ["11月30日前完成", "2024年11月", "达成指标"],
    ["12月", "12月5日完工", "未达成指标"],
    ["未完工", "尚未拨付", "未达成指标"],
    ["未延期", "10月", "甲：未延期；乙：10月"],
  ])("%s and %s against 11月底前: %s", (one, other, wanted) => {
    const result = rolled(
      both(["时效指标", "完工时间", "11月底前", one], ["时效指标", "完工时间", "11月底前", other]),
    );
    expect(row(result, "完工时间").actual.text).toBe(wanted);
  });

  test.each([
    ["11月20日前", "11月", "10月"],
    ["11月底前", "11月20日完成90%", "10月"],
    ["3月以后", "4月", "5月"],
  ])("%s: %s and %s are left to a person", (target, one, other) => {
    const result = rolled(
      both(["时效指标", "完工时间", target, one], ["时效指标", "完工时间", target, other]),
    );
    expect(row(result, "完工时间").actual.text).toBe(`甲：${one}；乙：${other}`);
  });

  test("who met a later deadline did not thereby meet the strictest one", () => {
    const met = rolled(
      both(["时效指标", "完工时间", "9月底前", "达成指标"], ["时效指标", "完工时间", "11月底前", "达成指标"]),
      { strictest: ["完工时间"] },
    );
    expect(row(met, "完工时间")).toMatchObject({
      target: { text: "9月底前" },
      actual: { text: "甲（9月底前）：达成指标；乙（11月底前）：达成指标" },
      score: null,
    });
    const dated = rolled(
      both(["时效指标", "完工时间", "9月底前", "8月"], ["时效指标", "完工时间", "11月底前", "9月10日"]),
      { strictest: ["完工时间"] },
    );
    expect(row(dated, "完工时间").actual.text).toBe("达成指标");
  });
});

describe("rows in words", () => {
  test("partly attained by all the money that was spent is partly attained", () => {
    const result = rolled([
      project("甲", MONEY, [["社会效益指标", "素养水平", "提升", "部分达成指标", "10", "7"]]),
      project("乙", UNSPENT, [["社会效益指标", "素养水平", "提升", "达成指标", "10", "10"]]),
    ]);
    expect(row(result, "素养水平").actual.text).toBe("部分达成指标");
  });

  test("many projects that attained it are counted, those that did not are named", () => {
    const many = Array.from({ length: 20 }, (_, at) =>
      project(`项目${at}`, MONEY, [
        ["社会效益指标", "出行条件", "改善", at === 4 ? "未达成指标" : "达成指标"],
      ]),
    );
    expect(row(rolled(many), "出行条件").deviation).toBe(
      "达成：19个项目；未达成：项目4；按全年执行数计达成95%",
    );
  });
});

test("money and growth are offered neither as a weight nor for one", () => {
  const rows = (rate: string, actual: string): readonly Row[] => [
    ["数量指标", "设备投资额", "≤18万元", "17万元"],
    ["质量指标", "设备验收合格率", rate, actual],
    ["数量指标", "购置设备台数", "≥4台", "5台"],
    ["社会效益指标", "设备收入增长率", rate, actual],
  ];
  const result = rolled([
    project("甲", MONEY, rows("≥90%", "92%")),
    project("乙", OTHER, rows("≥95%", "97%")),
  ]);
  expect(result.offers.filter((offer) => offer.kind === "weight").map((offer) => offer.accept)).toEqual([
    ["设备验收合格率", "购置设备台数"],
  ]);
});

test("a count that is 0 is not offered as a weight", () => {
  const rows: readonly Row[] = [
    ["质量指标", "路面完好率", "≥90%", "92%"],
    ["社会效益指标", "路面损坏事故数", "=0起", "0起"],
  ];
  const more: readonly Row[] = [["质量指标", "路面完好率", "≥90%", "95%"], rows[1] as Row];
  const result = rolled([project("甲", MONEY, rows), project("乙", OTHER, more)]);
  expect(result.offers.filter((offer) => offer.kind === "weight")).toEqual([]);
});
