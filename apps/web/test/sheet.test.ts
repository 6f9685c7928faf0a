import type { Form } from "@jiheng/domain";
import { cleanForm } from "@jiheng/specimens";
import { applyEdits, type Edit } from "@jiheng/workflow";
import { expect, test } from "vitest";
import { changedPart } from "../src/features/form-editor/changed-part.ts";
import { placeBlock, textOfBlock } from "../src/features/form-editor/clipboard.ts";
import { changeWhatCan, openDraft } from "../src/features/form-editor/draft.ts";
import {
  aboveRow,
  copiedRow,
  movedRow,
  newRow,
  releveled,
  takenRows,
} from "../src/features/form-editor/row-edits.ts";
import {
  blockBetween,
  nearest,
  neighbour,
  viewOf,
  withSharedLevels,
} from "../src/features/form-editor/sheet-view.ts";
import { marksOf } from "../src/features/form-editor/shown-findings.ts";
import { comparedSays } from "../src/features/form-editor/understood.ts";
import { withEntry } from "../src/features/form-editor/use-sheet-commands.ts";
import { blockOfText } from "../src/ui/block-of-text.ts";

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
  const later = form.indicators.find(({ level1 }) => level1 !== row.level1) ?? row;
  const placed = done([aboveRow(form, later, "above")]).indicators;
  const index = placed.findIndex(({ id }) => id === "above");
  expect(placed[index]).toMatchObject({ level1: later.level1, level2: later.level2, name: null });
  expect(placed[index + 1]?.id).toBe(later.id);
  expect(done([aboveRow(form, row, "top")]).indicators[0]?.id).toBe("top");
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

test("rows of other forms are put under their headings, the approved with their target, none with what was reached", () => {
  const [first, second] = form.indicators;
  if (!first || !second) throw new Error("a clean form has rows");
  const rest = {
    ...form,
    indicators: form.indicators.filter(({ id }) => id !== first.id && id !== second.id),
  };
  const taken = takenRows(
    rest,
    [
      { row: first, isApproved: true },
      { row: second, isApproved: false },
    ],
    counter(),
  );
  const after = done(taken, rest).indicators;
  const [one, two] = ["made-1", "made-2"].map((id) => after.find((row) => row.id === id));
  expect(one).toMatchObject({ name: first.name, target: first.target, points: first.points, score: null });
  expect(two).toMatchObject({ name: second.name, level1: second.level1, points: second.points });
  expect([one?.actual.text, two?.actual.text, two?.target.text]).toEqual([null, null, null]);
  const alike = { ...first, id: "x", actual: first.actual };
  const both = takenRows(
    form,
    [alike, { ...alike, name: "后一行" }].map((row) => ({ row, isApproved: true })),
    counter(),
  );
  const names = done(both).indicators.map(({ name }) => name);
  expect(names.indexOf("后一行")).toBeGreaterThan(names.lastIndexOf(first.name));
});

test("where a cell is gone, the nearest one to its place is found", () => {
  const spot = view.spotOf.get(at(1, "points"));
  if (!spot) throw new Error("points are a cell");
  expect(nearest(view, spot)).toBe(spot.address);
  expect(nearest(view, { ...spot, row: 10_000 })).toBe(
    view.spots
      .toSorted((a, b) => b.row - a.row || a.column - b.column)
      .find(({ row }) => row === view.spots.at(-1)?.row)?.address,
  );
  expect(nearest({ ...view, spots: [] }, spot)).toBeNull();
});

test("of long texts the part that changed is shown, short ones whole", () => {
  expect(changedPart("不低于95%", "≥95%")).toEqual({ before: "不低于95%", after: "≥95%" });
  const text = "按照文件的要求，本年度对全区各村的供水管道进行维护，";
  expect(
    changedPart(`${text}受益[8000]人，群众满意，运行平稳。`, `${text}受益〔8000〕人，群众满意，运行平稳。`),
  ).toEqual({
    before: "…行维护，受益[8000]人，群众满意…",
    after: "…行维护，受益〔8000〕人，群众满意…",
  });
});

test("an actual is held against its target only where the engine could", () => {
  expect(comparedSays(undefined)).toBe("");
  expect(comparedSays({ row: "a", isMet: null, completion: null })).toBe("");
  expect(comparedSays({ row: "a", isMet: true, completion: "112.5" })).toContain("112.5%");
  expect(comparedSays({ row: "a", isMet: false, completion: null })).not.toContain("%");
});

test("the cell of a reason says that one is asked for, by whichever finding it is marked first", () => {
  const finding = { fingerprint: "f", code: "AR-80", message: "", remedy: "写明失分原因", basis: [] };
  const marks = marksOf([
    {
      ...finding,
      force: "must",
      addresses: ["indicators[a].deviation", "indicators[a].score"],
      asksReason: true,
    },
    { ...finding, force: "hint", addresses: ["indicators[b].deviation"] },
  ]);
  expect(marks.get("indicators[a].deviation")).toMatchObject({ force: "must", asks: "写明失分原因" });
  expect(marks.get("indicators[a].score")?.asks).toBeUndefined();
  expect(marks.get("indicators[b].deviation")?.asks).toBeUndefined();
});
