import type { FigureSource, ReportFigure } from "@jiheng/rollup";
import type { ModelCell } from "../model.ts";
import type { Report } from "./compose-report.ts";

/** A report as plain data: what is printed where, from which figure, from which cells. The JSON form of a report. */
export interface ReportRecord {
  readonly title: string;
  readonly figures: readonly {
    readonly id: string;
    readonly text: string;
    readonly how: string;
    readonly sources: readonly FigureSource[];
  }[];
  /** Every sentence in order, with the figures in it. */
  readonly texts: readonly {
    readonly at: string;
    readonly text: string;
    readonly bindings: readonly { readonly start: number; readonly end: number; readonly figure: string }[];
  }[];
  /** Every table cell that shows a figure. */
  readonly cells: readonly { readonly at: string; readonly text: string; readonly figure: string }[];
}

/** The record of a report, in the order of its document. */
export function reportRecord(report: Report): ReportRecord {
  const placed = new Map(report.texts.map((text) => [text.at, text]));
  const texts: ReportRecord["texts"][number][] = [];
  const cells: ReportRecord["cells"][number][] = [];
  const text = (at: string, printed: string, bindings: ReportRecord["texts"][number]["bindings"] = []) =>
    texts.push({ at, text: printed, bindings: placed.get(at)?.bindings ?? bindings });
  const table = (at: string, rows: readonly (readonly ModelCell[])[]): void => {
    for (const [row, each] of rows.entries())
      for (const [column, cell] of each.entries())
        if (cell.place !== undefined)
          cells.push({ at: `${at}.rows[${row}][${column}]`, text: cell.text, figure: cell.place });
  };
  text("title", report.document.title);
  for (const [index, block] of report.document.blocks.entries()) {
    const at = `blocks[${index}]`;
    if (block.kind === "heading") text(`${at}.text`, block.text);
    else if (block.kind === "paragraph") text(`${at}.text`, block.text, block.bindings);
    else if (block.kind === "table") {
      if (block.caption !== null) text(`${at}.caption`, block.caption);
      table(`${at}.table`, block.table.rows);
    } else if (block.kind === "chart") {
      text(`${at}.chart.description`, block.chart.description);
      table(`${at}.chart.table`, block.chart.table.rows);
    }
  }
  return {
    title: report.document.title,
    figures: [...report.figures.values()].map(({ id, text: shown, how, sources }: ReportFigure) => ({
      id,
      text: shown,
      how,
      sources,
    })),
    texts,
    cells,
  };
}
