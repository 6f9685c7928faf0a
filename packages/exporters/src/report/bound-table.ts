import { formatDecimal } from "@jiheng/domain";
import type { ReportFigure } from "@jiheng/rollup";
import { cell, type ModelCell, type TableModel } from "../model.ts";

/** What a column of a report's table holds. */
export interface BoundColumn<Row> {
  readonly title: string;
  readonly width: number;
  /** A figure, fixed words, or null where the forms do not state it. */
  readonly of: (row: Row, index: number) => ReportFigure | string | null;
  readonly align?: "left" | "center" | "right";
}

/** Where the forms state nothing, the table says so. */
const NOT_STATED = "未填";

function boundCell(value: ReportFigure | string | null, align: BoundColumn<never>["align"]): ModelCell {
  if (value === null) return { ...cell(NOT_STATED), align: "center" };
  if (typeof value === "string") return { ...cell(value), align: align ?? "left" };
  const shown = { ...cell(value.text, value.value ? "number" : "text"), place: value.id };
  const typed = value.value ? { ...shown, figure: formatDecimal(value.value) } : shown;
  return align ? { ...typed, align } : typed;
}

/** A plain table with a heading row that repeats; cells that show a figure carry its name as their place. */
export function boundTable<Row>(columns: readonly BoundColumn<Row>[], rows: readonly Row[]): TableModel {
  return {
    widths: columns.map(({ width }) => width),
    rows: [
      columns.map(({ title }) => cell(title, "label")),
      ...rows.map((row, index) => columns.map(({ of, align }) => boundCell(of(row, index), align))),
    ],
    repeat: { row: 0, count: 1 },
  };
}
