import type { Form } from "@jiheng/domain";
import {
  contentOf,
  type Narrative,
  type PairIndex,
  pairIndexOf,
  paragraphsOf,
  type Quantity,
  type Span,
  sharedRuns,
  storiesOf,
} from "../../text/index.ts";

/** A goal and its result, side by side, with what both are about. */
export interface GoalStory {
  readonly expected: Narrative;
  readonly achieved: Narrative;
  readonly expectedPairs: PairIndex;
  readonly achievedPairs: ReadonlySet<string>;
}

const CACHE = new WeakMap<Form, readonly GoalStory[]>();

/** The goals of a form that have both a goal text and a result text. Computed once per form. */
export function goalStories(form: Form): readonly GoalStory[] {
  const known = CACHE.get(form);
  if (known) return known;
  const stories: GoalStory[] = [];
  const all = storiesOf(form);
  for (const expected of all) {
    if (expected.side !== "expected") continue;
    const achieved = all.find((other) => other.side === "achieved" && other.goal === expected.goal);
    if (!achieved) continue;
    stories.push({
      expected,
      achieved,
      expectedPairs: pairIndexOf(blankTitles(expected.text)),
      achievedPairs: pairIndexOf(blankTitles(achieved.text)).all,
    });
  }
  CACHE.set(form, stories);
  return stories;
}

/** The text without names of documents 《…》 and document numbers: they may be repeated freely. Length changes. */
export function withoutTitles(text: string): string {
  return text
    .replace(/《[^《》]*(?:《[^《》]*》[^《》]*)*》/g, " ")
    .replace(/[(（][^()（）]{0,16}[[〔［(（]\d{4}[\]〕］)）]\d{1,4}号[)）]/g, " ");
}

/** The same with as many blanks as were taken out, so that places stay. */
export function blankTitles(text: string): string {
  return text.replace(/《[^《》]*(?:《[^《》]*》[^《》]*)*》/g, (title) => " ".repeat(title.length));
}

/** A paragraph or sentence with the numbers in it. */
export interface Passage extends Span {
  readonly quantities: readonly Quantity[];
}

/** Cuts a narrative into the passages given, each with its own numbers. Linear. */
export function passagesOf(
  narrative: Narrative,
  cut: (text: string) => readonly Span[] = paragraphsOf,
): Passage[] {
  const passages: Passage[] = [];
  let next = 0;
  for (const span of cut(narrative.text)) {
    const quantities: Quantity[] = [];
    while (next < narrative.quantities.length && (narrative.quantities[next]?.start ?? 0) < span.end) {
      const quantity = narrative.quantities[next];
      if (quantity && quantity.start >= span.start) quantities.push(quantity);
      next += 1;
    }
    passages.push({ ...span, quantities });
  }
  return passages;
}

/** What of a result is said in the words of its goal. */
export interface Copied {
  /** Characters without blanks and punctuation of the longest shared run. */
  readonly longest: number;
  /** The longest run as the result prints it. */
  readonly sample: string;
  /** Characters of the result in shared runs. */
  readonly covered: number;
  readonly total: number;
}

/** Runs shorter than this are the common stock of words. Ours. */
const SHORTEST_RUN = 8;

/** The runs of a result that stand in its goal, found once; `partOf` reads off any stretch of the result. */
export interface CopyMap {
  readonly partOf: (start: number, end: number) => Copied;
}

/** Compares a result with its goal word for word; names of documents are left out of both. Linear. */
export function copyMapOf(goal: string, result: string): CopyMap {
  const from = contentOf(blankTitles(goal)).text;
  const to = contentOf(blankTitles(result));
  const runs = sharedRuns(from, to.text, SHORTEST_RUN);
  /** Index of the first content character at or after a place of the result. */
  const indexOf = (place: number): number => {
    let low = 0;
    let high = to.places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((to.places[middle] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    partOf(start, end) {
      const first = indexOf(start);
      const last = indexOf(end);
      let longest = 0;
      let sample = "";
      let covered = 0;
      let coveredTo = first;
      for (const run of runs) {
        const runStart = Math.max(run.startB, first);
        const runEnd = Math.min(run.startB + run.length, last);
        if (runEnd <= runStart) continue;
        covered += Math.max(0, runEnd - Math.max(runStart, coveredTo));
        coveredTo = Math.max(coveredTo, runEnd);
        if (runEnd - runStart > longest) {
          longest = runEnd - runStart;
          sample = result.slice(to.places[runStart] ?? 0, (to.places[runEnd - 1] ?? 0) + 1);
        }
      }
      return { longest, sample, covered, total: last - first };
    },
  };
}

/** The first words of a passage, for messages. */
export function opening(text: string, length = 24): string {
  const line = text.replace(/\s+/g, "");
  return line.length > length ? `${line.slice(0, length)}…` : line;
}
