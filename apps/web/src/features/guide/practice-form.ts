import type { Form } from "@jiheng/domain";
import { applyEdits, blankForm, type Edit, type RowDraft } from "@jiheng/workflow";
import PRACTICE from "./practice-form.json" with { type: "json" };

const NOTHING = { text: null, comparison: null, value: null, unit: null };

/** A self-evaluation of an invented project, all but finished; what is blank is what one practises. It is Chinese in every language, as forms are. */
export function practiceForm(year: number): Form {
  const { project, department, unit, moneyUnit, initialBudget, adjustedBudget, expected, achieved } =
    PRACTICE;
  const blank = blankForm(
    "self-evaluation",
    {
      project,
      department,
      unit,
      projectCode: null,
      departmentCode: null,
      unitCode: null,
      jurisdiction: null,
    },
    { id: "practice", year, moneyUnit },
  );
  const [total] = blank.funds;
  if (!total) throw new Error("a blank form has a row of money");
  const form: Form = {
    ...blank,
    funds: [{ ...total, initialBudget, adjustedBudget, points: "10" }],
    goal: { expected, achieved },
    goals: blank.goals.map((goal) => ({ ...goal, expected, achieved })),
    totalPoints: "100",
  };
  const applied = applyEdits(form, PRACTICE.rows.flatMap(insertion));
  if (applied.kind === "refused") throw new Error(applied.says);
  return applied.form;
}

/** One row after another, its measures typed so that they are understood like any typed ones. */
function insertion({ id, target, actual, ...values }: (typeof PRACTICE.rows)[number], index: number): Edit[] {
  return [
    {
      op: "insert-row",
      row: id,
      after: PRACTICE.rows[index - 1]?.id ?? null,
      values: { ...EMPTY_ROW, ...values },
    },
    { op: "set", at: `indicators[${id}].target`, to: target },
    { op: "set", at: `indicators[${id}].actual`, to: actual },
  ];
}

const EMPTY_ROW: RowDraft = {
  parent: null,
  goal: 0,
  core: null,
  level1: null,
  level2: null,
  groupPoints: null,
  name: null,
  target: NOTHING,
  initialTarget: null,
  actual: NOTHING,
  points: null,
  score: null,
  coefficient: null,
  reviewScore: null,
  criteria: null,
  evidence: null,
  deviation: null,
};
