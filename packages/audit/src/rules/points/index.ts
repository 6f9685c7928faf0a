import type { Rule } from "../../rule.ts";
import { completedBeforeAcceptance } from "./completed-before-acceptance.ts";
import { gradeMismatch } from "./grade-mismatch.ts";
import { groupPointsMismatch } from "./group-points-mismatch.ts";
import { lateYetFull } from "./late-yet-full.ts";
import { notApplicableCounted } from "./not-applicable-counted.ts";
import { oneRowCarriesMost } from "./one-row-carries-most.ts";
import { overCostHighScore } from "./over-cost-high-score.ts";
import { pointsSumMismatch } from "./points-sum-mismatch.ts";
import { qualitativeOutsideTier } from "./qualitative-outside-tier.ts";
import { rowWithoutPoints } from "./row-without-points.ts";
import { scoreDiffersFromPolicy } from "./score-differs-from-policy.ts";
import { scoreOutOfRange } from "./score-out-of-range.ts";
import { totalScoreMismatch } from "./total-score-mismatch.ts";
import { unfinishedYetFull } from "./unfinished-yet-full.ts";
import { unmetYetFull } from "./unmet-yet-full.ts";
import { weakerWordsYetFull } from "./weaker-words-yet-full.ts";

/** Rules of this section, in the order of their codes. */
export const POINTS_RULES: readonly Rule[] = [
  pointsSumMismatch,
  groupPointsMismatch,
  rowWithoutPoints,
  oneRowCarriesMost,
  scoreOutOfRange,
  scoreDiffersFromPolicy,
  qualitativeOutsideTier,
  totalScoreMismatch,
  gradeMismatch,
  notApplicableCounted,
  unmetYetFull,
  lateYetFull,
  weakerWordsYetFull,
  unfinishedYetFull,
  overCostHighScore,
  completedBeforeAcceptance,
];
