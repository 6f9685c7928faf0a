import { expect, test } from "vitest";
import { linesOf, moneyByYear, type YearRows } from "../src/features/projects/years.ts";

type Row = YearRows["rows"][number];
const row = (indicator: string, name: string, more: Partial<Row> = {}): Row => ({
  ...{ indicator, position: 0, level1: "产出指标", level2: null, name, target: null, unit: null },
  ...{ actual: null, points: null, score: null, ...more },
});

test("an indicator is one line over its years, called as it is now", () => {
  const lines = linesOf([
    { year: 2023, rows: [row("a", "旧名"), row("z", "取消的")] },
    { year: 2025, rows: [row("b", "新增"), row("a", "新名")] },
    { year: 2024, rows: [row("a", "中名")] },
  ]);
  expect(lines.map(({ indicator, name }) => [indicator, name])).toEqual([
    ["b", "新增"],
    ["a", "新名"],
    ["z", "取消的"],
  ]);
  expect([...(lines[1]?.ofYear.keys() ?? [])]).toEqual([2025, 2024, 2023]);
  expect(lines.some(({ isByName }) => isByName)).toBe(false);
});

test("where identities end, the only other of the same name stands in, and is told; of several none is guessed", () => {
  const lines = linesOf([
    { year: 2025, rows: [row("a", "培训 课时"), row("c", "同名"), row("d", "同名")] },
    { year: 2024, rows: [row("b", "培训课时"), row("e", "同名")] },
  ]);
  expect(lines.map(({ indicator, isByName, ofYear }) => [indicator, isByName, ofYear.size])).toEqual([
    ["a", true, 2],
    ["c", false, 1],
    ["d", false, 1],
    ["e", false, 1],
  ]);
  const overlapping = linesOf([
    { year: 2025, rows: [row("a", "甲")] },
    { year: 2024, rows: [row("a", "甲"), row("b", "甲")] },
  ]);
  expect(overlapping).toHaveLength(2);
});

test("the money of a year is that of the form that says most, and blank where none says any", () => {
  const form = (year: number, kind: string, money: Partial<Record<string, string>>) =>
    ({
      ...{ id: `${year} ${kind}`, year, kind, sequence: 1 },
      ...{ initialBudget: null, adjustedBudget: null, expenditure: null },
      ...money,
    }) as unknown as Parameters<typeof moneyByYear>[0][number];
  const years = moneyByYear([
    form(2024, "target-declaration", { initialBudget: "100.00" }),
    form(2024, "self-evaluation", { initialBudget: "100.00", expenditure: "90.00" }),
    form(2025, "self-evaluation", {}),
    form(2025, "target-declaration", { initialBudget: "0.00" }),
    form(2026, "target-declaration", {}),
  ]);
  expect(
    years.map(({ year, initialBudget, expenditure, from }) => [year, initialBudget, expenditure, from?.kind]),
  ).toEqual([
    [2026, null, null, undefined],
    [2025, "0.00", null, "target-declaration"],
    [2024, "100.00", "90.00", "self-evaluation"],
  ]);
});
