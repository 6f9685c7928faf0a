import type { Document } from "@jiheng/domain";
import type { GridResult, Refusal } from "./grid.ts";
import { readGrid, type SourceFile } from "./readers/read-grid.ts";
import { readJsonDocument } from "./readers/read-json.ts";
import { readForms } from "./recognise/index.ts";

export type { Block, Cell, Grid, GridResult, Refusal, Shape, Table, TextBlock } from "./grid.ts";
export { type Original, type OriginalTable, originalOf, type Spot } from "./original.ts";
export {
  type OperatorList,
  type PageFrame,
  type PdfFont,
  pageOfOperators,
} from "./readers/pdf/operators.ts";
export type { PdfGlyph, PdfPage, PdfRule } from "./readers/pdf/page.ts";
export { readPdfPages } from "./readers/pdf/read-pdf-pages.ts";
export { readGrid, type SourceFile } from "./readers/read-grid.ts";
export { readJsonDocument } from "./readers/read-json.ts";
export { readForms } from "./recognise/index.ts";
export { TEMPLATES, type TemplateInfo } from "./recognise/templates.ts";
export { type Unpacked, type UnpackedFile, unpack } from "./unpack.ts";

/** A document that was read, or why it was not. */
export type DocumentResult = { readonly kind: "document"; readonly document: Document } | Refusal;

/** What is known of a file without its content: its name, and the hash of its bytes. */
export interface SourceName {
  readonly name: string;
  readonly sha256: string;
}

/**
 * Reads one file into forms. `sha256` is the hash of the bytes, from the caller. What was guessed or lost is in the notes of
 * the document and of its forms; a file without a form gives a document without forms and a note "no-form".
 */
export function readDocument(file: SourceFile & SourceName): DocumentResult {
  const result = readGrid(file);
  if (result.kind === "refused" && result.code === "json-reading") return readJsonDocument(file);
  return documentOfGrid(file, result);
}

/** Reads the forms in a grid that is there already, as `readDocument` does: the way in for PDF, whose engine is injected. */
export function documentOfGrid(file: SourceName, result: GridResult): DocumentResult {
  if (result.kind === "refused") return result;
  const { grid } = result;
  const { forms, notes: formNotes } = readForms(grid, { sha256: file.sha256 });
  const notes = [...grid.notes, ...formNotes.filter((note) => !grid.notes.includes(note))];
  if (forms.length === 0 && !notes.some((note) => note.code === "no-form"))
    notes.push({
      level: "lost",
      code: "no-form",
      says: "文件中没有找到绩效自评表：没有资金栏目，也没有指标栏目",
      place: null,
      at: null,
    });
  return { kind: "document", document: { file: file.name, sha256: file.sha256, notes, forms } };
}
