import { changeRule, getRuleFindings, listPolicies, listRules, shadowRun } from "@jiheng/contract/http";
import { POLICIES } from "@jiheng/scoring";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import { done } from "../../platform/outcome.ts";
import { changeRuleIn, findingsOfRule, rulesOf, shadowRunOf } from "./use-cases.ts";

/** Rules and policy packs: catalogue, changes of the region, shadow runs. */
export const ruleRoutes: readonly FeatureRoute[] = [
  route(listRules, ({ platform, caller }) => rulesOf(platform, caller)),
  route(changeRule, ({ command, params, body }) => command((work) => changeRuleIn(work, params.rule, body))),
  route(getRuleFindings, ({ platform, caller, params, query }) =>
    findingsOfRule(platform, caller, params.rule, query),
  ),
  route(listPolicies, async () =>
    done({
      body: {
        policies: POLICIES.map(({ id, version, title, draft, scope, places }) => ({
          id,
          version,
          title,
          draft,
          scope,
          places: [...places],
        })),
      },
    }),
  ),
  route(shadowRun, ({ platform, caller, params, query }) =>
    shadowRunOf(platform, caller, params.policy, query),
  ),
];
