/** The rules a region reviews by, as other features ask for them. */
export { type RuleSetting, rulesInForce } from "./rules-in-force.ts";
export { settingsOn } from "./store.ts";
export { chinaDay } from "./use-cases.ts";
