import { cleanForm } from "@jiheng/specimens";
import { applyEdits } from "@jiheng/workflow";
import { describe, expect, test } from "vitest";
import {
  doubtsOf,
  lineOf,
  placeFor,
  placesOf,
  rowOf,
  scaleOf,
  type Usage,
  usualComparison,
  usualTarget,
} from "../src/features/indicators/usage.ts";

const quantiles = { low: "80", quarter: "90", middle: "95.0", threeQuarters: "98", high: "100" };
const usage = (change: Partial<Usage> = {}): Usage => ({
  ...{
    name: "验收合格率",
    level1: "产出指标",
    level2: "质量指标",
    unit: "%",
    rows: 30,
    measured: 30,
    projects: 30,
  },
  comparisons: [
    { comparison: "=", rows: 4 },
    { comparison: "≥", rows: 26 },
  ],
  ...{ targets: quantiles, actuals: null, scored: 30, missed: 3, exact: 4, boilerplate: 0 },
  ...change,
});

describe("an indicator of the library", () => {
  test("is offered with the usual comparison, the middle target and the unit, exact as it was counted", () => {
    expect(usualComparison(usage())).toEqual({ comparison: "≥", rows: 26, of: 30 });
    expect(usualTarget(usage())).toBe("≥95.0%");
    expect(usualTarget(usage({ targets: null }))).toBeNull();
    expect(usualTarget(usage({ comparisons: [{ comparison: "=", rows: 1 }], unit: null }))).toBe("95.0");
    expect(lineOf(usage({ name: "甲\t乙" }))).toBe("产出指标\t质量指标\t甲 乙\t≥95.0%\t%");
  });

  test("goes behind the last row of its levels, spelled as the form spells them, with all else blank", () => {
    const form = cleanForm({ seed: 5 });
    const rows = form.indicators.map((row) => ({ ...row, level1: row.level1?.replace(/指标$/, "") ?? null }));
    const after = placeFor(rows, usage());
    const alike = rows.filter(({ level2 }) => level2?.startsWith("质量"));
    expect(after).toBe(alike.at(-1)?.id);
    const values = rowOf(usage(), rows, "≥95.0%");
    expect(values.level1).toBe("产出");
    expect(values.target).toEqual({ text: "≥95.0%", comparison: "≥", value: "95.0", unit: "%" });
    expect([values.points, values.score, values.actual.text]).toEqual([null, null, null]);
    const applied = applyEdits({ ...form, indicators: rows }, [
      { op: "insert-row", row: "new-row", after, values },
    ]);
    if (applied.kind === "refused") throw new Error(applied.says);
    const at = applied.form.indicators.findIndex(({ id }) => id === "new-row");
    expect(applied.form.indicators[at - 1]?.id).toBe(after);
    expect(placeFor(rows, { level1: "没有这一级", level2: null })).toBe(rows.at(-1)?.id);
    expect(placeFor([], usage())).toBeNull();
  });

  test("is drawn on one scale with its actuals", () => {
    const actuals = { ...quantiles, high: "120" };
    const scale = scaleOf({ targets: quantiles, actuals });
    expect(scale).toEqual([80, 120]);
    expect(placesOf(quantiles, scale)).toEqual([0, 0.25, 0.375, 0.45, 0.5]);
    expect(placesOf({ ...quantiles, low: "100" }, [100, 100])[0]).toBe(0.5);
  });

  test("is doubted by what its figures show, and by nothing where they are too few", () => {
    expect(doubtsOf(usage())).toEqual([]);
    expect(doubtsOf(usage({ measured: 4, exact: 4 }))).toEqual(["few"]);
    expect(doubtsOf(usage({ boilerplate: 10, exact: 20, missed: 0 }))).toEqual([
      "boilerplate",
      "always-exact",
      "never-missed",
    ]);
    expect(doubtsOf(usage({ missed: 10 }))).toEqual(["often-missed"]);
  });
});
