import { barsLie } from "../charts/chart-shape.ts";
import type { ChartModel } from "../document.ts";
import {
  type FormModel,
  type GridPosition,
  gridOf,
  type ModelCell,
  type Orientation,
  type TableModel,
} from "../model.ts";
import { fittedWidths, rowLines } from "./text-extent.ts";

/** A cell of a table that is printed in two parts; on an open side it has no border. */
export interface PartCell extends ModelCell {
  readonly openAbove?: true;
  readonly openBelow?: true;
}

/** A table as it is printed: `head` first rows are repeated after a page break. */
export interface TablePart extends TableModel {
  readonly rows: readonly (readonly PartCell[])[];
  readonly head: number;
}

/** How a table is set on its page. */
export interface PagePlan {
  readonly parts: readonly TablePart[];
  /** The whole table with every position filled. */
  readonly grid: readonly (readonly GridPosition[])[];
  /** Relative widths of the columns, changed where a figure would not stand on one line. */
  readonly widths: readonly number[];
  /** Points of the text in the cells. */
  readonly points: number;
  /** Estimated height of every row, in points, part by part. */
  readonly heights: readonly (readonly number[])[];
  /** Estimated number of pages, 1 at least. */
  readonly pages: number;
}

/** Text area of an A4 page with the margins of a form, in points. */
export function textArea(orientation: Orientation): { readonly width: number; readonly height: number } {
  return orientation === "portrait" ? { width: 482, height: 728 } : { width: 728, height: 482 };
}

/** Share of a page's height up to which a table among text is not broken over two pages. */
export const SHORT_TABLE = 0.4;

/** Whether a chart's table stands above it: a tall picture may have to go to the next page, and its table fills this one. */
export function tableFirst(chart: ChartModel): boolean {
  return chart.kind === "bars" && barsLie(chart);
}

const ORDINARY = 10.5;
const DENSE = 9;
/** Left and right padding of a cell, in points. */
const PADDING = 8;

interface Setting {
  readonly points: number;
  readonly widths: readonly number[];
  readonly heights: readonly number[];
}

function settingOf(table: TableModel, grid: PagePlan["grid"], width: number, points: number): Setting {
  const total = sum(table.widths);
  const padding = PADDING / points;
  const widths = fittedWidths(
    grid,
    table.widths.map((each) => (each / total) * (width / points)),
    padding,
  );
  const least = points < ORDINARY ? 16 : 20;
  const heights = rowLines(grid, widths, padding).map((lines) => Math.max(least, lines * points * 1.3 + 4));
  return { points, widths, heights };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, each) => total + each, 0);
}

/** Heading rows must end at their lower edge: a cell that reaches further is printed as two, open towards one another. */
function cutBelowHead(rows: readonly (readonly ModelCell[])[], head: number): PartCell[][] {
  const cut: { column: number; cell: PartCell }[] = [];
  const grid = gridOf({ widths: Array.from({ length: widthOf(rows) }, () => 1), rows, repeat: null });
  const result = rows.map((cells, row) =>
    cells.map((cell): PartCell => {
      if (row >= head || row + cell.rowSpan <= head) return cell;
      const column = grid[row]?.findIndex((each) => each.cell === cell) ?? 0;
      cut.push({ column, cell: { ...cell, rowSpan: row + cell.rowSpan - head, openAbove: true } });
      return { text: "", role: cell.role, columnSpan: cell.columnSpan, rowSpan: head - row, openBelow: true };
    }),
  );
  if (cut.length === 0) return result;
  const below = grid[head] ?? [];
  const first: PartCell[] = [];
  for (let column = 0; column < below.length; ) {
    const own: PartCell | undefined = cut.find((each) => each.column === column)?.cell ?? below[column]?.cell;
    if (!own) break;
    if (below[column]?.anchorRow === head || own.openAbove) first.push(own);
    column += own.columnSpan;
  }
  result[head] = first;
  return result;
}

function widthOf(rows: readonly (readonly ModelCell[])[]): number {
  return (rows[0] ?? []).reduce((total, cell) => total + cell.columnSpan, 0);
}

function partOf(table: TableModel, from: number, to: number, head: number): TablePart {
  const rows = table.rows.slice(from, to);
  return { widths: table.widths, rows: head > 0 ? cutBelowHead(rows, head) : rows, head, repeat: null };
}

/**
 * How a table is set on a page of the given text width and height: the size of its text, and in how many parts. Programs
 * repeat only the first rows of a table, so one that surely fills more than a page is printed in two parts, the second
 * beginning with the rows to repeat; one that fits on a page stays one table.
 */
export function planTable(
  table: TableModel,
  area: { readonly width: number; readonly height: number },
): PagePlan {
  const fits = (setting: Setting, share: number): boolean => sum(setting.heights) <= area.height * share;
  const grid = gridOf(table);
  const ordinary = settingOf(table, grid, area.width, ORDINARY);
  // A form that smaller text brings near one page is set in it, as offices do; a longer one takes its pages.
  const dense = !table.dense && fits(ordinary, 0.92) ? null : settingOf(table, grid, area.width, DENSE);
  const setting = dense !== null && (table.dense || fits(dense, 1.3)) ? dense : ordinary;
  const { points, widths, heights } = setting;
  const set = { ...table, widths };
  const pages = Math.max(1, Math.ceil(sum(heights) / area.height));
  const { repeat } = table;
  const rows = table.rows.length;
  const whole = (head: number): PagePlan => ({
    parts: [partOf(set, 0, rows, head)],
    grid,
    widths,
    points,
    heights: [heights],
    pages,
  });
  if (repeat === null) return whole(0);
  if (repeat.row === 0) return whole(repeat.count);
  if (fits(setting, 0.9)) return whole(0);
  return {
    parts: [partOf(set, 0, repeat.row, 0), partOf(set, repeat.row, rows, repeat.count)],
    grid,
    widths,
    points,
    heights: [heights.slice(0, repeat.row), heights.slice(repeat.row)],
    pages,
  };
}

/** How a form is set: its table on what its caption leaves of the first page. */
export function planForm(form: FormModel): PagePlan {
  const area = textArea(form.orientation);
  return planTable(form, { width: area.width, height: area.height - 30 - form.caption.length * 22 });
}
