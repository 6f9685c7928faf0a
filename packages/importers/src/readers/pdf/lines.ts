import type { PdfGlyph } from "./page.ts";

/** A character in the direction its line runs: `u` along the line, `v` from line to line. */
interface Placed {
  readonly text: string;
  readonly u0: number;
  readonly u1: number;
  readonly v: number;
  readonly size: number;
}

/** One printed line. `u` along the direction of writing, `v` from line to line; points. */
export interface PrintedLine {
  readonly text: string;
  readonly u0: number;
  readonly u1: number;
  readonly v: number;
  readonly size: number;
  /** Width of the part that could not have been left on the line before. */
  readonly head: number;
  /** Where gaps wider than a word's were printed: the parts between them, with where each begins and ends. */
  readonly parts: readonly { readonly text: string; readonly u0: number; readonly u1: number }[];
}

function placed(glyph: PdfGlyph): Placed {
  const { text, size, x0, x1, y0, y1 } = glyph;
  const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
  switch (glyph.turn) {
    case 90:
      return { text, size, u0: y0, u1: y1, v: -x };
    case 270:
      return { text, size, u0: -y1, u1: -y0, v: x };
    case 180:
      return { text, size, u0: -x1, u1: -x0, v: -y };
    default:
      return { text, size, u0: x0, u1: x1, v: y };
  }
}

const LATIN = /[A-Za-z0-9À-ɏ]/;
const WORD = /[A-Za-z0-9À-ɏ.,%+\-/:@_'’≥≤<>=%]/;
/** No line begins with these; they stay with what stands before them. */
const CLOSING = /[，。、；：！？）》〉」』】〕…—～%％℃,.;:!?)\]}”’]/;
const OPENING = /[（《〈「『【〔([{“‘]/;

/** Width of the first part of a line that is never torn: a word, or a character with the signs that belong to it. */
function headOf(glyphs: readonly Placed[]): number {
  const first = glyphs[0];
  if (!first) return 0;
  let end = first.u1;
  for (let k = 1; k < glyphs.length; k += 1) {
    const [before, next] = [glyphs[k - 1] as Placed, glyphs[k] as Placed];
    const together =
      (WORD.test(before.text) && WORD.test(next.text)) ||
      CLOSING.test(next.text) ||
      OPENING.test(before.text);
    if (!together || next.text === " ") break;
    end = next.u1;
  }
  return end - first.u0;
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1] ?? 0;
}

function lineOf(row: Placed[], apart: number): PrintedLine | null {
  row.sort((a, b) => a.u0 - b.u0);
  const glyphs: Placed[] = [];
  for (const glyph of row) {
    // Bold made by printing twice, and shadows: the same character at nearly the same place.
    let twice = false;
    for (let k = glyphs.length - 1; k >= 0 && k >= glyphs.length - 4; k -= 1) {
      const other = glyphs[k] as Placed;
      if (other.text === glyph.text && glyph.u0 - other.u0 < Math.min(1.2, 0.15 * glyph.size)) twice = true;
    }
    if (!twice) glyphs.push(glyph);
  }
  const inked = glyphs.filter((glyph) => glyph.text !== " ");
  const [first, last] = [inked[0], inked.at(-1)];
  if (!first || !last) return null;
  const gaps: number[] = [];
  for (let k = 1; k < inked.length; k += 1)
    gaps.push(((inked[k] as Placed).u0 - (inked[k - 1] as Placed).u1) / (inked[k] as Placed).size);
  // Text spread over the width of its cell has wide gaps everywhere; they separate nothing.
  const spread = Math.max(0, median(gaps));
  let text = "";
  let part = "";
  let begun = first.u0;
  let end = first.u0;
  let blanks = 0;
  let before: Placed | null = null;
  const parts: { text: string; u0: number; u1: number }[] = [];
  for (const glyph of glyphs) {
    if (glyph.text === " ") {
      if (before) blanks += 1;
      continue;
    }
    if (before) {
      const gap = (glyph.u0 - end) / Math.max(before.size, glyph.size) - spread;
      const latin = LATIN.test(before.text.slice(-1)) && LATIN.test(glyph.text.slice(0, 1));
      let between = " ".repeat(Math.min(blanks, 8));
      if (between === "" && gap > (latin ? 0.22 : 1.2)) between = gap > 1.2 ? "  " : " ";
      if (gap > apart) {
        parts.push({ text: part, u0: begun, u1: end });
        part = "";
        begun = glyph.u0;
      } else part += between;
      text += between;
    }
    text += glyph.text;
    part += glyph.text;
    end = Math.max(end, glyph.u1);
    before = glyph;
    blanks = 0;
  }
  parts.push({ text: part, u0: begun, u1: end });
  return {
    text,
    u0: first.u0,
    u1: last.u1,
    v: median(inked.map((glyph) => glyph.v)),
    size: median(inked.map((glyph) => glyph.size)),
    head: headOf(inked),
    parts,
  };
}

/** A gap of this many times the size of the characters sets words apart; without rules less will do. */
const APART = 1.2;
const APART_WITHOUT_RULES = 0.75;

/** Characters of one direction as the lines they are printed in, in reading order. */
export function printedLines(glyphs: readonly PdfGlyph[], ruled = true): PrintedLine[] {
  const sorted = glyphs.map(placed).sort((a, b) => a.v - b.v);
  const lines: PrintedLine[] = [];
  let row: Placed[] = [];
  let level = 0;
  const close = (): void => {
    const line = row.length > 0 ? lineOf(row, ruled ? APART : APART_WITHOUT_RULES) : null;
    if (line) lines.push(line);
    row = [];
  };
  for (const glyph of sorted) {
    if (row.length > 0 && glyph.v - level > 0.5 * Math.min(glyph.size, (row[0] as Placed).size) + 0.5)
      close();
    if (row.length === 0) level = glyph.v;
    else level = (level * row.length + glyph.v) / (row.length + 1);
    row.push(glyph);
  }
  close();
  return lines;
}

const lengthOf = (text: string): number => [...text].length;

/** Joins lines that the layout wrapped; a line that ends although more would have fitted ends a paragraph ("\n"). */
export function joinLines(lines: readonly PrintedLine[], width: number): string {
  const left = Math.min(...lines.map((line) => line.u0));
  const size = Math.max(...lines.map((line) => line.size), 1);
  const isLeft = lines.filter((line) => line.u0 - left < 0.5 * size).length * 2 > lines.length;
  const used = (line: PrintedLine): number => (isLeft ? line.u1 - left : line.u1 - line.u0);
  // Marks at the end of a line may hang over the edge.
  const certain = (line: PrintedLine): number =>
    used(line) - (CLOSING.test(line.text.slice(-1)) ? line.size : 0);
  const room = Math.max(...lines.map(certain), width - 12 - 0.5 * size);
  let text = "";
  lines.forEach((line, index) => {
    const before = lines[index - 1];
    if (!before) {
      text = line.text;
      return;
    }
    const single = lengthOf(before.text.trim()) === 1 || lengthOf(line.text.trim()) === 1;
    const stacked = single && width < 4 * size;
    const last = before.text.slice(-1);
    const next = line.text.slice(0, 1);
    const fits = used(before) + line.head + 0.1 * size < room;
    if (fits && !stacked) {
      text += `\n${line.text}`;
      return;
    }
    const words = /[A-Za-z]/.test(last) && /[A-Za-z]/.test(next);
    text += words && !stacked ? ` ${line.text}` : line.text;
  });
  return text;
}
