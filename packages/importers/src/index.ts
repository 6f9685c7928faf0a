import type { Document } from "@jiheng/domain";
import type { Refusal } from "./grid.ts";
import { readGrid, type SourceFile } from "./readers/read-grid.ts";
import { readJsonDocument } from "./readers/read-json.ts";
import { readForms } from "./recognise/index.ts";

export type { Block, Cell, Grid, GridResult, Refusal, Shape, Table, TextBlock } from "./grid.ts";
export { readGrid, type SourceFile } from "./readers/read-grid.ts";
export { readJsonDocument } from "./readers/read-json.ts";
export { readForms } from "./recognise/index.ts";
export { TEMPLATES, type TemplateInfo } from "./recognise/templates.ts";

/**
 * Reads one file into forms. `sha256` is the hash of the bytes, from the caller. What was guessed or lost is in the notes of
 * the document and of its forms; a file without a form gives a document without forms and a note "no-form".
 */
export function readDocument(
  file: SourceFile & { readonly sha256: string },
): { readonly kind: "document"; readonly document: Document } | Refusal {
  const result = readGrid(file);
  if (result.kind === "refused") return result.code === "json-reading" ? readJsonDocument(file) : result;
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
