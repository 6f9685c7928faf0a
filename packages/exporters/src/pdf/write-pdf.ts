import type { DocumentModel } from "../document.ts";
import type { ChartDrawings } from "../writers/chart-drawings.ts";
import { pdfEngine } from "./engine.ts";
import { pdfData } from "./pdf-data.ts";

export { PdfUnavailable } from "./engine.ts";

/** A written PDF and what it could not show. */
export interface WrittenPdf {
  readonly bytes: Uint8Array;
  /** Characters that no font has, each once, in the order met; in the document stands 〓 for each, the printers' mark for a missing type. */
  readonly missing: readonly string[];
}

/**
 * A document as PDF/A-2b on A4; the same document gives the same bytes on every machine. What the document says is printed, never
 * executed. Charts are drawn by `drawings.svg`; without it their description and data table stand. Synchronous, for Node only; the first call opens the engine. Throws `PdfUnavailable` where it has no binary.
 */
export function writePdf(document: DocumentModel, drawings: ChartDrawings = {}): WrittenPdf {
  const engine = pdfEngine();
  const { data, missing } = pdfData(document, drawings, engine);
  return { bytes: engine.typeset(JSON.stringify(data)), missing };
}
