import type { Decimal, Place } from "@jiheng/domain";

/** What a figure of the report rests on: a cell of one of the forms (by its index in the input), or a clause or parameter in words. */
export type FigureSource = { readonly form: number; readonly at: Place } | { readonly basis: string };

/**
 * One number, name or quotation of the report. Whatever the report prints that is not fixed wording is one of these, so that it can
 * be made again from the same forms and compared.
 */
export interface ReportFigure {
  /** Stable name: `funds.adjusted`, `form[3].score`. */
  readonly id: string;
  /** As printed. */
  readonly text: string;
  /** The exact value of a number; null for names and quotations. */
  readonly value: Decimal | null;
  /** Chinese: what it is and how it comes from its sources. */
  readonly how: string;
  readonly sources: readonly FigureSource[];
}

/** Collects figures in the order they are made; a name is given only once. */
export interface FigureBook {
  readonly figures: ReadonlyMap<string, ReportFigure>;
  put(figure: ReportFigure): ReportFigure;
}

/** An empty book. Putting two figures of one name is a fault of the report, not of the forms: it throws. */
export function figureBook(): FigureBook {
  const figures = new Map<string, ReportFigure>();
  return {
    figures,
    put(figure) {
      if (figures.has(figure.id)) throw new Error(`report: two figures are called ${figure.id}`);
      figures.set(figure.id, figure);
      return figure;
    },
  };
}
