import { expect, test } from "vitest";
import { inPlainWords } from "../src/index.ts";
import { likeness } from "../src/lexicon/names.ts";

test.each([
  [
    "请统一单位；如不是同一指标，请改名，或用 --apart 甲 乙 分列",
    "请统一单位；如不是同一指标，请改名，或选择分列",
  ],
  [
    "请统一时限；或用 --strictest 时间 取最早的，或用 --apart 时间 分列",
    "请统一时限；或选择取最早的，或选择分列",
  ],
  ["请改用平均分配（--points equal），或给出各行权重", "请改用平均分配，或给出各行权重"],
  ["可能是同一指标；确认后用 --merge 甲=乙 合并", "可能是同一指标；确认后可以合并"],
  ["如它是分母，可用 --denominator 甲=乙 按它加权", "如它是分母，可以按它加权"],
  ["相加会重复；可用 --once 甲 只计一次", "相加会重复；可以只计一次"],
  ["不是同一批的，去掉 --once", "不是同一批的，取消“只计一次”"],
  ["请用 --template 指定汇总表的表式，例如 --template national", "请选择汇总表的表样"],
])("“%s” is said to people without options", (says, plain) => {
  expect(inPlainWords(says)).toBe(plain);
});

test("names of the cost of a whole project are asked about, those of a part are not", () => {
  expect(likeness("总成本", "项目成本控制数")).toContain("总成本");
  expect(likeness("项目总成本", "预算成本控制数")).toContain("总成本");
  expect(likeness("总成本", "单位成本")).toBeNull();
  expect(likeness("总成本", "人工成本")).toBeNull();
});
