/** A finding a return is made from: what it says and the cells it is about (by the identity of rows). */
export interface CitedFinding {
  readonly fingerprint: string;
  readonly message: string;
  readonly addresses: readonly string[];
}

/** One point of a return, to be answered by itself: its words and, where it was made from a finding, that finding and its cells. */
export interface ReturnOpinion {
  readonly says: string;
  readonly finding: string | null;
  readonly cells: readonly string[];
}

/** What became of a point: put right, or left as it is for a reason. */
export const ANSWERS = ["changed", "explained"] as const;

/** One of the two. */
export type ReturnAnswer = (typeof ANSWERS)[number];

/** What each answer is called. */
export const ANSWER_TITLES: Readonly<Record<ReturnAnswer, string>> = {
  changed: "已改",
  explained: "说明理由",
};

const NUMBERED =
  /^\s*(?:\d{1,3}\s*(?:[、)）]|[.．](?!\d))|[（(](?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]|[一二三四五六七八九十]{1,3}、|[①-⑳])\s*/u;
const HEADING = /[：:]\s*$/u;
/** How much of a finding's words must still stand in a sentence that was changed by hand, for the sentence to be about its cells. */
const STILL_THE_SAME = 0.6;

/**
 * The points of a return, in their order: its numbered lines, or every line where nothing is
 * numbered. Headings and what stands around the points are no points. A point is tied to a finding where it still has its words.
 */
export function returnOpinions(words: string, cited: readonly CitedFinding[]): readonly ReturnOpinion[] {
  const lines = words
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !HEADING.test(line));
  const numbered = lines.filter((line) => NUMBERED.test(line));
  const points = (numbered.length > 0 ? numbered : lines).map((line) => line.replace(NUMBERED, ""));
  const free = [...cited];
  return points
    .filter((says) => says !== "")
    .map((says) => {
      const [best] = free
        .map((finding) => ({ finding, share: shareOf(finding.message, says) }))
        .toSorted((a, b) => b.share - a.share);
      if (!best || best.share < STILL_THE_SAME) return { says, finding: null, cells: [] };
      free.splice(free.indexOf(best.finding), 1);
      return { says, finding: best.finding.fingerprint, cells: best.finding.addresses };
    });
}

/** Which share of the pairs of neighbouring characters of `message` stand in `text`; 1 where all of it does. */
function shareOf(message: string, text: string): number {
  if (text.includes(message)) return 1;
  const pairs = pairsOf(message);
  if (pairs.length === 0) return 0;
  const there = new Set(pairsOf(text));
  return pairs.filter((pair) => there.has(pair)).length / pairs.length;
}

function pairsOf(text: string): string[] {
  const characters = [...text];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}
