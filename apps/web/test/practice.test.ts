import { openDossier, RULES, reviewForm } from "@jiheng/audit";
import type { Form } from "@jiheng/domain";
import { selectPolicy } from "@jiheng/scoring";
import { applyEdits } from "@jiheng/workflow";
import { expect, test } from "vitest";
import { practiceForm } from "../src/features/guide/practice-form.ts";

const typed = (form: Form, cells: Readonly<Record<string, string>>): Form => {
  const applied = applyEdits(
    form,
    Object.entries(cells).map(([at, to]) => ({ op: "set", at, to })),
  );
  if (applied.kind === "refused") throw new Error(applied.says);
  return applied.form;
};

test("who does what the steps say has a form that may be handed in", () => {
  const done = typed(practiceForm(2025), {
    "indicators[lamps].actual": "125盏",
    "indicators[lamps].score": "20",
    "indicators[lit].actual": "95%",
    "indicators[lit].score": "14.54",
    "indicators[lit].deviation": "两条小巷的线路老化未修好，明年6月底前换完线路。",
    "funds[0].expenditure": "48.00",
    "funds[0].executionRate": "96.00",
    "funds[0].score": "9.6",
    totalScore: "99.14",
    grade: "优",
  });
  const { policy } = selectPolicy(done);
  const { findings } = reviewForm(
    openDossier(done, { policy }),
    RULES.filter(({ level }) => level === "form"),
  );
  expect(findings.filter(({ force }) => force === "must").map(({ message }) => message)).toEqual([]);
});

test("the form begins with what is practised left blank", () => {
  const form = practiceForm(2025);
  expect(form.indicators.filter(({ actual }) => actual.text === null).map(({ id }) => id)).toEqual([
    "lamps",
    "lit",
  ]);
  expect(form.indicators.find(({ id }) => id === "lit")?.target).toMatchObject({
    comparison: "≥",
    value: "98",
    unit: "%",
  });
});
