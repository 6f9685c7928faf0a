import type { Rule } from "../../rule.ts";
import { duplicateRow } from "./duplicate-row.ts";

/** Rules of this section, in the order of their codes. */
export const ROWS_RULES: readonly Rule[] = [duplicateRow];
