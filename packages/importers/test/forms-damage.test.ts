import type { Form } from "@jiheng/domain";
import { describe, expect, it } from "vitest";
import { readForms } from "../src/recognise/index.ts";
import { exactTable, grid, SOURCE, tabTable, textBlock } from "./grid-builder.ts";

const HEAD = ["项目名称\t河道清淤\t\t\t\t\t\t", "主管部门\t甲区水务局\t\t\t实施单位\t甲区河道所\t\t"];
const FUNDS = "项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分";
const ROWS = "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施";

function read(...lines: string[]): Form {
  const form = readForms(grid(textBlock("项目支出绩效自评表"), tabTable(1, [...HEAD, ...lines])), SOURCE)
    .forms[0];
  if (!form) throw new Error("no form");
  return form;
}
const row = (form: Form, index: number): (string | null)[] => {
  const found = form.indicators[index];
  return found
    ? [
        found.level1,
        found.level2,
        found.name,
        found.target.text,
        found.actual.text,
        found.points,
        found.score,
        found.deviation,
      ]
    : [];
};
const fund = (form: Form, index: number): (string | null)[] => {
  const found = form.funds[index];
  return found
    ? [
        found.initialBudget,
        found.adjustedBudget,
        found.expenditure,
        found.points,
        found.executionRate,
        found.score,
      ]
    : [];
};
const noted = (form: Form, code: string): (string | null)[] =>
  form.notes.filter((note) => note.code === code).map((note) => note.place);

describe("rows of funds beside their headings", () => {
  it("a row one column to the right is put back by its arithmetic, its neighbours without money by its example", () => {
    const form = read(
      FUNDS,
      "\t年度资金总额\t\t300\t200\t150\t10\t75.00\t7.50",
      "\t其中：当年财政拨款\t\t300\t200\t150\t-\t75.00\t-",
      "\t上年结转资金\t\t0.00\t0.00\t0.00\t-\t0.00\t-",
    );
    expect(fund(form, 0)).toEqual(["300", "200", "150", "10", "75.00", "7.50"]);
    expect(fund(form, 1)).toEqual(["300", "200", "150", null, "75.00", null]);
    expect(fund(form, 2)).toEqual(["0.00", "0.00", "0.00", null, "0.00", null]);
    expect(noted(form, "shifted-row")).toEqual(["funds[0]", "funds[1]", "funds[2]"]);
    expect(form.notes[0]?.says).toContain("4列300");
  });

  it("rows under their headings stay, without a note", () => {
    const form = read(FUNDS, "\t年度资金总额\t300\t200\t150\t10\t75.00\t7.50", "\t其他资金\t\t\t\t-\t\t-");
    expect(fund(form, 0)).toEqual(["300", "200", "150", "10", "75.00", "7.50"]);
    expect(fund(form, 1)).toEqual([null, null, null, null, null, null]);
    expect(form.notes.filter((note) => note.place !== null)).toEqual([]);
  });

  it("a row that arithmetic cannot decide follows its neighbours", () => {
    const form = read(
      FUNDS,
      "\t年度资金总额\t\t30\t20\t15\t10\t75.00\t7.50",
      "\t其中：当年财政拨款\t\t30\t20\t15\t-",
    );
    expect(fund(form, 1)).toEqual(["30", "20", "15", null, null, null]);
    expect(noted(form, "shifted-row")).toEqual(["funds[0]", "funds[1]"]);
  });

  it("five values for six columns: the rate tells which one is missing", () => {
    const without = read(FUNDS, "\t年度资金总额\t200\t150\t10\t75.00%\t7.5");
    expect(fund(without, 0)).toEqual([null, "200", "150", "10", "75.00", "7.5"]);
    expect(noted(without, "shifted-row")).toEqual(["funds[0]"]);
    const against = read(FUNDS, "\t年度资金总额\t200\t150\t120\t80.00%\t8.0");
    expect(fund(against, 0)).toEqual(["200", "150", "120", null, "80.00", "8.0"]);
  });

  it("a printed rate that is wrong moves nothing where all values stand under their headings", () => {
    const form = read(FUNDS, "\t年度资金总额\t300\t200\t150\t10\t57.00\t5.70");
    expect(fund(form, 0)).toEqual(["300", "200", "150", "10", "57.00", "5.70"]);
    expect(form.notes.filter((note) => note.place !== null)).toEqual([]);
  });
});

describe("rows of indicators beside their headings", () => {
  it("a level-2 name in the level-1 column, the whole row one to the left", () => {
    const form = read(
      ROWS,
      "产出指标\t数量指标\t长度\t≥5公里\t5公里\t20\t20\t",
      "时效指标\t完成时间\t12月底前\t按期\t10\t9\t晚两天\t",
    );
    expect(row(form, 1)).toEqual([
      "产出指标",
      "时效指标",
      "完成时间",
      "12月底前",
      "按期",
      "10",
      "9",
      "晚两天",
    ]);
    expect(noted(form, "shifted-row")).toEqual(["indicators[1]"]);
    expect(noted(form, "displaced-label")).toEqual(["indicators[1].level2"]);
  });

  it("a level-2 name in the third column, the row one to the right", () => {
    const form = read(
      ROWS,
      "产出指标\t数量指标\t长度\t≥5公里\t5公里\t20\t20\t",
      "\t\t质量指标\t验收\t合格\t合格\t10\t10",
    );
    expect(row(form, 1)).toEqual(["产出指标", "质量指标", "验收", "合格", "合格", "10", "10", null]);
    expect(noted(form, "displaced-label")).toEqual(["indicators[1].level2"]);
  });

  it("a name in the first column with gaps behind it", () => {
    const form = read(
      ROWS,
      "产出指标\t质量指标\t验收\t合格\t合格\t10\t10\t",
      "抽检率\t=100%\t\t100%\t5\t5\t\t",
      "回访率\t≥90%\t\t88%\t5\t4\t\t未接通",
    );
    expect(row(form, 1)).toEqual(["产出指标", "质量指标", "抽检率", "=100%", "100%", "5", "5", null]);
    expect(row(form, 2)).toEqual(["产出指标", "质量指标", "回访率", "≥90%", "88%", "5", "4", "未接通"]);
    expect(noted(form, "shifted-row")).toEqual(["indicators[1]", "indicators[2]"]);
  });

  it("a name in the second column of a heading that covers two stands under it, without a note", () => {
    const wide = ROWS.replace("三级指标\t", "三级指标\t\t");
    const form = read(wide, "产出指标\t数量指标\t\t长度\t≥5公里\t5公里\t20\t20\t");
    expect(row(form, 0)).toEqual(["产出指标", "数量指标", "长度", "≥5公里", "5公里", "20", "20", null]);
    expect(noted(form, "shifted-row")).toEqual([]);
  });

  it("a label that is doubtful by meaning alone stays as printed", () => {
    const form = read(
      ROWS,
      "产出指标\t质量指标\t验收\t合格\t合格\t10\t10\t",
      "\t\t完工及时性\t及时\t及时\t10\t10\t",
      "\t时效指标\t开工时间\t3月\t3月\t10\t10\t",
    );
    expect(row(form, 1).slice(0, 3)).toEqual(["产出指标", "质量指标", "完工及时性"]);
    expect(form.notes).toEqual([]);
  });

  it("a level-2 name printed as level 1 is put under its own level 1, and the note keeps what was printed", () => {
    const form = read(ROWS, "质量指标\t质量指标\t验收\t合格\t合格\t10\t10\t");
    expect(row(form, 0).slice(0, 3)).toEqual(["产出指标", "质量指标", "验收"]);
    expect(noted(form, "displaced-label")).toEqual(["indicators[0].level1"]);
    expect(form.notes[0]?.says).toContain("“质量指标”");
    expect(form.origins["indicators[0].level1"]?.raw).toBe("质量指标");
  });

  it("a level-1 label one row late, a level-2 label one row late", () => {
    const form = read(
      ROWS,
      "成本指标\t经济成本指标\t单价\t≤3万元\t3万元\t10\t10\t",
      "\t数量指标\t长度\t≥5公里\t5公里\t20\t20\t",
      "产出指标\t\t方量\t≥500方\t600方\t10\t10\t",
      "效益指标\t\t水环境\t改善\t改善\t10\t10\t",
      "\t社会效益指标\t投诉\t≤3起\t2起\t10\t10\t",
    );
    expect(row(form, 1).slice(0, 3)).toEqual(["产出指标", "数量指标", "长度"]);
    expect(row(form, 2).slice(0, 3)).toEqual(["产出指标", "数量指标", "方量"]);
    expect(row(form, 3).slice(0, 3)).toEqual(["效益指标", "社会效益指标", "水环境"]);
    expect(noted(form, "late-label")).toEqual(["indicators[1].level1", "indicators[3].level2"]);
  });

  it("a row cut by a page break is one row", () => {
    const { forms } = readForms(
      grid(
        textBlock("项目支出绩效自评表"),
        tabTable(1, [...HEAD, ROWS, "产出指标\t数量指标\t长度\t≥5公里\t4公里\t20\t16\t雨季停工，"]),
        tabTable(2, ["\t\t\t\t\t\t\t明年提前开工。", "\t质量指标\t验收\t合格\t合格\t10\t10\t"]),
      ),
      SOURCE,
    );
    const form = forms[0];
    if (!form) throw new Error("no form");
    expect(form.indicators).toHaveLength(2);
    expect(row(form, 0)[7]).toBe("雨季停工，明年提前开工。");
    expect(row(form, 1).slice(0, 3)).toEqual(["产出指标", "质量指标", "验收"]);
    expect(noted(form, "row-continued")).toEqual(["indicators[0].deviation"]);
  });

  it("words under a column of figures are lost and said so, and move nothing", () => {
    const form = read(ROWS, "产出指标\t数量指标\t长度\t≥5公里\t5公里\t20\t暂缓\t");
    expect(row(form, 0)).toEqual(["产出指标", "数量指标", "长度", "≥5公里", "5公里", "20", null, null]);
    expect(noted(form, "unreadable-figure")).toEqual(["indicators[0].score"]);
    expect(noted(form, "shifted-row")).toEqual([]);
  });

  it("a blank mark is absent, never 0, and its cell is still traced", () => {
    const form = read(ROWS, "产出指标\t数量指标\t长度\t≥5公里\t\t20\t\t");
    expect(row(form, 0)).toEqual(["产出指标", "数量指标", "长度", "≥5公里", null, "20", null, null]);
    expect(form.origins["indicators[0].score"]).toEqual({ raw: "", at: { table: 1, row: 4, column: 7 } });
  });

  it("rows without any heading are read in the national order, with a note", () => {
    const form = read(
      "产出指标\t数量指标\t长度\t≥5公里\t5公里\t50\t50\t",
      "\t质量指标\t验收\t合格\t合格\t40\t40\t",
    );
    expect(row(form, 1)).toEqual(["产出指标", "质量指标", "验收", "合格", "合格", "40", "40", null]);
    expect(noted(form, "header-missing")).toEqual(["indicators"]);
  });
});

describe("totals, grades, leaked markup", () => {
  const rows = [
    ROWS,
    "产出指标\t数量指标\t长度\t≥5公里\t5公里\t60\t60\t",
    "效益指标\t社会效益指标\t水质\t改善\t改善\t40\t38\t只达三类",
  ];

  it("a total whose cells closed up keeps the order of points and score, with a note", () => {
    const form = read(...rows, "总分\t100\t98", "评价等级\t优√ 良□ 中□ 差□");
    expect([form.totalPoints, form.totalScore, form.grade]).toEqual(["100", "98", "优"]);
    expect(noted(form, "shifted-row")).toEqual(["totalScore"]);
  });

  it("one figure alone is the total of the column it adds up", () => {
    expect(read(...rows, "合计\t98")).toMatchObject({ totalPoints: null, totalScore: "98" });
    expect(read(...rows, "合计\t100")).toMatchObject({ totalPoints: "100", totalScore: null });
  });

  it("markup becomes paragraphs, and a note says so", () => {
    const form = read(
      "年度总体目标\t预期目标\t\t\t实际完成情况",
      "\t<p>清淤五公里。</p><p>修闸&nbsp;两座。</p>\t\t\t完成。",
      ...rows,
    );
    expect(form.goal).toEqual({ expected: "清淤五公里。\n修闸 两座。", achieved: "完成。" });
    expect(noted(form, "leaked-markup")).toEqual(["goal.expected"]);
    expect(form.origins["goal.expected"]?.raw).toContain("<p>");
  });

  it("a blank cell of a goal is traced: left empty is something else than not printed", () => {
    const heading = "年度总体目标\t预期目标\t\t\t实际完成情况";
    const unfilled = read(heading, "\t清淤五公里，修闸两座。\t\t\t", ...rows);
    expect(unfilled.goal).toEqual({ expected: "清淤五公里，修闸两座。", achieved: null });
    expect(unfilled.origins["goal.achieved"]?.raw).toBe("");
    const unprinted = read("年度总体目标\t预期目标", "\t清淤五公里，修闸两座。", ...rows);
    expect(unprinted.origins["goal.achieved"]).toBeUndefined();
  });

  it("notes under the form and signatures are no indicators", () => {
    const form = read(
      ...rows,
      "总分\t\t\t\t\t100\t98\t",
      "备注：1.分值按批复。\t\t",
      "填报人：张三\t联系电话：（略）",
    );
    expect(form.indicators).toHaveLength(2);
    expect(form.fields).toEqual([
      { label: "备注", text: "1.分值按批复。" },
      { label: "填报人", text: "张三" },
      { label: "联系电话", text: "（略）" },
    ]);
  });
});

describe("merged cells and unusual columns", () => {
  const heading = [
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "是否核心指标",
  ];

  it("a mark merged over two rows counts once", () => {
    const { forms } = readForms(
      grid(
        textBlock("项目绩效自评表"),
        exactTable(1, [
          heading,
          ["产出指标", "数量指标", "★采样数", "９５份", "95份", ["20", 1, 2], ["18", 1, 2], "是"],
          ["产出指标", "数量指标", "报告数", "3份", "3份", "否"],
        ]),
      ),
      SOURCE,
    );
    expect(forms[0]?.indicators.map((found) => [found.name, found.core, found.points, found.score])).toEqual([
      ["采样数", true, "20", "18"],
      ["报告数", false, null, null],
    ]);
    expect(forms[0]?.indicators[0]?.target).toEqual({
      text: "９５份",
      comparison: null,
      value: "95",
      unit: "份",
    });
    expect(forms[0] ? noted(forms[0], "merged-figure") : []).toEqual([
      "indicators[1].points",
      "indicators[1].score",
    ]);
  });

  it("a cell under no heading is lost and said so", () => {
    const { forms } = readForms(
      grid(
        textBlock("项目绩效自评表"),
        exactTable(1, [
          ["一级指标", "二级指标", "三级指标", "年度指标值", "", "实际完成值", "分值", "得分"],
          ["产出指标", "数量指标", "采样数", "≥95份", "另批", "95份", "20", "18"],
        ]),
      ),
      SOURCE,
    );
    expect(forms[0]?.indicators[0]?.target.text).toBe("≥95份");
    expect(forms[0] ? noted(forms[0], "cell-without-column") : []).toEqual(["indicators[0]"]);
  });

  it("a goal named again at the top of a page is the same goal", () => {
    const rows = ["一级指标", "二级指标", "三级指标", "年初目标值", "实际完成值", "得分"];
    const { forms } = readForms(
      grid(
        textBlock("项目自评表"),
        exactTable(1, [
          ["年度绩效目标1（40分）", ...rows],
          ["", "产出指标", "数量指标", "采样数", "9份", "9份", "20"],
        ]),
        exactTable(2, [
          ["年度绩效目标1（40分）", ...rows],
          ["", "产出指标", "质量指标", "合格率", "9%", "9%", "20"],
        ]),
      ),
      SOURCE,
    );
    expect(forms[0]?.goals.map((goal) => goal.name)).toEqual(["年度绩效目标1"]);
    expect(forms[0]?.indicators.map((found) => found.goal)).toEqual([0, 0]);
  });

  it("criteria, evidence and a review score beside the unit's own", () => {
    const { forms } = readForms(
      grid(
        textBlock("项目支出绩效自评复核表"),
        exactTable(1, [
          [
            ["项目名称", 2],
            ["甲", 8],
          ],
          [
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "评分标准",
            "佐证材料",
            "自评得分",
            "复核得分",
          ],
          [
            ["决策", 1, 2],
            "项目立项",
            "立项依据",
            "充分",
            "充分",
            "10",
            "一项不符扣2分",
            "批复文件",
            "10",
            "8",
          ],
          ["绩效目标", "目标合理", "合理", "合理", "10", "同上", "—", "10", "10"],
          [["总得分", 8], "20", "18"],
          [["评价等级：□优 ☑良 □中 □差", 10]],
        ]),
      ),
      SOURCE,
    );
    expect(forms[0]).toMatchObject({ kind: "review", totalScore: "20", grade: "良" });
    expect(forms[0]?.indicators[0]).toMatchObject({
      level1: "决策",
      score: "10",
      reviewScore: "8",
      criteria: "一项不符扣2分",
      evidence: "批复文件",
    });
    expect(forms[0]?.indicators[1]?.evidence).toBeNull();
  });
});
