/** Documents as PDF. Runs in Node only: the typesetting engine is native and the fonts are files of a package. */
export { PdfUnavailable, type WrittenPdf, writePdf } from "./write-pdf.ts";
