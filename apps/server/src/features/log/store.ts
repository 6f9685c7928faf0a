import type { Form } from "@jiheng/domain";
import { KIND_TITLES, type Kind } from "@jiheng/workflow";
import { type Kysely, sql } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";

type Db = Kysely<Schema>;

/** Which events a list shows. */
export interface EventFilter {
  /** A type, or what stands before its dot. */
  readonly type?: string | undefined;
  readonly subject?: string | undefined;
  /** A project or a body, with the projects and forms that are its own. */
  readonly about?: string | undefined;
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
  const { type, subject, about, actor, from, to, order, after } = filter;
  if (type !== undefined)
    query = type.includes(".") ? query.where("type", "=", type) : query.where("type", "like", `${type}.%`);
  if (subject !== undefined) query = query.where("subject", "=", subject);
  if (about !== undefined)
    query = query.where(sql<boolean>`subject in (
      select ${about}::uuid
      union select id from organisation where region = ${region} and parent = ${about}
      union select id from project where region = ${region} and (unit = ${about} or department = ${about})
      union select id from submission
        where region = ${region} and (project = ${about} or unit = ${about} or department = ${about})
      union select id from rectification
        where region = ${region} and (project = ${about} or unit = ${about} or department = ${about}))`);
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

/** Something the log speaks of, by its name of today. */
export interface Named {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
}

/** What identities are called, whatever they are of; the unknown are left out. */
export async function namesOf(db: Db, region: string, ids: readonly string[]): Promise<Named[]> {
  if (ids.length === 0) return [];
  const among = sql`= any(${[...ids]}::uuid[])`;
  const { rows } = await sql<Named & { year: number | null; form: string | null }>`
    select id, 'organisation' as kind, name, null::int as year, null as form from organisation
      where region = ${region} and id ${among}
    union all select id, 'account', name || '（' || login || '）', null, null from account
      where region = ${region} and id ${among}
    union all select id, 'project', name, null, null from project where region = ${region} and id ${among}
    union all select id, 'submission', project_name, year, kind from submission
      where region = ${region} and id ${among}
    union all select id, 'call', title, null, null from call_for_work where region = ${region} and id ${among}
    union all select id, 'sample', name, null, null from sample where region = ${region} and id ${among}
    union all select id, 'evidence', name, null, null from evidence where region = ${region} and id ${among}
    union all select id, 'token', name, null, null from api_token where region = ${region} and id ${among}
    union all select r.id, 'rectification', p.name, r.year, null from rectification r
      join project p on p.region = r.region and p.id = r.project
      where r.region = ${region} and r.id ${among}
    union all select j.id, 'import', f.name || case when j.files > 1 then '等' || j.files || '个文件' else '' end, j.year, null
      from import_job j join import_file f on f.region = j.region and f.job = j.id and f.position = (
        select min(position) from import_file g where g.region = j.region and g.job = j.id)
      where j.region = ${region} and j.id ${among}`.execute(db);
  return rows.map(({ id, kind, name, year, form }) => ({ id, kind, name: titled(kind, name, year, form) }));
}

function titled(kind: string, name: string, year: number | null, form: string | null): string {
  if (kind === "submission") return `${name}（${year}年${KIND_TITLES[form as Kind] ?? ""}）`;
  if (kind === "import") return `${name}（导入${year}年）`;
  return kind === "rectification" ? `${name}（${year}年整改）` : name;
}

/** People, bodies, projects and forms whose name holds some words. */
export async function findByName(
  db: Db,
  region: string,
  search: string,
  kind: string | undefined,
  limit: number,
): Promise<Named[]> {
  const like = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  const only = (each: string) => (kind === undefined || kind === each ? sql`true` : sql`false`);
  const { rows } = await sql<Named & { year: number | null; form: string | null }>`
    (select id, 'account' as kind, name || '（' || login || '）' as name, null::int as year, null as form from account
      where ${only("account")} and region = ${region} and (name ilike ${like} or login ilike ${like})
      order by login limit ${limit})
    union all (select id, 'organisation', name, null, null from organisation
      where ${only("organisation")} and region = ${region} and name ilike ${like} order by name limit ${limit})
    union all (select id, 'project', name, null, null from project
      where ${only("project")} and region = ${region} and (name ilike ${like} or code ilike ${like})
      order by name limit ${limit})
    union all (select id, 'submission', project_name, year, kind from submission
      where ${only("submission")} and region = ${region} and project_name ilike ${like}
      order by project_name, year desc, kind limit ${limit})
    limit ${limit}`.execute(db);
  return rows.map(({ id, kind, name, year, form }) => ({ id, kind, name: titled(kind, name, year, form) }));
}

/** Forms of submissions as they stand, by identity. */
export async function formsById(
  db: Db,
  region: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Form>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("submission")
    .select(["id", "form"])
    .where("region", "=", region)
    .where("id", "in", [...ids])
    .where("form", "is not", null)
    .execute();
  return new Map(rows.map(({ id, form }) => [id, form as unknown as Form]));
}

/** Events by type from an instant on. */
export function countsByType(db: Db, region: string, from: Date, types: readonly string[]) {
  return db
    .selectFrom("event")
    .select(["type", (is) => is.fn.countAll<bigint>().as("events"), (is) => is.fn.max("at").as("last")])
    .where("region", "=", region)
    .where("type", "in", [...types])
    .where("at", ">=", from)
    .groupBy("type")
    .orderBy("type")
    .execute();
}

/** What one person did at one instant many times over, the most first. */
export function bulkOf(db: Db, region: string, from: Date, least: number, limit: number) {
  return db
    .selectFrom("event")
    .select(["type", "actor", "actor_name", "at", (is) => is.fn.countAll<bigint>().as("events")])
    .where("region", "=", region)
    .where("at", ">=", from)
    .groupBy(["type", "actor", "actor_name", "at"])
    .having((is) => is.fn.countAll(), ">=", least)
    .orderBy("events", "desc")
    .orderBy("at", "desc")
    .limit(limit)
    .execute();
}
