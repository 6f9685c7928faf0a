// A server as it is installed, in processes of its own, and people who use it over HTTP: what the drills have in common.
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { openDatabase } from "../apps/server/src/platform/database/open-database.ts";
import { startPostgres } from "../apps/server/src/platform/postgres/start-postgres.ts";
import { firstLine } from "./first-line.ts";

const PROGRAM = join(import.meta.dirname, "../apps/cli/bin/jiheng.js");
const DEMO_PASSWORD = "jiheng-demo";
/** Says what is wrong, and nothing in passing. */
export const QUIET = { info() {}, warn() {}, error: (message: string) => console.error(message) };

/** What a process is started with. */
export interface InstalledOptions {
  readonly port: number;
  readonly demo?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** `jiheng serve` on a folder. */
export function spawnInstalled(
  dataDir: string,
  { port, demo = true, env = {} }: InstalledOptions,
): ChildProcess {
  const args = ["serve", "--data", dataDir, "--port", String(port), ...(demo ? ["--demo"] : [])];
  return spawn(process.execPath, [PROGRAM, ...args], {
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, JIHENG_LOG_LEVEL: "silent", ...env },
  });
}

/** A process that takes requests. */
export interface InstalledServer {
  readonly api: string;
  readonly child: ChildProcess;
  /** Asks it to stop and waits. */
  readonly stop: () => Promise<void>;
}

/** Starts a process on a folder and waits until it takes requests. */
export async function startInstalled(
  dataDir: string,
  options: Omit<InstalledOptions, "port"> = {},
): Promise<InstalledServer> {
  const port = await freePort();
  const child = spawnInstalled(dataDir, { ...options, port });
  await firstLine(child);
  return { api: apiAt(port), child, stop: () => stopped(child) };
}

/** Where the interface of a port begins. */
export function apiAt(port: number): string {
  return `http://127.0.0.1:${port}/api/v1`;
}

/** Asks a process to stop and waits until it is gone. */
export async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  await gone;
}

/** Looks into the database of a folder, whether servers run on it or not. */
export async function inDatabase<T>(
  dataDir: string,
  work: (database: ReturnType<typeof openDatabase>) => Promise<T>,
): Promise<T> {
  const postgres = await startPostgres({ dataDir, log: QUIET });
  const database = openDatabase(postgres.connection, { log: QUIET, statementTimeout: 0, lockTimeout: 0 });
  try {
    return await work(database);
  } finally {
    await database.close();
    await postgres.stop();
  }
}

/** What was answered; `body` is null where it is not JSON. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the drills read a few keys of what the contract describes
  readonly body: any;
  readonly etag: string | null;
}

/** What is sent beside the path. */
export interface Ask {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH";
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly key?: string;
  readonly signal?: AbortSignal;
  /** Another process of the same installation. */
  readonly api?: string;
}

/** Somebody who is logged in. */
export interface Person {
  readonly login: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly ask: (path: string, ask?: Ask) => Promise<Answer>;
  /** As `ask`, and throws unless it was done. */
  readonly done: (path: string, ask?: Ask) => Promise<Answer>;
}

/** Logs somebody in; of the demonstration unless a password is given. */
export async function logInAs(api: string, login: string, password = DEMO_PASSWORD): Promise<Person> {
  const answer = await fetch(`${api}/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ login, password }),
  });
  if (!answer.ok) throw new Error(`the login was answered ${answer.status}: ${await answer.text()}`);
  const { csrf } = (await answer.json()) as { csrf: string };
  const cookie = answer.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
  const headers = { cookie, "x-csrf-token": csrf };
  const ask = async (
    path: string,
    { method = "GET", body, ifMatch, key, signal, api: at = api }: Ask = {},
  ) => {
    const response = await fetch(`${at}${path}`, {
      method,
      headers: {
        ...headers,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(ifMatch === undefined ? {} : { "if-match": ifMatch }),
        ...(key === undefined ? {} : { "idempotency-key": key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get("content-type") ?? "");
    return {
      status: response.status,
      body: isJson ? JSON.parse(text) : null,
      etag: response.headers.get("etag"),
    };
  };
  return {
    login,
    headers,
    ask,
    done: async (path, sent) => {
      const given = await ask(path, sent);
      if (given.status >= 400)
        throw new Error(`${login} ${path}: ${given.status} ${JSON.stringify(given.body)}`);
      return given;
    },
  };
}

/** A port nothing listens on. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Does the work for every item, so many at a time. */
export async function atOnce<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(width, items.length) }, async () => {
      while (next < items.length) {
        const index = next++;
        results[index] = await work(items[index] as T, index);
      }
    }),
  );
  return results;
}

/** The value below which this part of the values lies; NaN of none. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

/** The word after `--name` on the command line. */
export function option(name: string, otherwise: string): string {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? otherwise : (process.argv[at + 1] ?? otherwise);
}
