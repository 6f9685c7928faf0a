import type { Scope } from "@jiheng/contract/http";
import type { Role } from "@jiheng/workflow";
import { type Kysely, sql } from "kysely";
import type { Schema } from "../../platform/database/schema.ts";

type Db = Kysely<Schema>;

/** The account as a login sees it. */
export interface LoginRow {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly password_hash: string | null;
  readonly password_changed_at: Date | null;
  readonly must_change_password: boolean;
  readonly totp_secret: string | null;
  readonly totp_confirmed_at: Date | null;
  readonly totp_last_step: bigint | null;
  readonly disabled_at: Date | null;
  readonly locked_until: Date | null;
  readonly failed_logins: number;
}

const LOGIN = [
  ...(["id", "login", "name", "password_hash", "password_changed_at", "must_change_password"] as const),
  ...(["totp_secret", "totp_confirmed_at", "totp_last_step", "disabled_at", "locked_until"] as const),
  "failed_logins",
] as const;

/** How guesses are counted. */
export interface Lockout {
  readonly after: number;
  readonly first: number;
  readonly longest: number;
}

/** When a lock after so many failures ends; null where they do not lock yet. Twice as long each further time. */
function lockedUntil(failures: ReturnType<typeof sql<number>>, { after, first, longest }: Lockout, at: Date) {
  return sql<Date | null>`case when ${failures} % ${after} = 0 then
    ${at}::timestamptz + least(${first} * 2.0 ^ least(${failures} / ${after} - 1, 30), ${longest}) * interval '1 millisecond' end`;
}

/**
 * Counts a failure before the guess is looked at, so that guesses at the same time cannot slip through together. Answers the account
 * as it is after that, or null where it is locked.
 */
export async function countGuessOf(
  db: Db,
  region: string,
  account: string,
  lockout: Lockout,
  at: Date,
): Promise<LoginRow | null> {
  const row = await db
    .updateTable("account")
    .set({
      failed_logins: sql<number>`failed_logins + 1`,
      locked_until: lockedUntil(sql<number>`(failed_logins + 1)`, lockout, at),
    })
    .where("region", "=", region)
    .where("id", "=", account)
    .where((is) => is.or([is("locked_until", "is", null), is("locked_until", "<=", at)]))
    .returning(LOGIN)
    .executeTakeFirst();
  return row ?? null;
}

/** The same for a login that nobody has: true where it may go on, false where it is locked. */
export async function countUnknownGuess(
  db: Db,
  region: string,
  loginSha256: string,
  lockout: Lockout,
  at: Date,
): Promise<{ readonly lockedUntil: Date | null } | null> {
  const failures = sql<number>`(unknown_login.failed_logins + 1)`;
  const row = await db
    .insertInto("unknown_login")
    .values({ region, login_sha256: loginSha256, failed_logins: 1, locked_until: null, at })
    .onConflict((conflict) =>
      conflict
        .columns(["region", "login_sha256"])
        .doUpdateSet({ failed_logins: failures, locked_until: lockedUntil(failures, lockout, at), at })
        .where((is) =>
          is.or([is("unknown_login.locked_until", "is", null), is("unknown_login.locked_until", "<=", at)]),
        ),
    )
    .returning("locked_until")
    .executeTakeFirst();
  return row ? { lockedUntil: row.locked_until } : null;
}

/** The guess was right after all. */
export async function forgetGuesses(db: Db, region: string, account: string): Promise<void> {
  await db
    .updateTable("account")
    .set({ failed_logins: 0, locked_until: null })
    .where("region", "=", region)
    .where("id", "=", account)
    .execute();
}

/** The account with this login. */
export function accountByLogin(db: Db, region: string, login: string): Promise<LoginRow | undefined> {
  return db
    .selectFrom("account")
    .select(LOGIN)
    .where("region", "=", region)
    .where("login", "=", login)
    .executeTakeFirst();
}

/** The account with this id. */
export function accountById(db: Db, region: string, id: string): Promise<LoginRow | undefined> {
  return db
    .selectFrom("account")
    .select(LOGIN)
    .where("region", "=", region)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** The account bound to this identity. */
export function accountByIdentity(
  db: Db,
  region: string,
  issuer: string,
  subject: string,
): Promise<LoginRow | undefined> {
  return db
    .selectFrom("account")
    .select(LOGIN)
    .where("region", "=", region)
    .where("oidc_issuer", "=", issuer)
    .where("oidc_subject", "=", subject)
    .executeTakeFirst();
}

/** Binds the account to an identity of a provider. */
export async function bindIdentity(
  db: Db,
  region: string,
  account: string,
  identity: { readonly issuer: string; readonly subject: string },
): Promise<void> {
  await db
    .updateTable("account")
    .set({ oidc_issuer: identity.issuer, oidc_subject: identity.subject })
    .where("region", "=", region)
    .where("id", "=", account)
    .execute();
}

/** Whether there is such a region. */
export async function hasRegion(db: Db, region: string): Promise<boolean> {
  const row = await db.selectFrom("region").select("region").where("region", "=", region).executeTakeFirst();
  return row !== undefined;
}

/** The regions of the installation. */
export function regions(db: Db): Promise<{ region: string; name: string }[]> {
  return db.selectFrom("region").select(["region", "name"]).orderBy("region").limit(200).execute();
}

/** Of each role of a demonstration region the first accounts: for the login page of a demonstration only. */
export async function demoAccounts(db: Db) {
  const { rows } = await sql<{
    region: string;
    login: string;
    name: string;
    role: Role;
    organisation: string;
  }>`
    select region, login, name, role, organisation from (
      select a.region, a.login, a.name, g.role, o.name as organisation,
        row_number() over (partition by a.region, g.role order by g.given_at, a.login) as nth
      from region r
      join account a on a.region = r.region
      join role_grant g on g.region = a.region and g.account = a.id and g.revoked_at is null
      join organisation o on o.region = g.region and o.id = g.organisation
      where r.is_demo and a.disabled_at is null
    ) held where nth <= 2 order by region, role, nth limit 100`.execute(db);
  return rows;
}

/** A session that begins. */
export interface NewSession {
  readonly region: string;
  readonly idHash: string;
  readonly csrfHash: string;
  readonly account: string;
  readonly at: Date;
  readonly createdAt: Date;
  readonly expires: Date;
  readonly secondFactorAt: Date | null;
  readonly method: string;
  readonly device: string;
}

/** Keeps a new session. */
export async function addSession(db: Db, session: NewSession): Promise<void> {
  await db
    .insertInto("session")
    .values({
      region: session.region,
      id_hash: session.idHash,
      account: session.account,
      csrf_hash: session.csrfHash,
      created_at: session.createdAt,
      seen_at: session.at,
      expires_at: session.expires,
      second_factor_at: session.secondFactorAt,
      method: session.method,
      device: session.device,
    })
    .execute();
}

/** One session as it is kept. */
export function sessionByHash(db: Db, region: string, idHash: string) {
  return db
    .selectFrom("session")
    .selectAll()
    .where("region", "=", region)
    .where("id_hash", "=", idHash)
    .executeTakeFirst();
}

/** Sessions of an account, latest first. */
export function sessionsOf(db: Db, region: string, account: string) {
  return db
    .selectFrom("session")
    .selectAll()
    .where("region", "=", region)
    .where("account", "=", account)
    .orderBy("seen_at", "desc")
    .limit(100)
    .execute();
}

/** Ends sessions of an account: one, all but one, or all. Answers how many. */
export async function endSessions(
  db: Db,
  region: string,
  account: string,
  which: { readonly only?: string; readonly not?: string } = {},
): Promise<number> {
  let query = db.deleteFrom("session").where("region", "=", region).where("account", "=", account);
  if (which.only !== undefined) query = query.where("id_hash", "=", which.only);
  if (which.not !== undefined) query = query.where("id_hash", "!=", which.not);
  const result = await query.executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** The hashes of the last passwords, newest first. */
export async function passwordHistory(
  db: Db,
  region: string,
  account: string,
  count: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom("password_history")
    .select("password_hash")
    .where("region", "=", region)
    .where("account", "=", account)
    .orderBy("at", "desc")
    .limit(count)
    .execute();
  return rows.map(({ password_hash }) => password_hash);
}

/** Sets a password and keeps it in the history. */
export async function setPassword(
  db: Db,
  region: string,
  account: string,
  hash: string,
  { at, mustChange }: { readonly at: Date; readonly mustChange: boolean },
): Promise<void> {
  await db
    .updateTable("account")
    .set({
      password_hash: hash,
      password_changed_at: at,
      must_change_password: mustChange,
      failed_logins: 0,
      locked_until: null,
    })
    .where("region", "=", region)
    .where("id", "=", account)
    .execute();
  await db
    .insertInto("password_history")
    .values({ region, account, at, password_hash: hash })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The same password at another cost of its hash. */
export async function replaceHash(db: Db, region: string, account: string, hash: string): Promise<void> {
  await db
    .updateTable("account")
    .set({ password_hash: hash })
    .where("region", "=", region)
    .where("id", "=", account)
    .execute();
}

/** A secret that waits to be confirmed; null takes the second factor away. */
export async function setTotp(db: Db, region: string, account: string, secret: string | null): Promise<void> {
  await db
    .updateTable("account")
    .set({ totp_secret: secret, totp_confirmed_at: null, totp_last_step: null })
    .where("region", "=", region)
    .where("id", "=", account)
    .execute();
}

/** Uses a time step; false where it or a later one was used before, by whichever server. */
export async function useStep(
  db: Db,
  region: string,
  account: string,
  step: bigint,
  confirmedAt: Date | null,
): Promise<boolean> {
  const result = await db
    .updateTable("account")
    .set({ totp_last_step: step, ...(confirmedAt ? { totp_confirmed_at: confirmedAt } : {}) })
    .where("region", "=", region)
    .where("id", "=", account)
    .where((is) => is.or([is("totp_last_step", "is", null), is("totp_last_step", "<", step)]))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** What a profile shows beside the caller's rights. */
export function profileOf(db: Db, region: string, account: string) {
  return db
    .selectFrom("account")
    .innerJoin("region", "region.region", "account.region")
    .select(["account.login", "account.name", "account.totp_confirmed_at", "account.oidc_subject"])
    .select(["account.password_changed_at", "account.password_hash", "region.name as region_name"])
    .where("account.region", "=", region)
    .where("account.id", "=", account)
    .executeTakeFirstOrThrow();
}

/** Names of organisations by id. */
export async function namesOf(db: Db, region: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("organisation")
    .select(["id", "name"])
    .where("region", "=", region)
    .where("id", "in", [...new Set(ids)])
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Tokens of an account, newest first. */
export function tokensOf(db: Db, region: string, account: string) {
  return db
    .selectFrom("api_token")
    .select(["id", "name", "scopes", "created_at", "expires_at", "last_used_at", "revoked_at"])
    .where("region", "=", region)
    .where("account", "=", account)
    .orderBy("created_at", "desc")
    .limit(200)
    .execute();
}

/** Keeps a new token: its hash only. */
export async function addToken(
  db: Db,
  token: {
    readonly region: string;
    readonly id: string;
    readonly account: string;
    readonly name: string;
    readonly tokenHash: string;
    readonly scopes: readonly Scope[];
    readonly at: Date;
    readonly expires: Date;
  },
): Promise<void> {
  await db
    .insertInto("api_token")
    .values({
      ...{ region: token.region, id: token.id, account: token.account, name: token.name },
      ...{ token_hash: token.tokenHash, scopes: [...token.scopes] },
      ...{ created_at: token.at, expires_at: token.expires, last_used_at: null, revoked_at: null },
    })
    .execute();
}

/** Makes tokens of an account void: one, or all. Answers which. */
export async function revokeTokens(
  db: Db,
  region: string,
  account: string,
  at: Date,
  only?: string,
): Promise<string[]> {
  let query = db
    .updateTable("api_token")
    .set({ revoked_at: at })
    .where("region", "=", region)
    .where("account", "=", account)
    .where("revoked_at", "is", null);
  if (only !== undefined) query = query.where("id", "=", only);
  const rows = await query.returning("id").execute();
  return rows.map(({ id }) => id);
}

/** A login that begins at the identity provider. */
export interface OidcAttempt {
  readonly region: string;
  readonly stateSha256: string;
  readonly browserSha256: string;
  readonly verifier: string;
  readonly nonce: string;
  readonly account: string | null;
  readonly expires: Date;
}

/** Keeps it until it comes back. */
export async function addOidcAttempt(db: Db, attempt: OidcAttempt): Promise<void> {
  await db
    .insertInto("oidc_attempt")
    .values({
      ...{ region: attempt.region, state_sha256: attempt.stateSha256, browser_sha256: attempt.browserSha256 },
      ...{ verifier: attempt.verifier, nonce: attempt.nonce, account: attempt.account },
      expires_at: attempt.expires,
    })
    .execute();
}

/** Takes it away: it comes back once at most. */
export async function takeOidcAttempt(
  db: Db,
  region: string,
  stateSha256: string,
): Promise<OidcAttempt | null> {
  const row = await db
    .deleteFrom("oidc_attempt")
    .where("region", "=", region)
    .where("state_sha256", "=", stateSha256)
    .returningAll()
    .executeTakeFirst();
  if (!row) return null;
  return {
    ...{ region, stateSha256, browserSha256: row.browser_sha256, verifier: row.verifier, nonce: row.nonce },
    ...{ account: row.account, expires: row.expires_at },
  };
}

/** Makes the first region; false where one is there already, however many ask at once. */
export async function addFirstRegion(
  db: Db,
  region: {
    readonly region: string;
    readonly name: string;
    readonly jurisdiction: string | null;
    readonly at: Date;
  },
): Promise<boolean> {
  await sql`lock table region in exclusive mode`.execute(db);
  const known = await db.selectFrom("region").select("region").limit(1).executeTakeFirst();
  if (known) return false;
  await db
    .insertInto("region")
    .values({
      ...{ region: region.region, name: region.name },
      jurisdiction: region.jurisdiction,
      created_at: region.at,
    })
    .execute();
  return true;
}

/** The root of a region's tree. */
export async function addRoot(
  db: Db,
  root: { readonly region: string; readonly id: string; readonly name: string; readonly search: string[] },
): Promise<void> {
  await db
    .insertInto("organisation")
    .values({ ...root, kind: "region", parent: null, code: null, closed_at: null })
    .execute();
}

/** An account with one role, of the first setup. */
export async function addFirstAccount(
  db: Db,
  one: {
    readonly region: string;
    readonly id: string;
    readonly login: string;
    readonly name: string;
    readonly role: Role;
    readonly grant: string;
    readonly organisation: string;
    readonly at: Date;
  },
): Promise<void> {
  const { region, at } = one;
  await db
    .insertInto("account")
    .values({ region, id: one.id, login: one.login, name: one.name, created_at: at })
    .execute();
  await db
    .insertInto("role_grant")
    .values({
      ...{ region, id: one.grant, account: one.id, organisation: one.organisation, role: one.role },
      ...{ submissions: null, valid_until: null, given_by: null, given_at: at, revoked_at: null },
    })
    .execute();
}
