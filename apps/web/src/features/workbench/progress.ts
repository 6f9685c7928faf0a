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

/** A unit as a call for work tells of it. */
interface UnitOfCall {
  readonly unit: string;
  readonly name: string;
  readonly department: string;
  readonly forms: number;
  readonly handedIn: number;
  readonly approved: number;
  readonly overdue: number;
}

function progressOf(id: string, name: string, units: readonly UnitOfCall[]): Progress {
  const sum = (of: (unit: UnitOfCall) => number) => units.reduce((total, unit) => total + of(unit), 0);
  const [forms, handedIn, approved, overdue] = [
    sum((unit) => unit.forms),
    sum((unit) => unit.handedIn),
    sum((unit) => unit.approved),
    sum((unit) => unit.overdue),
  ];
  return {
    id,
    name,
    forms,
    approved,
    waiting: handedIn - approved,
    overdue,
    open: forms - handedIn - overdue,
  };
}

/** Progress unit by unit; of several departments, department by department (`names` are theirs). The furthest behind first. */
export function progressBy(
  units: readonly UnitOfCall[],
  names: ReadonlyMap<string, string>,
): readonly Progress[] {
  const departments = Map.groupBy(units, ({ department }) => department);
  const all =
    departments.size > 1
      ? [...departments].map(([id, own]) => progressOf(id, names.get(id) ?? own[0]?.name ?? "", own))
      : units.map((unit) => progressOf(unit.unit, unit.name, [unit]));
  const left = ({ open, overdue, forms }: Progress) => (forms === 0 ? 0 : (open + overdue) / forms);
  return all.toSorted(
    (a, b) => b.overdue - a.overdue || left(b) - left(a) || a.name.localeCompare(b.name, "zh-CN"),
  );
}
