import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backupToFile } from "../src/platform/database/backup.ts";
import { DatabaseUnavailable } from "../src/platform/database/database-unavailable.ts";
import { migrate } from "../src/platform/database/migrate.ts";
import { type Database, openDatabase } from "../src/platform/database/open-database.ts";
import { processesIn } from "../src/platform/postgres/server-process.ts";
import { type RunningPostgres, startPostgres } from "../src/platform/postgres/start-postgres.ts";
import { silent } from "./database.ts";

const SMALL = 128;
const TABLES = { id: "0001-rows", sql: "create table row (id int primary key, bytes bytea not null)" };

/** A disk of 128 MB to fill; only root may mount one, and not in every container. */
function smallDisk(): string | null {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), "jiheng-small-disk-"));
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${SMALL}m,mode=0755`, "tmpfs", folder]);
  if (mounted.status === 0) return folder;
  rmSync(folder, { recursive: true });
  return null;
}

const disk = smallDisk();
const title = disk === null ? "a full disk: this process may not mount a small one to fill" : "a full disk";

describe.skipIf(disk === null)(title, () => {
  const folder = disk ?? "";
  const dataDir = join(folder, "data");
  const ballast = join(folder, "ballast");
  let server: RunningPostgres;
  let database: Database;

  beforeAll(async () => {
    server = await startPostgres({
      dataDir,
      log: silent,
      settings: { shared_buffers: "32MB", max_wal_size: "32MB", min_wal_size: "32MB" },
    });
    database = openDatabase(server.connection, { log: silent });
    await migrate(database.db, [TABLES], silent);
  });
  afterAll(async () => {
    rmSync(ballast, { force: true });
    await database?.close();
    await server?.stop();
    spawnSync("umount", [folder]);
    rmSync(folder, { recursive: true, force: true });
  });

  const fillUp = () => {
    const file = openSync(ballast, "a");
    try {
      for (;;) writeSync(file, Buffer.alloc(4_096));
    } catch {
      closeSync(file);
    }
  };
  const write = (id: number) =>
    sql`insert into row values (${id}, ${randomBytes(500_000)})`.execute(database.db).then(
      () => null,
      (error: unknown) => error,
    );

  it("is said clearly, loses nothing that was acknowledged, and passes when there is room again", {
    timeout: 120_000,
  }, async () => {
    writeFileSync(ballast, Buffer.alloc(20 * 2 ** 20));
    const acknowledged: number[] = [];
    const errors: unknown[] = [];
    for (let id = 1; id < 1_000 && errors.length < 12; id++) {
      const error = await write(id);
      if (error === null) acknowledged.push(id);
      else errors.push(error);
    }
    expect(acknowledged.length).toBeGreaterThan(10);
    expect(errors.length).toBe(12);
    for (const error of errors) expect(error).toBeInstanceOf(DatabaseUnavailable);
    expect(errors[0]).toMatchObject({ trouble: "full", message: expect.stringContaining("磁盘已满") });
    rmSync(ballast);
    let tries = 0;
    while ((await write(10_000)) !== null && tries++ < 100)
      await new Promise((done) => setTimeout(done, 100));
    const { rows } = await sql<{
      id: number;
      size: number;
    }>`select id, length(bytes) as size from row`.execute(database.db);
    const whole = new Set(rows.filter(({ size }) => size === 500_000).map(({ id }) => id));
    expect([...acknowledged, 10_000].filter((id) => !whole.has(id))).toEqual([]);
    expect(rows.length).toBe(whole.size);
  });

  it("ends the server, which comes back by itself when there is room again", {
    timeout: 120_000,
  }, async () => {
    const before = await sql<{ id: number }>`select id from row order by id`.execute(database.db);
    let isBack = true;
    server.onExit((event) => {
      isBack = event === "back";
    });
    // What a dying server gives back is filled up again, until there is not even room for the pid file of the next.
    for (let round = 0; isBack && round < 20; round++) {
      rmSync(join(dataDir, "postgres", "postmaster.pid"), { force: true });
      const pid = processesIn(join(dataDir, "postgres"));
      fillUp();
      for (const each of pid) process.kill(each, "SIGKILL");
      for (let wait = 0; wait < 100; wait++) {
        fillUp();
        await new Promise((done) => setTimeout(done, 10));
      }
    }
    expect(isBack).toBe(false);
    await expect(sql`select 1`.execute(database.db)).rejects.toMatchObject({ trouble: "gone" });
    const back = new Promise<void>((done) => server.onExit((event) => event === "back" && done()));
    rmSync(ballast);
    await back;
    expect((await sql`select id from row order by id`.execute(database.db)).rows).toEqual(before.rows);
    expect(await write(20_000)).toBeNull();
  });

  it("leaves no half backup and no half data folder", async () => {
    const free = Number(
      spawnSync("df", ["--output=avail", "-k", folder], { encoding: "utf8" }).stdout.split("\n")[1],
    );
    writeFileSync(ballast, Buffer.alloc(Math.max(0, free - 4_096) * 1024));
    const target = join(folder, "backup");
    expect(await backupToFile(database, target, { madeAt: new Date(0) })).toMatchObject({
      kind: "refused",
      reason: "cannotWrite",
      message: expect.stringContaining("磁盘已满"),
    });
    expect(existsSync(target)).toBe(false);
    const other = join(folder, "other");
    mkdirSync(other);
    chmodSync(other, 0o755);
    await expect(startPostgres({ dataDir: other, log: silent })).rejects.toMatchObject({
      trouble: "cannotInitialise",
      message: expect.stringContaining("磁盘已满"),
    });
    expect(readdirSync(other)).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(["ballast", "data", "other"]);
  });
});
