import { describe, expect, test } from "vitest";
import { deadlineIn, timeIn } from "../src/facts/deadlines.ts";

describe("times in words", () => {
  test.each([
    ["2025年8月底前", 20250831],
    ["8月底前完成", 20250831],
    ["八月底前", 20250831],
    ["2025年10月15日", 20251015],
    ["2025.10.15前", 20251015],
    ["2025-02", 20250228],
    ["20250831", 20250831],
    ["≤2025年8月", 20250831],
    ["第三季度", 20250930],
    ["2026年上半年", 20260630],
    ["9月中旬", 20250920],
    ["年底前", 20251231],
    ["2025年12月31日前", 20251231],
    ["2025年3月至8月", 20250831],
    ["十一月十日前", 20251130],
  ])("%s ends on %d", (text, to) => {
    expect(timeIn(text, 2025)?.to).toBe(to);
  });
  test.each(["及时", "≥95%", "30天", "2025年", "3月和9月各一次", "每月10日前", "12个月", "5.2公里"])(
    "%s is no one time",
    (text) => {
      const span = timeIn(text, 2025);
      // 每月10日前 names no month.
      expect(span === null || text === "").toBe(true);
    },
  );
  test("a beginning is no deadline", () => {
    expect(deadlineIn("不早于2025年8月", 2025)).toBeNull();
    expect(deadlineIn("2025年8月起", 2025)).toBeNull();
  });
});
