import {
  answerImportNotes,
  cancelImport,
  downloadAnnotated,
  downloadOriginal,
  getImport,
  listImports,
  readImportedForm,
  retryImport,
  settleImport,
  startImport,
  takeImportUnderYear,
  watchImport,
} from "@jiheng/contract/http";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import {
  annotated,
  answerNotes,
  begin,
  cancel,
  detail,
  list,
  original,
  readForm,
  retry,
  settle,
  takeUnderYear,
  watch,
} from "./use-cases.ts";

/** Files in bulk: kept, read behind the answer, placed where they can only belong. */
export const importRoutes: readonly FeatureRoute[] = [
  route(startImport, begin),
  route(listImports, list),
  route(getImport, detail),
  route(watchImport, watch),
  route(downloadOriginal, original),
  route(downloadAnnotated, annotated),
  route(readImportedForm, readForm),
  route(answerImportNotes, answerNotes),
  route(takeImportUnderYear, takeUnderYear),
  route(settleImport, settle),
  route(retryImport, retry),
  route(cancelImport, cancel),
];
