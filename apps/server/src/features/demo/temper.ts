/** The way a department fills its forms. Chances are in a hundred. */
export interface Temper {
  /** Projects that usually go well, fairly and weakly; what is left goes poorly. */
  readonly standards: readonly [strong: number, fair: number, weak: number];
  /** Counted rows that are far above their targets, by how much at most in percent, and how many of them say why. */
  readonly over: number;
  readonly overMost: number;
  readonly overExplained: number;
  /** Forms in which every actual is its target. */
  readonly exact: number;
  /** Benefit rows without a figure. */
  readonly words: number;
  /** Budgets that are changed during the year, and how many of the changes and of the money left are explained. */
  readonly adjusted: number;
  readonly explained: number;
  /** Forms whose marks are rounded up to whole points. */
  readonly roundedUp: number;
  /** Causes of their own, or the same sentence for all. */
  readonly reasons: "own" | "stock";
}

const CAREFUL: Temper = {
  standards: [55, 38, 7],
  over: 7,
  overMost: 190,
  overExplained: 70,
  exact: 4,
  words: 10,
  adjusted: 15,
  explained: 98,
  roundedUp: 3,
  reasons: "own",
};

/** Sets low targets and passes them far. */
const GENEROUS: Temper = {
  ...CAREFUL,
  standards: [88, 12, 0],
  over: 60,
  overMost: 320,
  overExplained: 25,
  words: 15,
};
/** Copies its targets into the actuals. */
const EXACT: Temper = {
  ...CAREFUL,
  standards: [82, 15, 3],
  exact: 70,
  words: 20,
  explained: 90,
  roundedUp: 30,
};
/** Speaks of effects in words. */
const WORDY: Temper = {
  ...CAREFUL,
  standards: [50, 30, 15],
  words: 80,
  exact: 18,
  explained: 90,
  roundedUp: 40,
};
/** Builds, and does not get it built. */
const SLOW: Temper = { ...CAREFUL, standards: [14, 26, 36], adjusted: 30, explained: 75 };
/** Depends on the weather. */
const HONEST: Temper = { ...CAREFUL, standards: [34, 44, 20], over: 14, overMost: 240 };
/** Explains everything with one sentence. */
const STOCK: Temper = { ...CAREFUL, standards: [40, 42, 16], explained: 70, roundedUp: 45, reasons: "stock" };
/** Gets more or less money during the year. */
const ADJUSTED: Temper = {
  ...CAREFUL,
  standards: [55, 33, 10],
  adjusted: 75,
  explained: 80,
  over: 18,
  overMost: 220,
};

const TEMPERS: readonly Temper[] = [
  CAREFUL,
  { ...HONEST, standards: [38, 36, 20], adjusted: 35 },
  GENEROUS,
  HONEST,
  CAREFUL,
  ADJUSTED,
  EXACT,
  STOCK,
  WORDY,
  { ...CAREFUL, standards: [70, 28, 2], adjusted: 5 },
  SLOW,
  { ...HONEST, exact: 15, words: 25 },
];

/** The temper of a department by its number. */
export function temperOf(department: number): Temper {
  return TEMPERS[department % TEMPERS.length] ?? CAREFUL;
}
