import type { Rule } from "../../rule.ts";
import { itemOutOfLine } from "./item-out-of-line.ts";
import { narrativeItemsSumMismatch } from "./narrative-items-sum-mismatch.ts";
import { percentageMismatch } from "./percentage-mismatch.ts";
import { unitPriceProductMismatch } from "./unit-price-product-mismatch.ts";

/** Rules of this section, in the order of their codes. */
export const NARRATIVE_RULES: readonly Rule[] = [
  narrativeItemsSumMismatch,
  unitPriceProductMismatch,
  itemOutOfLine,
  percentageMismatch,
];
