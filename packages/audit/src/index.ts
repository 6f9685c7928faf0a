/**
 * The review engine: deterministic rules over a form as read, each with its source, force, remedy and place. Pure.
 * A new rule goes into `rules/<section>/`; nothing outside `rules/` and `lexicon/` knows a single check.
 */
export { type FormFacts, type FundFacts, factsOf, type RowFacts } from "./facts/form-facts.ts";
export { type Outcome, type RowOutcome, rowOutcomes } from "./facts/row-outcomes.ts";
export { type Fix, fixesOf } from "./fixes.ts";
export { CATEGORY_WORDS, type Category } from "./lexicon/categories.ts";
export * from "./rule.ts";
export { ruleCatalogue } from "./rule-catalogue.ts";
export { RULES } from "./rules/index.ts";
export * from "./run.ts";
export { RULES_VERSION } from "./version.ts";
