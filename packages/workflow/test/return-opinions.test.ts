import { expect, test } from "vitest";
import { returnOpinions } from "../src/index.ts";

const money = {
  fingerprint: "f1",
  message: "资金表的执行率与支出不符。",
  addresses: ["funds[0].executionRate"],
};
const blank = {
  fingerprint: "f2",
  message: "「培训课时」没有写完成值。",
  addresses: ["indicators[a].actual"],
};

test("numbered lines are the points; headings and closing words are none", () => {
  const words =
    "请更正以下问题：\n1. 资金表的执行率与支出不符。按支出重算。\n请核对并说明以下问题：\n1. 「培训课时」没有写完成值。补填。\n请三日内改好。";
  expect(returnOpinions(words, [blank, money])).toEqual([
    { says: "资金表的执行率与支出不符。按支出重算。", finding: "f1", cells: ["funds[0].executionRate"] },
    { says: "「培训课时」没有写完成值。补填。", finding: "f2", cells: ["indicators[a].actual"] },
  ]);
});

test("a sentence changed by hand is still about its cells; another one is about none", () => {
  const words = "（1）请把「培训课时」的完成值写上，现在没有写完成值\n（2）总结材料再充实一些";
  expect(returnOpinions(words, [money, blank]).map(({ finding }) => finding)).toEqual(["f2", null]);
});

test("without numbers every line is a point; a figure at its beginning is no number", () => {
  expect(returnOpinions("2.5万元没有凭证\n\n原因不具体", []).map(({ says }) => says)).toEqual([
    "2.5万元没有凭证",
    "原因不具体",
  ]);
});
