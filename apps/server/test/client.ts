import { randomBytes, randomUUID } from "node:crypto";
import type { Endpoint, Problem } from "@jiheng/contract/http";
import { ROLES, type Role } from "@jiheng/workflow";
import type { Kysely } from "kysely";
import type { z } from "zod";
import type { Schema } from "../src/platform/database/schema.ts";
import { createDocuments } from "../src/platform/documents/documents.ts";
import { API, type Application, buildApplication } from "../src/platform/http/application.ts";
import type { FeatureRoute } from "../src/platform/http/route.ts";
import { csrfOf, hashOfSecret } from "../src/platform/http/secrets.ts";
import type { WebFiles } from "../src/platform/http/web-files.ts";
import { newId } from "../src/platform/ids.ts";
import { createJobs, type Job, type JobQueue, type Jobs } from "../src/platform/jobs/jobs.ts";
import { searchTerms } from "../src/platform/search-terms.ts";
import { DEFAULT_SETTINGS, type Settings } from "../src/platform/settings/settings.ts";
import type { Platform } from "../src/platform/work.ts";
import { silent, type TestDatabase, testDatabase } from "./database.ts";

/** What a test sends; parts the endpoint does not have are left out. */
export interface Sent<E extends Endpoint> {
  readonly params?: z.input<E["params"]>;
  readonly query?: z.input<E["query"]>;
  readonly body?: z.input<NonNullable<E["body"]>>;
  readonly uploads?: readonly { readonly name: string; readonly bytes: Uint8Array | string }[];
  readonly ifMatch?: number;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What came back. `body` is what the endpoint declares; `problem` is null unless it was refused. */
export interface Received<E extends Endpoint> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: E["answer"] extends { readonly kind: "json"; readonly schema: infer S extends z.ZodType }
    ? z.output<S>
    : undefined;
  readonly problem: Problem | null;
  readonly bytes: Buffer;
  /** The ETag as a number; NaN where there is none. */
  readonly revision: number;
}

/** Somebody who calls endpoints. */
export interface TestClient {
  readonly account: TestAccount | null;
  readonly call: <E extends Endpoint>(endpoint: E, sent?: Sent<E>) => Promise<Received<E>>;
  /** As `call`, and throws with the problem's words unless it was done. */
  readonly done: <E extends Endpoint>(endpoint: E, sent?: Sent<E>) => Promise<Received<E>>;
  /** What the client sends to be known: for tests of the boundary itself. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An account of the test's region. */
export interface TestAccount {
  readonly region: string;
  readonly id: string;
  readonly login: string;
  readonly name: string;
}

/** A body of the tree. */
export interface TestOrganisation {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}

/** A department with its units. */
export interface TestDepartment extends TestOrganisation {
  readonly units: readonly TestOrganisation[];
}

/** One region: two departments of two units, and an account of every role where the role is at home (the first unit and department). */
export interface TestRegion {
  readonly region: string;
  readonly root: TestOrganisation;
  readonly departments: readonly [TestDepartment, TestDepartment];
  readonly accounts: Readonly<Record<Role, TestAccount>>;
}

/** An application on a database of its own, with two regions that look alike. */
export interface TestServer {
  readonly http: Application["http"];
  readonly stop: Application["stop"];
  readonly platform: Platform;
  readonly settings: Settings;
  readonly database: TestDatabase;
  readonly home: TestRegion;
  readonly other: TestRegion;
  /** The account of the role in the home region. */
  readonly as: (role: Role) => Promise<TestClient>;
  readonly asAccount: (account: TestAccount) => Promise<TestClient>;
  readonly anonymous: TestClient;
  /** A further account in the home region, with these roles. */
  readonly addAccount: (name: string, grants: readonly TestGrant[]) => Promise<TestAccount>;
  /** Bugs and broken machines that requests met; a test that expects none looks here. */
  readonly faults: { readonly error: unknown; readonly endpoint: string }[];
  /** The lines of the log, parsed. */
  readonly log: Record<string, unknown>[];
  readonly setNow: (now: Date | null) => void;
  /** What commands left to be done; nothing does it unless the test begins with `workJobs`. */
  readonly left: readonly Job[];
  /** Opens the real queue on the database: what is left from here on is done. Stopped with the server. */
  readonly workJobs: () => Promise<Jobs>;
  readonly close: () => Promise<void>;
}

/** A role to be given. */
export interface TestGrant {
  readonly role: Role;
  readonly organisation: string;
  readonly submissions?: readonly string[];
  readonly until?: Date;
}

/** What a test may choose. */
export interface TestServerOptions {
  /** All of the interface, unless given. */
  readonly routes?: readonly FeatureRoute[];
  readonly settings?: Partial<Settings>;
  readonly database?: TestDatabase;
  /** False for an empty installation; `home` and `other` are then none. */
  readonly seed?: boolean;
  /** The built web application, for tests in a browser. */
  readonly web?: WebFiles;
}

const LOTS = 1_000_000;

/** Starts an application for a test; `close` it when done. Faults of requests are kept, not thrown. */
export async function testServer(options: TestServerOptions = {}): Promise<TestServer> {
  const database = options.database ?? (await testDatabase());
  let fixed: Date | null = null;
  const documents = createDocuments({ threads: 1 });
  const left: Job[] = [];
  let queue: Jobs | null = null;
  const jobs: JobQueue = {
    enqueue: async (db, job) => {
      if (queue) await queue.enqueue(db, job);
      else left.push(job);
    },
  };
  const platform: Platform = { db: database.db, now: () => fixed ?? new Date(), newId, documents, jobs };
  const settings: Settings = {
    ...DEFAULT_SETTINGS,
    checkAnswers: true,
    rates: { account: LOTS, address: LOTS, loginsByName: LOTS, loginsByAddress: LOTS },
    password: { ...DEFAULT_SETTINGS.password, memoryKiB: 64, passes: 1 },
    ...options.settings,
  };
  const faults: TestServer["faults"] = [];
  const log: Record<string, unknown>[] = [];
  const { http, stop } = await buildApplication({
    platform,
    settings,
    routes: options.routes ?? (await import("../src/features/index.ts")).ROUTES,
    gauges: { pool: database.pool },
    ...(options.web ? { web: options.web } : {}),
    logTo: { write: (line) => void log.push(JSON.parse(line)) },
    onFault: (error, endpoint) => void faults.push({ error, endpoint }),
  });
  const isSeeded = options.seed ?? true;
  const none = {} as TestRegion;
  const home = isSeeded ? await seedRegion(platform, "test", "青川区") : none;
  const other = isSeeded ? await seedRegion(platform, "other", "白河区") : none;
  const asAccount = async (account: TestAccount) =>
    clientOf(http, account, await openSession(platform, account));
  return {
    ...{ http, stop, platform, settings, database, home, other, faults, log, asAccount },
    as: (role) => asAccount(home.accounts[role]),
    anonymous: clientOf(http, null, {}),
    addAccount: (name, grants) => addAccount(platform, home.region, name, grants),
    setNow: (now) => {
      fixed = now;
    },
    left,
    workJobs: async () => {
      const { jobHandlers } = await import("../src/features/jobs.ts");
      queue = createJobs(database.connection, silent);
      await queue.start(jobHandlers(platform, settings));
      return queue;
    },
    close: async () => {
      await queue?.stop();
      await stop();
      await documents.stop();
      await database.close();
    },
  };
}

/** A session as if the account had just logged in, second factor and all: its headers. */
export async function openSession(
  { db, now }: Platform,
  account: TestAccount,
): Promise<Record<string, string>> {
  const secret = randomBytes(32).toString("base64url");
  const at = now();
  await db
    .insertInto("session")
    .values({
      region: account.region,
      id_hash: hashOfSecret(secret),
      account: account.id,
      csrf_hash: hashOfSecret(csrfOf(secret)),
      created_at: at,
      seen_at: at,
      expires_at: new Date(at.getTime() + DEFAULT_SETTINGS.session.absolute),
      second_factor_at: at,
      method: "password",
      device: "test",
    })
    .execute();
  return { cookie: `jiheng=${account.region}.${secret}`, "x-csrf-token": csrfOf(secret) };
}

/** A client with these headers, over the application without a socket. */
export function clientOf(
  http: Application["http"],
  account: TestAccount | null,
  headers: Readonly<Record<string, string>>,
): TestClient {
  const call = async <E extends Endpoint>(endpoint: E, sent: Sent<E> = {}): Promise<Received<E>> => {
    const { payload, type } = payloadOf(sent);
    const response = await http.inject({
      method: endpoint.method,
      url: API + addressOf(endpoint, sent),
      headers: {
        ...headers,
        ...(type ? { "content-type": type } : {}),
        ...(sent.ifMatch === undefined ? {} : { "if-match": `"${sent.ifMatch}"` }),
        ...(sent.key === undefined ? {} : { "idempotency-key": sent.key }),
        ...sent.headers,
      },
      ...(payload === undefined ? {} : { payload }),
    });
    const given = String(response.headers["content-type"] ?? "");
    const json = /^application\/(problem\+)?json/.test(given) ? JSON.parse(response.body) : undefined;
    const isProblem = given.startsWith("application/problem+json");
    return {
      status: response.statusCode,
      headers: response.headers as Record<string, string>,
      body: isProblem ? undefined : json,
      problem: isProblem ? json : null,
      bytes: response.rawPayload,
      revision: Number(/^"(\d+)"$/.exec(String(response.headers.etag))?.[1] ?? Number.NaN),
    };
  };
  return {
    account,
    headers,
    call,
    done: async (endpoint, sent) => {
      const received = await call(endpoint, sent);
      if (received.status >= 400)
        throw new Error(`${endpoint.id} ${received.status}: ${JSON.stringify(received.problem)}`);
      return received;
    },
  };
}

/** The address of a call, below the beginning of the interface. */
function addressOf(endpoint: Endpoint, { params, query }: Sent<Endpoint>): string {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String((params as Record<string, unknown> | undefined)?.[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined) search.append(name, String(one));
  return search.size > 0 ? `${path}?${search}` : path;
}

function payloadOf({ body, uploads }: Sent<Endpoint>): { payload?: Buffer; type?: string } {
  if (!uploads)
    return body === undefined ? {} : { payload: Buffer.from(JSON.stringify(body)), type: "application/json" };
  const boundary = `----${randomUUID()}`;
  const parts: (string | Uint8Array)[] = [];
  if (body !== undefined)
    parts.push(
      `--${boundary}\r\ncontent-disposition: form-data; name="body"\r\n\r\n${JSON.stringify(body)}\r\n`,
    );
  for (const { name, bytes } of uploads)
    parts.push(
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
      bytes,
      "\r\n",
    );
  parts.push(`--${boundary}--\r\n`);
  return {
    payload: Buffer.concat(parts.map((part) => Buffer.from(part as string))),
    type: `multipart/form-data; boundary=${boundary}`,
  };
}

async function seedRegion(platform: Platform, region: string, place: string): Promise<TestRegion> {
  const { db, now } = platform;
  await db
    .insertInto("region")
    .values({ region, name: place, jurisdiction: null, created_at: now() })
    .execute();
  const add = async (
    kind: string,
    parent: string | null,
    code: string,
    name: string,
  ): Promise<TestOrganisation> => {
    const id = newId();
    await db
      .insertInto("organisation")
      .values({ region, id, kind, parent, code, name, search: searchTerms(name), closed_at: null })
      .execute();
    return { id, code, name };
  };
  const root = await add("region", null, "0", `${place}财政局`);
  const department = async (code: string, name: string): Promise<TestDepartment> => {
    const own = await add("department", root.id, code, `${place}${name}局`);
    const units = [
      await add("unit", own.id, `${code}01`, `${place}${name}服务中心`),
      await add("unit", own.id, `${code}02`, `${place}${name}事务所`),
    ];
    return { ...own, units };
  };
  const departments = [await department("101", "水务"), await department("102", "文体")] as const;
  const [first] = departments;
  const unit = first.units[0] as TestOrganisation;
  const homes: Readonly<Record<Role, string>> = {
    clerk: unit.id,
    "unit-head": unit.id,
    "department-reviewer": first.id,
    "finance-officer": root.id,
    "third-party": root.id,
    "publication-officer": root.id,
    auditor: root.id,
    administrator: root.id,
    "security-administrator": root.id,
  };
  const accounts = {} as Record<Role, TestAccount>;
  for (const role of ROLES)
    accounts[role] = await addAccount(platform, region, role, [
      {
        role,
        organisation: homes[role],
        ...(role === "third-party" ? { submissions: [], until: new Date(Date.now() + 30 * 86_400_000) } : {}),
      },
    ]);
  return { region, root, departments: [...departments], accounts };
}

async function addAccount(
  { db, now }: Platform,
  region: string,
  name: string,
  grants: readonly TestGrant[],
): Promise<TestAccount> {
  const id = newId();
  const login = `${name}-${id.slice(-4)}`;
  const at = now();
  await db
    .insertInto("account")
    .values({
      region,
      id,
      login,
      name: `人员${name}`,
      password_hash: null,
      password_changed_at: at,
      created_at: at,
    })
    .execute();
  for (const { role, organisation, submissions, until } of grants)
    await db
      .insertInto("role_grant")
      .values({
        ...{ region, id: newId(), account: id, organisation, role, given_at: at },
        submissions: submissions ? [...submissions] : null,
        valid_until: until ?? null,
        ...{ given_by: null, revoked_at: null },
      })
      .execute();
  return { region, id, login, name: `人员${name}` };
}

/** The rows of a table of a region, for tests that look behind the interface. */
export function rowsOf<T extends keyof Schema & string>(db: Kysely<Schema>, table: T, region: string) {
  return db
    .selectFrom(table as "event")
    .selectAll()
    .where("region", "=", region)
    .execute();
}
