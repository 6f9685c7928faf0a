import { showDecimal } from "@jiheng/domain";
import { describe, expect, test } from "vitest";
import {
  bracketsOf,
  normaliseText,
  numbersIn,
  paragraphsOf,
  periodsOf,
  sentencesOf,
  sharedRuns,
} from "../src/text/index.ts";

/** The numbers of a text in short: kind, value, family, and what it is per. */
function read(text: string): string[] {
  return numbersIn(text).quantities.map(
    ({ kind, value, family, per }) =>
      `${kind} ${showDecimal(value)}${family}${per.length > 0 ? `/${per.join("/")}` : ""}`,
  );
}

describe("numbers in prose", () => {
  test.each([
    ["投入1,234.50万元", ["money 12345000元"]],
    ["投入１２．５亿元", ["money 1250000000元"]],
    ["惠及2.3万人", ["count 23000人"]],
    ["培训120名、45位", ["count 120人", "count 45人"]],
    ["合格率98.5％", ["percent 98.5%"]],
    ["增长3个百分点", ["percent 3个百分点"]],
    ["2024年12月底前", ["label 2024年", "label 12月"]],
    ["云财〔2024〕36号", ["label 2024", "label 36"]],
    ["云财[2024]36号", ["label 2024", "label 36"]],
    ["《关于2023年50所学校改造的通知》", ["label 2023年", "label 50所"]],
    ["每人每天80元", ["money 80元/人/天"]],
    ["80元/人·天", ["money 80元/人/天"]],
    ["人均1500元", ["money 1500元/人"]],
    ["第3期培训班", ["label 3期"]],
    ["共3期", ["count 3期"]],
    ["24小时内处理", ["time 24小时"]],
    ["近300人参加", ["count 300人"]],
    ["5G基站", ["label 5"]],
    ["三年共建成12座", ["time 3年", "count 12座"]],
    ["一次性补助", []],
    ["2023-2025年规划", ["label 2023", "label 2025年"]],
  ])("%s", (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test("a comma of full width never groups thousands", () => {
    expect(read("分别为150，200人")).toEqual(["bare 150", "count 200人"]);
  });

  test("approximations, limits and sums are known", () => {
    const [about, floor, total] = numbersIn("约300人、不少于20次，共计45场").quantities;
    expect([about?.approximate, floor?.limit, total?.isTotal]).toEqual([true, true, true]);
    expect(numbersIn("公共厕所12座").quantities[0]?.isTotal).toBe(false);
  });

  test("an opening bracket that is never closed does not swallow what follows", () => {
    const { quantities, groups } = numbersIn(
      "检查60家（其中重点15家，每家200元（含交通费50元）。资料费300元（6册）。",
    );
    expect(groups.length).toBe(2);
    expect(quantities.map(({ group }) => group)).toEqual([-1, -1, -1, 0, -1, 1]);
  });

  test("time grows no faster than the text", () => {
    const steps = (times: number): number => {
      const text = "每册12元，印制500册，共计6000元（印刷4000元，装订2000元）；".repeat(times);
      return numbersIn(text).quantities.length;
    };
    expect(steps(400)).toBe(400 * 5);
  });
});

describe("sentences", () => {
  test("end at 。！？； and line breaks of either width", () => {
    expect(sentencesOf("甲完成。乙完成；丙完成;丁完成！\n戊1.5公里").map(({ text }) => text)).toEqual([
      "甲完成",
      "乙完成",
      "丙完成",
      "丁完成",
      "戊1.5公里",
    ]);
  });

  test("periods keep lists together, paragraphs keep lines", () => {
    expect(periodsOf("甲3座；乙4座。丙5座").length).toBe(2);
    expect(paragraphsOf("甲\n\n乙").map(({ start }) => start)).toEqual([0, 3]);
  });

  test("width changes, places do not", () => {
    const text = "（１）Ａ，乙；　丙";
    expect(normaliseText(text)).toBe("(1)A,乙; 丙");
    expect(normaliseText(text).length).toBe(text.length);
  });
});

describe("shared runs", () => {
  test("are maximal, by their place in the second text", () => {
    expect(sharedRuns("abcabxabcd", "zabcdabx", 3)).toEqual([
      { startA: 6, startB: 1, length: 4 },
      { startA: 3, startB: 5, length: 3 },
    ]);
    expect(sharedRuns("甲乙丙丁", "戊己庚辛", 1)).toEqual([]);
  });

  test("agree with a plain search on small texts", () => {
    let seed = 7;
    const next = (): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed;
    };
    for (let round = 0; round < 200; round++) {
      const make = (): string => Array.from({ length: 12 }, () => "abc".charAt(next() % 3)).join("");
      const [a, b] = [make(), make()];
      const longest = Math.max(0, ...sharedRuns(a, b, 2).map(({ length }) => length));
      let expected = 0;
      for (let i = 0; i < b.length; i++)
        for (let j = i + 2; j <= b.length; j++)
          if (a.includes(b.slice(i, j))) expected = Math.max(expected, j - i);
      expect(longest, `${a} ${b}`).toBe(expected);
      for (const { startA, startB, length } of sharedRuns(a, b, 2))
        expect(a.slice(startA, startA + length)).toBe(b.slice(startB, startB + length));
    }
  });

  test("agree with a plain search where many characters may follow one", () => {
    let seed = 11;
    const next = (): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed >> 8;
    };
    for (let round = 0; round < 60; round++) {
      const make = (): string =>
        Array.from({ length: 120 }, () => String.fromCharCode(0x4e00 + (next() % 16))).join("");
      const [a, b] = [make(), make()];
      const plain: { startA: number; startB: number; length: number }[] = [];
      let reached = 0;
      for (let startB = 0; startB < b.length; startB++) {
        let length = 0;
        while (startB + length < b.length && a.includes(b.slice(startB, startB + length + 1))) length += 1;
        if (length < 2 || startB + length <= reached) continue;
        reached = startB + length;
        plain.push({ startA: a.indexOf(b.slice(startB, reached)), startB, length });
      }
      expect(sharedRuns(a, b, 2)).toEqual(plain);
    }
  });
});

describe("brackets", () => {
  test.each([
    ["《关于印发〈办法〉的通知》（云财〔2024〕3号）", ""],
    ["《关于印发〈办法〉〉的通知》", "〉"],
    ["检查60家（其中重点15家。", "("],
    ["完成情况）良好", ")"],
    ["1）巡查；2）养护", ""],
    ["《办法第三条", "《"],
  ])("%s", (text, signs) => {
    expect(
      bracketsOf(normaliseText(text))
        .unmatched.map(({ sign }) => sign)
        .join(""),
    ).toBe(signs);
  });
});
