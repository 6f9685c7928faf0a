import type { Note, Origin } from "@jiheng/domain";
import type { Grid } from "../grid.ts";
import { Budget, tabTable } from "./cells.ts";
import { readText } from "./text.ts";

const DELIMITERS = [",", "\t", ";", "，", "|"] as const;

/** Counts each delimiter outside quotes in the first part of the text; the one on the most lines is meant. */
function delimiterOf(text: string): string | null {
  const lines = new Map<string, number>();
  let seen = new Set<string>();
  let quoted = false;
  const end = Math.min(text.length, 64 * 1024);
  for (let at = 0; at < end; at += 1) {
    const char = text[at] as string;
    if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === "\n" || char === "\r") {
      for (const each of seen) lines.set(each, (lines.get(each) ?? 0) + 1);
      seen = new Set();
    } else if ((DELIMITERS as readonly string[]).includes(char)) seen.add(char);
  }
  for (const each of seen) lines.set(each, (lines.get(each) ?? 0) + 1);
  let best: string | null = null;
  for (const each of DELIMITERS)
    if ((lines.get(each) ?? 0) > (best === null ? 0 : (lines.get(best) ?? 0))) best = each;
  return best;
}

/** True where text without tabs looks like comma-separated values: most lines have the same, larger number of commas. */
export function looksDelimited(text: string): boolean {
  const lines = text
    .slice(0, 16 * 1024)
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== "");
  if (lines.length < 3) return false;
  const counts = new Map<number, number>();
  for (const line of lines) {
    const count = line.split(",").length - 1;
    counts.set(count, (counts.get(count) ?? 0) + 1);
  }
  for (const [count, times] of counts) if (count >= 3 && times * 2 > lines.length) return true;
  return false;
}

/** An apostrophe that keeps a spreadsheet from running the text behind it as a formula. */
const GUARDED = /^'+[=+\-@\t\r]/;

/** Comma-separated values (also by tab, semicolon, bar): one table, a record a row; quoted fields may hold breaks. */
export function readDelimited(text: string): Grid {
  const delimiter = delimiterOf(text);
  if (delimiter === null || delimiter === "\t") return readText(text);
  const budget = new Budget("CSV 文件");
  const rows: string[][] = [];
  const code = delimiter.charCodeAt(0);
  const length = text.length;
  let fields: string[] = [];
  let at = 0;
  let unclosed = false;
  let guarded = 0;
  let firstGuarded: Origin | null = null;
  while (at < length) {
    let field = "";
    if (text.charCodeAt(at) === 0x22) {
      const parts: string[] = [];
      let from = at + 1;
      for (;;) {
        const quote = text.indexOf('"', from);
        if (quote < 0) {
          unclosed = true;
          parts.push(text.slice(from));
          at = length;
          break;
        }
        if (text.charCodeAt(quote + 1) === 0x22) {
          parts.push(text.slice(from, quote + 1));
          from = quote + 2;
          continue;
        }
        parts.push(text.slice(from, quote));
        at = quote + 1;
        break;
      }
      field = parts.join("").replace(/\r\n?/g, "\n");
    }
    let end = at;
    for (; end < length; end += 1) {
      const next = text.charCodeAt(end);
      if (next === code || next === 10 || next === 13) break;
    }
    field += text.slice(at, end);
    if (GUARDED.test(field)) {
      field = field.slice(1);
      guarded += 1;
      firstGuarded ??= { table: 1, row: rows.length + 1, column: fields.length + 1 };
    }
    fields.push(field);
    budget.cell();
    at = end;
    if (at < length && text.charCodeAt(at) === code) {
      at += 1;
      // A delimiter at the very end still opens a last, empty field.
      if (at === length) fields.push("");
      else continue;
    } else if (text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10) at += 2;
    else at += 1;
    budget.row();
    rows.push(fields);
    fields = [];
  }
  if (fields.length > 0) rows.push(fields);
  while (rows.length > 0 && (rows.at(-1) as string[]).every((each) => each.trim() === "")) rows.pop();
  const notes: Note[] = [];
  if (unclosed)
    notes.push({
      level: "guessed",
      code: "unclosed-quote",
      says: "最后一个引号没有成对，其后的内容并入了同一格，请核对",
      place: null,
      at: { table: 1, row: rows.length, column: rows.at(-1)?.length ?? 1 },
    });
  if (guarded > 0)
    notes.push({
      level: "normalised",
      code: "formula-guard",
      says: `${guarded}格文字前防止被当作公式的撇号已去除`,
      place: null,
      at: firstGuarded,
    });
  return { blocks: rows.length === 0 ? [] : [tabTable(1, rows)], notes };
}
