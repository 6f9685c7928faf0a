import type { beginOidc, Endpoint, finishOidc, linkOidc, ProblemCode } from "@jiheng/contract/http";
import * as client from "openid-client";
import { Refusal } from "../../platform/http/refusal.ts";
import type { Call, CookieChange, ReplyOf } from "../../platform/http/route.ts";
import { hashOfSecret, newSecret } from "../../platform/http/secrets.ts";
import { done, type Outcome, refused } from "../../platform/outcome.ts";
import type { OidcSettings } from "../../platform/settings/settings.ts";
import { carryOut } from "../../platform/work.ts";
import { aboutAccount, actorOf, recordFailure } from "./log-in.ts";
import { beginSession, deviceOf, sessionCookie } from "./sessions.ts";
import {
  accountById,
  accountByIdentity,
  addOidcAttempt,
  bindIdentity,
  hasRegion,
  type OidcAttempt,
  takeOidcAttempt,
} from "./store.ts";

type Answer<E extends Endpoint> = Promise<Outcome<ReplyOf<E["answer"]>>>;

const CALLBACK = "/api/v1/session/oidc/callback";
/** How long somebody may take at the provider. */
const PATIENCE = 10 * 60_000;
/** How long what the provider says of itself is believed. */
const KNOWN_FOR = 60 * 60_000;
const NO_PROVIDER = "本系统没有设置统一身份认证，请用登录名和密码登录。";

const known = new Map<string, { readonly config: client.Configuration; readonly until: number }>();

/** What the provider says of itself. */
async function discover(settings: OidcSettings, now: number): Promise<client.Configuration> {
  const key = `${settings.issuer} ${settings.clientId}`;
  const before = known.get(key);
  if (before && before.until > now) return before.config;
  const issuer = new URL(settings.issuer);
  const isLoopback = ["127.0.0.1", "localhost", "[::1]"].includes(issuer.hostname);
  try {
    const config = await client.discovery(issuer, settings.clientId, settings.clientSecret, undefined, {
      timeout: 10,
      execute: [
        // The signature is checked as well, though the token comes straight from the provider.
        client.enableNonRepudiationChecks,
        // A provider of a test or behind a proxy of the same machine; anything farther must be https.
        ...(isLoopback ? [client.allowInsecureRequests] : []),
      ],
    });
    known.set(key, { config, until: now + KNOWN_FOR });
    return config;
  } catch {
    throw new Refusal(
      "identity-provider-unavailable",
      "连不上统一身份认证，请稍后重试，或用登录名和密码登录。",
      {
        retryAfterSeconds: 30,
      },
    );
  }
}

interface Began {
  readonly address: string;
  readonly cookies: readonly CookieChange[];
}

async function begin(
  call: Call<Endpoint>,
  settings: OidcSettings,
  region: string,
  account: string | null,
): Promise<Began> {
  const { platform } = call;
  const now = platform.now();
  const config = await discover(settings, now.getTime());
  const verifier = client.randomPKCECodeVerifier();
  const [state, browser, nonce] = [`${region}.${newSecret()}`, newSecret(), client.randomNonce()];
  const expires = new Date(now.getTime() + PATIENCE);
  await addOidcAttempt(platform.db, {
    ...{ region, verifier, nonce, account, expires },
    stateSha256: hashOfSecret(state),
    browserSha256: hashOfSecret(browser),
  });
  const address = client.buildAuthorizationUrl(config, {
    redirect_uri: call.client.origin + CALLBACK,
    scope: "openid",
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
  });
  return {
    address: address.href,
    cookies: [{ kind: "set", purpose: "oidc", value: browser, until: expires }],
  };
}

/** Sends the browser to the provider, to log in. */
export async function beginLogin(call: Call<typeof beginOidc>): Answer<typeof beginOidc> {
  const { settings, query, caller, platform } = call;
  if (!settings.oidc) return refused("not-found", NO_PROVIDER);
  const region = query.region ?? caller.region;
  if (!(await hasRegion(platform.db, region)))
    return refused("not-found", "没有这个地区，请从登录页重新进入。");
  const { address, cookies } = await begin(call, settings.oidc, region, null);
  return done({ to: address, cookies });
}

/** Begins to bind the caller's account to an identity of the provider. */
export async function beginBinding(call: Call<typeof linkOidc>): Answer<typeof linkOidc> {
  const { settings, caller } = call;
  if (!settings.oidc) return refused("not-found", NO_PROVIDER);
  const { address, cookies } = await begin(call, settings.oidc, caller.region, caller.actor.account);
  return done({ body: { address }, cookies });
}

/** The provider sent the browser back. Whatever is refused is said by the login page; nobody gets an account or a right by this. */
export async function finish(call: Call<typeof finishOidc>): Answer<typeof finishOidc> {
  const { platform, settings, query } = call;
  if (!settings.oidc) return refused("not-found", NO_PROVIDER);
  const cleared: CookieChange = { kind: "clear", purpose: "oidc" };
  const toLogin = (code: ProblemCode) => done({ to: `/?login=${code}`, cookies: [cleared] });
  const state = query.state ?? "";
  const region = /^([0-9a-z-]{1,24})\./.exec(state)?.[1];
  const attempt = region ? await takeOidcAttempt(platform.db, region, hashOfSecret(state)) : null;
  const browser = call.client.cookie("oidc");
  const isOurs = browser !== null && attempt?.browserSha256 === hashOfSecret(browser);
  if (!attempt || !isOurs || attempt.expires <= platform.now()) return toLogin("login-refused");
  const subject = await subjectFrom(call, settings.oidc, attempt, state);
  if (subject === null) return toLogin("login-refused");
  const identity = { issuer: settings.oidc.issuer, subject };
  const owner = await accountByIdentity(platform.db, attempt.region, identity.issuer, subject);
  if (attempt.account !== null) return bind(call, attempt, identity, owner?.id ?? null, cleared);
  if (!owner || owner.disabled_at !== null) {
    await recordFailure(platform, {
      ...{
        region: attempt.region,
        account: owner ?? null,
        login: "OIDC",
        why: owner ? "disabled" : "unknown",
      },
    });
    return toLogin("login-refused");
  }
  if (owner.locked_until !== null && owner.locked_until > platform.now()) return toLogin("account-locked");
  const hasSecondFactor = settings.oidc.hasSecondFactor;
  const begun = await carryOut(platform, actorOf(attempt.region, owner), async (work) => {
    work.record(aboutAccount(owner.id), { type: "login.succeeded", method: "oidc" });
    return done(
      await beginSession(work.db, settings, {
        ...{ region: attempt.region, account: owner.id, at: work.at, method: "oidc" },
        device: deviceOf(call.client),
        secondFactorAt: hasSecondFactor ? work.at : null,
      }),
    );
  });
  if (begun.kind === "refused") return begun;
  return done({ to: "/", cookies: [cleared, sessionCookie(begun.value)] });
}

/** Who the provider says it is: signature, issuer, audience, state, nonce and code challenge are checked by the library. */
async function subjectFrom(
  { client: from, platform }: Call<typeof finishOidc>,
  settings: OidcSettings,
  attempt: OidcAttempt,
  state: string,
): Promise<string | null> {
  const config = await discover(settings, platform.now().getTime());
  try {
    const tokens = await client.authorizationCodeGrant(config, new URL(from.url, from.origin), {
      pkceCodeVerifier: attempt.verifier,
      expectedState: state,
      expectedNonce: attempt.nonce,
      idTokenExpected: true,
    });
    return tokens.claims()?.sub ?? null;
  } catch {
    return null;
  }
}

async function bind(
  { platform }: Call<typeof finishOidc>,
  attempt: OidcAttempt,
  identity: { readonly issuer: string; readonly subject: string },
  owner: string | null,
  cleared: CookieChange,
): Answer<typeof finishOidc> {
  const account = await accountById(platform.db, attempt.region, attempt.account ?? "");
  if (!account || account.disabled_at !== null)
    return done({ to: "/?login=login-refused", cookies: [cleared] });
  if (owner !== null && owner !== account.id)
    return done({ to: "/?login=already-exists", cookies: [cleared] });
  const bound = await carryOut(platform, actorOf(attempt.region, account), async (work) => {
    await bindIdentity(work.db, attempt.region, account.id, identity);
    const changes = [{ at: "oidc", from: null, to: identity.issuer }];
    work.record(aboutAccount(account.id), { type: "account.changed", changes });
    return done(null);
  });
  return bound.kind === "refused" ? bound : done({ to: "/?linked=yes", cookies: [cleared] });
}
