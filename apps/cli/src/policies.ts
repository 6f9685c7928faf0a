import { findPolicy, POLICIES, type PolicyPack } from "@jiheng/scoring";
import { CommandError } from "./io.ts";

/** The policy pack of an id typed on the command line; an unknown id is refused with the list of known ones. */
export function policyNamed(id: string): PolicyPack {
  const found = findPolicy(id);
  if (!found)
    throw new CommandError(
      `没有政策包“${id}”`,
      `可用的政策包：${POLICIES.map((policy) => policy.id).join("、")}`,
    );
  return found;
}
