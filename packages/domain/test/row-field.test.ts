import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseRowFieldLabel, rowFieldLabel, rowFieldLabels } from "../src/index.ts";

describe("the label of a cell in a column without a key", () => {
  test("names heading and row", () => {
    expect(rowFieldLabel({ heading: "全年预计完成情况", row: "托管档案数量", occurrence: 1 })).toBe(
      "全年预计完成情况：托管档案数量",
    );
    expect(parseRowFieldLabel("偏差原因分析（经费保障）：其中：山区（第2处）")).toEqual({
      heading: "偏差原因分析（经费保障）",
      row: "其中：山区",
      occurrence: 2,
    });
  });

  test("a label of its own names no row", () => {
    expect(parseRowFieldLabel("评价结论")).toBeNull();
    expect(parseRowFieldLabel("：甲")).toBeNull();
  });

  test("rows of one name are told apart, rows without a name go by number", () => {
    expect(rowFieldLabels("备注", ["甲", "乙", "甲", null])).toEqual([
      "备注：甲",
      "备注：乙",
      "备注：甲（第2处）",
      "备注：第4行",
    ]);
  });

  test("what is made is parsed back", () => {
    const heading = fc.stringMatching(/^[一-龥a-zA-Z（）0-9]{1,12}$/);
    const row = fc
      .stringMatching(/^[一-龥a-zA-Z：:（）0-9]{1,20}$/)
      .filter((text) => !/（第\d+处）$/.test(text));
    fc.assert(
      fc.property(heading, row, fc.integer({ min: 1, max: 40 }), (head, name, occurrence) => {
        const field = { heading: head, row: name, occurrence };
        expect(parseRowFieldLabel(rowFieldLabel(field))).toEqual(field);
      }),
    );
  });
});
