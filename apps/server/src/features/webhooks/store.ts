import type { Kysely } from "kysely";
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
    .values({ ...webhook, events: [...webhook.events], disabled_at: null })
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
