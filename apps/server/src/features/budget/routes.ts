import {
  importBudget,
  listBudget,
  listReconciliations,
  prefillFunds,
  previewBudget,
  reconcileFunds,
  recordBudget,
} from "@jiheng/contract/http";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import { reconciliations } from "./reconciliations.ts";
import { importTable, list, prefill, previewTable, reconcile, recordEntries } from "./use-cases.ts";

/** The ledger of the finance system: imported, never typed; forms are filled from it and held against it. */
export const budgetRoutes: readonly FeatureRoute[] = [
  route(importBudget, importTable),
  route(previewBudget, previewTable),
  route(recordBudget, recordEntries),
  route(listBudget, list),
  route(listReconciliations, reconciliations),
  route(reconcileFunds, reconcile),
  route(prefillFunds, prefill),
];
