import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Form } from "@jiheng/domain";
import { describe, expect, test } from "vitest";
import { readFlat } from "../src/flat/index.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = join(root, "..", "shared", "forms");
const present = existsSync(join(folder, "variants"));
const why = present ? "" : " (skipped: ../shared/forms is not here)";

const plain = (value: unknown): unknown => {
  if (typeof value !== "string") return value ?? null;
  const compact = value.replace(/\s+/g, "").replaceAll("（", "(").replaceAll("）", ")").replaceAll("：", ":");
  return /^-?\d+(?:\.\d+)?$/.test(compact) ? Number(compact) : compact;
};

interface Tally {
  right: number;
  all: number;
  /** Places that differ and bear no note. */
  readonly silent: string[];
}

/** Compares every field the reading states with the form; a field the reading leaves out is not compared. */
function compare(want: unknown, got: unknown, place: string, form: Form, tally: Tally): void {
  if (want !== null && typeof want === "object") {
    for (const [key, value] of Object.entries(want)) {
      const next = Array.isArray(want) ? `${place}[${key}]` : place === "" ? key : `${place}.${key}`;
      compare(value, (got as Record<string, unknown> | undefined)?.[key], next, form, tally);
    }
    return;
  }
  tally.all += 1;
  if (plain(want) === plain(got)) {
    tally.right += 1;
    return;
  }
  const row = /^(?:funds|indicators)\[\d+\]/.exec(place)?.[0] ?? place;
  const noted = form.notes.some(
    (note) => note.place !== null && (note.place === row || note.place.startsWith(`${row}.`)),
  );
  if (!noted) tally.silent.push(place);
}

const read = (text: string): readonly Form[] =>
  readFlat([{ kind: "text", text, at: { line: 1, column: 1 } }], { sha256: "a".repeat(64) }).forms;

describe.skipIf(!present)(`published forms as flat text${why}`, () => {
  const files = present ? readdirSync(join(folder, "variants")).filter((file) => file.endsWith(".txt")) : [];
  test.each(files)("%s: at least 95 of 100 printed figures are right", (file) => {
    const path = join(folder, "variants", file);
    const expected = JSON.parse(readFileSync(path.replace(/txt$/, "reading.json"), "utf8")) as unknown;
    const [want] = Array.isArray(expected) ? expected : [expected];
    const form = read(readFileSync(path, "utf8"))[0] as Form;
    const tally: Tally = { right: 0, all: 0, silent: [] };
    compare(want, form, "", form, tally);
    expect(form.indicators).toHaveLength((want as Form).indicators.length);
    expect(tally.right / tally.all).toBeGreaterThanOrEqual(0.95);
    expect(
      tally.silent.filter((place) => /points|score|Budget|expenditure|Rate|value|total/.test(place)),
    ).toEqual([]);
  });

  const table = present
    ? readFileSync(join(folder, "bureau-2024.txt"), "utf8").replace(/<[^>]{0,200}>/g, "")
    : "";
  const lines = table.split("\n").map((line) =>
    line
      .split("\t")
      .map((cell) => cell.trim())
      .filter((cell) => cell !== ""),
  );
  const filled = lines.filter((line) => line.length > 0);
  const bare = filled.flat().map((cell) => cell.replace(/\s+/g, ""));
  const written: readonly (readonly [string, string, number])[] = [
    ["one cell a line", filled.flat().join("\n"), 0.99],
    ["bars", filled.map((line) => line.join(" | ")).join(" |\n"), 0.99],
    ["single blanks", bare.join(" "), 0.99],
    ["wide blanks", filled.map((line) => line.join("   ")).join("\n"), 0.99],
    ["run together", bare.join(""), 0.97],
  ];
  test.each(written)("the eleven forms written as %s", (_, text, least) => {
    const want = JSON.parse(readFileSync(join(folder, "bureau-2024.reading.json"), "utf8")) as Form[];
    const forms = read(text);
    expect(forms).toHaveLength(want.length);
    const tally: Tally = { right: 0, all: 0, silent: [] };
    want.forEach((form, index) => {
      const { project, department, year, totalPoints, totalScore, grade } = form;
      const funds = form.funds.map(({ label: _label, ...fund }) => fund);
      const indicators = form.indicators.map(({ level1, level2, name, points, score, target, actual }) => ({
        level1,
        level2,
        name,
        points,
        score,
        target: { text: target.text },
        actual: { text: actual.text },
      }));
      const part = { project, department, year, totalPoints, totalScore, grade, funds, indicators };
      compare(part, forms[index], "", forms[index] as Form, tally);
    });
    expect(tally.right / tally.all).toBeGreaterThanOrEqual(least);
    expect(tally.silent.filter((place) => /points|score|Budget|expenditure|Rate/.test(place))).toEqual([]);
  });
});
