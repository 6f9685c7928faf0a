import {
  answerRectification,
  decideExtension,
  extendRectification,
  listRectifications,
  listUses,
  openRectification,
  recordUse,
  verifyRectification,
} from "@jiheng/contract/http";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import { answer, decide, decideOnExtension, extend, ledgerOf, open, uses, verify } from "./use-cases.ts";

/** What follows from a result: the rectification ledger and the next budget. */
export const resultRoutes: readonly FeatureRoute[] = [
  route(listRectifications, ({ platform, caller, query }) => ledgerOf(platform, caller, query)),
  route(openRectification, ({ command, body }) => command((work) => open(work, body))),
  route(answerRectification, ({ command, params, body }) => command((work) => answer(work, params, body))),
  route(verifyRectification, ({ command, params, body }) => command((work) => verify(work, params, body))),
  route(extendRectification, ({ command, params, body }) => command((work) => extend(work, params, body))),
  route(decideExtension, ({ command, params, body }) =>
    command((work) => decideOnExtension(work, params, body)),
  ),
  route(listUses, ({ platform, caller, query }) => uses(platform, caller, query)),
  route(recordUse, ({ command, body }) => command((work) => decide(work, body))),
];
