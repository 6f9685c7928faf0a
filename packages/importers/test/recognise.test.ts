import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Block, Cell, Table } from "../src/grid.ts";
import { readForms } from "../src/recognise/index.ts";
import { type Draw, exactTable, grid, SOURCE, tabTable, textBlock } from "./grid-builder.ts";

const form = (project: string, score = "90"): Draw[][] => [
  [
    ["项目名称", 2],
    [project, 6],
  ],
  [
    ["主管部门", 2],
    ["乙局", 2],
    ["实施单位", 2],
    ["丙所", 2],
  ],
  [["项目资金（万元）", 1, 2], "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
  ["年度资金总额", "10", "10", "9.58", "10", "95.80%", "9.58"],
  ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
  ["产出指标", "数量指标", "场次", "≥3场", "3场", "90", score, ""],
  [["总分", 5], "100", "99.58", ""],
];
const title = (text: string): Draw[][] => [[[text, 8]]];
const projects = (...blocks: Block[]): (string | null)[] =>
  readForms(grid(...blocks), SOURCE).forms.map((read) => read.project);

describe("cutting a file into forms", () => {
  it("several forms in one table, with and without titles between them", () => {
    expect(projects(exactTable(1, [...form("甲"), ...form("乙"), ...form("丙")]))).toEqual([
      "甲",
      "乙",
      "丙",
    ]);
    const titled = [
      ...title("项目支出绩效自评表"),
      ...title("（2022年度）"),
      ...form("甲"),
      ...title("项目支出绩效自评表"),
      ...title("（2023年度）"),
      ...form("乙"),
    ];
    const { forms } = readForms(grid(exactTable(1, titled)), SOURCE);
    expect(forms.map((read) => [read.project, read.year, read.indicators.length, read.funds.length])).toEqual(
      [
        ["甲", 2022, 1, 1],
        ["乙", 2023, 1, 1],
      ],
    );
    expect(new Set(forms.map((read) => read.id)).size).toBe(2);
  });

  it("one table per form, titles in the text between", () => {
    const blocks = [
      textBlock("项目支出绩效自评表"),
      textBlock("（2021年度）"),
      exactTable(1, form("甲")),
      textBlock("项目支出绩效自评表\n（2022年度）"),
      exactTable(2, form("乙")),
    ];
    expect(readForms(grid(...blocks), SOURCE).forms.map((read) => [read.project, read.year])).toEqual([
      ["甲", 2021],
      ["乙", 2022],
    ]);
  });

  it("one form over several tables, signed below", () => {
    const rows = form("甲");
    const { forms } = readForms(
      grid(
        textBlock("项目支出绩效自评表"),
        exactTable(1, rows.slice(0, 2)),
        exactTable(2, rows.slice(2, 4)),
        exactTable(3, rows.slice(4, 6)),
        exactTable(4, rows.slice(6)),
        textBlock("填报人：张三   联系电话：（略）"),
      ),
      SOURCE,
    );
    expect(forms).toHaveLength(1);
    expect(forms[0]).toMatchObject({ project: "甲", totalScore: "99.58", title: "项目支出绩效自评表" });
    expect(forms[0]?.fields).toEqual([
      { label: "填报人", text: "张三" },
      { label: "联系电话", text: "（略）" },
    ]);
  });

  it("a title and a heading repeated at the top of a page belong to the form they interrupt", () => {
    const rows = form("甲");
    const again = rows[4] ?? [];
    const { forms } = readForms(
      grid(
        textBlock("项目支出绩效自评表"),
        exactTable(1, rows.slice(0, 6)),
        textBlock("- 2 -"),
        textBlock("项目支出绩效自评表"),
        exactTable(2, [again, ["", "质量指标", "合格率", "100%", "100%", "5", "5", ""], ...rows.slice(6)]),
      ),
      SOURCE,
    );
    expect(forms).toHaveLength(1);
    expect(forms[0]?.indicators.map((row) => [row.level1, row.level2, row.name])).toEqual([
      ["产出指标", "数量指标", "场次"],
      ["产出指标", "质量指标", "合格率"],
    ]);
    expect(forms[0]?.fields).toEqual([]);
  });

  it("one form per sheet; sheets of instructions and empty sheets are none", () => {
    const sheets = [
      exactTable(1, [[["填表说明", 8]], ["请如实填写"]], "说明"),
      exactTable(2, form("甲"), "表1"),
      exactTable(3, [], "空"),
      exactTable(4, form("乙"), "表2"),
    ];
    expect(projects(...sheets)).toEqual(["甲", "乙"]);
  });

  it("says so where tables hold no form, and takes no list of projects for one", () => {
    const list = exactTable(1, [
      ["序号", "项目名称", "预算数", "执行数", "执行率"],
      ["1", "甲", "10", "9", "90%"],
    ]);
    const unnumbered = exactTable(1, [
      ["项目名称", "实施单位", "预算数", "执行数", "执行率"],
      ["甲", "丙所", "10", "9", "90%"],
    ]);
    for (const blocks of [
      [list],
      [unnumbered],
      [exactTable(1, [["", ""]])],
      [exactTable(1, []), textBlock("通知如下。")],
    ]) {
      const read = readForms(grid(...blocks), SOURCE);
      expect(read.forms).toEqual([]);
      expect(read.notes.map((note) => [note.level, note.code])).toEqual([["lost", "no-form"]]);
    }
  });

  it("an unknown layout still gives what its headings say, with a note", () => {
    const { forms } = readForms(
      grid(
        textBlock("某某工作绩效自评表"),
        exactTable(1, [
          ["项目名称", ["甲", 3]],
          ["指标名称", "目标值", "完成值", "得分"],
          ["走访户数", "≥20户", "25户", "40"],
        ]),
      ),
      SOURCE,
    );
    expect(forms[0]?.template).toBe("unknown");
    expect(forms[0]?.indicators[0]).toMatchObject({
      name: "走访户数",
      score: "40",
      points: null,
      level1: null,
    });
    expect(forms[0]?.notes.map((note) => note.code)).toContain("unknown-template");
  });

  it("guesses no province that is not printed", () => {
    const rows = form("甲");
    expect(readForms(grid(exactTable(1, rows)), SOURCE).forms[0]?.jurisdiction).toBeNull();
    rows[1] = [
      ["主管部门", 2],
      ["四川省某局", 2],
      ["实施单位", 2],
      ["丙所", 2],
    ];
    expect(readForms(grid(exactTable(1, rows)), SOURCE).forms[0]?.jurisdiction).toBe("四川");
  });

  it("the same file gives the same ids, another file other ones", () => {
    const ids = (sha256: string): string[] =>
      readForms(grid(exactTable(1, form("甲"))), { sha256 }).forms.map((read) => read.id);
    expect(ids(SOURCE.sha256)).toEqual(ids(SOURCE.sha256));
    expect(ids("f".repeat(64))).not.toEqual(ids(SOURCE.sha256));
  });
});

const WORDS = [
  "",
  "",
  "项目名称",
  "项目支出绩效自评表",
  "（2024年度）",
  "主管部门",
  "实施单位",
  "年初预算数",
  "全年预算数",
  "全年执行数",
  "执行率",
  "分值",
  "得分",
  "预期目标",
  "实际完成情况",
  "一级指标",
  "二级指标",
  "三级指标",
  "年度指标值",
  "实际完成值",
  "指标性质",
  "度量单位",
  "产出指标（50分）",
  "质量指标",
  "满意度",
  "年度资金总额",
  "其中：当年财政拨款",
  "总分",
  "评分等级",
  "优√ 良□",
  "年度绩效目标2（40分）",
  "偏差原因分析及改进措施",
  "≥95%",
  "100.00",
  "-",
  "1,2,3",
  "0.958",
  "<p>甲&nbsp;乙</p>",
  "其中：甲",
  "……",
  "备注：乙",
  "12..5",
  "甲：乙：丙",
];

const anyText = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 1, arbitrary: fc.string({ maxLength: 30 }) },
);

const anyTable = (number: number): fc.Arbitrary<Table> =>
  fc
    .record({
      shape: fc.constantFrom("exact" as const, "tabs" as const),
      sheet: fc.constantFrom(null, "甲", "乙"),
      rows: fc.array(
        fc.array(fc.tuple(anyText, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })), {
          maxLength: 11,
        }),
        { maxLength: 14 },
      ),
    })
    .map(({ shape, sheet, rows }) => {
      let width = 0;
      // Spans overlap on purpose: a broken file may say anything.
      const cells = rows.map((row, r) => {
        let column = 0;
        return row.map(([text, columnSpan, rowSpan]): Cell => {
          column += 1;
          const from = column;
          if (shape === "exact") column += columnSpan - 1;
          width = Math.max(width, column);
          const spans = shape === "exact" ? { rowSpan, columnSpan } : { rowSpan: 1, columnSpan: 1 };
          return {
            row: r + 1,
            column: from,
            ...spans,
            text,
            at: { table: number, row: r + 1, column: from },
          };
        });
      });
      return { kind: "table", number, sheet, shape, rowCount: rows.length, columnCount: width, rows: cells };
    });

const anyBlocks = fc
  .array(
    fc.oneof(
      anyTable(1),
      anyTable(2),
      anyText.map((text) => textBlock(text)),
    ),
    { maxLength: 5 },
  )
  .map((blocks): Block[] => blocks);

describe("any grid", () => {
  it("never throws; every note and origin of a form points at something", () => {
    fc.assert(
      fc.property(anyBlocks, (blocks) => {
        const { forms } = readForms(grid(...blocks), SOURCE);
        for (const read of forms) {
          expect(read.goal.expected).toBe(read.goals[0]?.expected ?? null);
          for (const [index, row] of read.indicators.entries()) {
            expect(row.goal === 0 || row.goal < read.goals.length).toBe(true);
            if (row.parent !== null)
              expect(read.indicators.findIndex((other) => other.id === row.parent)).toBeLessThan(index);
          }
          for (const row of [...read.funds, ...read.indicators])
            for (const figure of [row.points, row.score])
              if (figure !== null) expect(figure).toMatch(/^-?\d+(?:\.\d+)?$/);
          for (const note of read.notes) expect(note.says).not.toBe("");
        }
      }),
      { numRuns: 500 },
    );
  });

  it("keeps no figure that no cell prints", () => {
    fc.assert(
      fc.property(anyBlocks, (blocks) => {
        for (const read of readForms(grid(...blocks), SOURCE).forms)
          for (const [index, row] of read.indicators.entries())
            for (const field of ["points", "score"] as const)
              if (row[field] !== null)
                expect(read.origins[`indicators[${index}].${field}`]?.raw).toContain(row[field]);
      }),
      { numRuns: 300 },
    );
  });

  /** These take well under a second each; what is quadratic takes minutes. The limit catches a hang, it measures nothing. */
  const HANG = 30_000;
  const heading = "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施";
  const budget = "项目资金\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分";
  it.each([
    ["aligned rows", heading, "产出指标\t数量指标\t名称\t≥5公里\t5公里\t1\t1\t"],
    ["shifted rows", heading, "数量指标\t名称\t≥5公里\t5公里\t1\t1\t\t"],
    ["rows of funds", budget, "\t其中：当年财政拨款\t\t200\t150\t-\t75.00%\t-"],
    ["rows of nothing", heading, "甲\t乙\t丙"],
    ["heads", heading, "项目名称\t甲"],
    ["titles", heading, "项目支出绩效自评表\t"],
  ])("20,000 %s end", { timeout: HANG }, (_, head, line) => {
    const table = tabTable(1, ["项目名称\t甲", head, ...new Array<string>(20_000).fill(line)]);
    const { forms, notes } = readForms(grid(table), SOURCE);
    expect(forms.length + notes.length).toBeGreaterThan(0);
  });
});
