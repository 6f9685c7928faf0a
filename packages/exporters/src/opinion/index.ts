export { opinionDocument } from "./opinion-document.ts";
export type { OpinionSource } from "./opinion-parts.ts";
export { countsInWords } from "./opinion-parts.ts";
export { opinionWorkbook } from "./opinion-workbook.ts";
