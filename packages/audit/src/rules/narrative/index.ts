import type { Rule } from "../../rule.ts";
import { countedActualNotInResult } from "./counted-actual-not-in-result.ts";
import { itemOutOfLine } from "./item-out-of-line.ts";
import { narrativeIndicatorCountDiffers } from "./narrative-indicator-count-differs.ts";
import { narrativeItemsSumMismatch } from "./narrative-items-sum-mismatch.ts";
import { percentageMismatch } from "./percentage-mismatch.ts";
import { resultNumberWithoutIndicator } from "./result-number-without-indicator.ts";
import { sameNumberOtherNoun } from "./same-number-other-noun.ts";
import { totalBeyondNamedParts } from "./total-beyond-named-parts.ts";
import { unitPriceActualOverrun } from "./unit-price-actual-overrun.ts";
import { unitPriceProductMismatch } from "./unit-price-product-mismatch.ts";

/** Rules of this section, in the order of their codes. */
export const NARRATIVE_RULES: readonly Rule[] = [
  narrativeItemsSumMismatch,
  unitPriceProductMismatch,
  itemOutOfLine,
  totalBeyondNamedParts,
  unitPriceActualOverrun,
  narrativeIndicatorCountDiffers,
  resultNumberWithoutIndicator,
  countedActualNotInResult,
  sameNumberOtherNoun,
  percentageMismatch,
];
