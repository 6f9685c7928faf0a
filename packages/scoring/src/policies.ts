import { national2020 } from "./packs/national-2020.ts";
import { shanghaiBureau2024 } from "./packs/shanghai-bureau-2024.ts";
import type { PolicyPack } from "./policy-pack.ts";

/** Every policy pack, in the order of the catalogue. */
export const POLICIES: readonly PolicyPack[] = [national2020, shanghaiBureau2024];

/** The pack of an id, null where there is none. */
export function findPolicy(id: string): PolicyPack | null {
  return POLICIES.find((policy) => policy.id === id) ?? null;
}
