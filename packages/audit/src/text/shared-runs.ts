/** One run of characters that both texts have. */
export interface SharedRun {
  readonly startA: number;
  readonly startB: number;
  readonly length: number;
}

/** Suffix automaton of a text: every substring of it is a path. Linear in the length of the text. */
function automatonOf(text: string): {
  next: Map<number, number>[];
  link: number[];
  length: number[];
  first: number[];
} {
  const next: Map<number, number>[] = [new Map()];
  const link = [-1];
  const length = [0];
  const first = [-1];
  let last = 0;
  for (let i = 0; i < text.length; i++) {
    const sign = text.charCodeAt(i);
    const state = next.length;
    next.push(new Map());
    length.push((length[last] ?? 0) + 1);
    link.push(0);
    first.push(i);
    let p = last;
    while (p !== -1 && !next[p]?.has(sign)) {
      next[p]?.set(sign, state);
      p = link[p] ?? -1;
    }
    if (p !== -1) {
      const q = next[p]?.get(sign) ?? 0;
      if ((length[p] ?? 0) + 1 === length[q]) {
        link[state] = q;
      } else {
        const clone = next.length;
        next.push(new Map(next[q]));
        length.push((length[p] ?? 0) + 1);
        link.push(link[q] ?? 0);
        first.push(first[q] ?? 0);
        while (p !== -1 && next[p]?.get(sign) === q) {
          next[p]?.set(sign, clone);
          p = link[p] ?? -1;
        }
        link[q] = clone;
        link[state] = clone;
      }
    }
    last = state;
  }
  return { next, link, length, first };
}

/**
 * All maximal runs of at least `min` characters of `b` that also stand in `a`, by their place in `b`; no run lies inside another.
 * Exact and linear in the two lengths. Compare `contentOf` texts to leave white space and punctuation out.
 */
export function sharedRuns(a: string, b: string, min: number): SharedRun[] {
  if (a.length < min || b.length < min || min < 1) return [];
  const { next, link, length, first } = automatonOf(a);
  const runs: SharedRun[] = [];
  let state = 0;
  let matched = 0;
  let endInA = -1;
  const keep = (endB: number): void => {
    if (matched < min) return;
    const startB = endB - matched;
    const previous = runs.at(-1);
    if (previous && startB >= previous.startB && endB <= previous.startB + previous.length) return;
    runs.push({ startA: endInA - matched + 1, startB, length: matched });
  };
  for (let i = 0; i < b.length; i++) {
    const sign = b.charCodeAt(i);
    if (next[state]?.has(sign)) {
      state = next[state]?.get(sign) ?? 0;
      matched += 1;
    } else {
      keep(i);
      while (state !== -1 && !next[state]?.has(sign)) state = link[state] ?? -1;
      if (state === -1) {
        state = 0;
        matched = 0;
      } else {
        matched = (length[state] ?? 0) + 1;
        state = next[state]?.get(sign) ?? 0;
      }
    }
    endInA = first[state] ?? -1;
  }
  keep(b.length);
  return runs;
}
