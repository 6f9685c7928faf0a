import { describe, expect, it } from "vitest";
import { partsOf } from "../src/features/imports/figures-in.ts";

const figures = (text: string) =>
  partsOf(text).flatMap(({ text: part, isFigure }) => (isFigure ? [part] : []));

describe("figures in a text", () => {
  it.each([
    ["投入1,234.56万元，完成98.5%", ["1,234.56万元", "98.5%"]],
    ["覆盖≥3200户", ["≥3200户"]],
    ["下降-2.5 个百分点", ["-2.5 个百分点"]],
    ["２０２４年", ["２０２４年"]],
    ["没有数字", []],
  ])("%s", (text, found) => {
    expect(figures(text)).toEqual(found);
  });

  it("lose nothing, and very long ones may break", () => {
    const text = `账号${"6".repeat(40)}，共12份`;
    expect(
      partsOf(text)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
    expect(figures(text)).toEqual(["12份"]);
  });
});
