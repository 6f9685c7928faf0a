import { type Kysely, sql, type Transaction } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";

type Db = Kysely<Schema>;

const WEBHOOK = ["id", "url", "events", "disabled_at", "at"] as const;

/** Addresses of the region, oldest first. */
export function webhookRows(db: Db, region: string, after: string | null, limit: number) {
  let query = db.selectFrom("webhook").select(WEBHOOK).where("region", "=", region);
  if (after !== null) query = query.where("id", ">", after);
  return query.orderBy("id").limit(limit).execute();
}

/** An address, without its secret. */
export type WebhookRow = Awaited<ReturnType<typeof webhookRows>>[number];

/** One address. */
export function webhookById(db: Db, region: string, id: string) {
  return db
    .selectFrom("webhook")
    .select(WEBHOOK)
    .where("region", "=", region)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** Keeps a new address. */
export async function addWebhook(
  db: Db,
  webhook: {
    readonly region: string;
    readonly id: string;
    readonly url: string;
    readonly secret: string;
    readonly events: readonly string[];
    readonly at: Date;
    readonly by: string;
  },
): Promise<void> {
  await db
    .insertInto("webhook")
    .values({
      ...webhook,
      events: [...webhook.events],
      disabled_at: null,
      // What happened before is not told.
      seen_seq: sql<bigint>`coalesce((select seq from event_head where region = ${webhook.region}), 0)`,
    })
    .execute();
}

/** Stops deliveries, or starts them again. */
export async function setDisabled(db: Db, region: string, id: string, at: Date | null): Promise<void> {
  await db
    .updateTable("webhook")
    .set({ disabled_at: at })
    .where("region", "=", region)
    .where("id", "=", id)
    .execute();
}

/** Removes an address and what was delivered to it. */
export async function dropWebhook(db: Db, region: string, id: string): Promise<void> {
  await db.deleteFrom("webhook_delivery").where("region", "=", region).where("webhook", "=", id).execute();
  await db.deleteFrom("webhook").where("region", "=", region).where("id", "=", id).execute();
}

/** Deliveries to an address, newest first. */
export function deliveryRows(db: Db, region: string, webhook: string, before: bigint | null, limit: number) {
  let query = db
    .selectFrom("webhook_delivery")
    .select(["event_seq", "state", "attempts", "status", "error", "at"])
    .where("region", "=", region)
    .where("webhook", "=", webhook);
  if (before !== null) query = query.where("event_seq", "<", before);
  return query.orderBy("event_seq", "desc").limit(limit).execute();
}

/** Makes a waiting delivery of every event that an address of the region asks for and that was not looked at yet. */
export async function takeUpEvents(db: Transaction<Schema>, region: string, at: Date): Promise<void> {
  const { rows } = await sql<{ id: string; seen_seq: bigint; events: string[]; head: bigint }>`
    select w.id, w.seen_seq, w.events, h.seq as head from webhook w join event_head h on h.region = w.region
    where w.region = ${region} and w.disabled_at is null and h.seq > w.seen_seq
    order by w.id for update of w`.execute(db);
  for (const { id, seen_seq, events, head } of rows) {
    await sql`
      insert into webhook_delivery (region, webhook, event_seq, state, at, next_at)
      select e.region, ${id}::uuid, e.seq, 'waiting', ${at}, ${at} from event e
      where e.region = ${region} and e.seq > ${seen_seq} and e.seq <= ${head}
        and (e.type = any(${events}::text[]) or split_part(e.type, '.', 1) = any(${events}::text[]))
      on conflict do nothing`.execute(db);
    await sql`update webhook set seen_seq = ${head} where region = ${region} and id = ${id}`.execute(db);
  }
}

/** A delivery to be made now. */
export interface DueDelivery {
  readonly region: string;
  readonly webhook: string;
  readonly event_seq: bigint;
  /** This one included. */
  readonly attempts: number;
  readonly url: string;
  readonly secret: string;
  readonly type: string;
  readonly event_at: Date;
  readonly subject_kind: string;
  readonly subject: string | null;
  readonly year: number | null;
}

/** Takes the next due delivery of a region for this process, until `until`; null where none is due. */
export async function claimDue(db: Db, region: string, at: Date, until: Date): Promise<DueDelivery | null> {
  const { rows } = await sql<DueDelivery>`
    with due as (
      select d.region, d.webhook, d.event_seq from webhook_delivery d
      join webhook w on w.region = d.region and w.id = d.webhook and w.disabled_at is null
      where d.region = ${region} and d.next_at <= ${at} order by d.next_at, d.event_seq limit 1 for update of d skip locked
    ), taken as (
      update webhook_delivery d set attempts = d.attempts + 1, next_at = ${until} from due
      where d.region = due.region and d.webhook = due.webhook and d.event_seq = due.event_seq
      returning d.region, d.webhook, d.event_seq, d.attempts
    )
    select t.region, t.webhook, t.event_seq, t.attempts, w.url, w.secret, e.type, e.at as event_at, e.subject_kind, e.subject, e.year
    from taken t join webhook w on w.region = t.region and w.id = t.webhook
    join event e on e.region = t.region and e.seq = t.event_seq`.execute(db);
  return rows[0] ?? null;
}

/** Writes what came of an attempt. */
export async function settleDelivery(
  db: Db,
  { region, webhook, seq }: { readonly region: string; readonly webhook: string; readonly seq: bigint },
  {
    state,
    status,
    error,
    at,
    next,
  }: {
    readonly state: "delivered" | "waiting" | "failed";
    readonly status: number | null;
    readonly error: string | null;
    readonly at: Date;
    readonly next: Date | null;
  },
): Promise<void> {
  await db
    .updateTable("webhook_delivery")
    .set({ state, status, error, at, next_at: next })
    .where("region", "=", region)
    .where("webhook", "=", webhook)
    .where("event_seq", "=", seq)
    .execute();
}

/** When the next delivery of a region is due; null where none waits. */
export async function nextDue(db: Db, region: string): Promise<Date | null> {
  const { rows } = await sql<{ next: Date | null }>`
    select min(d.next_at) as next from webhook_delivery d
    join webhook w on w.region = d.region and w.id = d.webhook and w.disabled_at is null
    where d.region = ${region} and d.next_at is not null`.execute(db);
  return rows[0]?.next ?? null;
}

/** Regions with events that were not looked at, or with a delivery that is due. */
export async function regionsToTell(db: Db, at: Date): Promise<string[]> {
  const { rows } = await sql<{ region: string }>`
    select distinct w.region from webhook w join event_head h on h.region = w.region
    where w.disabled_at is null and (h.seq > w.seen_seq or exists (
      select from webhook_delivery d where d.region = w.region and d.webhook = w.id and d.next_at <= ${at}))`.execute(
    db,
  );
  return rows.map(({ region }) => region);
}

/** Asks for a delivery again; false where there is none of this event. */
export async function askAgain(
  db: Db,
  region: string,
  webhook: string,
  seq: bigint,
  at: Date,
): Promise<boolean> {
  const row = await db
    .updateTable("webhook_delivery")
    .set({ state: "waiting", attempts: 0, next_at: at })
    .where("region", "=", region)
    .where("webhook", "=", webhook)
    .where("event_seq", "=", seq)
    .returning("event_seq")
    .executeTakeFirst();
  return row !== undefined;
}

/** A new secret: from now on deliveries are signed with it. */
export async function changeSecret(db: Db, region: string, id: string, secret: string): Promise<void> {
  await db.updateTable("webhook").set({ secret }).where("region", "=", region).where("id", "=", id).execute();
}

/** How many deliveries wait, and how many were given up. */
export async function countOpenDeliveries(db: Db): Promise<{ state: string; count: number }[]> {
  const { rows } = await sql<{ state: string; count: number }>`
    select state, count(*)::int as count from webhook_delivery where state <> 'delivered' group by state`.execute(
    db,
  );
  return rows;
}
