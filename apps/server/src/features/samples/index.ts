export { gradeOfScore } from "./compare.ts";
