import { expect, test } from "vitest";
import { conventionFaults } from "../conventions.mjs";

const PURE = "packages/law/src/planted.ts";
const faults = (text: string, path = PURE): string[] => conventionFaults(path, text);

test("an exported name needs a docstring", () => {
  expect(faults("export const plantedName = 1;")).toEqual(["1: plantedName is exported without a docstring"]);
  expect(faults("export interface Planted { a: 1 }")).toHaveLength(1);
  expect(faults("export function planted() { const a = 1; return a; }")).toHaveLength(1);
  expect(faults("/** Says what it is. */\nexport const plantedName = 1;")).toEqual([]);
});

test("what explains itself needs none", () => {
  expect(faults('export const plantedRule = formRule({ explains: "…" });')).toEqual([]);
  expect(faults("export function add(a, b) { return a + b; }")).toEqual([]);
  expect(faults("/** Two. */\nexport const firstOne = 1;\nexport const secondOne = 2;")).toEqual([]);
  expect(faults("/** One. */\nexport const firstOne = 1;\n\nexport const secondOne = 2;")).toHaveLength(1);
  expect(faults('export * from "./a.ts";\nexport { b } from "./b.ts";')).toEqual([]);
  expect(faults("/** Once. */\nexport function a1(x: 1): 1;\nexport function a1(x: 2): 2;")).toEqual([]);
});

test("packages know no clock and no chance", () => {
  expect(faults("const a = Date.now();")).toEqual(["1: packages know no clock: take the date"]);
  expect(faults("const a = new Date();")).toHaveLength(1);
  expect(faults("const a = Math.random();")).toEqual(["1: packages know no chance: take a seed"]);
  expect(faults('const a = new Date("2020-01-01");')).toEqual([]);
  expect(faults("const a = Date.now();", "apps/cli/src/planted.ts")).toEqual([]);
});

test("a folder is named after what is in it", () => {
  expect(faults("", "packages/law/src/utils/planted.ts")).toHaveLength(1);
  expect(faults("", "packages/law/src/utilities.ts")).toEqual([]);
});

test("a promise in a comment names its issue", () => {
  const promise = ["TO", "DO"].join("");
  expect(faults(`// ${promise}: later`)).toHaveLength(1);
  expect(faults(`// ${promise} #12: later`)).toEqual([]);
});
