import { setTimeout as sleep } from "node:timers/promises";
import { type IsolationLevel, Kysely, PostgresDialect, type Transaction } from "kysely";
import pg from "pg";
import type { Log } from "../log.ts";
import type { PostgresConnection } from "../postgres/start-postgres.ts";
import { isConflict, translateDatabaseError } from "./database-unavailable.ts";
import type { Schema } from "./schema.ts";

/** Any PostgreSQL ≥ 15: by URL, or the one that `startPostgres` runs. */
export type DatabaseAddress = { readonly url: string } | PostgresConnection;

/** How much a process may ask of the database. */
export interface DatabaseOptions {
  readonly log: Log;
  /** Connections at most; queries wait for one when all are taken. */
  readonly poolSize?: number;
  /** Milliseconds after which a statement is given up (`busy`). */
  readonly statementTimeout?: number;
  /** Milliseconds after which a wait for a lock is given up (`busy`). */
  readonly lockTimeout?: number;
}

/** An open database. It outlives its server: while that is gone queries fail with DatabaseUnavailable, afterwards they work again. */
export interface Database {
  readonly db: Kysely<Schema>;
  /** The same connections, for streams and listeners that Kysely does not know; its errors are translated too. */
  readonly pool: pg.Pool;
  /** Where it is, for what brings connections of its own. */
  readonly address: DatabaseAddress;
  readonly close: () => Promise<void>;
}

/** Opens a database. Nothing is connected before the first query. bigint comes as bigint, numeric and dates as text, instants as Date. */
export function openDatabase(address: DatabaseAddress, options: DatabaseOptions): Database {
  const { log, poolSize = 10, statementTimeout = 30_000, lockTimeout = 10_000 } = options;
  const pool = new pg.Pool({
    ...("url" in address ? { connectionString: address.url } : address),
    application_name: "jiheng",
    max: poolSize,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    statement_timeout: statementTimeout,
    lock_timeout: lockTimeout,
    idle_in_transaction_session_timeout: 60_000,
    options: "-c timezone=UTC",
    types: { getTypeParser: typeParser as typeof pg.types.getTypeParser },
  });
  translatePool(pool, log);
  let closing: Promise<void> | null = null;
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    pool,
    address,
    close: () => {
      closing ??= db.destroy();
      return closing;
    },
  };
}

/** How often and how strictly a transaction is tried. */
export interface TransactionOptions {
  readonly isolation?: IsolationLevel;
  readonly attempts?: number;
}

/**
 * Runs the work in a transaction and again, from its beginning, when it lost against another one (serialisation failure, deadlock). The
 * work must do nothing outside of the database. Gives up as `busy`.
 */
export async function inTransaction<T>(
  db: Kysely<Schema>,
  work: (transaction: Transaction<Schema>) => Promise<T>,
  { isolation = "read committed", attempts = 5 }: TransactionOptions = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().setIsolationLevel(isolation).execute(work);
    } catch (error) {
      if (!isConflict(error) || attempt >= attempts) throw error;
      // Those that met once must not meet again.
      await sleep(Math.random() * 20 * 2 ** attempt);
    }
  }
}

const INT8 = 20;
const INT8_ARRAY = 1016;
/** date, numeric and their arrays: as text. A date that passes through Date moves with the time zone, a numeric through a float rounds. */
const AS_TEXT = new Set([1082, 1700]);
const AS_TEXT_ARRAY = new Set([1182, 1231]);
const TEXT_ARRAY = 1009;
const textArray = pg.types.getTypeParser(TEXT_ARRAY as never) as unknown as (
  text: string,
) => (string | null)[];

function typeParser(oid: number, format?: string): unknown {
  if (format === "binary") return pg.types.getTypeParser(oid, "binary");
  if (oid === INT8) return BigInt;
  if (oid === INT8_ARRAY)
    return (text: string) => textArray(text).map((item) => (item === null ? null : BigInt(item)));
  if (AS_TEXT.has(oid)) return String;
  if (AS_TEXT_ARRAY.has(oid)) return textArray;
  return pg.types.getTypeParser(oid);
}

/** Gives every error of the pool and its connections its meaning, and none of them the power to end the process. */
function translatePool(pool: pg.Pool, log: Log): void {
  pool.on("error", (error) => log.warn(`数据库连接断开：${error.message}`));
  pool.on("connect", (client) => {
    // A connection in use has no listener of the pool; its query fails in any case.
    client.on("error", () => {});
    client.query = translated(client.query.bind(client)) as typeof client.query;
  });
  pool.connect = translated(pool.connect.bind(pool)) as typeof pool.connect;
  pool.query = translated(pool.query.bind(pool)) as typeof pool.query;
}

// biome-ignore lint/suspicious/noExplicitAny: the overloads of the driver end in a promise, a stream or nothing
function translated(call: (...args: any[]) => any) {
  // biome-ignore lint/suspicious/noExplicitAny: see above
  return (...args: any[]) => {
    const result = call(...args);
    if (!(result instanceof Promise)) return result;
    return result.catch((error: unknown) => {
      throw translateDatabaseError(error);
    });
  };
}
