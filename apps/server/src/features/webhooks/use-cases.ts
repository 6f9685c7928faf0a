import type {
  createWebhook,
  Endpoint,
  listDeliveries,
  listWebhooks,
  redeliver,
  removeWebhook,
  rotateWebhook,
  switchWebhook,
  webhookSchema,
} from "@jiheng/contract/http";
import { may } from "@jiheng/workflow";
import type { Kysely } from "kysely";
import type { z } from "zod";
import { fromCursor, toCursor } from "../../platform/cursor.ts";
import type { Schema } from "../../platform/database/schema.ts";
import type { Call, ReplyOf } from "../../platform/http/route.ts";
import { newSecret } from "../../platform/http/secrets.ts";
import { done, type Outcome, type Refused, refused, refusedBy } from "../../platform/outcome.ts";
import type { Caller } from "../../platform/work.ts";
import { lineageOf, subjectOfBody } from "../organisations/index.ts";
import { type Reach, urlRefusal } from "./send.ts";
import {
  addWebhook,
  askAgain,
  changeSecret,
  deliveryRows,
  dropWebhook,
  setDisabled,
  type WebhookRow,
  webhookById,
  webhookRows,
} from "./store.ts";

type Answer<E extends Endpoint> = Promise<Outcome<ReplyOf<E["answer"]>>>;

const NO_SUCH = "没有这个对接地址，请刷新后重新选择。";
const BAD_CURSOR = refused("invalid-input", "翻页标记不对，请从第一页重新查询。");
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

async function denied(db: Kysely<Schema>, caller: Caller, at: Date): Promise<Refused | null> {
  const root = await lineageOf(db, caller.region, null);
  const permitted = may(caller.actor, "manage-webhooks", subjectOfBody(root), at.toISOString());
  return permitted.kind === "allowed" ? null : refusedBy(permitted);
}

function present(row: WebhookRow): z.input<typeof webhookSchema> {
  return {
    ...{ id: row.id, url: row.url, events: row.events, created: row.at.toISOString() },
    disabled: row.disabled_at?.toISOString() ?? null,
  };
}

/** The addresses of the region. */
export async function list({
  platform,
  caller,
  query,
}: Call<typeof listWebhooks>): Answer<typeof listWebhooks> {
  const refusal = await denied(platform.db, caller, platform.now());
  if (refusal) return refusal;
  const place = query.after === undefined ? null : fromCursor(query.after, { id: "string" });
  if (query.after !== undefined && !(place && UUID.test(place.id))) return BAD_CURSOR;
  const rows = await webhookRows(platform.db, caller.region, place?.id ?? null, query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const next = rows.length > page.length && last ? toCursor({ id: last.id }) : null;
  return done({ body: { items: page.map(present), next } });
}

/** Why nothing may be sent to this address; null where it may. Where its name points to is judged whenever something is sent. */
function addressFault(text: string, reach: Reach): string | null {
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return "地址中不能带用户名、密码；推送以密钥签名。";
  if (url.hash !== "") return "地址中不能带 # 之后的部分。";
  const refusal = urlRefusal(url, reach);
  return refusal === null ? null : `地址${refusal}。`;
}

/** A new address, with the secret that its deliveries are signed with. */
export function create({
  command,
  body,
  settings,
}: Call<typeof createWebhook>): Answer<typeof createWebhook> {
  return command(async ({ db, caller, at, newId, record }) => {
    const refusal = await denied(db, caller, at);
    if (refusal) return refusal;
    const fault = addressFault(body.url, settings.webhooks);
    if (fault) return refused("invalid-input", fault, [{ at: "body.url", says: fault }]);
    const [id, secret] = [newId(), newSecret()];
    const events = [...new Set(body.events)];
    const { url } = body;
    await addWebhook(db, { region: caller.region, id, url, secret, events, at, by: caller.actor.account });
    record(INSTALLATION, { type: "webhook.changed", webhook: id, change: "created", url });
    return done({ body: { ...present({ id, url, events, disabled_at: null, at }), secret }, isSecret: true });
  });
}

const INSTALLATION = { kind: "installation", id: null, year: null } as const;

/** Stops deliveries to an address, or starts them again. */
export function turn({ command, params, body }: Call<typeof switchWebhook>): Answer<typeof switchWebhook> {
  return command(async ({ db, caller, at, record }) => {
    const refusal = await denied(db, caller, at);
    if (refusal) return refusal;
    const row = await webhookById(db, caller.region, params.webhook);
    if (!row) return refused("not-found", NO_SUCH);
    if ((row.disabled_at === null) === body.enabled) return done({ body: present(row) });
    const disabled_at = body.enabled ? null : at;
    await setDisabled(db, caller.region, row.id, disabled_at);
    const change = body.enabled ? "enabled" : "disabled";
    record(INSTALLATION, { type: "webhook.changed", webhook: row.id, change, url: row.url });
    return done({ body: present({ ...row, disabled_at }) });
  });
}

/** A new secret for an address whose old one may be known. */
export function rotate({ command, params }: Call<typeof rotateWebhook>): Answer<typeof rotateWebhook> {
  return command(async ({ db, caller, at, record }) => {
    const refusal = await denied(db, caller, at);
    if (refusal) return refusal;
    const row = await webhookById(db, caller.region, params.webhook);
    if (!row) return refused("not-found", NO_SUCH);
    const secret = newSecret();
    await changeSecret(db, caller.region, row.id, secret);
    record(INSTALLATION, { type: "webhook.changed", webhook: row.id, change: "secret", url: row.url });
    return done({ body: { ...present(row), secret }, isSecret: true });
  });
}

/** Sends one event again, from the first attempt. */
export function again({ command, params }: Call<typeof redeliver>): Answer<typeof redeliver> {
  return command(async ({ db, caller, at, enqueue }) => {
    const refusal = await denied(db, caller, at);
    if (refusal) return refusal;
    const isThere = await askAgain(db, caller.region, params.webhook, BigInt(params.event), at);
    if (!isThere) return refused("not-found", "没有这条推送记录。");
    await enqueue({ name: "deliveries", region: caller.region });
    return done({});
  });
}

/** Removes an address. */
export function remove({ command, params }: Call<typeof removeWebhook>): Answer<typeof removeWebhook> {
  return command(async ({ db, caller, at, record }) => {
    const refusal = await denied(db, caller, at);
    if (refusal) return refusal;
    const row = await webhookById(db, caller.region, params.webhook);
    if (!row) return refused("not-found", NO_SUCH);
    await dropWebhook(db, caller.region, row.id);
    record(INSTALLATION, { type: "webhook.changed", webhook: row.id, change: "removed", url: row.url });
    return done({});
  });
}

/** What was delivered to an address. */
export async function deliveries(call: Call<typeof listDeliveries>): Answer<typeof listDeliveries> {
  const { platform, caller, params, query } = call;
  const refusal = await denied(platform.db, caller, platform.now());
  if (refusal) return refusal;
  if (!(await webhookById(platform.db, caller.region, params.webhook))) return refused("not-found", NO_SUCH);
  const place = query.after === undefined ? null : fromCursor(query.after, { seq: "string" });
  if (query.after !== undefined && !(place && /^\d{1,18}$/.test(place.seq))) return BAD_CURSOR;
  const before = place ? BigInt(place.seq) : null;
  const rows = await deliveryRows(platform.db, caller.region, params.webhook, before, query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return done({
    body: {
      items: page.map((row) => ({
        ...{
          event: row.event_seq.toString(),
          state: row.state as "waiting" | "delivered" | "failed",
          attempts: row.attempts,
          status: row.status,
        },
        ...{ error: row.error, at: row.at.toISOString() },
      })),
      next: rows.length > page.length && last ? toCursor({ seq: last.event_seq.toString() }) : null,
    },
  });
}
