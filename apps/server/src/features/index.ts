import type { FeatureRoute } from "../platform/http/route.ts";
import { ruleRoutes } from "./rules/routes.ts";
import { statisticsRoutes } from "./statistics/routes.ts";

/** Every route of the interface, feature by feature. */
export const ROUTES: readonly FeatureRoute[] = [...ruleRoutes, ...statisticsRoutes];
