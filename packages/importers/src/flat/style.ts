import type { FlatText, Gap } from "./flat-text.ts";
import type { Word } from "./words.ts";

/** How the text separates cells, learnt from its own headings. */
export interface Style {
  /** True where every border of a cell shows: then a field never ends anywhere else. */
  readonly cells: boolean;
  /** True where empty cells are printed too (bars): then columns can be counted. */
  readonly exact: boolean;
  /** True where this gap parts cells. */
  parts(gap: Gap): boolean;
  /** True where gaps that part cells also break words inside them. */
  readonly broken: boolean;
}

const RANK: Readonly<Record<Gap, number>> = {
  none: 0,
  page: 0,
  blank: 1,
  wide: 2,
  line: 3,
  paragraph: 4,
  bar: 5,
};

const KINDS = Object.keys(RANK) as Gap[];

/** Learns from words that follow one another at once: what stands between them parts cells, what stands inside does not. */
export function styleOf(flat: FlatText, words: readonly Word[], from = 0, to = flat.length): Style {
  const edge = new Map<Gap, number>();
  const within = new Map<Gap, number>();
  let edges = 0;
  let previous: Word | undefined;
  for (const word of words) {
    if (previous && previous.end === word.start) {
      const gap = flat.gapBefore(word.start);
      if (gap !== "page") {
        edge.set(gap, (edge.get(gap) ?? 0) + 1);
        edges += 1;
      }
    }
    for (let k = word.start + 1; k < word.wordEnd; k += 1) {
      const gap = flat.gapBefore(k);
      if (gap !== "none" && gap !== "page") within.set(gap, (within.get(gap) ?? 0) + 1);
    }
    previous = word;
  }
  const bare = edge.get("none") ?? 0;
  const cells = edges >= 4 && bare / edges <= 0.15;
  const share = (gap: Gap): number => {
    const total = (edge.get(gap) ?? 0) + (within.get(gap) ?? 0);
    return total === 0 ? -1 : (within.get(gap) ?? 0) / total;
  };
  // Where every border shows, what stands at borders parts cells even if it also breaks words inside them.
  const bordering = (gap: Gap): boolean =>
    gap !== "none" && gap !== "page" && (edge.get(gap) ?? 0) >= Math.max(1, edges * 0.1);
  const weakest = Math.min(
    9,
    ...KINDS.filter((gap) => bordering(gap) && share(gap) <= 0.6).map((gap) => RANK[gap]),
  );
  const trusted = new Map<Gap, boolean>();
  for (const gap of KINDS) {
    if (gap === "none" || gap === "page") continue;
    const unseen = share(gap) < 0;
    trusted.set(
      gap,
      cells && (bordering(gap) ? share(gap) <= 0.75 : RANK[gap] > weakest && (unseen || share(gap) <= 0.6)),
    );
  }
  let empties = false;
  for (let k = from; k < to && !empties; k += 1) empties = flat.emptiesBefore(k) > 0;
  const barred = (edge.get("bar") ?? 0) / Math.max(1, edges) >= 0.5;
  // Where bars part the cells, a line break only wraps the text of one.
  if (barred) for (const gap of ["blank", "wide", "line", "paragraph"] as const) trusted.set(gap, false);
  return {
    cells,
    exact: cells && barred && empties,
    broken: KINDS.some((gap) => trusted.get(gap) && share(gap) > 0.01),
    parts: (gap) => trusted.get(gap) ?? false,
  };
}
