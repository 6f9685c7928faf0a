import { describe, expect, it } from "vitest";
import { bandName, scoreBands, shareOf } from "../src/features/analysis/shares.ts";
import { linesOf } from "../src/features/calls/lines.ts";
import { progressBy, progressOfAll } from "../src/features/workbench/progress.ts";
import { pictureOf } from "../src/ui/chart-picture.ts";
import { callDue } from "../src/ui/due-in.ts";
import { cellKey, compareCells, csvOf, waysOf } from "../src/ui/figures-table.ts";
import { fileName } from "../src/ui/save-as.ts";

describe("the table of a chart as CSV", () => {
  it("keeps numbers numbers, and lets no text become a formula", () => {
    const text = csvOf({
      columns: [{ title: "项目" }, { title: "金额", isNumber: true }],
      lines: [
        { key: "a", cells: ["=HYPERLINK(1)", "-12.50"] },
        { key: "b", cells: ['说"好"，\n再说', null] },
        { key: "c", cells: ["@SUM(A1)", "+1"] },
        { key: "d", cells: ["-甲", "\t2"] },
      ],
    });
    expect(text.startsWith("\uFEFF项目,金额\r\n")).toBe(true);
    expect(text).toContain("'=HYPERLINK(1),-12.50\r\n");
    expect(text).toContain('"说""好""，\n再说",\r\n');
    expect(text).toContain("'@SUM(A1)");
    expect(text).toContain("'-甲,'\t2");
  });

  it("sorts numbers by their exact value and puts blanks after them", () => {
    const sorted = ["10", null, "9.5", "100000000000000000001", "100000000000000000000"].sort((a, b) =>
      compareCells(a, b, true),
    );
    expect(sorted).toEqual(["9.5", "10", "100000000000000000000", "100000000000000000001", null]);
  });
});

describe("the ways from a chart to its forms", () => {
  it("go from marks of lines and of cells, and from none with no form behind it", () => {
    const ways = waysOf({
      columns: [{ title: "部门" }, { title: "数量", isNumber: true }, { title: "质量", isNumber: true }],
      lines: [
        {
          key: "a",
          cells: ["甲", "1", "2"],
          to: "/a",
          forms: 3,
          ways: [null, { to: "/a1", forms: 2 }, null],
        },
        { key: "b", cells: ["乙", "0", "0"], to: "/b", forms: 0, ways: [null, { to: "/b1", forms: 0 }] },
        { key: "c", cells: ["丙", null, null], to: "/c" },
      ],
    });
    expect([...ways]).toEqual([
      ["a", "/a"],
      [cellKey("a", 1), "/a1"],
      ["c", "/c"],
    ]);
  });
});

describe("a chart as a picture", () => {
  it("stands under its title, and lets no text become markup", () => {
    const svg = pictureOf(
      '<svg width="10" height="10"></svg>',
      { title: "<b>标题", subject: ["2025年", "<区"], says: "甲".repeat(90) },
      { width: 400, height: 100, ink: "#000", ground: "#fff" },
    );
    expect(svg).toContain("&#60;b&#62;标题");
    expect(svg).toContain("2025年 · &#60;区");
    expect(svg.match(/<text/g)?.length).toBe(2 + Math.ceil(90 / Math.floor((400 - 32) / 12)));
    expect(svg).toContain(`height="${100 + 64 + 18 * 3}"`);
  });
});

describe("the name of a file", () => {
  it("says what the figures are about, and is taken by every file system", () => {
    expect(fileName(["分布", "2025年", "甲/乙:区"])).toBe("分布-2025年-甲_乙_区");
    expect(fileName(["长".repeat(300)])).toHaveLength(120);
  });
});

describe("shares and bands", () => {
  it("are rounded half up from the exact figures, and are none of nothing", () => {
    expect(shareOf("1", "3")).toBe("33.3");
    expect(shareOf("0.25", "1000")).toBe("0.0");
    expect(shareOf(5, 1000)).toBe("0.5");
    expect(shareOf("12345678901234567890.55", "12345678901234567890.55")).toBe("100.0");
    expect(shareOf("1", "0")).toBeNull();
  });

  it("are narrow where scores lie close, have no gaps, and lose no form", () => {
    const close = scoreBands([
      { from: 96, forms: 2 },
      { from: 99, forms: 5 },
      { from: 100, forms: 1 },
    ]);
    expect(close.map(bandName)).toEqual(["96–97", "97–98", "98–99", "99–100"]);
    expect(close.map(({ forms }) => forms)).toEqual([2, 0, 0, 6]);
    expect(close.at(-1)?.below).toBe(101);
    const wide = scoreBands([
      { from: 61, forms: 1 },
      { from: 84, forms: 2 },
      { from: 100, forms: 3 },
    ]);
    expect(wide.map(({ from, forms }) => [from, forms])).toEqual([
      [60, 1],
      [65, 0],
      [70, 0],
      [75, 0],
      [80, 2],
      [85, 0],
      [90, 0],
      [95, 3],
    ]);
    expect(scoreBands([])).toEqual([]);
  });
});

describe("progress", () => {
  const unit = (
    unit: string,
    department: string,
    [forms, handedIn, approved, overdue]: readonly number[],
  ) => ({
    unit,
    name: unit,
    department,
    departmentName: department === "d" ? "水利局" : "民政局",
    forms: forms ?? 0,
    handedIn: handedIn ?? 0,
    approved: approved ?? 0,
    overdue: overdue ?? 0,
  });

  it("puts every form in one part, the overdue first", () => {
    const lines = progressBy([unit("甲", "d", [5, 4, 1, 0]), unit("乙", "d", [4, 1, 1, 2])]);
    expect(lines.map(({ name }) => name)).toEqual(["乙", "甲"]);
    for (const { forms, approved, waiting, open, overdue } of lines)
      expect(approved + waiting + open + overdue).toBe(forms);
  });

  it("adds up departments where there are several", () => {
    const units = [
      unit("甲", "d", [5, 4, 1, 0]),
      unit("乙", "d", [4, 1, 1, 2]),
      unit("丙", "e", [1, 1, 1, 0]),
    ];
    const lines = progressBy(units);
    expect(lines.map(({ name, forms, approved }) => [name, forms, approved])).toEqual([
      ["水利局", 9, 2],
      ["民政局", 1, 1],
    ]);
    expect(progressOfAll(units)).toMatchObject({ forms: 10, approved: 3, waiting: 3, overdue: 2, open: 2 });
  });

  it("tells a call by department with its units beneath, those with most to come first", () => {
    const units = [
      unit("丙", "e", [1, 1, 1, 0]),
      unit("甲", "d", [5, 4, 1, 0]),
      unit("乙", "d", [4, 1, 1, 2]),
    ];
    expect(
      linesOf(units).map(({ name, within, handedIn, children }) => [
        ...[name, within, handedIn],
        children?.map((each) => `${each.name} ${each.within}`),
      ]),
    ).toEqual([
      ["水利局", "department=d", 5, ["乙 unit=乙", "甲 unit=甲"]],
      ["民政局", "department=e", 1, ["丙 unit=丙"]],
    ]);
    expect(linesOf(units.slice(1)).map(({ name, children }) => [name, children])).toEqual([
      ["乙", undefined],
      ["甲", undefined],
    ]);
  });

  it("calls no work late that everybody handed in", () => {
    const due = "2025-03-31T15:59:59Z";
    const after = Date.parse("2025-04-10T00:00:00Z");
    expect(callDue({ due, forms: 3, handedIn: 2 }, after)).toBe("逾期9天");
    expect(callDue({ due, forms: 3, handedIn: 3 }, after)).toBe("全部已送审");
    expect(callDue({ due, forms: 0, handedIn: 0 }, after)).toBe("逾期9天");
  });
});
