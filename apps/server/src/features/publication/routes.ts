import {
  downloadPublished,
  getPublicOverview,
  getPublished,
  listPublished,
  listWithheld,
} from "@jiheng/contract/http";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import { fileOf, formOf, listOf, publicOverviewOf, withheldOf } from "./use-cases.ts";

/** The public portal: open to all, and nothing but what was published. */
export const publicationRoutes: readonly FeatureRoute[] = [
  route(getPublicOverview, ({ platform, params }) => publicOverviewOf(platform, params.region)),
  route(listPublished, ({ platform, params, query }) => listOf(platform, params.region, query)),
  route(getPublished, ({ platform, params }) => formOf(platform, params.region, params.id)),
  route(downloadPublished, ({ platform, params }) =>
    fileOf(platform, params.region, params.id, params.format),
  ),
  route(listWithheld, ({ platform, params, query }) => withheldOf(platform, params.region, query)),
];
