import { styleText } from "node:util";
import { eastAsianWidth } from "get-east-asian-width";

type Style = Parameters<typeof styleText>[0];

/** Colours a piece of text, or leaves it plain where the output is not a terminal. */
export type Paint = (style: Style, text: string) => string;

/** Paint for a terminal, respecting NO_COLOR; plain elsewhere. */
export function painter(terminal: boolean): Paint {
  return terminal && !process.env.NO_COLOR
    ? (style, text) => styleText(style, text, { validateStream: false })
    : (_style, text) => text;
}

/** Columns a text takes on a terminal: Chinese characters take two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += eastAsianWidth(character.codePointAt(0) ?? 0);
  return width;
}

/** Pads on the right (or left) to a number of columns; never cuts. */
export function pad(text: string, columns: number, side: "left" | "right" = "left"): string {
  const gap = " ".repeat(Math.max(0, columns - widthOf(text)));
  return side === "left" ? text + gap : gap + text;
}

/** Cuts to a number of columns, with an ellipsis where something was cut. */
export function clip(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let width = 1;
  let kept = "";
  for (const character of text) {
    width += eastAsianWidth(character.codePointAt(0) ?? 0);
    if (width > columns) break;
    kept += character;
  }
  return `${kept}…`;
}

// A line must not begin with closing punctuation, nor break inside a run of digits or letters.
const NOT_FIRST = /[，。、；：！？）】》〉”’%％,.;:!?)]/;
const INSIDE_WORD = /[A-Za-z0-9.%_[\]-]/;

/** Breaks a text into lines of at most `columns`, continuing under `indent`; existing line breaks are kept. */
export function wrap(text: string, columns: number, indent = ""): string {
  const room = Math.max(20, columns - widthOf(indent));
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line: string[] = [];
    let width = 0;
    for (const character of paragraph) {
      const step = eastAsianWidth(character.codePointAt(0) ?? 0);
      if (width + step > room && !NOT_FIRST.test(character)) {
        let cut = line.length;
        if (INSIDE_WORD.test(character)) while (cut > 1 && INSIDE_WORD.test(line[cut - 1] ?? "")) cut -= 1;
        if (cut <= 1) cut = line.length;
        lines.push(line.slice(0, cut).join(""));
        line = line.slice(cut);
        width = widthOf(line.join(""));
      }
      line.push(character);
      width += step;
    }
    lines.push(line.join(""));
  }
  return lines.map((line) => (indent + line).trimEnd()).join("\n");
}

/** A table with aligned columns; on a terminal with a rule under the heading. Numbers go right. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  options: { right?: readonly number[]; paint: Paint },
): string {
  const widths = head.map((title, column) =>
    Math.max(widthOf(title), ...rows.map((row) => widthOf(row[column] ?? ""))),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        pad(cell, widths[column] ?? 0, options.right?.includes(column) ? "right" : "left"),
      )
      .join("  ")
      .trimEnd();
  return [
    options.paint("bold", line(head)),
    options.paint("dim", widths.map((width) => "─".repeat(width)).join("  ")),
    ...rows.map(line),
  ].join("\n");
}
