import type { Form } from "@jiheng/domain";
import { type CellChange, describeAddress } from "@jiheng/workflow";
import { done, type Outcome, refused } from "../../platform/outcome.ts";
import type { LoadedSubmission, Reads } from "./load-submission.ts";
import { keyOf } from "./save-form.ts";
import { changesOf } from "./store.ts";

/** A cell that differs between two revisions, with its name in words. */
export interface NamedChange extends CellChange {
  readonly title: string;
}

/** What differs between two revisions: each cell with what it held at first and at last; what was changed and changed back is left out. */
export async function differenceBetween(
  { db }: Reads,
  submission: LoadedSubmission,
  from: number,
  to: number,
): Promise<Outcome<readonly NamedChange[]>> {
  const { revision, form } = submission;
  if (to > revision || from > to)
    return refused("wrong-state", `这张表现在是第${revision}版，请选其中由前到后的两版比较。`);
  const cells = foldChanges(await changesOf(db, keyOf(submission), from, to));
  return done(cells.map((cell) => ({ ...cell, title: titleOf(form, cell.at) })));
}

/** Many changes of cells as one of each. */
function foldChanges(changes: readonly CellChange[]): CellChange[] {
  const cells = new Map<string, CellChange>();
  for (const { at, from, to } of changes)
    cells.set(at, { at, from: cells.has(at) ? (cells.get(at)?.from ?? null) : from, to });
  return [...cells.values()].filter(({ from, to }) => from !== to);
}

function titleOf(form: Form | null, at: string): string {
  return form === null ? at : describeAddress(form, at);
}
