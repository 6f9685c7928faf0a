import type { ModelCell, TableModel } from "../model.ts";
import { gridOf } from "../model.ts";

/** Width of a text in ems: Chinese characters take one, Latin letters and digits half of one. */
export function emsOf(text: string): number {
  let ems = 0;
  for (let index = 0; index < text.length; index++) ems += text.charCodeAt(index) < 0x2e80 ? 0.5 : 1;
  return ems;
}

/** Lines a text takes in a cell of `ems` characters; one where it is empty. */
export function linesOf(text: string, ems: number): number {
  const room = Math.max(1, ems);
  if (!text.includes("\n")) return Math.max(1, Math.ceil(emsOf(text) / room));
  let lines = 0;
  for (const line of text.split("\n")) lines += Math.max(1, Math.ceil(emsOf(line) / room));
  return lines;
}

function linesOfCell(cell: ModelCell, ems: number): number {
  return linesOf(cell.text, cell.vertical ? 1 : ems);
}

/**
 * Lines of text each row needs, given the room of every column in ems: the tallest cell, where what a cell over
 * several rows still lacks goes to its last row. An estimate: programs for texts do their own, spreadsheets need one.
 */
export function rowLines(table: TableModel, columnEms: readonly number[], padding: number): number[] {
  const lines = table.rows.map(() => 1);
  const tall: { readonly row: number; readonly cell: ModelCell; readonly needs: number }[] = [];
  for (const [row, positions] of gridOf(table).entries()) {
    for (let column = 0; column < positions.length; ) {
      const position = positions[column];
      if (!position) break;
      const { cell, anchorRow } = position;
      if (anchorRow === row && cell.text !== "") {
        let room = -padding;
        for (let each = column; each < column + cell.columnSpan; each++) room += columnEms[each] ?? 0;
        const needs = linesOfCell(cell, room);
        if (cell.rowSpan === 1) lines[row] = Math.max(lines[row] ?? 1, needs);
        else tall.push({ row, cell, needs });
      }
      column += cell.columnSpan;
    }
  }
  for (const { row, cell, needs } of tall) {
    let has = 0;
    for (let each = row; each < row + cell.rowSpan; each++) has += lines[each] ?? 1;
    if (has < needs) lines[row + cell.rowSpan - 1] = (lines[row + cell.rowSpan - 1] ?? 1) + needs - has;
  }
  return lines;
}

/** Figures and other runs that no program should break over two lines. */
const UNBROKEN = /[≥≤＞＜≠=<>±+-]?\d[\d.,:/-]*[%％]?|[A-Za-z]{2,12}/g;
/** Ems a digit takes in the widest of the usual fonts. */
const DIGIT = 0.62;

function unbrokenEms(text: string): number {
  let widest = 0;
  for (const [token] of text.matchAll(UNBROKEN))
    if (token.length <= 14) widest = Math.max(widest, token.length * DIGIT);
  return widest;
}

/**
 * Widths of the columns in ems, changed only as far as needed for every figure to stand on one line: narrow columns take
 * what they lack from those with room. The sum stays; where there is no room at all, the widths stay.
 */
export function fittedWidths(table: TableModel, columnEms: readonly number[], padding: number): number[] {
  const needs = columnEms.map(() => 0);
  const wide: { readonly from: number; readonly span: number; readonly needs: number }[] = [];
  for (const [row, positions] of gridOf(table).entries()) {
    for (let column = 0; column < positions.length; ) {
      const position = positions[column];
      if (!position) break;
      const { cell, anchorRow } = position;
      if (anchorRow === row && cell.text !== "" && !cell.vertical) {
        const unbroken = unbrokenEms(cell.text);
        const ems = unbroken === 0 ? 0 : unbroken + padding;
        if (cell.columnSpan === 1) needs[column] = Math.max(needs[column] ?? 0, ems);
        else if (ems > 0) wide.push({ from: column, span: cell.columnSpan, needs: ems });
      }
      column += cell.columnSpan;
    }
  }
  for (const each of wide) {
    let has = 0;
    for (let at = each.from; at < each.from + each.span; at++)
      has += Math.max(columnEms[at] ?? 0, needs[at] ?? 0);
    if (has < each.needs) {
      const more = (each.needs - has) / each.span;
      for (let at = each.from; at < each.from + each.span; at++)
        needs[at] = Math.max(columnEms[at] ?? 0, needs[at] ?? 0) + more;
    }
  }
  const lacking = columnEms.reduce((sum, ems, at) => sum + Math.max(0, (needs[at] ?? 0) - ems), 0);
  if (lacking === 0) return [...columnEms];
  // A column of text gives only what it has beyond four characters.
  const room = columnEms.map((ems, at) => Math.max(0, ems - Math.max(needs[at] ?? 0, 4 + padding)));
  const all = room.reduce((sum, ems) => sum + ems, 0);
  const share = all === 0 ? 0 : Math.min(1, lacking / all);
  const given = lacking === 0 ? 0 : (all * share) / lacking;
  return columnEms.map(
    (ems, at) => ems - (room[at] ?? 0) * share + Math.max(0, (needs[at] ?? 0) - ems) * given,
  );
}
