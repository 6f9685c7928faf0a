import { expect, test } from "vitest";
import { lampOf } from "../src/features/results/lamp.ts";

const put = (from: string, to: string, granted: boolean | null) => ({
  ...{ id: to, from, to, reason: "", askedBy: "", askedAt: "", granted, note: null, decidedBy: null },
  decidedAt: null,
});
const entry = { state: "open" as const, due: "2025-06-10", overdue: false, extensions: [] };

test("the lamp follows the deadline as it is now, and says what it was", () => {
  expect(lampOf(entry, "2025-06-01")).toEqual({ light: "in-time", isAsked: false, original: null });
  expect(lampOf(entry, "2025-06-03").light).toBe("soon");
  expect(lampOf({ ...entry, overdue: true }, "2025-06-11").light).toBe("overdue");
  expect(lampOf({ ...entry, state: "verified", overdue: false }, "2025-07-01").light).toBe("done");
  const extensions = [
    put("2025-05-01", "2025-05-20", false),
    put("2025-05-01", "2025-06-01", true),
    put("2025-06-01", "2025-06-10", true),
    put("2025-06-10", "2025-06-30", null),
  ];
  expect(lampOf({ ...entry, extensions }, "2025-06-01")).toEqual({
    light: "in-time",
    isAsked: true,
    original: "2025-05-01",
  });
});
