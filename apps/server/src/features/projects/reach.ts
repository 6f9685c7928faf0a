import { type Action, type Actor, conflictRefusal, rolesEver } from "@jiheng/workflow";

/** The bodies an actor may do something for: the whole region, or these and what is beneath them. */
export type Reach =
  | { readonly kind: "region" }
  | { readonly kind: "bodies"; readonly organisations: readonly string[] };

/** How far the actor's grants reach for a thing that is read in lists; of no grant, no body. `root` is the body of the region itself. */
export function reachOf(actor: Actor, action: Action, root: string, at: Date): Reach {
  const roles = rolesEver(action, null);
  const held = actor.grants.filter(({ until }) => until === null || at.getTime() <= Date.parse(until));
  if (conflictRefusal(held)) return { kind: "bodies", organisations: [] };
  const organisations = held
    .filter(({ role }) => roles.includes(role))
    .map(({ organisation }) => organisation);
  return organisations.includes(root)
    ? { kind: "region" }
    : { kind: "bodies", organisations: [...new Set(organisations)] };
}
