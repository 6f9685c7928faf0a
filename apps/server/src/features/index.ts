import type { FeatureRoute } from "../platform/http/route.ts";
import { accountRoutes } from "./accounts/routes.ts";
import { budgetRoutes } from "./budget/routes.ts";
import { callRoutes } from "./calls/routes.ts";
import { evidenceRoutes } from "./evidence/routes.ts";
import { exportRoutes } from "./exports/routes.ts";
import { importRoutes } from "./imports/routes.ts";
import { logRoutes } from "./log/routes.ts";
import { monitoringRoutes } from "./monitoring/routes.ts";
import { organisationRoutes } from "./organisations/routes.ts";
import { presenceRoutes } from "./presence/routes.ts";
import { projectRoutes } from "./projects/routes.ts";
import { publicationRoutes } from "./publication/routes.ts";
import { resultRoutes } from "./results/routes.ts";
import { rollUpRoutes } from "./rollups/routes.ts";
import { ruleRoutes } from "./rules/routes.ts";
import { sampleRoutes } from "./samples/routes.ts";
import { statisticsRoutes } from "./statistics/routes.ts";
import { submissionRoutes } from "./submissions/routes.ts";
import { webhookRoutes } from "./webhooks/routes.ts";

/** Every route of the interface, feature by feature. */
export const ROUTES: readonly FeatureRoute[] = [
  ...accountRoutes,
  ...organisationRoutes,
  ...callRoutes,
  ...projectRoutes,
  ...monitoringRoutes,
  ...publicationRoutes,
  ...resultRoutes,
  ...rollUpRoutes,
  ...ruleRoutes,
  ...sampleRoutes,
  ...statisticsRoutes,
  ...submissionRoutes,
  ...presenceRoutes,
  ...evidenceRoutes,
  ...exportRoutes,
  ...importRoutes,
  ...budgetRoutes,
  ...logRoutes,
  ...webhookRoutes,
];
