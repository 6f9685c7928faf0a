import {
  cancelImport,
  downloadAnnotated,
  downloadOriginal,
  getImport,
  listImports,
  retryImport,
  settleImport,
  startImport,
  watchImport,
} from "@jiheng/contract/http";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import { annotated, begin, cancel, detail, list, original, retry, settle, watch } from "./use-cases.ts";

/** Files in bulk: kept, read behind the answer, placed where they can only belong. */
export const importRoutes: readonly FeatureRoute[] = [
  route(startImport, begin),
  route(listImports, list),
  route(getImport, detail),
  route(watchImport, watch),
  route(downloadOriginal, original),
  route(downloadAnnotated, annotated),
  route(settleImport, settle),
  route(retryImport, retry),
  route(cancelImport, cancel),
];
