import { describe, expect, test } from "vitest";
import {
  cellFor,
  cellsOfNote,
  questionsOf,
  type Reading,
  spotKey,
  textAt,
  waysOf,
} from "../src/features/imports/reading.ts";

const spots = [
  { place: "indicators[0].name", block: 1, row: 3, column: 2 },
  { place: "indicators[0].score", block: 1, row: 3, column: 6 },
  { place: "indicators[1].score", block: 1, row: 4, column: 6 },
  { place: "indicators[0].level1", block: 1, row: 3, column: 2 },
  { place: "title", block: 0, row: null, column: null },
];

describe("a reading beside its original", () => {
  test("finds the cell of a place, and all places of a cell", () => {
    const ways = waysOf(spots);
    expect(cellFor(ways, "indicators[0].score")).toBe(spotKey(1, 3, 6));
    expect(cellFor(ways, "indicators[0]")).toBe(spotKey(1, 3, 2));
    expect(cellFor(ways, "indicators[1]")).toBe(spotKey(1, 4, 6));
    expect(cellFor(ways, "indicators[9]")).toBeNull();
    expect(cellFor(ways, "title")).toBe(spotKey(0, null, null));
    expect(ways.placesOf.get(spotKey(1, 3, 2))).toEqual(["indicators[0].name", "indicators[0].level1"]);
  });

  test("shows a text as it was typed, and a blank as a blank", () => {
    const form = {
      year: 2024,
      indicators: [{ target: { text: "≥95%" }, score: null }],
      goal: { expected: "修好" },
    } as unknown as Reading["form"];
    expect(textAt(form, "indicators[0].target")).toBe("≥95%");
    expect(textAt(form, "indicators[0].score")).toBe("");
    expect(textAt(form, "goal.expected")).toBe("修好");
    expect(textAt(form, "year")).toBe("2024");
    expect(textAt(form, "indicators[5].name")).toBe("");
  });

  test("takes a correction of a place as the answer to what was asked about it", () => {
    const note = {
      level: "guessed" as const,
      code: "c",
      says: "猜的",
      place: "indicators[0].score",
      at: null,
    };
    const said = { place: null, to: null, byName: "甲", at: "2025-01-01T00:00:00Z" };
    const line = {
      notes: [note, { ...note, place: "title" }, { ...note, place: "indicators[1].score" }],
      answers: [
        { ...said, note: null, kind: "corrected" as const, place: "indicators[0].score", to: "9" },
        { ...said, note: 1, kind: "accepted" as const },
      ],
    } as unknown as Reading["line"];
    const questions = [0, 1, 2].map((at) => ({ note: at, at: line.notes[at]?.place ?? null, title: null }));
    const asked = questionsOf({ line, questions });
    expect(asked.map(({ answer }) => answer?.kind ?? null)).toEqual(["corrected", "accepted", null]);
  });

  test("offers the cells of a row where a note is about all of it", () => {
    const correctable = ["indicators[1].name", "indicators[1].score", "indicators[10].name", "title"];
    expect(cellsOfNote("indicators[1]", correctable)).toEqual(["indicators[1].name", "indicators[1].score"]);
    expect(cellsOfNote("title", correctable)).toEqual(["title"]);
    expect(cellsOfNote("goals[2]", correctable)).toEqual([]);
  });
});
