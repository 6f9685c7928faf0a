import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { type Account, canReach } from "./account.ts";
import { executable, type PostgresBinaries } from "./find-binaries.ts";

interface Link {
  readonly source: string;
  readonly target: string;
}

/**
 * Makes the embedded programs fit to run: with the links between their libraries (which the package makes only where install scripts
 * may run), and where the account can reach them. Where the package's folder cannot be used as it is, a copy in a cache folder is.
 */
export function prepareBinaries(binaries: PostgresBinaries, account: Account | null): PostgresBinaries {
  if (binaries.kind !== "embedded") return binaries;
  const native = dirname(binaries.folder);
  const reachable = canReach(account, join(binaries.folder, executable("postgres")));
  if (reachable && makeLinks(native)) return binaries;
  return { ...binaries, folder: join(copyToCache(native, binaries.version), "bin") };
}

/** Makes the links that are missing; false where that cannot be done there. */
function makeLinks(native: string): boolean {
  const missing = missingLinks(native);
  if (missing.length === 0) return true;
  try {
    accessSync(join(native, "lib"), constants.W_OK);
    for (const { source, target } of missing) link(native, source, target);
    return true;
  } catch {
    return false;
  }
}

function missingLinks(native: string): Link[] {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return [];
  const links = JSON.parse(readFileSync(list, "utf8")) as Link[];
  return links
    .map(({ source, target }) => ({
      source: source.replace(/^native\//, ""),
      target: target.replace(/^native\//, ""),
    }))
    .filter(({ target }) => !existsSync(join(native, target)));
}

function link(native: string, source: string, target: string): void {
  try {
    symlinkSync(basename(source), join(native, target));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

function copyToCache(native: string, version: string): string {
  const folder = join(cacheFolder(), `postgres-${version}-${process.platform}-${process.arch}`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.new-${process.pid}`;
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  for (const { source, target } of missingLinks(unfinished)) link(unfinished, source, target);
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Another process was first.
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** Root's own cache is closed to the account that runs PostgreSQL, so root uses the one of the system. */
function cacheFolder(): string {
  const home = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const places =
    process.getuid?.() === 0 ? ["/var/cache/jiheng"] : [join(home, "jiheng"), join(tmpdir(), "jiheng-cache")];
  for (const place of places) {
    try {
      mkdirSync(place, { recursive: true, mode: 0o755 });
      accessSync(place, constants.W_OK);
      return place;
    } catch {}
  }
  return tmpdir();
}
