import type { Form, Indicator } from "@jiheng/domain";
import type { CellChange } from "../events.ts";
import { parseAddress } from "./address.ts";
import { type CellValue, cellsOf, rowOfAddress, sameCell, showCell } from "./cells.ts";
import type { Edit, RowDraft } from "./edit.ts";

/** A row that came, went or changed its place; positions count from 0, null where it is not. */
export interface RowChange {
  readonly row: string;
  readonly name: string | null;
  readonly change: "added" | "removed" | "moved";
  readonly from: number | null;
  readonly to: number | null;
}

/** What differs between two forms: rows by their identity, and cells, those of added and removed rows among them. */
export interface FormChanges {
  readonly rows: readonly RowChange[];
  readonly cells: readonly CellChange[];
}

/** Everything that changed from one version of a form to another, cell by cell. */
export function changesBetween(before: Form, after: Form): FormChanges {
  const [old, now] = [cellsOf(before), cellsOf(after)];
  const cells: CellChange[] = [];
  for (const at of new Set([...old.keys(), ...now.keys()])) {
    const [from, to] = [old.get(at), now.get(at)];
    if (!sameCell(from, to)) cells.push(changeOf(at, from, to));
  }
  return { rows: rowChanges(before.indicators, after.indicators), cells };
}

/** A change in words. Where only the reading of a text changed, both sides say how it is read, so that they differ. */
function changeOf(at: string, from: CellValue | undefined, to: CellValue | undefined): CellChange {
  const [x, y] = [showCell(from), showCell(to)];
  return { at, from: x === y ? read(from) : x, to: x === y ? read(to) : y };
}

function read(value: CellValue | undefined): string | null {
  if (value === null || value === undefined || typeof value !== "object") return showCell(value);
  const { text, comparison, value: figure, unit } = value;
  return `${text ?? ""}〔${[comparison, figure, unit].map((part) => part ?? "").join("，")}〕`;
}

function rowChanges(before: readonly Indicator[], after: readonly Indicator[]): RowChange[] {
  const [old, now] = [positions(before), positions(after)];
  const moved = movedRows(
    before.map(({ id }) => id),
    after.map(({ id }) => id),
  );
  const removed = before
    .filter(({ id }) => !now.has(id))
    .map(
      ({ id, name }) => ({ row: id, name, change: "removed", from: old.get(id) ?? null, to: null }) as const,
    );
  const placed = after.flatMap(({ id, name }): RowChange[] => {
    const to = now.get(id) ?? null;
    if (!old.has(id)) return [{ row: id, name, change: "added", from: null, to }];
    return moved.has(id) ? [{ row: id, name, change: "moved", from: old.get(id) ?? null, to }] : [];
  });
  return [...removed, ...placed];
}

/** Rows of both orders that changed places: as few as explain the new order. */
function movedRows(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  const position = new Map(before.map((id, index) => [id, index]));
  const kept = after.filter((id) => position.has(id));
  const staying = new Set(
    longestRising(kept.map((id) => position.get(id) ?? 0)).map((index) => kept[index] ?? ""),
  );
  return new Set(kept.filter((id) => !staying.has(id)));
}

/** Indices of a longest rising subsequence. */
function longestRising(values: readonly number[]): number[] {
  const tails: number[] = [];
  const previous: number[] = [];
  values.forEach((value, index) => {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous[index] = tails[low - 1] ?? -1;
    tails[low] = index;
  });
  const found: number[] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) found.push(index);
  return found.reverse();
}

function positions(rows: readonly Indicator[]): Map<string, number> {
  return new Map(rows.map(({ id }, index) => [id, index]));
}

/**
 * Edits that lead from one form to the other. What no edit can change (the head, the number of goals and funds) is left as it is;
 * a field that is in one form alone becomes a blank.
 */
export function editsBetween(before: Form, after: Form): Edit[] {
  const order = after.indicators.map(({ id }) => id);
  const moved = movedRows(
    before.indicators.map(({ id }) => id),
    order,
  );
  const values = new Map(after.indicators.map((row) => [row.id, draftOf(row)]));
  const edits = orderEdits(before.indicators, order, moved, values);
  const isKept = new Set(before.indicators.filter((row) => !isRemade(row, values)).map(({ id }) => id));
  const [old, now] = [cellsOf(before), cellsOf(after)];
  for (const at of new Set([...old.keys(), ...now.keys()])) {
    const [from, to] = [old.get(at), now.get(at) ?? null];
    if (sameCell(from, to) || !isSettable(at, after)) continue;
    const row = rowOfAddress(at);
    if (row !== null && !values.has(row)) continue;
    // What an inserted row holds under a key came with it.
    if (row !== null && !isKept.has(row) && parseAddress(at)?.part === "row") continue;
    edits.push({ op: "set", at, to });
  }
  return edits;
}

function isSettable(at: string, form: Form): boolean {
  const address = parseAddress(at);
  if (address === null) return false;
  if (address.part === "row") return address.key !== "parent";
  if (address.part === "fund")
    return address.index < form.funds.length && address.key !== "source" && address.key !== "label";
  if (address.part === "goal") return address.index === 0 || address.index < form.goals.length;
  if (address.part === "form")
    return ["totalPoints", "totalScore", "grade", "deviation"].includes(address.key);
  return true;
}

/** The row without its identity. */
export function draftOf({ id: _, ...values }: Indicator): RowDraft {
  return values;
}

/** Whose sub-row a row is cannot be set: a row that changes it is made anew under its identity. */
function isRemade({ id, parent }: Indicator, values: ReadonlyMap<string, RowDraft>): boolean {
  const now = values.get(id);
  return now !== undefined && now.parent !== parent;
}

/** Row operations that lead from rows to another order of rows; `moved` are those that leave their place. */
export function orderEdits(
  before: readonly Indicator[],
  after: readonly string[],
  moved: ReadonlySet<string>,
  values: ReadonlyMap<string, RowDraft>,
): Edit[] {
  const target = new Set(after);
  const staying = before.filter((row) => target.has(row.id) && !isRemade(row, values));
  const stays = new Set(staying.map(({ id }) => id));
  const edits: Edit[] = before
    .filter(({ id }) => !stays.has(id))
    .map(({ id }) => ({ op: "remove-row", row: id }));
  after.forEach((row, index) => {
    const anchor = after[index - 1] ?? null;
    const draft = values.get(row);
    if (!stays.has(row) && draft) edits.push({ op: "insert-row", row, after: anchor, values: draft });
    else if (moved.has(row)) edits.push({ op: "move-row", row, after: anchor });
  });
  return edits;
}
