export { gradeOfScore, reviewedTotal } from "./compare.ts";
