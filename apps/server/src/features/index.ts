import type { FeatureRoute } from "../platform/http/route.ts";
import { publicationRoutes } from "./publication/routes.ts";
import { resultRoutes } from "./results/routes.ts";
import { ruleRoutes } from "./rules/routes.ts";
import { statisticsRoutes } from "./statistics/routes.ts";

/** Every route of the interface, feature by feature. */
export const ROUTES: readonly FeatureRoute[] = [
  ...publicationRoutes,
  ...resultRoutes,
  ...ruleRoutes,
  ...statisticsRoutes,
];
