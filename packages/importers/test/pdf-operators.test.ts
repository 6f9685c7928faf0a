import { expect, test } from "vitest";
import { type PdfFont, pageOfOperators } from "../src/index.ts";

const CODES = {
  save: 1,
  restore: 2,
  transform: 3,
  constructPath: 4,
  fill: 5,
  stroke: 6,
  setFillRGBColor: 7,
  setLineWidth: 8,
  setFont: 9,
  showText: 10,
  setTextMatrix: 11,
  clip: 12,
  endPath: 13,
  setCharSpacing: 14,
  beginText: 15,
};
type Step = readonly [keyof typeof CODES, ...unknown[]];
const FONT: PdfFont = { name: "ABCDEF+SimSun", vertical: false, unit: 0.001, composite: true };

function drawn(steps: readonly Step[], font: PdfFont = FONT) {
  const frame = { number: 1, width: 595, height: 842, transform: [1, 0, 0, -1, 0, 842], pictures: false };
  const list = { fnArray: steps.map(([name]) => CODES[name]), argsArray: steps.map(([, ...args]) => args) };
  return pageOfOperators(list, frame, CODES, () => font);
}

/** A rectangle as the engine writes paths: moves (0), lines (1), close (4). */
const rectangle = (x: number, y: number, w: number, h: number, op: number): unknown[] => [
  op,
  [new Float32Array([0, x, y, 1, x + w, y, 1, x + w, y + h, 1, x, y + h, 4])],
  new Float32Array([x, y, x + w, y + h]),
];
const glyph = (unicode: string, width = 1000) => ({ unicode, width });

test("thin filled rectangles are rules, wide ones are shading, white ones are paper", () => {
  const { rules } = drawn([
    ["setFillRGBColor", "#000000"],
    ["constructPath", ...rectangle(50, 700, 400, 0.5, CODES.fill)],
    ["constructPath", ...rectangle(50, 600, 0.48, 100, CODES.fill)],
    ["constructPath", ...rectangle(50, 600, 200, 30, CODES.fill)],
    ["setFillRGBColor", "#ffffff"],
    ["constructPath", ...rectangle(50, 500, 400, 0.5, CODES.fill)],
  ]);
  expect(rules).toEqual([
    { x0: 50, y0: 141.75, x1: 450, y1: 141.75 },
    { x0: expect.closeTo(50.24, 2), y0: 142, x1: expect.closeTo(50.24, 2), y1: 242 },
  ]);
});

test("a box stroked around a cell gives four rules; what is clipped away gives none", () => {
  const { rules } = drawn([
    ["constructPath", ...rectangle(50, 600, 200, 30, CODES.stroke)],
    ["save"],
    ["clip"],
    ["constructPath", ...rectangle(0, 0, 40, 40, CODES.endPath)],
    ["constructPath", ...rectangle(300, 600, 200, 30, CODES.stroke)],
    ["restore"],
  ]);
  expect(rules.length).toBe(4);
});

test("characters stand where matrices, spacing and figures between them put them", () => {
  const { glyphs } = drawn([
    ["save"],
    ["transform", 2, 0, 0, 2, 0, 0],
    ["beginText"],
    ["setFont", "f", 5],
    ["setCharSpacing", 1],
    ["setTextMatrix", new Float32Array([1, 0, 0, 1, 50, 400])],
    ["showText", [glyph("甲"), -1000, glyph("乙")]],
    ["restore"],
  ]);
  expect(
    glyphs.map(({ text, x0, y1, size, turn }) => [text, x0, Math.round(y1 * 10) / 10, size, turn]),
  ).toEqual([
    ["甲", 100, 43.2, 10, 0],
    ["乙", 122, 43.2, 10, 0],
  ]);
});

test("turned, slanted and downward writing is told apart", () => {
  const turnOf = (matrix: readonly number[], font = FONT) =>
    drawn(
      [
        ["setFont", "f", 10],
        ["setTextMatrix", new Float32Array(matrix)],
        ["showText", [{ ...glyph("甲"), vmetric: [-1000, 500, 880] }]],
      ],
      font,
    ).glyphs[0]?.turn;
  expect(turnOf([1, 0, 0, 1, 100, 100])).toBe(0);
  expect(turnOf([0, 1, -1, 0, 100, 100])).toBe(270);
  expect(turnOf([0, -1, 1, 0, 100, 100])).toBe(90);
  expect(turnOf([0.7, 0.7, -0.7, 0.7, 100, 100])).toBe(null);
  expect(turnOf([1, 0, 0, 1, 100, 100], { ...FONT, vertical: true })).toBe(90);
});

test("radicals and compatibility forms become words, tick boxes characters, unknown glyphs are marked", () => {
  const textOf = (unicode: string, font = FONT) =>
    drawn(
      [
        ["setFont", "f", 10],
        ["setTextMatrix", new Float32Array([1, 0, 0, 1, 100, 100])],
        ["showText", [glyph(unicode)]],
      ],
      font,
    ).glyphs.map(({ text, unmapped }) => [text, unmapped]);
  expect(textOf("\u2f92")).toEqual([["見", false]]);
  expect(textOf("\u2ed3")).toEqual([["长", false]]);
  expect(textOf("\u2f3e")).toEqual([["户", false]]);
  expect(textOf("\ue123")).toEqual([["\ufffd", true]]);
  expect(textOf("\u0003")).toEqual([["\ufffd", true]]);
  expect(textOf("\uf0fe", { ...FONT, name: "Wingdings" })).toEqual([["☑", false]]);
});
