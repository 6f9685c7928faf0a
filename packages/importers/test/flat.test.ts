import type { Form } from "@jiheng/domain";
import { describe, expect, test } from "vitest";
import { readFlat } from "../src/flat/index.ts";

const SOURCE = { sha256: "f".repeat(64) };

function read(text: string): Form {
  const { forms } = readFlat([{ kind: "text", text, at: { line: 1, column: 1 } }], SOURCE);
  expect(forms).toHaveLength(1);
  return forms[0] as Form;
}

const funds = (form: Form): (string | null)[][] =>
  form.funds.map((fund) => [
    fund.source,
    fund.initialBudget,
    fund.adjustedBudget,
    fund.expenditure,
    fund.points,
    fund.executionRate,
    fund.score,
  ]);

const rows = (form: Form): (string | null)[][] =>
  form.indicators.map((row) => [
    row.level1,
    row.level2,
    row.name,
    row.target.text,
    row.actual.text,
    row.points,
    row.score,
    row.deviation,
  ]);

const codes = (form: Form): string[] => [...new Set(form.notes.map((note) => note.code))].sort();

/** One invented form, cell by cell: the same reading must come out of every way of writing it down. */
const CELLS: readonly (readonly string[])[] = [
  ["项目支出绩效自评表"],
  ["（2022年度）"],
  ["项目名称", "渡口航标维护"],
  ["主管部门", "沙湾县交通运输局", "实施单位", "沙湾县航道站"],
  ["项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
  ["年度资金总额", "80.00", "76.50", "70.38", "10", "92.00%", "9.20"],
  ["其中：当年财政拨款", "60.00", "60.00", "55.20", "-", "92.00%", "-"],
  ["上年结转资金", "20.00", "16.50", "15.18", "-", "92.00%", "-"],
  ["年度总体目标", "预期目标", "实际完成情况"],
  ["维护航标，保障渡运安全。", "已维护航标，渡运平稳。"],
  [
    "绩效指标",
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
  ],
  ["产出指标", "数量指标", "维护航标数量", "≥46座", "43座", "20", "18.7", "洪水冲毁三座，已申请补设。"],
  ["更换灯器数量", "≥12盏", "14盏", "10", "10"],
  ["质量指标", "航标正常率", "≥98%", "99.1%", "10", "10"],
  ["时效指标", "维护按期完成率", "100%", "100%", "10", "10"],
  ["效益指标", "社会效益指标", "渡运安全水平", "明显提升", "明显提升", "30", "30"],
  ["满意度指标", "服务对象满意度指标", "船员满意度", "≥90%", "94%", "10", "10"],
  ["总分", "100", "97.9"],
  ["评分等级", "优"],
];

const EXPECTED_FUNDS = [
  ["total", "80.00", "76.50", "70.38", "10", "92.00", "9.20"],
  ["current-appropriation", "60.00", "60.00", "55.20", null, "92.00", null],
  ["carry-over", "20.00", "16.50", "15.18", null, "92.00", null],
];

const EXPECTED_ROWS = [
  ["产出指标", "数量指标", "维护航标数量", "≥46座", "43座", "20", "18.7", "洪水冲毁三座，已申请补设。"],
  ["产出指标", "数量指标", "更换灯器数量", "≥12盏", "14盏", "10", "10", null],
  ["产出指标", "质量指标", "航标正常率", "≥98%", "99.1%", "10", "10", null],
  ["产出指标", "时效指标", "维护按期完成率", "100%", "100%", "10", "10", null],
  ["效益指标", "社会效益指标", "渡运安全水平", "明显提升", "明显提升", "30", "30", null],
  ["满意度指标", "服务对象满意度指标", "船员满意度", "≥90%", "94%", "10", "10", null],
];

const WRITTEN: Readonly<Record<string, string>> = {
  "one cell a line": CELLS.flat().join("\n"),
  "one cell a line, blank lines between": CELLS.flat().join("\n\n"),
  "one cell a line with bars": CELLS.flat().join(" |\n"),
  "bars over several lines": CELLS.map((row) => row.join(" | ")).join(" |\n"),
  "single blanks": CELLS.flat().join(" "),
  "wide blanks": CELLS.map((row) => row.join("    ")).join("\n"),
  "run together": CELLS.flat().join(""),
  "run together, blanks inside words": CELLS.flat()
    .join("")
    .replaceAll("指标", "指 标")
    .replaceAll("执行", "执\n行"),
  "run together, cut by page marks": `渡口航标维护.docx\n1、${CELLS.slice(0, 12).flat().join("")}更换灯\n2、${CELLS.slice(12).flat().join("").replace("更换灯", "")}`,
};

describe("one form, however it was written down", () => {
  for (const [style, text] of Object.entries(WRITTEN))
    test(style, () => {
      const form = read(text);
      expect(form).toMatchObject({
        title: "项目支出绩效自评表",
        year: 2022,
        project: "渡口航标维护",
        department: "沙湾县交通运输局",
        unit: "沙湾县航道站",
        moneyUnit: "万元",
        totalPoints: "100",
        totalScore: "97.9",
        grade: "优",
      });
      expect(funds(form)).toEqual(EXPECTED_FUNDS);
      expect(rows(form)).toEqual(EXPECTED_ROWS);
      expect(form.goal).toEqual({ expected: "维护航标，保障渡运安全。", achieved: "已维护航标，渡运平稳。" });
    });

  test("every figure keeps its raw text and its line", () => {
    const form = read(WRITTEN["one cell a line"] as string);
    const lines = (WRITTEN["one cell a line"] as string).split("\n");
    const trace = form.origins["indicators[0].score"];
    expect(trace?.raw).toBe("18.7");
    expect(trace?.at).toEqual({ line: lines.indexOf("18.7") + 1, column: 1 });
    expect(form.origins["funds[0].executionRate"]?.raw).toBe("92.00%");
  });

  test("cells that show leave nothing to guess; what is cut by meaning is noted", () => {
    expect(codes(read(WRITTEN["bars over several lines"] as string))).toEqual([]);
    const notes = read(WRITTEN["run together"] as string).notes;
    expect(notes.every((note) => note.level === "guessed")).toBe(true);
    expect(notes.map((note) => note.place)).toContain("indicators[0].deviation");
  });

  test("a reader may hand over every line as a block of its own, without the empty ones", () => {
    for (const [style, text] of Object.entries(WRITTEN)) {
      const blocks = text
        .split("\n")
        .map((line, index) => ({ kind: "text", text: line, at: { line: index + 1, column: 1 } }) as const)
        .filter((block) => block.text !== "");
      const { forms } = readFlat(blocks, SOURCE);
      expect(forms, style).toHaveLength(1);
      expect(rows(forms[0] as Form), style).toEqual(EXPECTED_ROWS);
      expect(forms[0]?.origins, style).toEqual(read(text).origins);
    }
  });

  test("a page mark is told", () => {
    const { notes } = readFlat(
      [
        {
          kind: "text",
          text: WRITTEN["run together, cut by page marks"] as string,
          at: { line: 1, column: 1 },
        },
      ],
      SOURCE,
    );
    expect(notes).toMatchObject([{ level: "normalised", code: "page-marks" }]);
  });
});

describe("other layouts, run together", () => {
  test("points before values, dates, a lost point with its reason", () => {
    const form = read(
      "2023年财政衔接资金项目绩效自评表项目名称柳溪镇产业路硬化主管部门柳溪县农业农村局实施单位柳溪镇人民政府资金情况(元)全年预算数(A)全年执行数(B)分值执行率(B/A)得分年度资金总额:1563200.001501250.501096.04%9.6其中:财政拨款1563200.001501250.50其他资金年度总体目标年初设定目标年度总体目标完成情况综述硬化产业路。已硬化产业路。绩效指标一级指标二级指标三级指标分值年度指标值全年实际值得分未完成原因及拟采取的改进措施产出指标数量指标硬化产业路里程15≥3.2公里3.2公里15新建错车道数量10≥6处5处8.33征地未完成质量指标路面验收合格率10100%100%10时效指标项目完工时间102023年11月底前2023年12月8工期延误成本指标每公里造价5≤48.85万元46.9万元5效益指标经济效益指标运输成本降低比例15≥10%12%15社会效益指标受益农户数15≥320户356户15满意度指标服务对象满意度指标群众满意度10≥95%97.5%10总分10095.93",
    );
    expect(funds(form)).toEqual([
      ["total", null, "1563200.00", "1501250.50", "10", "96.04", "9.6"],
      ["current-appropriation", null, "1563200.00", "1501250.50", null, null, null],
      ["other", null, null, null, null, null, null],
    ]);
    expect(rows(form).map((row) => row.slice(2))).toEqual([
      ["硬化产业路里程", "≥3.2公里", "3.2公里", "15", "15", null],
      ["新建错车道数量", "≥6处", "5处", "10", "8.33", "征地未完成"],
      ["路面验收合格率", "100%", "100%", "10", "10", null],
      ["项目完工时间", "2023年11月底前", "2023年12月", "10", "8", "工期延误"],
      ["每公里造价", "≤48.85万元", "46.9万元", "5", "5", null],
      ["运输成本降低比例", "≥10%", "12%", "15", "15", null],
      ["受益农户数", "≥320户", "356户", "15", "15", null],
      ["群众满意度", "≥95%", "97.5%", "10", "10", null],
    ]);
    expect(form.template).toBe("rural-revitalisation");
    expect(form.totalScore).toBe("95.93");
  });

  test("sign, value and unit apart; reason of a fund row; rows of dashes", () => {
    const form = read(
      "报表编号:510000_0013zp部门预算项目支出绩效自评表(2023年度)项目名称51000022T000006123456-防汛物资储备主管部门岷桥县应急管理局本级实施单位(盖章)岷桥县应急管理局项目基本情况1.项目年度目标完成情况项目年度目标年度目标完成情况储备防汛物资。已储备防汛物资。2.项目实施内容及过程概述采购入库。预算执行情况(10分)年度预算数(万元)年初预算调整后预算数预算执行数预算执行率权重得分原因总额45.0042.3038.0789.99%108.99设备未到货其中:财政资金45.0042.3038.0789.99%//单位资金0.000.000.000.00%//其他资金//绩效指标(90分)一级指标二级指标三级指标指标性质指标值度量单位完成值权重得分未完成原因分析产出指标数量指标储备编织袋数量≥50000条520002020储备冲锋舟数量=4艘31511.25一艘未到货质量指标物资验收合格率=100%1001515效益指标社会效益指标险情处置能力定性提升提升2020满意度指标服务对象满意度指标群众满意度≥90%952020合计10095.24",
    );
    expect(form).toMatchObject({
      project: "防汛物资储备",
      projectCode: "51000022T000006123456",
      totalScore: "95.24",
    });
    expect(funds(form)).toEqual([
      ["total", "45.00", "42.30", "38.07", "10", "89.99", "8.99"],
      ["current-appropriation", "45.00", "42.30", "38.07", null, "89.99", null],
      ["unit", "0.00", "0.00", "0.00", null, "0.00", null],
      ["other", null, null, null, null, null, null],
    ]);
    expect(form.funds[0]?.deviation).toBe("设备未到货");
    expect(rows(form).map((row) => row.slice(2, 7))).toEqual([
      ["储备编织袋数量", "≥50000条", "52000", "20", "20"],
      ["储备冲锋舟数量", "=4艘", "3", "15", "11.25"],
      ["物资验收合格率", "=100%", "100", "15", "15"],
      ["险情处置能力", "提升", "提升", "20", "20"],
      ["群众满意度", "≥90%", "95", "20", "20"],
    ]);
  });

  test("20 points of execution, no points column, a rate of 1, torn labels and a misread sign", () => {
    const form = read(
      "2021年度湖滩围网清理项目自评表单位名称:渔政科填报日期:项目名称湖滩围网清理主管部门东汊市农业农村局项目实施单位渔政站预算执行情况(万元)(20分)预算数(A)执行数(B)执行率(B/A)得分(20分*执行率)年度财政资金总额3.243.24120度效标绩目1分二级指标三级指标年初目标值(A)实际完成值(B)得分出标产指数量指标清理围网处数8820质量指标清理合格率100%100%20益标效指意指满度服务对象满意度沿湖渔民满意度290%290%40总分100偏差大或目标未完成原因分析无备注:预算数为调整后总额。",
    );
    expect(form.template).toBe("hubei");
    expect(funds(form)).toEqual([["total", null, "3.24", "3.24", "20", "100", "20"]]);
    expect(rows(form)).toEqual([
      ["产出指标", "数量指标", "清理围网处数", "8", "8", null, "20", null],
      ["产出指标", "质量指标", "清理合格率", "100%", "100%", null, "20", null],
      ["满意度指标", "服务对象满意度", "沿湖渔民满意度", "≥90%", "≥90%", null, "40", null],
    ]);
    expect(form.totalScore).toBe("100");
    const at = (code: string) => form.notes.filter((note) => note.code === code).map((note) => note.place);
    expect(at("misread-sign")).toEqual(["indicators[2].target", "indicators[2].actual"]);
    expect(at("torn-label")).toEqual(["indicators[0].level1", "indicators[2].level1"]);
    expect(at("rate-as-share")).toEqual(["funds[0].executionRate"]);
  });

  test("no points at all", () => {
    const form = read(
      "2022年度县级专项资金绩效自评表专项资金名称林区防火道管护县级主管部门石屏县林业局实施单位石屏县防火队项目资金(万元)全年预算数(A)全年执行数(B)执行率(B/A)年度资金总额36.236.2100%其中:省、市补助县级资金36.236.2100%其他资金年度总体目标年初设定目标全年实际完成情况管护防火道。已管护防火道。绩效指标一级指标二级指标三级指标年度指标值全年完成值未完成原因和改进措施产出指标数量指标300公里防火道管护到位率100%100%质量指标防火道合格率100%100%火情发生比例00成本指标人工费标准执行率100%无未雇工效益指标可持续影响指标管护制度完备性高高满意度指标服务对象满意度指标火灾投诉件数0件0件林农满意度≥90%100%说明无",
    );
    expect(form.template).toBe("county-unscored");
    expect(form.funds.map((fund) => [fund.label, fund.adjustedBudget])).toEqual([
      ["年度资金总额", "36.2"],
      ["其中:省、市补助县级资金", "36.2"],
      ["其他资金", null],
    ]);
    expect(rows(form).map((row) => [row[2], row[3], row[4], row[7]])).toEqual([
      ["300公里防火道管护到位率", "100%", "100%", null],
      ["防火道合格率", "100%", "100%", null],
      ["火情发生比例", "0", "0", null],
      ["人工费标准执行率", "100%", "无", "未雇工"],
      ["管护制度完备性", "高", "高", null],
      ["火灾投诉件数", "0件", "0件", null],
      ["林农满意度", "≥90%", "100%", null],
    ]);
  });
});

describe("other layouts with cells", () => {
  test("a head of two rows and empty cells between bars", () => {
    const form = read(
      "2021年度项目支出绩效自评表 | 部门:栗园县水利局 |\n|\n| 公开14表 | 项目名称 | 山塘加固 | 主管部门 | 栗园县水利局 | 实施单位 | 栗园县水利站 | 项目资金 (元) |\n| 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 | 年度资金总额 |\n| 120000.00 | 90000.00 | 10 | 75% | 7.5 | 其中:当年财政 拨款 |\n| 120000.00 | 90000.00 | — |\n| — | 上年结转 资金 |\n|\n|\n| — |\n| — | 其他资金 | — | — | — | — |\n| — | 年度 总体 目标 | 预期目标 | 实际完成情况 | 加固山塘 | 加固山塘两座 | 绩效指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 产出指标 | 数量指标 | 加固山塘座数 | ≧ | 3 | 座 | 2 | 45 | 30 | 一座未开工 |\n 效益指标 | 生态效益 指标 | 蓄水能力 |\n| 提升 |\n| 提升 | 35 | 35 |\n| 经济效益 指标 |\n|\n|\n|\n|\n|\n|\n|\n| 满意度指标 | 服务对象满意度指标等 | 村民满意度 | ═ | 90 | % | 88% | 10 | 9.7 |\n| 总分 | 100 | 82.2 | 良 |\n|",
    );
    expect(funds(form)).toEqual([
      ["total", null, "120000.00", "90000.00", "10", "75", "7.5"],
      ["current-appropriation", null, "120000.00", "90000.00", null, null, null],
      ["carry-over", null, null, null, null, null, null],
      ["other", null, null, null, null, null, null],
    ]);
    expect(rows(form)).toEqual([
      ["产出指标", "数量指标", "加固山塘座数", "≧3座", "2", "45", "30", "一座未开工"],
      ["效益指标", "生态效益指标", "蓄水能力", "提升", "提升", "35", "35", null],
      ["满意度指标", "服务对象满意度指标", "村民满意度", "═90%", "88%", "10", "9.7", null],
    ]);
    expect(form).toMatchObject({
      totalScore: "82.2",
      grade: "良",
      department: "栗园县水利局",
      moneyUnit: "元",
    });
  });

  test("a department's form without levels: coefficient, initial and adjusted target", () => {
    const form = read(
      "2021年部门(单位)整体支出绩效自评表 |\n部门名称 |\n江岭区档案馆 |\n预算资金(万元) |\n年初预算数 |\n全年(调整)预算数 |\n全年执行数 |\n执行率(%) |\n执行率权重 |\n执行率得分 |\n年度总金额 |\n812.40 |\n830.15 |\n801.22 |\n96.52 |\n10 |\n9.65 |\n绩效指标 |\n指标名称 |\n计量单位 |\n指标性质 |\n指标权重 |\n年初指标值 |\n调整指标值 |\n全年完成值 |\n得分系数 |\n指标得分 |\n说明 |\n档案数字化页数 |\n万页 |\n≥ |\n60 |\n120 |\n150 |\n156 |\n1 |\n60 |\n|\n查档接待人次 |\n人次 |\n≥ |\n30 |\n4000 |\n|\n3600 |\n0.9 |\n27 |\n线上查档增多 |\n合计 |\n|\n|\n100 |\n|\n|\n|\n|\n96.65 |\n|",
    );
    expect(form.kind).toBe("department-self-evaluation");
    expect(form.department).toBe("江岭区档案馆");
    expect(form.unit).toBe("江岭区档案馆");
    expect(funds(form)).toEqual([["total", "812.40", "830.15", "801.22", "10", "96.52", "9.65"]]);
    expect(
      form.indicators.map((row) => [
        row.name,
        row.initialTarget?.text,
        row.target.text,
        row.actual.text,
        row.coefficient,
        row.score,
        row.deviation,
      ]),
    ).toEqual([
      ["档案数字化页数", "≥120万页", "≥150万页", "156", "1", "60", null],
      ["查档接待人次", "≥4000人次", "≥4000人次", "3600", "0.9", "27", "线上查档增多"],
    ]);
    expect(form.notes.map((note) => [note.code, note.place])).toContainEqual([
      "target-from-initial",
      "indicators[1].target",
    ]);
  });

  test("words broken by lines, torn brackets, placeholder rows, text cut off", () => {
    const form = read(
      "部门整体支出绩效自评表\n\n2023年度)\n\n级预算单位名称\n\n梅岭区文化馆\n\n年度预\n\n算申请\n\n(万元)\n\n年初\n\n预算数\n\n全年预算数\n\n全年\n\n执行数\n\n分值\n\n执行率\n\n得分\n\n年度资金总额\n\n520.6万元\n\n561.3万元\n\n533.2万元\n\n10\n\n94.99%\n\n9.50\n\n年度总体目标\n\n预期目标\n\n实际完成情况\n\n办好公益培训\n\n已办好公益培训\n\n一级指标\n\n二级指标\n\n三级指标\n\n年度\n\n指标值\n\n实际\n\n完成值\n\n分值\n\n得分\n\n偏差原因\n\n分析及\n\n改进措施\n\n产出指标\n\n(50)\n\n数量\n\n指标\n\n公益培训场次\n\n60场\n\n66场\n\n20\n\n20\n\n……\n\n时效\n\n指标\n\n按期举办率\n\n100%\n\n98%\n\n30\n\n29.4\n\n效益指标\n\n30分)\n\n社会效\n\n益指标\n\n服务群众人次\n\n5万人次\n\n5.6万人次\n\n30\n\n30\n\n生态",
    );
    expect(form.unit).toBe("梅岭区文化馆");
    expect(funds(form)).toEqual([["total", "520.6", "561.3", "533.2", "10", "94.99", "9.50"]]);
    expect(rows(form)).toEqual([
      ["产出指标", "数量指标", "公益培训场次", "60场", "66场", "20", "20", null],
      ["产出指标", "时效指标", "按期举办率", "100%", "98%", "30", "29.4", null],
      ["效益指标", "社会效益指标", "服务群众人次", "5万人次", "5.6万人次", "30", "30", null],
    ]);
    expect(form.indicators.map((row) => row.groupPoints)).toEqual(["50", "50", "30"]);
    expect(codes(form)).toContain("text-cut-off");
    expect(form.notes.map((note) => [note.code, note.place])).toContainEqual(["torn-label", "unit"]);
  });

  test("a score that is not printed stays null and is told as lost", () => {
    const form = read(CELLS.flat().join(" ").replace("99.1% 10 10", "99.1% 10"));
    const index = form.indicators.findIndex((row) => row.name === "航标正常率");
    expect(form.indicators[index]?.points).toBe("10");
    expect(form.indicators[index]?.score).toBeNull();
    expect(form.notes).toContainEqual(
      expect.objectContaining({ level: "lost", code: "missing-cell", place: `indicators[${index}].score` }),
    );
  });

  test("two forms in one text", () => {
    const other = CELLS.flat().join(" ").replace("渡口航标维护", "码头系船柱更换");
    const { forms } = readFlat(
      [{ kind: "text", text: `${CELLS.flat().join(" ")} ${other}`, at: { line: 1, column: 1 } }],
      SOURCE,
    );
    expect(forms.map((form) => form.project)).toEqual(["渡口航标维护", "码头系船柱更换"]);
    expect(forms.map((form) => form.grade)).toEqual(["优", "优"]);
    expect(new Set(forms.map((form) => form.id)).size).toBe(2);
  });

  test("text that holds no form says so", () => {
    const { forms, notes } = readFlat(
      [{ kind: "text", text: "关于召开航道工作会议的通知，请各站准时参加。", at: { line: 1, column: 1 } }],
      SOURCE,
    );
    expect(forms).toEqual([]);
    expect(notes).toMatchObject([{ level: "lost", code: "no-form" }]);
  });
});

test.each(["元", "千元", "百万元", "千万元"])("the unit of money in a caption: %s", (unit) => {
  const form = read(
    `项目支出绩效自评表 |\n单位:${unit} |\n项目名称 |\n桥梁检测 |\n主管部门 |\n甲市交通局 |\n预算执行情况 |\n年初预算数 |\n全年预算数 |\n全年执行数 |\n分值 |\n执行率 |\n得分 |\n年度资金总额 |\n5.00 |\n5.00 |\n5.00 |\n10 |\n100% |\n10 |\n绩效指标 |\n一级指标 |\n二级指标 |\n三级指标 |\n年度指标值 |\n实际完成值 |\n分值 |\n得分 |\n产出指标 |\n数量指标 |\n检测座数 |\n≥20座 |\n20座 |\n90 |\n90 |\n总分 |\n100 |\n100 |`,
  );
  expect(form.moneyUnit).toBe(unit);
});

describe("the grade of a text without cells", () => {
  const body =
    "项目支出绩效自评表\n(2023年度)\n项目名称 林场道路养护 主管部门 松湖市林业局 实施单位 松湖市林场\n项目资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分\n年度资金总额 40 50 45 10 90% 9\n年度总体目标 预期目标 实际完成情况\n养护林道20公里。 养护林道21公里。\n一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施\n产出指标 数量指标 养护林道长度 ≥20公里 21公里 50 50\n效益指标 社会效益指标 林道通畅率 ≥95% 96% 30 30\n满意度指标 满意度指标 职工满意度 ≥90% 92% 10 10\n";
  test.each([
    "总分 100 99 自评等次：优",
    "总分 100 99\n自评等级 优",
    "自评等次：优\n总分 100 99",
    "总分 100 99 评价档次：优",
    "总分 100 99 绩效评价等级：优",
  ])("%s", (foot) => {
    const { totalPoints, totalScore, grade, indicators } = read(`${body}${foot}\n`);
    expect([totalPoints, totalScore, grade, indicators.length]).toEqual(["100", "99", "优", 3]);
  });
});
