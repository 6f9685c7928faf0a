import { type Course, type CourseMoney, type Random, type RowCourse, randomFrom } from "@jiheng/specimens";
import { BEHIND, causeOf, moneyStory, overReason, STOCK_REASON, WORDS, wordedRow } from "./sentences.ts";
import { type Temper, temperOf } from "./temper.ts";

/** Which year of which project. */
export interface CourseOf {
  /** Of the project among all. */
  readonly number: number;
  /** Of its department among all. */
  readonly department: number;
  readonly year: number;
  /** Years from the one in work: negative for the past. */
  readonly from: number;
}

/** How well a year went. */
type Standard = "strong" | "fair" | "weak" | "poor" | "failing";

interface Range {
  readonly low: number;
  readonly high: number;
}

interface StandardCourse {
  /** Spent of the budget, in hundredths of a percent. */
  readonly execution: Range;
  /** How many rows are missed, and how far they come, in percent of their targets. */
  readonly misses: Range;
  readonly completion: Range;
}

const STANDARDS: Readonly<Record<Standard, StandardCourse>> = {
  strong: {
    execution: { low: 9200, high: 10_000 },
    misses: { low: 0, high: 1 },
    completion: { low: 88, high: 99 },
  },
  fair: {
    execution: { low: 7800, high: 9700 },
    misses: { low: 1, high: 3 },
    completion: { low: 60, high: 96 },
  },
  weak: {
    execution: { low: 5200, high: 8800 },
    misses: { low: 3, high: 5 },
    completion: { low: 35, high: 85 },
  },
  poor: {
    execution: { low: 2900, high: 7200 },
    misses: { low: 5, high: 7 },
    completion: { low: 22, high: 75 },
  },
  failing: {
    execution: { low: 2200, high: 2400 },
    misses: { low: 6, high: 7 },
    completion: { low: 18, high: 60 },
  },
};
const ORDER: readonly Standard[] = ["strong", "fair", "weak", "poor", "failing"];

/** Projects that all but failed in the year in work: land was not to be had, the contractor gave up. */
const FAILED: readonly number[] = [131, 136];

/** How many in a hundred forms of a past year are better than the project's wont: marks were given more easily then. */
const EASIER: Readonly<Record<number, number>> = { [-2]: 65, [-1]: 35 };

/** Seldom missed by much: a share that is asked of people or of finished work. */
const LEAST_RATE = 70;

function between(random: Random, { low, high }: Range): number {
  return random.between(low, high);
}

function standardOf(of: CourseOf, temper: Temper): Standard {
  if (of.from === 0 && FAILED.includes(of.number)) return "failing";
  if (of.from > 0) return "strong";
  // A project keeps its character over the years; a single year may be better or worse.
  const own = randomFrom(of.number * 613 + 29);
  const year = randomFrom(of.number * 727 + of.year * 31);
  let drawn = own.between(1, 100);
  let index = 0;
  for (const share of temper.standards) {
    if (drawn <= share) break;
    drawn -= share;
    index += 1;
  }
  if (year.chance(EASIER[of.from] ?? 0)) index = Math.max(0, index - 1);
  else if (year.chance(30)) index += year.chance(70) ? 1 : -1;
  return ORDER[Math.min(3, Math.max(0, index))] ?? "strong";
}

function moneyOf(of: CourseOf, standard: Standard, temper: Temper, random: Random): CourseMoney {
  const own = randomFrom(of.number * 397 + 5);
  const size = own.pick([
    { low: 1_200, high: 6_000 },
    { low: 8_000, high: 90_000 },
    { low: 20_000, high: 60_000 },
    { low: 120_000, high: 700_000 },
  ]);
  const usual = between(own, size);
  const initial = Math.floor((usual * random.between(92, 112)) / 100);
  let budget = initial;
  if (of.from <= 0 && random.chance(temper.adjusted))
    budget = Math.floor(
      (initial * (100 + (random.chance(55) ? random.between(12, 90) : -random.between(8, 54)))) / 100,
    );
  const spent = Math.floor((budget * between(random, STANDARDS[standard].execution)) / 10_000);
  return { initial, budget, spent };
}

/**
 * How a year of a project went, told by the temper of its department, the wont of the project and the luck of the year. The same
 * question gives the same course.
 */
export function courseOf(of: CourseOf): Course {
  const temper = temperOf(of.department);
  const random = randomFrom(of.number * 1_009 + of.year * 17 + 3);
  const standard = standardOf(of, temper);
  const money = moneyOf(of, standard, temper, random);
  const { misses, completion } = STANDARDS[standard];
  const isExact = standard === "strong" && random.chance(Math.min(100, temper.exact - 8 * of.from));
  const order = random.shuffle([1, 2, 3, 4, 5, 6, 7, 8]);
  const missed = new Set(isExact ? [] : order.slice(0, between(random, misses)));
  let causes = 0;
  let worded = 0;
  const row: Course["row"] = ({ sign, low, high, unit, level2 }, index, theme): RowCourse => {
    const isRate = unit === "%";
    const own = randomFrom(of.number * 211 + index * 13);
    const first = own.between(low, high);
    const grown = isRate || sign === "≤" ? first : Math.floor((first * (100 + 3 * of.from)) / 100);
    const target = Math.max(1, grown);
    const isMissed = missed.has(index);
    const why = (of = level2): string => {
      causes += 1;
      return temper.reasons === "stock" ? STOCK_REASON : causeOf(of, theme, causes, random);
    };
    const isBenefit = /效益|可持续/.test(level2);
    if (isBenefit && random.chance(temper.words - 6 * of.from)) {
      worded += 1;
      return wordedRow(worded, random, isMissed ? why(WORDS) : null);
    }
    if (isExact) return { kind: "counted", target, actual: target, reason: null };
    if (isMissed) {
      const reached = between(random, completion);
      if (sign === "≤") {
        const beyond = Math.max(1, Math.floor((target * (100 - reached)) / 100));
        const share = Math.max(0, Math.min(90, reached));
        return { kind: "counted", target, actual: target + beyond, reason: why(), share };
      }
      const isAsked = isRate && standard !== "failing" && reached < LEAST_RATE;
      const share = isAsked ? random.between(LEAST_RATE, 98) : reached;
      const actual = Math.min(target - 1, Math.floor((target * share) / 100));
      return actual < 0
        ? { kind: "counted", target, actual: target, reason: null }
        : { kind: "counted", target, actual, reason: why() };
    }
    if (sign === "≤")
      return {
        kind: "counted",
        target,
        actual: Math.max(1, Math.floor((target * random.between(72, 100)) / 100)),
        reason: null,
      };
    if (isRate) {
      const room = low > 50 ? Math.max(0, 99 - target) : 2;
      return { kind: "counted", target, actual: target + random.between(0, Math.min(room, 6)), reason: null };
    }
    if (target >= 8 && random.chance(temper.over)) {
      const actual = Math.floor((target * random.between(132, temper.overMost)) / 100);
      return {
        kind: "counted",
        target,
        actual,
        reason: random.chance(temper.overExplained) ? overReason(random) : null,
      };
    }
    const beyond = random.chance(18) ? random.between(10, 29) : random.between(0, 9);
    const more = target < 8 ? 0 : Math.floor((target * beyond) / 100);
    return { kind: "counted", target, actual: target + more, reason: null };
  };
  const isBehind = standard === "weak" || standard === "poor" || standard === "failing";
  return {
    money,
    moneyStory: moneyStory(money, of.year, temper, random),
    result: isBehind ? random.pick(BEHIND) : null,
    row,
  };
}
