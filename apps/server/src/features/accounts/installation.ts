import type { getInstallation, setUp } from "@jiheng/contract/http";
import { ROLE_TITLES, type Role } from "@jiheng/workflow";
import type { Call, ReplyOf } from "../../platform/http/route.ts";
import { isSame } from "../../platform/http/secrets.ts";
import { done, type Outcome, refused } from "../../platform/outcome.ts";
import { hashPassword } from "../../platform/passwords/hash-password.ts";
import { passwordFaults } from "../../platform/passwords/password-policy.ts";
import { searchTerms } from "../../platform/search-terms.ts";
import { carryOut, type Work } from "../../platform/work.ts";
import { aboutAccount } from "./log-in.ts";
import { addFirstAccount, addFirstRegion, addRoot, demoAccounts, regions, setPassword } from "./store.ts";

/** What the login page needs to know. The accounts of a demonstration stand here, and only theirs. */
export async function installation({
  platform,
  settings,
}: Call<typeof getInstallation>): Promise<Outcome<ReplyOf<(typeof getInstallation)["answer"]>>> {
  const known = await regions(platform.db);
  return done({
    body: {
      needsSetup: known.length === 0 && settings.setupCode !== null,
      regions: known,
      oidc: settings.oidc ? { label: settings.oidc.label } : null,
      passwordLength: settings.password.length,
      demo: settings.demo
        ? {
            password: settings.demo.password,
            accounts: (await demoAccounts(platform.db)).map((account) => ({
              ...account,
              roleTitle: ROLE_TITLES[account.role],
            })),
          }
        : null,
    },
  });
}

const ADMINISTRATORS: readonly Role[] = ["administrator", "security-administrator", "auditor"];

/** The first region with its three administrators, who change their passwords when they first log in. */
export async function firstSetup(
  call: Call<typeof setUp>,
): Promise<Outcome<ReplyOf<(typeof setUp)["answer"]>>> {
  const { platform, settings, body } = call;
  const tooMany = await call.attempt("setup");
  if (tooMany) return tooMany;
  if (settings.setupCode === null || (await regions(platform.db)).length > 0)
    return refused("already-exists", "本系统已经完成首次安装。");
  if (!isSame(body.code, settings.setupCode))
    return refused("login-refused", "安装码不对，请以启动服务时终端上显示的为准。");
  const { administrators } = body;
  const isEachOnce = ADMINISTRATORS.every((role) => administrators.some((one) => one.role === role));
  const logins = new Set(administrators.map(({ login }) => login.toLowerCase()));
  if (!isEachOnce || logins.size < administrators.length)
    return refused(
      "conflicting-roles",
      "系统管理员、安全管理员、安全审计员须各有一个账号，登录名各不相同，不能由一人兼任。",
    );
  const errors = administrators.flatMap((one, index) =>
    passwordFaults(one.password, one, settings.password).map((says) => ({
      at: `body.administrators[${index}].password`,
      says,
    })),
  );
  if (errors.length > 0) return refused("password-refused", `密码不符合要求：${errors[0]?.says}。`, errors);
  const hashes = await Promise.all(
    administrators.map((one) => hashPassword(one.password, settings.password)),
  );
  const caller = {
    region: body.region,
    actor: { account: "", name: "首次安装", grants: [], recused: [] },
    scopes: null,
  };
  return carryOut(platform, caller, async (work) => {
    const { db, at } = work;
    const { region, name, jurisdiction } = body;
    if (!(await addFirstRegion(db, { region, name, jurisdiction, at })))
      return refused("already-exists", "本系统已经完成首次安装。");
    const root = work.newId();
    await addRoot(db, { region, id: root, name: body.bureau, search: searchTerms(body.bureau) });
    work.record(
      { kind: "organisation", id: root, year: null },
      { type: "organisation.created", kind: "region", name: body.bureau, parent: null },
    );
    const accounts: string[] = [];
    for (const [index, one] of administrators.entries())
      accounts.push(await addAdministrator(work, root, one, hashes[index] ?? ""));
    return done({ body: { region, accounts } });
  });
}

async function addAdministrator(
  { db, caller, at, newId, record }: Work,
  root: string,
  one: { readonly role: Role; readonly login: string; readonly name: string },
  hash: string,
): Promise<string> {
  const { region } = caller;
  const id = newId();
  await addFirstAccount(db, { ...one, region, id, grant: newId(), organisation: root, at });
  await setPassword(db, region, id, hash, { at, mustChange: true });
  record(aboutAccount(id), { type: "account.created", login: one.login, name: one.name });
  record(aboutAccount(id), {
    ...{
      type: "grant.given",
      account: id,
      role: one.role,
      organisation: root,
      until: null,
      submissions: null,
    },
  });
  return id;
}
