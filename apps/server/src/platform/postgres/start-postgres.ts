import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Log } from "../log.ts";
import { asAccount } from "./account.ts";
import {
  ADMIN,
  type ClusterRecord,
  DATABASE,
  environment,
  initialise,
  lastLines,
  notStarted,
  OWNER,
  type Place,
  placeFor,
  readRecord,
  removeUnfinished,
  socketFolderFor,
  whatMade,
} from "./cluster.ts";
import {
  chooseBinaries,
  embeddedBinaries,
  executable,
  type PostgresBinaries,
  type PostgresKind,
  systemBinaries,
} from "./find-binaries.ts";
import { PostgresUnavailable } from "./postgres-unavailable.ts";
import { prepareBinaries } from "./prepare-binaries.ts";
import { clearStalePidFile, processesIn, processState, readPidFile, signal } from "./server-process.ts";

/** How to reach a server: `host` is the folder of a Unix socket, or a loopback address where there are none. */
export interface PostgresConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** What a server is started from. */
export interface PostgresOptions {
  /** The data folder of the installation; the database's files lie in `postgres` below it. */
  readonly dataDir: string;
  readonly log: Log;
  /** `embedded`, `system` or a folder of programs; from JIHENG_POSTGRES where it is not said. */
  readonly postgres?: string | undefined;
  /** Settings of PostgreSQL that win over ours. Only the process that starts the server decides them. */
  readonly settings?: Readonly<Record<string, string>>;
  /** False for a command that makes sense only where there is a database already. */
  readonly mayInitialise?: boolean;
}

/** A server under our supervision, shared with every other process of ours that started it on the same folder. */
export interface RunningPostgres {
  /** For the server's own work: owner of its database and nothing more. */
  readonly connection: PostgresConnection;
  /** For making and dropping databases. */
  readonly admin: PostgresConnection;
  readonly kind: PostgresKind;
  /** Where its files lie: what is written is written to the disk of this folder. */
  readonly folder: string;
  /** As the server says it: `18.4`. */
  readonly version: string;
  /** `initialised`: the folder was made as well; `adopted`: it ran already. */
  readonly how: "initialised" | "started" | "adopted";
  /** Process id of the server at this moment; null while it is down. */
  readonly pid: () => number | null;
  /** Ends our part. The server is stopped if no other process of ours uses it. */
  readonly stop: () => Promise<"stopped" | "leftToOthers">;
  /** Tells when the server ends under us and when it is back; it is started again in between. Returns what takes the listener off. */
  readonly onExit: (listener: (event: "lost" | "back") => void) => () => void;
}

const PORT = 5432;
/** Known in pg_stat_activity: whoever holds such a connection uses the server. */
const SUPERVISOR = "jiheng supervisor";
/** Held while a process decides whether it is the last one out. */
const LEAVING = 7_239_001;
const ATTEMPTS = 40;
const PAUSE = 150;
/** Recovery after a crash reads the log through, which may take minutes; it is never cut short while it goes on. */
const LONGEST_RECOVERY = 10 * 60_000;
/** A request for a fast stop ends all sessions and writes a checkpoint. */
const LONGEST_STOP = 60_000;
const LARGEST_LOG = 5 * 2 ** 20;

/** Starts the database server of a data folder, or joins the one that runs there; makes the folder where there is none. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const supervisor = new Supervisor(options);
  return supervisor.start();
}

/** How the program we started ended. */
interface LastWords {
  readonly said: string;
  readonly wasKilled: boolean;
}

interface Attached {
  readonly client: pg.Client;
  readonly host: string;
  readonly port: number;
}

class Supervisor {
  readonly #options: PostgresOptions;
  readonly #place: Place;
  readonly #listeners = new Set<(event: "lost" | "back") => void>();
  readonly #binaries: PostgresBinaries;
  #record: ClusterRecord | null = null;
  #attached: Attached | null = null;
  #child: ChildProcess | null = null;
  #spawned = false;
  #lastWords: LastWords | null = null;
  #stopping = false;
  #stopped: Promise<"stopped" | "leftToOthers"> | null = null;
  #restarting: Promise<void> | null = null;

  constructor(options: PostgresOptions) {
    this.#options = options;
    if (!existsSync(options.dataDir)) this.#requireMayInitialise();
    this.#place = placeFor(options.dataDir, options.log);
    const chosen = chooseBinaries({
      wish: options.postgres ?? process.env.JIHENG_POSTGRES,
      made: whatMade(this.#place),
      embedded: embeddedBinaries(),
      system: systemBinaries(),
    });
    this.#binaries = prepareBinaries(chosen, this.#place.account);
  }

  async start(): Promise<RunningPostgres> {
    const { log, settings } = this.#options;
    const { cluster, pointer } = this.#place;
    const isNew = !existsSync(cluster);
    if (isNew) this.#requireMayInitialise();
    if (isNew) await initialise(this.#place, this.#binaries, log, { synced: settings?.fsync !== "off" });
    if (pointer !== null) writeFileSync(pointer, `${cluster}\n`);
    removeUnfinished(this.#place);
    const record = readRecord(cluster);
    this.#record = record;
    const { host, port } = await this.#bringUp();
    const client = this.#client();
    await makeOwnDatabase(client, record.password);
    await this.#renewIndexes(client);
    const version = (await client.query("show server_version")).rows[0].server_version.split(" ")[0];
    const address = { host, port };
    return {
      connection: { ...address, user: OWNER, password: record.password, database: DATABASE },
      admin: { ...address, user: ADMIN, password: record.adminPassword, database: "postgres" },
      kind: record.kind,
      folder: cluster,
      version,
      how: isNew ? "initialised" : this.#spawned ? "started" : "adopted",
      pid: () => (this.#attached ? (readPidFile(this.#place.cluster)?.pid ?? null) : null),
      stop: () => {
        this.#stopped ??= this.#stop();
        return this.#stopped;
      },
      onExit: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
    };
  }

  #requireMayInitialise(): void {
    const { dataDir, mayInitialise = true } = this.#options;
    if (!mayInitialise)
      throw new PostgresUnavailable("folder", `${dataDir} 里没有数据库。请检查 --data 给出的数据目录。`);
  }

  /** Another ICU may order text in another way: what was sorted by the old one is sorted anew, before anything is looked up in it. */
  async #renewIndexes(client: pg.Client): Promise<void> {
    const { rows } = await client.query<{ datname: string }>(
      "select datname from pg_database where datallowconn and datcollversion <> pg_database_collation_actual_version(oid)",
    );
    for (const { datname } of rows) {
      this.#options.log.warn(`排序规则的版本变了，正在重建数据库 ${datname} 的索引`);
      const name = client.escapeIdentifier(datname);
      const inside = this.#newClient({ host: client.host, port: client.port }, datname);
      await inside.connect();
      try {
        await inside.query(`reindex database ${name}`);
        await inside.query(`alter database ${name} refresh collation version`);
      } finally {
        await inside.end();
      }
    }
  }

  #newClient(address: { host: string; port: number }, database: string): pg.Client {
    const client = new pg.Client({
      ...address,
      database,
      user: ADMIN,
      password: this.#record?.adminPassword ?? "",
      application_name: SUPERVISOR,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    });
    // An error of the connection also ends the query that runs on it, which is where it is dealt with.
    client.on("error", () => {});
    return client;
  }

  #client(): pg.Client {
    if (this.#attached === null) throw new PostgresUnavailable("cannotStart", "数据库服务器刚启动又停了。");
    return this.#attached.client;
  }

  /** Joins the server, or starts it and joins it. */
  async #bringUp(): Promise<Attached> {
    let spawns = 0;
    let waits = 0;
    let said = "";
    const deadline = Date.now() + LONGEST_RECOVERY;
    this.#takeLastWords();
    while (!this.#stopping) {
      const last = this.#takeLastWords();
      if (last !== null) {
        said = last.said;
        if (!last.wasKilled && !isPassing(said)) throw this.#failed(said);
        // What a dead server left behind holds its memory, and by itself ends at once; what still does not is ended.
        if (spawns % 10 === 0) this.#endOrphans();
        await sleep(PAUSE);
      }
      const attached = await this.#attach();
      if (typeof attached === "object") return this.#keep(attached);
      if (attached === "starting" || this.#child) {
        if (Date.now() > deadline) throw this.#failed("数据库恢复了十分钟仍未就绪");
        await sleep(attached === "starting" ? 100 : 15);
      } else if (this.#isAlive() && waits < ATTEMPTS) {
        waits += 1;
        await sleep(PAUSE);
      } else {
        if (spawns >= ATTEMPTS) throw this.#failed(said);
        if (clearStalePidFile(this.#place.cluster))
          this.#options.log.warn("清除了上次未正常结束时留下的 postmaster.pid");
        spawns += 1;
        await this.#spawn();
      }
    }
    throw new PostgresUnavailable("cannotStart", "数据库服务器正在停止。");
  }

  #takeLastWords(): LastWords | null {
    const last = this.#lastWords;
    this.#lastWords = null;
    return last;
  }

  #failed(said: string): PostgresUnavailable {
    const remedy = /No space left|could not (write|extend|create)/.test(said)
      ? "磁盘可能已满，请腾出空间。"
      : "";
    return new PostgresUnavailable(
      "cannotStart",
      `数据库服务器启动不了：${lastLines(said) || "没有应答"}。${remedy}日志在 ${logFile(this.#place)}。`,
    );
  }

  /** Whether the server that the pid file names is there, on its way up or down. */
  #isAlive(): boolean {
    const file = readPidFile(this.#place.cluster);
    if (file === null) return false;
    const state = processState(file.pid, this.#place.cluster);
    return state === "server" || (state === "unknown" && process.platform !== "win32");
  }

  async #attach(): Promise<Attached | "none" | "starting"> {
    const file = readPidFile(this.#place.cluster);
    if (file === null || !(file.port > 0)) return "none";
    // Until what we started has written its own file, this one is of a dead server.
    if (this.#child && this.#child.pid !== file.pid) return "none";
    const host = file.socketFolder || "127.0.0.1";
    const client = this.#newClient({ host, port: file.port }, "postgres");
    try {
      await client.connect();
      // Waits for a process that is just deciding to stop the server; if it did, this fails and we start it anew.
      await client.query("select pg_advisory_lock_shared($1)", [LEAVING]);
      await client.query("select pg_advisory_unlock_shared($1)", [LEAVING]);
      return { client, host, port: file.port };
    } catch (error) {
      client.end().catch(() => {});
      const code = (error as { code?: string }).code;
      if (code === "28P01" || code === "28000")
        throw new PostgresUnavailable(
          "folder",
          `${this.#place.cluster} 里记着的口令与数据库的不符：${String(error)}`,
        );
      return code === "57P03" || code === "53300" ? "starting" : "none";
    }
  }

  #keep(attached: Attached): Attached {
    this.#attached = attached;
    attached.client.on("end", () => {
      if (this.#attached !== attached) return;
      this.#attached = null;
      if (!this.#stopping) this.#restarting ??= this.#restart();
    });
    return attached;
  }

  async #restart(): Promise<void> {
    const { log } = this.#options;
    log.warn("与数据库服务器的连接断了，正在重新启动它");
    this.#tell("lost");
    for (let pause = PAUSE; !this.#stopping; pause = Math.min(pause * 2, 5_000)) {
      try {
        await this.#bringUp();
        this.#restarting = null;
        log.info("数据库服务器已恢复");
        this.#tell("back");
        return;
      } catch (error) {
        if (!this.#stopping) log.error(error instanceof Error ? error.message : String(error));
        await sleep(pause);
      }
    }
  }

  #tell(event: "lost" | "back"): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Starts the program. When it ends, `#lastWords` has what it said. */
  async #spawn(): Promise<void> {
    const { cluster, account } = this.#place;
    const windows = process.platform === "win32";
    const port = windows ? await freePort() : PORT;
    const settings: Record<string, string> = {
      listen_addresses: windows ? "127.0.0.1" : "",
      unix_socket_directories: windows ? "" : socketFolderFor(this.#place, port),
      unix_socket_permissions: "0700",
      port: String(port),
      fsync: "on",
      synchronous_commit: "on",
      full_page_writes: "on",
      logging_collector: "off",
      log_destination: "stderr",
      ...this.#options.settings,
    };
    const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const output = openLog(this.#place);
    const log = logFile(this.#place);
    const from = statSync(log).size;
    const child = spawn(join(this.#binaries.folder, executable("postgres")), ["-D", cluster, ...args], {
      ...asAccount(account),
      env: environment(),
      cwd: "/",
      // A session of its own: Ctrl+C at the terminal must not end it before the requests under way are answered.
      detached: true,
      stdio: ["ignore", output, output],
      windowsHide: true,
    });
    closeSync(output);
    this.#child = child;
    this.#spawned = true;
    const ended = (said: string, wasKilled: boolean) => {
      if (this.#child !== child) return;
      this.#child = null;
      this.#spawned = false;
      this.#lastWords = { said, wasKilled };
    };
    child.on("error", (error) => ended(notStarted(child.spawnfile, error), false));
    child.on("exit", (_, signalName) => ended(endOf(log, from) || "它没有说明原因", signalName !== null));
    child.unref();
  }

  #endOrphans(): void {
    if (this.#isAlive()) return;
    for (const pid of processesIn(this.#place.cluster)) signal(pid, "SIGKILL");
  }

  async #stop(): Promise<"stopped" | "leftToOthers"> {
    this.#stopping = true;
    await this.#restarting;
    const attached = this.#attached;
    this.#attached = null;
    if (attached && (await hasOthers(attached.client))) {
      await attached.client.end().catch(() => {});
      return "leftToOthers";
    }
    // Without a connection we know only of what we started ourselves.
    const pid = attached ? readPidFile(this.#place.cluster)?.pid : this.#child?.pid;
    if (pid !== undefined) await this.#end(pid);
    await attached?.client.end().catch(() => {});
    return "stopped";
  }

  async #end(pid: number): Promise<void> {
    const { cluster } = this.#place;
    if (process.platform === "win32") {
      spawnSync(join(this.#binaries.folder, "pg_ctl.exe"), ["stop", "-D", cluster, "-m", "fast", "-w"], {
        env: environment(),
        windowsHide: true,
        stdio: "ignore",
      });
      return;
    }
    if (processState(pid, cluster) !== "server" && this.#child?.pid !== pid) return;
    // A fast stop; SIGTERM would wait for every session to leave by itself.
    signal(pid, "SIGINT");
    if (await this.#isGone(pid, LONGEST_STOP)) return;
    this.#options.log.warn("数据库服务器一分钟内没有停下，立即停止它；下次启动时会自行恢复");
    signal(pid, "SIGQUIT");
    await this.#isGone(pid, LONGEST_STOP);
  }

  async #isGone(pid: number, within: number): Promise<boolean> {
    for (const deadline = Date.now() + within; Date.now() < deadline; await sleep(10)) {
      const state = processState(pid, this.#place.cluster);
      if (state === "gone" || state === "zombie" || state === "other") return true;
    }
    return false;
  }
}

/** Whether a process of ours besides this one uses the server. From then on none can join it until our connection ends. */
async function hasOthers(client: pg.Client): Promise<boolean> {
  try {
    await client.query("select pg_advisory_lock($1)", [LEAVING]);
    const { rows } = await client.query(
      "select count(*)::int as others from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()",
      [SUPERVISOR],
    );
    return rows[0].others > 0;
  } catch {
    return false;
  }
}

async function makeOwnDatabase(client: pg.Client, password: string): Promise<void> {
  await client.query("select pg_advisory_lock($1)", [LEAVING]);
  try {
    const role = await client.query("select from pg_roles where rolname = $1", [OWNER]);
    if (role.rowCount === 0)
      await client.query(`create role ${OWNER} login password ${client.escapeLiteral(password)}`);
    const database = await client.query("select from pg_database where datname = $1", [DATABASE]);
    if (database.rowCount === 0) await client.query(`create database ${DATABASE} owner ${OWNER}`);
  } finally {
    await client.query("select pg_advisory_unlock($1)", [LEAVING]);
  }
}

/** Whether waiting can help: the server before this one is not quite gone. */
function isPassing(said: string): boolean {
  if (/No space left/.test(said)) return false;
  return /lock file|shared memory block|could not bind|is another postmaster|already in use/i.test(said);
}

function logFile({ cluster }: Place): string {
  return join(dirname(cluster), `${cluster.slice(dirname(cluster).length + 1)}.log`);
}

function openLog(place: Place): number {
  const file = logFile(place);
  if (existsSync(file) && statSync(file).size > LARGEST_LOG) renameSync(file, `${file}.1`);
  return openSync(file, "a", 0o600);
}

/** What a log says behind a position, the last of it where that is long. */
function endOf(log: string, from: number): string {
  try {
    const file = openSync(log, "r");
    const { size } = fstatSync(file);
    const text = Buffer.alloc(Math.min(16_384, Math.max(0, size - from)));
    readSync(file, text, 0, text.length, size - text.length);
    closeSync(file);
    return text.toString("utf8");
  } catch {
    return "";
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.on("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}
