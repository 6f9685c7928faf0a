import { showPresence } from "@jiheng/contract/http";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import { present } from "./use-cases.ts";

/** Who has which form open. */
export const presenceRoutes: readonly FeatureRoute[] = [
  route(showPresence, ({ platform, caller, params, body }) =>
    present(platform, caller, params.submission, body.at),
  ),
];
