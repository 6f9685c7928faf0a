import { createHash } from "node:crypto";
import { existsSync, linkSync, renameSync, rmSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { PassThrough, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { to as copyTo } from "pg-copy-streams";
import { type BackupHeader, type BackupSeal, MAGIC, RowTally, sealOver } from "./backup-format.ts";
import { translateDatabaseError } from "./database-unavailable.ts";
import type { AppliedMigration } from "./migrate.ts";
import type { Database } from "./open-database.ts";
import { type Connection, quoted, sequencesIn, type TableShape, tablesIn } from "./tables-in-schema.ts";

/** A backup that stands on the disk, or why none does. */
export type BackupOutcome =
  | {
      readonly kind: "written";
      readonly seal: BackupSeal;
      readonly bytes: number;
      /** Of the file; kept apart from it, it shows whether the file is still the one that was made. */
      readonly sha256: string;
    }
  | {
      readonly kind: "refused";
      readonly reason: "exists" | "cannotWrite" | "notOurs";
      readonly message: string;
    };

/** Writes a backup into a file, whole or not at all: under another name first, synced, then renamed. */
export async function backupToFile(
  database: Database,
  path: string,
  { madeAt, overwrite = false }: { readonly madeAt: Date; readonly overwrite?: boolean },
): Promise<BackupOutcome> {
  const target = resolve(path);
  const unfinished = `${target}.part-${process.pid}`;
  if (!overwrite && existsSync(target)) return alreadyThere(target);
  let file: FileHandle;
  try {
    file = await open(unfinished, "wx", 0o600);
  } catch (error) {
    return cannotWrite(target, error);
  }
  try {
    let bytes = 0;
    const hash = createHash("sha256");
    const passed = new PassThrough();
    const writing = (async () => {
      for await (const chunk of passed as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        hash.update(chunk);
        await file.writeFile(chunk);
      }
    })();
    const [made, written] = await Promise.allSettled([backup(database, passed, madeAt), writing]);
    // When the file fails the backup only notices that its stream is gone.
    if (written.status === "rejected" && isFileTrouble(written.reason)) throw written.reason;
    if (made.status === "rejected") throw made.reason;
    if (made.value.kind === "refused") return made.value;
    if (written.status === "rejected") throw written.reason;
    await file.sync();
    if (overwrite) renameSync(unfinished, target);
    // Unlike a rename, a link never replaces what came to stand there meanwhile.
    else linkSync(unfinished, target);
    await syncFolder(dirname(target));
    return { kind: "written", seal: made.value.seal, bytes, sha256: hash.digest("hex") };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return alreadyThere(target);
    if (isFileTrouble(error)) return cannotWrite(target, error);
    throw error;
  } finally {
    await file.close();
    rmSync(unfinished, { force: true });
  }
}

/** Writes a backup of one moment into a stream and ends it. Others may go on working meanwhile. Memory does not grow with the data. */
export async function backup(
  database: Database,
  target: Writable,
  madeAt: Date,
): Promise<
  | { readonly kind: "made"; readonly seal: BackupSeal }
  | { readonly kind: "refused"; readonly reason: "notOurs"; readonly message: string }
> {
  const client = await database.pool.connect();
  const zipped = createGzip({ level: 3 });
  const writing = pipeline(zipped, target);
  // Awaited below; a failure of the file must not be unhandled while a table is being read.
  writing.catch(() => {});
  let isSound = false;
  try {
    await client.query("begin isolation level repeatable read read only");
    for (const setting of SETTINGS) await client.query(`set local ${setting}`);
    const header = await readHeader(client, madeAt);
    if (header === null) {
      zipped.end();
      await writing;
      isSound = true;
      return {
        kind: "refused",
        reason: "notOurs",
        message: "这个数据库里没有绩衡的表，没有东西可以备份。请检查数据目录或数据库地址。",
      };
    }
    const headerLine = JSON.stringify(header);
    await write(zipped, `${MAGIC}\n${headerLine}\n`);
    const summaries = [];
    for (const table of header.tables) {
      const tally = new RowTally();
      const rows = client.query(
        copyTo(`copy (select ${columnList(table)} from ${tableName(table)}) to stdout`),
      );
      for await (const piece of rows as AsyncIterable<Buffer>) {
        tally.add(piece);
        for (let at = 0; at < piece.length; at += PIECE)
          await writePiece(zipped, piece.subarray(at, at + PIECE));
      }
      const summary = tally.summary(table.name);
      summaries.push(summary);
      await write(zipped, Buffer.alloc(4));
      await write(zipped, `${JSON.stringify(summary)}\n`);
    }
    const seal = sealOver(headerLine, summaries);
    zipped.end(`${JSON.stringify(seal)}\n`);
    await writing;
    await client.query("commit");
    isSound = true;
    return { kind: "made", seal };
  } catch (error) {
    const cause = translateDatabaseError(error);
    zipped.destroy(cause instanceof Error ? cause : undefined);
    // Where the target failed first, all we noticed was that the stream is gone.
    throw await writing.then(
      () => cause,
      (first: unknown) => first,
    );
  } finally {
    // In the middle of a COPY it is of no use to anybody.
    client.release(!isSound);
  }
}

/** What a row looks like as text must not depend on how a server is set up. */
const SETTINGS = [
  "statement_timeout = 0",
  "lock_timeout = 0",
  "idle_in_transaction_session_timeout = 0",
  "client_encoding = 'UTF8'",
  "datestyle = 'ISO, YMD'",
  "intervalstyle = 'postgres'",
  "timezone = 'UTC'",
  "extra_float_digits = 3",
  "bytea_output = 'hex'",
];
const PIECE = 2 ** 20;

async function readHeader(connection: Connection, madeAt: Date): Promise<BackupHeader | null> {
  const known = await connection.query("select to_regclass('public.schema_migration') is not null as known");
  if (!known.rows[0].known) return null;
  const migrations = await connection.query<AppliedMigration>(
    "select id, checksum from schema_migration order by position",
  );
  const version = await connection.query("show server_version");
  return {
    madeAt: madeAt.toISOString(),
    postgres: version.rows[0].server_version,
    migrations: migrations.rows,
    tables: await tablesIn(connection),
    sequences: await sequencesIn(connection),
  };
}

/** The columns of a table as SQL takes them. */
export function columnList({ columns }: TableShape): string {
  return columns.map(quoted).join(", ");
}

/** A table as SQL takes it. */
export function tableName({ name }: TableShape): string {
  return `public.${quoted(name)}`;
}

async function writePiece(target: Writable, piece: Buffer): Promise<void> {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(piece.length);
  await write(target, length);
  await write(target, piece);
}

/** Waits until the stream takes more, so that a slow disk slows the database and does not fill the memory. */
function write(target: Writable, chunk: string | Buffer): Promise<void> {
  return new Promise((done, fail) => {
    target.write(chunk, (error) => (error ? fail(error) : done()));
  });
}

async function syncFolder(folder: string): Promise<void> {
  // Windows does not open folders; its file systems need no such thing.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}

function isFileTrouble(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return (
    syscall !== undefined && ["ENOSPC", "EDQUOT", "EIO", "EACCES", "EROFS", "EPERM"].includes(code ?? "")
  );
}

function alreadyThere(target: string): BackupOutcome {
  return { kind: "refused", reason: "exists", message: `${target} 已经存在，没有覆盖它。请换一个文件名。` };
}

function cannotWrite(target: string, error: unknown): BackupOutcome {
  const full = ["ENOSPC", "EDQUOT"].includes((error as NodeJS.ErrnoException).code ?? "");
  const message = full
    ? `磁盘已满，备份 ${target} 没有写成，也没有留下半个文件。请腾出空间或换一个磁盘。`
    : `不能写 ${target}：${error instanceof Error ? error.message : String(error)}`;
  return { kind: "refused", reason: "cannotWrite", message };
}
