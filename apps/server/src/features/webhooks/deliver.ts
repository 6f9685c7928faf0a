import { setTimeout as sleep } from "node:timers/promises";
import { inTransaction } from "../../platform/database/open-database.ts";
import type { Platform } from "../../platform/work.ts";
import { type Reach, send, signatureOf } from "./send.ts";
import { claimDue, type DueDelivery, nextDue, regionsToTell, settleDelivery, takeUpEvents } from "./store.ts";

const MINUTE = 60_000;
/** Waits between attempts; after the last one the delivery has failed, and a person may ask for it again. */
const WAITS = [1, 5, 15, 60, 180, 360, 720, 1_440].map((minutes) => minutes * MINUTE);
/** A delivery whose process was killed is taken up again after this. */
const CLAIMED_FOR = 2 * MINUTE;
/** A job that waits for a near delivery stays; one further away is asked for again. */
const NEAR = 5_000;

/**
 * Takes up the events that the addresses of a region ask for, and sends what is due. The log of events is the outbox: what was committed
 * is told, what was rolled back never was there. A delivery may come twice, never out of its signature; receivers know it by its event.
 */
export async function deliver(
  platform: Platform,
  region: string,
  reach: Reach,
  signal: AbortSignal,
): Promise<void> {
  const { db, now } = platform;
  while (!signal.aborted) {
    await inTransaction(db, (inside) => takeUpEvents(inside, region, now()));
    const due = await claimDue(db, region, now(), new Date(now().getTime() + CLAIMED_FOR));
    if (due) {
      await attempt(platform, due, reach, signal);
      continue;
    }
    const next = await nextDue(db, region);
    const wait = next === null ? Number.POSITIVE_INFINITY : next.getTime() - now().getTime();
    if (wait > NEAR) return;
    await sleep(Math.max(50, wait), undefined, { signal }).catch(() => {});
  }
}

async function attempt(
  { db, now }: Platform,
  due: DueDelivery,
  reach: Reach,
  signal: AbortSignal,
): Promise<void> {
  const { region, webhook, event_seq: seq, attempts } = due;
  const body = JSON.stringify({
    ...{ id: `${region}-${seq}`, region, type: due.type, at: due.event_at.toISOString() },
    subject: { kind: due.subject_kind, id: due.subject, year: due.year },
  });
  const seconds = Math.floor(now().getTime() / 1_000);
  const headers = {
    "jiheng-event": `${region}-${seq}`,
    "jiheng-attempt": String(attempts),
    "jiheng-signature": signatureOf(due.secret, seconds, body),
  };
  const sent = await send(due.url, { body, headers }, reach, signal);
  // What this process broke off itself is nobody's failure: it is due again when its claim ends.
  if (sent.kind === "failed" && signal.aborted) return;
  const at = now();
  if (sent.kind === "delivered")
    return settleDelivery(
      db,
      { region, webhook, seq },
      { state: "delivered", status: sent.status, error: null, at, next: null },
    );
  const wait = sent.final ? undefined : WAITS[attempts - 1];
  await settleDelivery(
    db,
    { region, webhook, seq },
    {
      state: wait === undefined ? "failed" : "waiting",
      ...{ status: sent.status, error: sent.error, at },
      next: wait === undefined ? null : new Date(at.getTime() + wait),
    },
  );
}

/** Asks for the deliveries of every region that has something to tell. */
export async function callForDeliveries({ db, jobs, now }: Platform): Promise<void> {
  for (const region of await regionsToTell(db, now()))
    await inTransaction(db, (inside) => jobs.enqueue(inside, { name: "deliveries", region }));
}
