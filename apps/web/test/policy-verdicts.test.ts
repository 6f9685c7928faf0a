import { expect, test } from "vitest";
import { gradeVerdict, totalVerdict } from "../src/features/analysis/policy-verdicts.ts";

const of = (low: string | null, high: string | null = low, ...grades: string[]) => ({ low, high, grades });

test.each([
  [of("98.18"), of("92.95", "95.95"), "down"],
  [of("90"), of("91.5", "93"), "up"],
  [of("98.18"), of("97", "99"), "may"],
  [of("85", "95"), of("95", "97"), "may"],
  [of("90"), of("90.00"), "same"],
  [of("85", "95"), of("85", "95"), "same"],
  [of(null), of("90"), "unknown"],
] as const)("a total of %o under another policy %o: %s", (before, after, verdict) => {
  expect(totalVerdict(before, after)).toBe(verdict);
});

test.each([
  [["优"], ["良"], "changes"],
  [["优"], ["优", "良"], "may"],
  [["优", "良"], ["中"], "changes"],
  [["优", "良"], ["优", "良"], "same"],
  [[], ["优"], "unknown"],
] as const)("a grade %o under another policy %o: %s", (before, after, verdict) => {
  expect(gradeVerdict(of("1", "1", ...before), of("1", "1", ...after))).toBe(verdict);
});
