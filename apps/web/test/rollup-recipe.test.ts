import { variedForm } from "@jiheng/specimens";
import { describe, expect, test } from "vitest";
import { lineCounter } from "../src/features/reports/progress.ts";
import {
  type Conflict,
  differencesOf,
  linesOf,
  madeChoices,
  NO_CHOICES,
  type Recipe,
  reweighted,
  taken,
  waysOut,
  weightedRows,
  withoutOptions,
} from "../src/features/rollups/recipe.ts";

const RECIPE: Recipe = {
  members: [
    { id: "a", project: "甲" },
    { id: "b", project: "乙" },
  ],
  choices: NO_CHOICES,
  template: null,
};
const term = (form: string, text: string | null = null) => ({
  ...{ form, file: null, project: form, at: "year", text, figure: null, weight: null },
});
const conflict = (code: string, row: string | null, terms: Conflict["terms"] = []): Conflict => ({
  ...{ code, says: "", remedy: "", row, terms },
});

describe("the ways out of a conflict", () => {
  test("keep the row apart, or take the strictest of its limits", () => {
    expect(waysOut(conflict("unit", "培训"), RECIPE).map(({ after }) => after.choices.apart)).toEqual([
      ["培训"],
    ]);
    const [strictest, apart] = waysOut(conflict("time-limit", "完成时间"), RECIPE);
    expect(strictest?.after.choices.strictest).toEqual(["完成时间"]);
    expect(apart?.after.choices.apart).toEqual(["完成时间"]);
    const asked = { ...RECIPE, choices: { ...NO_CHOICES, strictest: ["完成时间"] } };
    expect(waysOut(conflict("time-limit", "完成时间"), asked)).toHaveLength(1);
    expect(waysOut(conflict("unit", null), RECIPE)).toEqual([]);
  });

  test("leave out a form that was picked, never one that was not", () => {
    const ways = waysOut(conflict("year", null, [term("a", "2024"), term("c", "2025")]), RECIPE);
    expect(ways.map(({ after }) => after.members.map(({ id }) => id))).toEqual([["b"]]);
  });

  test("choose a template that one of the forms is printed in", () => {
    const ways = waysOut(conflict("template", null, [term("x", "national"), term("y", "hubei")]), RECIPE);
    expect(ways.map(({ after }) => after.template)).toEqual(["national", "hubei"]);
  });

  test("allot points equally again", () => {
    const weighted = { ...RECIPE, choices: { ...NO_CHOICES, points: "weights" as const } };
    expect(waysOut(conflict("points", null), weighted)[0]?.after.choices.points).toBe("equal");
    expect(waysOut(conflict("points", null), RECIPE)).toEqual([]);
  });
});

test("an offer taken up is a choice, and every choice can be taken back", () => {
  let recipe = RECIPE;
  const offer = (kind: "merge" | "weight" | "once", accept: [string, string]) =>
    ({ kind, at: [], says: "", accept }) as const;
  recipe = taken(offer("merge", ["甲行", "乙行"]) as never, recipe).after;
  recipe = taken(offer("weight", ["合格率", "场次"]) as never, recipe).after;
  recipe = taken(offer("once", ["人数", "人数"]) as never, recipe).after;
  recipe = { ...recipe, template: "national" };
  expect(recipe.choices).toMatchObject({
    merges: [["甲行", "乙行"]],
    denominators: [["合格率", "场次"]],
    once: ["人数"],
  });
  let rest = recipe;
  for (let left = madeChoices(rest).length; left > 0; left = madeChoices(rest).length)
    rest = madeChoices(rest)[0]?.after ?? rest;
  expect(rest).toEqual(RECIPE);
});

test("what is said to those who type commands is not said here", () => {
  expect(withoutOptions("请统一单位；如不是同一指标，请改名，或用 --apart 培训 分列")).toBe(
    "请统一单位；如不是同一指标，请改名",
  );
  expect(withoutOptions("请改用平均分配（--points equal），或给出各行权重")).toBe(
    "请改用平均分配，或给出各行权重",
  );
  expect(withoutOptions("请去掉重复的一张")).toBe("请去掉重复的一张");
  expect(withoutOptions("请用 --template 指定表样")).toBe("");
});

describe("a roll-up beside the form that stands", () => {
  const form = variedForm({ seed: 3, template: "national" });

  test("differs in nothing from itself, whatever the order of its rows", () => {
    expect(differencesOf(form, { ...form, indicators: form.indicators.toReversed() })).toEqual([]);
  });

  test("differs by row and cell, by rows that are new and rows that are gone", () => {
    const [first, ...others] = form.indicators;
    if (!first) throw new Error("no row");
    const after = { ...form, indicators: [{ ...first, score: "0.5" }, ...others.slice(1)] };
    const found = differencesOf(form, after);
    expect(found[0]).toMatchObject({ name: first.name, before: first.score, after: "0.5" });
    expect(found.slice(1).length).toBeGreaterThan(0);
    for (const { name, after: now } of found.slice(1)) {
      expect(name).toBe(others[0]?.name);
      expect(now).toBeNull();
    }
  });

  test("says of every row how its figures came about and of how many forms", () => {
    const sum = (forms: readonly string[]) =>
      ({
        kind: "sum",
        says: "",
        basis: [],
        value: "1",
        terms: forms.map((id) => term(id)),
        left: [],
      }) as const;
    const lines = linesOf(form, {
      "funds[0].expenditure": sum(["a", "b"]) as never,
      "indicators[1].actual": sum(["a"]) as never,
    });
    expect(lines.find(({ key }) => key === "funds[0]")).toMatchObject({ forms: 2 });
    expect(lines.find(({ key }) => key === "indicators[1]")?.cells.map(({ at }) => at)).toEqual([
      "indicators[1].actual",
    ]);
    expect(lines).toHaveLength(form.funds.length + form.indicators.length);
  });
});

test("lines are counted over the parts they come in", () => {
  const count = lineCounter();
  const part = (text: string) => new TextEncoder().encode(text);
  expect(count(part("a\nb"))).toBe(1);
  expect(count(part("c\n\n"))).toBe(3);
});

describe("weights of rows", () => {
  const rows = (...names: readonly string[]) => names.map((name) => ({ name }));

  test("a row that was put together is asked for; the weights of those it was made of are said to be without a row", () => {
    const given = { 甲: "2", 乙: "1", 丙: "1" };
    expect(weightedRows(given, rows("甲", "乙和丙"))).toEqual([
      { name: "甲", weight: "2", isGone: false },
      { name: "乙和丙", weight: "", isGone: false },
      { name: "乙", weight: "1", isGone: true },
      { name: "丙", weight: "1", isGone: true },
    ]);
    expect(weightedRows(given, null).map(({ name, isGone }) => `${name}${isGone}`)).toEqual([
      ...["甲false", "乙false", "丙false"],
    ]);
  });

  test("an emptied weight is no longer given", () => {
    expect(reweighted({ 甲: "2", 乙: "1" }, "乙", "")).toEqual({ 甲: "2" });
    expect(reweighted({ 甲: "2" }, "乙", "3")).toEqual({ 甲: "2", 乙: "3" });
  });
});
