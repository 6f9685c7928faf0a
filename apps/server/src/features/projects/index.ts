/** The library of projects, as other features ask about it. */
export { type Reach, reachOf } from "./reach.ts";
