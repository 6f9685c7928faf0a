import type { Form } from "@jiheng/domain";
import { describe, expect, it } from "vitest";
import type { Block } from "../src/grid.ts";
import { readForms } from "../src/recognise/index.ts";
import { type Draw, exactTable, grid, SOURCE, textBlock } from "./grid-builder.ts";

const TITLE = textBlock("项目支出绩效自评表（2023年度）");
const BODY: readonly (readonly Draw[])[] = [
  ["项目名称", ["林场道路养护", 3], "主管部门", ["松湖市林业局", 3]],
  ["实施单位", ["松湖市林场", 7]],
  [["项目资金（万元）", 1, 2], "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
  ["年度资金总额", "40", "50", "45", "10", "90%", "9"],
  ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
  ["产出指标", "数量指标", "养护林道长度", "≥20公里", "21公里", "50", "50", ""],
  ["效益指标", "社会效益指标", "林道通畅率", "≥95%", "96%", "30", "30", ""],
  ["满意度指标", "满意度指标", "职工满意度", "≥90%", "92%", "10", "10", ""],
];

function read(...foot: readonly (readonly Draw[])[]): Form {
  const form = readForms(grid(TITLE, exactTable(1, [...BODY, ...foot])), SOURCE).forms[0];
  if (!form) throw new Error("no form");
  return form;
}

function below(...lines: readonly string[]): Form {
  const blocks: Block[] = lines.map((line) => textBlock(line));
  const total: readonly Draw[] = [["总分", 5], "100", "99", ""];
  const form = readForms(grid(TITLE, exactTable(1, [...BODY, total]), ...blocks), SOURCE).forms[0];
  if (!form) throw new Error("no form");
  return form;
}

const LABELS = [
  "自评等次",
  "评价等级",
  "自评等级",
  "评定等级",
  "等次",
  "等级",
  "评价等次",
  "绩效等级",
  "绩效自评等级",
  "自评结果等级",
  "自评得分等级",
  "综合评价等级",
  "项目绩效等级",
  "自评档次",
  "评价结果（等次）",
];

describe.each(LABELS)("the grade beside %s", (label) => {
  const wanted = ["100", "99", "优", 3];
  const got = (form: Form) => [form.totalPoints, form.totalScore, form.grade, form.indicators.length];

  it("in a row of its own below the total", () => {
    expect(
      got(
        read(
          [["总分", 5], "100", "99", ""],
          [
            [label, 5],
            ["优", 3],
          ],
        ),
      ),
    ).toEqual(wanted);
  });
  it("in one cell of its own row", () => {
    expect(got(read([["总分", 5], "100", "99", ""], [[`${label}：优`, 8]]))).toEqual(wanted);
  });
  it("in a row of its own above the total", () => {
    expect(
      got(
        read(
          [
            [label, 5],
            ["优", 3],
          ],
          [["总分", 5], "100", "99", ""],
        ),
      ),
    ).toEqual(wanted);
  });
  it("in the row of the total, label and grade in cells of their own", () => {
    expect(got(read([["总分", 4], "100", "99", label, "优"]))).toEqual(wanted);
  });
  it("in the row of the total, in one cell behind the score", () => {
    expect(got(read([["总分", 5], "100", "99", `${label}：优`]))).toEqual(wanted);
    expect(got(read([["总分", 5], "100", "99", `${label}:优秀`])).slice(0, 2)).toEqual(["100", "99"]);
  });
  it("in the row of the total, before the score", () => {
    expect(got(read([["自评总分", 2], "99", [`${label}：优`, 5]])).slice(1)).toEqual(wanted.slice(1));
  });
  it("under the score where only the grade is filled in", () => {
    const form = read([
      ["总分", 5],
      ["", 1],
      [`${label}：优`, 2],
    ]);
    expect([form.totalScore, form.grade]).toEqual([null, "优"]);
  });
  it("together with the total in one cell", () => {
    expect(got(read([[`自评总分：99分  ${label}：优`, 8]])).slice(1)).toEqual(wanted.slice(1));
    expect(got(read([[`总分：99，${label}：优`, 8]])).slice(1)).toEqual(wanted.slice(1));
  });
  it("as the ticked box", () => {
    expect(
      got(
        read(
          [["总分", 5], "100", "99", ""],
          [
            [label, 5],
            ["☑优 □良 □中 □差", 3],
          ],
        ),
      ),
    ).toEqual(wanted);
    expect(got(read([["总分", 5], "100", "99", ""], [[`${label}：优☑ 良□ 中□ 差□`, 8]]))).toEqual(wanted);
  });
  it("below the table", () => {
    expect(got(below(`${label}：优`))).toEqual(wanted);
    expect(got(below(`自评总分：99分　　${label}：优`))).toEqual(wanted);
  });
});

describe("a blank grade", () => {
  it.each(["自评等次：", "自评等次：□优 □良 □中 □差"])("%s is no score and no grade", (text) => {
    const form = read([["总分", 5], "100", "99", text]);
    expect([form.totalScore, form.grade]).toEqual(["99", null]);
  });
});
