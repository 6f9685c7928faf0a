import { getMonitoring, listMonitoring } from "@jiheng/contract/http";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import { monitoringList, monitoringOf } from "./use-cases.ts";

/** Lamps, alerts and forecasts of the year under way. */
export const monitoringRoutes: readonly FeatureRoute[] = [
  route(getMonitoring, ({ platform, caller, params }) => monitoringOf(platform, caller, params.submission)),
  route(listMonitoring, ({ platform, caller, query }) => monitoringList(platform, caller, query)),
];
