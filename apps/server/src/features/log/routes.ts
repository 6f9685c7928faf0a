import { exportLog, getSubjectHistory, listEvents, verifyChain } from "@jiheng/contract/http";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import { events, exported, history, verify } from "./use-cases.ts";

/** What happened, who did it, and the proof of it. */
export const logRoutes: readonly FeatureRoute[] = [
  route(listEvents, events),
  route(getSubjectHistory, history),
  route(verifyChain, verify),
  route(exportLog, exported),
];
