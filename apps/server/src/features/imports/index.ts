/** What the queue of jobs asks of imports. */
export { processImport } from "./process-import.ts";
export { unfinishedImports } from "./store.ts";
