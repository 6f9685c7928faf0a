import type { ReportFigure } from "@jiheng/rollup";
import type { DocumentBlock, TextBinding } from "../document.ts";

/** A sentence together with which of its characters come from which figure. */
export interface BoundText {
  readonly text: string;
  readonly bindings: readonly TextBinding[];
}

const DIGIT = /[0-9０-９]/;

/**
 * A sentence made of fixed wording and figures. Fixed wording that holds a digit is a fault of the report: it throws, so that no
 * number can be typed. Nested sentences keep their bindings; null stands for nothing.
 */
export function say(
  wording: TemplateStringsArray,
  ...parts: readonly (ReportFigure | BoundText | null)[]
): BoundText {
  let text = "";
  const bindings: TextBinding[] = [];
  for (const [index, fixed] of wording.entries()) {
    if (DIGIT.test(fixed)) throw new Error(`report: a number is typed into the wording “${fixed}”`);
    text += fixed;
    const part = parts[index];
    if (!part) continue;
    const start = text.length;
    text += part.text;
    if ("bindings" in part)
      for (const each of part.bindings)
        bindings.push({ start: each.start + start, end: each.end + start, figure: each.figure });
    else if (part.text !== "") bindings.push({ start, end: text.length, figure: part.id });
  }
  return { text, bindings };
}

/** Fixed wording chosen by the program; a digit in it throws. */
export function plain(text: string): BoundText {
  if (DIGIT.test(text)) throw new Error(`report: a number is typed into the wording “${text}”`);
  return { text, bindings: [] };
}

/** Sentences one after the other, with a separator that holds no digit. */
export function join(texts: readonly (BoundText | null)[], separator = ""): BoundText {
  let text = "";
  const bindings: TextBinding[] = [];
  for (const each of texts) {
    if (each === null || each.text === "") continue;
    if (text !== "") text += separator;
    for (const { start, end, figure } of each.bindings)
      bindings.push({ start: start + text.length, end: end + text.length, figure });
    text += each.text;
  }
  return { text, bindings };
}

/** A paragraph of the body. */
export function body({ text, bindings }: BoundText, small = false): DocumentBlock {
  return { kind: "paragraph", text, bindings, ...(small ? { small } : { indent: true }) };
}

/** The digits of a text that no binding covers, as the pieces they stand in; empty where every number is bound. */
export function unboundDigits(text: string, bindings: readonly TextBinding[]): readonly string[] {
  const covered = [...bindings].sort((a, b) => a.start - b.start);
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end } of covered) {
    pieces.push(text.slice(from, start));
    from = Math.max(from, end);
  }
  pieces.push(text.slice(from));
  return pieces.filter((piece) => DIGIT.test(piece));
}
