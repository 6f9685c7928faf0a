import { sumOfUnits, type UnitOfCall } from "../../ui/units-of-call.ts";

/** How far the forms of a body are: what was done with them, each form in one part only. */
export interface Progress {
  readonly id: string;
  readonly name: string;
  readonly forms: number;
  readonly approved: number;
  /** Handed in and not decided yet. */
  readonly waiting: number;
  /** Not handed in, though the deadline is over. */
  readonly overdue: number;
  /** Not handed in, still in time. */
  readonly open: number;
}

function progressOf(id: string, name: string, units: readonly UnitOfCall[]): Progress {
  const { forms, handedIn, approved, overdue } = sumOfUnits(units);
  return {
    ...{ id, name, forms, approved, overdue },
    waiting: handedIn - approved,
    open: forms - handedIn - overdue,
  };
}

/** What all units have together. */
export function progressOfAll(units: readonly UnitOfCall[]): Progress {
  return progressOf("", "", units);
}

/** Progress unit by unit; of several departments, department by department. The furthest behind first. */
export function progressBy(units: readonly UnitOfCall[]): readonly Progress[] {
  const departments = Map.groupBy(units, ({ department }) => department);
  const all =
    departments.size > 1
      ? [...departments].map(([id, own]) => progressOf(id, own[0]?.departmentName ?? "", own))
      : units.map((unit) => progressOf(unit.unit, unit.name, [unit]));
  const left = ({ open, overdue, forms }: Progress) => (forms === 0 ? 0 : (open + overdue) / forms);
  return all.toSorted(
    (a, b) => b.overdue - a.overdue || left(b) - left(a) || a.name.localeCompare(b.name, "zh-CN"),
  );
}
