import { createHash } from "node:crypto";
import type { Kysely } from "kysely";
import type { Schema } from "../database/schema.ts";
import { Refusal } from "./refusal.ts";

/** A command that its client may send again: the key is of the account, the hash of what was asked. */
export interface Keyed {
  readonly region: string;
  readonly account: string;
  readonly key: string;
  readonly requestSha256: string;
}

/** An answer as it was sent, to be sent again. Body null where it held a secret, which is shown once only. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly isSecret: boolean;
}

/** Thrown where the command turns out to be done already: its transaction is rolled back, the kept answer is sent. */
export class AlreadyCarriedOut extends Error {
  readonly kept: KeptAnswer;
  constructor(kept: KeptAnswer) {
    super("already carried out");
    this.name = "AlreadyCarriedOut";
    this.kept = kept;
  }
}

/** The hash of what a request asks for. */
export function hashOfRequest(parts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}:${part}`);
  return hash.digest("hex");
}

/** The kept answer of a key; null where there is none. A key of another request is refused. */
export async function keptAnswer(db: Kysely<Schema>, keyed: Keyed): Promise<KeptAnswer | null> {
  const row = await db
    .selectFrom("idempotency")
    .select(["request_sha256", "status", "headers", "body"])
    .where("region", "=", keyed.region)
    .where("account", "=", keyed.account)
    .where("key", "=", keyed.key)
    .executeTakeFirst();
  if (!row) return null;
  if (row.request_sha256 !== keyed.requestSha256)
    throw new Refusal("key-reused", "这个幂等键（Idempotency-Key）已经用于内容不同的请求，请换一个键。");
  const { isSecret, ...headers } = row.headers as Record<string, string>;
  return { status: row.status, headers, body: row.body, isSecret: isSecret === "yes" };
}

/**
 * Takes the key for this transaction. Another one that holds it is waited for by the unique key itself, on whichever server it runs:
 * when it commits, its answer is sent; when it fails, this one goes on.
 */
export async function takeKey(db: Kysely<Schema>, keyed: Keyed, at: Date): Promise<void> {
  const taken = await db
    .insertInto("idempotency")
    .values({
      region: keyed.region,
      account: keyed.account,
      key: keyed.key,
      request_sha256: keyed.requestSha256,
      status: 0,
      headers: "{}",
      body: null,
      at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (taken.numInsertedOrUpdatedRows === 1n) return;
  const kept = await keptAnswer(db, keyed);
  if (!kept)
    throw new Refusal("conflict", "同一请求正在办理，请稍后用同一幂等键重试。", { retryAfterSeconds: 1 });
  throw new AlreadyCarriedOut(kept);
}

/** Keeps the answer with the key, in the transaction of the command. */
export async function keepAnswer(db: Kysely<Schema>, keyed: Keyed, answer: KeptAnswer): Promise<void> {
  await db
    .updateTable("idempotency")
    .set({
      status: answer.status,
      headers: JSON.stringify({ ...answer.headers, ...(answer.isSecret ? { isSecret: "yes" } : {}) }),
      body: answer.isSecret ? null : answer.body,
    })
    .where("region", "=", keyed.region)
    .where("account", "=", keyed.account)
    .where("key", "=", keyed.key)
    .execute();
}

/** Lets requests with the same key go one after the other within a process, so that those that wait hold no connection. */
export function createTurns(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const turn = before.then(work, work);
    last.set(key, turn);
    try {
      return await turn;
    } finally {
      if (last.get(key) === turn) last.delete(key);
    }
  };
}
