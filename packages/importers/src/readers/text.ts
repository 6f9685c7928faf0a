import type { Block, Grid, TextBlock } from "../grid.ts";
import { Budget, tabTable } from "./cells.ts";

/** Ends a quoted field: the quote that no quote follows, before a tab or the end of a line. */
const QUOTE_END = /"(?=\t|\r|\n|$)/g;
/** A spreadsheet quotes a copied cell only for the sake of what is in it; a field without these is not quoted. */
const NEEDS_QUOTES = /[\t\r\n]|""/;
/** A copied cell holds a few paragraphs; a stray quote must not swallow the rest of the file. */
const QUOTED_CHARACTERS = 8_000;

interface TabLine {
  /** Line number in the file, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
  readonly tabbed: boolean;
}

/** Finds quoted fields in one text. Remembers the next closing quote, so that stray quotes cost no second search. */
function quotedFields(text: string): (start: number) => { text: string; end: number } | null {
  let searched = -1;
  let found = -1;
  const closing = (from: number): number => {
    if (from < searched || from > found) {
      QUOTE_END.lastIndex = from;
      searched = from;
      found = QUOTE_END.exec(text)?.index ?? Number.POSITIVE_INFINITY;
    }
    return found;
  };
  return (start) => {
    for (let from = start + 1; ; ) {
      const end = closing(from);
      if (end - start > QUOTED_CHARACTERS) return null;
      let quotes = 1;
      for (let k = end - 1; k > start && text[k] === '"'; k -= 1) quotes += 1;
      if (quotes % 2 === 0) {
        from = end + 1;
        continue;
      }
      const inner = text.slice(start + 1, end);
      // A lone quote inside shows that the opening one was a character too.
      if (inner.replaceAll('""', "").includes('"')) return null;
      return NEEDS_QUOTES.test(inner) ? { text: inner.replaceAll('""', '"'), end: end + 1 } : null;
    }
  };
}

/** Lines of text with their fields; a quoted field may hold line breaks. */
function* linesOf(text: string): Generator<TabLine> {
  const length = text.length;
  const quotedField = quotedFields(text);
  let at = 0;
  let line = 1;
  while (at < length) {
    const first = line;
    const fields: string[] = [];
    let tabbed = false;
    for (;;) {
      const quoted = text[at] === '"' ? quotedField(at) : null;
      if (quoted) {
        const field = quoted.text.replace(/\r\n?/g, "\n");
        for (let k = field.indexOf("\n"); k >= 0; k = field.indexOf("\n", k + 1)) line += 1;
        fields.push(field);
        at = quoted.end;
      } else {
        let end = at;
        for (; end < length; end += 1) {
          const code = text.charCodeAt(end);
          if (code === 9 || code === 10 || code === 13) break;
        }
        fields.push(text.slice(at, end));
        at = end;
      }
      if (text.charCodeAt(at) !== 9) break;
      tabbed = true;
      at += 1;
    }
    at += text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? 2 : 1;
    line += 1;
    yield { line: first, fields, tabbed };
  }
}

/**
 * Text with tabs: each run of tabbed lines is a table of single cells, every other line a block of its own.
 * A blank line inside a table is a row of one empty cell, so that a page break stays visible.
 */
export function readText(text: string): Grid {
  const blocks: Block[] = [];
  const budget = new Budget("文本");
  let rows: (readonly string[])[] = [];
  let blanks = 0;
  let tables = 0;

  const close = (): void => {
    if (rows.length > 0) {
      tables += 1;
      blocks.push(tabTable(tables, rows));
    }
    rows = [];
    blanks = 0;
  };

  for (const { line, fields, tabbed } of linesOf(text)) {
    if (tabbed) {
      for (; blanks > 0 && rows.length > 0; blanks -= 1) {
        rows.push([""]);
        budget.cell();
        budget.row();
      }
      blanks = 0;
      budget.cell(fields.length);
      budget.row();
      rows.push(fields);
      continue;
    }
    const only = fields[0] ?? "";
    if (only.trim() === "") {
      blanks += 1;
      continue;
    }
    close();
    budget.row();
    const block: TextBlock = { kind: "text", text: only.trimEnd(), at: { line, column: 1 } };
    blocks.push(block);
  }
  close();
  return { blocks, notes: [] };
}
