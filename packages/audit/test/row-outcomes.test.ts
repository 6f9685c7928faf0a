import { describe, expect, it } from "vitest";
import { exampleForm, withRows } from "../src/example-form.ts";
import { rowOutcomes } from "../src/index.ts";

/** What is made of a first row with this target and actual. */
function outcomeOf(category: string, name: string, target: string, actual: string) {
  return rowOutcomes(exampleForm({ rows: withRows({ 0: [category, name, target, actual, "10", "10"] }) }))[0];
}

describe("the outcome of a row", () => {
  it.each([
    ["≥18座", "18座", "met", true],
    ["≥18座", "20座", "met", false],
    ["≥18座", "17座", "missed", false],
    ["≥18座", "", "blank", null],
    ["≥18座", "已完成", "boilerplate", null],
    ["健全", "健全", "boilerplate", null],
    ["健全", "管护制度印发并执行", "words", null],
  ] as const)("%s against %s is %s", (target, actual, outcome, isExact) => {
    expect(outcomeOf("数量指标", "新建公厕座数", target, actual)).toMatchObject({
      category: "quantity",
      outcome,
      isExact,
    });
  });

  it("holds amounts of two scales against each other on one", () => {
    const row = outcomeOf("数量指标", "受益人口", "≥1.2万人", "13000人");
    expect(row?.outcome).toBe("met");
    expect(row?.isExact).toBe(false);
  });

  it("does not count rates and satisfaction among what can be hit exactly", () => {
    expect(outcomeOf("服务对象满意度指标", "群众满意度", "≥90%", "90%")?.isExact).toBeNull();
    expect(outcomeOf("质量指标", "验收合格率", "≥98%", "98%")?.isExact).toBeNull();
  });
});
