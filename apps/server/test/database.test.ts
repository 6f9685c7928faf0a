import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SERVERS, type TestDatabase, testDatabase } from "./database.ts";

describe.each(SERVERS)("a database $title", ({ server, skip }) => {
  let database: TestDatabase;
  beforeAll(async () => {
    if (!skip) database = await testDatabase(server);
  });
  afterAll(() => database?.close());

  it.skipIf(skip)("has the tables", async () => {
    await database.db
      .insertInto("region")
      .values({ region: "r1", name: "示例区", created_at: new Date(0) })
      .execute();
    const rows = await database.db.selectFrom("region").selectAll().execute();
    expect(rows).toEqual([
      { region: "r1", name: "示例区", jurisdiction: null, is_demo: false, created_at: new Date(0) },
    ]);
  });

  it.skipIf(skip)("gives exact values", async () => {
    const { rows } = await sql`
      select 9007199254740993::int8 as fen, 12.50::numeric as mark, '2024-01-31'::date as day, array[1::int8, null] as many,
        array[0.1::numeric] as marks, array['2024-01-31'::date] as days, '2024-01-31T00:00:00+08:00'::timestamptz as at`.execute(
      database.db,
    );
    expect(rows).toEqual([
      {
        fen: 9007199254740993n,
        mark: "12.50",
        day: "2024-01-31",
        many: [1n, null],
        marks: ["0.1"],
        days: ["2024-01-31"],
        at: new Date("2024-01-30T16:00:00Z"),
      },
    ]);
  });

  it.skipIf(skip)("orders names as a dictionary does and sees Chinese letters", async () => {
    const { rows } = await sql<{ name: string }>`
      select name from (values ('张三'), ('李四'), ('阿五'), ('重庆'), ('北京'), ('上海')) as names (name) order by name`.execute(
      database.db,
    );
    expect(rows.map(({ name }) => name)).toEqual(["阿五", "北京", "重庆", "李四", "上海", "张三"]);
  });

  it.skipIf(skip)("is a new one, empty", async () => {
    const other = await testDatabase(server);
    try {
      expect(await other.db.selectFrom("region").select("region").execute()).toEqual([]);
    } finally {
      await other.close();
    }
  });
});
