import { expect, test } from "vitest";
import { inOrder, isApart, plainPercent, sideOf } from "../src/features/samples/misses.ts";
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

test("kinds that can be measured and were marked differently come first, each in the order it came", () => {
  const kinds = [
    { kind: "words", apart: "80.00" },
    { kind: "missed-by-10", apart: "40.00" },
    { kind: "met", apart: "0.00" },
    { kind: "missed-by-less", apart: "5.00" },
    { kind: "incomparable", apart: "0.00" },
  ] as const;
  expect(inOrder(kinds).map(({ kind }) => kind)).toEqual([
    "missed-by-10",
    "missed-by-less",
    "words",
    "met",
    "incomparable",
  ]);
  expect(kinds.filter(isApart)).toHaveLength(3);
  expect(isApart({ apart: "0.99" })).toBe(false);
  expect(["5.01", "-7.2", "0.04", "-0.99", null].map(sideOf)).toEqual([1, -1, 0, 0, 0]);
  expect([plainPercent("40.00"), plainPercent("12.50"), plainPercent("0.00")]).toEqual(["40", "12.5", "0"]);
});
