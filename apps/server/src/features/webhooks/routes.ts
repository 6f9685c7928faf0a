import {
  createWebhook,
  listDeliveries,
  listWebhooks,
  removeWebhook,
  switchWebhook,
} from "@jiheng/contract/http";
import { type FeatureRoute, route } from "../../platform/http/route.ts";
import { create, deliveries, list, remove, turn } from "./use-cases.ts";

/** Addresses that are told of events. */
export const webhookRoutes: readonly FeatureRoute[] = [
  route(listWebhooks, list),
  route(createWebhook, create),
  route(switchWebhook, turn),
  route(removeWebhook, remove),
  route(listDeliveries, deliveries),
];
