import type { FeatureRoute } from "../platform/http/route.ts";
import { statisticsRoutes } from "./statistics/routes.ts";

/** Every route of the interface, feature by feature. */
export const ROUTES: readonly FeatureRoute[] = [...statisticsRoutes];
