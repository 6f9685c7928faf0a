import { expect, test } from "vitest";
import { marksBeside } from "../src/features/reviews/marks-beside.ts";
import { queryOf, sortOf } from "../src/features/submissions/list-query.ts";
import { gapOf } from "../src/ui/gap.ts";

type Marks = Parameters<typeof marksBeside>[0];
type Mark = Marks["indicators"][number]["mark"];
type Form = NonNullable<Parameters<typeof marksBeside>[1]>;

const step = { says: "按完成率计分。", mechanism: "proportional", figures: {}, at: [], basis: ["第二十条"] };
const scored = (awarded: string): Mark => ({ kind: "scored", awarded, of: "10", steps: [step] });
const judged = (low: string, high: string): Mark => ({
  kind: "judgement",
  between: [low, high],
  of: "10",
  why: "定性指标",
  steps: [],
});
const row = (index: number, printed: string | null, mark: Mark) => ({
  at: `indicators[${index}].score`,
  name: `指标${index}`,
  points: "10",
  printed,
  mark,
});
const marks = (indicators: Marks["indicators"], execution: string | null = "10"): Marks => ({
  file: "",
  id: "",
  project: null,
  policy: { id: "national", version: "1", why: "" },
  execution: { at: "funds[0].score", printed: execution, mark: scored("10") },
  indicators,
  total: { kind: "notApplicable", why: "" },
  printed: { totalScore: null, grade: null },
  grade: null,
  possibleGrades: [],
  steps: [],
});

test("marks that the rules give otherwise are listed with both sides; equal ones and judgements within bounds are not", () => {
  const form = {
    indicators: [
      {
        target: { text: "≥95%" },
        actual: { text: "90%" },
        deviation: "开工较晚",
      },
      { target: { text: "10次" }, actual: { text: null }, deviation: null },
    ],
  } as unknown as Form;
  const { differing, tooHigh, tooLow, notCompared } = marksBeside(
    marks([row(0, "10", scored("9.47")), row(1, "3", judged("5", "8")), row(2, "10.00", scored("10"))]),
    form,
  );
  expect(differing).toEqual([
    {
      at: "indicators[1].score",
      name: "指标1",
      self: "3",
      rules: ["5", "8"],
      gap: "-2",
      unit: [{ of: "target", text: "10次" }],
      steps: [],
    },
    {
      at: "indicators[0].score",
      name: "指标0",
      self: "10",
      rules: ["9.47", "9.47"],
      gap: "0.53",
      unit: [
        { of: "target", text: "≥95%" },
        { of: "actual", text: "90%" },
        { of: "deviation", text: "开工较晚" },
      ],
      steps: [step],
    },
  ]);
  expect([tooHigh, tooLow]).toEqual([
    { rows: 1, points: "0.53" },
    { rows: 1, points: "2" },
  ]);
  expect(notCompared).toBe(0);
  expect(marksBeside(marks([row(0, "7", judged("5", "8"))]), null).differing).toEqual([]);
});

test("the execution of the budget is compared too, and is no indicator", () => {
  expect(marksBeside(marks([], "9"), null).differing).toMatchObject([{ name: null, self: "9", gap: "-1" }]);
});

test("a blank mark and a row without a rule are counted as not compared, never taken as nought", () => {
  const missing: Mark = { kind: "missing", what: "实际完成值未填", of: "10", steps: [] };
  const none: Mark = { kind: "notApplicable", why: "不计分", basis: [] };
  const { differing, notCompared } = marksBeside(
    marks([row(0, null, scored("0")), row(1, "10", missing), row(2, "10", none)]),
    null,
  );
  expect(differing).toEqual([]);
  expect(notCompared).toBe(2);
  // A form without any mark: nothing was compared, so nothing agrees either.
  expect(marksBeside(marks([row(0, null, scored("0"))], null), null)).toEqual({
    differing: [],
    tooHigh: { rows: 0, points: "0" },
    tooLow: { rows: 0, points: "0" },
    compared: 0,
    notCompared: 2,
  });
});

test("a gap is exact, signed, nought within the bounds and unknown where a figure is", () => {
  expect(gapOf("94.09", ["84.09", "84.09"])).toBe("10");
  expect(gapOf("80", ["84.09", "90"])).toBe("-4.09");
  expect(gapOf("88", ["84", "90"])).toBe("0");
  expect(gapOf(null, ["0", "0"])).toBeNull();
  expect(gapOf("90", ["84", null])).toBeNull();
});

test("an address says what a list asks for; an unknown order is the usual one", () => {
  const from = (address: string) => {
    const search = new URLSearchParams(address);
    return queryOf((name) => search.get(name) ?? undefined);
  };
  expect(from("q=学校&state=draft&sort=risk&unknown=1")).toEqual({ q: "学校", state: "draft", sort: "risk" });
  expect(from("")).toEqual({ sort: "updated" });
  expect(sortOf("toString")).toBe("updated");
});
