import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { identity, instant, pageOf, pageQuery } from "./paging.ts";

const refusedByRights = ["not-found", "recused", "conflicting-roles", "grant-expired"] as const;
const params = z.strictObject({ webhook: identity });
const eventName = z.string().regex(/^[a-z-]{1,40}(\.[a-z-]{1,40})?$/);

/** An address that is told of events. Its secret is shown once, when it is made. */
export const webhookSchema = z.object({
  id: identity,
  url: z.string(),
  events: z.array(z.string()).describe("事件类型，或点前的一类"),
  disabled: instant.nullable(),
  created: instant,
});

/** The addresses of the region. */
export const listWebhooks = endpoint({
  id: "listWebhooks",
  method: "GET",
  path: "/webhooks",
  title: "对接地址",
  feature: "webhooks",
  access: "administer",
  query: z.strictObject(pageQuery),
  answer: { kind: "json", status: 200, schema: pageOf(webhookSchema) },
  refusals: [...refusedByRights],
});

/** A new address; deliveries are signed with the secret it answers. */
export const createWebhook = endpoint({
  id: "createWebhook",
  method: "POST",
  path: "/webhooks",
  title: "新增对接地址",
  feature: "webhooks",
  access: "administer",
  body: z.strictObject({ url: z.url().max(500), events: z.array(eventName).min(1).max(50) }),
  answer: { kind: "json", status: 201, schema: webhookSchema.extend({ secret: z.string() }) },
  refusals: [...refusedByRights],
});

/** Stops deliveries to an address, or starts them again. */
export const switchWebhook = endpoint({
  id: "switchWebhook",
  method: "PUT",
  path: "/webhooks/{webhook}/enabled",
  title: "停用、启用对接地址",
  feature: "webhooks",
  access: "administer",
  params,
  body: z.strictObject({ enabled: z.boolean() }),
  answer: { kind: "json", status: 200, schema: webhookSchema },
  refusals: [...refusedByRights],
});

/** Removes an address with its deliveries. */
export const removeWebhook = endpoint({
  id: "removeWebhook",
  method: "DELETE",
  path: "/webhooks/{webhook}",
  title: "删除对接地址",
  feature: "webhooks",
  access: "administer",
  params,
  answer: { kind: "none" },
  refusals: [...refusedByRights],
});

/** A new secret; deliveries are signed with it at once. */
export const rotateWebhook = endpoint({
  id: "rotateWebhook",
  method: "POST",
  path: "/webhooks/{webhook}/secret",
  title: "更换签名密钥",
  feature: "webhooks",
  access: "administer",
  params,
  body: z.strictObject({}),
  answer: { kind: "json", status: 200, schema: webhookSchema.extend({ secret: z.string() }) },
  refusals: [...refusedByRights],
});

const deliverySchema = z.object({
  event: z.string(),
  state: z.enum(["waiting", "delivered", "failed"]),
  attempts: z.int(),
  status: z.int().nullable(),
  error: z.string().nullable(),
  at: instant,
});

/** What was delivered to an address, newest first. */
export const listDeliveries = endpoint({
  id: "listDeliveries",
  method: "GET",
  path: "/webhooks/{webhook}/deliveries",
  title: "推送记录",
  feature: "webhooks",
  access: "administer",
  params,
  query: z.strictObject(pageQuery),
  answer: { kind: "json", status: 200, schema: pageOf(deliverySchema) },
  refusals: [...refusedByRights],
});

/** Sends one event again. */
export const redeliver = endpoint({
  id: "redeliver",
  method: "POST",
  path: "/webhooks/{webhook}/deliveries/{event}/redeliver",
  title: "重新推送一个事件",
  feature: "webhooks",
  access: "administer",
  params: params.extend({ event: z.string().regex(/^\d{1,18}$/) }),
  body: z.strictObject({}),
  answer: { kind: "none" },
  refusals: [...refusedByRights],
});
