import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { frontPage } from "./features/accounts/index.ts";
import { hasDemo, loadDemo } from "./features/demo/load-demo.ts";
import { ROUTES } from "./features/index.ts";
import { countJobs, jobHandlers, resumeJobs } from "./features/jobs.ts";
import { callForDeliveries } from "./features/webhooks/index.ts";
import { migrate } from "./platform/database/migrate.ts";
import { MIGRATIONS } from "./platform/database/migrations/index.ts";
import { type Database, openDatabase } from "./platform/database/open-database.ts";
import { createDocuments } from "./platform/documents/documents.ts";
import { type Application, buildApplication } from "./platform/http/application.ts";
import { diskCheck } from "./platform/http/health.ts";
import { webFilesIn } from "./platform/http/web-files.ts";
import { newId } from "./platform/ids.ts";
import { createJobs } from "./platform/jobs/jobs.ts";
import type { Log } from "./platform/log.ts";
import { hashPassword } from "./platform/passwords/hash-password.ts";
import { startPostgres } from "./platform/postgres/start-postgres.ts";
import { type Settings, settingsFrom } from "./platform/settings/settings.ts";
import { sweep } from "./platform/sweep.ts";
import type { Platform } from "./platform/work.ts";

/** What a server is started with; everything else is read from the environment. */
export interface ServeOptions {
  /** The folder of the installation; its database lies in it unless `database` names another. */
  readonly dataDir: string;
  /** URL of a PostgreSQL that is not ours to supervise. */
  readonly database?: string | undefined;
  readonly host?: string | undefined;
  /** 0 for any that is free. */
  readonly port?: number | undefined;
  readonly demo?: boolean | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** For the person at the terminal. */
  readonly say: (line: string) => void;
  readonly log: Log;
  /** Where the log of requests goes; standard output where nothing is said. */
  readonly requestLog?: { write(line: string): void };
}

/** A running server. */
export interface RunningServer {
  /** Where a browser finds it. */
  readonly address: string;
  /** For the first setup; null where the installation has a region. */
  readonly setupCode: string | null;
  /** Stops accepting, finishes what runs, closes the database. */
  readonly stop: () => Promise<void>;
}

/** `wrong`: the server was not started, and why, in Chinese. */
export type ServeOutcome =
  | { readonly kind: "running"; readonly server: RunningServer }
  | { readonly kind: "wrong"; readonly says: readonly string[] };

/** What everybody may log in with on a demonstration: shown on its login page, nowhere else in use. */
const DEMO_PASSWORD = "jiheng-demo";
/** Where the web application is built to; the server runs without it. */
const WEB = join(import.meta.dirname, "../../web/dist");
const SWEEP_EVERY = 10 * 60_000;
/** How soon other systems hear of an event, at most. */
const TELL_EVERY = 5_000;

/** Starts a server: database, its shape, the demonstration where wanted, the application. What was started is stopped again when a step fails. */
export async function serve(options: ServeOptions): Promise<ServeOutcome> {
  const read = settingsFrom(options.env);
  if (read.kind === "wrong") return read;
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const database = await open(options, undo);
    const migrated = await migrate(database.db, MIGRATIONS, options.log);
    if (migrated.kind === "refused") {
      await stop();
      return { kind: "wrong", says: [migrated.message] };
    }
    const documents = createDocuments();
    undo.push(documents.stop);
    const jobs = createJobs(database.address, options.log);
    undo.push(jobs.stop);
    const platform: Platform = { db: database.db, now: () => new Date(), newId, documents, jobs };
    const settings = await settle(options, read.settings, platform);
    await jobs.start(jobHandlers(platform, settings));
    await resumeJobs(platform);
    const application = await build(options, settings, platform, database);
    undo.push(application.stop);
    const timer = setInterval(() => {
      // A database that is away now is swept another time.
      sweep(platform)
        .then(() => resumeJobs(platform))
        .catch(() => {});
    }, SWEEP_EVERY);
    const events = setInterval(() => {
      callForDeliveries(platform).catch(() => {});
    }, TELL_EVERY);
    undo.push(async () => {
      clearInterval(timer);
      clearInterval(events);
    });
    const address = await listen(application, settings);
    if (settings.setupCode !== null)
      options.say(
        `这是一个新的系统，还没有任何账号。请打开 ${address}/setup ，用安装码 ${settings.setupCode} 建立地区和系统管理员、安全管理员、安全审计员三个账号。安装码只在本次启动有效，用过即废。`,
      );
    return { kind: "running", server: { address, setupCode: settings.setupCode, stop } };
  } catch (error) {
    await stop();
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EADDRINUSE" && code !== "EACCES") throw error;
    const port = options.port ?? read.settings.port;
    const why = code === "EACCES" ? "需要更高的权限" : "已被别的程序占用，也许绩衡已经在运行";
    return { kind: "wrong", says: [`端口 ${port} ${why}，请用 --port 另选一个，例如 --port ${port + 1}`] };
  }
}

async function open(
  { dataDir, database: url, log }: ServeOptions,
  undo: (() => Promise<unknown>)[],
): Promise<Database> {
  if (url === undefined) {
    const postgres = await startPostgres({ dataDir, log });
    undo.push(postgres.stop);
    const database = openDatabase(postgres.connection, { log });
    undo.push(database.close);
    return database;
  }
  const database = openDatabase({ url }, { log });
  undo.push(database.close);
  return database;
}

/** The settings of this very start: the demonstration is loaded, or a code for the first setup made, where the database is empty. */
async function settle(
  { host, port, demo = false, say }: ServeOptions,
  given: Settings,
  platform: Platform,
): Promise<Settings> {
  const settings = { ...given, host: host ?? given.host, port: port ?? given.port };
  const known = await platform.db.selectFrom("region").select("is_demo").limit(1).executeTakeFirst();
  if (demo && !known) {
    say("正在载入演示数据（虚构的区，1000 张表），约需半分钟……");
    const password = await hashPassword(DEMO_PASSWORD, settings.password);
    await loadDemo(platform, password, {
      say: (done, all) => {
        if (done % 150 === 0) say(`  ${done}/${all}`);
      },
    });
  }
  // Only where the installation is a demonstration, whatever was asked for: a real one never shows a password.
  if (await hasDemo(platform.db)) return { ...settings, demo: { password: DEMO_PASSWORD }, setupCode: null };
  if (known) return { ...settings, setupCode: null };
  return { ...settings, setupCode: settings.setupCode ?? newSetupCode() };
}

function newSetupCode(): string {
  const letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
  const code = [...randomBytes(16)].map((byte) => letters[byte % letters.length]).join("");
  return code.replace(/(.{4})(?=.)/g, "$1-");
}

function build(
  { dataDir, database: url, version, requestLog }: ServeOptions,
  settings: Settings,
  platform: Platform,
  database: Database,
): Promise<Application> {
  const web = webFilesIn(WEB);
  return buildApplication({
    ...{ platform, settings, version, routes: ROUTES },
    ...(web ? { web } : {}),
    frontPage: () => frontPage(platform, { demoPassword: settings.demo?.password ?? null, version }),
    gauges: { pool: database.pool, jobs: () => countJobs(platform) },
    readiness: url === undefined ? { disk: diskCheck(dataDir) } : {},
    ...(requestLog ? { logTo: requestLog } : {}),
  });
}

async function listen({ http }: Application, settings: Settings): Promise<string> {
  await http.listen({ host: settings.host, port: settings.port });
  const { port } = http.server.address() as AddressInfo;
  if (settings.origin !== null) return settings.origin;
  return `http://${settings.host.includes(":") ? `[${settings.host}]` : settings.host}:${port}`;
}
