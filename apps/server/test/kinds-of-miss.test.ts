import { decimal } from "@jiheng/domain";
import { describe, expect, it } from "vitest";
import {
  type JudgedRow,
  type KindOfMiss,
  kindOfMiss,
  missesOf,
} from "../src/features/samples/kinds-of-miss.ts";

describe("a kind of miss", () => {
  it("is how far a row fell short, whichever way it had to go, or why that cannot be said", () => {
    const row = (outcome: "met" | "missed", target: string | null, actual: string | null) =>
      kindOfMiss({
        category: null,
        outcome,
        target: target === null ? null : decimal(target),
        actual: actual === null ? null : decimal(actual),
        isExact: null,
      });
    expect(row("missed", "100", "90.01")).toBe("missed-by-less");
    expect(row("missed", "100", "90")).toBe("missed-by-10");
    expect(row("missed", "100", "70")).toBe("missed-by-30");
    expect(row("missed", "100", "40")).toBe("missed-by-60");
    expect(row("missed", "3", "2.7001")).toBe("missed-by-less");
    // At most 10 was asked for, and 14 it was.
    expect(row("missed", "10", "14")).toBe("missed-by-30");
    expect(row("missed", "0", "2")).toBe("missed");
    expect(row("met", "100", "129.99")).toBe("met");
    expect(row("met", "100", "130")).toBe("over");
    for (const outcome of ["words", "boilerplate", "blank", "incomparable"] as const)
      expect(kindOfMiss({ category: null, outcome, target: null, actual: null, isExact: null })).toBe(
        outcome,
      );
  });
});

describe("the marks of one kind", () => {
  const row = (
    kind: KindOfMiss,
    reviewer: string,
    points: string | null,
    reviewed: string,
    project = "项目",
    short: string | null = null,
  ): JudgedRow => ({
    ...{ review: `表${project}`, project, reviewer, level2: "数量指标", name: "指标", kind },
    short: short === null ? null : decimal(short),
    ...{ target: "≥10", actual: "8", points, self: decimal(points ?? "0"), reviewed: decimal(reviewed) },
  });

  it("are told apart by how far they lie apart, the furthest first, with who marked how", () => {
    const { misses, left } = missesOf([
      row("met", "甲", "10", "10"),
      row("missed-by-10", "甲", "10", "9", "一"),
      row("missed-by-10", "乙", "20", "10", "二"),
      row("missed-by-10", "甲", "3", "2", "三"),
      row("met", "乙", "10", "9.5"),
      row("words", "甲", null, "5"),
      row("blank", "甲", "0", "0"),
    ]);
    expect(left).toBe(2);
    expect(
      misses.map(({ kind, rows, lowest, highest, together, apart }) => [
        kind,
        rows,
        lowest,
        highest,
        together,
        apart,
      ]),
    ).toEqual([
      ["missed-by-10", 3, "10.00", "50.00", "36.36", "40.00"],
      ["met", 2, "0.00", "5.00", "2.50", "5.00"],
    ]);
    expect(misses[0]?.examples.map(({ project }) => project)).toEqual(["二", "三", "一"]);
    expect(misses[0]?.reviewers).toEqual([
      { account: "甲", rows: 2, lowest: "10.00", highest: "33.33", together: "15.38" },
      { account: "乙", rows: 1, lowest: "50.00", highest: "50.00", together: "50.00" },
    ]);
  });

  it("of which all are alike come last, in the order of the kinds", () => {
    const { misses } = missesOf([row("met", "甲", "10", "10"), row("missed", "甲", "10", "5")]);
    expect(misses.map(({ kind, apart }) => [kind, apart])).toEqual([
      ["missed", "0.00"],
      ["met", "0.00"],
    ]);
  });

  it("that follow one proportion, or one share, are alike; whoever departs from it stands first", () => {
    const apartOf = (rows: readonly JudgedRow[]) => missesOf(rows).misses[0];
    const even = [
      row("missed-by-10", "甲", "10", "9", "一", "10"),
      row("missed-by-10", "甲", "10", "8", "二", "20"),
      row("missed-by-10", "乙", "10", "7.5", "三", "25"),
    ];
    expect(apartOf(even)?.apart).toBe("0.00");
    const odd = [...even, row("missed-by-10", "乙", "10", "9.5", "四", "12")];
    expect(apartOf(odd)).toMatchObject({ apart: "7.00", lowest: "5.00", highest: "25.00" });
    expect(apartOf(odd)?.examples[0]?.project).toBe("四");
    // Below some share nothing is given, however much is missed.
    const none = [
      row("missed-by-60", "甲", "10", "0", "五", "60"),
      row("missed-by-60", "乙", "10", "0", "六", "95"),
    ];
    expect(apartOf(none)?.apart).toBe("0.00");
  });
});
