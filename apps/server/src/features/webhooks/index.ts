/** What the queue of jobs asks of webhooks. */
export { callForDeliveries, deliver } from "./deliver.ts";
export { countOpenDeliveries } from "./store.ts";
