import type { Form } from "@jiheng/domain";
import { describeAddress } from "./address.ts";
import { applyEdits, type EditRefusal } from "./apply-edits.ts";
import { type CellValue, cellsOf, rowOfAddress, sameCell, showCell } from "./cells.ts";
import { draftOf, editsBetween, orderEdits } from "./changes-between.ts";
import type { Edit, RowDraft } from "./edit.ts";

/** A cell two people set differently, or one changed in a row the other removed. Null is a blank, or the row gone. */
export interface Conflict {
  readonly at: string;
  readonly base: string | null;
  readonly theirs: string | null;
  readonly mine: string | null;
  readonly why: "both-changed" | "row-removed" | "both-moved" | "both-inserted";
  /** Which cell in words, and the two values. */
  readonly says: string;
}

/** What comes of two people's edits of one form. */
export type Merged =
  | {
      readonly kind: "merged";
      /** Both lists in one, for the form they started from. */
      readonly edits: readonly Edit[];
      /** What is left of mine for the form that has theirs already. */
      readonly rest: readonly Edit[];
      readonly form: Form;
    }
  | { readonly kind: "conflict"; readonly conflicts: readonly Conflict[] }
  | EditRefusal;

/** Puts together two lists of edits of the same form: different cells of one row too; one value twice is no conflict. */
export function merge(base: Form, theirs: readonly Edit[], mine: readonly Edit[]): Merged {
  const [a, b] = [applyEdits(base, theirs), applyEdits(base, mine)];
  if (a.kind === "refused") return a;
  if (b.kind === "refused") return b;
  const sides = { a: sideOf(base, a.form, theirs), b: sideOf(base, b.form, mine) };
  const conflicts = [...cellConflicts(base, sides.a, sides.b), ...rowConflicts(base, sides.a, sides.b)];
  if (conflicts.length > 0) return { kind: "conflict", conflicts };
  const edits = joined(base, sides.a, sides.b);
  const whole = applyEdits(base, edits);
  if (whole.kind === "refused") return asConflict(base, whole);
  return { kind: "merged", edits, rest: editsBetween(a.form, whole.form), form: whole.form };
}

/** One person's version, and how it differs from the base. */
interface Side {
  readonly form: Form;
  readonly cells: ReadonlyMap<string, CellValue>;
  readonly changed: ReadonlySet<string>;
  readonly rows: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
  readonly inserted: ReadonlySet<string>;
  readonly moved: ReadonlySet<string>;
}

function sideOf(base: Form, form: Form, edits: readonly Edit[]): Side {
  const old = new Set(base.indicators.map(({ id }) => id));
  const rows = new Set(form.indicators.map(({ id }) => id));
  const [before, cells] = [cellsOf(base), cellsOf(form)];
  const changed = new Set<string>();
  for (const at of new Set([...before.keys(), ...cells.keys()]))
    if (!sameCell(before.get(at), cells.get(at)) && survives(at, rows)) changed.add(at);
  // A row taken out and put in again under its identity has been moved.
  const moved = edits.flatMap((edit) =>
    edit.op === "move-row" || edit.op === "insert-row" ? [edit.row] : [],
  );
  return {
    form,
    cells,
    changed,
    rows,
    removed: new Set([...old].filter((id) => !rows.has(id))),
    inserted: new Set([...rows].filter((id) => !old.has(id))),
    moved: new Set(moved.filter((id) => old.has(id) && rows.has(id))),
  };
}

function survives(at: string, rows: ReadonlySet<string>): boolean {
  const row = rowOfAddress(at);
  return row === null || rows.has(row);
}

function cellConflicts(base: Form, a: Side, b: Side): Conflict[] {
  const before = cellsOf(base);
  const conflicts: Conflict[] = [];
  for (const at of new Set([...a.changed, ...b.changed])) {
    const row = rowOfAddress(at);
    const [x, y] = [a.cells.get(at), b.cells.get(at)];
    const gone = row !== null && (a.removed.has(row) || b.removed.has(row));
    const twice = a.changed.has(at) && b.changed.has(at) && !sameCell(x, y);
    // A row inserted by both under one identity has its blank cells in both.
    const both = row !== null && a.inserted.has(row) && b.inserted.has(row) && !sameCell(x, y);
    if (!gone && !twice && !both) continue;
    const why = gone ? "row-removed" : both ? "both-inserted" : "both-changed";
    conflicts.push(conflictOf(base, a, at, why, showCell(before.get(at)), showCell(x), showCell(y)));
  }
  return conflicts;
}

function rowConflicts(base: Form, a: Side, b: Side): Conflict[] {
  const conflicts: Conflict[] = [];
  for (const { id } of base.indicators) {
    const at = `indicators[${id}].position`;
    const before = placeIn(base, id);
    const [x, y] = [placeIn(a.form, id), placeIn(b.form, id)];
    if (a.moved.has(id) && b.moved.has(id)) {
      if (predecessor(a.form, id) !== predecessor(b.form, id))
        conflicts.push(conflictOf(base, a, at, "both-moved", before, x, y));
    } else if ((a.moved.has(id) && b.removed.has(id)) || (b.moved.has(id) && a.removed.has(id)))
      conflicts.push(conflictOf(base, a, at, "row-removed", before, x, y));
  }
  for (const [side, other] of [
    [a, b],
    [b, a],
  ] as const)
    for (const { id, parent } of side.form.indicators)
      if (
        (side.inserted.has(id) || side.changed.has(`indicators[${id}].parent`)) &&
        parent !== null &&
        other.removed.has(parent) &&
        !other.removed.has(id)
      ) {
        const at = `indicators[${id}].parent`;
        const [x, y] = side === a ? [parent, null] : [null, parent];
        conflicts.push(conflictOf(base, side, at, "row-removed", null, x, y));
      }
  return conflicts;
}

function conflictOf(
  base: Form,
  side: Side,
  at: string,
  why: Conflict["why"],
  before: string | null,
  theirs: string | null,
  mine: string | null,
): Conflict {
  const row = rowOfAddress(at);
  const known = row === null || base.indicators.some(({ id }) => id === row) ? base : side.form;
  const name = at.endsWith("].position")
    ? `${describeAddress(known, at.replace(/\.position$/, ".name")).replace(/名称$/, "")}的位置`
    : describeAddress(known, at);
  const shown = (value: string | null): string => (value === null ? "空白或已删除" : `“${value}”`);
  const says = `${name}：他人已改为${shown(theirs)}，您改为${shown(mine)}。请选定一个后再保存。`;
  return { at, base: before, theirs, mine, why, says };
}

function placeIn(form: Form, row: string): string | null {
  const index = form.indicators.findIndex(({ id }) => id === row);
  return index < 0 ? null : `第${index + 1}行`;
}

function predecessor(form: Form, row: string): string | null {
  const index = form.indicators.findIndex(({ id }) => id === row);
  return form.indicators[index - 1]?.id ?? null;
}

function joined(base: Form, a: Side, b: Side): Edit[] {
  const rows = new Map<string, RowDraft>();
  for (const side of [a, b])
    for (const row of side.form.indicators) if (side.inserted.has(row.id)) rows.set(row.id, draftOf(row));
  for (const row of base.indicators) {
    const at = `indicators[${row.id}].parent`;
    const parent = (a.changed.has(at) ? a : b).cells.get(at) ?? null;
    if (a.rows.has(row.id) && b.rows.has(row.id))
      rows.set(row.id, { ...draftOf(row), parent: parent as string | null });
  }
  const moved = new Set([...a.moved, ...b.moved]);
  const order = joinedOrder(base, a, b, moved);
  const edits = orderEdits(base.indicators, order, moved, rows);
  for (const at of [...new Set([...a.changed, ...b.changed])].sort()) {
    const row = rowOfAddress(at);
    const isNew = row !== null && (a.inserted.has(row) || b.inserted.has(row));
    // What an inserted row holds under a key comes with it; its cells in columns without a key do not.
    if ((isNew && !at.includes("].fields[")) || at.endsWith("].parent")) continue;
    edits.push({ op: "set", at, to: (a.changed.has(at) ? a : b).cells.get(at) ?? null });
  }
  return edits;
}

/**
 * The order of rows both agree on: rows that neither moved keep theirs; what either put behind one of them stands there, two groups
 * behind the same row in the order of their first identity, so that it does not matter who came first.
 */
function joinedOrder(base: Form, a: Side, b: Side, moved: ReadonlySet<string>): string[] {
  const fixed = base.indicators
    .map(({ id }) => id)
    .filter((id) => a.rows.has(id) && b.rows.has(id) && !moved.has(id));
  const isFixed = new Set(fixed);
  const groups = [a, b].map((side) => {
    const behind = new Map<string | null, string[]>();
    let anchor: string | null = null;
    for (const { id } of side.form.indicators) {
      if (isFixed.has(id)) anchor = id;
      else if (side.inserted.has(id) || side.moved.has(id)) {
        const group: string[] = behind.get(anchor) ?? [];
        behind.set(anchor, [...group, id]);
      }
    }
    return behind;
  });
  const order: string[] = [];
  const placed = new Set<string>();
  for (const anchor of [null, ...fixed]) {
    if (anchor !== null) order.push(anchor);
    const here = groups.map((behind) => behind.get(anchor) ?? []);
    here.sort((x, y) => (x.join(" ") < y.join(" ") ? -1 : 1));
    for (const row of here.flat()) {
      if (placed.has(row)) continue;
      placed.add(row);
      order.push(row);
    }
  }
  return order;
}

/** What only shows when both are put together, such as a row removed under the other's new sub-row. */
function asConflict(base: Form, { at, says }: EditRefusal): Merged {
  const conflict: Conflict = { at, base: null, theirs: null, mine: null, why: "row-removed", says };
  return { kind: "conflict", conflicts: [{ ...conflict, says: `${describeAddress(base, at)}：${says}` }] };
}
