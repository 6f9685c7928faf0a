/**
 * The words of the field: what a form, a figure, a note and a mark are. Pure; imports only types of `law`.
 * Everything other packages may use is exported here.
 */
export * from "./decimal.ts";
export { describePlace } from "./describe-place.ts";
export * from "./finding.ts";
export * from "./form.ts";
export { GRADES, gradeRank, gradeWord } from "./grade-words.ts";
export { MONEY_UNITS, yuanPer } from "./money-units.ts";
export * from "./origin.ts";
export * from "./plain-measure.ts";
export * from "./ratio.ts";
export * from "./reading.ts";
export * from "./remembered.ts";
export * from "./row-field.ts";
export * from "./score.ts";
export * from "./target.ts";
export * from "./vocabulary.ts";
