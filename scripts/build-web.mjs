// Builds the web application into apps/web/dist where its sources are newer than what lies there. Run by `npm start` and the browser tests.
import { existsSync, globSync, mkdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "vite";
import { ROOT } from "./toolchain.mjs";

const WEB = join(ROOT, "apps", "web");
const PAGE = join(WEB, "dist", "index.html");
const LOCK = join(WEB, ".building");
const LONGEST_BUILD = 180_000;
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

/** Builds the application where it has to be built; answers the folder. Of two that ask at once the second waits for the first. */
export async function buildWeb() {
  const release = await lock();
  try {
    if (isStale()) {
      const begun = new Date();
      await forProduction(() => build({ configFile: join(WEB, "vite.config.ts"), logLevel: "error" }));
      // What was changed while it was built makes it stale again.
      utimesSync(PAGE, begun, begun);
    }
  } finally {
    release();
  }
  return join(WEB, "dist");
}

/** Runs a build as for production wherever it runs: within a test it would give the slow application of a developer, and leave it to the next start. */
async function forProduction(run) {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = "production";
  try {
    await run();
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

/** A folder that only one can make; one left by a build that was killed is not waited for beyond what a build takes. */
async function lock() {
  for (;;) {
    try {
      mkdirSync(LOCK, { recursive: false });
      return () => rmSync(LOCK, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      const made = statSync(LOCK, { throwIfNoEntry: false });
      if (made && Date.now() - made.mtimeMs > LONGEST_BUILD) rmSync(LOCK, { recursive: true, force: true });
      await new Promise((later) => setTimeout(later, 200));
    }
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await buildWeb();
