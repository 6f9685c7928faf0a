import { expect, test } from "vitest";
import { DEFECTS, FIELD_COUNT, randomFrom, variedBatch, variedForm } from "../src/index.ts";

test("the same seed gives the same form, another seed another", () => {
  const first = variedForm({ seed: 11, template: "national" });
  expect(variedForm({ seed: 11, template: "national" })).toEqual(first);
  expect(variedForm({ seed: 12, template: "national" })).not.toEqual(first);
});

test("fields are of many kinds", () => {
  const projects = new Set(
    Array.from(
      { length: FIELD_COUNT },
      (_, field) => variedForm({ seed: 1, template: "national", field }).project,
    ),
  );
  expect(FIELD_COUNT).toBeGreaterThanOrEqual(14);
  expect(projects.size).toBe(FIELD_COUNT);
});

test("a batch is of one place and year, each form another project", () => {
  const forms = variedBatch({ seed: 3, template: "yunnan", count: 8 });
  expect(new Set(forms.map(({ project }) => project)).size).toBe(8);
  expect(new Set(forms.map(({ year }) => year)).size).toBe(1);
  expect(new Set(forms.map(({ unit }) => unit?.slice(0, 3))).size).toBe(1);
});

test("planting is pure: the clean form stays as it was, and the same choice plants the same", () => {
  for (const defect of DEFECTS) {
    if ("plantBatch" in defect) {
      const forms = variedBatch({ seed: 5, template: "national", count: 5 });
      const before = structuredClone(forms);
      const planted = defect.plantBatch(forms, randomFrom(9));
      expect(forms).toEqual(before);
      expect(defect.plantBatch(forms, randomFrom(9)), defect.title).toEqual(planted);
      if (planted && !planted.outside) expect(planted.forms, defect.title).not.toEqual(forms);
      continue;
    }
    const form = variedForm({ seed: 5, template: "national" });
    const before = structuredClone(form);
    const planted = defect.plant(form, randomFrom(9));
    expect(form).toEqual(before);
    expect(defect.plant(form, randomFrom(9)), defect.title).toEqual(planted);
    if (planted && !planted.context) expect(planted.form, defect.title).not.toEqual(form);
  }
});
