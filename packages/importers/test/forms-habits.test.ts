import type { Form } from "@jiheng/domain";
import { describe, expect, it } from "vitest";
import type { Block } from "../src/grid.ts";
import { shown } from "../src/readers/number-format.ts";
import { readForms } from "../src/recognise/index.ts";
import { type Draw, exactTable, grid, SOURCE, textBlock } from "./grid-builder.ts";

const HEAD: readonly (readonly Draw[])[] = [
  ["项目名称", ["林场道路养护", 3], "主管部门", ["松湖市林业局", 3]],
  ["实施单位", ["松湖市林场", 7]],
];
const FUNDS: readonly (readonly Draw[])[] = [
  [["项目资金（万元）", 1, 3], "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
  ["年度资金总额", "40", "50", "45", "10", "90%", "9"],
  ["其中：财政拨款", "40", "50", "45", "-", "90%", "-"],
];
const GOAL: readonly (readonly Draw[])[] = [
  [
    ["年度目标", 1, 2],
    ["预期目标", 3],
    ["实际完成情况", 4],
  ],
  [
    ["养护林道20公里。", 3],
    ["养护林道21公里。", 4],
  ],
];
const COLUMNS: readonly Draw[] = [
  "一级指标",
  "二级指标",
  "三级指标",
  "年度指标值",
  "实际完成值",
  "分值",
  "得分",
  "偏差原因分析及改进措施",
];
const ROWS: readonly (readonly Draw[])[] = [
  ["产出指标", "数量指标", "养护林道长度", "≥20公里", "21公里", "50", "50", ""],
  ["效益指标", "社会效益指标", "林道通畅率", "≥95%", "96%", "30", "30", ""],
  ["满意度指标", "满意度指标", "职工满意度", "≥90%", "92%", "10", "10", ""],
];
const TITLE = textBlock("项目支出绩效自评表（2023年度）");

function read(...blocks: readonly Block[]): Form {
  const form = readForms(grid(...blocks), SOURCE).forms[0];
  if (!form) throw new Error("no form");
  return form;
}
const table = (...parts: readonly (readonly (readonly Draw[])[])[]): Block => exactTable(1, parts.flat());
const codes = (form: Form): readonly string[] => form.notes.map((note) => note.code);
const figures = (form: Form): readonly (readonly (string | null)[])[] =>
  form.funds.map((fund) => [
    fund.initialBudget,
    fund.adjustedBudget,
    fund.expenditure,
    fund.points,
    fund.executionRate,
    fund.score,
  ]);
const marks = (form: Form): readonly (readonly (string | null)[])[] =>
  form.indicators.map((row) => [row.name, row.points, row.score]);

describe("tables of funds", () => {
  it("支出进度 is the rate of execution, 项目年度预算数 and 项目年度支出数 the amounts", () => {
    const form = read(
      TITLE,
      table(HEAD, [
        [
          ["预算执行情况（元）", 1, 2],
          "",
          ["项目年度预算数（元）", 2],
          ["项目年度支出数（元）", 2],
          ["支出进度", 2],
        ],
        ["总额", ["50000", 2], ["45000", 2], ["90%", 2]],
      ]),
    );
    expect(figures(form)).toEqual([[null, "50000", "45000", null, "90", null]]);
    expect(form.moneyUnit).toBe("元");
  });

  it("预算执行率（10分） in the margin names the section and its points, not the column", () => {
    const form = read(
      TITLE,
      table(HEAD, [
        [
          ["预算执行率（10分）", 2, 3],
          "资金性质",
          "全年预算数（万元）",
          "全年执行数（万元）",
          "预算执行率",
          ["得分", 2],
        ],
        ["财政拨款", "50", "45", "90%", ["9", 2]],
        ["其他资金", "0", "0", "0%", ["", 2]],
      ]),
    );
    expect(figures(form)).toEqual([
      [null, "50", "45", "10", "90", "9"],
      [null, "0", "0", null, "0", null],
    ]);
  });

  it("预算调整数 is the adjusted budget only where the printed rate says so", () => {
    const rows = (changed: string): Block =>
      table(HEAD, [
        [
          ["项目资金（万元）", 1, 2],
          "资金来源",
          "年初预算安排数",
          "预算调整数",
          "实际到位资金",
          "实际支出资金",
          "预算执行率",
          "得分",
        ],
        ["资金总额", "40", changed, "50", "45", "90", "9"],
      ]);
    const whole = read(TITLE, rows("50"));
    expect(figures(whole)).toEqual([["40", "50", "45", null, "90", "9"]]);
    expect(codes(whole)).toContain("changed-budget");
    const change = read(TITLE, rows("10"));
    expect(figures(change)).toEqual([["40", null, "45", null, "90", "9"]]);
    expect(change.fields).toContainEqual({ label: "预算调整数：资金总额", text: "10" });
  });

  it("a remark beside the table is not drawn into its last column", () => {
    const beside = FUNDS.map((row, index): readonly Draw[] =>
      index === 2 ? ["其中：财政拨款", "40", "50", "45", "", "90%", "", "", "较上年-12%"] : row,
    );
    const form = read(TITLE, table(HEAD, beside));
    expect(figures(form)[1]).toEqual(["40", "50", "45", null, "90", null]);
    expect(codes(form)).toContain("cell-without-column");
    expect(codes(form)).not.toContain("unreadable-figure");
  });

  it("amounts beside nothing but the label of the section are its total; 调整预算 and 实际执行 are known", () => {
    const form = read(
      TITLE,
      table(HEAD, [
        [["部门支出预算数（万元）", 1, 2], "年初预算", "调整预算", "实际执行", "执行率", "权重", ["得分", 2]],
        ["40", "50", "45", "90", "10", ["9", 2]],
      ]),
    );
    expect(figures(form)).toEqual([["40", "50", "45", "10", "90", "9"]]);
    expect(form.funds[0]?.source).toBe("total");
  });

  it("全年绩效目标 is the adjusted goal beside one of the start of the year", () => {
    const goals = (...cells: readonly Draw[]): Form =>
      read(
        TITLE,
        table(HEAD, FUNDS, [
          cells,
          [
            ["养护20公里。", 3],
            ["养护18公里。", 2],
            ["养护19公里。", 3],
          ],
        ]),
      );
    expect(goals(["年初绩效目标", 3], ["全年（调整）绩效目标", 2], ["实际完成情况", 3]).goals).toMatchObject([
      { expected: "养护20公里。", adjusted: "养护18公里。", achieved: "养护19公里。" },
    ]);
  });

  it("an amount under a heading of no known name is not lost in silence where the amount spent is missing", () => {
    const form = read(
      TITLE,
      table(HEAD, [
        [["项目资金（万元）", 1, 2], "", "年初预算数", "全年预算数", ["已兑现额度", 2], ["执行率", 2]],
        ["年度资金总额", "40", "50", ["45", 2], ["90%", 2]],
      ]),
    );
    expect(figures(form)).toEqual([["40", "50", null, null, "90", null]]);
    expect(form.notes.filter((note) => note.code === "unknown-heading").map((note) => note.place)).toEqual([
      "funds[0].expenditure",
    ]);
  });

  it("rows on the management of the money are no sources", () => {
    const form = read(
      TITLE,
      table(HEAD, FUNDS, [
        [
          ["资金管理情况", 2, 3],
          ["情况说明", 3],
          ["存在问题和改进措施", 3],
        ],
        ["分配科学性", ["按任务量分配", 2], ["无", 3]],
        ["使用规范性", ["专款专用", 2], ["无", 3]],
      ]),
    );
    expect(form.funds.map((fund) => fund.label)).toEqual(["年度资金总额", "其中：财政拨款"]);
    expect(form.fields).toContainEqual({ label: "使用规范性", text: "专款专用；无" });
  });

  it("a list of the tasks of the year is no table of funds, nor is its sum the total", () => {
    const form = read(
      textBlock("部门整体支出绩效自评表（2023年度）"),
      table(
        [["部门名称", ["松湖市林业局", 7]]],
        [
          [
            ["年度主要任务", 1, 4],
            "任务名称",
            "主要内容",
            "预算数（万元）",
            "执行数（万元）",
            "执行率",
            ["完成情况", 2],
          ],
          ["造林", "造林2万亩", "30", "30", "100%", ["已完成", 2]],
          ["养护", "养护林道20公里", "20", "15", "75%", ["已完成", 2]],
          ["合计", "", "50", "45", "90%", ["", 2]],
        ],
        FUNDS,
        GOAL,
      ),
    );
    expect(form.funds.map((fund) => fund.label)).toEqual(["年度资金总额", "其中：财政拨款"]);
    expect([form.totalPoints, form.totalScore, form.moneyUnit]).toEqual([null, null, "万元"]);
    expect(form.fields).toContainEqual({ label: "养护", text: "养护林道20公里；20；15；75%；已完成" });
  });
});

describe("tables of indicators", () => {
  it("points in brackets behind the name are the points where no column holds them", () => {
    const form = read(
      TITLE,
      table(HEAD, FUNDS, [
        ["一级指标", "二级指标", ["三级指标", 2], "年初目标值", "实际完成值", ["得分", 2]],
        ["产出指标", "数量指标", ["养护林道长度（30分）", 2], "≥20公里", "21公里", ["30", 2]],
      ]),
    );
    expect(marks(form)).toEqual([["养护林道长度", "30", "30"]]);
    expect(codes(form)).toContain("points-in-name");
  });

  it("序号 numbers the rows and is no value", () => {
    const form = read(
      TITLE,
      table(HEAD, FUNDS, GOAL, [
        ["序号", ...COLUMNS],
        ...ROWS.map((row, index): readonly Draw[] => [`${index + 1}`, ...row]),
      ]),
    );
    expect(marks(form)).toEqual([
      ["养护林道长度", "50", "50"],
      ["林道通畅率", "30", "30"],
      ["职工满意度", "10", "10"],
    ]);
    expect([form.notes, form.fields]).toEqual([[], []]);
  });

  it("分值 beside the level-1 name is the points of the group", () => {
    const form = read(
      TITLE,
      table(HEAD, FUNDS, GOAL, [
        ["一级指标", "分值", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "扣分原因"],
        [
          ["产出指标", 1, 2],
          ["50", 1, 2],
          ["数量指标", 1, 2],
          "养护林道长度",
          "≥20公里",
          "21公里",
          "30",
          "30",
          "",
        ],
        ["养护涵洞数量", "≥5座", "5座", "20", "20", ""],
        ["效益指标", "40", "社会效益指标", "林道通畅率", "≥95%", "96%", "40", "40", ""],
      ]),
    );
    expect(form.indicators.map((row) => [row.groupPoints, row.points, row.score])).toEqual([
      ["50", "30", "30"],
      ["50", "20", "20"],
      ["40", "40", "40"],
    ]);
    expect(form.notes).toEqual([]);
  });

  it("a row 预算执行率 in the table gives the points and score of the money", () => {
    const funds = FUNDS.map((row): readonly Draw[] => {
      const plain = row.map((cell) => (cell === "分值" || cell === "得分" ? "备注" : cell));
      return row === FUNDS[0] ? plain : [...row.slice(0, 4), "", row[5] ?? "", ""];
    });
    const form = read(
      TITLE,
      table(HEAD, funds, GOAL, [COLUMNS], ROWS, [
        [["预算执行率（10分）", 5], "10", "9", ""],
        [["总分", 5], "100", "99", ""],
      ]),
    );
    expect(figures(form)[0]).toEqual(["40", "50", "45", "10", "90", "9"]);
    expect(marks(form)).toHaveLength(3);
    expect(codes(form)).toContain("execution-row");
  });

  it("such a row beside its columns gives them in their order, as a guess", () => {
    const form = read(
      TITLE,
      table(
        HEAD,
        [
          [["项目资金（万元）", 1, 2], "", ["全年预算数", 2], ["全年执行数", 2], ["执行率", 2]],
          ["年度资金总额", ["50", 2], ["45", 2], ["90%", 2]],
        ],
        GOAL,
        [COLUMNS],
        ROWS,
        [[["预算执行率", 4], "10", "9", "", ""]],
      ),
    );
    expect(figures(form)[0]).toEqual([null, "50", "45", "10", "90", "9"]);
    expect(form.notes.filter((note) => note.code === "execution-row").map((note) => note.level)).toEqual([
      "guessed",
    ]);
  });

  it("the sum of a column 扣分 does not move the sums of points and score", () => {
    const form = read(
      TITLE,
      table(HEAD, FUNDS, GOAL, [
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "扣分", "得分", "评分标准"],
        ["产出指标", "数量指标", "养护林道长度", "≥20公里", "18公里", "90", "9", "81", "按比例"],
        [["总分", 5], "100", "9", "90", ""],
      ]),
    );
    expect([form.totalPoints, form.totalScore]).toEqual(["100", "90"]);
    expect(codes(form)).not.toContain("shifted-row");
  });

  it("自评得分 below a 合计 of the rows is the total, and a grade beside 自评结论 the grade", () => {
    const form = read(
      TITLE,
      table(HEAD, FUNDS, GOAL, [COLUMNS], ROWS, [
        [["合计", 5], "90", "90", ""],
        [
          ["自评得分", 5],
          ["99", 3],
        ],
        [
          ["自评结论", 5],
          ["优", 3],
        ],
      ]),
    );
    expect([form.totalPoints, form.totalScore, form.grade]).toEqual(["90", "99", "优"]);
    expect(codes(form)).toEqual(["second-total"]);
  });
});

describe("files", () => {
  it("a form without a title of its own is of the year of the form before it, with a note", () => {
    const body = [...HEAD, ...FUNDS, ...GOAL, COLUMNS, ...ROWS, [["总分", 5] as const, "100", "99", ""]];
    const { forms } = readForms(grid(TITLE, exactTable(1, body), exactTable(2, body)), SOURCE);
    expect(forms.map((form) => form.year)).toEqual([2023, 2023]);
    expect(forms.map((form) => codes(form).includes("year-from-form-before"))).toEqual([false, true]);
  });

  it("a code typed as a number keeps its digits", () => {
    expect(shown(440999230000012, 0, false)).toBe("440999230000012");
    expect(shown(1234567.891234, 0, false)).toBe("1234567.891");
  });
});
