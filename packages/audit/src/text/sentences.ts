import { normaliseText } from "./normalise.ts";

/** A stretch of a text: the words as printed and where they stand. `end` is exclusive. */
export interface Span {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function cut(text: string, isEnd: (normal: string, index: number) => boolean): Span[] {
  const normal = normaliseText(text);
  const spans: Span[] = [];
  let start = 0;
  const push = (end: number): void => {
    let from = start;
    let to = end;
    while (from < to && isSpace(text, from)) from += 1;
    while (to > from && isSpace(text, to - 1)) to -= 1;
    if (to > from) spans.push({ text: text.slice(from, to), start: from, end: to });
  };
  for (let i = 0; i < normal.length; i++) {
    const code = normal.charCodeAt(i);
    // No Han character ends anything, and they are nearly all of a text.
    if ((code >= 0x4e00 && code <= 0x9fff) || !isEnd(normal, i)) continue;
    push(i);
    start = i + 1;
  }
  push(normal.length);
  return spans;
}

function isSpace(text: string, i: number): boolean {
  const code = text.charCodeAt(i);
  return (code < 0x4e00 || code === 0xfeff) && /\s/.test(text.charAt(i));
}

const DIGIT = /[0-9]/;

/** A half-width stop ends a sentence only where it is no decimal point, no "1." and no part of a Latin word. */
function isStop(normal: string, i: number): boolean {
  const sign = normal.charAt(i);
  if (sign === "。" || sign === "!" || sign === "?" || sign === "\n" || sign === "\r") return true;
  if (sign !== ".") return false;
  const before = normal.charAt(i - 1);
  const after = normal.charAt(i + 1);
  return !DIGIT.test(before) && !/[0-9A-Za-z]/.test(after) && /[\u3400-\u9fff)》]/.test(before);
}

/** Sentences of a text, ended by 。！？； or a line break of either width; empty ones are left out, the end sign too. */
export function sentencesOf(text: string): Span[] {
  return cut(text, (normal, i) => normal.charAt(i) === ";" || isStop(normal, i));
}

/** As `sentencesOf`, but a semicolon does not end one: lists and their sum stay together. */
export function periodsOf(text: string): Span[] {
  return cut(text, isStop);
}

/** Clauses: cut at commas and colons too. */
export function clausesOf(text: string): Span[] {
  return cut(
    text,
    (normal, i) =>
      isStop(normal, i) ||
      ";:".includes(normal.charAt(i)) ||
      (normal.charAt(i) === "," && !isThousands(text, i)),
  );
}

/** Lines of a cell. */
export function paragraphsOf(text: string): Span[] {
  return cut(text, (normal, i) => normal.charAt(i) === "\n" || normal.charAt(i) === "\r");
}

/** Whether the comma at `i` of the text as printed groups thousands: half-width, between a digit and exactly three digits. */
export function isThousands(text: string, i: number): boolean {
  if (text.charAt(i) !== ",") return false;
  if (!DIGIT.test(text.charAt(i - 1))) return false;
  for (let k = 1; k <= 3; k++) if (!DIGIT.test(text.charAt(i + k))) return false;
  if (DIGIT.test(text.charAt(i + 4))) return false;
  let head = 0;
  for (let k = i - 1; k >= 0 && DIGIT.test(text.charAt(k)); k--) head += 1;
  return head <= 3;
}
