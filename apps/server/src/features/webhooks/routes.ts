import {
  createWebhook,
  listDeliveries,
  listWebhooks,
  redeliver,
  removeWebhook,
  rotateWebhook,
  switchWebhook,
} from "@jiheng/contract/http";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import { again, create, deliveries, list, remove, rotate, turn } from "./use-cases.ts";

/** Addresses that are told of events. */
export const webhookRoutes: readonly FeatureRoute[] = [
  route(listWebhooks, list),
  route(createWebhook, create),
  route(switchWebhook, turn),
  route(removeWebhook, remove),
  route(rotateWebhook, rotate),
  route(listDeliveries, deliveries),
  route(redeliver, again),
];
