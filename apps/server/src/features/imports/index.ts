/** What the queue of jobs asks of imports. */
export { processImport } from "./process-import.ts";
export { countOpenImports, unfinishedImports } from "./store.ts";
