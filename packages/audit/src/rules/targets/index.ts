import type { Rule } from "../../rule.ts";
import { attributeOutsideList } from "./attribute-outside-list.ts";
import { circularTarget } from "./circular-target.ts";
import { costAtLeast } from "./cost-at-least.ts";
import { costLimitDiffersFromFunds } from "./cost-limit-differs-from-funds.ts";
import { datesOutOfOrder } from "./dates-out-of-order.ts";
import { foreignToCategory } from "./foreign-to-category.ts";
import { hollowNumber } from "./hollow-number.ts";
import { impossibleValue } from "./impossible-value.ts";
import { noSatisfactionMeasured } from "./no-satisfaction-measured.ts";
import { oneSidedBenefit } from "./one-sided-benefit.ts";
import { outputsNotCounted } from "./outputs-not-counted.ts";
import { paymentAsQuantity } from "./payment-as-quantity.ts";
import { periodDiffersFromText } from "./period-differs-from-text.ts";
import { promiseNotMeasured } from "./promise-not-measured.ts";
import { quantityInWords } from "./quantity-in-words.ts";
import { standardIndicatorsUsed } from "./standard-indicators-used.ts";
import { targetDiffersFromApproved } from "./target-differs-from-approved.ts";
import { targetTooLow } from "./target-too-low.ts";
import { targetsMostlyTooLow } from "./targets-mostly-too-low.ts";
import { targetsTooHigh } from "./targets-too-high.ts";
import { unrelatedRow } from "./unrelated-row.ts";
import { vagueTargets } from "./vague-targets.ts";

/** Rules of this section, in the order of their codes. */
export const TARGETS_RULES: readonly Rule[] = [
  costLimitDiffersFromFunds,
  targetDiffersFromApproved,
  targetTooLow,
  targetsMostlyTooLow,
  targetsTooHigh,
  outputsNotCounted,
  quantityInWords,
  paymentAsQuantity,
  foreignToCategory,
  unrelatedRow,
  costAtLeast,
  impossibleValue,
  promiseNotMeasured,
  vagueTargets,
  circularTarget,
  hollowNumber,
  datesOutOfOrder,
  periodDiffersFromText,
  noSatisfactionMeasured,
  attributeOutsideList,
  oneSidedBenefit,
  standardIndicatorsUsed,
];
