import { type Heading, headingsOf } from "@jiheng/domain";
import type { FlatText } from "./flat-text.ts";
import type { Style } from "./style.ts";
import type { Word } from "./words.ts";

/** Headings that follow one another: the head of the funds table, of the goals or of the table of indicators. */
export interface Heads {
  readonly kind: "funds" | "goals" | "indicators";
  readonly start: number;
  readonly end: number;
  readonly columns: readonly { readonly heading: Heading | null; readonly word: Word | null }[];
}

const MONEY = new Set<Heading>([
  "initialBudget",
  "adjustedBudget",
  "expenditure",
  "executionRate",
  "points",
  "score",
  "deviation",
]);
const GOAL = new Set<Heading>(["goalExpected", "goalAdjusted", "goalAchieved"]);
const LEVELS = new Set<Heading>(["level1", "level2", "name"]);
const ROWS = new Set<Heading>([
  ...LEVELS,
  "target",
  "sign",
  "unit",
  "initialTarget",
  "adjustedTarget",
  "actual",
  "points",
  "score",
  "coefficient",
  "core",
  "reviewScore",
  "criteria",
  "evidence",
  "deviation",
]);

/** A heading of one cell that no synonym knows may stand between known ones; more than this is no heading row. */
const FARTHEST = 9;

interface Item {
  readonly word: Word | null;
}

/** Cells between two known headings: read whole, or kept as a column of unknown meaning where columns can be counted. */
function between(flat: FlatText, style: Style, from: number, to: number): Item[] {
  const items: Item[] = [];
  let start = from;
  for (let k = from + 1; k <= to; k += 1) {
    if (k < to && !style.parts(flat.gapBefore(k))) continue;
    const headings = headingsOf(flat.chars.slice(start, k));
    const plain = { wordEnd: k, end: k, head: null, level1: null, level2: null, stop: false };
    if (headings.length > 0)
      items.push({ word: { start, word: flat.chars.slice(start, k), headings, ...plain } });
    else if (style.exact) items.push({ word: null });
    start = k;
  }
  return items;
}

const has = (items: readonly Item[], ...wanted: Heading[]): number =>
  wanted.filter((heading) => items.some((item) => item.word?.headings.includes(heading))).length;

function judge(items: readonly Item[]): Heads["kind"] | null {
  const money = has(items, "initialBudget", "adjustedBudget", "expenditure", "executionRate");
  const levels = has(items, "level1", "level2", "name");
  const values = has(items, "target", "actual", "sign", "adjustedTarget");
  if (
    levels >= 2 ||
    (levels >= 1 && values >= 1) ||
    (values >= 2 && has(items, "target", "adjustedTarget") > 0 && has(items, "points", "score") > 0)
  )
    return "indicators";
  if (money >= 2) return "funds";
  if (has(items, "goalExpected") > 0 && has(items, "goalAchieved") > 0) return "goals";
  return null;
}

/** Finds the heads of tables from `from` to `to`, in order. */
export function findHeads(
  flat: FlatText,
  style: Style,
  words: readonly Word[],
  from: number,
  to: number,
): Heads[] {
  const found: Heads[] = [];
  let items: Item[] = [];
  let end = from;
  const close = (): void => {
    const first = items.find((item) => item.word)?.word;
    const kind = items.length >= 2 ? judge(items) : null;
    if (first && kind) {
      const wanted = kind === "funds" ? MONEY : kind === "goals" ? GOAL : ROWS;
      const columns = items.map(({ word }) => ({
        word,
        heading: word?.headings.find((heading) => wanted.has(heading)) ?? null,
      }));
      const known = columns.filter((column) => column.heading !== null);
      if (known.length >= 2) {
        const last = columns.findLastIndex((column) => column.heading !== null);
        const kept = columns.slice(0, last + 1);
        let close = columns[last]?.word?.end ?? end;
        // 说明 or 备注 as the last heading holds the reasons, where no other does.
        const remark = /^(?:情况说明|原因说明|说明|备注)(?:\([^()]*\))?/.exec(
          flat.chars.slice(close, close + 12),
        )?.[0];
        if (
          remark &&
          style.cells &&
          kind === "indicators" &&
          !kept.some((column) => column.heading === "deviation")
        ) {
          const border = close + remark.length;
          if (style.parts(flat.gapBefore(close)) && style.parts(flat.gapBefore(border))) {
            kept.push({ word: null, heading: "deviation" });
            close = border;
          }
        }
        found.push({ kind, start: first.start, end: close, columns: kept });
      }
    }
    items = [];
  };
  for (const word of words) {
    if (word.start < from || word.end > to) continue;
    if (word.headings.length === 0) {
      if (items.length > 0) close();
      continue;
    }
    if (
      style.cells &&
      !(word.start === from || style.parts(flat.gapBefore(word.start)) || word.start === end)
    )
      continue;
    const distance = items.length === 0 ? 0 : word.start - end;
    if (distance > (style.cells ? 2 * FARTHEST : FARTHEST)) close();
    else if (distance > 0 && items.length > 0) {
      const foreign = /\d{2}|[。;]/.test(flat.chars.slice(end, word.start));
      if (foreign) close();
      else if (style.cells) items.push(...between(flat, style, end, word.start));
    }
    // The rows of a table begin with levels: what came before them was another head, unless it was the upper row of this one.
    if (word.headings.some((heading) => LEVELS.has(heading)) && items.length > 0) {
      const kind = judge(items);
      if (kind === "goals" || kind === "funds") close();
    }
    // A goal head behind a funds head that has no rows.
    if (word.headings.includes("goalExpected") && items.length > 0 && judge(items) === "funds") close();
    items.push({ word });
    end = word.end;
  }
  close();
  return found;
}

/** Columns of the table of indicators in the order of its cells; a head of two rows is put into one. */
export function rowHeadings(head: Heads): (Heading | null)[] {
  const first = head.columns.findIndex((column) => column.heading !== null && LEVELS.has(column.heading));
  let order = head.columns.map((column) => column.heading);
  if (
    first > 0 &&
    head.columns.slice(0, first).some((column) => column.heading === "actual" || column.heading === "points")
  ) {
    const upper = order.slice(0, first);
    const lower = order.slice(first);
    const split = lower.includes("target") || lower.includes("sign") || lower.includes("adjustedTarget");
    order = [...lower, ...upper.filter((heading) => !(split && heading === "target"))];
  }
  const seen = new Set<Heading>();
  return order.filter((heading) => {
    if (heading === null) return true;
    if (seen.has(heading)) return false;
    seen.add(heading);
    return true;
  });
}
