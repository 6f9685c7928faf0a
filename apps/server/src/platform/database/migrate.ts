import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { Log } from "../log.ts";
import type { Migration } from "./migrations/index.ts";

/** `refused`: the database does not fit this program; nothing was changed. */
export type MigrationOutcome =
  | { readonly kind: "migrated"; readonly applied: readonly string[] }
  | {
      readonly kind: "refused";
      readonly reason: "newerDatabase" | "changedMigration" | "notOurs";
      readonly message: string;
    };

/** Steps of the database's shape that it has been through. */
export interface AppliedMigration {
  readonly id: string;
  readonly checksum: string;
}

/** Held while the shape changes, so that of several processes that start at once one does it and the others wait. */
const MIGRATING = 7_239_002;

/** Brings the database to the shape this program needs, each step in a transaction of its own. Safe to call from many processes at once. */
export function migrate<S>(
  db: Kysely<S>,
  migrations: readonly Migration[],
  log: Log,
): Promise<MigrationOutcome> {
  return db.connection().execute(async (connection) => {
    await sql`set statement_timeout = 0`.execute(connection);
    await sql`set lock_timeout = 0`.execute(connection);
    await sql`select pg_advisory_lock(${MIGRATING})`.execute(connection);
    try {
      return await migrateLocked(connection, migrations, log);
    } finally {
      await sql`select pg_advisory_unlock(${MIGRATING})`.execute(connection);
      await sql`reset statement_timeout`.execute(connection);
      await sql`reset lock_timeout`.execute(connection);
    }
  });
}

async function migrateLocked<S>(
  connection: Kysely<S>,
  migrations: readonly Migration[],
  log: Log,
): Promise<MigrationOutcome> {
  const before = await appliedMigrations(connection);
  if (before === null && (await hasTables(connection)))
    return refused("notOurs", "这个数据库里有别的程序的表。请给绩衡一个空的数据库。");
  const done = before ?? [];
  const refusal = misfit(done, migrations);
  if (refusal) return refusal;
  await sql`
    create table if not exists schema_migration (
      position int primary key, id text not null unique, checksum text not null, applied_at timestamptz not null default now()
    )`.execute(connection);
  const applied: string[] = [];
  for (const [index, migration] of migrations.entries()) {
    if (index < done.length) continue;
    await connection.transaction().execute(async (transaction) => {
      await sql.raw(migration.sql).execute(transaction);
      await sql`insert into schema_migration (position, id, checksum) values (${index}, ${migration.id}, ${checksumOf(migration)})`.execute(
        transaction,
      );
    });
    applied.push(migration.id);
    log.info(`数据库结构已更新：${migration.id}`);
  }
  return { kind: "migrated", applied };
}

/** What the database has been through, in order; null where it is not ours or still empty. */
export async function appliedMigrations<S>(db: Kysely<S>): Promise<AppliedMigration[] | null> {
  const { rows } = await sql<{
    known: boolean;
  }>`select to_regclass('public.schema_migration') is not null as known`.execute(db);
  if (!rows[0]?.known) return null;
  const applied =
    await sql<AppliedMigration>`select id, checksum from schema_migration order by position`.execute(db);
  return applied.rows;
}

async function hasTables<S>(db: Kysely<S>): Promise<boolean> {
  const { rows } = await sql<{ some: boolean }>`
    select exists (select from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')) as some`.execute(
    db,
  );
  return rows[0]?.some === true;
}

/** Why the steps of the database are not the first of the program's, or null. */
export function misfit(
  done: readonly AppliedMigration[],
  migrations: readonly Migration[],
): Extract<MigrationOutcome, { kind: "refused" }> | null {
  for (const [index, { id, checksum }] of done.entries()) {
    const ours = migrations[index];
    if (ours === undefined || ours.id !== id)
      return refused(
        "newerDatabase",
        `数据库结构含有本程序不认识的 ${id}：它由更新的版本建立或升级过。请使用那个版本或更新的版本；不要降级。`,
      );
    if (checksumOf(ours) !== checksum)
      return refused(
        "changedMigration",
        `数据库结构的 ${id} 与本程序的不同：程序文件被改动过，或数据库由未发布的版本建立。请使用原来的版本，或从备份恢复到新的数据库。`,
      );
  }
  return null;
}

function refused(
  reason: Extract<MigrationOutcome, { kind: "refused" }>["reason"],
  message: string,
): Extract<MigrationOutcome, { kind: "refused" }> {
  return { kind: "refused", reason, message };
}

/** What a step is recognised by. */
function checksumOf(migration: Migration): string {
  return createHash("sha256").update(migration.sql).digest("hex");
}
