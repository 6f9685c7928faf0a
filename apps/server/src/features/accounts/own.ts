import type {
  createToken,
  Endpoint,
  endOtherSessions,
  endSession,
  getProfile,
  getSession,
  listSessions,
  listTokens,
  logOut,
  revokeToken,
  Scope,
} from "@jiheng/contract/http";
import { ACTIONS, ROLE_TITLES, rolesEver } from "@jiheng/workflow";
import type { Call, ReplyOf } from "../../platform/http/route.ts";
import { hashOfSecret, newSecret } from "../../platform/http/secrets.ts";
import { done, type Outcome, refused } from "../../platform/outcome.ts";
import { aboutAccount } from "./log-in.ts";
import { addToken, endSessions, namesOf, profileOf, revokeTokens, sessionsOf, tokensOf } from "./store.ts";

type Answer<E extends Endpoint> = Promise<Outcome<ReplyOf<E["answer"]>>>;

const DAY = 86_400_000;
/** Tokens of one account that hold at once. */
const MOST_TOKENS = 20;

/** The session as the caller has it. */
export async function ownSession({ session, caller }: Call<typeof getSession>): Answer<typeof getSession> {
  if (!session) return refused("not-logged-in", "请登录后重试。");
  const { region, actor } = caller;
  return done({
    body: {
      ...{ standing: session.standing, csrf: session.csrf, region, account: actor.account, name: actor.name },
      expires: session.expiresAt.toISOString(),
    },
  });
}

/** Ends the session and takes its cookie away. */
export async function endOwn({ session, caller, platform }: Call<typeof logOut>): Answer<typeof logOut> {
  const { region, actor } = caller;
  if (session) await endSessions(platform.db, region, actor.account, { only: session.idHash });
  return done({ cookies: [{ kind: "clear", purpose: "session" }] });
}

/** Who the caller is, with the names of what they have rights in. */
export async function profile({ caller, platform }: Call<typeof getProfile>): Answer<typeof getProfile> {
  const { region, actor, scopes } = caller;
  const known = await profileOf(platform.db, region, actor.account);
  const names = await namesOf(
    platform.db,
    region,
    actor.grants.map(({ organisation }) => organisation),
  );
  return done({
    body: {
      ...{
        account: actor.account,
        region,
        regionName: known.region_name,
        login: known.login,
        name: known.name,
      },
      grants: actor.grants.map((grant) => ({
        id: null,
        role: grant.role,
        roleTitle: ROLE_TITLES[grant.role],
        organisation: grant.organisation,
        organisationName: names.get(grant.organisation) ?? "",
        submissions: grant.submissions ? [...grant.submissions] : null,
        until: grant.until,
      })),
      recused: [...actor.recused],
      actions: ACTIONS.filter((action) =>
        rolesEver(action, null).some((role) => actor.grants.some((grant) => grant.role === role)),
      ),
      scopes: scopes ? ([...scopes] as Scope[]) : null,
      secondFactor: known.totp_confirmed_at !== null,
      oidc: known.oidc_subject !== null,
      passwordChangedAt:
        known.password_hash === null ? null : (known.password_changed_at?.toISOString() ?? null),
    },
  });
}

/** Where the person is logged in. */
export async function ownSessions(call: Call<typeof listSessions>): Answer<typeof listSessions> {
  const { platform, caller, session, settings } = call;
  const rows = await sessionsOf(platform.db, caller.region, caller.actor.account);
  const now = platform.now().getTime();
  const isAlive = (row: (typeof rows)[number]) =>
    row.expires_at.getTime() > now && now - row.seen_at.getTime() <= settings.session.idle;
  return done({
    body: {
      items: rows.filter(isAlive).map((row) => ({
        id: row.id_hash,
        current: row.id_hash === session?.idHash,
        method: row.method === "oidc" ? ("oidc" as const) : ("password" as const),
        device: row.device,
        created: row.created_at.toISOString(),
        seen: row.seen_at.toISOString(),
        expires: row.expires_at.toISOString(),
      })),
    },
  });
}

/** Ends one of the person's sessions. */
export function endOne({ command, params, caller }: Call<typeof endSession>): Answer<typeof endSession> {
  return command(async ({ db }) => {
    const ended = await endSessions(db, caller.region, caller.actor.account, { only: params.session });
    return ended === 0 ? refused("not-found", "没有这个会话，可能已经结束。") : done({});
  });
}

/** Ends all of the person's sessions but this one. */
export function endOthers(call: Call<typeof endOtherSessions>): Answer<typeof endOtherSessions> {
  const { command, caller, session } = call;
  return command(async ({ db }) => {
    const ended = await endSessions(db, caller.region, caller.actor.account, { not: session?.idHash ?? "" });
    return done({ body: { ended } });
  });
}

type TokenRow = Awaited<ReturnType<typeof tokensOf>>[number];

function presentToken(row: TokenRow) {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes as Scope[],
    created: row.created_at.toISOString(),
    expires: row.expires_at.toISOString(),
    lastUsed: row.last_used_at?.toISOString() ?? null,
    revoked: row.revoked_at?.toISOString() ?? null,
  };
}

/** The person's tokens. */
export async function ownTokens({ platform, caller }: Call<typeof listTokens>): Answer<typeof listTokens> {
  const rows = await tokensOf(platform.db, caller.region, caller.actor.account);
  return done({ body: { items: rows.map(presentToken) } });
}

/** A new token: what is shown now is nowhere kept. */
export function newToken({ command, caller, body }: Call<typeof createToken>): Answer<typeof createToken> {
  return command(async ({ db, at, newId, record }) => {
    const { region, actor } = caller;
    const current = (await tokensOf(db, region, actor.account)).filter(
      ({ revoked_at, expires_at }) => revoked_at === null && expires_at > at,
    );
    if (current.length >= MOST_TOKENS)
      return refused("conflict", `有效的令牌已有 ${MOST_TOKENS} 个，请先收回不用的。`);
    const secret = `jh_${region}_${newSecret()}`;
    const row = {
      ...{ id: newId(), name: body.name, scopes: [...new Set(body.scopes)], created_at: at },
      ...{ expires_at: new Date(at.getTime() + body.days * DAY), last_used_at: null, revoked_at: null },
    };
    await addToken(db, {
      ...{ region, id: row.id, account: actor.account, name: row.name, scopes: row.scopes },
      ...{ tokenHash: hashOfSecret(secret), at, expires: row.expires_at },
    });
    record(aboutAccount(actor.account), {
      ...{ type: "token.created", token: row.id, name: row.name, scopes: row.scopes },
      expires: row.expires_at.toISOString(),
    });
    return done({ body: { ...presentToken(row), token: secret }, isSecret: true });
  });
}

/** Makes one of the person's tokens void. */
export function endToken({ command, caller, params }: Call<typeof revokeToken>): Answer<typeof revokeToken> {
  return command(async ({ db, at, record }) => {
    const revoked = await revokeTokens(db, caller.region, caller.actor.account, at, params.token);
    if (revoked.length === 0) return refused("not-found", "没有这个令牌，或已经收回。");
    record(aboutAccount(caller.actor.account), { type: "token.revoked", token: params.token, reason: null });
    return done({});
  });
}
