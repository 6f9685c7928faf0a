/** Second-level projects into one category or department form; every figure knows its sources. Pure. */
export type {
  Conflict,
  ConflictCode,
  Derivation,
  Offer,
  PointsBy,
  RolledUp,
  RollUp,
  RollUpChoices,
  RollUpSource,
  Term,
} from "./derivation.ts";
export { inPlainWords } from "./in-plain-words.ts";
export * from "./report/index.ts";
export { NO_CHOICES, type RollUpOptions, rollUp, sourceOf, sourceOfRollUp, splitRollUp } from "./roll-up.ts";
