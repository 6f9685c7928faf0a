import { afterEach, expect, test, vi } from "vitest";
import { chinaDay, endOfDay, startOfDay } from "../src/ui/china-day.ts";
import { day, moment } from "../src/ui/figures.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each(["America/New_York", "Asia/Shanghai", "Pacific/Kiritimati", "UTC"])(
  "a day begins and ends in China, though the browser is in %s",
  (zone) => {
    vi.stubEnv("TZ", zone);
    expect(startOfDay("2026-03-31")).toBe("2026-03-30T16:00:00.000Z");
    expect(endOfDay("2026-03-31")).toBe("2026-03-31T15:59:59.000Z");
    expect(chinaDay(new Date("2026-03-30T15:59:59Z"))).toBe("2026-03-30");
    expect(chinaDay(new Date(startOfDay("2026-03-31")))).toBe("2026-03-31");
    expect(day(endOfDay("2026-03-31"))).toContain("31");
    expect(moment(endOfDay("2026-03-31"))).toContain("23:59");
  },
);
