import { describe, expect, test } from "vitest";
import { rollUp, sourceOf, sourceOfRollUp, splitRollUp } from "../src/index.ts";
import { conflicts, project, rolled, row, traceOf } from "./example.ts";

const MONEY = ["100.00", "100.00", "90.00"] as const;
const OTHER = ["50.00", "60.00", "30.00"] as const;

describe("columns that a roll-up has no text of its own for", () => {
  const trained = ["数量指标", "培训人数", "≥100人", "120人"] as const;
  const withCriteria = (name: string, more: object) => {
    const form = project(name, MONEY, [trained]);
    return { ...form, indicators: form.indicators.map((each) => ({ ...each, ...more })) };
  };

  test("are named with how many rows they concern", () => {
    const [goal] = project("丙", MONEY, []).goals;
    const result = rolled([
      withCriteria("甲", { criteria: "每少1人扣1分", evidence: "签到表", initialTarget: { text: "≥90人" } }),
      {
        ...project("乙", OTHER, [trained]),
        goals: [{ ...goal, adjusted: "多办一期" } as NonNullable<typeof goal>],
      },
    ]);
    const says = result.notes.find(({ code }) => code === "rollup-columns")?.says ?? "";
    for (const what of ["年初指标值（1行）", "评分标准（1行）", "佐证材料（1行）", "调整后的目标"])
      expect(says).toContain(what);
  });

  test("stay where only one project has the row, and nothing is said", () => {
    const other = project("乙", OTHER, [["数量指标", "修缮处数", "≥3处", "3处"]]);
    const result = rolled([withCriteria("甲", { criteria: "每少1人扣1分", evidence: "签到表" }), other]);
    expect(row(result, "培训人数")).toMatchObject({ criteria: "每少1人扣1分", evidence: "签到表" });
    expect(result.notes.some(({ code }) => code === "rollup-columns")).toBe(false);
  });
});

describe("funds", () => {
  test("are added exactly by source, and the rate comes from the sums", () => {
    const row = ["数量指标", "次数", "≥1次", "1次"] as const;
    const result = rolled([project("甲", MONEY, [row]), project("乙", ["0.10", "0.20", "0.30"], [])]);
    const [total] = result.form.funds;
    expect(total).toMatchObject({ initialBudget: "100.10", adjustedBudget: "100.20", expenditure: "90.30" });
    expect(total?.executionRate).toBe("90.12");
    expect(total?.score).toBe("9.01");
    expect(result.traces["funds[0].expenditure"]).toMatchObject({
      kind: "sum",
      value: "90.30",
      terms: [
        { project: "甲", at: "funds[0].expenditure", figure: "90.00" },
        { project: "乙", at: "funds[0].expenditure", figure: "0.30" },
      ],
    });
  });

  test("a blank is not 0: the sum is not given, and says whose figure lacks", () => {
    const result = rolled([project("甲", MONEY, []), project("乙", ["50", "60", null], [])]);
    expect(result.form.funds[0]).toMatchObject({
      adjustedBudget: "160.00",
      expenditure: null,
      executionRate: null,
      score: null,
    });
    expect(result.traces["funds[0].expenditure"]).toMatchObject({ kind: "unavailable" });
    expect(result.notes.find((note) => note.place === "funds[0].expenditure")?.says).toContain(
      "“乙”的全年执行数没有填",
    );
  });

  test("a source that one project does not list gives a partial sum, and says so", () => {
    const base = project("甲", MONEY, []);
    const carried = {
      ...base.funds[0],
      source: "carry-over",
      label: "上年结转资金",
      points: null,
    } as (typeof base.funds)[0];
    const result = rolled([{ ...base, funds: [...base.funds, carried] }, project("乙", OTHER, [])]);
    expect(result.form.funds[1]).toMatchObject({ source: "carry-over", expenditure: "90.00" });
    expect(result.notes.some((note) => note.code === "rollup-partial" && note.says.includes("“乙”"))).toBe(
      true,
    );
  });

  test("one source among several is not taken for the whole: without a total nothing is weighted by it", () => {
    const base = project("甲", MONEY, [["满意度", "居民满意度", "≥90%", "91%"]]);
    const [fund] = base.funds as [(typeof base.funds)[0]];
    const parted = {
      ...base,
      funds: [
        { ...fund, source: "fiscal", label: "财政拨款" },
        { ...fund, source: "other", label: "其他资金", points: null },
      ] as typeof base.funds,
    };
    const result = rolled([parted, project("乙", OTHER, [["满意度", "居民满意度", "≥90%", "95%"]])]);
    expect(row(result, "居民满意度").actual.value).toBeNull();
    expect(traceOf(result, "居民满意度", "actual")?.kind).toBe("unavailable");
    expect(result.notes.some(({ says }) => says.includes("“甲”没有全年执行数"))).toBe(true);
  });

  test("yuan and ten thousand yuan are converted exactly, with a note", () => {
    const yuan = project("乙", ["123456.78", "123456.78", "1.01"], [], { moneyUnit: "元" });
    const result = rolled([project("甲", MONEY, []), yuan]);
    expect(result.form.moneyUnit).toBe("万元");
    expect(result.form.funds[0]).toMatchObject({ initialBudget: "112.345678", expenditure: "90.000101" });
    expect(result.notes.some((note) => note.code === "rollup-money-unit")).toBe(true);
  });
});

describe("counted rows", () => {
  test("quantities of one meaning and unit are added, targets and actuals", () => {
    const result = rolled([
      project("甲", MONEY, [["数量指标", "培训人数", "≥100人", "120人"]]),
      project("乙", OTHER, [["数量", "培训 人数", "≥0.5百人", "60名"]]),
    ]);
    const found = row(result, "培训人数");
    expect(found.target).toEqual({ text: "≥150人", comparison: "≥", value: "150", unit: "人" });
    expect(found.actual.value).toBe("180");
    expect(traceOf(result, "培训人数", "actual")).toMatchObject({
      kind: "sum",
      terms: [{ figure: "120" }, { figure: "60" }],
    });
  });

  test("rates are weighted by expenditure and say so; never a plain mean", () => {
    const result = rolled([
      project("甲", MONEY, [["质量指标", "合格率", "≥90%", "100%"]]),
      project("乙", OTHER, [["质量指标", "合格率", "≥90%", "92%"]]),
    ]);
    expect(row(result, "合格率").actual).toMatchObject({ value: "98.00", text: "98.00%" });
    expect(row(result, "合格率").target.value).toBe("90");
    expect(traceOf(result, "合格率", "actual")).toMatchObject({
      kind: "weighted",
      by: "全年执行数",
      denominator: "120",
    });
    expect(result.notes.find((note) => note.code === "rollup-weighted")?.says).toContain("按全年执行数加权");
  });

  test("rates that state their parts are computed from them", () => {
    const result = rolled([
      project("甲", MONEY, [["质量指标", "合格率", "≥90%", "95.00%（95/100）"]]),
      project("乙", OTHER, [["质量指标", "合格率", "≥90%", "80%（240/300）"]]),
    ]);
    expect(row(result, "合格率").actual.value).toBe("83.75");
    expect(traceOf(result, "合格率", "actual")).toMatchObject({
      kind: "fromParts",
      numerator: "335",
      denominator: "400",
    });
  });

  test("parts that do not give the printed rate are not taken", () => {
    const result = rolled([
      project("甲", MONEY, [["质量指标", "合格率", "≥90%", "95.00%（90/100）"]]),
      project("乙", OTHER, [["质量指标", "合格率", "≥90%", "80%（240/300）"]]),
    ]);
    expect(traceOf(result, "合格率", "actual")?.kind).toBe("weighted");
  });

  test("a named denominator takes the place of money", () => {
    const forms = [
      project("甲", MONEY, [
        ["数量指标", "参训人数", "≥10人", "10人"],
        ["质量指标", "参训合格率", "≥90%", "100%"],
      ]),
      project("乙", OTHER, [
        ["数量指标", "参训人数", "≥30人", "30人"],
        ["质量指标", "参训合格率", "≥90%", "60%"],
      ]),
    ];
    const offered = rolled(forms).offers.find((offer) => offer.kind === "weight");
    expect(offered?.accept).toEqual(["参训合格率", "参训人数"]);
    const result = rolled(forms, { denominators: [offered?.accept ?? ["", ""]] });
    expect(row(result, "参训合格率").actual.value).toBe("70.00");
  });

  test("without the money a rate cannot be computed and stays blank", () => {
    const result = rolled([
      project("甲", MONEY, [["质量指标", "合格率", "≥90%", "100%"]]),
      project("乙", ["1", "1", null], [["质量指标", "合格率", "≥90%", "92%"]]),
    ]);
    expect(row(result, "合格率").actual).toEqual({ text: null, comparison: null, value: null, unit: null });
    expect(traceOf(result, "合格率", "actual")?.says).toContain("不能简单平均");
  });

  test.each([
    ["人均补助标准", "≤400元", "380元", "≤300元", "300元"],
    ["单位建设成本", "≤400元/平方米", "380元/平方米", "≤300元/平方米", "300元/平方米"],
    ["受益对象满意度", "≥90分", "95分", "≥80分", "91分"],
    ["平均处理时间", "≤24小时", "20小时", "≤48小时", "40小时"],
    ["空气质量指数", "≤80", "70", "≤60", "50"],
  ])("%s is no quantity and is never added", (name, target, actual, other, reached) => {
    const result = rolled([
      project("甲", MONEY, [["质量指标", name, target, actual]]),
      project("乙", OTHER, [["质量指标", name, other, reached]]),
    ]);
    expect(traceOf(result, name, "actual")?.kind).toBe("weighted");
  });

  test("weighted figures get more places where two would turn a miss into a hit", () => {
    const result = rolled([
      project("甲", ["1", "1", "99999"], [["质量指标", "合格率", "≥90%", "90%"]]),
      project("乙", ["1", "1", "1"], [["质量指标", "合格率", "≥90%", "89%"]]),
    ]);
    expect(row(result, "合格率").actual.value).toBe("89.99999");
  });

  test("a blank actual leaves no sum", () => {
    const result = rolled([
      project("甲", MONEY, [["数量指标", "培训人数", "≥100人", "120人"]]),
      project("乙", OTHER, [["数量指标", "培训人数", "≥50人", null]]),
    ]);
    expect(row(result, "培训人数").target.value).toBe("150");
    expect(row(result, "培训人数").actual.value).toBeNull();
    expect(row(result, "培训人数").score).toBeNull();
  });

  test("the same count in every project is added, but offered to be counted once", () => {
    const forms = [
      project("甲", MONEY, [["数量指标", "覆盖乡镇数", "=6个", "6个"]]),
      project("乙", OTHER, [["数量指标", "覆盖乡镇数", "=6个", "6个"]]),
    ];
    const added = rolled(forms);
    expect(row(added, "覆盖乡镇数").actual.value).toBe("12");
    expect(added.offers.map((offer) => offer.kind)).toEqual(["once"]);
    expect(row(rolled(forms, { once: ["覆盖乡镇数"] }), "覆盖乡镇数").actual.value).toBe("6");
  });
});

describe("rows in words", () => {
  const done = (
    actual: string,
    score: string,
    points = "10",
  ): readonly [string, string, string, string, string, string] => [
    "质量指标",
    "资料完备性",
    "完备",
    actual,
    points,
    score,
  ];

  test("are attained by the share of money, and the reason names the projects", () => {
    const result = rolled([
      project("甲", MONEY, [done("达成指标", "10")]),
      project("乙", ["10", "10", "10"], [done("未达成指标", "0")]),
    ]);
    const found = row(result, "资料完备性");
    expect(found.actual.text).toBe("达成指标");
    expect(found.deviation).toBe("达成：甲；未达成：乙；按全年执行数计达成90%");
    expect(traceOf(result, "资料完备性", "actual")).toMatchObject({ kind: "byMoney", share: "90" });
    // 90 % of the points, from the sources' own marks by money, inside the tier of 80 to 100 %.
    expect(found.score).toBe("81.00");
  });

  test("that cannot be put into one tier are listed and left to a person", () => {
    const result = rolled([
      project("甲", MONEY, [done("已建立三项制度", "10")]),
      project("乙", OTHER, [done("达成指标", "10")]),
    ]);
    const found = row(result, "资料完备性");
    expect(found.actual.text).toBe("甲：已建立三项制度；乙：达成指标");
    expect(found.score).toBeNull();
    expect(result.form.totalScore).toBeNull();
    expect(
      result.notes.some((note) => note.code === "rollup-judgement" && /在0分与90分之间/.test(note.says)),
    ).toBe(true);
  });

  test("of one name with different targets stay apart, are told apart, and are offered for merging", () => {
    const forms = [
      project("甲", MONEY, [["经济成本指标", "成本节约情况", "未超标准", "达成指标"]]),
      project("乙", OTHER, [["经济成本指标", "成本节约情况", "未超预算", "达成指标"]]),
    ];
    const result = rolled(forms);
    expect(result.form.indicators.map((each) => each.name)).toEqual([
      "成本节约情况（甲）",
      "成本节约情况（乙）",
    ]);
    expect(result.offers[0]).toMatchObject({ kind: "merge", accept: ["成本节约情况", "成本节约情况"] });
    const merged = rolled(forms, { merges: [["成本节约情况", "成本节约情况"]] });
    expect(row(merged, "成本节约情况").target.text).toBe("甲：未超标准；乙：未超预算");
  });
});

describe("names that are nearly the same", () => {
  test("are offered, never merged silently", () => {
    const forms = [
      project("甲", MONEY, [["数量指标", "技能培训人数", "≥100人", "100人"]]),
      project("乙", OTHER, [["数量指标", "技能培训完成人数", "≥50人", "50人"]]),
    ];
    const result = rolled(forms);
    expect(result.form.indicators).toHaveLength(2);
    expect(result.offers).toHaveLength(1);
    const merged = rolled(forms, { merges: [result.offers[0]?.accept ?? ["", ""]] });
    expect(merged.form.indicators).toHaveLength(1);
    expect(row(merged, "技能培训人数").actual.value).toBe("150");
  });

  test("two rows of one name in one form are not added up, but offered", () => {
    const form = project("甲", MONEY, [
      ["质量指标", "发放准确率", "=100%", "100%"],
      ["质量指标", "发放准确率", "=100%", "100%"],
    ]);
    const result = rolled([form]);
    expect(result.form.indicators).toHaveLength(2);
    expect(result.offers[0]?.says).toContain("同一张表");
  });
});

describe("refusals", () => {
  const base = project("甲", MONEY, [["数量指标", "培训人数", "≥100人", "120人"]]);
  const against = (target: string, actual: string) =>
    project("乙", OTHER, [["数量指标", "培训人数", target, actual]]);

  test.each([
    ["unit", against("≥50人次", "60人次"), "人次"],
    ["comparison", against("≤50人", "40人"), "方向相反"],
    ["comparison", against("=50人", "50人"), "比较号不同"],
    ["year", { ...against("≥50人", "60人"), year: 2023 }, "2023"],
    ["money-unit", { ...against("≥50人", "60人"), moneyUnit: null }, "金额单位"],
    ["money-unit", { ...against("≥50人", "60人"), moneyUnit: "美元" }, "美元"],
    ["kind", { ...against("≥50人", "60人"), kind: "monitoring" as const }, "绩效运行监控表"],
    ["template", { ...against("≥50人", "60人"), template: "hubei" }, "hubei"],
    ["same-form-twice", base, "出现了两次"],
  ])("%s", (code, form, says) => {
    const found = conflicts([base, form]).find((each) => each.code === code && each.says.includes(says));
    expect(found?.says).toContain("甲");
    expect(found?.remedy).not.toBe("");
  });

  test("names both projects, places and values", () => {
    const [found] = conflicts([base, against("≤50人", "40人")]);
    expect(found?.says).toBe("「培训人数」的方向相反：“甲”的年度指标值为“≥100人”，“乙”的年度指标值为“≤50人”");
    expect(found?.terms.map((term) => [term.project, term.at, term.text])).toEqual([
      ["甲", "indicators[0].target", "≥100人"],
      ["乙", "indicators[0].target", "≤50人"],
    ]);
  });

  test("lists everything at once", () => {
    const bad = { ...against("≤50人", "40人"), year: 2023, moneyUnit: null };
    expect(conflicts([base, bad]).map((each) => each.code)).toEqual(["year", "money-unit", "comparison"]);
  });

  test("rows kept apart are no conflict", () => {
    const result = rolled([base, against("≤50人", "40人")], { apart: ["培训人数"] });
    expect(result.form.indicators.map((each) => each.name)).toEqual(["培训人数（甲）", "培训人数（乙）"]);
  });

  test("differing time limits need a decision; the strictest can be asked for", () => {
    const forms = [
      project("甲", MONEY, [
        ["时效指标", "办结时限", "≤5个工作日", "4个工作日"],
        ["时效指标", "完成时间", "11月底", "达成指标"],
      ]),
      project("乙", OTHER, [
        ["时效指标", "办结时限", "≤3个工作日", "5个工作日"],
        ["时效指标", "完成时间", "10月底", "达成指标"],
      ]),
    ];
    expect(conflicts(forms).map((each) => each.code)).toEqual(["time-limit", "time-limit"]);
    const result = rolled(forms, { strictest: ["办结时限", "完成时间"] });
    expect(row(result, "办结时限").target.value).toBe("3");
    expect(row(result, "办结时限").actual.value).toBe("5");
    expect(row(result, "完成时间").target.text).toBe("10月底");
  });

  test("nothing at all", () => {
    expect(rollUp([])).toMatchObject({ kind: "refused", conflicts: [{ code: "nothing" }] });
  });
});

describe("points", () => {
  const rows = [
    ["数量指标", "次数", "≥1次", "1次"],
    ["质量指标", "合格率", "≥1%", "1%"],
    ["社会效益指标", "影响面", "扩大", "达成指标"],
  ] as const;

  test("follow the policy's level-1 points, what a missing level leaves is shared", () => {
    const result = rolled([project("甲", MONEY, rows), project("乙", OTHER, [])]);
    // 50 : 30 of 90, satisfaction being absent.
    expect(result.form.indicators.map((each) => each.points)).toEqual(["28.13", "28.12", "33.75"]);
    expect(result.form.totalPoints).toBe("100.00");
    expect(result.notes.find((note) => note.code === "rollup-points")?.says).toContain("满意度指标");
  });

  test("of a pack that sets none for cost count cost among the outputs", () => {
    const all = [
      ...rows,
      ["服务对象满意度指标", "受益人满意度", "≥1%", "1%"],
      ["经济成本指标", "成本", "≤1元", "1元"],
    ] as const;
    const { form } = rolled([project("甲", MONEY, all), project("乙", OTHER, [])]);
    expect(form.indicators.map((each) => [each.level1, each.points])).toEqual([
      ["成本指标", "16.67"],
      ["产出指标", "16.67"],
      ["产出指标", "16.66"],
      ["效益指标", "30.00"],
      ["满意度指标", "10.00"],
    ]);
  });

  test("by money follow the budgets of the projects that have the row", () => {
    const result = rolled([project("甲", MONEY, rows.slice(0, 1)), project("乙", OTHER, rows.slice(1, 2))], {
      points: "money",
    });
    expect(result.form.indicators.map((each) => each.points)).toEqual(["56.25", "33.75"]);
  });

  test("by weights want a weight for every row", () => {
    const forms = [project("甲", MONEY, rows.slice(0, 2)), project("乙", OTHER, [])];
    expect(conflicts(forms, { points: "weights", weights: { 次数: "2" } }).map((each) => each.says)).toEqual([
      "没有给出「合格率」的权重",
    ]);
    const result = rolled(forms, { points: "weights", weights: { 次数: "2", 合格率: "1" } });
    expect(result.form.indicators.map((each) => each.points)).toEqual(["60.00", "30.00"]);
  });
});

describe("what is told", () => {
  test("a form without points gets none", () => {
    const bare = (name: string) => {
      const form = project(name, MONEY, [["数量指标", "次数", "≥1次", "1次"]]);
      return {
        ...form,
        funds: form.funds.map((fund) => ({ ...fund, points: null })),
        indicators: form.indicators.map((each) => ({ ...each, points: null, score: null })),
        totalPoints: null,
      };
    };
    const { form } = rolled([bare("甲"), { ...bare("乙"), year: null }]);
    expect(row(rolled([bare("甲"), project("乙", OTHER, [])]), "次数").points).toBe("90.00");
    expect(form.indicators[0]).toMatchObject({ points: null, score: null });
    expect([form.funds[0]?.points, form.totalPoints, form.totalScore, form.grade]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  test("a choice that names no row", () => {
    const result = rolled([project("甲", MONEY, [["数量指标", "次数", "≥1次", "1次"]])], { apart: ["人数"] });
    expect(result.notes.map((note) => note.says)).toContain("指定分列的“人数”没有对应的指标，未起作用");
  });

  test("a bare 0.95 beside percentages is refused", () => {
    const [found] = conflicts([
      project("甲", MONEY, [["质量指标", "合格率", "≥95%", "96%"]]),
      project("乙", OTHER, [["质量指标", "合格率", "≥0.95", "0.97"]]),
    ]);
    expect(found).toMatchObject({ code: "unit" });
    expect(found?.says).toContain("是小数还是百分数");
  });

  test("ranks are never added", () => {
    const ranked = (name: string, target: string) =>
      project(name, MONEY, [["数量指标", "考核排名", target, "2名"]]);
    expect(conflicts([ranked("甲", "≤3名"), ranked("乙", "≤5名")])[0]?.says).toContain("名次不同");
    expect(row(rolled([ranked("甲", "≤3名"), ranked("乙", "≤3名")]), "考核排名").target.value).toBe("3");
  });

  test("sub-rows go with the rows they belong to and carry no points", () => {
    const form = (name: string, actual: string) => {
      const made = project(name, MONEY, [
        ["数量指标", "培训人数", "≥10人", "10人"],
        ["数量指标", "其中：女性", "≥4人", actual],
        ["数量指标", "巡查次数", "≥1次", "1次"],
      ]);
      return {
        ...made,
        indicators: made.indicators.map((each, at) =>
          at === 1 ? { ...each, parent: "r1", points: null } : each,
        ),
      };
    };
    const result = rolled([form("甲", "4人"), form("乙", "6人")]);
    expect(
      result.form.indicators.map((each) => [each.name, each.parent, each.actual.value, each.points]),
    ).toEqual([
      ["培训人数", null, "20", "45.00"],
      ["其中：女性", "r1", "10", null],
      ["巡查次数", null, "2", "45.00"],
    ]);
  });
});

describe("roll-ups of roll-ups", () => {
  const forms = ["甲", "乙", "丙"].map((name, index) =>
    project(name, ["1", "1", `${index + 1}`], [["质量指标", "合格率", "≥90%", `${90 + index}%`]]),
  );

  test("give what rolling all up at once gives, and keep the sources of sources", () => {
    const [first, second, third] = forms.map((form) => sourceOf(form));
    if (!first || !second || !third) throw new Error("three forms");
    const inner = rollUp([first, second], { name: "前两项" });
    if (inner.kind === "refused") throw new Error("refused");
    const outer = rollUp([sourceOfRollUp(inner), third], { name: "全部" });
    const flat = rollUp([first, second, third], { name: "全部" });
    if (outer.kind === "refused" || flat.kind === "refused") throw new Error("refused");
    expect(outer.form).toEqual(flat.form);
    expect(splitRollUp(outer)).toEqual([inner.form, forms[2]]);
    expect(outer.sources[0]?.parts.map((part) => part.form)).toEqual(forms.slice(0, 2));
  });

  test("a category form changed by hand is told: figures are taken from its sources", () => {
    const inner = rolled(forms.slice(0, 2), { name: "前两项" });
    const fund = inner.form.funds[0];
    if (!fund) throw new Error("no fund");
    const changed = { ...inner, form: { ...inner.form, funds: [{ ...fund, expenditure: "999" }] } };
    const third = forms[2];
    if (!third) throw new Error("three forms");
    const result = rollUp([sourceOfRollUp(changed), sourceOf(third)]);
    if (result.kind === "refused") throw new Error("refused");
    expect(result.form.funds[0]?.expenditure).toBe("6");
    expect(result.notes.find((note) => note.code === "rollup-edited")?.says).toContain("前两项");
  });
});
