/** Forms to official layouts (one grid model for all formats) to bytes. Knows no rule and no reader. */
export { layOut } from "./layouts/lay-out.ts";
export type { LayoutPlan } from "./layouts/plan.ts";
export { LAYOUTS, layoutOf } from "./layouts/plans.ts";
export type { FormModel, ModelCell } from "./model.ts";
export { writeDocx } from "./writers/docx.ts";
export { escapeHtml, writeHtml } from "./writers/html.ts";
export { writeText } from "./writers/text.ts";
export { writeXlsx } from "./writers/xlsx.ts";
