import type { Form } from "@jiheng/domain";
import { cleanForm } from "@jiheng/specimens";
import { applyEdits, type Edit } from "@jiheng/workflow";
import { expect, test } from "vitest";
import { blockOfText, placeBlock, textOfBlock } from "../src/features/form-editor/clipboard.ts";
import { changeWhatCan, openDraft } from "../src/features/form-editor/draft.ts";
import { copiedRow, movedRow, newRow, releveled } from "../src/features/form-editor/row-edits.ts";
import { blockBetween, neighbour, viewOf, withSharedLevels } from "../src/features/form-editor/sheet-view.ts";
import { withEntry } from "../src/features/form-editor/use-sheet-commands.ts";

const form: Form = cleanForm({ seed: 12 });
const view = viewOf(form);
const ids = form.indicators.map(({ id }) => id);
const at = (row: number, key: string): string => `indicators[${ids[row]}].${key}`;
const done = (edits: readonly Edit[], of: Form = form): Form => {
  const applied = applyEdits(of, edits);
  if (applied.kind === "refused") throw new Error(applied.says);
  return applied.form;
};
const counter = (): (() => string) => {
  let made = 0;
  return () => `made-${++made}`;
};

test("text of a spreadsheet is read with its quoted cells, and written so that it is read again", () => {
  expect(blockOfText('甲\t"第一行\n第二行"\t"他说""好"""\r\n乙\t\t\r\n')).toEqual([
    ["甲", "第一行\n第二行", '他说"好"'],
    ["乙", "", ""],
  ]);
  expect(blockOfText('5"口径管\t3')).toEqual([['5"口径管', "3"]]);
  const block = [
    ["a\tb", 'say "x"', ""],
    ["line\nline", "1", "2"],
  ];
  expect(blockOfText(textOfBlock(block))).toEqual(block);
});

test("a block of money goes by the columns of the money, whatever stands further down", () => {
  const { typed, left } = placeBlock(
    form,
    view,
    "funds[0].initialBudget",
    [["1", "2", "3", "4", "5", "6"]],
    counter(),
  );
  expect(typed.map((each) => each.at)).toEqual([
    "funds[0].initialBudget",
    "funds[0].adjustedBudget",
    "funds[0].expenditure",
    "funds[0].points",
    "funds[0].executionRate",
    "funds[0].score",
  ]);
  expect(left).toEqual([]);
});

test("a block over merged levels keeps its columns, and what has no place is told", () => {
  const first = form.indicators[0];
  const block = [
    [first?.level1 ?? "", first?.level2 ?? "", "甲", "≥1个", "1个", "10", "10"],
    [first?.level1 ?? "", "无处可放", "乙", "≥2个", "2个", "10", "9"],
  ];
  const { typed, left } = placeBlock(form, view, at(0, "level1"), block, counter());
  const texts = Object.fromEntries(typed.map((each) => [each.at, each.text]));
  expect(texts[at(0, "name")]).toBe("甲");
  expect(texts[at(1, "name")]).toBe("乙");
  expect(texts[at(1, "score")]).toBe("9");
  const hasOwnLevel = view.spotOf.has(at(1, "level2"));
  expect(left).toEqual(hasOwnLevel ? [] : ["无处可放"]);
  expect(
    placeBlock(form, view, "totalScore", [["99", "多的"]], counter()).left.concat(
      placeBlock(form, view, "totalScore", [["99", "多的"]], counter()).typed.map(({ text }) => text),
    ),
  ).toContain("多的");
});

test("more rows than the form has are made below its last one", () => {
  const last = form.indicators.length - 1;
  const placed = placeBlock(
    form,
    view,
    at(last, "name"),
    [
      ["原有", "≥1个"],
      ["新一", "≥2个"],
      ["新二", "≥3个"],
      ["", ""],
    ],
    counter(),
  );
  expect(placed.rows).toHaveLength(2);
  const after = done([
    ...placed.rows,
    ...placed.typed.map(({ at: cell, text }): Edit => ({ op: "set", at: cell, to: text })),
  ]);
  expect(after.indicators.slice(last).map(({ name, target }) => [name, target.value])).toEqual([
    ["原有", "1"],
    ["新一", "2"],
    ["新二", "3"],
  ]);
  expect(after.indicators.at(-1)?.level1).toBe(form.indicators[last]?.level1);
});

test("a level that several rows share is changed in all of them, and in no other", () => {
  const level = form.indicators[0]?.level1;
  const shared = form.indicators.findIndex((row) => row.level1 !== level);
  const typed = withSharedLevels(form, [{ at: at(0, "level1"), text: "产出" }]);
  expect(typed).toHaveLength(shared === -1 ? form.indicators.length : shared);
  const after = done(typed.map(({ at: cell, text }) => ({ op: "set", at: cell, to: text })));
  expect(after.indicators.filter((row) => row.level1 === "产出")).toHaveLength(typed.length);
  expect(withSharedLevels(form, [{ at: at(0, "name"), text: "x" }])).toHaveLength(1);
});

test("the arrows go to the nearest cell, and a block is what lies between two", () => {
  expect(neighbour(view, at(0, "actual"), 1, 0)).toBe(at(1, "actual"));
  expect(neighbour(view, at(1, "actual"), -1, 0)).toBe(at(0, "actual"));
  expect(neighbour(view, at(0, "points"), 0, 1)).toBe(at(0, "score"));
  expect(neighbour(view, view.spots[0]?.address ?? "", -1, 0)).toBeNull();
  expect(
    blockBetween(view, at(1, "score"), at(0, "points")).map((line) => line.map(({ address }) => address)),
  ).toEqual([
    [at(0, "points"), at(0, "score")],
    [at(1, "points"), at(1, "score")],
  ]);
});

test("rows are inserted under the same headings, copied without what is reported, moved and put elsewhere", () => {
  const inserted = done([newRow(form, ids[0] ?? null, "new")]);
  expect(inserted.indicators[1]).toMatchObject({ id: "new", name: null, level1: form.indicators[0]?.level1 });
  expect(
    done([newRow({ ...form, indicators: [] }, null, "new")], { ...form, indicators: [] }).indicators,
  ).toHaveLength(1);
  const [row] = form.indicators;
  if (!row) throw new Error("a clean form has rows");
  const copied = done([copiedRow(row, "copy")]).indicators[1];
  expect(copied).toMatchObject({ id: "copy", name: row.name, points: row.points, score: null });
  expect(copied?.actual.text).toBeNull();
  const down = movedRow(form, ids[0] ?? "", 1);
  expect(
    down &&
      done([down])
        .indicators.slice(0, 2)
        .map(({ id }) => id),
  ).toEqual([ids[1], ids[0]]);
  const up = movedRow(form, ids[1] ?? "", -1);
  expect(
    up &&
      done([up])
        .indicators.slice(0, 2)
        .map(({ id }) => id),
  ).toEqual([ids[1], ids[0]]);
  expect(movedRow(form, ids[0] ?? "", -1)).toBeNull();
  expect(done(releveled(row, "效益指标", row.level2 ?? "")).indicators[0]?.level1).toBe("效益指标");
  expect(releveled(row, row.level1 ?? "", row.level2 ?? "")).toEqual([]);
});

test("of many changes those that can be made are made, and of the others it is said why not", () => {
  const draft = openDraft(form, 1).draft;
  const { draft: after, refusals } = changeWhatCan(draft, [
    { op: "set", at: at(0, "score"), to: "7" },
    { op: "set", at: at(1, "score"), to: "七分" },
  ]);
  expect(after.form.indicators.slice(0, 2).map(({ score }) => score)).toEqual([
    "7",
    form.indicators[1]?.score,
  ]);
  expect(refusals).toHaveLength(1);
  expect(after.past).toHaveLength(1);
});

test("what is being typed is looked at as if it were entered, unless it cannot be", () => {
  expect(withEntry(form, { address: at(0, "score"), text: "3" }).indicators[0]?.score).toBe("3");
  expect(withEntry(form, { address: at(0, "score"), text: "三" })).toBe(form);
  expect(withEntry(form, null)).toBe(form);
});
