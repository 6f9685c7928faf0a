import {
  exportEvents,
  exportLog,
  findInLog,
  getLogDigest,
  getSubjectHistory,
  listBackups,
  listEvents,
  verifyChain,
} from "@jiheng/contract/http";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import { backups, digest, events, exported, found, history, table, verify } from "./use-cases.ts";

/** What happened, who did it, and the proof of it. */
export const logRoutes: readonly FeatureRoute[] = [
  route(listEvents, events),
  route(exportEvents, table),
  route(findInLog, found),
  route(getLogDigest, digest),
  route(getSubjectHistory, history),
  route(listBackups, backups),
  route(verifyChain, verify),
  route(exportLog, exported),
];
