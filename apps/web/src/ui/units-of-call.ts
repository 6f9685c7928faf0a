/** A unit as a call for work tells of it. */
export interface UnitOfCall {
  readonly unit: string;
  readonly name: string;
  readonly department: string;
  readonly departmentName: string;
  readonly forms: number;
  /** Handed in, whatever became of it but a return. */
  readonly handedIn: number;
  readonly approved: number;
  /** Not handed in, though the deadline is over. */
  readonly overdue: number;
}

/** What units have together. */
export function sumOfUnits(
  units: readonly UnitOfCall[],
): Pick<UnitOfCall, "forms" | "handedIn" | "approved" | "overdue"> {
  const total = (of: (unit: UnitOfCall) => number) => units.reduce((sum, unit) => sum + of(unit), 0);
  return {
    forms: total(({ forms }) => forms),
    handedIn: total(({ handedIn }) => handedIn),
    approved: total(({ approved }) => approved),
    overdue: total(({ overdue }) => overdue),
  };
}
