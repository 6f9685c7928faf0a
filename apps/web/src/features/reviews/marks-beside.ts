import { absolute, add, compare, parseDecimal, showDecimal, ZERO } from "@jiheng/domain";
import type { Answered } from "../../api/operations-of.ts";
import { gapOf } from "../../ui/gap.ts";

type Answer = Answered<"getForm">;
type Marks = NonNullable<Answer["review"]>["marks"];
type Mark = Marks["indicators"][number]["mark"];
type Step = Marks["steps"][number];

/** A mark of the form that the rules give otherwise, with what each of the two rests on. */
export interface MarkBeside {
  readonly at: string;
  /** Null for the execution of the budget. */
  readonly name: string | null;
  readonly self: string;
  /** What the rules give, or the bounds of what a person may give. */
  readonly rules: readonly [string, string];
  /** How much the form gives more (less, with a minus) than the rules allow. */
  readonly gap: string;
  /** What the unit says of the row: target, actual, cause of the deviation; blanks are left out. */
  readonly unit: readonly { readonly of: "target" | "actual" | "deviation"; readonly text: string }[];
  readonly steps: readonly Step[];
}

/** How many marks, and how many points they make. */
export interface Sum {
  readonly rows: number;
  readonly points: string;
}

/** The marks that differ, those furthest apart first, how much too high and too low they are together, how many were compared, and how many rows cannot be: without a mark, or without a rule for it. */
export interface MarksBeside {
  readonly differing: readonly MarkBeside[];
  readonly tooHigh: Sum;
  readonly tooLow: Sum;
  readonly compared: number;
  readonly notCompared: number;
}

/** The form's own marks beside those the rules give. A mark within the bounds of a judgement does not differ. */
export function marksBeside(marks: Marks, form: Answer["form"]): MarksBeside {
  const differing: MarkBeside[] = [];
  let compared = 0;
  let notCompared = 0;
  const rows = [
    { ...marks.execution, name: null },
    ...marks.indicators.map((row) => ({ ...row, name: row.name ?? "" })),
  ];
  for (const { at, name, printed, mark } of rows) {
    // What does not apply is no gap in the comparison.
    if (mark.kind === "notApplicable") continue;
    const bounds = boundsOf(mark);
    const gap = bounds && gapOf(printed, bounds);
    if (!bounds || gap === null) {
      notCompared++;
      continue;
    }
    compared++;
    if (printed !== null && gap !== "0")
      differing.push({
        at,
        name,
        self: printed,
        rules: bounds,
        gap,
        unit: unitSays(form, at),
        steps: mark.steps,
      });
  }
  const size = ({ gap }: MarkBeside) => absolute(parseDecimal(gap) ?? ZERO);
  return {
    differing: differing.toSorted((a, b) => compare(size(b), size(a))),
    tooHigh: sumOf(differing.filter(({ gap }) => !gap.startsWith("-"))),
    tooLow: sumOf(differing.filter(({ gap }) => gap.startsWith("-"))),
    compared,
    notCompared,
  };
}

function sumOf(rows: readonly MarkBeside[]): Sum {
  const points = rows.reduce((sum, { gap }) => add(sum, absolute(parseDecimal(gap) ?? ZERO)), ZERO);
  return { rows: rows.length, points: showDecimal(points) };
}

function boundsOf(mark: Exclude<Mark, { readonly kind: "notApplicable" }>): readonly [string, string] | null {
  if (mark.kind === "scored") return [mark.awarded, mark.awarded];
  return mark.kind === "judgement" ? mark.between : null;
}

function unitSays(form: Answer["form"], at: string): MarkBeside["unit"] {
  const index = /^indicators\[(\d+)\]/.exec(at)?.[1];
  const row = index === undefined ? undefined : form?.indicators[Number(index)];
  if (!row) return [];
  return (
    [
      { of: "target", text: row.target.text },
      { of: "actual", text: row.actual.text },
      { of: "deviation", text: row.deviation },
    ] as const
  ).flatMap(({ of, text }) => (text ? [{ of, text }] : []));
}
