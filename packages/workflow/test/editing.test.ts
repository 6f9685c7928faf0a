import type { Form, Indicator } from "@jiheng/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addressOf,
  applyEdits,
  changesBetween,
  contradictedMeasures,
  describeAddress,
  type Edit,
  editsBetween,
  invertEdits,
  merge,
  placeOf,
} from "../src/index.ts";
import { form, row } from "./forms.ts";

function applied(before: Form, edits: readonly Edit[]) {
  const result = applyEdits(before, edits);
  if (result.kind === "refused") throw new Error(`${result.code} ${result.at}`);
  return result;
}

const draftOf = ({ id: _, ...values }: Indicator) => values;
const insert = (id: string, after: string | null, more: Partial<Indicator> = {}): Edit => ({
  op: "insert-row",
  row: id,
  after,
  values: draftOf(row(id, more)),
});
const set = (at: string, to: Extract<Edit, { op: "set" }>["to"]): Edit => ({ op: "set", at, to });
const rowsOf = (of: Form) => of.indicators.map(({ id }) => id).join("");

describe("applying", () => {
  test("sets cells of every part and tells what changed", () => {
    const before = form();
    const { form: after, changes } = applied(before, [
      set("indicators[b].score", "8.50"),
      set("indicators[b].actual", "108.00(人次)"),
      set("indicators[b].core", true),
      set("funds[0].expenditure", "95"),
      set("goal.achieved", "已办好"),
      set("totalScore", "96"),
      set("fields[联系人]", null),
    ]);
    expect(after.indicators[1]).toMatchObject({
      score: "8.50",
      core: true,
      actual: { text: "108.00(人次)", comparison: null, value: "108.00", unit: "人次" },
    });
    expect([after.goal.achieved, after.goals[0]?.achieved]).toEqual(["已办好", "已办好"]);
    expect(changes).toEqual([
      { at: "totalScore", from: null, to: "96" },
      { at: "goal.achieved", from: null, to: "已办好" },
      { at: "funds[0].expenditure", from: "90.00", to: "95" },
      { at: "indicators[b].core", from: null, to: "是" },
      { at: "indicators[b].actual", from: null, to: "108.00(人次)" },
      { at: "indicators[b].score", from: null, to: "8.50" },
      { at: "fields[联系人]", from: "甲", to: null },
    ]);
    expect(before).toEqual(form());
  });

  test("a text typed into a target is kept to the letter and read as reading does", () => {
    const { form: after } = applied(form(), [set("indicators[a].target", "不低于 95％ ")]);
    expect(after.indicators[0]?.target).toEqual({
      text: "不低于 95％ ",
      comparison: "≥",
      value: "95",
      unit: "%",
    });
  });

  test("a cell of nothing but blanks is empty, and a blank is never 0", () => {
    const { form: after } = applied(form(), [
      set("indicators[a].points", " "),
      set("indicators[a].target", ""),
    ]);
    expect(after.indicators[0]).toMatchObject({
      points: null,
      target: { text: null, comparison: null, value: null, unit: null },
    });
  });

  test("rows go where their neighbour is, whatever was inserted meanwhile", () => {
    const { form: after } = applied(form(), [
      insert("x", "a"),
      insert("y", null),
      { op: "move-row", row: "c", after: "y" },
      { op: "remove-row", row: "b" },
    ]);
    expect(rowsOf(after)).toBe("ycax");
  });

  test.each<[string, Edit, string, string]>([
    ["a cell no form has", set("indicators[a].colour", "red"), "unknown-address", "indicators[a].colour"],
    [
      "what every object inherits",
      set("indicators[a].constructor", "red"),
      "unknown-address",
      "indicators[a].constructor",
    ],
    ["a prototype", set("__proto__", "red"), "unknown-address", "__proto__"],
    ["no address at all", set("indicators[0", "1"), "unknown-address", "indicators[0"],
    [
      "a row of money there is not",
      set("funds[7].expenditure", "1"),
      "unknown-address",
      "funds[7].expenditure",
    ],
    ["a goal there is not", set("goals[3].points", "1"), "unknown-address", "goals[3].points"],
    ["the identity of a row", set("indicators[a].id", "z"), "read-only", "indicators[a].id"],
    ["the project", set("project", "另一项目"), "read-only", "project"],
    ["the unit of money", set("moneyUnit", "元"), "read-only", "moneyUnit"],
    ["a source of money", set("funds[0].label", "其他"), "read-only", "funds[0].label"],
    ["a row that is gone", set("indicators[z].score", "1"), "row-gone", "indicators[z].score"],
    ["the place behind a row that is gone", insert("x", "z"), "row-gone", "indicators[z]"],
    ["a row that is there already", insert("b", "a"), "row-exists", "indicators[b]"],
    ["words for a figure", set("indicators[a].score", "八分"), "not-a-figure", "indicators[a].score"],
    [
      "a figure with separators",
      set("funds[0].expenditure", "1,000"),
      "not-a-figure",
      "funds[0].expenditure",
    ],
    ["a number for a figure", set("indicators[a].score", 8), "wrong-type", "indicators[a].score"],
    ["words for yes or no", set("indicators[a].core", "是"), "wrong-type", "indicators[a].core"],
    ["a goal there is none of", set("indicators[a].goal", 4), "wrong-type", "indicators[a].goal"],
    ["a text without end", set("goal.achieved", "好".repeat(8001)), "too-long", "goal.achieved"],
    [
      "a field with a name without end",
      set(`fields[${"名".repeat(501)}]`, "一"),
      "too-long",
      `fields[${"名".repeat(501)}]`,
    ],
    ["a row behind itself", { op: "move-row", row: "a", after: "a" }, "wrong-type", "indicators[a]"],
    [
      "a row whose values are wrong",
      insert("x", "a", { points: "多" }),
      "not-a-figure",
      "indicators[x].points",
    ],
    ["a sub-row of nothing", insert("x", "a", { parent: "z" }), "row-has-children", "indicators[x].parent"],
  ])("refuses %s and applies nothing", (_, edit, code, at) => {
    const before = form();
    const result = applyEdits(before, [set("totalScore", "1"), edit]);
    expect(result).toMatchObject({ kind: "refused", code, at, says: expect.stringMatching(/。$/) });
    expect(before).toEqual(form());
  });

  test("a row with sub-rows goes only with them", () => {
    const before = form({ indicators: [row("a"), row("b", { parent: "a" })] });
    const remove = (id: string): Edit => ({ op: "remove-row", row: id });
    expect(applyEdits(before, [remove("a")])).toMatchObject({ code: "row-has-children" });
    expect(rowsOf(applied(before, [remove("a"), remove("b")]).form)).toBe("");
  });

  test("cells in columns without a key follow their row through renaming, moving and removing", () => {
    const before = form({
      indicators: [row("a", { name: "甲" }), row("b", { name: "甲" }), row("c", { name: "乙" })],
      fields: [
        { label: "备注：甲", text: "一" },
        { label: "备注：甲（第2处）", text: "二" },
        { label: "备注：乙", text: "三" },
        { label: "联系人", text: "丁" },
      ],
    });
    const { form: after, changes } = applied(before, [
      set("indicators[a].name", "丙"),
      { op: "remove-row", row: "c" },
      set("indicators[b].fields[可能性]", "有可能"),
    ]);
    expect(after.fields).toEqual([
      { label: "备注：丙", text: "一" },
      { label: "备注：甲", text: "二" },
      { label: "联系人", text: "丁" },
      { label: "可能性：甲", text: "有可能" },
    ]);
    expect(changes.map(({ at }) => at)).not.toContain("indicators[a].fields[备注]");
  });

  test("two fields of one label are told apart", () => {
    const twice = form({
      fields: [
        { label: "电话", text: "1" },
        { label: "电话", text: "2" },
      ],
    });
    const { form: after, changes } = applied(twice, [set("fields[电话#2]", "3")]);
    expect(after.fields.map(({ text }) => text)).toEqual(["1", "3"]);
    expect(changes).toEqual([{ at: "fields[电话#2]", from: "2", to: "3" }]);
  });

  test("notes and origins of the file follow their rows", () => {
    const trace = { raw: "8", at: { line: 1, column: 1 } };
    const note = {
      level: "guessed",
      code: "c",
      says: "说明",
      place: "indicators[1].score",
      at: null,
    } as const;
    const before = form({
      notes: [note],
      origins: { "indicators[1].score": trace, "indicators[2].score": trace },
    });
    const { form: after } = applied(before, [insert("x", null), { op: "remove-row", row: "c" }]);
    expect(after.notes.map(({ place }) => place)).toEqual(["indicators[2].score"]);
    expect(after.origins).toEqual({ "indicators[2].score": trace });
  });
});

test("places of findings and addresses of edits lead to each other", () => {
  const of = form();
  expect(addressOf(of, "indicators[1].score")).toBe("indicators[b].score");
  expect(placeOf(of, "indicators[b].score")).toBe("indicators[1].score");
  expect(placeOf(of, "indicators[z].score")).toBeNull();
  expect(addressOf(of, "funds[0].points")).toBe("funds[0].points");
  expect(describeAddress(of, "indicators[b].score")).toBe("「指标b」得分");
});

test("a measure from outside that says one thing and counts as another is found", () => {
  const measure = (
    text: string | null,
    value: string | null,
    comparison: "≥" | null = "≥",
    unit: string | null = "%",
  ) => set("indicators[a].target", { text, value, comparison, unit });
  const found = (edit: Edit) => contradictedMeasures([edit]).map(({ at }) => at);
  expect(found(measure("≥95%", "95.0"))).toEqual([]);
  expect(found(measure("≥95", "95"))).toEqual([]);
  expect(found(set("indicators[a].target", "≥95%"))).toEqual([]);
  for (const edit of [
    measure("≥95%", "50"),
    measure("≥95%", null),
    measure("≥95%", "95", null),
    measure("≥95%", "95", "≥", "人"),
    measure("全部完成", "100"),
    measure(null, "100"),
  ])
    expect(found(edit)).toEqual(["indicators[a].target"]);
  const actual = { text: "5次", comparison: null, value: "500", unit: "次" };
  expect(found(insert("x", null, { actual }))).toEqual(["indicators[x].actual"]);
  expect(found(insert("x", null))).toEqual([]);
});

describe("what changed", () => {
  test("tells rows that came, went and moved from those that only slid", () => {
    const before = form({ indicators: ["a", "b", "c", "d"].map((id) => row(id)) });
    const after = applied(before, [
      insert("x", null, { name: "新指标" }),
      { op: "remove-row", row: "b" },
      { op: "move-row", row: "d", after: "x" },
    ]).form;
    const { rows, cells } = changesBetween(before, after);
    expect(rows).toEqual([
      { row: "b", name: "指标b", change: "removed", from: 1, to: null },
      { row: "x", name: "新指标", change: "added", from: null, to: 0 },
      { row: "d", name: "指标d", change: "moved", from: 3, to: 1 },
    ]);
    expect(cells).toContainEqual({ at: "indicators[b].name", from: "指标b", to: null });
    expect(cells).toContainEqual({ at: "indicators[x].name", from: null, to: "新指标" });
    expect(cells.some(({ at }) => /\[(?:a|c|d)\]/.test(at))).toBe(false);
  });

  test("a text that is read otherwise is a change one can see", () => {
    const before = form();
    const target = { text: "≥100人次", comparison: "≥", value: "100", unit: null } as const;
    const after = form({ indicators: [row("a", { target }), row("b"), row("c")] });
    const { cells } = changesBetween(before, after);
    expect(cells).toHaveLength(1);
    expect(cells[0]?.from).not.toBe(cells[0]?.to);
  });
});

describe("merging", () => {
  const base = form();
  const conflictsOf = (theirs: Edit[], mine: Edit[]) => {
    const merged = merge(base, theirs, mine);
    return merged.kind === "conflict" ? merged.conflicts : [];
  };

  test("different cells of one row go together", () => {
    const merged = merge(base, [set("indicators[a].score", "9")], [set("indicators[a].deviation", "无")]);
    expect(merged).toMatchObject({ kind: "merged", rest: [set("indicators[a].deviation", "无")] });
    if (merged.kind === "merged")
      expect(merged.form.indicators[0]).toMatchObject({ score: "9", deviation: "无" });
  });

  test("one cell set twice is a conflict with both values, but not where they are the same", () => {
    expect(conflictsOf([set("indicators[a].score", "9")], [set("indicators[a].score", "8")])).toEqual([
      {
        at: "indicators[a].score",
        base: null,
        theirs: "9",
        mine: "8",
        why: "both-changed",
        says: "「指标a」得分：他人已改为“9”，您改为“8”。请选定一个后再保存。",
      },
    ]);
    expect(merge(base, [set("totalScore", "9")], [set("totalScore", "9")])).toMatchObject({
      kind: "merged",
      rest: [],
    });
  });

  test("the first goal is one cell, by whichever address", () => {
    expect(conflictsOf([set("goal.expected", "甲")], [set("goals[0].expected", "乙")])).toMatchObject([
      { at: "goal.expected", theirs: "甲", mine: "乙" },
    ]);
  });

  test("an edit of a row the other removed is a conflict; rows inserted around it are not", () => {
    const remove: Edit = { op: "remove-row", row: "b" };
    expect(conflictsOf([remove], [set("indicators[b].score", "8")])).toMatchObject([
      { at: "indicators[b].score", theirs: null, mine: "8", why: "row-removed" },
    ]);
    const merged = merge(base, [remove], [insert("x", "b"), set("indicators[x].score", "1")]);
    expect(merged.kind === "merged" && rowsOf(merged.form)).toBe("axc");
  });

  test("a sub-row under a row the other removed is a conflict", () => {
    const sub = insert("x", "b", { parent: "b" });
    expect(conflictsOf([{ op: "remove-row", row: "b" }], [sub])).toMatchObject([
      { at: "indicators[x].parent", theirs: null, mine: "b" },
    ]);
  });

  test("a form on screen goes on working when somebody inserts rows above", () => {
    const theirs = [insert("x", null), insert("y", "x"), insert("z", "a")];
    const merged = merge(base, theirs, [set("indicators[c].score", "7"), insert("m", "c")]);
    expect(merged.kind === "merged" && rowsOf(merged.form)).toBe("xyazbcm");
    if (merged.kind !== "merged") return;
    expect(merged.form.indicators.find(({ id }) => id === "c")?.score).toBe("7");
    const onTheirs = applied(applied(base, theirs).form, merged.rest).form;
    expect(onTheirs).toEqual(merged.form);
  });

  test("a row both inserted stands once, and the order of what follows it is the same for both", () => {
    const [theirs, mine] = [
      [insert("n", "a"), insert("m", "n")],
      [insert("n", "a"), insert("o", "n")],
    ];
    for (const merged of [merge(base, theirs, mine), merge(base, mine, theirs)])
      expect(merged.kind === "merged" && rowsOf(merged.form)).toBe("anmobc");
    const other = [insert("n", "a", { points: "3" })];
    expect(conflictsOf(theirs, other)).toMatchObject([
      { at: "indicators[n].points", theirs: "10", mine: "3", why: "both-inserted" },
    ]);
  });

  test("one row moved to two places is a conflict", () => {
    const move = (after: string | null): Edit => ({ op: "move-row", row: "c", after });
    expect(conflictsOf([move(null)], [move("a")])).toMatchObject([
      { at: "indicators[c].position", base: "第3行", theirs: "第1行", mine: "第2行", why: "both-moved" },
    ]);
    expect(merge(base, [move("a")], [move("a")])).toMatchObject({ kind: "merged", rest: [] });
  });
});

describe("whatever is edited", () => {
  const IDS = ["a", "b", "c", "d", "e"];
  const base = form({
    // Two rows of one name, and one that is a sub-row.
    indicators: IDS.map((id) => row(id, id === "d" ? { name: "指标c" } : id === "e" ? { parent: "a" } : {})),
    fields: [
      { label: "联系人", text: "甲" },
      { label: "备注：指标c", text: "一" },
    ],
  });
  const figure = fc.constantFrom(null, "0", "1", "8.50");
  const words = fc.constantFrom(null, "甲", "乙");
  const editIn = (fresh: readonly string[]): fc.Arbitrary<Edit> => {
    const id = fc.constantFrom(...IDS, ...fresh);
    const anchor = fc.option(id, { nil: null });
    return fc.oneof(
      {
        weight: 4,
        arbitrary: fc
          .tuple(id, fc.constantFrom("score", "points"), figure)
          .map(([r, key, to]) => set(`indicators[${r}].${key}`, to)),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(id, fc.constantFrom("name", "deviation"), words)
          .map(([r, key, to]) => set(`indicators[${r}].${key}`, to)),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(id, words).map(([r, to]) => set(`indicators[${r}].fields[备注]`, to)),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(id, fc.constantFrom(null, "≥5天", "全部完成"))
          .map(([r, to]) => set(`indicators[${r}].target`, to)),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.constantFrom("totalScore", "funds[0].score", "goals[0].points"), figure)
          .map(([at, to]) => set(at, to)),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(
            fc.constantFrom("goal.achieved", "goals[0].expected", "fields[联系人]", "fields[电话]"),
            words,
          )
          .map(([at, to]) => set(at, to)),
      },
      {
        weight: 3,
        arbitrary: fc
          .tuple(fc.constantFrom(...fresh, "b", "e"), anchor, figure, fc.constantFrom(null, null, "b"))
          .map(([r, after, points, parent]) => insert(r, after, { points, parent })),
      },
      { weight: 1, arbitrary: id.map((r): Edit => ({ op: "remove-row", row: r })) },
      {
        weight: 2,
        arbitrary: fc.tuple(id, anchor).map(([r, after]): Edit => ({ op: "move-row", row: r, after })),
      },
    );
  };
  /** Drops what cannot be applied, so that every list is one somebody could have made. */
  const possible = (edits: readonly Edit[]): Edit[] =>
    edits.reduce<Edit[]>((kept, edit) => {
      if (applyEdits(base, kept.concat(edit)).kind === "applied") kept.push(edit);
      return kept;
    }, []);
  const edits = (fresh: string[]) => fc.array(editIn(fresh), { maxLength: 8 }).map(possible);
  /** Blank fields and the order of fields say nothing. */
  const plain = (of: Form): Form => ({
    ...of,
    fields: of.fields.filter(({ text }) => text !== null).toSorted((x, y) => (x.label < y.label ? -1 : 1)),
  });

  test("undoing restores the form", () => {
    fc.assert(
      fc.property(edits(["m", "n"]), (list) => {
        const { form: after } = applied(base, list);
        const undo = invertEdits(base, list) ?? [];
        expect(plain(applied(after, undo).form)).toEqual(plain(base));
      }),
      { numRuns: 500 },
    );
  });

  test("the edits between two versions lead from one to the other, and from a form to itself there are none", () => {
    fc.assert(
      fc.property(edits(["m", "n"]), edits(["m", "o"]), (one, other) => {
        const [from, to] = [applied(base, one).form, applied(base, other).form];
        expect(plain(applied(from, editsBetween(from, to)).form)).toEqual(plain(to));
        expect(editsBetween(from, from)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("merging does not ask who came first, keeps every edit of both, and conflicts are symmetric", () => {
    let [merges, conflicts] = [0, 0];
    fc.assert(
      fc.property(edits(["m", "n"]), edits(["n", "o"]), (theirs, mine) => {
        const [one, other] = [merge(base, theirs, mine), merge(base, mine, theirs)];
        if (one.kind === "conflict" || other.kind === "conflict") {
          conflicts += 1;
          const sides = (of: typeof one, turn: boolean) =>
            of.kind !== "conflict"
              ? null
              : of.conflicts
                  .map(({ at, why, theirs: x, mine: y }) => ({ at, why, sides: turn ? [y, x] : [x, y] }))
                  .toSorted((x, y) => (x.at < y.at ? -1 : 1));
          expect(sides(one, false)).toEqual(sides(other, true));
          return;
        }
        expect(one.kind).toBe("merged");
        expect(other.kind).toBe("merged");
        if (one.kind !== "merged" || other.kind !== "merged") return;
        merges += 1;
        expect(plain(one.form)).toEqual(plain(other.form));
        expect(plain(applied(base, one.edits).form)).toEqual(plain(one.form));
        expect(plain(applied(applied(base, theirs).form, one.rest).form)).toEqual(plain(one.form));
        const both = changesBetween(base, one.form).cells;
        for (const list of [theirs, mine])
          for (const change of changesBetween(base, applied(base, list).form).cells)
            expect(both).toContainEqual(change);
      }),
      { numRuns: 600 },
    );
    expect(merges).toBeGreaterThan(30);
    expect(conflicts).toBeGreaterThan(30);
  });

  test("merging with nobody's edits changes nothing", () => {
    fc.assert(
      fc.property(edits(["m", "n"]), (list) => {
        const merged = merge(base, list, []);
        expect(merged.kind).toBe("merged");
        if (merged.kind !== "merged") return;
        expect(merged.rest).toEqual([]);
        expect(plain(merged.form)).toEqual(plain(applied(base, list).form));
      }),
      { numRuns: 500 },
    );
  });
});
