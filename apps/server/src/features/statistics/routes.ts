import {
  comparePolicyTotals,
  getBodyStatistics,
  getMoneyStatistics,
  getOverfulfilment,
  getOverview,
  getPointStatistics,
  getScoreStatistics,
  getYearStatistics,
  listFormsBehind,
  listIndicatorUses,
  searchIndicators,
} from "@jiheng/contract/http";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import {
  comparisonOf,
  formsBehind,
  moneyOf,
  overfulfilmentOf,
  pointsOf,
  policyTotalsOf,
  scoresOf,
  yearsFor,
} from "./analysis.ts";
import { usesOf } from "./indicator-uses.ts";
import { libraryOf, overviewOf } from "./use-cases.ts";

/** Overview, analysis and library of indicators. */
export const statisticsRoutes: readonly FeatureRoute[] = [
  route(getOverview, ({ platform, caller, query }) =>
    overviewOf(platform, caller, query.year, query.organisation),
  ),
  route(getScoreStatistics, ({ platform, caller, query }) => scoresOf(platform, caller, query)),
  route(getMoneyStatistics, ({ platform, caller, query }) => moneyOf(platform, caller, query)),
  route(getPointStatistics, ({ platform, caller, query }) => pointsOf(platform, caller, query)),
  route(getOverfulfilment, ({ platform, caller, query }) => overfulfilmentOf(platform, caller, query)),
  route(getBodyStatistics, ({ platform, caller, query }) => comparisonOf(platform, caller, query)),
  route(getYearStatistics, ({ platform, caller, query }) => yearsFor(platform, caller, query)),
  route(comparePolicyTotals, ({ platform, caller, params, query }) =>
    policyTotalsOf(platform, caller, params.policy, query),
  ),
  route(listIndicatorUses, ({ platform, caller, query }) => usesOf(platform, caller, query)),
  route(listFormsBehind, ({ platform, caller, query }) => formsBehind(platform, caller, query)),
  route(searchIndicators, ({ platform, caller, query }) => libraryOf(platform, caller, query)),
];
