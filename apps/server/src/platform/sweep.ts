import type { Platform } from "./work.ts";

const HOUR = 3_600_000;
/** How long a client may send the same request again. */
const KEYS_FOR = 48 * HOUR;
/** Whoever was not heard of for so long has long closed the page. */
const PRESENCE_FOR = HOUR;

/** Removes what has had its time: sessions that are over, keys of requests nobody repeats any more, logins that never came back. */
export async function sweep({ db, now }: Platform): Promise<void> {
  const at = now();
  const old = new Date(at.getTime() - KEYS_FOR);
  await db.deleteFrom("session").where("expires_at", "<", at).execute();
  await db.deleteFrom("idempotency").where("at", "<", old).execute();
  await db
    .deleteFrom("presence")
    .where("at", "<", new Date(at.getTime() - PRESENCE_FOR))
    .execute();
  await db.deleteFrom("oidc_attempt").where("expires_at", "<", at).execute();
  await db.deleteFrom("unknown_login").where("at", "<", old).execute();
}
