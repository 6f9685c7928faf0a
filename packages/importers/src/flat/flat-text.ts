import { halfWidth, type Origin } from "@jiheng/domain";
import type { TextBlock } from "../grid.ts";

/** What stood between two characters: nothing, a blank, a wide blank or tab, a line break, an empty line, a page break, a bar. */
export type Gap = "none" | "blank" | "wide" | "line" | "paragraph" | "page" | "bar";

const GAPS: readonly Gap[] = ["none", "blank", "wide", "line", "paragraph", "page", "bar"];
const NONE = 0;
const BLANK = 1;
const WIDE = 2;
const LINE = 3;
const PARAGRAPH = 4;
const PAGE = 5;
const BAR = 6;

/**
 * Text without its blanks, in half width, one character for each character of the source; what stood between two
 * characters is kept beside it as evidence of cells, and every character knows its place in the file.
 */
export interface FlatText {
  readonly chars: string;
  /** The same characters as printed. */
  readonly printed: string;
  readonly length: number;
  /** What stood before character `index`. */
  gapBefore(index: number): Gap;
  /** Empty cells printed before character `index` (two bars with nothing between them). */
  emptiesBefore(index: number): number;
  /** Place of character `index` in the file. */
  at(index: number): Origin;
  /** Characters from `start` to `end` for people: one blank where blanks separate words, none inside Chinese text. */
  text(start: number, end: number): string;
  /** Page markers that were taken out of the text. */
  readonly pageMarkers: number;
}

const FILE_NAME = /^[^\n|]{1,200}\.(?:docx?|xlsx?|pdf|wps|et)\s*$/i;

/** Line numbers (from 0) that begin with a page marker ("2、" in the middle of a text cut by pages). */
function markedLines(lines: readonly string[]): Set<number> {
  const marked = new Set<number>();
  let expected = 1;
  let filled = 0;
  let letters = 0;
  lines.forEach((line, index) => {
    if (line.trim() === "" || (filled === 0 && FILE_NAME.test(line))) return;
    filled += 1;
    const match = /^\s*(\d{1,3})、/.exec(line);
    if (match && Number(match[1]) === expected) {
      marked.add(index);
      expected += 1;
      letters += line.length;
    }
  });
  // Items of a list are short and stand among other lines; pages are long and there is little else.
  if (marked.size === 0 || marked.size * 2 < filled || letters / marked.size < 60) return new Set();
  return marked;
}

/** Joins the blocks into one flat text. */
export function flatten(blocks: readonly TextBlock[]): FlatText {
  // One entry a character: typed, because a list of numbers takes eight bytes for each of them.
  const most = blocks.reduce((sum, block) => sum + block.text.length, 1);
  const gaps = new Uint8Array(most);
  const empties = new Uint16Array(most);
  const lineOf = new Uint32Array(most);
  const columnOf = new Uint32Array(most);
  const blockOf = new Uint32Array(most);
  let length = 0;
  let compact = "";
  let source = "";
  let pageMarkers = 0;
  let gap = NONE;
  let bars = 0;
  let breaks = 0;
  let blanks = 0;

  const close = (): number => {
    if (gap === PAGE) return PAGE;
    if (bars > 0) return BAR;
    if (breaks > 1) return PARAGRAPH;
    if (breaks === 1) return LINE;
    if (blanks > 1) return WIDE;
    return blanks === 1 ? BLANK : NONE;
  };

  const lines: { readonly text: string; readonly block: number; readonly line: number }[] = [];
  blocks.forEach((block, number) => {
    block.text
      .replace(/\r\n?/g, "\n")
      .split("\n")
      .forEach((text, line) => {
        lines.push({ text, block: number, line });
      });
  });
  const marked = markedLines(lines.map((line) => line.text));
  let row = 0;
  lines.forEach(({ text: line, block: number, line: index }, order) => {
    // Blocks of single lines leave empty lines out; their places still tell of them.
    const origin = blocks[number]?.at;
    const before = row;
    row = origin && "line" in origin ? origin.line + index : row + 1;
    if (order > 0) breaks += Math.max(1, Math.min(row - before, 2));
    if (length === 0 && FILE_NAME.test(line) && lines.length > order + 1) return;
    let from = 0;
    if (marked.has(order)) {
      from = line.indexOf("、") + 1;
      pageMarkers += 1;
      gap = PAGE;
    }
    const chars: string[] = [];
    const printed: string[] = [];
    for (let k = from; k < line.length; k += 1) {
      const char = line[k] as string;
      const code = char.charCodeAt(0);
      if (code === 0x200b || code === 0xfeff) continue;
      if (code === 0x7c || code === 0xff5c) bars += 1;
      else if (code === 0x09) blanks += 2;
      else if (code <= 0x20 || code === 0xa0 || code === 0x3000 || /\s/.test(char)) blanks += 1;
      else {
        gaps[length] = close();
        empties[length] = Math.max(0, bars - 1);
        chars.push(halfWidth(char));
        printed.push(char);
        lineOf[length] = index;
        columnOf[length] = k + 1;
        blockOf[length] = number;
        length += 1;
        gap = NONE;
        bars = 0;
        breaks = 0;
        blanks = 0;
      }
    }
    compact += chars.join("");
    source += printed.join("");
  });
  gaps[length] = close();
  empties[length] = Math.max(0, bars - 1);

  return {
    chars: compact,
    printed: source,
    length: compact.length,
    gapBefore: (index) => GAPS[gaps[index] ?? NONE] as Gap,
    emptiesBefore: (index) => empties[index] ?? 0,
    at: (index) => {
      const k = Math.min(Math.max(index, 0), compact.length - 1);
      const origin: Origin = blocks[blockOf[k] ?? 0]?.at ?? { line: 1, column: 1 };
      if (!("line" in origin)) return origin;
      const line = lineOf[k] ?? 0;
      return { line: origin.line + line, column: (line === 0 ? origin.column - 1 : 0) + (columnOf[k] ?? 1) };
    },
    text: (start, end) => {
      let out = "";
      for (let k = start; k < end; k += 1) {
        const char = source[k] ?? "";
        if (
          k > start &&
          (gaps[k] ?? NONE) !== NONE &&
          gaps[k] !== PAGE &&
          /[!-~]/.test(char) &&
          /[!-~]/.test(source[k - 1] ?? "")
        )
          out += " ";
        out += char;
      }
      return out;
    },
    pageMarkers,
  };
}
