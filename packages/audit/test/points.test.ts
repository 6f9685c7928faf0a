import { describe, expect, test } from "vitest";
import { type ExampleFund, type ExampleRow, exampleForm, withRows } from "../src/example-form.ts";
import { openDossier, RULES, reviewForm } from "../src/index.ts";

/** What the engine says about a form, by code. */
function codesOf(form: ReturnType<typeof exampleForm>): string[] {
  return reviewForm(openDossier(form), RULES).findings.map(({ code }) => code);
}

function reviewed(form: ReturnType<typeof exampleForm>) {
  return reviewForm(openDossier(form), RULES);
}

function found(form: ReturnType<typeof exampleForm>, rule: string) {
  return reviewed(form).findings.filter((finding) => finding.rule === rule);
}

function doubts(form: ReturnType<typeof exampleForm>, rule: string) {
  return reviewed(form).unclear.filter((doubt) => doubt.rule === rule);
}

describe("sums of points", () => {
  test("a row that prints no points leaves the sum open, and is a blank cell", () => {
    const form = exampleForm({
      rows: withRows({ 2: ["质量指标", "疫苗冷链达标率", "≥99%", "99.6%", null, "15"] }),
    });
    expect(found(form, "points-sum-mismatch")).toEqual([]);
    expect(doubts(form, "points-sum-mismatch")).toHaveLength(1);
    expect(found(form, "cell-blank")[0]?.figures).toMatchObject({ row: "疫苗冷链达标率", cells: "分值" });
  });

  test("sub-rows that split the points of their row are not counted twice", () => {
    const rows: ExampleRow[] = [
      ["数量指标", "新改建农村公路", "≥60公里", "63公里", "50", "50"],
      ["数量指标", "县道", "≥20公里", "21公里", "20", "20"],
      ["数量指标", "乡道", "≥40公里", "42公里", "30", "30"],
      ["社会效益指标", "通客车建制村比例", "≥98%", "99%", "30", "30"],
      ["服务对象满意度指标", "沿线群众满意度", "≥90%", "94%", "10", "10"],
    ];
    const form = exampleForm({ rows, patch: { 1: { parent: "r1" }, 2: { parent: "r1" } } });
    expect(found(form, "points-sum-mismatch")).toEqual([]);
    expect(found(form, "total-score-mismatch")).toEqual([]);
  });

  test("a form in which rows alone make up 100 and the total leaves execution out is asked about, not convicted", () => {
    const rows = withRows({ 6: ["服务对象满意度指标", "用水户满意度", "≥90%", "93%", "20", "20"] });
    const form = exampleForm({ rows, totalScore: "100" });
    const [finding] = found(form, "points-sum-mismatch");
    expect(finding?.force).toBe("should");
    expect(finding?.message).toContain("合计110分，应为100分");
    expect(found(form, "total-score-mismatch")).toEqual([]);
  });

  test("points lost in reading are left to a person", () => {
    const form = exampleForm({
      rows: withRows({}).slice(0, 6),
      totalScore: "89.50",
      notes: [{ level: "lost", code: "text-cut-off", says: "表尾没有读到", place: "indicators", at: null }],
    });
    expect(found(form, "points-sum-mismatch")).toEqual([]);
    expect(doubts(form, "points-sum-mismatch")[0]?.why).toContain("表尾没有读到");
  });
});

describe("a lost row", () => {
  const short = withRows({}).filter((_, index) => index !== 4);

  test("is said once beside the sum of points; the total is not reported again", () => {
    const form = exampleForm({ rows: short });
    const codes = codesOf(form);
    expect(codes).toContain("AR-60");
    expect(codes).toContain("AR-152");
    expect(codes).toContain("AR-153");
    expect(codes).not.toContain("AR-66");
  });

  test("is not claimed where less than the smallest row is lacking", () => {
    const form = exampleForm({
      rows: withRows({ 4: ["社会效益指标", "受益农村人口数", "≥8000人", "8630人", "12", "12"] }),
    });
    expect(codesOf(form)).not.toContain("AR-152");
    expect(found(form, "total-score-mismatch")[0]?.figures).toMatchObject({ sum: "96.5", printed: "99.5" });
  });
});

describe("scores against the policy", () => {
  const road = (actual: string, score: string, reason?: string): ExampleRow => [
    "数量指标",
    "森林抚育面积",
    "≥600亩",
    actual,
    "15",
    score,
    reason ?? null,
  ];

  test.each([
    ["超过分值", road("700亩", "16"), "score-out-of-range"],
    ["没达到却满分", road("480亩", "15"), "unmet-yet-full"],
    ["得分偏高", road("480亩", "14", "部分地块权属有争议，明年6月前完成。"), "score-differs-from-policy"],
    ["得分偏低", road("480亩", "6", "部分地块权属有争议，明年6月前完成。"), "unexplained-deduction"],
  ])("%s is one finding of one rule", (_, row, rule) => {
    const form = exampleForm({ rows: withRows({ 1: row }) });
    const marks = reviewed(form).findings.filter(({ code }) => /^AR-(?:23|63|64|65|69|71|150)$/.test(code));
    expect(marks.map((finding) => finding.rule)).toEqual([rule]);
  });

  test.each([
    ["比例得分", road("480亩", "12", "部分地块权属有争议，明年6月前完成。")],
    ["一位小数", road("470亩", "11.8", "部分地块权属有争议，明年6月前完成。")],
    ["取整", road("470亩", "12", "部分地块权属有争议，明年6月前完成。")],
  ])("%s is right", (_, row) => {
    const form = exampleForm({ rows: withRows({ 1: row }) });
    expect(codesOf(form).filter((code) => /^AR-(?:64|69|150)$/.test(code))).toEqual([]);
  });

  test("a target in ten thousands met by single units is met", () => {
    const form = exampleForm({
      rows: withRows({ 0: ["经济成本指标", "设备购置费", "≤95万元", "931000元", "10", "10"] }),
    });
    expect(codesOf(form).filter((code) => /^AR-(?:64|69|71|150)$/.test(code))).toEqual([]);
  });

  test("a row that reading was not sure of is left to a person", () => {
    const form = exampleForm({
      rows: withRows({ 1: road("480亩", "15") }),
      notes: [
        {
          level: "guessed",
          code: "row-doubtful",
          says: "这一行对应得不好",
          place: "indicators[1]",
          at: null,
        },
      ],
    });
    expect(found(form, "unmet-yet-full")).toEqual([]);
    expect(doubts(form, "unmet-yet-full")[0]?.why).toContain("这一行对应得不好");
  });
});

describe("costs above their limit", () => {
  test("full points for a cap that was broken are reported as that, not as over-fulfilment", () => {
    const form = exampleForm({
      rows: withRows({ 0: ["经济成本指标", "每床位改造成本", "≤3.2万元", "4.1万元", "10", "10"] }),
    });
    const at0 = reviewed(form).findings.filter(({ at }) => at[0]?.startsWith("indicators[0]"));
    expect(at0.map(({ code }) => code)).toEqual(["AR-71"]);
  });
});

describe("totals and grades", () => {
  test("a total rounded to a whole number is a hint", () => {
    const form = exampleForm({ totalScore: "100" });
    const [finding] = found(form, "total-score-mismatch");
    expect(finding?.force).toBe("hint");
  });

  test("without a printed execution score the recomputed one completes the total", () => {
    const fundRows: ExampleFund[] = [
      ["total", "年度资金总额", "98.00", "98.00", "93.10", "10", "95.00", null],
    ];
    expect(found(exampleForm({ fundRows }), "total-score-mismatch")).toEqual([]);
    expect(found(exampleForm({ fundRows, totalScore: "97.50" }), "total-score-mismatch")).toHaveLength(1);
  });

  test.each([
    ["89.99", "优", true],
    ["90.00", "优", false],
    ["79.99", "良好", true],
    ["60", "中等", false],
    ["59.99", "差", false],
    ["59.99", "合格", false],
  ])("%s分评为%s：%s", (totalScore, grade, wrong) => {
    expect(found(exampleForm({ totalScore, grade }), "grade-mismatch").length > 0).toBe(wrong);
  });
});

describe("a missed target with all points (AR-69)", () => {
  const missed = withRows({ 1: ["数量指标", "改造学校食堂数", "≥12个", "11个", "15", "15"] });

  test("is found though the project's library has a similar indicator", () => {
    const says = "“改造学校食堂数”与项目原有的指标相近但不相同，已作为新指标登记。";
    for (const code of ["identity-similar", "identity-ambiguous"]) {
      const notes = [{ level: "guessed" as const, code, says, place: "indicators[1]", at: null }];
      const form = exampleForm({ rows: missed, notes });
      expect(found(form, "unmet-yet-full"), code).toHaveLength(1);
      expect(doubts(form, "unmet-yet-full"), code).toEqual([]);
    }
  });

  test("is found though 个 stands for the unit of one side", () => {
    const at = (target: string, actual: string): number =>
      found(
        exampleForm({ rows: withRows({ 1: ["数量指标", "改造学校食堂数", target, actual, "15", "15"] }) }),
        "unmet-yet-full",
      ).length;
    expect(at("≥12个", "11所")).toBe(1);
    expect(at("≥12所", "11个")).toBe(1);
    expect(at("≥12个", "12所")).toBe(0);
    expect(at("≥12个", "11公里")).toBe(0);
    expect(at("≥12人", "11人次")).toBe(0);
  });

  test("is left to a person where the row itself was read with doubt", () => {
    const notes = [
      { level: "guessed" as const, code: "row-split", says: "按列拆分", place: "indicators[1]", at: null },
    ];
    expect(found(exampleForm({ rows: missed, notes }), "unmet-yet-full")).toEqual([]);
  });
});

describe("costs above their limit (AR-71)", () => {
  const cost = (actual: string, score: string) =>
    found(
      exampleForm({
        rows: withRows({ 0: ["经济成本指标", "管护成本控制额", "≤80万元", actual, "10", score] }),
      }),
      "over-cost-high-score",
    ).map(({ force }) => force);

  test("with all points must be corrected, with most of them should be explained", () => {
    expect(cost("104万元", "10")).toEqual(["must"]);
    expect(cost("104万元", "9")).toEqual(["should"]);
    expect(cost("82万元", "10")).toEqual(["should"]);
    expect(cost("79万元", "10")).toEqual([]);
  });
});

describe("times and words that fall short, with all points (AR-69)", () => {
  const says = (rule: string, level2: string, target: string, actual: string, reason: string | null = null) =>
    found(
      exampleForm({ rows: withRows({ 3: [level2, "工程完工情况", target, actual, "10", "10", reason] }) }),
      rule,
    ).length;

  test.each([
    ["2024年8月底前", "2024年10月15日", 1],
    ["8月底前完成", "9月1日完成", 1],
    ["2024年6月30日前", "2024.7.2", 1],
    ["2024年底前", "2025年1月", 1],
    ["上半年", "第三季度", 1],
    ["2024年8月底前", "2024年8月15日", 0],
    ["2024年10月底前", "2024年8月底", 0],
    ["2024年8月31日前", "8月", 0],
    ["2024年8月起", "2024年10月15日", 0],
    ["2024年8月底前", "按期完成", 0],
    ["2024年8月底前", "3月和10月分两批完成", 0],
  ])("%s, %s: %d", (target, actual, count) => {
    expect(says("late-yet-full", "时效指标", target, actual)).toBe(count);
  });

  test("a later day that was agreed to is no miss", () => {
    const reason = "征地受阻，经主管部门批准工期顺延至10月底。";
    expect(says("late-yet-full", "时效指标", "2024年8月底前", "2024年10月15日", reason)).toBe(0);
  });

  test.each([
    ["健全", "基本健全", 1],
    ["制度健全", "制度基本健全", 1],
    ["明显改善", "有所改善", 1],
    ["全面普及", "大部分普及", 1],
    ["好", "较好", 1],
    ["健全", "健全", 0],
    ["基本健全", "健全", 0],
    ["较好", "较好", 0],
    ["提高", "较上年提高", 0],
    ["提高", "明显提高", 0],
    ["提升基本公共服务水平", "提升基本公共服务水平", 0],
    ["健全", "达成指标", 0],
  ])("%s, %s: %d", (target, actual, count) => {
    expect(says("weaker-words-yet-full", "质量指标", target, actual)).toBe(count);
  });
});
