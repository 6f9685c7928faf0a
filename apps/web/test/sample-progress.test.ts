import { expect, test } from "vitest";
import { isToWrite, progressOf } from "../src/features/samples/progress.ts";

test("counts every drawn form once, by how far its review is", () => {
  const states = ["issued", "draft", "returned", "withdrawn", "submitted", "under-review", "approved"];
  const items = [
    { review: null, reviewState: null },
    ...states.map((reviewState) => ({ review: "sheet", reviewState })),
  ];
  expect(progressOf(items)).toEqual({ unassigned: 1, waiting: 1, working: 3, handedIn: 2, done: 1 });
});

test("somebody can be added to a review sheet until it is handed in, and again when it is returned", () => {
  const states = [null, "issued", "draft", "submitted", "under-review", "returned", "withdrawn", "approved"];
  expect(states.filter(isToWrite)).toEqual(["issued", "draft", "returned", "withdrawn"]);
});
