import { gridOf } from "../model.ts";
import { escapeHtml } from "./escape-html.ts";
import type { PartCell, TablePart } from "./page-plan.ts";

interface TableOptions {
  readonly idPrefix: string;
  /** The id of a cell that shows a place, null where it has none; null where no cell has. */
  readonly placeId: ((place: string) => string | null) | null;
  readonly labelledBy: string | null;
  readonly caption?: string | null;
  readonly dense: boolean;
  readonly heights: readonly number[];
}

/** Rows estimated taller than this many points may break at the end of a page. */
const LONG_ROW = 240;

/** A browser keeps a row whole together with every row its merged cells reach. */
const LONG_SPAN = 3;

function mayBreak(cells: readonly PartCell[], height: number): boolean {
  return height > LONG_ROW || cells.some((cell) => cell.rowSpan > LONG_SPAN);
}

interface Headings {
  /** Ids of the headings of each cell. */
  readonly of: ReadonlyMap<PartCell, readonly string[]>;
  /** Ids of the labels that head others. */
  readonly ids: ReadonlyMap<PartCell, { readonly id: string; readonly scope: "col" | "row" }>;
}

function isLabel(cell: PartCell | undefined): cell is PartCell {
  return cell?.role === "label" && cell.text !== "";
}

/** A row of nothing but labels heads the columns below it, until the next such row. */
function headingRows(part: TablePart): boolean[] {
  return part.rows.map(
    (cells, row) =>
      row < part.head || (cells.filter(isLabel).length > 1 && cells.every((cell) => cell.role === "label")),
  );
}

/**
 * Which labels head a cell: those of the heading rows above that cover its columns, and the labels left of it, next to it or,
 * where other cells stand between, from the edge of the table.
 */
function headingsOf(part: TablePart, idPrefix: string): Headings {
  const grid = gridOf(part);
  const heads = headingRows(part);
  const ids = new Map<PartCell, { id: string; scope: "col" | "row" }>();
  const of = new Map<PartCell, string[]>();
  const idOf = (cell: PartCell, scope: "col" | "row"): string => {
    const known = ids.get(cell);
    if (known) return known.id;
    const id = `${idPrefix}-h${ids.size + 1}`;
    ids.set(cell, { id, scope });
    return id;
  };
  const above: { cell: PartCell; from: number; to: number }[] = [];
  for (const [row, positions] of grid.entries()) {
    if (heads[row] && !heads[row - 1]) above.length = 0;
    for (let column = 0; column < positions.length; ) {
      const position = positions[column];
      if (!position) break;
      const { cell, anchorRow, anchorColumn } = position;
      const to = anchorColumn + cell.columnSpan;
      if (anchorRow === row) {
        if (heads[row] && isLabel(cell)) above.push({ cell, from: anchorColumn, to });
        if (cell.role !== "label") {
          const left: PartCell[] = [];
          const collect = (from: number, step: 1 | -1): void => {
            for (let at = from; at >= 0 && at < anchorColumn; at += step) {
              const each = positions[at]?.cell;
              if (!isLabel(each)) break;
              if (!left.includes(each)) left.push(each);
            }
          };
          collect(anchorColumn - 1, -1);
          if (left.length === 0) collect(0, 1);
          else left.reverse();
          const columns = above.filter(
            (each) => each.from <= anchorColumn && to <= each.to && !left.includes(each.cell),
          );
          of.set(cell, [
            ...left.map((each) => idOf(each, "row")),
            ...columns.map((each) => idOf(each.cell, "col")),
          ]);
        }
      }
      column = to;
    }
  }
  return { of, ids };
}

function content(cell: PartCell): string {
  const text = escapeHtml(cell.text).replaceAll("\n", "<br>");
  return cell.vertical && text !== "" ? `<span class="v">${text}</span>` : text;
}

/** A table of a form or document; a label that is empty heads nothing and is an ordinary cell. */
export function htmlTable(part: TablePart, options: TableOptions): string {
  const { of, ids } = headingsOf(part, options.idPrefix);
  const heads = headingRows(part);
  const seen = new Set<string>();
  const cellHtml = (cell: PartCell, row: number): string => {
    const tag = isLabel(cell) ? "th" : "td";
    let attributes = "";
    const place = options.placeId && cell.place !== undefined ? options.placeId(cell.place) : null;
    const heading = ids.get(cell);
    // A heading that others name needs that id; its place is found by the cell it heads.
    if (heading) attributes += ` id="${escapeHtml(heading.id)}"`;
    else if (place !== null && !seen.has(place)) {
      seen.add(place);
      attributes += ` id="${escapeHtml(place)}"`;
    }
    if (tag === "th") attributes += ` scope="${heading?.scope ?? (heads[row] ? "col" : "row")}"`;
    if (cell.columnSpan > 1) attributes += ` colspan="${cell.columnSpan}"`;
    if (cell.rowSpan > 1) attributes += ` rowspan="${cell.rowSpan}"`;
    const headers = of.get(cell);
    if (headers && headers.length > 0) attributes += ` headers="${escapeHtml(headers.join(" "))}"`;
    const classes: string[] = [];
    if (cell.align) classes.push(cell.align === "left" ? "l" : cell.align === "center" ? "c" : "n");
    else if (cell.role === "number") classes.push("n");
    else if (cell.role === "label" && tag === "td") classes.push("c");
    if (cell.openAbove) classes.push("oa");
    if (cell.openBelow) classes.push("ob");
    if (classes.length > 0) attributes += ` class="${classes.join(" ")}"`;
    return `<${tag}${attributes}>${content(cell)}</${tag}>`;
  };
  const rows = part.rows.map(
    (cells, row) =>
      `<tr${mayBreak(cells, options.heights[row] ?? 0) ? ' class="long"' : ""}>${cells.map((cell) => cellHtml(cell, row)).join("")}</tr>`,
  );
  const total = part.widths.reduce((sum, width) => sum + width, 0);
  const columns = part.widths
    .map((width) => `<col style="width:${Math.round((width / total) * 10000) / 100}%">`)
    .join("");
  const head = part.head > 0 ? `<thead>\n${rows.slice(0, part.head).join("\n")}\n</thead>\n` : "";
  const caption = options.caption ? `<caption>${escapeHtml(options.caption)}</caption>` : "";
  return `<table class="jh-table${options.dense ? " d" : ""}"${options.labelledBy ? ` aria-labelledby="${options.labelledBy}"` : ""}>${caption}<colgroup>${columns}</colgroup>\n${head}<tbody>\n${rows.slice(part.head).join("\n")}\n</tbody>\n</table>`;
}
