/** Letters kept on either side of what changed. */
const AROUND = 6;
/** A text up to this length is shown whole. */
const SHORT = 24;

/** The part of two texts in which they differ, with a little around it; short texts as they are. */
export function changedPart(from: string, to: string): { readonly before: string; readonly after: string } {
  if (Math.max(from.length, to.length) <= SHORT) return { before: from, after: to };
  const shortest = Math.min(from.length, to.length);
  let head = 0;
  while (head < shortest && from[head] === to[head]) head += 1;
  let tail = 0;
  while (tail < shortest - head && from.at(-1 - tail) === to.at(-1 - tail)) tail += 1;
  const start = Math.max(0, head - AROUND);
  const cut = (text: string) => {
    const end = Math.min(text.length, text.length - tail + AROUND);
    return `${start > 0 ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`;
  };
  return { before: cut(from), after: cut(to) };
}
