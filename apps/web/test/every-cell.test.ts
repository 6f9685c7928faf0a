import { type Form, NO_MEASURE } from "@jiheng/domain";
import { LAYOUTS } from "@jiheng/exporters";
import { cleanForm } from "@jiheng/specimens";
import { applyEdits, blankForm, describeAddress, startFrom } from "@jiheng/workflow";
import { expect, test } from "vitest";
import { type SheetView, viewOf } from "../src/features/form-editor/sheet-view.ts";
import { typedText } from "../src/features/form-editor/typed-text.ts";

const clean = cleanForm({ seed: 12 });

/** What stands in a cell of a yes or no, and in the parts of a target: they are not free text. */
const NOT_FREE = /\.(?:core|sign)$/;

/** Types another number into every cell of a layout, one at a time, and says which cells do not keep it. */
function losing(form: Form): string[] {
  const view = viewOf(form);
  return view.spots.flatMap(({ address }, index) => {
    if (NOT_FREE.test(address)) return [];
    const typed = String(1_000 + index);
    const edit = { op: "set" as const, at: address, to: typedText(address, typed, form.moneyUnit) };
    const applied = applyEdits(form, [edit]);
    if (applied.kind === "refused") return [`${address}: ${applied.says}`];
    const after = textAt(viewOf(applied.form), view, address);
    return after.includes(typed) ? [] : [`${address} (${describeAddress(form, address)}): “${after}”`];
  });
}

/** The text where the cell stood before: its address, or its place in the grid where typing changed the label it goes by. */
function textAt(now: SheetView, before: SheetView, address: string): string {
  const { row, column } = before.spotOf.get(address) ?? { row: -1, column: -1 };
  return (
    now.spotOf.get(address)?.text ??
    now.spots.find((spot) => spot.row === row && spot.column === column)?.text ??
    "(gone)"
  );
}

test.each(LAYOUTS.map(({ id, kind }) => ({ id, kind })))(
  "$id: every cell keeps what is typed into it, blank as it is begun and filled in",
  ({ id, kind }) => {
    const filled: Form = { ...clean, template: id, kind };
    const blank: Form = {
      ...filled,
      goals: filled.goals.map((goal) => ({ ...goal, achieved: null })),
      indicators: filled.indicators.map((row) => ({
        ...row,
        actual: NO_MEASURE,
        points: null,
        score: null,
        deviation: null,
      })),
      totalScore: null,
      grade: null,
      fields: [],
    };
    expect(viewOf(filled).spots.length).toBeGreaterThan(10);
    expect(losing(filled)).toEqual([]);
    expect(losing(blank)).toEqual([]);
  },
);

test.each(["target-declaration", "target-declaration-shanghai"])(
  "%s begun with nothing has a place for the goal of the whole period",
  (template) => {
    const head = { ...clean, moneyUnit: "万元" };
    const form = blankForm("target-declaration", head, {
      ...head,
      id: "new",
      year: 2025,
      template,
      title: "申报",
    } as never);
    expect(losing(form)).toEqual([]);
    const period = viewOf(form).spots.filter(({ address }) => address === "goals[1].expected");
    expect(period).toHaveLength(1);
  },
);

test("a review sheet as it is begun keeps what is typed into every cell, and names them by row and column", () => {
  const { form } = startFrom("review", clean, { id: "sheet", year: 2024 });
  expect(losing(form)).toEqual([]);
  const names = viewOf(form).spots.map(({ address }) => describeAddress(form, address));
  const first = clean.indicators[0]?.name;
  for (const column of ["复核完成值", "偏差", "复核说明"]) expect(names).toContain(`「${first}」${column}`);
  expect(names.filter((name) => /^\d+$/.test(name))).toEqual([]);
});
