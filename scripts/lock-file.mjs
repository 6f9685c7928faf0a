// Gate: the lock file names no host and holds every platform of every package, so that `npm ci` works everywhere.
// npm silently leaves out optional packages that were not published; `npm ci` then refuses the lock file.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./toolchain.mjs";

/** What is wrong with the `packages` of a lock file, one sentence each. */
export function lockFileFaults(packages) {
  const faults = [];
  for (const [path, entry] of Object.entries(packages)) {
    if (/^https?:/.test(entry.resolved ?? "")) faults.push(`${path} names the host it came from`);
    if (path.includes("node_modules/") && !entry.link && !entry.integrity)
      faults.push(`${path} has no integrity`);
    for (const name of Object.keys(entry.optionalDependencies ?? {}))
      if (!resolves(packages, path, name))
        faults.push(
          `${path} ${entry.version} wants ${name}, which is missing: pin a version that was published whole`,
        );
  }
  return faults;
}

/** Node's own search: the nearest node_modules from `path` upwards. */
function resolves(packages, path, name) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    if (packages[folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`]) return true;
    if (folder === "") return false;
  }
}

function main() {
  const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"));
  const faults = lockFileFaults(packages);
  for (const fault of faults) console.log(fault);
  console.log(`${Object.keys(packages).length} packages`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main();
