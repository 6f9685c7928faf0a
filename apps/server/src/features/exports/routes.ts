import {
  downloadForm,
  downloadOpinion,
  downloadOpinions,
  downloadReport,
  exportData,
  exportForms,
  exportRows,
  listProblems,
} from "@jiheng/contract/http";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import {
  formFile,
  formLines,
  formsArchive,
  opinionFile,
  opinionsFile,
  problemsOf,
  reportFile,
  rowRecords,
} from "./use-cases.ts";

/** Official documents and data, as files: nothing is written, and nobody gets what they may not see. */
export const exportRoutes: readonly FeatureRoute[] = [
  route(downloadForm, formFile),
  route(downloadOpinion, opinionFile),
  route(downloadOpinions, opinionsFile),
  route(downloadReport, reportFile),
  route(listProblems, problemsOf),
  route(exportForms, formsArchive),
  route(exportData, formLines),
  route(exportRows, rowRecords),
];
