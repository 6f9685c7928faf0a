import { attachEvidence, downloadEvidence, listEvidence, removeEvidence } from "@jiheng/contract/http";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import { attach, fileFor, listFor, remove } from "./use-cases.ts";

/** Files that prove what a form says. */
export const evidenceRoutes: readonly FeatureRoute[] = [
  route(listEvidence, ({ platform, caller, params }) => listFor(platform, caller, params.submission)),
  route(downloadEvidence, ({ platform, caller, params }) => fileFor(platform, caller, params)),
  route(attachEvidence, ({ command, params, body, uploads: [upload] }) =>
    command((work) => attach(work, params.submission, body.indicator, upload)),
  ),
  route(removeEvidence, ({ command, params, body }) => command((work) => remove(work, params, body.reason))),
];
