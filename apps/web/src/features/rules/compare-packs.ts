import { showCitation } from "@jiheng/law";
import { type PolicyPack, policyParameters } from "@jiheng/scoring";

/** One parameter in two packs: null where a pack has none of that name. */
export interface ComparedParameter {
  readonly name: string;
  readonly a: { readonly value: string; readonly basis: string } | null;
  readonly b: { readonly value: string; readonly basis: string } | null;
  readonly differs: boolean;
}

/** The parameters of a pack, or of two beside each other: those of the first in its order, then what only the second has. */
export function comparePacks(a: PolicyPack, b: PolicyPack | null): readonly ComparedParameter[] {
  const [ofA, ofB] = [parametersOf(a), b ? parametersOf(b) : new Map<string, Shown>()];
  return [...new Set([...ofA.keys(), ...ofB.keys()])].map((name) => {
    const [x, y] = [ofA.get(name) ?? null, ofB.get(name) ?? null];
    return { name, a: x, b: y, differs: b !== null && x?.value !== y?.value };
  });
}

interface Shown {
  readonly value: string;
  readonly basis: string;
}

/** Parameters of one name (several remarks, several duties) are one entry with their values in order. */
function parametersOf(policy: PolicyPack): ReadonlyMap<string, Shown> {
  const shown = new Map<string, Shown>();
  for (const { name, value, basis } of policyParameters(policy)) {
    const before = shown.get(name);
    const words = showCitation(basis);
    shown.set(
      name,
      before
        ? {
            value: `${before.value}\n${value}`,
            basis: before.basis === words ? words : `${before.basis}\n${words}`,
          }
        : { value, basis: words },
    );
  }
  return shown;
}
