/** Readers whose engines run only in Node: every format of the package, and PDF. */
export { readDocumentFile, readGridFile } from "./read-document-file.ts";
export { closeReaders } from "./read-pdf-file.ts";
