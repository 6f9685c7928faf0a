import { compare, parseDecimal } from "@jiheng/domain";

/** A total under a policy: one number, or the bounds within which it lies; null where nothing can be said. */
export interface Bounds {
  readonly low: string | null;
  readonly high: string | null;
  /** Grades that are possible, best first. */
  readonly grades: readonly string[];
}

/** What another policy does to a total. `may`: the bounds leave it open. `unknown`: one side cannot be computed. */
export type TotalVerdict = "up" | "down" | "same" | "may" | "unknown";
/** What it does to a grade. */
export type GradeVerdict = "changes" | "same" | "may" | "unknown";

/** Certain only where the bounds do not touch: 98.18 against 92.95～95.95 is a fall, against 97～99 is open. */
export function totalVerdict(before: Bounds, after: Bounds): TotalVerdict {
  const [a, b, c, d] = [before.low, before.high, after.low, after.high].map((text) => parseDecimal(text));
  if (!a || !b || !c || !d) return "unknown";
  if (compare(c, b) > 0) return "up";
  if (compare(d, a) < 0) return "down";
  return compare(a, c) === 0 && compare(b, d) === 0 ? "same" : "may";
}

/** Certain only where no grade is possible under both. */
export function gradeVerdict(before: Bounds, after: Bounds): GradeVerdict {
  if (before.grades.length === 0 || after.grades.length === 0) return "unknown";
  if (!before.grades.some((grade) => after.grades.includes(grade))) return "changes";
  return before.grades.join() === after.grades.join() ? "same" : "may";
}
