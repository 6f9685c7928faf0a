import { expect, test } from "vitest";
import { typedText } from "../src/features/form-editor/typed-text.ts";

const typed = (at: string, text: string, unit: string | null = "万元") => typedText(at, text, unit);

test("a figure is the same number in plain digits, without what the form prints itself", () => {
  expect(typed("funds[0].executionRate", "96.00%")).toBe("96.00");
  expect(typed("funds[0].executionRate", "９６．５％")).toBe("96.5");
  expect(typed("funds[1].adjustedBudget", " 1,234.50 ")).toBe("1234.50");
  expect(typed("funds[1].adjustedBudget", "54.20万元")).toBe("54.20");
  expect(typed("indicators[r].score", "9.5分")).toBe("9.5");
  expect(typed("totalScore", "99.14")).toBe("99.14");
});

test("a dash and nothing are blanks, and never 0", () => {
  expect(typed("funds[2].score", "—")).toBeNull();
  expect(typed("funds[2].score", "")).toBeNull();
  expect(typed("indicators[r].deviation", "")).toBeNull();
});

test("what would be another number stays as it was typed", () => {
  expect(typed("funds[0].expenditure", "542000元")).toBe("542000元");
  expect(typed("funds[0].expenditure", "54.20万元", "元")).toBe("54.20万元");
  expect(typed("indicators[r].score", "96%")).toBe("96%");
  expect(typed("funds[0].expenditure", "12,34")).toBe("12,34");
  expect(typed("totalScore", "约90")).toBe("约90");
});

test("words and measures are kept letter by letter", () => {
  expect(typed("indicators[r].target", "≥９８％")).toBe("≥９８％");
  expect(typed("indicators[r].actual", "1,200人")).toBe("1,200人");
  expect(typed("grade", "优")).toBe("优");
});
