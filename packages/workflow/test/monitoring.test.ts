import { decimal, parseMeasure } from "@jiheng/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  executionAlert,
  goalLamp,
  indicatorLamp,
  isFarApart,
  type Lit,
  moneyLamp,
  projectedForm,
} from "../src/index.ts";
import { form, fund, row } from "./forms.ts";

const measure = (text: string) => parseMeasure(text).measure;
const money = (expenditure: string | null, adjustedBudget: string | null = "120") =>
  form({ funds: [fund({ adjustedBudget, initialBudget: null, expenditure })] });
const one = (target: string, actual: string, more = {}) =>
  row("a", { target: measure(target), actual: measure(actual), ...more });
const lampOf = (lit: Lit) => (lit.kind === "lit" ? lit.lamp : lit.why);

describe("the lamp of money", () => {
  // 120 a year are 10 a month: in July 70 are due, 42 are 60 % of them, 56 are 80 %.
  test.each([
    ["41.99", "red"],
    ["42.00", "yellow"],
    ["55.99", "yellow"],
    ["56", "green"],
    ["0", "red"],
    ["500", "green"],
  ])("%s spent of 120 by July is %s", (spent, lamp) => {
    expect(lampOf(moneyLamp(money(spent), 7))).toBe(lamp);
  });

  test("is not lit where a figure is missing: a blank is not 0", () => {
    expect(moneyLamp(money(null), 7)).toEqual({ kind: "unjudged", why: "执行数未填，不能判断资金进度。" });
    expect(moneyLamp(money("10", null), 7).kind).toBe("unjudged");
    expect(moneyLamp(money("10", "0.00"), 7).kind).toBe("unjudged");
    expect(moneyLamp(money("10"), 13).kind).toBe("unjudged");
    expect(moneyLamp(form({ funds: [] }), 7).kind).toBe("unjudged");
  });

  test("says how far it is, and on what that rests", () => {
    expect(moneyLamp(money("50"), 7)).toMatchObject({
      percent: "71.43",
      says: "执行进度为7个月应达进度的71.43%",
      basis: { instrument: "provincial", clause: "资金灯" },
    });
  });
});

describe("the lamp of an indicator", () => {
  test.each([
    ["≥120人次", "41人次", "red"],
    ["≥120人次", "42人次", "yellow"],
    ["≥120人次", "56人次", "green"],
    ["≥120人次", "83.9人次", "green"],
    ["≥120人次", "84人次", "blue"],
    ["120人次", "84人次", "blue"],
    ["≤20次", "20次", "green"],
    ["≤20次", "20.01次", "red"],
    ["<20次", "20次", "red"],
    ["≤5000万元", "4999.99万元", "green"],
  ])("%s with %s by July is %s", (target, actual, lamp) => {
    expect(lampOf(indicatorLamp(one(target, actual), 7))).toBe(lamp);
  });

  test("what does not add up over the year is held against the whole target", () => {
    // In proportion to seven months 95 % would be 163 % of what is due.
    expect(lampOf(indicatorLamp(one("≥95%", "95%"), 7))).toBe("green");
    expect(lampOf(indicatorLamp(one("≥95%", "50%"), 7))).toBe("red");
    expect(lampOf(indicatorLamp(one("≥90分", "90分", { level1: "满意度指标" }), 1))).toBe("green");
  });

  test("hours of opening are held against the months as events are: the same progress, the same lamp", () => {
    const open = { name: "场馆开放总时长", level1: "产出指标", level2: "数量指标" };
    const hours = indicatorLamp(one("≥2000小时", "980小时", open), 7);
    const events = indicatorLamp(one("≥200场次", "98场次", { ...open, name: "举办赛事场次" }), 7);
    expect(hours).toEqual(events);
    expect(hours).toMatchObject({ lamp: "green", says: "完成进度为7个月应达进度的84.00%" });
    const length = { ...open, level1: "效益指标", level2: "社会效益指标", name: "累计服务时长" };
    expect(lampOf(indicatorLamp(one("≥2000小时", "980小时", length), 7))).toBe("green");
  });

  test("how soon and how much each do not grow with the months, and the sentence says so", () => {
    const soon = { name: "应急响应时间", level1: "产出指标", level2: "质量指标" };
    expect(indicatorLamp(one("≥24小时", "12小时", soon), 7)).toMatchObject({
      lamp: "red",
      says: "完成进度为全年指标的50.00%（不随月份累计，按全年指标值比）",
    });
    const each = { name: "人均培训课时", level1: "产出指标", level2: "数量指标" };
    expect(lampOf(indicatorLamp(one("≥10课时", "10课时", each), 1))).toBe("green");
    expect(lampOf(indicatorLamp(one("≥30人", "30人", { ...each, name: "平均每场参加人数" }), 1))).toBe(
      "green",
    );
  });

  test.each([
    ["全部完成", "全部完成", "指标值是文字"],
    ["≥100人", "", "完成值未填"],
    ["≥100人", "正在统计", "完成值不是数字"],
    ["", "100人", "没有指标值"],
    ["≥100人", "1万人", "单位"],
    ["=0起", "0起", "指标值为0"],
  ])("%s with “%s” is not judged, and says why", (target, actual, why) => {
    const lit = indicatorLamp(one(target, actual), 7);
    expect(lit).toMatchObject({ kind: "unjudged", why: expect.stringContaining(why) });
  });
});

test("any red makes the goal red, and what could not be judged is counted", () => {
  const lit = (lamp: "red" | "yellow" | "green" | "blue") =>
    indicatorLamp(one("≥120次", { red: "1次", yellow: "45次", green: "60次", blue: "120次" }[lamp]), 7);
  const unjudged = indicatorLamp(one("合格", "合格"), 7);
  expect(goalLamp([lit("blue"), lit("red"), unjudged])).toMatchObject({
    lamp: "red",
    counts: { red: 1, yellow: 0, green: 0, blue: 1 },
    unjudged: 1,
    says: "有1项红灯，目标为红灯，应下达整改通知并反馈。另有1项不能判断。",
  });
  expect(goalLamp([lit("yellow"), lit("green")]).lamp).toBe("yellow");
  expect(goalLamp([lit("blue"), lit("green")]).lamp).toBe("green");
  expect(goalLamp([unjudged]).lamp).toBeNull();
});

describe("alerts of a place", () => {
  test.each([
    [3, "0", "unjudged"],
    [4, "29.99", "alert"],
    [4, "30", "in-order"],
    [5, "29.99", "alert"],
    [6, "47.99", "alert"],
    [7, "48", "in-order"],
    [8, "71.9", "alert"],
    [12, "95.9", "alert"],
    [12, "96", "in-order"],
  ])("by month %i with %s of 120 spent: %s", (month, spent, kind) => {
    expect(executionAlert(money(spent), month, "sichuan").kind).toBe(kind);
  });

  test("a place without such a rule judges nothing", () => {
    expect(executionAlert(money("1"), 8, "elsewhere").kind).toBe("unjudged");
    expect(executionAlert(money(null), 8, "sichuan").kind).toBe("unjudged");
  });

  test("results and money more than ten points apart", () => {
    expect(isFarApart(decimal("50"), decimal("60.00"))).toBe(false);
    expect(isFarApart(decimal("50"), decimal("60.01"))).toBe(true);
    expect(isFarApart(decimal("70.5"), decimal("60"))).toBe(true);
  });
});

describe("the form at the end of the year", () => {
  const monitored = form({
    kind: "monitoring",
    template: "monitoring",
    funds: [fund({ adjustedBudget: null, initialBudget: "120", expenditure: "63" })],
    indicators: [
      one("≥120人次", "56人次"),
      row("b", { target: measure("≤100万元"), actual: measure("70.00万元"), level1: "成本指标" }),
      row("c", { target: measure("≥95%"), actual: measure("90%") }),
      row("d", { target: measure("合格"), actual: measure("合格") }),
      row("e", { target: measure("≥10次") }),
    ],
  });
  const projection = projectedForm(monitored, 7);

  test("goes on as it did, within bounds", () => {
    if (projection.kind !== "projected") throw new Error(projection.why);
    expect(projection.rows.map(({ how, low, expected, high }) => [how, low, expected, high])).toEqual([
      ["in-proportion", "56", "96", "120"],
      ["in-proportion", "120.00", "120.00", "70.00"],
      ["as-it-is", "90", "90", "95"],
      ["unknown", null, null, null],
      ["unknown", null, null, null],
    ]);
    expect(projection.expected.funds[0]).toMatchObject({
      adjustedBudget: "120",
      expenditure: "108.00",
      executionRate: "90.00",
    });
    expect([projection.low.funds[0]?.expenditure, projection.high.funds[0]?.expenditure]).toEqual([
      "63",
      "120",
    ]);
  });

  test("keeps what a person has to judge as it is, and invents nothing for a blank", () => {
    if (projection.kind !== "projected") throw new Error(projection.why);
    expect(projection.expected.indicators[3]?.actual).toEqual(measure("合格"));
    expect(projection.expected.indicators[4]?.actual.value).toBeNull();
    expect(projection.rows[4]?.says).toBe("完成值未填，不推算。");
    expect(projection.assumptions.length).toBeGreaterThan(3);
  });

  test("does not reach a target by rounding", () => {
    const near = projectedForm(form({ indicators: [one("≥12次", "6.99次")] }), 7);
    expect(near.kind === "projected" && near.expected.indicators[0]?.actual.value).toBe("11.98");
    const whole = projectedForm(form({ indicators: [one("≥12次", "5次")] }), 7);
    expect(whole.kind === "projected" && whole.expected.indicators[0]?.actual.value).toBe("8");
  });

  test("never spends more than the budget, unless that is spent already", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 30_000 }),
        fc.integer({ min: 1, max: 30_000 }),
        (month, spent, budget) => {
          const of = money((spent / 100).toFixed(2), (budget / 100).toFixed(2));
          const projected = projectedForm(of, month);
          if (projected.kind !== "projected") throw new Error(projected.why);
          const value = ({ funds }: typeof of) => Math.round(Number(funds[0]?.expenditure) * 100);
          const [low, expected, high] = [projected.low, projected.expected, projected.high].map(value);
          expect(low).toBe(spent);
          expect(expected).toBeGreaterThanOrEqual(spent);
          expect(expected).toBeLessThanOrEqual(Math.max(spent, budget));
          expect(high).toBe(Math.max(spent, budget));
        },
      ),
    );
    expect(projectedForm(monitored, 0).kind).toBe("unprojected");
  });
});
