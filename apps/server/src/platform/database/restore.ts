import { once } from "node:events";
import { createReadStream } from "node:fs";
import { from as copyFrom } from "pg-copy-streams";
import type { Log } from "../log.ts";
import { columnList, tableName } from "./backup.ts";
import {
  type BackupHeader,
  type BackupSeal,
  type BackupVisitor,
  DamagedBackup,
  readBackup,
} from "./backup-format.ts";
import { translateDatabaseError } from "./database-unavailable.ts";
import { appliedMigrations, migrate, misfit } from "./migrate.ts";
import type { Migration } from "./migrations/index.ts";
import type { Database } from "./open-database.ts";
import {
  type Connection,
  keysAndIndexesIn,
  quoted,
  sequencesIn,
  type TableShape,
  tablesIn,
} from "./tables-in-schema.ts";

/** `refused`: no row was written. */
export type RestoreOutcome =
  | { readonly kind: "restored"; readonly seal: BackupSeal; readonly madeAt: string }
  | {
      readonly kind: "refused";
      readonly reason: "noFile" | "damaged" | "otherVersion" | "notEmpty";
      readonly message: string;
    };

/**
 * Restores a backup into a database without tables, or with the tables of the same version and no rows. The file is read through and
 * checked before anything is touched, and again while its rows go in; they all go in or none does. A backup of an older version is
 * restored in its own shape and then migrated.
 */
export async function restoreFromFile(
  path: string,
  database: Database,
  migrations: readonly Migration[],
  log: Log,
): Promise<RestoreOutcome> {
  const checked = await checkBackup(path);
  if (checked.kind === "refused") return checked;
  const { header } = checked;
  const misfitting = misfit(header.migrations, migrations);
  if (misfitting)
    return refused("otherVersion", `备份是另一个版本写的，本程序恢复不了：${misfitting.message}`);
  const before = await appliedMigrations(database.db);
  if (before !== null && before.length !== header.migrations.length)
    return refused(
      "otherVersion",
      "数据库已有的结构与备份的版本不同。请恢复到一个空的数据库或新的数据目录，程序会按备份的版本建好结构再升级。",
    );
  const shaped = await migrate(database.db, migrations.slice(0, header.migrations.length), log);
  if (shaped.kind === "refused") return refused("notEmpty", shaped.message);
  const loaded = await load(path, header, database);
  if (loaded.kind === "refused") return loaded;
  await migrate(database.db, migrations, log);
  await database.pool.query("analyze");
  return { kind: "restored", seal: loaded.seal, madeAt: header.madeAt };
}

/** Reads a backup through without a database: what it holds and whether it is whole. */
export async function checkBackup(
  path: string,
): Promise<
  | { readonly kind: "sound"; readonly header: BackupHeader; readonly seal: BackupSeal }
  | Extract<RestoreOutcome, { kind: "refused" }>
> {
  let header: BackupHeader | null = null;
  try {
    const seal = await readBackup(createReadStream(path), {
      async header(found) {
        header = found;
      },
    });
    if (header === null) throw new DamagedBackup("备份文件没有开头。");
    return { kind: "sound", header, seal };
  } catch (error) {
    if (error instanceof DamagedBackup) return refused("damaged", `${path}：${error.message}`);
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall !== undefined) return refused("noFile", `读不了 ${path}：${code}。请检查文件名和权限。`);
    throw error;
  }
}

type Loaded =
  | { readonly kind: "loaded"; readonly seal: BackupSeal }
  | Extract<RestoreOutcome, { kind: "refused" }>;

async function load(path: string, header: BackupHeader, database: Database): Promise<Loaded> {
  const client = await database.pool.connect();
  let isSound = false;
  try {
    await client.query("begin");
    for (const name of ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"])
      await client.query(`set local ${name} = 0`);
    await client.query("set local maintenance_work_mem = '256MB'");
    await client.query("set local datestyle = 'ISO, YMD'; set local client_encoding = 'UTF8'");
    const refusal = await prepare(client, header);
    if (refusal) {
      await client.query("rollback");
      isSound = true;
      return refusal;
    }
    // Checked and sorted at once when they are put back, instead of row by row in a queue that grows with the data.
    const removed = await keysAndIndexesIn(client);
    for (const { off } of removed) await client.query(off);
    for (const { name } of header.tables)
      await client.query(`alter table public.${quoted(name)} disable trigger user`);
    const seal = await readBackup(createReadStream(path), rowsInto(client));
    for (const { name } of header.tables)
      await client.query(`alter table public.${quoted(name)} enable trigger user`);
    for (const { on } of removed.reverse()) await client.query(on);
    for (const { name, value, isCalled } of header.sequences)
      await client.query("select setval($1::regclass, $2, $3)", [`public.${quoted(name)}`, value, isCalled]);
    await client.query("commit");
    isSound = true;
    return { kind: "loaded", seal };
  } catch (error) {
    if (error instanceof DamagedBackup) return refused("damaged", `${path}：${error.message}`);
    throw translateDatabaseError(error);
  } finally {
    // A connection left in the middle is closed, which rolls it back.
    client.release(!isSound);
  }
}

/** Holds the tables for this transaction alone, and finds whether they are those of the backup and empty. */
async function prepare(
  client: Connection,
  header: BackupHeader,
): Promise<Extract<RestoreOutcome, { kind: "refused" }> | null> {
  const tables = await tablesIn(client);
  const sequences = (await sequencesIn(client)).map(({ name }) => name);
  const fits =
    JSON.stringify(tables) === JSON.stringify(header.tables) &&
    JSON.stringify(sequences) === JSON.stringify(header.sequences.map(({ name }) => name));
  if (!fits) return refused("otherVersion", "备份里的表与数据库的不同，没有恢复任何内容。");
  const filled: string[] = [];
  for (const table of tables) {
    await client.query(`lock table ${tableName(table)} in access exclusive mode`);
    const { rows } = await client.query(`select exists (select from ${tableName(table)}) as filled`);
    if (rows[0].filled) filled.push(table.name);
  }
  if (filled.length === 0) return null;
  return refused(
    "notEmpty",
    `数据库里已有内容（${filled.slice(0, 5).join("、")}${filled.length > 5 ? " 等" : ""}），没有覆盖它。请恢复到一个空的数据库或新的数据目录。`,
  );
}

function rowsInto(client: Connection): BackupVisitor {
  let into: ReturnType<typeof copyFrom> | null = null;
  let failure: unknown = null;
  return {
    async tableBegins(table: TableShape) {
      into = client.query(copyFrom(`copy ${tableName(table)} (${columnList(table)}) from stdin`));
      into.on("error", (error) => {
        failure = error;
      });
    },
    async piece(rows) {
      if (failure) throw failure;
      if (into && !into.write(rows)) await once(into, "drain");
    },
    async tableEnds({ table, rows }) {
      if (failure) throw failure;
      if (into === null) return;
      const finished = once(into, "finish");
      into.end();
      await finished;
      if (into.rowCount !== rows)
        throw new DamagedBackup(`表 ${table} 应有 ${rows} 行，数据库收下了 ${into.rowCount} 行。`);
    },
  };
}

function refused(
  reason: Extract<RestoreOutcome, { kind: "refused" }>["reason"],
  message: string,
): Extract<RestoreOutcome, { kind: "refused" }> {
  return { kind: "refused", reason, message };
}
