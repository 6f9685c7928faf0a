import { expect, test } from "vitest";
import { formatDecimal, gradeWord, MONEY_UNITS, yuanPer } from "../src/index.ts";

test("units of money in yuan, however they are printed; what is none has none", () => {
  const yuan = (unit: string | null): string | null => {
    const value = yuanPer(unit);
    return value && formatDecimal(value);
  };
  expect(["元", "千元", "万元", "百万元", "千万元", "亿元"].map(yuan)).toEqual([
    "1",
    "1000",
    "10000",
    "1000000",
    "10000000",
    "100000000",
  ]);
  for (const printed of ["（万元）", "单位：万元", "金额单位:人民币万元", " 万 元 "])
    expect(yuan(printed), printed).toBe("10000");
  for (const none of [null, "", "人", "万人", "美元", "万", "constructor"]) expect(yuan(none)).toBeNull();
});

test("an alternation of the units finds the whole unit", () => {
  const unit = new RegExp(MONEY_UNITS.join("|"));
  for (const each of MONEY_UNITS) expect(unit.exec(`单位：${each}`)?.[0]).toBe(each);
});

test("a grade in its long word is the same grade", () => {
  expect(["优秀", "良 好", "中等", "较差", " 优 ", "合格"].map(gradeWord)).toEqual([
    "优",
    "良",
    "中",
    "差",
    "优",
    "合格",
  ]);
});
