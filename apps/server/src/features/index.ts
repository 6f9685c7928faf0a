import type { FeatureRoute } from "../platform/http/route.ts";

/** Every route of the interface, feature by feature. */
export const ROUTES: readonly FeatureRoute[] = [];
