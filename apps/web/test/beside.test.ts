import type { Form } from "@jiheng/domain";
import { cleanForm } from "@jiheng/specimens";
import { expect, test } from "vitest";
import { besideRows } from "../src/features/form-editor/beside.ts";

const form: Form = cleanForm({ seed: 5 });
const renamed = (rows: Form["indicators"]): Form => ({
  ...form,
  indicators: rows.map((row, index) => ({ ...row, id: `other-${index}` })),
});

test("a row finds its like by identity, else by a name that is the only one", () => {
  const rows = besideRows(form, form, renamed(form.indicators));
  expect(rows).toHaveLength(form.indicators.length);
  for (const { now, approved, before, isTargetChanged } of rows) {
    expect(approved).toBe(now);
    expect(before?.name).toBe(now?.name);
    expect(isTargetChanged).toBe(false);
  }
  const [first] = form.indicators;
  if (!first) throw new Error("a clean form has rows");
  const twice = renamed([...form.indicators, first]);
  expect(besideRows(form, null, twice)[0]?.before).toBeNull();
});

test("a changed target, a dropped one and a row of last year alone are all shown", () => {
  const [first, second, ...rest] = form.indicators;
  if (!first || !second) throw new Error("a clean form has rows");
  const now: Form = {
    ...form,
    indicators: [{ ...first, target: { ...first.target, text: "另一个目标" } }, ...rest],
  };
  const old = { ...second, id: "old", name: "上年才有的指标" };
  const rows = besideRows(now, form, { ...form, indicators: [old] });
  expect(rows[0]?.isTargetChanged).toBe(true);
  expect(rows.slice(1, rest.length + 1).every(({ isTargetChanged }) => !isTargetChanged)).toBe(true);
  expect(rows.at(-2)).toMatchObject({ now: null, approved: { id: second.id }, isTargetChanged: true });
  expect(rows.at(-1)).toMatchObject({ now: null, approved: null, before: { id: "old" } });
});
