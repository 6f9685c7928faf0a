// Plain JavaScript for every Node ≥ 20: this runs before a Node that reads TypeScript has been found.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** Whether a Node can run the TypeScript sources as they are. */
export const runsTypeScript = () => process.features.typescript === "strip";

/** The folder `node_modules` that holds a platform package, searched from `start` upwards; the executable, or null. */
export function lockedNode(start) {
  const system = process.platform === "win32" ? "win" : process.platform;
  const names = [`node-${system}-${process.arch}`, `node-bin-${system}-${process.arch}`];
  const file = process.platform === "win32" ? "node.exe" : "node";
  for (let folder = start; ; folder = dirname(folder)) {
    for (const name of names) {
      const candidate = join(folder, "node_modules", name, "bin", file);
      if (existsSync(candidate)) return candidate;
    }
    if (dirname(folder) === folder) return null;
  }
}
