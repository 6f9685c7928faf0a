import {
  type DocumentResult,
  documentOfGrid,
  readDocument,
  type SourceFile,
  type SourceName,
} from "../index.ts";
import { formatByMagic } from "../readers/format.ts";
import { LIMITS } from "../readers/limits.ts";
import { formatNotes } from "../readers/read-grid.ts";
import { readPdfFile } from "./read-pdf-file.ts";

/**
 * Reads one file of any format into forms: `readDocument`, and PDF as well. The engine for PDF is loaded with the first
 * one. Never rejects on hostile bytes.
 */
export async function readDocumentFile(file: SourceFile & SourceName): Promise<DocumentResult> {
  const { name, bytes } = file;
  if (bytes.length > LIMITS.fileBytes || formatByMagic(bytes) !== "pdf") return readDocument(file);
  const result = await readPdfFile(bytes);
  if (result.kind === "refused") return result;
  const { blocks, notes } = result.grid;
  return documentOfGrid(file, {
    kind: "grid",
    grid: { blocks, notes: [...formatNotes(name, "pdf"), ...notes] },
  });
}
