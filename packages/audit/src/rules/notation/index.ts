import type { Rule } from "../../rule.ts";
import { bracketsUnbalanced } from "./brackets-unbalanced.ts";
import { documentNumberBrackets } from "./document-number-brackets.ts";
import { doubledWord } from "./doubled-word.ts";
import { notationMixed } from "./notation-mixed.ts";
import { textOverLimit } from "./text-over-limit.ts";
import { widthMixed } from "./width-mixed.ts";

/** Rules of this section, in the order of their codes. */
export const NOTATION_RULES: readonly Rule[] = [
  textOverLimit,
  doubledWord,
  notationMixed,
  bracketsUnbalanced,
  documentNumberBrackets,
  widthMixed,
];
