import { type Kysely, sql } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";

type Db = Kysely<Schema>;

/** Which events a list shows. */
export interface EventFilter {
  /** A type, or what stands before its dot. */
  readonly type?: string | undefined;
  readonly subject?: string | undefined;
  readonly actor?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly order: "newest" | "oldest";
  readonly after?: bigint;
  readonly limit: number;
}

/** Events in the order of the chain or against it. */
export function eventRows(db: Db, region: string, filter: EventFilter) {
  let query = db.selectFrom("event").selectAll().where("region", "=", region);
  const { type, subject, actor, from, to, order, after } = filter;
  if (type !== undefined)
    query = type.includes(".") ? query.where("type", "=", type) : query.where("type", "like", `${type}.%`);
  if (subject !== undefined) query = query.where("subject", "=", subject);
  if (actor !== undefined) query = query.where("actor", "=", actor);
  if (from !== undefined) query = query.where("at", ">=", from);
  if (to !== undefined) query = query.where("at", "<", to);
  if (after !== undefined) query = query.where("seq", order === "newest" ? "<" : ">", after);
  return query
    .orderBy("seq", order === "newest" ? "desc" : "asc")
    .limit(filter.limit)
    .execute();
}

/** An event as it is kept. */
export type EventRow = Awaited<ReturnType<typeof eventRows>>[number];

/** Events of a subject that changed cells, from a place of the chain on. */
export function changesOf(db: Db, region: string, subject: string, from: bigint, limit: number) {
  return db
    .selectFrom("event")
    .select(["seq", "at", "actor", "actor_name", "type", "body"])
    .where("region", "=", region)
    .where("subject", "=", subject)
    .where("seq", ">=", from)
    .where(sql<boolean>`body like '%"changes":[{%'`)
    .orderBy("seq")
    .limit(limit)
    .execute();
}

/** The end of the chain. */
export function headOf(db: Db, region: string) {
  return db
    .selectFrom("event_head")
    .select(["seq", "sha256", "sm3"])
    .where("region", "=", region)
    .executeTakeFirst();
}

/** Rows read at a time: what a check or an export holds in memory. */
const BATCH = 1_000;

/** The whole chain up to a place, a batch at a time. */
export async function* chainUpTo(db: Db, region: string, last: bigint): AsyncGenerator<EventRow> {
  let after = 0n;
  for (;;) {
    const rows = await db
      .selectFrom("event")
      .selectAll()
      .where("region", "=", region)
      .where("seq", ">", after)
      .where("seq", "<=", last)
      .orderBy("seq")
      .limit(BATCH)
      .execute();
    yield* rows;
    const end = rows.at(-1);
    if (rows.length < BATCH || !end) return;
    after = end.seq;
  }
}
