import type { Kysely } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";
import type { Client, CookieChange } from "../../platform/http/route.ts";
import { csrfOf, hashOfSecret, newSecret } from "../../platform/http/secrets.ts";
import type { Standing } from "../../platform/http/who-calls.ts";
import { bySession } from "../../platform/http/who-calls.ts";
import type { Settings } from "../../platform/settings/settings.ts";
import type { Platform } from "../../platform/work.ts";
import { addSession } from "./store.ts";

/** A session that has begun: its cookie, and what the answer says of it. */
export interface BegunSession {
  readonly value: string;
  readonly csrf: string;
  readonly expires: Date;
}

/** How a session begins: anew, or going on from another with a new secret. */
export interface SessionStart {
  readonly region: string;
  readonly account: string;
  readonly at: Date;
  readonly method: string;
  readonly device: string;
  readonly secondFactorAt: Date | null;
  /** Of the session it goes on from: its end does not move. */
  readonly since?: { readonly createdAt: Date; readonly expiresAt: Date };
}

/** Begins a session with a secret of its own; only hashes are kept. */
export async function beginSession(
  db: Kysely<Schema>,
  settings: Settings,
  start: SessionStart,
): Promise<BegunSession> {
  const secret = newSecret();
  const csrf = csrfOf(secret);
  const expires = start.since?.expiresAt ?? new Date(start.at.getTime() + settings.session.absolute);
  await addSession(db, {
    ...{
      region: start.region,
      account: start.account,
      at: start.at,
      method: start.method,
      device: start.device,
    },
    ...{ idHash: hashOfSecret(secret), csrfHash: hashOfSecret(csrf), expires },
    createdAt: start.since?.createdAt ?? start.at,
    secondFactorAt: start.secondFactorAt,
  });
  return { value: `${start.region}.${secret}`, csrf, expires };
}

/** The cookie of a session that has begun. */
export function sessionCookie({ value, expires }: BegunSession): CookieChange {
  return { kind: "set", purpose: "session", value, until: expires };
}

/** What the client is told of a session. */
export interface SessionAnswer {
  readonly standing: Standing;
  readonly csrf: string;
  readonly region: string;
  readonly account: string;
  readonly name: string;
  readonly expires: string;
}

/** The answer to a login or a step of one: looked at as the next request will see it. */
export async function sessionAnswer(
  platform: Platform,
  settings: Settings,
  begun: BegunSession,
): Promise<{ readonly body: SessionAnswer; readonly cookies: readonly CookieChange[] }> {
  const who = await bySession(platform, settings, begun.value);
  if (!who?.session) throw new TypeError("a session that has just begun is not found");
  const { region, actor } = who.caller;
  return {
    body: {
      ...{
        standing: who.session.standing,
        csrf: begun.csrf,
        region,
        account: actor.account,
        name: actor.name,
      },
      expires: begun.expires.toISOString(),
    },
    cookies: [sessionCookie(begun)],
  };
}

/** What a browser says it is, without what identifies more than its kind. */
export function deviceOf({ device }: Client): string {
  const browser = /(Edg|Chrome|Firefox|Safari|MicroMessenger)\/(\d+)/.exec(device);
  const system = /(Windows|Mac OS X|Android|iPhone|Linux)/.exec(device);
  return [browser ? `${browser[1]} ${browser[2]}` : null, system?.[1]].filter(Boolean).join(" · ") || "其他";
}
