/** Readers whose engines run only in Node: PDF and the old Word format. */
export { readDocument } from "../index.ts";
