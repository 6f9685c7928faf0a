import { expect, test } from "vitest";
import { exampleForm } from "../../audit/src/example-form.ts";
import { describePlace } from "../src/index.ts";

const form = exampleForm();

test.each([
  ["indicators[1].target", "「维护供水管道长度」年度指标值"],
  ["indicators[1]", "「维护供水管道长度」"],
  ["indicators[99].score", "「第100行指标」得分"],
  ["funds[0].executionRate", "年度资金总额执行率"],
  ["goal.achieved", "实际完成情况"],
  ["goals[1].expected", "第2个预期目标"],
  ["totalScore", "总分"],
  ["template", "版式"],
  ["somewhere.else", "somewhere.else"],
])("%s is %s", (at, words) => {
  expect(describePlace(form, at)).toBe(words);
});
