import type { GridPosition, ModelCell } from "../model.ts";

type Grid = readonly (readonly GridPosition[])[];

/** Width of a text in ems: Chinese characters take one, Latin letters and digits half of one. */
function emsOf(text: string): number {
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

/** Labels longer than this are sentences, which end where they end. */
const LONGEST_LABEL = 16;

/**
 * Ems to set a label or a name in where its last line would be a single character: 经济成本指标 in room for five is 经济成本 above
 * 指标, another label is parted in the middle. Null where it is well set in the room it has, in one line, or in no width.
 */
export function evenRoom(label: string, ems: number): number | null {
  const length = emsOf(label);
  const each = Math.floor(ems + 0.02);
  if (label.includes("\n") || label.length > LONGEST_LABEL || /\d/.test(label) || each < 2 || length <= each)
    return null;
  const lines = Math.ceil(length / each);
  if (length - (lines - 1) * each > 1) return null;
  const even = lines === 2 && label.endsWith("指标") ? length - 2 : Math.ceil(length / lines);
  // Half an em to spare: fonts that stand in for those named are a little wider.
  return even < each && length - (lines - 1) * even > 1 ? even + 0.4 : null;
}

function linesOfCell(cell: ModelCell, ems: number): number {
  return linesOf(cell.text, cell.vertical ? 1 : ems);
}

/**
 * Lines of text each row needs, given the room of every column in ems: the tallest cell, where what a cell over
 * several rows still lacks goes to its last row. An estimate: programs for texts do their own, spreadsheets need one.
 */
export function rowLines(grid: Grid, columnEms: readonly number[], padding: number): number[] {
  const lines = grid.map(() => 1);
  const tall: { readonly row: number; readonly cell: ModelCell; readonly needs: number }[] = [];
  for (const [row, positions] of grid.entries()) {
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
/** Ems a digit and a sign of comparison take, with some room for fonts that stand in for those named. */
const DIGIT = 0.56;
const SIGN = 1;
/** Ems a label or a short text keeps, whatever others lack: 一级指标, 项目名称. */
const LEAST_TEXT = 4.3;
/** Share of its planned width that a longer text keeps. */
const LEAST_SHARE = 0.75;

function unbrokenEms({ text, role }: ModelCell): number {
  if (role === "label") return 0;
  let widest = 0;
  for (const [token] of text.matchAll(UNBROKEN))
    if (token.length <= 14)
      widest = Math.max(widest, token.length * DIGIT + (/^[≥≤＞＜≠=<>±]/.test(token) ? SIGN - DIGIT : 0));
  return widest;
}

/** What the cells over the same columns need: `must` is taken from others, `keep` is not given to them. */
interface Need {
  readonly from: number;
  readonly to: number;
  must: number;
  keep: number;
}

function needsOf(grid: Grid, columnEms: readonly number[], padding: number): Need[] {
  const needs = new Map<number, Need>();
  for (const [row, positions] of grid.entries()) {
    for (let column = 0; column < positions.length; ) {
      const position = positions[column];
      if (!position) break;
      const { cell, anchorRow } = position;
      if (anchorRow === row && cell.text !== "") {
        const key = column * 1024 + cell.columnSpan;
        const need = needs.get(key) ?? { from: column, to: column + cell.columnSpan, must: 0, keep: 0 };
        const unbroken = cell.vertical ? 1.3 : unbrokenEms(cell);
        if (unbroken > 0) need.must = Math.max(need.must, unbroken + padding);
        const ems = cell.vertical ? 1.3 : emsOf(cell.text);
        let planned = 0;
        for (let at = need.from; at < need.to; at++) planned += columnEms[at] ?? 0;
        const least = Math.min(ems + padding, Math.max(LEAST_TEXT + padding, planned * LEAST_SHARE));
        need.keep = Math.max(need.keep, need.must, least);
        needs.set(key, need);
      }
      column += cell.columnSpan;
    }
  }
  return [...needs.values()];
}

/**
 * Widths of the columns in ems, changed only as far as needed for every figure to stand on one line: cells that are too
 * narrow take what they lack from columns with room. The sum stays; where there is no room, so do the widths.
 */
export function fittedWidths(grid: Grid, columnEms: readonly number[], padding: number): number[] {
  const widths = [...columnEms];
  const needs = needsOf(grid, columnEms, padding);
  const widthOf = ({ from, to }: Need): number => {
    let width = 0;
    for (let at = from; at < to; at++) width += widths[at] ?? 0;
    return width;
  };
  const spare = (column: number): number => {
    let least = Number.POSITIVE_INFINITY;
    for (const need of needs)
      if (need.from <= column && column < need.to) least = Math.min(least, widthOf(need) - need.keep);
    return Math.min(least, (widths[column] ?? 0) - 0.5);
  };
  for (const need of needs) {
    for (let turn = 0; turn < widths.length; turn++) {
      const has = widthOf(need);
      const lacking = need.must - has;
      if (lacking <= 0.001) break;
      let giver = -1;
      let most = 0.01;
      for (let column = 0; column < widths.length; column++) {
        if (column >= need.from && column < need.to) continue;
        const each = spare(column);
        if (each > most) {
          most = each;
          giver = column;
        }
      }
      if (giver < 0) break;
      const given = Math.min(most, lacking);
      widths[giver] = (widths[giver] ?? 0) - given;
      for (let at = need.from; at < need.to; at++) widths[at] = (widths[at] ?? 0) * (1 + given / has);
    }
  }
  return widths;
}
