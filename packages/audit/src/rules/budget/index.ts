import type { Rule } from "../../rule.ts";

/** Rules of this section, in the order of their codes. */
export const BUDGET_RULES: readonly Rule[] = [];
