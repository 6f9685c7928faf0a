import { NO_MEASURE, parseMeasure } from "@jiheng/domain";
import { describe, expect, test } from "vitest";
import { blankForm, carryIdentities, KINDS, startFrom } from "../src/index.ts";
import { form, fund, row } from "./forms.ts";

const measure = (text: string) => parseMeasure(text).measure;
const start = { id: "new", year: 2025 };

const declared = form({
  kind: "target-declaration",
  template: "target-declaration",
  year: 2025,
  funds: [
    fund({ adjustedBudget: null, expenditure: null, executionRate: null, score: null, points: null }),
    fund({ source: "other", label: "其他资金", points: null }),
  ],
  goals: [
    { name: null, expected: "办好培训", adjusted: null, achieved: null, points: null, score: null },
    { name: "中期目标", expected: "三年办好", adjusted: null, achieved: null, points: null, score: null },
  ],
  fields: [
    { label: "项目属性", text: "延续性项目" },
    { label: "中期资金总额", text: "300.00" },
    { label: "中期指标值：指标a", text: "≥300人次" },
  ],
});

describe("a self-evaluation from approved targets", () => {
  const { form: started } = startFrom("self-evaluation", declared, start);

  test("keeps rows, targets and points, and leaves blank what is to be reported", () => {
    expect(started).toMatchObject({
      id: "new",
      kind: "project-self-evaluation",
      template: "national",
      year: 2025,
    });
    expect(started.indicators.map(({ id }) => id)).toEqual(["a", "b", "c"]);
    for (const [index, one] of started.indicators.entries())
      expect(one).toEqual({
        ...declared.indicators[index],
        actual: NO_MEASURE,
        score: null,
        deviation: null,
      });
    expect(started.goals.map(({ name }) => name)).toEqual([null]);
    expect(started.fields).toEqual([]);
  });

  test("has the four sources of money, and no figure until the ledger gives it", () => {
    expect(started.funds.map(({ label }) => label)).toEqual([
      "年度资金总额",
      "其中：当年财政拨款",
      "上年结转资金",
      "其他资金",
    ]);
    for (const one of started.funds)
      expect([one.initialBudget, one.adjustedBudget, one.expenditure, one.executionRate]).toEqual([
        null,
        null,
        null,
        null,
      ]);
  });

  test("rows of money of another layout are kept as they are", () => {
    const source = form({ funds: [fund({ source: "central", label: "中央补助" })] });
    expect(startFrom("self-evaluation", source, start).form.funds.map(({ label }) => label)).toEqual([
      "中央补助",
    ]);
  });
});

describe("adjusting approved targets", () => {
  test("never loses the one approved first, however often they are adjusted", () => {
    const once = startFrom("adjustment", declared, start).form;
    expect(once.indicators[0]?.initialTarget).toEqual(measure("≥100人次"));
    const changed = {
      ...once,
      indicators: once.indicators.map((one) => ({ ...one, target: measure("≥80人次") })),
    };
    const twice = startFrom("adjustment", changed, { id: "second", year: 2025 }).form;
    expect(twice.indicators[0]).toMatchObject({ target: { value: "80" }, initialTarget: { value: "100" } });
    const evaluated = startFrom("self-evaluation", twice, start).form;
    expect(evaluated.indicators[0]).toMatchObject({
      target: { value: "80" },
      initialTarget: { value: "100" },
    });
  });

  test("a target left as it was shows no second one in the self-evaluation", () => {
    const adjusted = startFrom("adjustment", declared, start).form;
    expect(startFrom("self-evaluation", adjusted, start).form.indicators[0]?.initialTarget).toBeNull();
  });

  test("an adjusted goal is the one evaluated", () => {
    const adjusted = form({
      goals: [{ name: null, expected: "旧", adjusted: "新", achieved: null, points: null, score: null }],
      goal: { expected: "旧", achieved: null },
    });
    const { form: started } = startFrom("self-evaluation", adjusted, start);
    expect([started.goal.expected, started.goals[0]?.expected]).toEqual(["新", "新"]);
  });
});

test("a declaration from last year's keeps targets as a start and results as history", () => {
  const lastYear = {
    ...declared,
    year: 2024,
    indicators: [
      row("a", { actual: measure("120人次"), score: "9", deviation: "略", initialTarget: measure("1人次") }),
    ],
  };
  const { form: started, history } = startFrom("target-declaration", lastYear, start);
  expect(started.year).toBe(2025);
  expect(started.indicators[0]).toMatchObject({
    id: "a",
    target: { text: "≥100人次" },
    initialTarget: null,
    actual: NO_MEASURE,
    score: null,
    deviation: null,
  });
  expect(history).toEqual({
    a: {
      year: 2024,
      target: measure("≥100人次"),
      actual: measure("120人次"),
      points: "10",
      score: "9",
    },
  });
  expect(started.fields).toEqual([
    { label: "项目属性", text: "延续性项目" },
    { label: "中期资金总额", text: null },
    { label: "中期指标值：指标a", text: "≥300人次" },
  ]);
});

test("every kind keeps the goals its rows belong to", () => {
  const goal = { name: null, adjusted: null, achieved: "已完成", points: "50", score: "40" };
  const source = form({
    goals: ["一", "二"].map((expected) => ({ ...goal, expected })),
    indicators: [row("a"), row("b", { goal: 1 })],
  });
  for (const kind of KINDS) {
    const { goals, indicators } = startFrom(kind, source, start).form;
    expect(
      goals.map(({ name, expected }) => name ?? expected),
      kind,
    ).toEqual(kind === "target-declaration" ? ["一", "二", "中期目标"] : ["一", "二"]);
    expect(indicators[1]?.goal).toBe(1);
    if (kind !== "review")
      expect(goals.every(({ achieved, score }) => achieved === null && score === null)).toBe(true);
  }
});

test("a review sheet has the unit's figures and room for the reviewer's own", () => {
  const self = form({
    indicators: [row("a", { actual: measure("120人次"), score: "9", reviewScore: "3" })],
    totalScore: "92",
  });
  const { form: sheet } = startFrom("review", self, start);
  expect(sheet).toMatchObject({ kind: "review", template: "review", totalScore: null, funds: self.funds });
  expect(sheet.indicators[0]).toMatchObject({
    id: "a",
    score: "9",
    actual: { value: "120" },
    reviewScore: null,
  });
  expect(sheet.fields).toEqual(
    ["复核完成值：指标a", "复核说明：指标a", "复核结论", "复核人"].map((label) => ({ label, text: null })),
  );
});

test("nothing started carries notes, origins or marks of its source", () => {
  const source = form({
    totalScore: "90",
    grade: "优",
    notes: [{ level: "lost", code: "c", says: "说明", place: null, at: null }],
    origins: { totalScore: { raw: "90", at: { line: 1, column: 1 } } },
  });
  for (const kind of KINDS) {
    const { form: started } = startFrom(kind, source, start);
    expect(started).toMatchObject({ notes: [], origins: {}, totalScore: null, grade: null });
  }
});

test("a blank form has rows of money and no figure", () => {
  const { project, projectCode, department, departmentCode, unit, unitCode, jurisdiction } = form();
  const head = { project, projectCode, department, departmentCode, unit, unitCode, jurisdiction };
  const blank = blankForm("self-evaluation", head, { ...start, moneyUnit: "元" });
  expect(blank).toMatchObject({ project, unit, year: 2025, moneyUnit: "元", indicators: [] });
  expect(blank.funds).toHaveLength(4);
});

describe("identities of rows read from a file", () => {
  const ids = () => {
    let count = 0;
    return () => `new-${++count}`;
  };
  const known = (id: string, name: string, level2 = "数量指标") => ({ id, level1: "产出指标", level2, name });

  test("are the project's where level and name are the same but for notation", () => {
    const read = form({
      indicators: [
        row("row-1", { level1: "产出", level2: "数量", name: "培训 人次（线下）" }),
        row("row-2", { parent: "row-1", name: "其中：女性" }),
      ],
    });
    const carried = carryIdentities([known("k1", "培训人次(线下)"), known("k2", "其中:女性")], read, ids());
    expect(carried.form.indicators.map(({ id, parent }) => [id, parent])).toEqual([
      ["k1", null],
      ["k2", "k1"],
    ]);
    expect([carried.notes, carried.fresh]).toEqual([[], []]);
  });

  test("are new where nothing fits, without a word", () => {
    const carried = carryIdentities(
      [known("k1", "购置设备")],
      form({ indicators: [row("r", { name: "培训人次" })] }),
      ids(),
    );
    expect(carried.form.indicators[0]?.id).toBe("new-1");
    expect([carried.notes, carried.fresh]).toEqual([[], ["new-1"]]);
  });

  test("are never guessed: several that fit, or one that is only alike, make a new one and a note", () => {
    const twice = [known("k1", "培训人次"), known("k2", "培训人次")];
    const read = form({ indicators: [row("r", { name: "培训人次" })] });
    expect(carryIdentities(twice, read, ids())).toMatchObject({
      fresh: ["new-1"],
      notes: [{ code: "identity-ambiguous", level: "guessed", place: "indicators[0]" }],
    });
    // Of the form that is replaced, the row is known: what hangs on it stays with it.
    const replaced = form({ indicators: [row("k2", { name: "培训人次" })] });
    const kept = carryIdentities(twice, read, ids(), replaced);
    expect([kept.form.indicators[0]?.id, kept.notes, kept.fresh]).toEqual(["k2", [], []]);
    const both = form({ indicators: [row("k1", { name: "培训人次" }), row("k2", { name: "培训人次" })] });
    expect(carryIdentities(twice, read, ids(), both).fresh).toEqual(["new-1"]);
    const twins = form({ indicators: [row("r", { name: "培训人次" }), row("s", { name: "培训人次" })] });
    expect(carryIdentities([known("k1", "培训人次")], twins, ids())).toMatchObject({
      fresh: ["new-1", "new-2"],
      notes: [{ code: "identity-ambiguous" }, { code: "identity-ambiguous" }],
    });
    const moved = [known("k1", "培训人次", "质量指标")];
    expect(carryIdentities(moved, read, ids())).toMatchObject({
      fresh: ["new-1"],
      notes: [{ code: "identity-similar", says: expect.stringContaining("“质量指标·培训人次”") }],
    });
    const alike = [known("k1", "开展技能培训人次")];
    const reworded = form({ indicators: [row("r", { name: "技能培训人次" })] });
    expect(carryIdentities(alike, reworded, ids()).notes).toMatchObject([{ code: "identity-similar" }]);
  });
});
