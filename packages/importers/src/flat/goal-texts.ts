import type { FlatText } from "./flat-text.ts";
import type { Style } from "./style.ts";

/** Where the expected goal and the result stand; `sure` where cells part them. */
export interface GoalTexts {
  readonly expected: readonly [number, number] | null;
  readonly achieved: readonly [number, number] | null;
  readonly sure: boolean;
}

const RESULT =
  /^(?:已|共|完成|实际|截至|截止|全年(?:共|已|完成)|均|按时完成|按期完成|顺利|圆满|达到|实现|通过)/;

const OPENING =
  /(?:20\d\d年度?|截至年底|全年共|全年|年内)?(?:已经?|共计|共|实际|完成|已完成|全面|均|按计划)?$/;

/** Parts the text under 预期目标 and 实际完成情况 into the two. */
export function splitGoals(flat: FlatText, style: Style, from: number, to: number): GoalTexts {
  if (to <= from) return { expected: null, achieved: null, sure: true };
  const cells: [number, number][] = [];
  let start = from;
  for (let k = from + 1; k <= to; k += 1)
    if (k === to || style.parts(flat.gapBefore(k))) {
      cells.push([start, k]);
      start = k;
    }
  if (cells.length === 2 && cells[0] && cells[1])
    return { expected: cells[0], achieved: cells[1], sure: true };
  if (cells.length === 1 && style.cells) return { expected: cells[0] ?? null, achieved: null, sure: false };
  const text = flat.chars.slice(from, to);
  const n = text.length;
  const borders = cells.length > 2 ? cells.slice(1).map(([border]) => border - from) : [...ends(text)];
  // A result that opens like its goal: the text turns back to its beginning.
  const opening = text.slice(0, Math.min(6, Math.floor(n / 2)));
  const again =
    opening.length >= 4 ? text.indexOf(opening, Math.max(opening.length, Math.floor(n * 0.25))) : -1;
  let cut = again > 0 && again < n * 0.75 ? again : -1;
  if (cut > 0) cut -= OPENING.exec(text.slice(0, cut))?.[0].length ?? 0;
  if (cut < 0) {
    let best = Number.NEGATIVE_INFINITY;
    for (const border of borders) {
      if (border <= 0 || border >= n) continue;
      const fit = (RESULT.test(text.slice(border, border + 8)) ? 0.4 : 0) - Math.abs(border / n - 0.5);
      if (fit > best) {
        best = fit;
        cut = border;
      }
    }
  }
  if (cut <= 0) cut = Math.floor(n / 2);
  return { expected: [from, from + cut], achieved: [from + cut, to], sure: false };
}

function* ends(text: string): Generator<number> {
  for (let k = 1; k < text.length; k += 1) if (/[。;；!]/.test(text[k - 1] ?? "")) yield k;
}
