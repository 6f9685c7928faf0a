import { sumOfUnits, type UnitOfCall } from "../../ui/units-of-call.ts";

/** A line of the progress of a call: a unit, or a department with its units beneath it. */
export interface Line {
  readonly key: string;
  readonly name: string;
  /** What the list of forms is narrowed to. */
  readonly within: string;
  readonly forms: number;
  readonly handedIn: number;
  readonly approved: number;
  readonly overdue: number;
  readonly children?: readonly Line[];
}

/** The units; of several departments, the departments with theirs, those with most to come first. */
export function linesOf(units: readonly UnitOfCall[]): Line[] {
  const own = (each: readonly UnitOfCall[]) =>
    byWhatIsLeft(
      each.map((unit) => ({
        ...{ key: unit.unit, name: unit.name, within: `unit=${unit.unit}` },
        ...sumOfUnits([unit]),
      })),
    );
  const departments = [...Map.groupBy(units, ({ department }) => department)];
  if (departments.length < 2) return own(units);
  return byWhatIsLeft(
    departments.map(([department, each]) => ({
      ...{ key: department, name: each[0]?.departmentName ?? "", within: `department=${department}` },
      ...sumOfUnits(each),
      children: own(each),
    })),
  );
}

function byWhatIsLeft(lines: readonly Line[]): Line[] {
  const left = ({ forms, handedIn }: Line) => forms - handedIn;
  return lines.toSorted(
    (a, b) => b.overdue - a.overdue || left(b) - left(a) || a.name.localeCompare(b.name, "zh-CN"),
  );
}
