import { expect, test } from "vitest";
import { wordFaults } from "../words.mjs";

const PATH = "apps/web/src/features/planted/Planted.tsx";
const LIST = "apps/web/src/features/planted/words.en.json";
const faults = (text: string, words: Record<string, string> = {}): string[] =>
  wordFaults([[PATH, text]], [[LIST, words]]);

test("a Chinese literal is said by t, whatever it stands in", () => {
  expect(faults("const a = <b>保存</b>;")).toEqual([`${PATH}:1: 保存 is not said by t()`]);
  expect(faults('const a = <b title="保存" />;')).toHaveLength(1);
  expect(faults("const a = `第$" + "{n}行`;")).toHaveLength(2);
  expect(faults("// 说明\nconst a = <b>绩衡</b>;")).toEqual([]);
});

test("what is said has English with the same values, and nothing else has", () => {
  expect(faults('t("保存")')).toEqual([`${PATH}: “保存” has no English`]);
  expect(faults('t("保存")', { 保存: "Save" })).toEqual([]);
  expect(faults('t(a ? "保存" : "删除")', { 保存: "Save" })).toEqual([`${PATH}: “删除” has no English`]);
  expect(faults('t("第{{n}}行", { n })', { "第{{n}}行": "row" })).toHaveLength(1);
  expect(faults("", { 保存: "Save" })).toEqual([`${LIST}: nobody says “保存”`]);
  expect(faults('t("保存")', { 保存: " " })).toHaveLength(1);
});

test("one Chinese sentence is one English sentence", () => {
  const other = "apps/web/src/features/other/words.en.json";
  expect(
    wordFaults(
      [[PATH, 't("保存")']],
      [
        [LIST, { 保存: "Save" }],
        [other, { 保存: "Keep" }],
      ],
    ),
  ).toEqual([`${other}: “保存” is “Keep” here and “Save” in ${LIST}`]);
});
