import type { Grant, Role } from "@jiheng/workflow";
import { sql } from "kysely";
import { isSecure, type Settings } from "../settings/settings.ts";
import type { Caller, Platform } from "../work.ts";
import type { CookiePurpose } from "./route.ts";
import { csrfOf, hashOfSecret } from "./secrets.ts";

/** How far the person has come: all through, or what is still asked of them. */
export type Standing = "complete" | "second-factor" | "enrol-second-factor" | "change-password";

/** The session a request came with. */
export interface CallSession {
  readonly idHash: string;
  readonly csrf: string;
  readonly csrfHash: string;
  readonly method: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly standing: Standing;
}

/** Who a request comes from; `session` is null for a token. */
export interface Identified {
  readonly caller: Caller;
  readonly session: CallSession | null;
}

/** Seen again within this, a session or a token is not written to. */
const SEEN_EVERY = 60_000;

/** Name of a cookie; with https, one that a browser takes only from this very host. */
export function cookieName(settings: Settings, purpose: CookiePurpose): string {
  const name = purpose === "session" ? "jiheng" : `jiheng-${purpose}`;
  return isSecure(settings) ? `__Host-${name}` : name;
}

/** `region.secret`: the region leads, so that the look-up stays within it. */
function splitCookie(value: string): { region: string; secret: string } | null {
  const match = /^([0-9a-z-]{1,24})\.([\w-]{43})$/.exec(value);
  return match?.[1] && match[2] ? { region: match[1], secret: match[2] } : null;
}

/** `jh_region_secret`, as API tokens are written. */
function splitToken(value: string): { region: string; secret: string } | null {
  const match = /^jh_([0-9a-z-]{1,24})_([\w-]{43})$/.exec(value);
  return match?.[1] && match[2] ? { region: match[1], secret: match[2] } : null;
}

const grantsOf = (now: Date) => sql<unknown>`(
  select coalesce(json_agg(json_build_object(
    'role', g.role, 'organisation', g.organisation, 'submissions', g.submissions, 'until', g.valid_until)
    order by g.given_at, g.id), '[]')
  from role_grant g
  where g.region = account.region and g.account = account.id and g.revoked_at is null
    and (g.valid_until is null or g.valid_until > ${now}))`;

const recusedOf = sql<string[]>`array(
  select r.recused_from::text from recusal r where r.region = account.region and r.account = account.id)`;

/** The person behind a session cookie; null where it is unknown, over, or its account is disabled. */
export async function bySession(
  platform: Platform,
  settings: Settings,
  cookie: string,
): Promise<Identified | null> {
  const parts = splitCookie(cookie);
  if (!parts) return null;
  const { region, secret } = parts;
  const idHash = hashOfSecret(secret);
  const now = platform.now();
  const row = await platform.db
    .selectFrom("session")
    .innerJoin("account", (join) =>
      join.onRef("account.region", "=", "session.region").onRef("account.id", "=", "session.account"),
    )
    .where("session.region", "=", region)
    .where("session.id_hash", "=", idHash)
    .select([
      ...(["account.id", "account.name", "account.disabled_at", "account.must_change_password"] as const),
      ...(["account.password_changed_at", "account.totp_confirmed_at", "session.csrf_hash"] as const),
      ...(["session.created_at", "session.seen_at", "session.expires_at"] as const),
      ...(["session.second_factor_at", "session.method"] as const),
    ])
    .select([grantsOf(now).as("grants"), recusedOf.as("recused")])
    .executeTakeFirst();
  if (!row || row.disabled_at !== null) return null;
  const isIdle = now.getTime() - row.seen_at.getTime() > settings.session.idle;
  if (isIdle || row.expires_at <= now) return null;
  if (now.getTime() - row.seen_at.getTime() > SEEN_EVERY)
    await platform.db
      .updateTable("session")
      .set({ seen_at: now })
      .where("region", "=", region)
      .where("id_hash", "=", idHash)
      .execute();
  const grants = toGrants(row.grants);
  return {
    caller: {
      region,
      actor: { account: row.id, name: row.name, grants, recused: row.recused },
      scopes: null,
    },
    session: {
      idHash,
      csrf: csrfOf(secret),
      csrfHash: row.csrf_hash,
      method: row.method,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      standing: standingOf(row, grants, settings, now),
    },
  };
}

/** The account behind an API token; null where it is unknown, over or revoked, or its account is disabled. */
export async function byToken(platform: Platform, token: string): Promise<Identified | null> {
  const parts = splitToken(token);
  if (!parts) return null;
  const { region } = parts;
  const now = platform.now();
  const row = await platform.db
    .selectFrom("api_token")
    .innerJoin("account", (join) =>
      join.onRef("account.region", "=", "api_token.region").onRef("account.id", "=", "api_token.account"),
    )
    .where("api_token.region", "=", region)
    .where("api_token.token_hash", "=", hashOfSecret(token))
    .where("api_token.revoked_at", "is", null)
    .where("api_token.expires_at", ">", now)
    .where("account.disabled_at", "is", null)
    .select(["account.id", "account.name", "api_token.id as token", "api_token.scopes"])
    .select(["api_token.last_used_at", grantsOf(now).as("grants"), recusedOf.as("recused")])
    .executeTakeFirst();
  if (!row) return null;
  if (row.last_used_at === null || now.getTime() - row.last_used_at.getTime() > SEEN_EVERY)
    await platform.db
      .updateTable("api_token")
      .set({ last_used_at: now })
      .where("region", "=", region)
      .where("id", "=", row.token)
      .execute();
  return {
    caller: {
      region,
      actor: { account: row.id, name: row.name, grants: toGrants(row.grants), recused: row.recused },
      scopes: row.scopes,
    },
    session: null,
  };
}

/** An account with the rights it has now, for what it left to be done; null where it is unknown or disabled. */
export async function byAccount(
  { db, now }: Platform,
  region: string,
  account: string,
): Promise<Caller | null> {
  const row = await db
    .selectFrom("account")
    .where("account.region", "=", region)
    .where("account.id", "=", account)
    .where("account.disabled_at", "is", null)
    .select(["account.id", "account.name", grantsOf(now()).as("grants"), recusedOf.as("recused")])
    .executeTakeFirst();
  if (!row) return null;
  const { id, name, grants, recused } = row;
  return { region, actor: { account: id, name, grants: toGrants(grants), recused }, scopes: null };
}

interface GrantRow {
  readonly role: Role;
  readonly organisation: string;
  readonly submissions: string[] | null;
  readonly until: string | null;
}

function toGrants(rows: unknown): Grant[] {
  return (rows as GrantRow[]).map(({ role, organisation, submissions, until }) => ({
    role,
    organisation,
    submissions,
    until: until === null ? null : new Date(until).toISOString(),
  }));
}

interface StandingRow {
  readonly method: string;
  readonly must_change_password: boolean;
  readonly password_changed_at: Date | null;
  readonly totp_confirmed_at: Date | null;
  readonly second_factor_at: Date | null;
}

function standingOf(row: StandingRow, grants: readonly Grant[], settings: Settings, now: Date): Standing {
  if (row.second_factor_at === null) {
    if (row.totp_confirmed_at !== null) return "second-factor";
    if (settings.demo === null && grants.some(({ role }) => settings.secondFactorFor.includes(role)))
      return "enrol-second-factor";
  }
  if (row.method !== "password") return "complete";
  const age = now.getTime() - (row.password_changed_at?.getTime() ?? 0);
  const isOld = settings.demo === null && age > settings.password.age;
  return row.must_change_password || isOld ? "change-password" : "complete";
}
