import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  DatabaseUnavailable,
  translateDatabaseError,
} from "../src/platform/database/database-unavailable.ts";
import { inTransaction, openDatabase } from "../src/platform/database/open-database.ts";
import { type RunningPostgres, startPostgres } from "../src/platform/postgres/start-postgres.ts";
import { silent, type TestDatabase, testDatabase } from "./database.ts";

const region = (name: string) => ({ region: name, name, created_at: new Date(0) });

describe("a database that goes away", () => {
  let folder: string;
  let server: RunningPostgres;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "jiheng-gone-"));
    chmodSync(folder, 0o755);
    server = await startPostgres({
      dataDir: folder,
      log: silent,
      settings: { fsync: "off", shared_buffers: "32MB" },
    });
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("fails what is asked with a clear error, never ends the process, and works again when it is back", async () => {
    const database = openDatabase(server.connection, { log: silent, poolSize: 4 });
    const read = () => sql<{ one: number }>`select 1 as one`.execute(database.db);
    await Promise.all([read(), read(), read()]);
    const asleep = sql`select pg_sleep(20)`.execute(database.db).then(
      () => "slept",
      (error: unknown) => error,
    );
    const inside = database.db
      .transaction()
      .execute((transaction) => sql`select pg_sleep(20)`.execute(transaction))
      .then(
        () => "slept",
        (error: unknown) => error,
      );
    await new Promise((done) => setTimeout(done, 100));
    const back = new Promise<void>((done) => server.onExit((event) => event === "back" && done()));
    process.kill(server.pid() ?? 0, "SIGKILL");
    for (const error of [await asleep, await inside]) {
      expect(error).toBeInstanceOf(DatabaseUnavailable);
      expect(error).toMatchObject({ trouble: "gone" });
    }
    // Until it is back, every answer is either a result or the same clear error.
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        read().then(
          () => "gone",
          (error: DatabaseUnavailable) => error.trouble ?? String(error),
        ),
      ),
    );
    expect(new Set(answers)).toEqual(new Set(["gone"]));
    await back;
    expect((await read()).rows).toEqual([{ one: 1 }]);
    await database.close();
  });

  it("says the same where no server ever was", async () => {
    const database = openDatabase({ ...server.connection, host: "/nowhere" }, { log: silent });
    await expect(sql`select 1`.execute(database.db)).rejects.toMatchObject({
      name: "DatabaseUnavailable",
      trouble: "gone",
    });
    await database.close();
    const byUrl = openDatabase({ url: "postgres://nobody@127.0.0.1:1/none" }, { log: silent });
    await expect(byUrl.pool.query("select 1")).rejects.toMatchObject({
      trouble: "gone",
      code: "ECONNREFUSED",
    });
    await byUrl.close();
  });
});

describe("transactions", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database?.close());

  it("that lose a race are run again", async () => {
    await database.db
      .insertInto("region")
      .values([region("a"), region("b")])
      .execute();
    let runs = 0;
    const count = () =>
      inTransaction(
        database.db,
        async (transaction) => {
          runs += 1;
          const { name } = await transaction
            .selectFrom("region")
            .select("name")
            .where("region", "=", "a")
            .executeTakeFirstOrThrow();
          await new Promise((done) => setTimeout(done, 20));
          await transaction
            .updateTable("region")
            .set({ name: `${name}+` })
            .where("region", "=", "a")
            .execute();
        },
        { isolation: "serializable", attempts: 20 },
      );
    await Promise.all([count(), count(), count()]);
    const { name } = await database.db
      .selectFrom("region")
      .select("name")
      .where("region", "=", "a")
      .executeTakeFirstOrThrow();
    expect(name).toBe("a+++");
    expect(runs).toBeGreaterThan(3);
  });

  it("that deadlock are run again", async () => {
    const touch = (first: string, second: string) =>
      inTransaction(database.db, async (transaction) => {
        for (const each of [first, second]) {
          await transaction
            .updateTable("region")
            .set({ jurisdiction: first })
            .where("region", "=", each)
            .execute();
          await new Promise((done) => setTimeout(done, 50));
        }
      });
    await Promise.all([touch("a", "b"), touch("b", "a")]);
    const rows = await database.db
      .selectFrom("region")
      .select("jurisdiction")
      .where("region", "in", ["a", "b"])
      .execute();
    expect(new Set(rows.map(({ jurisdiction }) => jurisdiction)).size).toBe(1);
  });

  it("that keep losing end as busy, those that are wrong as what they are", async () => {
    const lost = Object.assign(new Error("could not serialize access"), { code: "40001" });
    let runs = 0;
    const losing = inTransaction(
      database.db,
      async () => {
        runs += 1;
        throw translateDatabaseError(lost);
      },
      { attempts: 3 },
    );
    await expect(losing).rejects.toMatchObject({ name: "DatabaseUnavailable", trouble: "busy" });
    expect(runs).toBe(3);
    const twice = database.db.insertInto("region").values(region("a")).execute();
    await expect(twice).rejects.toMatchObject({ code: "23505" });
    await expect(twice).rejects.not.toBeInstanceOf(DatabaseUnavailable);
  });

  it("give up waiting: for a statement, for a lock, for a connection", async () => {
    const hasty = openDatabase(database.connection, {
      log: silent,
      poolSize: 1,
      statementTimeout: 100,
      lockTimeout: 50,
    });
    const busy = { name: "DatabaseUnavailable", trouble: "busy" };
    await expect(sql`select pg_sleep(5)`.execute(hasty.db)).rejects.toMatchObject(busy);
    await database.db.transaction().execute(async (transaction) => {
      await transaction.updateTable("region").set({ name: "held" }).where("region", "=", "a").execute();
      const waiting = hasty.db
        .updateTable("region")
        .set({ name: "other" })
        .where("region", "=", "a")
        .execute();
      await expect(waiting).rejects.toMatchObject(busy);
    });
    await hasty.close();
  });
});
