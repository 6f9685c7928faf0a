import { randomBytes } from "node:crypto";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { inject } from "vitest";
import { migrate } from "../src/platform/database/migrate.ts";
import { MIGRATIONS } from "../src/platform/database/migrations/index.ts";
import { type Database, openDatabase } from "../src/platform/database/open-database.ts";
import { embeddedBinaries, systemBinaries } from "../src/platform/postgres/find-binaries.ts";
import {
  type PostgresConnection,
  type RunningPostgres,
  startPostgres,
} from "../src/platform/postgres/start-postgres.ts";

/** A database of a test's own, with the tables and nothing in them. */
export interface TestDatabase extends Database {
  /** To open it again, from another process say. */
  readonly connection: PostgresConnection;
  /** Closes it and drops it. */
  readonly close: () => Promise<void>;
}

/** Which PostgreSQL a test runs on: what the program brings, or the oldest one it supports where that is installed. */
export type TestServer = "embedded" | "system15";

/** Keeps the output of tests free of what a server says in passing. */
export const silent = { info() {}, warn() {}, error() {} };

/** Folder of programs of an installed PostgreSQL 15, or undefined. */
export const SYSTEM_15 = systemBinaries().find(({ major }) => major === 15)?.folder;

/** How a test names the server it runs on, or why it does not run. */
export const SERVERS: readonly { server: TestServer; skip: boolean; title: string }[] = [
  { server: "embedded", skip: false, title: "on the embedded PostgreSQL" },
  {
    server: "system15",
    skip: SYSTEM_15 === undefined,
    title:
      SYSTEM_15 === undefined
        ? "on a system PostgreSQL 15: none is installed"
        : "on the system's PostgreSQL 15",
  },
];

const servers = new Map<TestServer, Promise<RunningPostgres>>();
const templates = new Map<TestServer, Promise<string>>();
/** Held while one process makes the template and the others wait for it. */
const MAKING = 7_239_100;

/** The server of this run, started by the first test that asks in any process; it ends with the run. Writes are not synced. */
function testServer(server: TestServer = "embedded"): Promise<RunningPostgres> {
  let started = servers.get(server);
  if (started === undefined) {
    const folder = inject("databaseFolder");
    if (process.getuid?.() === 0) chmodSync(folder, 0o755);
    started = startPostgres({
      dataDir: join(folder, server),
      log: silent,
      postgres: programsOf(server),
      settings: {
        fsync: "off",
        synchronous_commit: "off",
        full_page_writes: "off",
        shared_buffers: "128MB",
        max_connections: "200",
      },
    });
    servers.set(server, started);
  }
  return started;
}

/** A developer's machine without an embedded PostgreSQL may try another one; where every change is checked it must be the embedded one. */
function programsOf(server: TestServer): string | undefined {
  if (server === "system15") return SYSTEM_15;
  return embeddedBinaries() || process.env.CI ? "embedded" : "system";
}

/** A fresh database in some 50 ms. Close it when the test is done. */
export async function testDatabase(server: TestServer = "embedded"): Promise<TestDatabase> {
  const { admin, connection } = await testServer(server);
  let template = templates.get(server);
  if (template === undefined) {
    template = makeTemplate(admin, connection);
    templates.set(server, template);
  }
  return openNew(server, await template);
}

/** A database without a table. */
export function emptyDatabase(server: TestServer = "embedded"): Promise<TestDatabase> {
  return openNew(server, "template1");
}

async function openNew(server: TestServer, template: string): Promise<TestDatabase> {
  const { admin, connection } = await testServer(server);
  const name = `test_${randomBytes(6).toString("hex")}`;
  await asAdmin(admin, (client) =>
    client.query(`create database ${name} template ${template} owner ${connection.user}`),
  );
  const own = { ...connection, database: name };
  const database = openDatabase(own, { log: silent });
  return {
    ...database,
    connection: own,
    close: async () => {
      await database.close();
      await asAdmin(admin, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

function makeTemplate(admin: PostgresConnection, connection: PostgresConnection): Promise<string> {
  const name = "test_template";
  return asAdmin(admin, async (client) => {
    await client.query("select pg_advisory_lock($1)", [MAKING]);
    const known = await client.query("select from pg_database where datname = $1 and datistemplate", [name]);
    if (known.rowCount) return name;
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name} owner ${connection.user}`);
    const database = openDatabase({ ...connection, database: name }, { log: silent, poolSize: 1 });
    const outcome = await migrate(database.db, MIGRATIONS, silent).finally(database.close);
    if (outcome.kind === "refused") throw new Error(outcome.message);
    await client.query(`alter database ${name} is_template true`);
    return name;
  });
}

/** Runs the work on a connection of the superuser. */
async function asAdmin<T>(admin: PostgresConnection, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...admin, application_name: "jiheng test" });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
