// Gate: the dependency rule of .dependency-cruiser.mjs, over every import of the repository.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { cruise } from "dependency-cruiser";
import config from "../.dependency-cruiser.mjs";
import { ROOT } from "./toolchain.mjs";

const FOLDERS = ["packages", "apps", "bench", "scripts", "fixtures"];

/** Every module and every broken rule below a folder laid out like the repository. */
export async function cruiseImports(base = ROOT) {
  const folders = FOLDERS.filter((folder) => existsSync(join(base, folder)));
  const before = process.cwd();
  // The cruiser resolves manifests and reports paths from where it stands.
  process.chdir(base);
  try {
    const options = {
      ...config.options,
      baseDir: base,
      validate: true,
      ruleSet: { forbidden: config.forbidden },
    };
    const { output } = await cruise(folders, options);
    return { modules: output.modules, violations: output.summary.violations };
  } finally {
    process.chdir(before);
  }
}

/** The workspaces of which no module was seen: a gate that looked at nothing has failed. */
export function unseen(modules, base = ROOT) {
  const missing = [];
  for (const group of ["packages", "apps"]) {
    const folder = join(base, group);
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      const sources = `${group}/${name}/src/`;
      if (!existsSync(join(base, sources))) continue;
      if (!modules.some(({ source, dependencies }) => source.startsWith(sources) && dependencies))
        missing.push(sources);
    }
  }
  return missing;
}

async function main() {
  const { modules, violations } = await cruiseImports();
  const own = modules.filter(({ source }) => FOLDERS.some((folder) => source.startsWith(`${folder}/`)));
  const imports = own.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
  for (const { rule, from, to } of violations) console.log(`${rule.name}: ${from} → ${to}`);
  const missing = unseen(own);
  for (const sources of missing) console.log(`no module was seen in ${sources}`);
  if (own.length === 0 || imports === 0)
    console.log("0 modules or 0 imports were seen: the gate looked at nothing");
  console.log(
    `${own.length} modules, ${imports} imports, ${config.forbidden.length} rules, ${violations.length} broken`,
  );
  if (violations.length > 0 || missing.length > 0 || own.length === 0 || imports === 0) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
