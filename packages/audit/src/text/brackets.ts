/** A pair of brackets of one kind; `parent` is the index of the pair around it, or -1. */
export interface BracketPair {
  readonly open: number;
  readonly close: number;
  readonly kind: string;
  readonly parent: number;
}

/** The brackets and quotation marks of a text: pairs, and signs that stand alone. */
export interface Brackets {
  /** In the order of their opening. */
  readonly pairs: readonly BracketPair[];
  /** Signs without a partner. */
  readonly unmatched: readonly { readonly at: number; readonly sign: string }[];
}

const CLOSES: Readonly<Record<string, string>> = {
  "(": ")",
  "[": "]",
  "{": "}",
  "《": "》",
  "〈": "〉",
  "〔": "〕",
  "【": "】",
  "「": "」",
  "『": "』",
};
const OPENS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(CLOSES).map(([open, close]) => [close, open]),
);

/** "1)" "一)" "a)" at the head of an item is an ordinal without an opening bracket, not half a pair. */
const HALF_ORDINAL = /(?:^|[\s。;,:、.])(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])$/;

/**
 * Pairs and single signs of all brackets and book-title marks of a normalised text. A sign left open does not swallow
 * the pairs after it: an opening sign that meets a foreign closing one stays single.
 */
export function bracketsOf(normal: string): Brackets {
  const stack: { open: number; kind: string; slot: number }[] = [];
  const found: { open: number; close: number; kind: string; around: number }[] = [];
  const unmatched: { at: number; sign: string }[] = [];
  for (let i = 0; i < normal.length; i++) {
    const code = normal.charCodeAt(i);
    // Han characters, digits and letters are nearly all of a text.
    if ((code >= 0x4e00 && code <= 0x9fff) || (code >= 48 && code <= 57) || (code >= 97 && code <= 122))
      continue;
    const sign = normal.charAt(i);
    if (CLOSES[sign]) {
      stack.push({ open: i, kind: sign, slot: found.length });
      continue;
    }
    const kind = OPENS[sign];
    if (!kind) continue;
    let at = stack.length - 1;
    while (at >= 0 && stack[at]?.kind !== kind) at -= 1;
    if (at < 0) {
      if (sign !== ")" || !HALF_ORDINAL.test(normal.slice(Math.max(0, i - 5), i)))
        unmatched.push({ at: i, sign });
      continue;
    }
    for (const single of stack.splice(at + 1)) unmatched.push({ at: single.open, sign: single.kind });
    const opened = stack.pop();
    if (opened) found.push({ open: opened.open, close: i, kind, around: -1 });
  }
  for (const single of stack) unmatched.push({ at: single.open, sign: single.kind });
  const order = found.sort((a, b) => a.open - b.open);
  const around: number[] = [];
  const pairs = order.map((pair, index): BracketPair => {
    while (around.length > 0 && (order[around.at(-1) ?? 0]?.close ?? 0) < pair.open) around.pop();
    const parent = around.at(-1) ?? -1;
    around.push(index);
    return { open: pair.open, close: pair.close, kind: pair.kind, parent };
  });
  return { pairs, unmatched: unmatched.sort((a, b) => a.at - b.at) };
}
