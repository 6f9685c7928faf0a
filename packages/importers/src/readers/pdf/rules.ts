import { LIMITS } from "../limits.ts";
import { tooLarge } from "../refusals.ts";
import type { PdfRule } from "./page.ts";

/** A straight line after its pieces were joined: where it lies, and from where to where it runs. Points. */
export interface RuleLine {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** The joined lines of one table, or of a frame. */
export interface RuleGroup {
  readonly across: readonly RuleLine[];
  readonly down: readonly RuleLine[];
}

/** Pieces of one line lie within this of one another: programs round them differently. */
const SIDEWAYS = 1.5;
/** Gaps up to this are joined: dashes, and corners that do not meet. */
const GAP = 4;
/** Shorter lines are strokes of drawn letters and dots. */
const SHORTEST = 5;
/** Lines across and down that come this near to each other belong together. */
const TOUCH = 3;

function joined(pieces: readonly RuleLine[]): RuleLine[] {
  const sorted = [...pieces].sort((a, b) => a.at - b.at || a.from - b.from);
  const lines: RuleLine[] = [];
  for (let start = 0; start < sorted.length; ) {
    const first = sorted[start] as RuleLine;
    let end = start;
    while (end < sorted.length && (sorted[end] as RuleLine).at - first.at <= SIDEWAYS) end += 1;
    const band = sorted.slice(start, end).sort((a, b) => a.from - b.from);
    let open: { at: number; weight: number; from: number; to: number } | null = null;
    for (const { at, from, to } of band) {
      const weight = Math.max(0.1, to - from);
      if (open && from - open.to <= GAP) {
        open.at = (open.at * open.weight + at * weight) / (open.weight + weight);
        open.weight += weight;
        open.to = Math.max(open.to, to);
        continue;
      }
      if (open && open.to - open.from >= SHORTEST) lines.push(open);
      open = { at, weight, from, to };
    }
    if (open && open.to - open.from >= SHORTEST) lines.push(open);
    start = end;
  }
  return lines;
}

/** The rules of a page as groups of lines that touch: each table is one. */
export function groupRules(rules: readonly PdfRule[]): RuleGroup[] {
  const flat: RuleLine[] = [];
  const upright: RuleLine[] = [];
  for (const { x0, y0, x1, y1 } of rules) {
    const [w, h] = [x1 - x0, y1 - y0];
    // A dot of a dotted line may belong to a line in either direction.
    if (w >= h || w > SIDEWAYS) flat.push({ at: (y0 + y1) / 2, from: x0, to: x1 });
    if (h >= w || h > SIDEWAYS) upright.push({ at: (x0 + x1) / 2, from: y0, to: y1 });
  }
  const across = joined(flat);
  const down = joined(upright);
  if (across.length > 4 * LIMITS.pdfLines || down.length > 4 * LIMITS.pdfLines)
    throw tooLarge("PDF 一页的表格线");

  const parents = Array.from({ length: across.length + down.length }, (_, index) => index);
  const root = (of: number): number => {
    let at = of;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at] as number] as number;
      at = parents[at] as number;
    }
    return at;
  };
  down.forEach((v, k) => {
    across.forEach((h, index) => {
      if (v.at < h.from - TOUCH || v.at > h.to + TOUCH) return;
      if (h.at < v.from - TOUCH || h.at > v.to + TOUCH) return;
      parents[root(index)] = root(across.length + k);
    });
  });
  const groups = new Map<number, { across: RuleLine[]; down: RuleLine[] }>();
  const groupOf = (index: number): { across: RuleLine[]; down: RuleLine[] } => {
    const key = root(index);
    const group = groups.get(key) ?? { across: [], down: [] };
    groups.set(key, group);
    return group;
  };
  across.forEach((line, index) => {
    groupOf(index).across.push(line);
  });
  down.forEach((line, index) => {
    groupOf(across.length + index).down.push(line);
  });
  return [...groups.values()].filter((group) => group.across.length > 0 && group.down.length > 0);
}
