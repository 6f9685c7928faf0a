import type { Form, Indicator } from "@jiheng/domain";

/** A row of this form beside the rows it comes from. */
export interface BesideRow {
  readonly key: string;
  readonly name: string;
  readonly now: Indicator | null;
  readonly approved: Indicator | null;
  readonly before: Indicator | null;
  /** The target is another one than was approved; false where nothing was approved. */
  readonly isTargetChanged: boolean;
}

/** The same indicator in another form: by identity, else by its name where that is unambiguous. */
function sameIn(form: Form | null, row: Indicator): Indicator | null {
  if (!form) return null;
  const same = form.indicators.find(({ id }) => id === row.id);
  if (same) return same;
  const named = form.indicators.filter(({ name }) => name !== null && name === row.name);
  return named.length === 1 ? (named[0] ?? null) : null;
}

const textOf = (row: Indicator): string => (row.target.text ?? "").replace(/\s/g, "");

/** The rows of a form beside the approved targets and last year's rows, in the form's order; what only the others have comes after it. */
export function besideRows(now: Form, approved: Form | null, before: Form | null): BesideRow[] {
  const taken = new Set<Indicator>();
  const rows = now.indicators.map((row): BesideRow => {
    const [from, last] = [sameIn(approved, row), sameIn(before, row)];
    for (const each of [from, last]) if (each) taken.add(each);
    return {
      key: row.id,
      name: row.name ?? "",
      now: row,
      approved: from,
      before: last,
      isTargetChanged: from !== null && textOf(from) !== textOf(row),
    };
  });
  const gone = (approved?.indicators ?? [])
    .filter((row) => !taken.has(row))
    .map((row): BesideRow => {
      const last = sameIn(before, row);
      if (last) taken.add(last);
      return {
        key: row.id,
        name: row.name ?? "",
        now: null,
        approved: row,
        before: last,
        isTargetChanged: true,
      };
    });
  const old = (before?.indicators ?? [])
    .filter((row) => !taken.has(row))
    .map(
      (row): BesideRow => ({
        key: row.id,
        name: row.name ?? "",
        now: null,
        approved: null,
        before: row,
        isTargetChanged: false,
      }),
    );
  return [...rows, ...gone, ...old];
}
