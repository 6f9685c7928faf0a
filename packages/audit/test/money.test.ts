import { describe, expect, test } from "vitest";
import { type ExampleFund, exampleForm } from "../src/example-form.ts";
import { openDossier, RULES, reviewForm } from "../src/index.ts";

function reviewed(form: ReturnType<typeof exampleForm>) {
  return reviewForm(openDossier(form), RULES);
}

function found(form: ReturnType<typeof exampleForm>, rule: string) {
  return reviewed(form).findings.filter((finding) => finding.rule === rule);
}

function total(
  adjusted: string | null,
  spent: string | null,
  rate: string | null,
  score: string | null,
  initial: string | null = adjusted,
): ExampleFund[] {
  return [["total", "年度资金总额", initial, adjusted, spent, "10", rate, score]];
}

describe("the printed rate", () => {
  test.each([
    ["四舍五入", "97.27"],
    ["截断", "97.26"],
    ["差0.01", "97.28"],
    ["一位小数", "97.3"],
    ["取整", "97"],
  ])("%s is right", (_, rate) => {
    const form = exampleForm({ fundRows: total("36.60", "35.60", rate, "9.73"), totalScore: "99.73" });
    expect(reviewed(form).findings.filter(({ code }) => ["AR-22", "AR-156"].includes(code))).toEqual([]);
  });

  test.each([
    ["97.72", "AR-156"],
    ["97.20", "AR-156"],
    ["87.27", "AR-156"],
    ["100.00", "AR-22"],
    ["0.97", "AR-22"],
  ])("%s is wrong (%s)", (rate, code) => {
    const form = exampleForm({ fundRows: total("36.60", "35.60", rate, "9.73"), totalScore: "99.73" });
    const codes = reviewed(form).findings.map((finding) => finding.code);
    expect(codes.filter((each) => ["AR-22", "AR-156"].includes(each))).toEqual([code]);
  });

  test("rows with the same figures and the same slip are one finding with all its places", () => {
    const form = exampleForm({
      fundRows: [
        ["total", "年度资金总额", "246.50", "246.50", "233.33", "10", "94.16", "9.42"],
        ["current-appropriation", "其中：当年财政拨款", "246.50", "246.50", "233.33", null, "94.16", null],
      ],
      totalScore: "99.42",
    });
    const findings = reviewed(form).findings.filter(({ force }) => force === "must");
    expect(findings.map(({ code }) => code)).toEqual(["AR-156", "AR-157"]);
    expect(findings[0]?.at).toEqual(["funds[0].executionRate", "funds[1].executionRate"]);
    expect(findings[1]?.message).toContain("应为99.47分");
  });
});

describe("an amount in the text against a table in another unit", () => {
  const wrong = (unit: string, text: string): number =>
    reviewed({
      ...exampleForm({
        achieved: text,
        fundRows: total("36.60", "35.60", "97.27", "9.73"),
        totalScore: "99.73",
      }),
      moneyUnit: unit,
    }).findings.filter(({ rule }) => rule === "text-amount-differs").length;
  test.each([
    ["百万元", "全年支出3560万元，维护供水管道126公里。", 0],
    ["百万元", "全年支出3120万元，维护供水管道126公里。", 1],
    ["千万元", "全年支出3.56亿元，维护供水管道126公里。", 0],
    // What a table in millions rounds away, the text may state.
    ["百万元", "全年支出3560.4万元，维护供水管道126公里。", 0],
    ["（万元）", "全年支出31.2万元，维护供水管道126公里。", 1],
    ["不详", "全年支出31.2万元，维护供水管道126公里。", 0],
  ])("%s: %s", (unit, text, findings) => {
    expect(wrong(unit, text)).toBe(findings);
  });
});

describe("blank is not 0", () => {
  const rows = (other: string | null): ExampleFund[] => [
    ["total", "年度资金总额", "98.00", "98.00", "93.10", "10", "95.00", "9.50"],
    ["current-appropriation", "当年财政拨款", "90.00", "90.00", "85.10", null, "94.56", null],
    ["other", "其他资金", other, other, other],
  ];

  test("a blank source leaves the sum open", () => {
    const form = exampleForm({ fundRows: rows(null) });
    expect(found(form, "fund-sources-sum")).toEqual([]);
    const doubts = reviewed(form).unclear.filter(({ rule }) => rule === "fund-sources-sum");
    expect(doubts.map(({ at }) => at[0])).toEqual([
      "funds[0].initialBudget",
      "funds[0].adjustedBudget",
      "funds[0].expenditure",
    ]);
  });

  test("a printed 0.00 does not", () => {
    expect(found(exampleForm({ fundRows: rows("0.00") }), "fund-sources-sum")).toHaveLength(1);
    expect(found(exampleForm({ fundRows: rows("8.00") }), "fund-sources-sum")).toEqual([]);
  });

  test("an empty budget is no rate of 0 and no full score", () => {
    expect(found(exampleForm({ fundRows: total(null, "0", "0", "0") }), "rate-without-budget")).toHaveLength(
      1,
    );
    expect(
      found(exampleForm({ fundRows: total("0", "0", "100", "10") }), "rate-without-budget"),
    ).toHaveLength(1);
    expect(found(exampleForm({ fundRows: total("0", "0", null, null) }), "rate-without-budget")).toEqual([]);
  });
});

describe("money in two units", () => {
  test("is one finding: neither the rate nor the overspending nor the sum is reported beside it", () => {
    const form = exampleForm({
      fundRows: [
        ["total", "年度资金总额", "98.00", "98.00", "931000", "10", "95.00", "9.50"],
        ["current-appropriation", "当年财政拨款", "98.00", "98.00", "93.10", null, "95.00", null],
      ],
    });
    expect(reviewed(form).findings.map(({ code }) => code)).toEqual(["AR-28"]);
  });

  test("a source in yuan beside others in ten thousands is named", () => {
    const form = exampleForm({
      fundRows: [
        ["total", "总额", "300.00", "300.00", "270.00", "10", "90.00", "9.00"],
        ["central", "中央补助", "200.00", "200.00", "190.00"],
        ["county", "县级配套", "1000000", "1000000", "800000"],
      ],
      totalScore: "99.00",
    });
    const [finding, ...others] = found(form, "money-unit-slip");
    expect(finding?.at[0]).toBe("funds[2].initialBudget");
    expect(others).toEqual([]);
    expect(found(form, "fund-sources-sum")).toEqual([]);
  });
});

describe("levels of government", () => {
  const split = (sources: readonly (readonly [string, string, string])[]): ExampleFund[] => [
    ["total", "总额", "100", "100", "95", "10", "95", "9.5"],
    ...sources.map(([source, label, value]): ExampleFund => [source, label, value, value, null]),
  ];

  test.each([
    [
      "级次并列",
      [
        ["central", "中央补助", "60"],
        ["province", "省级", "30"],
        ["county", "县级", "10"],
      ],
    ],
    [
      "级次在拨款之下",
      [
        ["current-appropriation", "财政拨款", "90"],
        ["central", "其中：中央", "60"],
        ["county", "县级", "30"],
        ["other", "其他", "10"],
      ],
    ],
    [
      "按支出性质再分一次",
      [
        ["current-appropriation", "一般公共预算", "100"],
        ["basic-expenditure", "基本支出", "40"],
        ["project-expenditure", "项目支出", "60"],
      ],
    ],
  ] as const)("%s adds up", (_, sources) => {
    expect(found(exampleForm({ fundRows: split(sources) }), "fund-sources-sum")).toEqual([]);
  });

  test("neither reading adds up", () => {
    const sources = [
      ["current-appropriation", "财政拨款", "90"],
      ["central", "其中：中央", "60"],
      ["other", "其他", "20"],
    ] as const;
    expect(found(exampleForm({ fundRows: split(sources) }), "fund-sources-sum")).toHaveLength(1);
  });
});

describe("low execution", () => {
  const low = { fundRows: total("98.00", "39.20", "40.00", "4.00"), totalScore: "94.00" } as const;

  test("is one finding for rate, outputs and the lamp; the grade is asked about apart", () => {
    const codes = reviewed(exampleForm(low)).findings.map(({ code }) => code);
    expect(codes.filter((code) => ["AR-25", "AR-33", "AR-34"].includes(code))).toEqual(["AR-25"]);
    expect(codes).toContain("AR-154");
  });

  test("an explanation leaves the question of full outputs", () => {
    const form = exampleForm({
      ...low,
      deviation: "设备分两年付款，第二笔58.8万元按合同于次年支付，资金未支付完毕。",
    });
    const codes = reviewed(form).findings.map(({ code }) => code);
    expect(codes.filter((code) => ["AR-25", "AR-33", "AR-34"].includes(code))).toEqual(["AR-33"]);
  });

  test("the form's own instruction beside the money explains nothing", () => {
    const form = exampleForm(low);
    const fund = form.funds[0];
    if (!fund) throw new Error("no fund row");
    const instructed = { ...form, funds: [{ ...fund, deviation: "执行率低于90%的须说明原因（100字以内）" }] };
    expect(found(instructed, "low-execution-unexplained")).toHaveLength(1);
    const explained = { ...form, funds: [{ ...fund, deviation: "设备招标流标两次，款项结转下年支付" }] };
    expect(found(explained, "low-execution-unexplained")).toEqual([]);
  });
});

describe("amounts in the text", () => {
  test.each([
    ["2024年全年预算数98万元，全年执行数93.1万元。", 0],
    ["本项目全年支出931,000元，用于校舍修缮。", 0],
    ["本项目全年支出95.1万元，用于校舍修缮。", 1],
    ["全年支出约93万元。", 0],
    ["其中图书购置支出12.6万元。", 0],
    ["上年度项目支出120万元。", 0],
    ["预算执行率达到95%。", 0],
    ["预算执行率达到85%。", 1],
  ])("%s → %i", (achieved, count) => {
    expect(found(exampleForm({ achieved }), "text-amount-differs")).toHaveLength(count);
  });
});
