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

/** A finding as one sentence of an opinion. What it rests on is quoted where its text was read in the original: an opinion must not lean on hearsay. */
function sentence({ message, remedy, basis }: Quoted): string {
  const rests = basis
    .filter((each) => each.endsWith(WORDS.read))
    .map((each) => each.slice(0, -WORDS.read.length));
  return `${message}${remedy}${rests.length > 0 ? `（${rests.join("；")}）` : ""}`;
}

function numbered(findings: readonly Quoted[]): string[] {
  return findings.map((finding, index) => `${index + 1}. ${sentence(finding)}`);
}

/**
 * An opinion that was changed by hand, after another choice of findings: what was picked stands at its end, what is no longer picked is
 * taken out where its sentence still stands as it was made; `kept` are those that do not.
 */
export function opinionChanged(
  text: string,
  added: readonly Quoted[],
  removed: readonly Quoted[],
): { readonly text: string; readonly kept: readonly Quoted[] } {
  let lines = text.split("\n");
  const kept: Quoted[] = [];
  for (const finding of removed) {
    const left = lines.filter((line) => line.replace(/^\d+\. /, "") !== sentence(finding));
    if (left.length === lines.length) kept.push(finding);
    lines = left;
  }
  let last = Math.max(0, ...lines.map((line) => Number(/^(\d+)\. /.exec(line)?.[1] ?? 0)));
  for (const finding of added) {
    last += 1;
    lines.push(`${last}. ${sentence(finding)}`);
  }
  return { text: lines.join("\n"), kept };
}
