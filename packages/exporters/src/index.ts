/**
 * Forms to official layouts (one grid model for all formats) to bytes, and results to the answers of the contract.
 * Knows no reader and decides nothing.
 */
export { type Annotation, annotate, type CellComment, reviewComments } from "./annotate/index.ts";
export { presentReading, writeJson } from "./answers/present-reading.ts";
export { presentReview } from "./answers/present-review.ts";
export { presentConflicts, presentDerivation, presentRollUp } from "./answers/present-rollup.ts";
export { presentFormScore, presentStep } from "./answers/present-score.ts";
export {
  type ChartModel,
  type ChartSeries,
  type DocumentBlock,
  type DocumentModel,
  formsDocument,
  formsWorkbook,
  type TextBinding,
  type WorkbookModel,
  type WorkbookSheet,
} from "./document.ts";
export { layOut, lostBy } from "./layouts/lay-out.ts";
export type { LayoutPlan } from "./layouts/plan.ts";
export { LAYOUTS, layoutFor, layoutOf } from "./layouts/plans.ts";
export type { CellFormula, FormModel, ModelCell, Orientation, TableModel } from "./model.ts";
export { countsInWords, type OpinionSource, opinionDocument, opinionWorkbook } from "./opinion/index.ts";
export {
  type DepartmentReportSource,
  departmentReport,
  type Report,
  type ReportDifference,
  type ReportRecord,
  reportRecord,
  verifyReport,
} from "./report/index.ts";
export type { ChartDrawings } from "./writers/chart-drawings.ts";
export { csvField, writeCsv } from "./writers/csv.ts";
export { writeDocx } from "./writers/docx.ts";
export { escapeHtml } from "./writers/escape-html.ts";
export {
  FORM_STYLE,
  type FormFragmentOptions,
  formFragment,
  placeId,
  writeHtml,
} from "./writers/html.ts";
export { writeText } from "./writers/text.ts";
export { writeXlsx } from "./writers/xlsx.ts";
export { type ZipEntry, zipFiles } from "./writers/zip.ts";
