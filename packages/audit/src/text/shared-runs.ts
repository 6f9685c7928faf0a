/** One run of characters that both texts have. */
export interface SharedRun {
  readonly startA: number;
  readonly startB: number;
  readonly length: number;
}

/** More steps than this from one state are looked up in a map instead of one after the other. */
const FEW_STEPS = 6;

/**
 * The steps of an automaton from state to state. Nearly every state has one or two of them: kept as lists in three arrays,
 * they cost far less than a map for each state.
 */
class Steps {
  private readonly heads: number[] = [];
  private readonly signs: number[] = [];
  private readonly targets: number[] = [];
  private readonly after: number[] = [];
  private readonly counts: number[] = [];
  private readonly wide = new Map<number, Map<number, number>>();

  get size(): number {
    return this.heads.length;
  }

  addState(): void {
    this.heads.push(-1);
    this.counts.push(0);
  }

  /** Where a sign leads from a state, or -1. */
  get(state: number, sign: number): number {
    const edge = this.edge(state, sign);
    return edge < 0 ? -1 : (this.targets[edge] ?? -1);
  }

  set(state: number, sign: number, target: number): void {
    const known = this.edge(state, sign);
    if (known >= 0) {
      this.targets[known] = target;
      return;
    }
    const edge = this.signs.length;
    this.signs.push(sign);
    this.targets.push(target);
    this.after.push(this.heads[state] ?? -1);
    this.heads[state] = edge;
    const count = (this.counts[state] ?? 0) + 1;
    this.counts[state] = count;
    if (count <= FEW_STEPS) return;
    const map = this.wide.get(state) ?? new Map<number, number>();
    if (map.size === 0) {
      this.wide.set(state, map);
      for (let at = edge; at >= 0; at = this.after[at] ?? -1) map.set(this.signs[at] ?? 0, at);
    } else map.set(sign, edge);
  }

  /** Gives a state the steps of another. */
  copy(from: number, to: number): void {
    for (let at = this.heads[from] ?? -1; at >= 0; at = this.after[at] ?? -1)
      this.set(to, this.signs[at] ?? 0, this.targets[at] ?? 0);
  }

  private edge(state: number, sign: number): number {
    if ((this.counts[state] ?? 0) > FEW_STEPS) return this.wide.get(state)?.get(sign) ?? -1;
    let at = this.heads[state] ?? -1;
    while (at >= 0 && this.signs[at] !== sign) at = this.after[at] ?? -1;
    return at;
  }
}

/** Suffix automaton of a text: every substring of it is a path. Linear in the length of the text. */
function automatonOf(text: string): {
  next: Steps;
  link: number[];
  length: number[];
  first: number[];
} {
  const next = new Steps();
  next.addState();
  const link = [-1];
  const length = [0];
  const first = [-1];
  let last = 0;
  for (let i = 0; i < text.length; i++) {
    const sign = text.charCodeAt(i);
    const state = next.size;
    next.addState();
    length.push((length[last] ?? 0) + 1);
    link.push(0);
    first.push(i);
    let p = last;
    while (p !== -1 && next.get(p, sign) < 0) {
      next.set(p, sign, state);
      p = link[p] ?? -1;
    }
    if (p !== -1) {
      const q = next.get(p, sign);
      if ((length[p] ?? 0) + 1 === length[q]) {
        link[state] = q;
      } else {
        const clone = next.size;
        next.addState();
        next.copy(q, clone);
        length.push((length[p] ?? 0) + 1);
        link.push(link[q] ?? 0);
        first.push(first[q] ?? 0);
        while (p !== -1 && next.get(p, sign) === q) {
          next.set(p, sign, clone);
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
    const further = next.get(state, sign);
    if (further >= 0) {
      state = further;
      matched += 1;
    } else {
      keep(i);
      while (state !== -1 && next.get(state, sign) < 0) state = link[state] ?? -1;
      if (state === -1) {
        state = 0;
        matched = 0;
      } else {
        matched = (length[state] ?? 0) + 1;
        state = next.get(state, sign);
      }
    }
    endInA = first[state] ?? -1;
  }
  keep(b.length);
  return runs;
}
