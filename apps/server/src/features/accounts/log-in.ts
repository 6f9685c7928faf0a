import type { logIn } from "@jiheng/contract/http";
import type { Call, ReplyOf } from "../../platform/http/route.ts";
import { hashOfSecret } from "../../platform/http/secrets.ts";
import { done, type Outcome, refused } from "../../platform/outcome.ts";
import { hashPassword, isOutdated, isPassword } from "../../platform/passwords/hash-password.ts";
import { type Caller, carryOut, type Platform, type Work } from "../../platform/work.ts";
import { type BegunSession, beginSession, deviceOf, sessionAnswer } from "./sessions.ts";
import {
  accountByLogin,
  countGuessOf,
  countUnknownGuess,
  forgetGuesses,
  hasRegion,
  type LoginRow,
  replaceHash,
} from "./store.ts";

const WRONG = "登录名或密码不对，请核对后重试；连续多次不对将暂时锁定。";

/** Why a login failed, for the log; the answer tells less. */
export type LoginFailure = "password" | "locked" | "disabled" | "second-factor" | "unknown";

/** An account as who acts: before it is known what it may do. */
export function actorOf(region: string, { id, name }: Pick<LoginRow, "id" | "name">): Caller {
  return { region, actor: { account: id, name, grants: [], recused: [] }, scopes: null };
}

/** Logs in with login and password. Unknown, disabled and wrong are answered alike, each after one computation of a hash. */
export async function logInWith(
  call: Call<typeof logIn>,
): Promise<Outcome<ReplyOf<(typeof logIn)["answer"]>>> {
  const { platform, settings, body, client } = call;
  const region = body.region ?? call.caller.region;
  const login = body.login.trim();
  const tooMany = await call.attempt(`${region}/${login}`);
  if (tooMany) return tooMany;
  const at = platform.now();
  if (!(await hasRegion(platform.db, region))) {
    await isPassword(body.password, null, settings.password);
    return refused("login-refused", WRONG);
  }
  const found = await accountByLogin(platform.db, region, login);
  if (!found) {
    const counted = await countUnknownGuess(platform.db, region, hashOfSecret(login), settings.lockout, at);
    if (counted === null) return locked(call, region, null, login);
    await isPassword(body.password, null, settings.password);
    await recordFailure(platform, { region, account: null, login, why: "unknown" });
    return refused("login-refused", WRONG);
  }
  const account = await countGuessOf(platform.db, region, found.id, settings.lockout, at);
  if (!account) return locked(call, region, found, login);
  const isRight = await isPassword(body.password, account.password_hash, settings.password);
  if (!isRight || account.disabled_at !== null) {
    const why = isRight ? "disabled" : "password";
    await recordFailure(platform, { region, account: found, login, why, lockedUntil: account.locked_until });
    return refused("login-refused", WRONG);
  }
  const outdated = account.password_hash !== null && isOutdated(account.password_hash, settings.password);
  const hash = outdated ? await hashPassword(body.password, settings.password) : null;
  const begun = await carryOut(platform, actorOf(region, account), async (work) => {
    await forgetGuesses(work.db, region, account.id);
    if (hash !== null) await replaceHash(work.db, region, account.id, hash);
    work.record(aboutAccount(account.id), { type: "login.succeeded", method: "password" });
    return done(
      await beginSession(work.db, settings, {
        ...{ region, account: account.id, at: work.at, method: "password", device: deviceOf(client) },
        secondFactorAt: null,
      }),
    );
  });
  return begun.kind === "refused" ? begun : done(await answerOf(call, begun.value));
}

function answerOf({ platform, settings }: Call<typeof logIn>, begun: BegunSession) {
  return sessionAnswer(platform, settings, begun);
}

async function locked(
  { platform }: Call<typeof logIn>,
  region: string,
  account: LoginRow | null,
  login: string,
): Promise<Outcome<never>> {
  await recordFailure(platform, { region, account, login, why: "locked" });
  return refused("account-locked", "连续多次登录失败，已暂时锁定。请稍后再试，或联系安全管理员解锁。");
}

/** The account as what an event is about. */
export function aboutAccount(id: string): Parameters<Work["record"]>[0] {
  return { kind: "account", id, year: null };
}

/** Records a failure, though nothing was done: it is committed by itself. A login nobody has may be a password typed in the wrong field. */
export async function recordFailure(
  platform: Platform,
  failure: {
    readonly region: string;
    readonly account: Pick<LoginRow, "id" | "login" | "name"> | null;
    readonly login: string;
    readonly why: LoginFailure;
    readonly lockedUntil?: Date | null;
  },
): Promise<void> {
  const { region, account, login, why, lockedUntil } = failure;
  const nobody: Caller = {
    region,
    actor: { account: "", name: "未登录", grants: [], recused: [] },
    scopes: null,
  };
  await carryOut(platform, nobody, async ({ record }) => {
    const subject = { kind: "account", id: account?.id ?? null, year: null } as const;
    record(subject, { type: "login.failed", login: account?.login ?? `${[...login][0] ?? ""}…`, why });
    if (lockedUntil)
      record(subject, { type: "account.locked", until: lockedUntil.toISOString(), why: "failed-logins" });
    return done(null);
  });
}
