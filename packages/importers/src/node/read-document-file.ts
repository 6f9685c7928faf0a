import {
  type DocumentResult,
  documentOfGrid,
  type GridResult,
  readDocument,
  readGrid,
  type SourceFile,
  type SourceName,
} from "../index.ts";
import { formatByMagic } from "../readers/format.ts";
import { LIMITS } from "../readers/limits.ts";
import { formatNotes } from "../readers/read-grid.ts";
import { readPdfFile } from "./read-pdf-file.ts";

/** The blocks of one file of any format: `readGrid`, and PDF as well. Never rejects on hostile bytes. */
export async function readGridFile({ name, bytes }: SourceFile): Promise<GridResult> {
  if (bytes.length > LIMITS.fileBytes || formatByMagic(bytes) !== "pdf") return readGrid({ name, bytes });
  const result = await readPdfFile(bytes);
  if (result.kind === "refused") return result;
  const { blocks, notes } = result.grid;
  return { kind: "grid", grid: { blocks, notes: [...formatNotes(name, "pdf"), ...notes] } };
}

/**
 * Reads one file of any format into forms: `readDocument`, and PDF as well. The engine for PDF is loaded with the first
 * one. Never rejects on hostile bytes.
 */
export async function readDocumentFile(file: SourceFile & SourceName): Promise<DocumentResult> {
  if (file.bytes.length > LIMITS.fileBytes || formatByMagic(file.bytes) !== "pdf") return readDocument(file);
  return documentOfGrid(file, await readGridFile(file));
}
