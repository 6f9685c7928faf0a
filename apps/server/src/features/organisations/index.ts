/** The tree of organisations, as other features ask about it. */
export { type Body, lineageOf, subjectOfBody } from "./lineage.ts";
