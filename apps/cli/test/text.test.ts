import { describe, expect, test } from "vitest";
import { clip, pad, table, widthOf, wrap } from "../src/print/text.ts";

const plain = (_style: unknown, text: string): string => text;

describe("text for a terminal", () => {
  test("Chinese characters take two columns", () => {
    expect(widthOf("执行率 98.51%")).toBe(13);
    expect(pad("得分", 6)).toBe("得分  ");
    expect(pad("得分", 6, "right")).toBe("  得分");
  });

  test("clips to columns and shows that something was cut", () => {
    expect(clip("预算执行率", 20)).toBe("预算执行率");
    expect(clip("预算执行率偏低", 7)).toBe("预算执…");
    expect(widthOf(clip("预算执行率偏低", 7))).toBeLessThanOrEqual(7);
  });

  test("wraps without losing a character, and never inside a number", () => {
    const text = "其中，四项合计50800元，应为60800元，相差10000元，请核对（一）至（四）各项的金额并更正。";
    const wrapped = wrap(text, 24, "  ");
    expect(wrapped.replace(/\n {2}/g, "").trim()).toBe(text);
    for (const line of wrapped.split("\n")) {
      expect(widthOf(line)).toBeLessThanOrEqual(27);
      expect(line.trim()).not.toMatch(/^[，。、]/);
    }
    expect(wrapped).toContain("60800");
  });

  test("keeps line breaks of the text", () => {
    expect(wrap("甲\n乙", 40)).toBe("甲\n乙");
  });

  test("aligns columns of a table", () => {
    const text = table(
      ["项目", "总分"],
      [
        ["道路养护", "96.59"],
        ["a", "9.1"],
      ],
      { right: [1], paint: plain },
    );
    const lines = text.split("\n");
    expect(lines[2]).toBe("道路养护  96.59");
    expect(lines[3]).toBe("a           9.1");
  });
});
