import { describe, expect, test } from "vitest";
import { type ExampleParts, exampleForm, withRows } from "../src/example-form.ts";
import { openDossier, reviewForm } from "../src/index.ts";
import { NOTATION_RULES } from "../src/rules/notation/index.ts";

function rulesOf(parts: ExampleParts): string[] {
  const { findings, errors } = reviewForm(openDossier(exampleForm(parts)), NOTATION_RULES);
  expect(errors).toEqual([]);
  return findings.map(({ rule }) => rule);
}

describe("doubled words", () => {
  test.each([
    ["为群众群众办理社保1200件。", true],
    ["办理的的社保1200件。", true],
    ["办理社保1200件。。", true],
    ["开展医疗保障保障政策宣讲12场。", false],
    ["高高兴兴参加12场活动。", false],
    ["一件一件办理社保1200件。", false],
    ["研究研究再办理，共12件。", false],
    ["人人人享有医保。", false],
    ["为了了解情况走访12户。", false],
    ["在在建工地巡查12次。", false],
    ["为实现目的的达成走访12户。", false],
    ["作为为民实事走访12户。", false],
    ["社区参与与服务12次。", false],
    ["两所学校合并并入新校区。", false],
  ])("%s %s", (achieved, found) => {
    expect(rulesOf({ achieved }).includes("doubled-word")).toBe(found);
  });
});

describe("brackets", () => {
  test.each([
    ["走访12户（含低保户3户。", true],
    ["走访12户，含低保户3户）。", true],
    ["依据《救助办法走访12户。", true],
    ["（一）走访12户；（二）慰问3户。", false],
    ["1）走访12户；2）慰问3户。", false],
    ["走访12户（含低保户（城镇）3户）。", false],
    ["走访12户(含低保户3户）。", false],
  ])("%s %s", (achieved, found) => {
    expect(rulesOf({ achieved }).includes("brackets-unbalanced")).toBe(found);
  });

  test("document numbers", () => {
    expect(rulesOf({ achieved: "依据云民【2023】5号文件走访12户。" })).toContain("document-number-brackets");
    expect(rulesOf({ achieved: "依据云民〔2023〕5号文件走访12户。" })).not.toContain(
      "document-number-brackets",
    );
    expect(rulesOf({ achieved: "走访（2024年）12户，门牌（2023）已登记。" })).not.toContain(
      "document-number-brackets",
    );
  });
});

describe("one way of writing", () => {
  test("decimals of whole numbers", () => {
    const rows = withRows({ 1: ["数量指标", "走访户数", "≥12.00户", "13.00户", "15", "15"] });
    expect(rulesOf({ rows })).toContain("notation-mixed");
    expect(
      rulesOf({ rows: withRows({ 1: ["数量指标", "走访户数", "≥12户", "13户", "15", "15"] }) }),
    ).not.toContain("notation-mixed");
  });

  test("a month is no number with a unit", () => {
    const rows = withRows({
      1: ["数量指标", "走访户数", "≥12.00(户)", "13.00(户)", "15", "15"],
      3: ["时效指标", "走访完成时间", "11月底", "达成指标", "10", "10"],
    });
    const plain = withRows({ 3: ["时效指标", "走访完成时间", "11月底", "11月20日", "10", "10"] });
    expect(rulesOf({ rows: rows.slice(1, 2).concat(rows.slice(3, 4)) })).toEqual([]);
    expect(rulesOf({ rows: plain })).toEqual([]);
  });

  test("width of punctuation is a habit, not one slip", () => {
    expect(rulesOf({ expected: "走访,慰问,帮扶。", achieved: "走访，慰问，帮扶12户。" })).toContain(
      "width-mixed",
    );
    expect(rulesOf({ expected: "走访,慰问。", achieved: "走访，慰问，帮扶12户。" })).not.toContain(
      "width-mixed",
    );
    expect(rulesOf({ expected: "支出1,200元,走访。", achieved: "走访12户。" })).not.toContain("width-mixed");
  });
});
