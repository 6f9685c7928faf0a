import type { FormModel, Orientation, TableModel } from "./model.ts";

/**
 * One series of a chart. `x` and `y` are exact decimal strings (a chart is drawn from the same figures as its data table);
 * a point without a figure has null and is left out of the drawing, never drawn at 0.
 */
export interface ChartSeries {
  readonly name: string;
  readonly points: readonly { readonly x: string | null; readonly y: string | null }[];
}

/**
 * A chart as figures, free of any format. `bars`: one bar a category and series, `points[i].y` for `categories[i]`.
 * `scatter`: points at (x, y), `categories[i]` names point i of the only series.
 */
export interface ChartModel {
  readonly kind: "bars" | "scatter";
  readonly title: string;
  /** What a person who does not see the chart must know of it, with its main figures. */
  readonly description: string;
  readonly xAxis: string;
  readonly yAxis: string;
  readonly categories: readonly string[];
  readonly series: readonly ChartSeries[];
  /** The same figures as a table, printed beside or below the chart. */
  readonly table: TableModel;
}

/** Characters `start` to `end` (exclusive) of a text that come from the figure of that name; a table cell that shows it has the name as its place. */
export interface TextBinding {
  readonly start: number;
  readonly end: number;
  readonly figure: string;
}

/** A piece of a document, in reading order. */
export type DocumentBlock =
  | { readonly kind: "heading"; readonly level: 1 | 2 | 3; readonly text: string; readonly id?: string }
  | {
      readonly kind: "paragraph";
      readonly text: string;
      readonly align?: "left" | "center" | "right";
      /** Body text of official documents is indented by two characters; notes and signatures are not. */
      readonly indent?: boolean;
      readonly small?: boolean;
      /** Which parts of the text are figures of the document, in order and without overlap. */
      readonly bindings?: readonly TextBinding[];
    }
  | {
      readonly kind: "list";
      readonly items: readonly string[];
      readonly ordered: boolean;
      /** A list of notes, in the size of a small paragraph. */
      readonly small?: boolean;
    }
  | { readonly kind: "table"; readonly caption: string | null; readonly table: TableModel }
  | { readonly kind: "chart"; readonly chart: ChartModel }
  | { readonly kind: "form"; readonly form: FormModel }
  | { readonly kind: "page-break" };

/**
 * A document free of any format: bound forms, a review opinion, a department report. The same document gives the same bytes in
 * every format; it carries no clock.
 */
export interface DocumentModel {
  /** Title in the file's metadata and, with `printTitle`, above the first page. */
  readonly title: string;
  /** Index in the title where its printed form is broken over two lines: the name of a body stays whole. */
  readonly titleBreak?: number;
  /** Lines under the printed title: body, year, date as given by the caller. */
  readonly subtitle: readonly string[];
  /** Whether the title is printed at all: a document that is one form has only the form. */
  readonly printTitle: boolean;
  /** A contents page that names every heading of level 1 and every form with its page (a link where the format has pages only in print). */
  readonly contents: boolean;
  readonly orientation: Orientation;
  readonly blocks: readonly DocumentBlock[];
}

/** The title as it is printed, line by line. */
export function titleLines({ title, titleBreak }: DocumentModel): string[] {
  return titleBreak === undefined ? [title] : [title.slice(0, titleBreak), title.slice(titleBreak)];
}

/** A workbook free of any format: one sheet a form or table. */
export interface WorkbookModel {
  readonly title: string;
  /** A first sheet that names every other with a link to it. */
  readonly contents: boolean;
  readonly sheets: readonly WorkbookSheet[];
}

/** One sheet; names are made unique and free of forbidden characters by the writer. */
export type WorkbookSheet =
  | { readonly kind: "form"; readonly name: string; readonly form: FormModel }
  | {
      readonly kind: "table";
      readonly name: string;
      readonly title: string;
      readonly lines: readonly string[];
      readonly table: TableModel;
      readonly orientation: Orientation;
    };

/** Forms as one document, each beginning on a page of its own; with a contents page where there are several and it is wanted. */
export function formsDocument(forms: readonly FormModel[], contents: boolean): DocumentModel {
  const [first] = forms;
  return {
    title: first?.caption[first.titleLine] ?? "绩效自评表",
    subtitle: [],
    printTitle: false,
    contents: contents && forms.length > 1,
    orientation: first?.orientation ?? "portrait",
    blocks: forms.flatMap((form, index): DocumentBlock[] =>
      index === 0 ? [{ kind: "form", form }] : [{ kind: "page-break" }, { kind: "form", form }],
    ),
  };
}

/** Forms as one workbook, a sheet each, named by their projects. */
export function formsWorkbook(forms: readonly FormModel[], contents: boolean): WorkbookModel {
  return {
    title: forms[0]?.caption[forms[0].titleLine] ?? "绩效自评表",
    contents: contents && forms.length > 1,
    sheets: forms.map((form) => ({ kind: "form", name: form.name, form })),
  };
}
