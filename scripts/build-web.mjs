// Builds the web application into apps/web/dist where its sources are newer than what lies there. Run by `npm start` and the browser tests.
import { existsSync, globSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "vite";
import { ROOT } from "./toolchain.mjs";

const WEB = join(ROOT, "apps", "web");
const PAGE = join(WEB, "dist", "index.html");
const SOURCES = [
  "apps/web/src/**/*",
  "apps/web/{index.html,package.json,vite.config.ts}",
  "packages/*/src/**/*.ts",
  "package-lock.json",
];

/** Whether something the application is made from is newer than the built one. */
function isStale() {
  if (!existsSync(PAGE)) return true;
  const built = statSync(PAGE).mtimeMs;
  return globSync(SOURCES, { cwd: ROOT }).some((file) => statSync(join(ROOT, file)).mtimeMs > built);
}

/** Builds the application where it has to be built; answers the folder. */
export async function buildWeb() {
  if (isStale()) {
    const begun = new Date();
    await build({ configFile: join(WEB, "vite.config.ts"), logLevel: "error" });
    // What was changed while it was built makes it stale again.
    utimesSync(PAGE, begun, begun);
  }
  return join(WEB, "dist");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await buildWeb();
