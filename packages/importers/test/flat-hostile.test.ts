import fc from "fast-check";
import { expect, test } from "vitest";
import { readFlat } from "../src/flat/index.ts";

const SOURCE = { sha256: "0".repeat(64) };
const read = (...texts: string[]) =>
  readFlat(
    texts.map((text, index) => ({ kind: "text", text, at: { line: index * 1000 + 1, column: 1 } })),
    SOURCE,
  );

const SCRAPS = [
  "项目支出绩效自评表",
  "项目名称",
  "主管部门",
  "实施单位",
  "年初预算数",
  "全年预算数",
  "全年执行数",
  "分值",
  "执行率",
  "得分",
  "年度资金总额",
  "其他资金",
  "预期目标",
  "实际完成情况",
  "一级指标",
  "二级指标",
  "三级指标",
  "年度指标值",
  "实际完成值",
  "产出指标(50分)",
  "数量指标",
  "成本指标",
  "满意度指标",
  "总分",
  "评分等级优",
  "注:",
  "100%",
  "≥95%",
  "10",
  "0",
  ".",
  "-",
  "—",
  "(",
  ")",
  "|",
  "\n",
  "\n\n",
  " ",
  "   ",
  "\t",
  "2、",
  "指",
  "标",
  "率",
  "完成",
  "万元",
  "",
  "𠮷",
  "．",
  "：",
  "０１２",
];

/** Every figure of a form is a plain decimal, and it stands in the text it was read from. */
function sound(texts: string[]): ReturnType<typeof read> {
  const reading = read(...texts);
  const { forms, notes } = reading;
  for (const note of notes) expect(note.says).not.toBe("");
  for (const form of forms) {
    for (const fund of form.funds)
      for (const figure of [
        fund.initialBudget,
        fund.adjustedBudget,
        fund.expenditure,
        fund.points,
        fund.executionRate,
        fund.score,
      ])
        if (figure !== null) expect(figure).toMatch(/^-?\d+(\.\d+)?$/);
    for (const row of form.indicators)
      for (const figure of [row.points, row.score, row.coefficient])
        if (figure !== null) expect(figure).toMatch(/^-?\d+(\.\d+)?$/);
    for (const trace of Object.values(form.origins))
      expect("line" in trace.at && trace.at.line >= 1 && trace.at.column >= 1).toBe(true);
    expect(() => JSON.stringify(form)).not.toThrow();
  }
  return reading;
}

test("no text throws", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary", maxLength: 200 }), { maxLength: 4 }), (texts) => {
      sound(texts);
    }),
    { numRuns: 150, seed: 7 },
  );
});

test("no heap of words, figures and separators throws", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...SCRAPS), { maxLength: 160 }), (scraps) => {
      sound([scraps.join("")]);
    }),
    { numRuns: 300, seed: 11 },
  );
});

test("a head followed by any heap of words still reads", () => {
  const head =
    "项目支出绩效自评表项目名称甲主管部门乙年初预算数全年预算数全年执行数分值执行率得分年度资金总额1010101001010绩效指标一级指标二级指标三级指标年度指标值实际完成值分值得分产出指标数量指标";
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...SCRAPS), { maxLength: 120 }), (scraps) => {
      sound([head + scraps.join("")]);
    }),
    { numRuns: 200, seed: 13 },
  );
});

const HEAD = "一级指标二级指标三级指标年度指标值实际完成值分值得分";
const LARGE: Readonly<Record<string, string>> = {
  "digits without end": `${HEAD}数量指标${"1".repeat(200_000)}`,
  "one letter without end": `${HEAD}数量指标${"率".repeat(20_000)}`,
  "rows without end": `${HEAD}数量指标${"完成率100%100%1010".repeat(3_000)}`,
  "labels without end": HEAD + "数量指标".repeat(16_000),
  "titles without end": "项目支出绩效自评表项目名称".repeat(5_000),
  "fund rows without end": `年初预算数全年预算数全年执行数执行率${"其他资金1.231.231.23100%".repeat(6_000)}`,
  "dashes without end": `年初预算数全年预算数全年执行数执行率年度资金总额${"—".repeat(66_000)}`,
  "bars without end": `项目名称|${"|".repeat(200_000)}一级指标|二级指标|三级指标|得分`,
  "headings without end": "年度指标值".repeat(13_000),
};

// The limit catches a hang; it measures nothing.
for (const [name, text] of Object.entries(LARGE))
  test(`${name} are read or noted`, { timeout: 30_000 }, () => {
    const { forms } = sound([text]);
    if (name !== "rows without end") return;
    const form = forms[0];
    expect(form?.indicators.length).toBeGreaterThan(500);
    expect(form?.notes.some((note) => note.level === "lost" && note.code === "unread-text")).toBe(true);
  });
