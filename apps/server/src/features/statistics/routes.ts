import { getOverview, searchIndicators } from "@jiheng/contract/http";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import { libraryOf, overviewOf } from "./use-cases.ts";

/** Overview and library of indicators. */
export const statisticsRoutes: readonly FeatureRoute[] = [
  route(getOverview, ({ platform, caller, query }) =>
    overviewOf(platform, caller, query.year, query.organisation),
  ),
  route(searchIndicators, ({ platform, caller, query }) => libraryOf(platform, caller, query)),
];
