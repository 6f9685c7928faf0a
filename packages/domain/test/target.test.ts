import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMeasure, parseSign } from "../src/index.ts";

const read = (text: string | null): [string | null, string | null, string | null] => {
  const { measure } = parseMeasure(text);
  return [measure.comparison, measure.value, measure.unit];
};

describe("parseMeasure", () => {
  it.each([
    ["≥95%", "≥", "95", "%"],
    [">=40000份", "≥", "40000", "份"],
    ["=120.00(人)", "=", "120.00", "人"],
    ["≤24课时", "≤", "24", "课时"],
    ["＜100人", "<", "100", "人"],
    ["≧735人次", "≥", "735", "人次"],
    ["═100%", "=", "100", "%"],
    ["＝８（个）", "=", "8", "个"],
    ["不低于3次", "≥", "3", "次"],
    ["不少于 12 场", "≥", "12", "场"],
    ["大于等于5%", "≥", "5", "%"],
    ["超过5%", ">", "5", "%"],
    ["90%以上", "≥", "90", "%"],
    ["60分（含）以上", "≥", "60", "分"],
    ["不超过90万元", "≤", "90", "万元"],
    ["不高于3‰", "≤", "3", "‰"],
    ["10日内", "≤", "10", "日"],
    ["5%以内", "≤", "5", "%"],
    ["控制在5%以内", "≤", "5", "%"],
    ["小于3起", "<", "3", "起"],
    ["1.2万亩", null, "1.2", "万亩"],
    ["2.6亿元", null, "2.6", "亿元"],
    ["1,234.5元", null, "1234.5", "元"],
    ["≥100百分比", "≥", "100", "百分比"],
    ["120km²", null, "120", "km²"],
    ["≥3.00(前三)", "≥", "3.00", "前三"],
    ["≥2000元/人·月", "≥", "2000", "元/人·月"],
    ["2000.50元", null, "2000.50", "元"],
    ["3年", null, "3", "年"],
    ["6个月", null, "6", "个月"],
    ["0", null, "0", null],
    ["0起", null, "0", "起"],
  ])("%s", (text, comparison, value, unit) => {
    expect(read(text)).toEqual([comparison, value, unit]);
    expect(parseMeasure(text).measure.text).toBe(text);
    expect(parseMeasure(text).remarks).toEqual([]);
  });

  it.each([
    "零投诉",
    "及时",
    "每亩300",
    "11月底",
    "2024年12月",
    "2024-12-31前",
    "2024.5.20",
    "当年度11月底前完成",
    "前3名",
    "显著提升",
  ])("%s is words or a date: no value, and nothing was guessed", (text) => {
    expect(read(text)).toEqual([null, null, null]);
    expect(parseMeasure(text).remarks).toEqual([]);
  });

  it.each([
    ["约500人", "500"],
    ["500余人", "500"],
    ["30天左右", "30"],
    ["近200户", "200"],
  ])("%s is an approximation: a value, and a remark that it is one", (text, value) => {
    const parsed = parseMeasure(text);
    expect(parsed.measure.value).toBe(value);
    expect(parsed.remarks.map((remark) => [remark.level, remark.code])).toEqual([
      ["guessed", "approximate-value"],
    ]);
  });

  it.each(["80-90%", "80%～90%", "3—5次", "1:3"])(
    "%s is a range: the text is kept, no value, a remark",
    (text) => {
      const parsed = parseMeasure(text);
      expect(parsed.measure).toEqual({ text, comparison: null, value: null, unit: null });
      expect(parsed.remarks.map((remark) => remark.code)).toEqual(["range-kept"]);
    },
  );

  it("takes a number with a comment in brackets and says so", () => {
    expect(read("100%（全部）")).toEqual([null, "100", "%"]);
    expect(parseMeasure("100%（全部）").remarks.map((remark) => remark.code)).toEqual(["measure-comment"]);
  });

  it("says when a number is followed by a sentence and was left as words", () => {
    expect(read("50个村完成改造")).toEqual([null, null, null]);
    expect(parseMeasure("50个村完成改造").remarks.map((remark) => remark.code)).toEqual(["measure-words"]);
  });

  it("a blank is nothing, never 0", () => {
    for (const text of [null, "", "  ", "　"])
      expect(parseMeasure(text)).toEqual({
        measure: { text: null, comparison: null, value: null, unit: null },
        remarks: [],
      });
  });

  it("reads back any sign, number and unit it is given", () => {
    const signs = [
      ["≥", "≥"],
      [">=", "≥"],
      ["≦", "≤"],
      ["＝", "="],
      ["不超过", "≤"],
      ["", null],
    ] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...signs),
        fc.nat(1_000_000),
        fc.constantFrom("", ".5", ".00"),
        fc.constantFrom("人", "%", "份", "万元", "公里", "人次", "台套"),
        fc.boolean(),
        ([sign, meaning], whole, fraction, unit, brackets) => {
          const text = `${sign}${whole}${fraction}${brackets ? `(${unit})` : unit}`;
          expect(read(text)).toEqual([meaning, `${whole}${fraction}`, unit]);
        },
      ),
    );
  });

  it("never throws and never changes the text", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        const { measure } = parseMeasure(text);
        expect(measure.text).toBe(text.trim() === "" ? null : text.trim());
      }),
    );
  });
});

describe("parseSign", () => {
  it.each([
    ["≧", "≥"],
    ["═", "="],
    ["＜", "<"],
    ["不低于", "≥"],
    ["定性", null],
    ["", null],
    ["≥90", null],
  ])("%s", (text, comparison) => {
    expect(parseSign(text)).toBe(comparison);
  });
});
