import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { migrate } from "../src/platform/database/migrate.ts";
import { MIGRATIONS } from "../src/platform/database/migrations/index.ts";
import { openDatabase } from "../src/platform/database/open-database.ts";
import { emptyDatabase, SERVERS, silent, type TestDatabase } from "./database.ts";

const one = { id: "0001-one", sql: "create table one (id int primary key); insert into one values (1)" };
const two = { id: "0002-two", sql: "create table two (id int primary key)" };

describe.each(SERVERS)("migrations $title", ({ server, skip }) => {
  let database: TestDatabase;
  beforeEach(async () => {
    if (!skip) database = await emptyDatabase(server);
  });
  afterEach(() => database?.close());

  const tables = async () => {
    const { rows } = await sql<{ name: string }>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname collate "C"`.execute(
      database.db,
    );
    return rows.map(({ name }) => name);
  };

  it.skipIf(skip)("are applied once and in order", async () => {
    expect(await migrate(database.db, [one], silent)).toEqual({ kind: "migrated", applied: ["0001-one"] });
    expect(await migrate(database.db, [one, two], silent)).toEqual({
      kind: "migrated",
      applied: ["0002-two"],
    });
    expect(await migrate(database.db, [one, two], silent)).toEqual({ kind: "migrated", applied: [] });
    expect(await tables()).toEqual(["one", "schema_migration", "two"]);
  });

  it.skipIf(skip)("of this program are all applied", async () => {
    const outcome = await migrate(database.db, MIGRATIONS, silent);
    expect(outcome).toEqual({ kind: "migrated", applied: MIGRATIONS.map(({ id }) => id) });
  });

  it.skipIf(skip)("run once when several processes start at the same time", async () => {
    const others = [1, 2, 3, 4].map(() => openDatabase(database.connection, { log: silent, poolSize: 1 }));
    try {
      const outcomes = await Promise.all(others.map(({ db }) => migrate(db, [one, two], silent)));
      const applied = outcomes.map((outcome) => (outcome.kind === "migrated" ? outcome.applied.length : -1));
      expect(applied.sort()).toEqual([0, 0, 0, 2]);
    } finally {
      for (const other of others) await other.close();
    }
  });

  it.skipIf(skip)("that fail leave nothing of themselves", async () => {
    const broken = { id: "0002-broken", sql: "create table two (id int); select 1 / 0" };
    await expect(migrate(database.db, [one, broken], silent)).rejects.toThrow("division by zero");
    expect(await tables()).toEqual(["one", "schema_migration"]);
    expect((await migrate(database.db, [one, two], silent)).kind).toBe("migrated");
  });

  it.skipIf(skip)("refuse a database that is newer, other, or not ours", async () => {
    await migrate(database.db, [one, two], silent);
    expect(await migrate(database.db, [one], silent)).toMatchObject({
      kind: "refused",
      reason: "newerDatabase",
      message: expect.stringContaining("0002-two"),
    });
    expect(await migrate(database.db, [{ ...one, sql: "select 1" }, two], silent)).toMatchObject({
      reason: "changedMigration",
      message: expect.stringContaining("0001-one"),
    });
    await sql`drop table schema_migration`.execute(database.db);
    expect(await migrate(database.db, [one], silent)).toMatchObject({ reason: "notOurs" });
    expect(await tables()).toEqual(["one", "two"]);
  });
});
