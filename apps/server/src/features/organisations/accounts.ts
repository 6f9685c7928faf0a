import type {
  accountSchema,
  changeAccount,
  createAccount,
  disableAccount,
  Endpoint,
  enableAccount,
  getAccount,
  grantSchema,
  listAccounts,
  lockAccount,
  resetPassword,
  resetSecondFactor,
  revokeTokenOf,
  Scope,
  unlockAccount,
} from "@jiheng/contract/http";
import { ADMINISTRATORS, type PermissionName, ROLE_TITLES, type Role } from "@jiheng/workflow";
import type { z } from "zod";
import { fromCursor, toCursor } from "../../platform/cursor.ts";
import { Refusal } from "../../platform/http/refusal.ts";
import type { Call, ReplyOf } from "../../platform/http/route.ts";
import { done, type Outcome, type Refused, refused } from "../../platform/outcome.ts";
import { hashPassword } from "../../platform/passwords/hash-password.ts";
import { newOneTimePassword } from "../../platform/passwords/password-policy.ts";
import type { Work } from "../../platform/work.ts";
import {
  aboutAccount,
  endSessions,
  revokeTokens,
  setPassword,
  setTotp,
  tokensOf,
} from "../accounts/index.ts";
import { notPermitted } from "./rights.ts";
import {
  type AccountRow,
  accountRow,
  accountRows,
  addAccount,
  type GrantRow,
  grantRows,
  isTaken,
  lockAdministrators,
  othersWith,
  recusalsOf,
  updateAccount,
} from "./store.ts";

type Answer<E extends Endpoint> = Promise<Outcome<ReplyOf<E["answer"]>>>;

const NO_SUCH = "没有这个账号，请刷新后重新选择。";

/** A grant as it is shown. */
export function presentGrant(row: GrantRow): z.input<typeof grantSchema> {
  return {
    ...{ id: row.id, role: row.role as Role, roleTitle: ROLE_TITLES[row.role as Role] },
    ...{
      organisation: row.organisation,
      organisationName: row.organisation_name,
      submissions: row.submissions,
    },
    until: row.valid_until?.toISOString() ?? null,
  };
}

function present(row: AccountRow, grants: readonly GrantRow[], now: Date): z.input<typeof accountSchema> {
  const isLocked = row.locked_until !== null && row.locked_until > now;
  return {
    ...{ id: row.id, login: row.login, name: row.name, created: row.created_at.toISOString() },
    disabled: row.disabled_at?.toISOString() ?? null,
    lockedUntil: isLocked ? (row.locked_until?.toISOString() ?? null) : null,
    secondFactor: row.totp_confirmed_at !== null,
    oidc: row.oidc_subject !== null,
    grants: grants.filter(({ account }) => account === row.id).map(presentGrant),
  };
}

/** Accounts of the region. */
export async function list({
  platform,
  caller,
  query,
}: Call<typeof listAccounts>): Answer<typeof listAccounts> {
  const { db } = platform;
  const now = platform.now();
  const denied = await notPermitted(db, caller, "view-accounts", query.organisation ?? null, now);
  if (denied) return denied;
  const after = query.after === undefined ? null : placeOf(query.after);
  const rows = await accountRows(db, caller.region, {
    ...{ organisation: query.organisation, role: query.role, search: query.search, limit: query.limit + 1 },
    ...(after ? { after } : {}),
  });
  const page = rows.slice(0, query.limit);
  const grants = await grantRows(
    db,
    caller.region,
    page.map(({ id }) => id),
    now,
  );
  const last = page.at(-1);
  return done({
    body: {
      items: page.map((row) => present(row, grants, now)),
      next: rows.length > page.length && last ? toCursor({ login: last.login, id: last.id }) : null,
    },
  });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function placeOf(cursor: string): { readonly login: string; readonly id: string } {
  const place = fromCursor(cursor, { login: "string", id: "string" });
  if (!place || !UUID.test(place.id))
    throw new Refusal("invalid-input", "翻页标记不对，请从第一页重新查询。");
  return place;
}

/** One account with its recusals and tokens. */
export async function one({ platform, caller, params }: Call<typeof getAccount>): Answer<typeof getAccount> {
  const denied = await notPermitted(platform.db, caller, "view-accounts", null, platform.now());
  if (denied) return denied;
  return whole(platform.db, caller.region, params.account, platform.now());
}

async function whole(
  db: Work["db"] | Call<typeof getAccount>["platform"]["db"],
  region: string,
  id: string,
  now: Date,
): Answer<typeof getAccount> {
  const row = await accountRow(db, region, id);
  if (!row) return refused("not-found", NO_SUCH);
  const tokens = await tokensOf(db, region, id);
  const recusals = await recusalsOf(db, region, id);
  return done({
    body: {
      ...present(row, await grantRows(db, region, [id], now), now),
      recusals: recusals.map(({ recused_from, reason, at }) => ({
        from: recused_from,
        reason,
        at: at.toISOString(),
      })),
      tokens: tokens.map((token) => ({
        ...{ id: token.id, name: token.name, scopes: token.scopes as Scope[] },
        expires: token.expires_at.toISOString(),
        lastUsed: token.last_used_at?.toISOString() ?? null,
        revoked: token.revoked_at?.toISOString() ?? null,
      })),
    },
  });
}

/** A new account: nobody has a right by being created. */
export async function create(call: Call<typeof createAccount>): Answer<typeof createAccount> {
  const { command, body, settings, platform, caller } = call;
  const denied = await notPermitted(platform.db, caller, "manage-accounts", null, platform.now());
  if (denied) return denied;
  const { oidcSubject } = body;
  if (oidcSubject !== undefined && settings.oidc === null)
    return refused("wrong-state", "本系统没有设置统一身份认证，不能填写主体标识。");
  const oidc =
    oidcSubject !== undefined && settings.oidc
      ? { issuer: settings.oidc.issuer, subject: oidcSubject }
      : null;
  const password = oidc ? null : newOneTimePassword();
  const hash = password === null ? null : await hashPassword(password, settings.password);
  return command(async ({ db, at, newId, record }) => {
    const { region } = caller;
    if (await isTaken(db, region, body.login, oidc))
      return refused("already-exists", `登录名“${body.login}”或所填的统一身份已有账号，请换一个。`);
    const id = newId();
    await addAccount(db, { region, id, login: body.login, name: body.name, at, oidc });
    if (hash !== null) await setPassword(db, region, id, hash, { at, mustChange: true });
    record(aboutAccount(id), { type: "account.created", login: body.login, name: body.name });
    return done({ body: { account: id, password }, isSecret: true });
  });
}

/** An account that the caller may change in this way, locked for it; or why not. Nobody looks after their own. */
export async function changeable(
  work: Work,
  id: string,
  action: PermissionName,
): Promise<{ readonly row: AccountRow } | Refused> {
  const { db, caller, at } = work;
  const denied = await notPermitted(db, caller, action, null, at);
  if (denied) return denied;
  const row = await accountRow(db, caller.region, id, true);
  if (!row) return refused("not-found", NO_SUCH);
  if (id === caller.actor.account)
    return refused("own-work", "不能这样办理自己的账号，请由另一名管理员办理。");
  return { row };
}

/** Refuses to leave the region without one of the three administrators. */
export async function lastOfThree(
  work: Work,
  account: string,
  roles: readonly string[],
): Promise<Refused | null> {
  const { db, caller, at } = work;
  if (roles.some((role) => (ADMINISTRATORS as readonly string[]).includes(role)))
    await lockAdministrators(db, caller.region);
  for (const role of ADMINISTRATORS)
    if (roles.includes(role) && (await othersWith(db, caller.region, role, account, at)) === 0)
      return refused("wrong-state", `这是唯一的${ROLE_TITLES[role]}，请先另设一名，再停用或收回。`);
  return null;
}

/** Another name of the person. */
export function change({ command, params, body }: Call<typeof changeAccount>): Answer<typeof changeAccount> {
  return command(async (work) => {
    const { db, caller, at, record } = work;
    const denied = await notPermitted(db, caller, "manage-accounts", null, at);
    if (denied) return denied;
    const row = await accountRow(db, caller.region, params.account, true);
    if (!row) return refused("not-found", NO_SUCH);
    if (body.name !== row.name) {
      await updateAccount(db, caller.region, row.id, { name: body.name });
      const changes = [{ at: "name", from: row.name, to: body.name }];
      record(aboutAccount(row.id), { type: "account.changed", changes });
    }
    return whole(db, caller.region, row.id, at);
  });
}

/** Takes an account out of use: nothing that came with it works from then on. */
export function disable({
  command,
  params,
  body,
}: Call<typeof disableAccount>): Answer<typeof disableAccount> {
  return command(async (work) => {
    const { db, caller, at, record } = work;
    const found = await changeable(work, params.account, "manage-accounts");
    if ("kind" in found) return found;
    const { row } = found;
    if (row.disabled_at !== null) return refused("wrong-state", "该账号已经停用。");
    const grants = await grantRows(db, caller.region, [row.id], at);
    const last = await lastOfThree(
      work,
      row.id,
      grants.map(({ role }) => role),
    );
    if (last) return last;
    await updateAccount(db, caller.region, row.id, { disabled_at: at });
    await endSessions(db, caller.region, row.id);
    for (const token of await revokeTokens(db, caller.region, row.id, at))
      record(aboutAccount(row.id), { type: "token.revoked", token, reason: "账号停用" });
    record(aboutAccount(row.id), {
      type: "account.changed",
      changes: [
        { at: "disabled", from: null, to: at.toISOString() },
        { at: "reason", from: null, to: body.reason },
      ],
    });
    return done({});
  });
}

/** Takes an account into use again: with the rights it had, without sessions and tokens. */
export function enable({ command, params, body }: Call<typeof enableAccount>): Answer<typeof enableAccount> {
  return command(async (work) => {
    const { db, caller, record } = work;
    const found = await changeable(work, params.account, "manage-accounts");
    if ("kind" in found) return found;
    const { row } = found;
    if (row.disabled_at === null) return refused("wrong-state", "该账号没有停用。");
    await updateAccount(db, caller.region, row.id, { disabled_at: null });
    record(aboutAccount(row.id), {
      type: "account.changed",
      changes: [
        { at: "disabled", from: row.disabled_at.toISOString(), to: null },
        { at: "reason", from: null, to: body.reason },
      ],
    });
    return done({});
  });
}

/** Locks an account until an instant. */
export function lock({ command, params, body }: Call<typeof lockAccount>): Answer<typeof lockAccount> {
  return command(async (work) => {
    const { db, caller, at, record } = work;
    const found = await changeable(work, params.account, "lock-account");
    if ("kind" in found) return found;
    const until = new Date(body.until);
    if (until <= at) return refused("wrong-state", "锁定的截止时间须在现在之后。");
    await updateAccount(db, caller.region, params.account, { locked_until: until });
    await endSessions(db, caller.region, params.account);
    record(aboutAccount(params.account), {
      ...{ type: "account.locked", until: until.toISOString(), why: "by-security-administrator" },
    });
    return done({});
  });
}

/** Lifts a lock. */
export function unlock({ command, params }: Call<typeof unlockAccount>): Answer<typeof unlockAccount> {
  return command(async (work) => {
    const { db, caller, at, record } = work;
    const found = await changeable(work, params.account, "lock-account");
    if ("kind" in found) return found;
    const { locked_until } = found.row;
    if (locked_until === null || locked_until <= at) return refused("wrong-state", "该账号没有锁定。");
    await updateAccount(db, caller.region, params.account, { locked_until: null, failed_logins: 0 });
    record(aboutAccount(params.account), { type: "account.unlocked" });
    return done({});
  });
}

/** A new one-time password; whatever the old one opened is closed. */
export async function resetOne(call: Call<typeof resetPassword>): Answer<typeof resetPassword> {
  const { command, params, settings, platform, caller, body } = call;
  const denied = await notPermitted(platform.db, caller, "reset-password", null, platform.now());
  if (denied) return denied;
  const password = newOneTimePassword();
  const hash = await hashPassword(password, settings.password);
  return command(async (work) => {
    const { db, at, record } = work;
    const found = await changeable(work, params.account, "reset-password");
    if ("kind" in found) return found;
    if (found.row.password_hash === null && found.row.oidc_subject !== null)
      return refused("wrong-state", "这个账号用统一身份认证登录，没有本地密码可以重置。");
    const { region } = caller;
    await setPassword(db, region, params.account, hash, { at, mustChange: true });
    await endSessions(db, region, params.account);
    for (const token of await revokeTokens(db, region, params.account, at))
      record(aboutAccount(params.account), { type: "token.revoked", token, reason: body.reason });
    record(aboutAccount(params.account), { type: "account.password-changed", by: "security-administrator" });
    return done({ body: { account: params.account, password }, isSecret: true });
  });
}

/** Takes a lost second factor away. */
export function resetFactor({
  command,
  params,
}: Call<typeof resetSecondFactor>): Answer<typeof resetSecondFactor> {
  return command(async (work) => {
    const { db, caller, record } = work;
    const found = await changeable(work, params.account, "reset-second-factor");
    if ("kind" in found) return found;
    if (found.row.totp_confirmed_at === null) return refused("wrong-state", "该账号没有启用动态口令。");
    await setTotp(db, caller.region, params.account, null);
    await endSessions(db, caller.region, params.account);
    record(aboutAccount(params.account), { type: "account.second-factor", enabled: false });
    return done({});
  });
}

/** Makes a token of another person void. */
export function endTokenOf({
  command,
  params,
  body,
}: Call<typeof revokeTokenOf>): Answer<typeof revokeTokenOf> {
  return command(async (work) => {
    const { db, caller, at, record } = work;
    const denied = await notPermitted(db, caller, "revoke-tokens", null, at);
    if (denied) return denied;
    const revoked = await revokeTokens(db, caller.region, params.account, at, params.token);
    if (revoked.length === 0) return refused("not-found", "没有这个令牌，或已经收回。");
    record(aboutAccount(params.account), { type: "token.revoked", token: params.token, reason: body.reason });
    return done({});
  });
}
