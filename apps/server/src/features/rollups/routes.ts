import {
  explainRollUp,
  getRollUp,
  makeRollUp,
  previewRollUp,
  remakeRollUp,
  splitRollUp,
} from "@jiheng/contract/http";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import { detail, explain, make, preview, remake, split } from "./use-cases.ts";

/** Forms of a department into one that knows its sources. */
export const rollUpRoutes: readonly FeatureRoute[] = [
  route(previewRollUp, preview),
  route(makeRollUp, make),
  route(remakeRollUp, remake),
  route(getRollUp, detail),
  route(explainRollUp, explain),
  route(splitRollUp, split),
];
