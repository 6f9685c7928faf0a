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
