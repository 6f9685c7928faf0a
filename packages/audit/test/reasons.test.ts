import { describe, expect, test } from "vitest";
import { type ExampleParts, exampleForm, withRows } from "../src/example-form.ts";
import { openDossier, reviewForm } from "../src/index.ts";
import { REASONS_RULES } from "../src/rules/reasons/index.ts";
import { readReason } from "../src/text/index.ts";

function codesOf(parts: ExampleParts): string[] {
  const { findings, unclear, errors } = reviewForm(openDossier(exampleForm(parts)), REASONS_RULES);
  expect(errors).toEqual([]);
  return [...new Set([...findings.map(({ code }) => code), ...unclear.map(({ code }) => `${code}?`)])].sort();
}

/** A row that reached 80 of 120 and lost points, with this reason. */
const short = (reason: string | null): ExampleParts => ({
  rows: withRows({ 1: ["数量指标", "绿道建设长度", "≥120公里", "90公里", "15", "11", reason] }),
});

describe("what an explanation holds", () => {
  test.each([
    [null, "hollow"],
    ["", "hollow"],
    ["无", "hollow"],
    ["——", "hollow"],
    ["根据实际情况", "hollow"],
    ["按实际需要确定。", "hollow"],
    ["偏差原因：无。改进措施：无。", "hollow"],
    ["工作实际", "hollow"],
    ["(提出改进意见和建议,200字以内)", "hollow"],
    ["土地征收受阻，三标段没有开工", "cause"],
    ["原因：土地征收受阻。", "cause"],
    ["偏差原因分析：雨季延长影响铺装；改进措施：下年提前组织材料进场。", "cause+measure"],
    ["因疫情封控，部分课程延期，下一步将在暑期补课", "cause+measure"],
    ["改进措施：加强进度调度", "measure"],
    ["年初指标值设置偏低", "cause"],
    ["指标设定不够科学，改进措施：今后合理设置指标。", "cause+measure"],
    ["指标值偏低，实际报名学校比上年多14所", "cause"],
    ["目标值测算不准确：未计入划转的两个街道", "cause"],
  ])("%s: %s", (text, expected) => {
    const parts = readReason(text);
    const said = [parts.hasCause ? "cause" : "", parts.hasMeasure ? "measure" : ""].filter(Boolean).join("+");
    expect(parts.isHollow ? "hollow" : said).toBe(expected);
  });
});

describe("reasons for lost points", () => {
  test("nothing, or nothing but a set phrase, is a must", () => {
    for (const reason of [null, "", "/", "无", "根据实际工作情况"])
      expect(codesOf(short(reason))).toContain("AR-80");
  });

  test("a cause alone asks for a measure, a full explanation for nothing", () => {
    expect(codesOf(short("征地受阻，三标段没有开工"))).toEqual(["AR-83"]);
    expect(
      codesOf(short("征地受阻，三标段没有开工；已完成征地，2025年6月底前建成，由项目科负责督办。")),
    ).toEqual([]);
  });

  test("one explanation for the whole form covers every row", () => {
    expect(codesOf({ ...short(null), deviation: "征地受阻，三标段没有开工；下年6月底前建成。" })).toEqual([]);
    expect(
      codesOf({
        ...short(null),
        fields: [{ label: "偏差大或目标未完成原因分析", text: "征地受阻，三标段未开工。" }],
      }),
    ).toEqual([]);
    expect(codesOf({ ...short(null), deviation: "无" })).toContain("AR-80");
    expect(
      codesOf({ ...short(null), fields: [{ label: "预算执行率偏低的原因", text: "招标节约资金。" }] }),
    ).toContain("AR-80");
    expect(
      codesOf({ ...short(null), fields: [{ label: "偏差大或目标未完成原因分析", text: "无" }] }),
    ).toContain("AR-80");
  });

  test("the empty reason is one finding, not two", () => {
    expect(
      codesOf({ rows: withRows({ 1: ["数量指标", "绿道建设长度", "≥120公里", "60公里", "15", "7", null] }) }),
    ).toEqual(["AR-80"]);
  });
});

describe("deviations without lost points", () => {
  const row = (target: string, actual: string, reason: string | null = null): ExampleParts => ({
    rows: withRows({ 1: ["数量指标", "发放助听器数量", target, actual, "15", "15", reason] }),
  });

  test("130 % and 70 % are inside, beyond is asked about", () => {
    expect(codesOf(row("≥100台", "130台"))).toEqual([]);
    expect(codesOf(row("≥100台", "131台"))).toEqual(["AR-81"]);
    expect(codesOf(row("=100台", "70台"))).toEqual([]);
    expect(codesOf(row("=100台", "69台"))).toEqual(["AR-81"]);
    expect(codesOf(row("≤100台", "40台"))).toEqual([]);
    expect(codesOf(row("≥100台", "180台", "年中接收捐赠助听器80台，下年按120台设定。"))).toEqual([]);
  });

  test("a reason that says the opposite of the figures is found", () => {
    expect(codesOf(row("≥100台", "105台", "货源紧张，未完成采购"))).toEqual(["AR-82"]);
    expect(codesOf(row("≥100台", "150台", "需求人数增加，超额完成"))).toEqual([]);
  });
});

describe("problems, evidence, satisfaction", () => {
  test("a list of problems and the deductions must agree", () => {
    expect(
      codesOf({ ...short("征地受阻；下年6月底前建成。"), fields: [{ label: "存在的主要问题", text: "无" }] }),
    ).toEqual(["AR-84"]);
  });

  test("evidence is checked where the caller lists it", () => {
    const dossier = openDossier(exampleForm(), {
      context: { evidence: [0, 1, 2, 3, 4].map((i) => `indicators[${i}].actual`) },
    });
    const { findings } = reviewForm(dossier, REASONS_RULES);
    expect(findings.map(({ code, at }) => `${code} ${at.join()}`)).toEqual([
      "AR-85 indicators[5].evidence",
      "AR-86 indicators[6]",
    ]);
  });

  test("without evidence the check says that it did not run", () => {
    const { notChecked } = reviewForm(openDossier(exampleForm()), REASONS_RULES);
    expect(notChecked.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["AR-85", "AR-86", "AR-87", "AR-90"]),
    );
  });
});
