import { type Refused, refused } from "../outcome.ts";
import type { NotWritten } from "./tasks.ts";

const PASSING = { busy: "too-many-requests", stopping: "stopping", "given-up": "stopping" } as const;

/** A document that was not made, as an outcome: the same request may go another time, or never will. */
export function notMade({ says, passing }: NotWritten): Refused {
  return refused(passing ? PASSING[passing] : "not-made", says);
}
