/** A place in the user's own file. Counted from 1. Which of the four it is depends on the format it was read from. */
export type Origin =
  | { readonly table: number; readonly row: number; readonly column: number }
  | { readonly sheet: string; readonly ref: string }
  | { readonly page: number; readonly box: readonly [number, number, number, number] }
  | { readonly line: number; readonly column: number };

/** A place inside a form as the interchange format prints it: `funds[0].score`, `indicators[3].target`, `goal.expected`. */
export type Place = string;

/** The raw text of one figure or label and where it stood. */
export interface Trace {
  readonly raw: string;
  readonly at: Origin;
}

/** "第2表第5行第3列", "Sheet1!C7", "第1页", "第12行第5列": an origin in words, for messages. */
export function describeOrigin(at: Origin): string {
  if ("table" in at) return `第${at.table}表第${at.row}行第${at.column}列`;
  if ("sheet" in at) return `${at.sheet}!${at.ref}`;
  if ("page" in at) return `第${at.page}页`;
  return `第${at.line}行第${at.column}列`;
}
