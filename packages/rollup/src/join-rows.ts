import { place } from "@jiheng/domain";
import type { RollUpChoices } from "./derivation.ts";
import type { Leaf, Member } from "./leaf.ts";
import { level1Key, level2Key } from "./lexicon/levels.ts";
import { nameKey } from "./lexicon/names.ts";
import { rowKindOf } from "./lexicon/row-kind.ts";

/** Rows of several projects that mean the same and become one row. */
export interface Group {
  /** Stable over the order of the inputs: ties are broken by it. */
  readonly key: string;
  /** The same without the words of the target: groups that share it print the same name. */
  readonly nameKey: string;
  readonly members: readonly Member[];
  /** Key of the group of the row this one is a sub-row of. */
  readonly parent: string | null;
}

/** Names that were said to mean the same, as a map to the first of them. */
function mergedNames(choices: RollUpChoices): ReadonlyMap<string, string> {
  const parent = new Map<string, string>();
  const find = (name: string): string => {
    let at = name;
    for (let next = parent.get(at); next !== undefined && next !== at; next = parent.get(at)) at = next;
    return at;
  };
  for (const [first, second] of choices.merges) {
    const [a, b] = [find(nameKey(first)), find(nameKey(second))];
    parent.set(a, parent.get(a) ?? a);
    if (a !== b) parent.set(b, a);
  }
  return new Map([...parent.keys()].map((name) => [name, find(name)]));
}

/**
 * Joins the rows of all projects: same level 1, level 2 and name (and, for rows in words, the same words as target).
 * Two rows of one project are never joined with each other unless a merge says so.
 */
export function joinRows(leaves: readonly Leaf[], choices: RollUpChoices): readonly Group[] {
  const merged = mergedNames(choices);
  const apart = new Set(choices.apart.map(nameKey));
  const groups = new Map<string, { nameKey: string; parent: string | null; members: Member[] }>();
  for (const leaf of leaves) {
    const seen = new Map<string, number>();
    const keys = new Map<string, string>();
    for (const [index, row] of leaf.form.indicators.entries()) {
      const kind = rowKindOf(row);
      const name = nameKey(row.name ?? "");
      const canonical = merged.get(name) ?? name;
      const parent = row.parent === null ? null : (keys.get(row.parent) ?? null);
      const own = name === "" || apart.has(name) ? `|${leaf.form.id} ${place.indicator(index)}` : "";
      const standing = `${parent === null ? "" : `${parent}>`}${level1Key(row.level1, row.level2)}|${level2Key(row.level2)}|${canonical}`;
      // Words are joined only where the same is wanted of all; a merge that names the row says that it is.
      const wanted =
        kind === "words" && !merged.has(name)
          ? `words ${nameKey(row.target.text ?? "")}`
          : kind === "words" || kind === "date"
            ? kind
            : "number";
      let key = `${standing}|${wanted}${own}`;
      const before = seen.get(key) ?? 0;
      seen.set(key, before + 1);
      if (before > 0 && !merged.has(name)) key = `${key}#${before + 1}`;
      keys.set(row.id, key);
      const group = groups.get(key) ?? { nameKey: standing, parent, members: [] };
      group.members.push({ leaf, index, row, kind });
      groups.set(key, group);
    }
  }
  return [...groups].map(([key, group]) => ({ key, ...group }));
}
