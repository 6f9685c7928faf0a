/** Forms to official layouts and nothing more: light enough for the page itself, where the writers of files are not. */
export { type FormModel, gridOf, type ModelCell } from "../model.ts";
export { layOut } from "./lay-out.ts";
export { layoutFor } from "./plans.ts";
