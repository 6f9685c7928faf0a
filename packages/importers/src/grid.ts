import type { Note, Origin } from "@jiheng/domain";

/** One cell after merges are resolved: the anchor of its span. Nothing in it is interpreted. */
export interface Cell {
  /** 1-based, in the grid after merges. */
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  /** Text as a reader of the document sees it; paragraphs and line breaks as "\n"; "" for an empty cell. */
  readonly text: string;
  /** The stored number where the format has typed cells (xlsx), as an exact decimal string; absent otherwise. */
  readonly number?: string;
  /** True where the cell holds a formula; `text` is then its stored result. */
  readonly formula?: boolean;
  readonly at: Origin;
}

/**
 * How far the shape of a table can be trusted: `exact` (docx, html, xlsx: spans are known), `tabs` (tab-separated or csv:
 * columns are known, spans are lost and cells may be shifted).
 */
export type Shape = "exact" | "tabs";

/** A table of a file with its merges resolved. */
export interface Table {
  readonly kind: "table";
  /** 1-based number of the table in the file, as origins print it. */
  readonly number: number;
  /** Name of the sheet, where the format has sheets. */
  readonly sheet: string | null;
  readonly shape: Shape;
  readonly rowCount: number;
  readonly columnCount: number;
  /** Anchor cells by row; `rows[0]` is row 1. Within a row they are in column order. Empty cells are present. */
  readonly rows: readonly (readonly Cell[])[];
}

/** Text outside tables: a title, a caption, a whole file without cells. */
export interface TextBlock {
  readonly kind: "text";
  readonly text: string;
  readonly at: Origin;
}

/** A piece of a file in reading order. */
export type Block = Table | TextBlock;

/** What a reader of a format hands over: the blocks of one file in reading order, nothing interpreted. */
export interface Grid {
  readonly blocks: readonly Block[];
  readonly notes: readonly Note[];
}

/** Why a file could not be read at all. `what`: what is wrong; `remedy`: what to do. Both Chinese, for people. */
export interface Refusal {
  readonly kind: "refused";
  readonly code: string;
  readonly what: string;
  readonly remedy: string;
}

/** A reader's answer: the grid, or a refusal with its reason. Readers never throw on hostile bytes. */
export type GridResult = { readonly kind: "grid"; readonly grid: Grid } | Refusal;
