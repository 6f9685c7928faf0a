import { findPolicy, POLICIES, type PolicyPack } from "@jiheng/scoring";
import type { Options } from "./arguments.ts";
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

/** The one policy pack that a command takes, or undefined where none was named; more than one are refused. */
export function onePolicy({ policy }: Options, command: string): PolicyPack | undefined {
  const [id, ...more] = policy;
  if (more.length > 0)
    throw new CommandError(`${command} 只能指定一个 --policy`, "要比较两个政策包请用 jiheng compare");
  return id === undefined ? undefined : policyNamed(id);
}
