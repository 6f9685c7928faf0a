/** Characters handed over at once. */
const PIECE = 64 * 1024;
/** Lists and objects longer than this are printed entry by entry. */
const LONG = 64;
/** Depth of what a document is built of (documents, forms, the parts of a form). */
const OUTER = 5;

/** One JSON document and nothing else, as `--json` promises; ends with a line break. */
export function printJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** The same text in pieces: a form of 20,000 rows prints some 50 MB, which must not stand in memory whole. */
export function* jsonPieces(value: unknown): Generator<string> {
  let piece = "";
  for (const part of parts(value, "", 0)) {
    piece += part;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  yield `${piece}\n`;
}

function* parts(value: unknown, indent: string, depth: number): Generator<string> {
  if (value === null || typeof value !== "object") {
    yield JSON.stringify(value);
    return;
  }
  const list = Array.isArray(value);
  const entries = list ? value : Object.keys(value);
  if (entries.length === 0 || (depth > OUTER && entries.length <= LONG)) {
    // No string of JSON holds a line break as such: all of them are layout.
    yield JSON.stringify(value, null, 2).replaceAll("\n", `\n${indent}`);
    return;
  }
  const inner = `${indent}  `;
  let opened = false;
  for (const entry of entries) {
    const child = list ? (entry ?? null) : (value as Record<string, unknown>)[entry as string];
    if (child === undefined) continue;
    yield `${opened ? "," : list ? "[" : "{"}\n${inner}${list ? "" : `${JSON.stringify(entry)}: `}`;
    opened = true;
    yield* parts(child, inner, depth + 1);
  }
  yield opened ? `\n${indent}${list ? "]" : "}"}` : "{}";
}
