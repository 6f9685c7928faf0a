import type {
  changePassword,
  confirmEnrolment,
  confirmSecondFactor,
  Endpoint,
  enrolSecondFactor,
  removeSecondFactor,
} from "@jiheng/contract/http";
import type { Call, ReplyOf } from "../../platform/http/route.ts";
import { hashOfSecret } from "../../platform/http/secrets.ts";
import type { CallSession } from "../../platform/http/who-calls.ts";
import { done, type Outcome, type Refused, refused } from "../../platform/outcome.ts";
import { hashPassword, isPassword } from "../../platform/passwords/hash-password.ts";
import { newTotpSecret, stepOfCode, totpUri } from "../../platform/passwords/one-time-codes.ts";
import { passwordFaults } from "../../platform/passwords/password-policy.ts";
import { carryOut } from "../../platform/work.ts";
import { aboutAccount, recordFailure } from "./log-in.ts";
import { type BegunSession, beginSession, sessionAnswer } from "./sessions.ts";
import {
  accountById,
  countGuessOf,
  endSessions,
  forgetGuesses,
  type LoginRow,
  passwordHistory,
  sessionByHash,
  setPassword,
  setTotp,
  useStep,
} from "./store.ts";

const LOCKED = "连续多次输入不对，账号已暂时锁定。请稍后再试，或联系安全管理员解锁。";
const WRONG_CODE = "动态口令不对或已用过，请等下一个口令出现后重试。";

type Answer<E extends Endpoint> = Promise<Outcome<ReplyOf<E["answer"]>>>;

/** The session of a call whose endpoint admits sessions only. */
function sessionOf({ session }: Call<Endpoint>): CallSession {
  if (!session) throw new TypeError("an endpoint of sessions was called without one");
  return session;
}

/** Counts a guess at a secret of the caller and answers the account, or why not. */
async function guessing(call: Call<Endpoint>): Promise<{ readonly account: LoginRow } | Refused> {
  const { region, actor } = call.caller;
  const tooMany = await call.attempt(`${region}/${actor.account}`);
  if (tooMany) return tooMany;
  const { platform, settings } = call;
  const account = await countGuessOf(platform.db, region, actor.account, settings.lockout, platform.now());
  return account ? { account } : refused("account-locked", LOCKED);
}

/** Changes the caller's own password: the old one is asked for, all other sessions end. */
export async function changeOwnPassword(call: Call<typeof changePassword>): Answer<typeof changePassword> {
  const { platform, settings, body, caller } = call;
  const { region, actor } = caller;
  const { standing } = sessionOf(call);
  if (standing === "second-factor" || standing === "enrol-second-factor")
    return refused("second-factor-needed", "请先完成动态口令，再修改密码。");
  const known = await accountById(platform.db, region, actor.account);
  if (known?.password_hash === null)
    return refused("wrong-state", "这个账号用统一身份认证登录，没有本地密码。");
  const guess = await guessing(call);
  if ("kind" in guess) return guess;
  const { account } = guess;
  if (!(await isPassword(body.current, account.password_hash, settings.password))) {
    await recordFailure(platform, {
      ...{ region, account, login: account.login, why: "password", lockedUntil: account.locked_until },
    });
    return refused("login-refused", "原密码不对，请核对后重试。");
  }
  await forgetGuesses(platform.db, region, account.id);
  const faults = passwordFaults(body.next, account, settings.password);
  if (faults.length > 0)
    return refused(
      "password-refused",
      `新密码${faults.join("；")}。`,
      faults.map((says) => ({ at: "body.next", says })),
    );
  const history = await passwordHistory(platform.db, region, account.id, settings.password.history);
  for (const hash of [account.password_hash, ...history])
    if (await isPassword(body.next, hash, settings.password))
      return refused("password-refused", `新密码不能与最近 ${settings.password.history} 次用过的相同。`);
  const hash = await hashPassword(body.next, settings.password);
  const begun = await carryOut(platform, caller, async (work) => {
    await setPassword(work.db, region, account.id, hash, { at: work.at, mustChange: false });
    work.record(aboutAccount(account.id), { type: "account.password-changed", by: "self" });
    const next = await goOn(call, work.db, {});
    await endSessions(work.db, region, account.id, { not: next.idHash });
    return done(next.begun);
  });
  return begun.kind === "refused" ? begun : done(await sessionAnswer(platform, settings, begun.value));
}

/** The session goes on under a new secret; its end does not move. */
async function goOn(
  call: Call<Endpoint>,
  db: Parameters<typeof beginSession>[0],
  { secondFactorAt }: { readonly secondFactorAt?: Date },
): Promise<{ readonly begun: BegunSession; readonly idHash: string }> {
  const { caller, settings, platform } = call;
  const { region, actor } = caller;
  const old = await sessionByHash(db, region, sessionOf(call).idHash);
  if (!old) throw new TypeError("the session of the call is gone");
  await endSessions(db, region, actor.account, { only: old.id_hash });
  const begun = await beginSession(db, settings, {
    ...{ region, account: actor.account, at: platform.now(), method: old.method, device: old.device },
    secondFactorAt: secondFactorAt ?? old.second_factor_at,
    since: { createdAt: old.created_at, expiresAt: old.expires_at },
  });
  return { begun, idHash: hashOfSecret(begun.value.split(".")[1] ?? "") };
}

/** Checks a code of the account's authenticator and uses its step up; the outcome is null when it was right. */
async function checkCode(
  call: Call<Endpoint>,
  code: string,
  wants: "confirmed" | "enrolling",
): Promise<Refused | null> {
  const { platform, caller } = call;
  const { region } = caller;
  const known = await accountById(platform.db, region, caller.actor.account);
  const isConfirmed = known?.totp_confirmed_at !== null && known?.totp_confirmed_at !== undefined;
  if (!known?.totp_secret || isConfirmed !== (wants === "confirmed"))
    return refused(
      "wrong-state",
      wants === "confirmed" ? "这个账号没有启用动态口令。" : "没有待确认的动态口令，请先登记。",
    );
  const guess = await guessing(call);
  if ("kind" in guess) return guess;
  const { account } = guess;
  const at = platform.now();
  const step = stepOfCode(known.totp_secret, code, at);
  const confirmedAt = wants === "enrolling" ? at : null;
  if (step !== null && (await useStep(platform.db, region, account.id, step, confirmedAt))) {
    await forgetGuesses(platform.db, region, account.id);
    return null;
  }
  await recordFailure(platform, {
    ...{ region, account, login: account.login, why: "second-factor", lockedUntil: account.locked_until },
  });
  return refused("login-refused", WRONG_CODE);
}

/** The second step of a login. */
export async function confirmCode(
  call: Call<typeof confirmSecondFactor>,
): Answer<typeof confirmSecondFactor> {
  if (sessionOf(call).standing !== "second-factor")
    return refused("wrong-state", "这次登录不需要动态口令，或已经输入过。");
  const wrong = await checkCode(call, call.body.code, "confirmed");
  if (wrong) return wrong;
  const { platform, settings, caller } = call;
  const begun = await carryOut(platform, caller, async (work) =>
    done((await goOn(call, work.db, { secondFactorAt: work.at })).begun),
  );
  return begun.kind === "refused" ? begun : done(await sessionAnswer(platform, settings, begun.value));
}

/** Begins to enrol an authenticator. The password is asked for again, so that a stolen session cannot. */
export async function enrol(call: Call<typeof enrolSecondFactor>): Answer<typeof enrolSecondFactor> {
  const { platform, settings, caller, body } = call;
  const { region, actor } = caller;
  if (sessionOf(call).standing === "second-factor")
    return refused("second-factor-needed", "请先输入动态口令完成登录。");
  const known = await accountById(platform.db, region, actor.account);
  if (known?.totp_confirmed_at)
    return refused("already-exists", "已经启用动态口令；要换一个，请先停用，遗失的请安全管理员重置。");
  if (known && known.password_hash !== null) {
    const guess = await guessing(call);
    if ("kind" in guess) return guess;
    if (!(await isPassword(body.password ?? "", guess.account.password_hash, settings.password))) {
      await recordFailure(platform, {
        ...{ region, account: guess.account, login: guess.account.login, why: "password" },
        lockedUntil: guess.account.locked_until,
      });
      return refused("login-refused", "密码不对，请核对后重试。");
    }
    await forgetGuesses(platform.db, region, actor.account);
  }
  const secret = newTotpSecret();
  await setTotp(platform.db, region, actor.account, secret);
  return done({ body: { secret, uri: totpUri(secret, known?.login ?? actor.name) }, isSecret: true });
}

/** The first code of the new authenticator: from now on it is asked for. */
export async function confirmEnrolled(call: Call<typeof confirmEnrolment>): Answer<typeof confirmEnrolment> {
  if (sessionOf(call).standing === "second-factor")
    return refused("second-factor-needed", "请先输入动态口令完成登录。");
  const wrong = await checkCode(call, call.body.code, "enrolling");
  if (wrong) return wrong;
  const { platform, settings, caller } = call;
  const begun = await carryOut(platform, caller, async (work) => {
    work.record(aboutAccount(caller.actor.account), { type: "account.second-factor", enabled: true });
    return done((await goOn(call, work.db, { secondFactorAt: work.at })).begun);
  });
  return begun.kind === "refused" ? begun : done(await sessionAnswer(platform, settings, begun.value));
}

/** Takes the second factor away, where the person's roles do not need it. */
export async function removeOwn(call: Call<typeof removeSecondFactor>): Answer<typeof removeSecondFactor> {
  const { settings, caller } = call;
  const needs = caller.actor.grants.some(({ role }) => settings.secondFactorFor.includes(role));
  if (needs) return refused("wrong-state", "您的角色须启用动态口令，不能停用；遗失的请安全管理员重置。");
  const wrong = await checkCode(call, call.body.code, "confirmed");
  if (wrong) return wrong;
  return call.command(async (work) => {
    await setTotp(work.db, caller.region, caller.actor.account, null);
    work.record(aboutAccount(caller.actor.account), { type: "account.second-factor", enabled: false });
    return done({});
  });
}
