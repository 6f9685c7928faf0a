/** Analysis of Chinese prose in forms: pure functions over strings, each linear or nearly linear in the length of the text. */
export * from "./brackets.ts";
export * from "./content-words.ts";
export * from "./narratives.ts";
export * from "./normalise.ts";
export * from "./numbers.ts";
export * from "./percentages.ts";
export * from "./products.ts";
export * from "./reasons.ts";
export * from "./sentences.ts";
export * from "./shared-runs.ts";
export * from "./sums.ts";
export * from "./units.ts";
export * from "./wording.ts";
