import type { Rule } from "../../rule.ts";
import { actualWrittenAsBound } from "./actual-written-as-bound.ts";
import { amountInWords } from "./amount-in-words.ts";
import { cellBlank } from "./cell-blank.ts";
import { countedActualInWords } from "./counted-actual-in-words.ts";
import { handedInLate } from "./handed-in-late.ts";
import { headBlank } from "./head-blank.ts";
import { level1Missing } from "./level1-missing.ts";
import { miswrittenWord } from "./miswritten-word.ts";
import { nameRepeated } from "./name-repeated.ts";
import { outputCategoryMissing } from "./output-category-missing.ts";
import { placeholderLeft } from "./placeholder-left.ts";
import { reviewCellBlank } from "./review-cell-blank.ts";
import { signatures } from "./signatures.ts";

/** Rules of this section, in the order of their codes. */
export const COMPLETENESS_RULES: readonly Rule[] = [
  headBlank,
  level1Missing,
  outputCategoryMissing,
  cellBlank,
  countedActualInWords,
  amountInWords,
  actualWrittenAsBound,
  reviewCellBlank,
  placeholderLeft,
  signatures,
  handedInLate,
  nameRepeated,
  miswrittenWord,
];
