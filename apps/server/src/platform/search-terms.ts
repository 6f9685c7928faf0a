import { pinyin } from "pinyin-pro";

/** Longest run of neighbouring characters that is kept as one term. */
const NEIGHBOURS = 2;

function tidy(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

function neighbours(text: string, prefix: string): string[] {
  const letters = [...text];
  const terms = letters.map((letter) => prefix + letter);
  for (let at = 0; at + NEIGHBOURS <= letters.length; at += 1)
    terms.push(prefix + letters.slice(at, at + NEIGHBOURS).join(""));
  return terms;
}

/**
 * The terms a name is found by: every character, every pair of neighbours, and the same of its pinyin initials (marked `~`).
 * An index of such terms serves Chinese on every PostgreSQL, where trigrams would need three characters and a fitting locale.
 */
export function searchTerms(...names: readonly (string | null)[]): string[] {
  const terms = new Set<string>();
  for (const name of names) {
    if (name === null) continue;
    const text = tidy(name);
    for (const term of neighbours(text, "")) terms.add(term);
    for (const term of neighbours(initialsOf(text), "~")) terms.add(term);
  }
  return [...terms];
}

/** Terms that every hit of a query must have; null when the query holds nothing to search for. Latin letters also try initials. */
export function queryTerms(
  query: string,
): { readonly words: string[]; readonly initials: string[] | null } | null {
  const text = tidy(query);
  if (text === "") return null;
  const pick = (prefix: string) => {
    const terms = neighbours(text, prefix);
    const pairs = terms.filter((term) => [...term].length - prefix.length === NEIGHBOURS);
    return pairs.length > 0 ? pairs : terms;
  };
  return { words: pick(""), initials: /^[a-z0-9]+$/.test(text) ? pick("~") : null };
}

/** First letters of the pinyin of each character; what has none stays itself. */
function initialsOf(text: string): string {
  return tidy(
    pinyin(text, { pattern: "first", toneType: "none", type: "array", nonZh: "consecutive" }).join(""),
  );
}
