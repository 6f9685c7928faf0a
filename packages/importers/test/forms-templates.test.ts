import type { Form, Indicator } from "@jiheng/domain";
import { describe, expect, it } from "vitest";
import type { Grid } from "../src/grid.ts";
import { readForms } from "../src/recognise/index.ts";
import { exactTable, grid, SOURCE, textBlock } from "./grid-builder.ts";
import {
  ANHUI,
  CHONGQING,
  HUBEI,
  HUNAN,
  MIXED,
  NATIONAL,
  NATIONAL_COST,
  RURAL,
  SICHUAN,
  TRANSFER,
  UNSCORED,
  YUNNAN,
} from "./invented-forms.ts";

function only(source: Grid): Form {
  const { forms, notes } = readForms(source, SOURCE);
  expect(notes).toEqual([]);
  expect(forms).toHaveLength(1);
  const form = forms[0];
  if (!form) throw new Error("no form");
  return form;
}

const row = (indicator: Indicator): string =>
  [
    indicator.level1,
    indicator.level2,
    indicator.name,
    indicator.target.text,
    indicator.actual.text,
    indicator.points,
    indicator.score,
    indicator.deviation,
  ]
    .map((value) => value ?? "·")
    .join(" ");
const rows = (form: Form): string[] => form.indicators.map(row);
const funds = (form: Form): string[] =>
  form.funds.map((fund) =>
    [
      fund.source,
      fund.initialBudget,
      fund.adjustedBudget,
      fund.expenditure,
      fund.points,
      fund.executionRate,
      fund.score,
    ]
      .map((value) => value ?? "·")
      .join(" "),
  );
const codes = (form: Form): string[] => form.notes.map((note) => `${note.code}@${note.place}`);

describe("national model form", () => {
  const form = only(NATIONAL);

  it("is recognised, with its head", () => {
    expect([form.kind, form.template, form.title, form.year, form.moneyUnit]).toEqual([
      "project-self-evaluation",
      "national",
      "项目支出绩效自评表",
      2023,
      "万元",
    ]);
    expect([form.project, form.department, form.unit]).toEqual([
      "湿地水鸟监测",
      "江北省林业厅",
      "江北省湿地中心",
    ]);
    expect(form.id).toBe("0123456789ab-1");
  });

  it("reads the funds; a dash and a blank are absent, never 0", () => {
    expect(funds(form)).toEqual([
      "total 120.00 118.50 110.30 10 93.08 9.31",
      "current-appropriation 120.00 118.50 110.30 · 93.08 ·",
      "carry-over · · · · · ·",
      "other · · · · · ·",
    ]);
    expect(form.origins["funds[0].score"]).toEqual({ raw: "9.31", at: { table: 1, row: 4, column: 9 } });
    expect(form.origins["funds[1].score"]?.raw).toBe("—");
  });

  it("reads goals and indicators, without rows that only keep a place", () => {
    expect(form.goal).toEqual({
      expected: "目标1：监测三处湿地。\n目标2：编制年报。",
      achieved: "已监测三处，年报印发。",
    });
    expect(rows(form)).toEqual([
      "产出指标 数量指标 监测湿地数量 ≥3处 3处 15 15 ·",
      "产出指标 数量指标 其中：国家级湿地 ≥1处 1处 5 5 ·",
      "产出指标 质量指标 数据合格率 ≥95% 97.5% 15 15 ·",
      "产出指标 成本指标 单处监测费用 ≤30万元 28.6万元 15 14 标准偏高；明年调低",
      "效益指标 生态效益指标 水鸟种类 不低于50种 约52种 20 20 ·",
      "满意度指标 服务对象满意度指标 公众满意度 ≥90% 92% 20 20 ·",
    ]);
    expect(form.indicators[4]?.target).toEqual({
      text: "不低于50种",
      comparison: "≥",
      value: "50",
      unit: "种",
    });
    expect(form.indicators[1]?.parent).toBe(form.indicators[0]?.id);
    expect([form.totalPoints, form.totalScore, form.grade]).toEqual(["100", "98.31", null]);
  });

  it("notes the one thing it had to choose", () => {
    expect(codes(form)).toEqual(["approximate-value@indicators[4].actual"]);
  });

  it("traces figures and labels to their cells", () => {
    expect(form.origins["indicators[3].level1"]?.at).toEqual({ table: 1, row: 11, column: 2 });
    expect(form.origins["indicators[3].deviation"]).toEqual({
      raw: "标准偏高；明年调低",
      at: { table: 1, row: 14, column: 9 },
    });
    expect(form.origins["indicators[0].deviation"]).toEqual({
      raw: "",
      at: { table: 1, row: 11, column: 9 },
    });
  });
});

describe("national model form with cost as level 1, from a workbook", () => {
  const form = only(NATIONAL_COST);

  it("reads level labels that are printed once and left blank below", () => {
    expect([form.template, form.year, form.moneyUnit, form.grade]).toEqual(["national", 2023, "元", "优"]);
    expect(rows(form)).toEqual([
      "成本指标 经济成本指标 单车运行费 ≤8万元 7.6万元 20 20 ·",
      "产出指标 数量指标 流动服务点 ≥40个 44个 40 40 ·",
      "产出指标 时效指标 按期开行 及时 及时 10 10 ·",
      "效益指标 社会效益指标 借阅人次 ≥5000人次 5200人次 20 20 ·",
    ]);
  });

  it("gives the rate in percent and says that it changed the notation", () => {
    expect(funds(form)).toEqual(["total 1200000 1000000 958000 10 95.8 9.58"]);
    expect(codes(form)).toEqual(["rate-in-percent@funds[0].executionRate"]);
    expect(form.notes[0]?.level).toBe("normalised");
    expect(form.origins["funds[0].executionRate"]).toEqual({
      raw: "0.958",
      at: { sheet: "自评表", ref: "G6" },
    });
  });
});

describe("Anhui", () => {
  const form = only(ANHUI);

  it("reads the points of a group from its label", () => {
    expect(form.template).toBe("anhui");
    expect(
      form.indicators.map((indicator) => [indicator.level1, indicator.level2, indicator.groupPoints]),
    ).toEqual([
      ["产出指标", "数量指标", "50"],
      ["产出指标", "质量指标", "50"],
      ["效益指标", "社会效益指标", "30"],
      ["满意度指标", "满意度指标", "10"],
    ]);
    expect([form.department, form.departmentCode, form.unitCode]).toEqual([
      "219-东山镇人民政府",
      "219",
      "219001",
    ]);
    expect(form.indicators[1]?.target).toEqual({
      text: "≥100百分比",
      comparison: "≥",
      value: "100",
      unit: "百分比",
    });
  });
});

describe("Yunnan", () => {
  const form = only(YUNNAN);

  it("joins sign, value and unit under a heading of two rows", () => {
    expect([form.template, form.formNumber, form.moneyUnit]).toEqual(["yunnan", "公开14表", "元"]);
    expect(form.indicators.map((indicator) => indicator.target)).toEqual([
      { text: "≧735米", comparison: "≥", value: "735", unit: "米" },
      { text: "═100%", comparison: "=", value: "100", unit: "%" },
      { text: "提升", comparison: null, value: null, unit: null },
    ]);
    expect(rows(form)[1]).toBe("产出指标 质量指标 验收合格率 ═100% 100% 10 7 验收推迟");
    expect(funds(form)[0]).toBe("total · 387664.62 387664.62 10 100 10");
  });

  it("takes the grade from the row of the total and the unit from 实施单位", () => {
    expect([form.totalPoints, form.totalScore, form.grade]).toEqual(["100", "97", "优"]);
    expect(form.unit).toBe("甲县水库管理所");
    expect(form.fields).toContainEqual({ label: "单位名称", text: "甲县水务局" });
    expect(form.fields).toContainEqual({ label: "其他需要说明事项", text: "无" });
  });
});

describe("Sichuan 510000_0013zp", () => {
  const form = only(SICHUAN);

  it("reads head, money and weights by their headings", () => {
    expect([form.template, form.jurisdiction, form.year]).toEqual(["sichuan-0013zp", "四川", 2023]);
    expect([form.project, form.projectCode]).toEqual(["粮库维修", "51000021R000000012345"]);
    expect(funds(form)).toEqual([
      "total 1238.93 1251.89 1251.89 10 100.00 10",
      "current-appropriation 1238.93 1251.89 1251.89 · 100.00 ·",
      "special-account 0.00 0.00 0.00 · 0.00 ·",
      "unit 0.00 0.00 0.00 · 0.00 ·",
      "other · · · · · ·",
    ]);
    expect(form.funds[0]?.deviation).toBe("追加后已全部支付");
    expect(form.goal).toEqual({ expected: "维修两座粮库。", achieved: "已完工两座。" });
    expect(form.goals).toHaveLength(1);
  });

  it("joins targets, leaves qualitative ones in words, keeps the conclusions", () => {
    expect(form.indicators.map((indicator) => indicator.target.text)).toEqual(["≥2座", "好", "≤1251.89万元"]);
    expect(form.indicators.map((indicator) => indicator.points)).toEqual(["50", "30", "10"]);
    expect(form.fields.map((field) => `${field.label}=${field.text}`)).toEqual([
      "2.项目实施内容及过程概述=按合同施工",
      "评价结论=自评100分",
      "存在问题=工期紧",
      "改进措施=提早招标",
      "项目负责人=张三",
      "财务负责人=李四",
    ]);
  });
});

describe("Hubei", () => {
  const form = only(HUBEI);

  it("takes the points of execution from the heading and has none on the rows", () => {
    expect(form.template).toBe("hubei");
    expect(funds(form)).toEqual(["total · 1.56 1.50 20 96.15 19.23"]);
    expect(form.indicators.map((indicator) => [indicator.points, indicator.score])).toEqual([
      [null, "20"],
      [null, "20"],
      [null, "40"],
    ]);
    expect([form.totalPoints, form.totalScore]).toEqual([null, "99.23"]);
  });

  it("keeps goals apart, the one explanation, and tick boxes", () => {
    expect(form.goals.map((goal) => [goal.name, goal.points])).toEqual([
      ["年度绩效目标1", "40"],
      ["年度绩效目标2", "40"],
    ]);
    expect(form.indicators.map((indicator) => indicator.goal)).toEqual([0, 0, 1]);
    expect(form.deviation).toBe("巡护次数受汛期影响");
    expect(form.fields.find((field) => field.label === "项目类别")?.text).toContain("☑");
    expect(form.unit).toBe("渔政科");
  });
});

describe("rural revitalisation", () => {
  const form = only(RURAL);

  it("reads points that stand before the target", () => {
    expect([form.template, form.year]).toEqual(["rural-revitalisation", 2022]);
    expect(rows(form)).toEqual([
      "产出指标 数量指标 硬化长度 ≥2公里 ≥2公里 40 40 ·",
      "产出指标 成本指标 计划总投资 20万元 19万元 30 30 ·",
      "效益指标 社会效益指标 受益人口 ≥1,000人 1200人 10 10 ·",
      "满意度指标 服务对象满意度指标 村民满意度 ≥95% 95% 10 10 ·",
    ]);
    expect(form.funds[0]?.label).toBe("年度资金总额");
    expect([form.totalPoints, form.totalScore]).toEqual(["100", "99.5"]);
  });
});

describe("forms without points", () => {
  it("county", () => {
    const form = only(UNSCORED);
    expect([form.template, form.project, form.year]).toEqual(["county-unscored", "储备粮", 2020]);
    expect(form.indicators.every((indicator) => indicator.points === null && indicator.score === null)).toBe(
      true,
    );
    expect(rows(form)[2]).toBe("效益指标 可持续影响指标 仓房维护 高 高 · · ·");
    expect(form.notes).toEqual([]);
  });

  it("transfer payment", () => {
    const form = only(TRANSFER);
    expect([form.kind, form.template]).toEqual(["transfer-self-evaluation", "transfer-payment"]);
    expect([form.project, form.department, form.unit]).toEqual(["科普专项", "己省科协", "己省科技馆"]);
    expect(funds(form)).toEqual([
      "total · 50.00 45.00 · 90.00 ·",
      "central · 50.00 45.00 · 90.00 ·",
      "local · · · · · ·",
    ]);
    expect(form.goal).toEqual({ expected: "办好科普", achieved: "已办" });
    expect(form.indicators[1]?.deviation).toBe("天气");
  });
});

describe("department-wide forms", () => {
  it("Chongqing: flat rows with initial and adjusted targets", () => {
    const form = only(CHONGQING);
    expect([form.kind, form.template, form.department, form.unit]).toEqual([
      "department-self-evaluation",
      "department-chongqing",
      "庚市档案局",
      "庚市档案局",
    ]);
    expect(form.goals[0]).toMatchObject({ expected: "做好档案", adjusted: "同年初", achieved: "完成" });
    expect(
      form.indicators.map((row) => [row.level1, row.core, row.coefficient, row.points, row.score]),
    ).toEqual([
      [null, true, "100", "40", "40"],
      [null, false, "100", "50", "50"],
    ]);
    expect(form.indicators[0]?.initialTarget?.text).toBe("≥1000卷");
    expect(form.indicators[0]?.target.text).toBe("≥1200卷");
    expect(form.indicators[1]?.target.text).toBe("≥80%");
    expect(codes(form)).toEqual(["target-from-initial@indicators[1].target"]);
  });

  it("Hunan: parts of the total in words are no fund rows", () => {
    const form = only(HUNAN);
    expect([form.kind, form.template]).toEqual(["department-self-evaluation", "department-hunan"]);
    expect(funds(form)).toEqual(["total 4753.66 4753.66 3824.26 10 80.45 8.05"]);
    expect(form.fields).toContainEqual({ label: "一般公共预算", text: "1873.66万元" });
    expect(form.indicators.map((row) => [row.level2, row.groupPoints])).toEqual([
      ["数量指标", "50"],
      ["质量指标", "50"],
      ["经济效益指标", "30"],
    ]);
  });
});

describe("layouts that mix habits", () => {
  it("unknown columns, headings over two columns, item marks, sums of groups, labels and sums in one cell", () => {
    const form = only(MIXED);
    expect([form.unit, form.moneyUnit, form.totalScore, form.grade, form.deviation]).toEqual([
      "甲区图书馆",
      "万元",
      "99.4",
      "优",
      "虫蛀；增加熏蒸",
    ]);
    expect(funds(form)).toEqual(["total 10 12 11.4 10 95 9.5", "current-appropriation 10 12 11.4 · 95 ·"]);
    expect(rows(form)).toEqual([
      "产出指标 数量指标 入藏图书 ≥5000册 5,200册 40 40 ·",
      "产出指标 质量指标 完好率 ≥99% 98% 10 9.9 ·",
      "效益指标 社会效益 读者量 ≥1万人次 1.2万人次 40 40 ·",
    ]);
    expect(form.indicators.map((row) => row.groupPoints)).toEqual(["50", "50", "40"]);
    expect(form.fields).toContainEqual({ label: "完成率：完好率", text: "98.99%" });
    expect(form.notes).toEqual([]);
  });

  it.each(["元", "千元", "万元", "百万元", "千万元", "亿元"])(
    "the unit of money of a line of its own: %s",
    (unit) => {
      for (const line of [`单位：${unit}`, `金额单位：${unit}`]) {
        const form = only(
          grid(
            textBlock("项目支出绩效自评表"),
            textBlock(line),
            exactTable(1, [
              ["项目名称", "桥梁检测", "", "", ""],
              ["资金来源", "年初预算", "全年预算", "实际支出", "执行率"],
              ["合计", "5", "5", "5", "100%"],
              ["一级指标", "二级指标", "三级指标", "目标值", "完成值"],
              ["产出", "数量", "检测座数", "20座", "20座"],
            ]),
          ),
        );
        expect(form.moneyUnit, line).toBe(unit);
      }
    },
  );

  it("head, headings and sums as text around two tables", () => {
    const form = only(
      grid(
        textBlock("项目支出绩效自评表"),
        textBlock("项目名称：桥梁检测"),
        textBlock("主管部门：甲市交通局    实施单位：甲市桥管所"),
        textBlock("金额单位：万元"),
        exactTable(1, [
          ["资金来源", "年初预算", "全年预算", "实际支出", "执行率"],
          ["合计", "5", "5", "5", "100%"],
        ]),
        exactTable(2, [
          ["一级指标", "二级指标", "三级指标", "目标值", "完成值", "分值", "得分"],
          ["产出", "数量", "检测座数", "20座", "20座", "90", "90"],
        ]),
        textBlock("自评总分：100"),
        textBlock("自评等级：优"),
      ),
    );
    expect([form.project, form.department, form.unit, form.moneyUnit]).toEqual([
      "桥梁检测",
      "甲市交通局",
      "甲市桥管所",
      "万元",
    ]);
    expect(funds(form)).toEqual(["total 5 5 5 · 100 ·"]);
    expect([form.totalScore, form.grade, form.indicators.length]).toEqual(["100", "优", 1]);
  });

  it("a target declaration: amounts without a heading are noted as a guess", () => {
    const form = only(
      grid(
        textBlock("项目支出绩效目标申报表"),
        exactTable(1, [
          ["项目名称", ["甲", 3]],
          ["项目资金（万元）", "年度资金总额：", ["100", 2]],
          ["总体目标", ["做好", 3]],
          ["一级指标", "二级指标", "三级指标", "指标值"],
          ["产出指标", "数量指标", "场次", "≥3场"],
        ]),
      ),
    );
    expect([form.kind, form.template, form.goal.expected]).toEqual([
      "target-declaration",
      "target-declaration",
      "做好",
    ]);
    expect(form.funds[0]?.initialBudget).toBe("100");
    expect(codes(form)).toEqual(["fund-without-heading@funds[0].initialBudget"]);
  });
});
