import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { totalmem } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import type { Log } from "../log.ts";
import { type Account, accountForPostgres, asAccount, canReach } from "./account.ts";
import { executable, type Made, type PostgresBinaries, type PostgresKind } from "./find-binaries.ts";
import { PostgresUnavailable } from "./postgres-unavailable.ts";
import { isRunning, makersOf, processesIn, signal } from "./server-process.ts";

/** Where the data of one server lies, and who owns it. */
export interface Place {
  /** The folder of PostgreSQL itself. */
  readonly cluster: string;
  readonly account: Account | null;
  /** File of the data folder that names the place where it lies elsewhere; written once there is something. */
  readonly pointer: string | null;
}

/** What we wrote into the folder when it was made. The passwords are nowhere else. */
export interface ClusterRecord {
  readonly kind: PostgresKind;
  readonly version: string;
  /** How text is ordered where a query does not say. */
  readonly collation: string;
  readonly adminPassword: string;
  readonly password: string;
}

/** The account that does what only a superuser may; the server's own queries never run as it. */
export const ADMIN = "postgres";
/** The account and the database of the server: owner of its tables, nothing more. */
export const OWNER = "jiheng";
export const DATABASE = "jiheng";

const RECORD = "jiheng.json";
/** Root's home is closed to every account PostgreSQL may run as; then its files lie here. */
const SHELTER = "/var/lib/jiheng";
/** Room for the address of a Unix socket: 108 bytes on Linux and 104 on macOS, with the zero at the end. */
const SOCKET_ADDRESS = process.platform === "darwin" ? 103 : 107;

/**
 * Finds or makes the place of a data folder: `postgres` in it, or a folder of the system where the account that PostgreSQL must run as
 * cannot enter it; `postgres.location` then names that.
 */
export function placeFor(dataDir: string, log: Log): Place {
  const home = resolve(dataDir);
  makeFolder(home);
  const pointer = join(home, "postgres.location");
  if (existsSync(pointer)) {
    const cluster = readFileSync(pointer, "utf8").trim();
    if (!existsSync(cluster))
      throw new PostgresUnavailable(
        "folder",
        `${pointer} 说数据库文件在 ${cluster}，那里却没有。没有另建一个空的：请把它放回原处，或从备份恢复到新的数据目录。`,
      );
    return { cluster, account: accountForPostgres(cluster), pointer };
  }
  const inside = join(home, "postgres");
  const account = accountForPostgres(inside);
  if (canReach(account, home)) return { cluster: inside, account, pointer: null };
  const cluster = join(SHELTER, createHash("sha256").update(home).digest("hex").slice(0, 12));
  makeFolder(SHELTER);
  log.warn(
    `账户 ${account?.name} 进不了 ${home}，而 PostgreSQL 不能以 root 运行：数据库文件改放 ${cluster}，记在 ${pointer}`,
  );
  return { cluster, account, pointer };
}

function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  try {
    mkdirSync(folder, { recursive: true });
    // The umask may have closed it to the account that PostgreSQL runs as.
    if (process.getuid?.() === 0) chmodSync(folder, 0o755);
  } catch (error) {
    throw new PostgresUnavailable("folder", `不能建立数据目录 ${folder}：${String(error)}`, { cause: error });
  }
}

/** What made the folder, or null where there is none yet. */
export function whatMade({ cluster }: Place): Made | null {
  let major: number;
  try {
    major = Number.parseInt(readFileSync(join(cluster, "PG_VERSION"), "utf8"), 10);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT" && !existsSync(cluster)) return null;
    throw new PostgresUnavailable(
      "folder",
      `${cluster} 不是 PostgreSQL 的数据目录，或本账户无权读取它（${String(error)}）。请换一个空目录，或把它移开。`,
      { cause: error },
    );
  }
  return { major, by: readRecord(cluster).kind };
}

/** What we wrote into the folder when it was made. */
export function readRecord(cluster: string): ClusterRecord {
  try {
    return JSON.parse(readFileSync(join(cluster, RECORD), "utf8")) as ClusterRecord;
  } catch (error) {
    throw new PostgresUnavailable(
      "folder",
      `${join(cluster, RECORD)} 读不了：它记着数据库的口令，没有它就打不开这个数据目录。请从备份恢复这个文件，或用 jiheng restore 恢复到新目录。`,
      { cause: error },
    );
  }
}

/** Makes the folder whole or not at all: it is filled under another name and renamed. Two that do it at once end with one of them. */
export async function initialise(
  place: Place,
  binaries: PostgresBinaries,
  log: Log,
  { synced }: { readonly synced: boolean },
): Promise<void> {
  const { cluster, account } = place;
  const unfinished = `${cluster}.new-${process.pid}-${randomBytes(3).toString("hex")}`;
  const adminPassword = randomBytes(24).toString("base64url");
  const passwordFile = `${unfinished}.password`;
  try {
    writeFileSync(passwordFile, `${adminPassword}\n`, { mode: 0o600 });
    giveTo(account, passwordFile);
    const collation = await initdb(binaries, account, unfinished, passwordFile, synced ? [] : ["--no-sync"]);
    if (collation !== COLLATIONS[0]?.name)
      log.warn(`PostgreSQL 不支持按拼音排序（ICU zh），改用 ${collation} 的顺序`);
    const record: ClusterRecord = {
      kind: binaries.kind,
      version: binaries.version,
      collation,
      adminPassword,
      password: randomBytes(24).toString("base64url"),
    };
    writeFileSync(join(unfinished, RECORD), `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
    giveTo(account, join(unfinished, RECORD));
    appendFileSync(join(unfinished, "postgresql.conf"), tuning());
    renameSync(unfinished, cluster);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    const lost = ["ENOTEMPTY", "EEXIST", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "");
    if (!(lost && existsSync(join(cluster, "PG_VERSION")))) throw error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Removes folders half made by processes that were killed at it. */
export function removeUnfinished({ cluster }: Place): void {
  const folder = dirname(cluster);
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${basename(cluster)}.new-`)) continue;
    const maker = Number(name.slice(basename(cluster).length + ".new-".length).split("-")[0]);
    if (isRunning(maker)) continue;
    const unfinished = join(folder, name);
    for (const pid of makersOf(unfinished)) signal(pid, "SIGKILL");
    for (const pid of processesIn(unfinished)) signal(pid, "SIGKILL");
    // Until they are gone they may still write there.
    for (let tries = 0; tries < 5 && existsSync(unfinished); tries++)
      rmSync(unfinished, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** By preference. Names are stored data: an order that a dictionary gives, else one by code points. */
const COLLATIONS = [
  {
    name: "ICU zh",
    args: ["--locale-provider=icu", "--icu-locale=zh", "--locale=C", `--lc-ctype=${utf8()}`],
  },
  {
    name: "ICU zh (LC_CTYPE C)",
    args: ["--locale-provider=icu", "--icu-locale=zh", "--locale=C"],
  },
  { name: "zh_CN.UTF-8", args: ["--locale=zh_CN.UTF-8", "--lc-messages=C"] },
  { name: utf8(), args: [`--locale=${utf8()}`, "--lc-messages=C"] },
  { name: "C", args: ["--locale=C"] },
] as const;

/** Without a UTF-8 character type, pg_trgm takes no Chinese character for a letter. */
function utf8(): string {
  return process.platform === "darwin" ? "en_US.UTF-8" : "C.UTF-8";
}

async function initdb(
  binaries: PostgresBinaries,
  account: Account | null,
  folder: string,
  passwordFile: string,
  more: readonly string[],
): Promise<string> {
  let said = "";
  for (const { name, args } of COLLATIONS) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { mode: 0o700 });
    giveTo(account, folder);
    const { code, output } = await run(join(binaries.folder, executable("initdb")), account, [
      ...["--pgdata", folder, "--username", ADMIN, "--pwfile", passwordFile, "--encoding", "UTF8"],
      ...["--auth-local=scram-sha-256", "--auth-host=scram-sha-256", "--data-checksums"],
      ...["--text-search-config=simple", ...args, ...more],
    ]);
    if (code === 0) return name;
    said = output;
    if (!/locale|ICU|collation|encoding/i.test(output)) break;
  }
  throw new PostgresUnavailable("cannotInitialise", initialisingFailed(folder, said));
}

function initialisingFailed(folder: string, said: string): string {
  if (/could not look up effective user ID/.test(said))
    return `当前账户（uid ${process.getuid?.()}）没有用户名，PostgreSQL 不肯用它建立数据目录。请在 /etc/passwd 里给它一个名字，换一个有名字的账户，或用 --database 给出数据库地址。`;
  const reason = /No space left/.test(said) ? "磁盘已满" : lastLines(said);
  return `不能在 ${folder} 初始化数据库：${reason}`;
}

/** The end of what a program said, for a message. */
export function lastLines(text: string): string {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-3)
    .join(" / ");
}

function run(program: string, account: Account | null, args: readonly string[]) {
  return new Promise<{ code: number | null; output: string }>((done) => {
    const child = spawn(program, args, {
      ...asAccount(account),
      env: environment(),
      cwd: "/",
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    let output = "";
    child.stdout.on("data", (data) => {
      output += data;
    });
    child.stderr.on("data", (data) => {
      output += data;
    });
    child.on("error", (error) => done({ code: null, output: notStarted(program, error) }));
    child.on("close", (code) => done({ code, output }));
  });
}

/** What a program of PostgreSQL that did not even start means. */
export function notStarted(program: string, error: Error): string {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "ENOENT" && existsSync(program)
    ? `${program} 在这个系统上运行不了：它需要 glibc（Alpine 等 musl 系统没有）。请安装系统的 PostgreSQL 并设 JIHENG_POSTGRES=system。`
    : `${program}：${error.message}`;
}

/** The environment of a program of PostgreSQL: ours without what would redirect it. */
export function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("PG"));
  return { ...Object.fromEntries(kept), ...(process.platform === "win32" ? {} : { LC_ALL: "C" }) };
}

function giveTo(account: Account | null, path: string): void {
  if (account) chownSync(path, account.uid, account.gid);
}

/** Written once, into the folder's own postgresql.conf: an operator may change it there. */
function tuning(): string {
  const memory = Math.min(process.constrainedMemory() || Number.POSITIVE_INFINITY, totalmem()) / 2 ** 20;
  const buffers = Math.round(Math.min(1024, Math.max(128, memory / 8)));
  const lines = [
    `shared_buffers = ${buffers}MB`,
    `effective_cache_size = ${Math.max(256, Math.round(memory / 2))}MB`,
    "work_mem = 16MB",
    "maintenance_work_mem = 128MB",
    "max_wal_size = 2GB",
    "random_page_cost = 1.1",
    "jit = off",
    "timezone = 'UTC'",
    "log_timezone = 'UTC'",
    // Statements and details of errors hold what people typed; the log is to hold none of it.
    "log_min_messages = log",
    "log_min_error_statement = panic",
    "log_error_verbosity = terse",
    "log_checkpoints = off",
    ...(isSmallSharedMemory() ? ["dynamic_shared_memory_type = mmap"] : []),
  ];
  return `\n# jiheng\n${lines.join("\n")}\n`;
}

/** Containers often have 64 MB there, which one parallel query can fill. */
function isSmallSharedMemory(): boolean {
  try {
    const { bsize, blocks } = statfsSync("/dev/shm");
    return bsize * blocks < 256 * 2 ** 20;
  } catch {
    return false;
  }
}

/**
 * The folder of the Unix socket: the data folder itself, where its path leaves room for the address, else one below /tmp named after it.
 * The same for every process, so that all of them find the server.
 */
export function socketFolderFor({ cluster, account }: Place, port: number): string {
  const fits = (folder: string) => Buffer.byteLength(join(folder, `.s.PGSQL.${port}.lock`)) <= SOCKET_ADDRESS;
  if (fits(cluster)) return cluster;
  const owner = account?.uid ?? process.getuid?.() ?? 0;
  const name = createHash("sha256").update(cluster).digest("hex").slice(0, 16);
  for (const suffix of ["", "-1", "-2", "-3"]) {
    const folder = `/tmp/jiheng-${name}${suffix}`;
    if (!existsSync(folder)) {
      mkdirSync(folder, { mode: 0o700 });
      giveTo(account, folder);
    }
    // Anybody may make folders there: one that is not ours alone is passed over.
    const { uid, mode } = lstatSync(folder);
    if (uid === owner && (mode & 0o170777) === 0o040700) return folder;
  }
  throw new PostgresUnavailable("folder", `/tmp/jiheng-${name} 属于别的账户，不能放置数据库的套接字。`);
}
