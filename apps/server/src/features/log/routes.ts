import { exportLog, getSubjectHistory, listBackups, listEvents, verifyChain } from "@jiheng/contract/http";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import { backups, events, exported, history, verify } from "./use-cases.ts";

/** What happened, who did it, and the proof of it. */
export const logRoutes: readonly FeatureRoute[] = [
  route(listEvents, events),
  route(getSubjectHistory, history),
  route(listBackups, backups),
  route(verifyChain, verify),
  route(exportLog, exported),
];
