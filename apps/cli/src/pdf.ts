import type { ChartDrawings, DocumentModel } from "@jiheng/exporters";
import type { WrittenPdf } from "@jiheng/exporters/pdf";
import { CommandError, type Io } from "./io.ts";

/** A document as PDF; where this machine cannot make one, a `CommandError` says what to do instead. */
export async function pdfOf(document: DocumentModel, drawings?: ChartDrawings): Promise<WrittenPdf> {
  // Large and native: loaded only where a PDF is asked for.
  const { PdfUnavailable, writePdf } = await import("@jiheng/exporters/pdf");
  try {
    return writePdf(document, drawings);
  } catch (error) {
    if (!(error instanceof PdfUnavailable)) throw error;
    throw new CommandError(error.message, "写成 docx 或 html 后可以用办公软件或浏览器转成 PDF");
  }
}

/** Tells the characters that a PDF could not print. */
export function tellMissing(missing: readonly string[], io: Io): void {
  if (missing.length > 0)
    io.err(`字体里没有这些字，PDF 里印作“〓”：${missing.join(" ")}。请改用 docx，或更换用字。\n`);
}
