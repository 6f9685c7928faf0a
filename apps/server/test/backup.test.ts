import { createHash } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { gunzipSync, gzipSync } from "node:zlib";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backup, backupToFile } from "../src/platform/database/backup.ts";
import { migrate } from "../src/platform/database/migrate.ts";
import { MIGRATIONS } from "../src/platform/database/migrations/index.ts";
import type { Database } from "../src/platform/database/open-database.ts";
import { checkBackup, restoreFromFile } from "../src/platform/database/restore.ts";
import { emptyDatabase, SERVERS, silent, type TestDatabase, type TestServer } from "./database.ts";

/** What a generic backup meets: odd values, odd names, references in a circle, partitions, sequences, triggers, generated columns. */
const ODD = {
  id: "0001-odd",
  sql: `
    create table odd (
      id bigint generated always as identity primary key,
      word text, bytes bytea, exact numeric, floating double precision, json jsonb, at timestamptz, day date, flag boolean, many text[],
      length_of_word int generated always as (char_length(word)) stored
    );
    create table "奇怪 ""名字" ("列 1" text primary key, "select" int);
    create table hen (id int primary key, egg int);
    create table egg (id int primary key, hen int references hen);
    alter table hen add foreign key (egg) references egg deferrable initially deferred;
    create table tree (id int primary key, parent int references tree);
    create table parted (year int, id int, word text, primary key (year, id)) partition by list (year);
    create table parted_2024 partition of parted for values in (2024);
    create table parted_2025 partition of parted for values in (2025);
    create table parted_child (id int primary key, year int, foreign key (year, id) references parted);
    create unique index egg_by_hen on egg (hen desc nulls last) where hen > 0;
    create index odd_by_word on odd using gin (many) with (fastupdate = off);
    create index parted_by_word on parted (word);
    alter table tree add constraint one_parent unique (parent, id) deferrable;
    create sequence numbers start 100 increment 7;
    create table sealed (id int primary key, word text);
    create function no_writing() returns trigger language plpgsql as $$ begin raise exception 'sealed'; end $$;
  `,
};
const SEAL = {
  id: "0002-seal",
  sql: "create trigger seal before insert or update or delete on sealed for each row execute function no_writing()",
};
const LATER = {
  id: "0003-later",
  sql: "alter table tree add column note text; update tree set note = 'migrated'",
};

async function fill({ db }: Database): Promise<void> {
  await sql`
    insert into odd (word, bytes, exact, floating, json, at, day, flag, many) values
      (null, null, null, null, null, null, null, null, null),
      ('', '\\x', 0, 0, 'null', '-infinity', 'infinity', false, '{}'),
      (${"绩效\t目标\n第二行\r\\N \\. 𠮷䶮 😀"}, ${Buffer.from([0, 1, 10, 13, 92, 255])}, '123456789012345678901234567890.123456789', 1e-300,
        ${JSON.stringify({ 指标: "数量\n质量", n: 1.1, deep: [null, { a: "\\" }] })}, '2024-02-29 23:59:59.123456+08', '2024-02-29', true,
        ${["a,b", '"', "NULL", "{}"]}),
      ('\\.', null, 'NaN', 'Infinity', '{"a": 1}', '0044-03-15 BC', '0001-01-01', null, array[null, 'x'])`.execute(
    db,
  );
  await sql`insert into "奇怪 ""名字" values ('甲', 1), ('', null)`.execute(db);
  await sql`begin; insert into hen values (1, 1), (2, null); insert into egg values (1, 2), (2, null); commit`.execute(
    db,
  );
  await sql`insert into tree select n, nullif(n / 2, 0) from generate_series(1, 50) as n order by n desc`.execute(
    db,
  );
  await sql`insert into parted select 2024 + n % 2, n, 'row ' || n from generate_series(1, 5000) as n`.execute(
    db,
  );
  await sql`insert into parted_child values (1, 2025), (2, 2024)`.execute(db);
  await sql`select nextval('numbers'), nextval('numbers')`.execute(db);
  await sql`insert into sealed values (1, '不可改')`.execute(db);
}

/** Every row of every table as the server writes it, in an order of its own. */
async function contents({ pool }: Database): Promise<Record<string, string[]>> {
  const tables = await pool.query(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`,
  );
  const all: Record<string, string[]> = {};
  for (const { name } of tables.rows) {
    if (name === "schema_migration") continue;
    const quoted = `"${name.replaceAll('"', '""')}"`;
    const rows = await pool.query(`select t::text as line from ${quoted} t order by t::text collate "C"`);
    all[name] = rows.rows.map(({ line }) => line);
  }
  return all;
}

describe.each(SERVERS)("backup and restore $title", ({ server, skip }) => {
  let folder: string;
  let file: string;
  let opened: TestDatabase[];
  const madeAt = new Date("2025-03-01T00:00:00Z");

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "jiheng-backup-"));
    file = join(folder, "a.jiheng");
    opened = [];
  });
  afterEach(async () => {
    for (const database of opened) await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const fresh = async (on: TestServer = server) => {
    const database = await emptyDatabase(on);
    opened.push(database);
    return database;
  };
  const filled = async () => {
    const database = await fresh();
    await migrate(database.db, [ODD], silent);
    await fill(database);
    await migrate(database.db, [ODD, SEAL], silent);
    return database;
  };

  it.skipIf(skip)("bring back every row, sequence, key and trigger", async () => {
    const source = await filled();
    const made = await backupToFile(source, file, { madeAt });
    expect(made).toMatchObject({ kind: "written", bytes: statSync(file).size });
    expect(made.kind === "written" && made.sha256).toBe(
      createHash("sha256").update(readFileSync(file)).digest("hex"),
    );
    const target = await fresh();
    const outcome = await restoreFromFile(file, target, [ODD, SEAL], silent);
    expect(outcome).toMatchObject({ kind: "restored", madeAt: madeAt.toISOString() });
    expect(await contents(target)).toEqual(await contents(source));
    const rows = Object.values(await contents(target)).flat().length;
    expect(outcome.kind === "restored" && outcome.seal.rows).toBe(rows);
    expect((await target.pool.query("select nextval('numbers')")).rows).toEqual([{ nextval: 114n }]);
    expect((await target.pool.query("insert into odd (word) values ('next') returning id")).rows).toEqual([
      { id: 5n },
    ]);
    await expect(target.pool.query("insert into egg values (9, 9)")).rejects.toMatchObject({ code: "23503" });
    await expect(target.pool.query("insert into sealed values (2)")).rejects.toThrow("sealed");
    const keys =
      "select conname, pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2";
    expect((await target.pool.query(keys)).rows).toEqual((await source.pool.query(keys)).rows);
  });

  it.skipIf(skip)("work for the tables of this program", async () => {
    const source = await fresh();
    await migrate(source.db, MIGRATIONS, silent);
    await source.db
      .insertInto("region")
      .values({ region: "r1", name: "示例区", created_at: madeAt })
      .execute();
    await source.db
      .insertInto("event_head")
      .values({ region: "r1", seq: 1n, sha256: "a", sm3: "b" })
      .execute();
    expect((await backupToFile(source, file, { madeAt })).kind).toBe("written");
    const target = await fresh();
    expect(await restoreFromFile(file, target, MIGRATIONS, silent)).toMatchObject({
      kind: "restored",
      seal: { rows: 2 },
    });
    expect(await contents(target)).toEqual(await contents(source));
    const shape = `select indexdef as line from pg_indexes where schemaname = 'public'
      union all select conrelid::regclass || conname || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace order by 1`;
    expect((await target.pool.query(shape)).rows).toEqual((await source.pool.query(shape)).rows);
  });

  it.skipIf(skip)("bring an older version up to this one, and refuse what they do not know", async () => {
    const source = await filled();
    await backupToFile(source, file, { madeAt });
    const later = await fresh();
    expect((await restoreFromFile(file, later, [ODD, SEAL, LATER], silent)).kind).toBe("restored");
    expect((await later.pool.query("select distinct note from tree")).rows).toEqual([{ note: "migrated" }]);
    const target = await fresh();
    const refused = { kind: "refused", reason: "otherVersion" };
    expect(await restoreFromFile(file, target, [ODD], silent)).toMatchObject(refused);
    expect(await restoreFromFile(file, target, [ODD, { ...SEAL, sql: "select 1" }], silent)).toMatchObject(
      refused,
    );
    expect(await contents(target)).toEqual({});
    await migrate(target.db, [ODD, SEAL, LATER], silent);
    expect(await restoreFromFile(file, target, [ODD, SEAL, LATER], silent)).toMatchObject(refused);
  });

  it.skipIf(skip)("never write over what is there: a file, a row", async () => {
    const source = await filled();
    writeFileSync(file, "mine");
    expect(await backupToFile(source, file, { madeAt })).toMatchObject({ kind: "refused", reason: "exists" });
    expect(readFileSync(file, "utf8")).toBe("mine");
    expect(await backupToFile(source, file, { madeAt, overwrite: true })).toMatchObject({ kind: "written" });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["a.jiheng"]);
    const before = await contents(source);
    const again = await restoreFromFile(file, source, [ODD, SEAL], silent);
    expect(again).toMatchObject({
      kind: "refused",
      reason: "notEmpty",
      message: expect.stringContaining("egg"),
    });
    expect(await contents(source)).toEqual(before);
    const other = await fresh();
    await other.pool.query("create table stranger (id int)");
    expect(await restoreFromFile(file, other, [ODD, SEAL], silent)).toMatchObject({ reason: "notEmpty" });
  });

  it.skipIf(skip)("touch nothing when the file is cut short, changed, or another file", async () => {
    const source = await filled();
    await backupToFile(source, file, { madeAt });
    const whole = readFileSync(file);
    const target = await fresh();
    const refuses = async (reason: string, words?: string) => {
      const outcome = await restoreFromFile(file, target, [ODD, SEAL], silent);
      expect(outcome).toMatchObject({ kind: "refused", reason });
      if (words) expect(outcome).toMatchObject({ message: expect.stringContaining(words) });
      expect(await contents(target)).toEqual({});
    };
    for (const share of [0, 0.01, 0.3, 0.9, 0.999]) {
      truncateSync(file, Math.floor(whole.length * share));
      await refuses("damaged");
      writeFileSync(file, whole);
    }
    for (const share of [0.1, 0.5, 0.95]) {
      const changed = Buffer.from(whole);
      const at = Math.floor(whole.length * share);
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      writeFileSync(file, changed);
      await refuses("damaged");
    }
    const text = gunzipSync(whole);
    const edited = Buffer.from(text);
    edited.write("ROW 1", text.indexOf("row 1"));
    writeFileSync(file, gzipSync(edited));
    await refuses("damaged", "parted");
    // All of its tables, but the line that seals them taken off; then a header that promises less.
    writeFileSync(file, gzipSync(text.subarray(0, text.lastIndexOf("\n", text.length - 2) + 1)));
    await refuses("damaged", "不完整");
    writeFileSync(
      file,
      gzipSync(Buffer.from(text.toString("latin1").replace('"madeAt":"2025', '"madeAt":"2024'), "latin1")),
    );
    await refuses("damaged", "封签");
    writeFileSync(file, whole);
    appendFileSync(file, Buffer.alloc(100));
    await refuses("damaged", "末尾");
    writeFileSync(file, whole);
    appendFileSync(file, gzipSync("more"));
    await refuses("damaged", "末尾");
    writeFileSync(file, whole);
    appendFileSync(file, "more");
    await refuses("damaged");
    writeFileSync(file, gzipSync("JIHENG-BACKUP 2\n{}\n"));
    await refuses("damaged", "更新的版本");
    writeFileSync(file, "PK not a backup");
    await refuses("damaged", "不是绩衡的备份");
    rmSync(file);
    await refuses("noFile");
    writeFileSync(file, whole);
    expect(await checkBackup(file)).toMatchObject({
      kind: "sound",
      header: { madeAt: madeAt.toISOString() },
    });
    expect((await restoreFromFile(file, target, [ODD, SEAL], silent)).kind).toBe("restored");
  });

  it.skipIf(skip)("hold one moment while others go on writing", async () => {
    const source = await fresh();
    await migrate(source.db, [ODD], silent);
    await source.pool.query("insert into parted select 2024, n from generate_series(1, 20000) n");
    await source.pool.query("insert into tree values (1)");
    let writing = true;
    const writer = (async () => {
      // Each moves a row from a late table to an early one; in any one moment there are 20001 in both.
      for (let n = 1; writing; n++) {
        await source.pool.query(
          `with gone as (delete from parted where id = ${n} returning id) insert into egg (id) select id from gone`,
        );
      }
    })();
    const made = await backupToFile(source, file, { madeAt });
    writing = false;
    await writer;
    const target = await fresh();
    expect((await restoreFromFile(file, target, [ODD], silent)).kind).toBe("restored");
    const count = await target.pool.query(
      "select (select count(*) from egg) + (select count(*) from parted) as n",
    );
    expect(count.rows).toEqual([{ n: 20000n }]);
    expect(made.kind).toBe("written");
  });

  it.skipIf(skip)(
    "leave no half file and no stuck connection when the disk or the reader fails",
    async () => {
      const source = await fresh();
      await migrate(source.db, [ODD], silent);
      await source.pool.query(
        "insert into parted select 2024, n, md5(n::text) || md5((-n)::text) from generate_series(1, 200000) n",
      );
      let taken = 0;
      const failing = new Writable({
        write(chunk, _, done) {
          taken += chunk.length;
          done(
            taken > 1_000_000
              ? Object.assign(new Error("no space"), { code: "ENOSPC", syscall: "write" })
              : null,
          );
        },
      });
      await expect(backup(source, failing, madeAt)).rejects.toThrow("no space");
      expect((await source.pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
      expect(await backupToFile(source, join(folder, "none", "b"), { madeAt })).toMatchObject({
        reason: "cannotWrite",
      });
      expect(existsSync(join(folder, "none"))).toBe(false);
      const empty = await fresh();
      expect(await backupToFile(empty, file, { madeAt })).toMatchObject({
        kind: "refused",
        reason: "notOurs",
      });
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});

const both = SERVERS.every(({ skip }) => !skip);
it.skipIf(!both)("a backup of PostgreSQL 18 is restored on 15 and the other way round", async () => {
  const folder = mkdtempSync(join(tmpdir(), "jiheng-backup-"));
  try {
    for (const [from, to] of [
      ["embedded", "system15"],
      ["system15", "embedded"],
    ] as const) {
      const [source, target] = [await emptyDatabase(from), await emptyDatabase(to)];
      await migrate(source.db, [ODD], silent);
      await fill(source);
      const file = join(folder, from);
      await backupToFile(source, file, { madeAt: new Date(0) });
      expect((await restoreFromFile(file, target, [ODD], silent)).kind).toBe("restored");
      expect(await contents(target)).toEqual(await contents(source));
      await source.close();
      await target.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
