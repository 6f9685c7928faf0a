// An opinion goes to the unit: Chinese, whatever the reviewer reads the pages in.
import WORDS from "./opinion-words.json" with { type: "json" };

/** A finding as an opinion quotes it: the finding speaks Chinese, as the form does. */
export interface Quoted {
  readonly fingerprint: string;
  readonly force: "must" | "should" | "hint";
  readonly message: string;
  readonly remedy: string;
  readonly basis: readonly string[];
}

/** Gravest first, in their order within. */
export function byForce<F extends Pick<Quoted, "force">>(findings: readonly F[]): readonly F[] {
  const order = { must: 0, should: 1, hint: 2 };
  return findings.toSorted((a, b) => order[a.force] - order[b.force]);
}

/**
 * The words of a return, made from findings: one numbered sentence each, with what to do and what it rests on, those that must be put
 * right apart from those to be explained. To be read and changed by the reviewer before it is sent.
 */
export function opinionFrom(findings: readonly Quoted[]): string {
  const parts: string[] = [];
  const must = findings.filter(({ force }) => force === "must");
  const rest = findings.filter(({ force }) => force !== "must");
  if (must.length > 0) parts.push(WORDS.must, ...numbered(must));
  if (rest.length > 0) parts.push(WORDS.rest, ...numbered(rest));
  return parts.join("\n");
}

function numbered(findings: readonly Quoted[]): string[] {
  return findings.map(({ message, remedy, basis }, index) => {
    const rests = basis.length > 0 ? `（${basis.join("；")}）` : "";
    return `${index + 1}. ${message}${remedy}${rests}`;
  });
}
